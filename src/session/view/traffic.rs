//! Clients outside of the Pods, and what becomes of their requests.

use crate::base::SimTime;

/// How long a request is shown after it was sent, at least, in virtual time: it takes some
/// milliseconds, in which nobody would see it.
pub const REQUEST_SHOWN: SimTime = SimTime::ms(900);

/// Requests that are sent again and again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TrafficView {
    /// For whom: `service/web`, `pod/web`.
    pub to: String,
    /// The path.
    pub path: String,
    /// From one request to the next.
    pub every: SimTime,
    /// All over one connection.
    pub keep_alive: bool,
    /// All of them.
    pub total: CountsView,
    /// By Pod; an empty name: no Pod was reached.
    pub pods: Vec<(String, CountsView)>,
    /// Those that are under way or ended a moment ago, the oldest first (at most 24).
    pub recent: Vec<RequestView>,
}

/// How many requests came to what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CountsView {
    /// Sent, those under way included.
    pub sent: u64,
    /// Under way.
    pub open: u64,
    /// Answered with 2xx or 3xx.
    pub served: u64,
    /// No connection came about.
    pub refused: u64,
    /// The connection broke before the answer was there.
    pub cut: u64,
    /// No answer in time.
    pub timed_out: u64,
    /// Answered with 4xx or 5xx.
    pub error: u64,
    /// Kept connections that the other side ended.
    pub broken: u64,
}

impl CountsView {
    /// Those that ended without a good answer.
    pub fn lost(&self) -> u64 {
        self.refused + self.cut + self.timed_out + self.error
    }
}

/// One request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestView {
    /// Its number: a stable key.
    pub nth: u64,
    /// The Pod it went to; empty: none.
    pub pod: String,
    /// When it was sent.
    pub sent: SimTime,
    /// Whether it was served; `None`: it is under way.
    pub served: Option<bool>,
    /// What became of it, untranslated: `served`, `refused`, `cut`, `timed-out`, `error`.
    pub outcome: &'static str,
}
