//! kubectl: sends the requests of a command one after the other and prints the answers.

pub mod print;
mod service;

pub use service::Client;
