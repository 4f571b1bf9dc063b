//! All integration tests, in one binary.

mod judge;
mod rules;
mod tidy;
