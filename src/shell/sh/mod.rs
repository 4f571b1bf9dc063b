//! The shell: a machine whose whole state is data, so that it can be copied between any two steps.
//!
//! The state is a stack of frames (what is still to be done) beside variables, traps and jobs.
//! One step looks at the top frame. Behaviour and messages are busybox ash's (1.35); where ash
//! differs from the standard, ash wins, since busybox is what tutorials run.
//!
//! A word with a command substitution is expanded from its start again each time a substitution
//! has given its text, with the texts so far at hand and the variables as they were. So expansion
//! itself needs no frames.

pub mod arith;
pub mod bash;
pub mod builtins;
pub mod control;
pub mod eval;
pub mod expand;
pub mod fields;
pub mod frame;
pub mod glob;
pub mod held;
pub mod jobs;
pub mod param;
pub mod pattern;
pub mod quote;
pub mod random;
pub mod redirect;
pub mod shell;
pub mod simple;
pub mod traps;
pub mod vars;

pub use shell::Shell;
