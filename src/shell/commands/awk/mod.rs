//! `awk`: the language of POSIX awk over numbers that are decimal fractions (no floating point).
//!
//! It works while its input comes, and is bounded.
//! DIFFERENCE: trigonometry is missing (told to the learner), and a program that asks for input
//! with a plain `getline` begins when all of it is there.

pub mod command;
pub mod functions;
pub mod lexer;
pub mod machine;
pub mod parser;
pub mod state;
pub mod syntax;
pub mod value;
pub mod world;

pub use command::{Awk, parse};
