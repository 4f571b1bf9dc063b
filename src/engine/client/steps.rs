//! What a command that goes on by itself does next.

use crate::base::SimTime;
use crate::engine::action::Request;
use crate::engine::message::{Done, Refusal};

/// One thing that such a command does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Sends a request; the answer comes back with this mark.
    Ask(String, Request),
    /// Waits, then is woken with this mark.
    Wait(SimTime, String),
    /// Prints to standard output.
    Out(String),
    /// Prints to standard error.
    Err(String),
    /// Ends, with this exit code.
    End(i32),
}

/// What comes to such a command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News<'a> {
    /// It begins.
    Begin,
    /// A request was answered.
    Answer(&'a str, &'a Result<Done, Refusal>),
    /// A wait is over.
    Woken(&'a str),
    /// Something that it follows has changed.
    Changed,
}
