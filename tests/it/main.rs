//! All integration tests, in one binary.

mod apply;
mod bad_input;
mod determinism;
mod goyaml;
mod judge;
mod manifest;
mod rules;
mod seek;
mod shell;
mod tables;
mod tidy;
