//! The page's kubectl: what is typed is run at the cursor, and what it answers is kept.
//!
//! Commands that change something become acts of the run, as buttons do. Those that read are
//! answered from the world at the cursor and change nothing, not even the run. `-w` and `-f` go on
//! telling, as far as the cursor goes, until the next command.

mod entry;
mod known;
mod live;
mod run;

pub use entry::{Console, Entry};
pub(super) use live::told;
