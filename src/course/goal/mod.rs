//! Goals: conditions over a trace. Exercises are checked with them, breakpoints wait for them,
//! and the rule catalogue is bound to its scenarios by them.
//!
//! A [`Goal`] is read from YAML or JSON ([`read`]) and held against the rows of a trace as the
//! contract of `-o jsonl` has them ([`check`]), so that a recording of a real cluster can be
//! asked the same as a run. In between, [`moments`] finds where in the trace something holds, and
//! a [`Watch`] waits for it row by row.

pub mod check;
pub mod condition;
pub mod moments;
pub mod place;
pub mod read;
pub mod test;
pub mod watch;

pub use check::{Verdict, check};
pub use condition::{Goal, Moment, What};
pub use moments::Rows;
pub use read::read;
pub use watch::Watch;
