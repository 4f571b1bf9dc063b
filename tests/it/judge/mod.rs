//! The judge: holds a simulated trace against recordings of a real cluster.
//!
//! A trace is JSON lines (the contract of `lifepod run -o jsonl`). Both sides are first condensed
//! to a [`Story`]: the sequences of phases, container states, conditions and endpoint states, the
//! kinds of Event, and the log lines. The seven [`Part`]s are compared each on its own, because a
//! node is not a clock: a moment may differ by what the tolerances in `compare` allow, or by what
//! the recordings of the same scenario differ by among themselves, and a part agrees when it agrees
//! with one recording.
//!
//! Times are seconds since the first Pod was ADDED. Floats are fine here: this is not the engine.

mod align;
mod compare;
mod goldens;
mod rename;
mod scrub;
mod self_check;
mod story;

pub use compare::{Part, Verdict, judge};
pub use goldens::{Golden, all as all_goldens};
pub use story::Story;
