//! All integration tests, in one binary.

mod apply;
mod judge;
mod rules;
mod tidy;
