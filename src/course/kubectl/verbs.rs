//! Which commands there are.

/// The commands that change something, in the order of the alphabet.
const ACTING: &[&str] = &[
    "annotate", "cordon", "create", "debug", "delete", "exec", "label", "patch", "rollout",
    "scale", "set", "taint", "uncordon",
];

/// Every command, in the order of the alphabet.
pub fn all() -> Vec<&'static str> {
    let mut all: Vec<&str> = ACTING.iter().chain(super::read::VERBS).copied().collect();
    crate::base::sort(&mut all);
    all
}

/// What is said of a command that is not there.
pub fn absent(verb: &str) -> String {
    let there = all().join(", ");
    format!("error: Lifepod does not have \"kubectl {verb}\" yet\nThere are: {there}\n")
}
