//! The command line.

pub mod apply;
pub mod args;
pub mod bench;
mod files;
pub mod grade;
pub mod link;
mod objects;
pub mod run;

pub use args::main;
pub use run::run_scenario_jsonl;
