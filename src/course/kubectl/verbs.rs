//! Which commands there are.

/// The commands that change something, in the order of the alphabet.
const ACTING: &[&str] = &[
    "annotate", "cordon", "create", "debug", "delete", "drain", "exec", "expose", "label", "patch",
    "rollout", "run", "scale", "set", "taint", "uncordon",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::kubectl::parse;
    use crate::engine::Action;

    #[test]
    fn the_list_tells_what_there_is() {
        for verb in all() {
            let said = match parse(verb) {
                Action::Refused { error, .. } => error,
                _ => String::new(),
            };
            // These two need a word more.
            let half = ["rollout", "set"].contains(&verb);
            assert!(half || !said.contains("does not have"), "{verb}: {said}");
        }
        assert!(absent("port-forward").contains("describe, drain, events"));
    }
}
