//! The transport: where the cursor is and how time runs.

use super::journey::{Aim, Halt};
use super::records::FactView;
use crate::base::{Map, SimTime, Text};
use std::rc::Rc;

/// What the transport shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TransportView {
    /// The moment that is shown.
    pub cursor: SimTime,
    /// How far the run was simulated.
    pub tip: SimTime,
    /// Whether time runs.
    pub playing: bool,
    /// Speed in quarters: 4 = 1×.
    pub speed: u32,
    /// Whether there is a mark before the cursor.
    pub has_previous: bool,
    /// Whether there is an act to take back.
    pub can_undo: bool,
    /// Whether an undone branch can return.
    pub can_redo: bool,
    /// Whether acting now would fork the run (the cursor is before the tip).
    pub would_fork: bool,
    /// What time runs to, and when it comes.
    pub aim: Option<(Aim, SimTime)>,
    /// Why time stopped last, until something else is done.
    pub halt: Option<Rc<Halt>>,
    /// The decision that is told as its mark is passed.
    pub passing: Option<Rc<PassingView>>,
    /// A bound was hit and the run cannot go on: what is said of it.
    pub stopped: Option<Text>,
    /// The commands given so far and kubectl's answers, oldest first.
    pub echo: Rc<Vec<KubectlEcho>>,
    /// `get pods`, with the namespaces that the Pods are in.
    pub get_pods_args: String,
    /// What it prints at the cursor, as text with columns.
    pub get_pods: Rc<str>,
    /// The namespaces of the Pods that are not in `default`, by name.
    pub homes: Map<String, String>,
    /// The Pods that exist at the cursor.
    pub pods: Rc<Vec<String>>,
}

/// A decision whose mark was passed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassingView {
    /// Its number.
    pub record: usize,
    /// When it was.
    pub at: SimTime,
    /// Rule id.
    pub rule: String,
    /// `pod/web/app`.
    pub subject: String,
    /// The numbers that decided.
    pub facts: Vec<FactView>,
}

/// One kubectl command and its answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KubectlEcho {
    /// When.
    pub at: SimTime,
    /// `kubectl …`, without the word kubectl.
    pub args: String,
    /// Standard output, then standard error.
    pub answer: String,
    /// Exit code.
    pub code: i32,
    /// Whether it has more to tell.
    pub running: bool,
}
