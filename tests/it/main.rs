//! All integration tests, in one binary.

mod apply;
mod goyaml;
mod judge;
mod manifest;
mod rules;
mod shell;
mod tables;
mod tidy;
