//! Commands that read the cluster and change nothing: `get`, `describe`, `logs`, `wait`.
//!
//! What is asked of objects is answered by [`crate::api::query`]; here are the objects, the logs,
//! and waiting. A scenario's act and the page's console ask the same way; only a scenario's `wait`
//! stays in the world until it is over.

mod answer;
mod ask;
mod logs;
mod wait;
mod whose;

pub use ask::{Goal, LogsOf, Reading, WaitFor, Whose};
pub use logs::followed;
pub use wait::{Pending, too_late};
