//! Virtual time: whole milliseconds since the start of a run.

use std::fmt;
use std::ops::{Add, Sub};

/// A moment, or a length of time, in whole milliseconds of virtual time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimTime(pub u64);

impl SimTime {
    /// The start of a run.
    pub const ZERO: SimTime = SimTime(0);

    /// From whole milliseconds.
    pub const fn ms(ms: u64) -> Self {
        SimTime(ms)
    }

    /// From whole seconds.
    pub const fn secs(secs: u64) -> Self {
        SimTime(secs.saturating_mul(1000))
    }

    /// Whole milliseconds.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// Whole seconds, rounded down.
    pub const fn as_secs(self) -> u64 {
        self.0 / 1000
    }

    /// Rounded down to a whole second, as API timestamps are.
    pub const fn floor_secs(self) -> Self {
        SimTime(self.0 / 1000 * 1000)
    }

    /// The time since `earlier`, or zero if `earlier` is later.
    pub const fn since(self, earlier: SimTime) -> SimTime {
        SimTime(self.0.saturating_sub(earlier.0))
    }
}

impl Add for SimTime {
    type Output = SimTime;
    fn add(self, other: SimTime) -> SimTime {
        SimTime(self.0.saturating_add(other.0))
    }
}

impl Sub for SimTime {
    type Output = SimTime;
    fn sub(self, other: SimTime) -> SimTime {
        self.since(other)
    }
}

impl fmt::Display for SimTime {
    /// Seconds with three decimals: `1.250`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

impl fmt::Debug for SimTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}s")
    }
}
