//! What a person does to the cluster, in words that can be written down and done again.

use super::kubectl;

/// An act as scenarios and links write it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Deed {
    /// A kubectl command, without the word kubectl.
    Kubectl(String),
    /// A fault.
    Fault(String),
    /// `kubectl apply -f` of this text.
    Apply(String),
}

impl Deed {
    /// What the kinds are called.
    pub const KINDS: [&str; 3] = ["kubectl", "fault", "apply"];

    /// The kind, and the line or text.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Deed::Kubectl(line) => ("kubectl", line),
            Deed::Fault(line) => ("fault", line),
            Deed::Apply(text) => ("apply", text),
        }
    }

    /// From a kind and a line. The error says that there is no such kind, or no such fault.
    pub fn of(kind: &str, line: &str) -> Result<Deed, String> {
        let text = line.to_string();
        match kind {
            "kubectl" => Ok(Deed::Kubectl(text)),
            "fault" => kubectl::parse_fault(line).map(|_| Deed::Fault(text)),
            "apply" => Ok(Deed::Apply(text)),
            _ => Err(format!("there is no act \"{kind}\"")),
        }
    }
}
