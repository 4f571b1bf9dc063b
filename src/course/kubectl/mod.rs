//! kubectl command lines and faults, as scenarios and consoles write them.
//!
//! A line becomes words, the words of a verb become flags and names, and these become requests to
//! the API server: one file a verb.

pub mod complete;
pub mod create;
pub mod debug;
pub mod delete;
pub mod drain;
pub mod exec;
pub mod expose;
pub mod fault;
pub mod flags;
pub mod label;
pub mod make;
pub mod parse;
pub mod patch;
pub mod place;
pub mod policy;
pub mod read;
pub mod rollout;
pub mod scale;
pub mod set_env;
pub mod set_image;
pub mod taint;
pub mod target;
pub mod verbs;
pub mod words;

pub use fault::parse_fault;
pub use parse::parse;
pub use read::{every_kind, read_query};
pub use taint::{EFFECTS, addition as taint};
