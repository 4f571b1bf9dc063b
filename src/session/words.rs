//! An act in a person's words.

use super::manifest::applied;
use crate::course::kubectl;
use crate::engine::Action;

/// The command line of an apply.
pub const APPLY: &str = "apply -f pod.yaml";

/// What a person does, as it can be written down and done again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Words {
    /// A kubectl command, without the word kubectl.
    Kubectl(String),
    /// A fault, as scenarios write them.
    Fault(String),
    /// `kubectl apply -f` of this text.
    Apply(String),
}

impl Words {
    /// The act on the cluster. A text that kubectl does not send stays an act: its refusal is
    /// what happens. `None` for a fault that there is none of.
    pub fn action(&self) -> Option<Action> {
        match self {
            Words::Kubectl(line) => Some(kubectl::parse(line)),
            Words::Fault(line) => kubectl::parse_fault(line).ok(),
            Words::Apply(text) => Some(applied(text)),
        }
    }

    /// The kind, as scenarios call it, and the line or text.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Words::Kubectl(line) => ("kubectl", line),
            Words::Fault(line) => ("fault", line),
            Words::Apply(text) => ("apply", text),
        }
    }

    /// From a kind and a line; `None` if there is no such kind, or no such fault.
    pub fn of(kind: &str, line: &str) -> Option<Words> {
        let line = line.to_string();
        match kind {
            "kubectl" => Some(Words::Kubectl(line)),
            "fault" => kubectl::parse_fault(&line).ok().map(|_| Words::Fault(line)),
            "apply" => Some(Words::Apply(line)),
            _ => None,
        }
    }
}
