//! What bash has and ash lacks: arrays, `[[ … ]]`, `((…))`, `declare` and its own messages. A shell
//! is bash if that is the name it was started by.
//!
//! Source: bash 5.2, its manual and what it prints.
//!
//! DIFFERENCE: `select`, `coproc`, traps on DEBUG and RETURN, `lastpipe`, functions in the
//! environment and job control are missing.

pub mod arrays;
pub mod builtins;
pub mod declare;
pub mod extended;
pub mod messages;
pub mod param;
pub mod quote;
pub mod read_lines;
pub mod run;
pub mod shopt;
pub mod stack;
pub mod state;
pub mod test;

pub use arrays::{Extra, Items};
pub use state::State;
