//! Exercises: a scenario whose manifest a learner mends, and the goals that tell when it is.
//!
//! A folder holds one: `exercise.yaml` ([`read`]), the prose in `text.en.md` and `text.zh.md`,
//! and `solution.yaml`. [`edits`] finds what a submission changes that it may not, [`judge`] holds
//! the goals against the run of one. The run itself is made in `session::grade`: only a session
//! knows what kubectl says of a text. See `docs/EXERCISES.md`.

pub mod format;
pub mod read;

pub mod editable;
pub mod edits;
pub mod judge;

pub use edits::{Edit, EditKind};
pub use format::{Editable, Exercise, Goal, Line};
pub use judge::{Judged, judge};
pub use read::{Mistake, read};
