//! What a command that goes on by itself does next.

use crate::api::Pod;
use crate::base::SimTime;
use crate::engine::action::Request;
use crate::engine::message::{Done, Refusal};
use std::rc::Rc;

/// One thing that such a command does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Sends a request; the answer comes back with this mark.
    Ask(String, Request),
    /// Waits, then is woken with this mark.
    Wait(SimTime, String),
    /// Looks at the Pod of this name.
    See(String),
    /// Prints to standard output.
    Out(String),
    /// Prints to standard error.
    Err(String),
    /// Ends, with this exit code.
    End(i32),
}

/// What is seen of a Pod.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sight {
    /// The Pod, if it is there.
    pub pod: Option<Rc<Pod>>,
    /// What its first container's first instance wrote.
    pub log: String,
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
    /// The Pod it wanted to look at.
    Seen(&'a Sight),
    /// Something that it follows has changed.
    Changed,
}
