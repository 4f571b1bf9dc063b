//! What is counted.

use crate::base::SimTime;
use crate::rules::Rule;

/// What became of a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Outcome {
    /// An answer came: 2xx, or 3xx.
    Served,
    /// There was no connection: it was refused, or nobody has the address or the name.
    Refused,
    /// The connection broke before the answer was complete.
    Cut,
    /// No answer came in time.
    TimedOut,
    /// An answer came: 4xx, 5xx, or no HTTP.
    Error,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 5] =
        [Outcome::Served, Outcome::Refused, Outcome::Cut, Outcome::TimedOut, Outcome::Error];

    /// Its word in traces and goals.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Served => "served",
            Outcome::Refused => "refused",
            Outcome::Cut => "cut",
            Outcome::TimedOut => "timed-out",
            Outcome::Error => "error",
        }
    }
}

/// How many requests came to what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Sent, those under way included.
    pub sent: u64,
    /// Ended, by outcome, in the order of [`Outcome::ALL`].
    pub ended: [u64; 5],
    /// Kept connections that the other side ended.
    pub broken: u64,
}

impl Counts {
    /// How many ended so.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.ended[outcome as usize]
    }

    /// Ended without a good answer.
    pub fn lost(&self) -> u64 {
        self.ended[1..].iter().sum()
    }

    /// Under way.
    pub fn open(&self) -> u64 {
        self.sent - self.ended.iter().sum::<u64>()
    }
}

/// A request that ended a short while ago, for the stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recent {
    /// Its number.
    pub nth: u64,
    /// When it was sent.
    pub sent: SimTime,
    /// When it ended.
    pub ended: SimTime,
    /// The Pod it went to; empty: none.
    pub pod: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The rule that made it so.
    pub rule: Rule,
}
