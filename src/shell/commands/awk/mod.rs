//! `awk`: the language of POSIX awk over numbers that are decimal fractions (no floating point).
//!
//! It runs to its end in one step, after its input has ended, and is bounded.
//! DIFFERENCE: it says nothing before its input ends, and `system`, `|` and trigonometry are
//! missing (told to the learner).

pub mod command;
pub mod functions;
pub mod lexer;
pub mod machine;
pub mod parser;
pub mod syntax;
pub mod value;

pub use command::{operands, run};
