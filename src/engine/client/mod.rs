//! kubectl: sends the requests of a command one after the other and prints the answers.
//!
//! A command that goes on by itself ([`drain`], [`rollout`], [`attach`]) is told the [`steps`] it
//! takes.

mod attach;
pub mod drain;
mod expose;
pub mod print;
pub mod rollout;
mod service;
pub mod steps;

pub use service::{Client, ClientTimer};
