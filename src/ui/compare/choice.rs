//! Which runs can be compared.

use crate::session::view::Side;

/// A run that can be chosen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Choice {
    /// The one that is shown.
    #[default]
    Now,
    /// One that was left, by its number.
    Branch(u32),
    /// What was applied last, from the start.
    Applied,
    /// The text in the editor, in its place.
    Editor,
    /// A scenario of the list, by its name.
    Scenario(String),
}

/// What the dialog asks of the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Open or close it.
    Open(bool),
    /// Another run on a side (0 or 1).
    Choose(usize, Choice),
    /// A scenario's text came, or not.
    Text(String, Result<String, String>),
}

impl Choice {
    /// As the value of a list.
    pub fn code(&self) -> String {
        match self {
            Choice::Now => "now".to_string(),
            Choice::Branch(id) => format!("branch {id}"),
            Choice::Applied => "applied".to_string(),
            Choice::Editor => "editor".to_string(),
            Choice::Scenario(name) => format!("scenario {name}"),
        }
    }

    /// From the value of a list.
    pub fn read(code: &str) -> Choice {
        match code.split_once(' ') {
            Some(("branch", id)) => id.parse().map_or(Choice::Now, Choice::Branch),
            Some(("scenario", name)) => Choice::Scenario(name.to_string()),
            _ if code == "applied" => Choice::Applied,
            _ if code == "editor" => Choice::Editor,
            _ => Choice::Now,
        }
    }

    /// The session's side; `None`: its text is not here yet.
    pub fn side(&self, editor: &str, scenarios: &[(String, String)]) -> Option<Side> {
        Some(match self {
            Choice::Now => Side::Now,
            Choice::Branch(id) => Side::Branch(*id),
            Choice::Applied => Side::Applied,
            Choice::Editor => Side::Text(editor.to_string()),
            Choice::Scenario(name) => {
                let found = scenarios.iter().find(|(known, _)| known == name);
                Side::Scenario(found?.1.clone())
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_as_they_are_written() {
        for choice in [
            Choice::Now,
            Choice::Branch(7),
            Choice::Applied,
            Choice::Editor,
            Choice::Scenario("liveness-classic".to_string()),
        ] {
            assert_eq!(Choice::read(&choice.code()), choice);
        }
        let scenario = Choice::Scenario("a".to_string());
        assert_eq!(scenario.side("", &[]), None);
        let texts = [("a".to_string(), "kind: Pod".to_string())];
        assert_eq!(scenario.side("", &texts), Some(Side::Scenario("kind: Pod".to_string())));
    }
}
