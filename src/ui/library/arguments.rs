//! The arguments that runs settle, read from their files.

use super::rules::{Rules, Wanted, list, text};
use crate::base::json::Value;

/// What an answer was checked against.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Checked {
    /// A recording of a real node, by name.
    Recording(String),
    /// A place of the source; there is no recording.
    Source(String),
}

/// An argument in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Argument {
    /// The id of the rule it is about.
    pub id: String,
    /// What one side says.
    pub one: String,
    /// What the other side says.
    pub other: String,
    /// What is to be predicted.
    pub ask: String,
    /// The choices.
    pub choices: Vec<String>,
    /// Which of them happens.
    pub right: usize,
    /// Why.
    pub settled: String,
    /// The run that shows it.
    pub run: Option<Wanted>,
    /// What it was checked against.
    pub checked: Checked,
}

/// From `arguments.json` and the file of a language; a run that is not named is the rule's own.
pub fn read(arguments: &Value, texts: &Value, rules: &Rules) -> Vec<Argument> {
    list(arguments).iter().map(|one| argument(one, texts, rules)).collect()
}

fn argument(value: &Value, texts: &Value, rules: &Rules) -> Argument {
    let id = text(&value["id"]);
    let words = &texts[id.as_str()];
    let own = value.get("shown").map(|shown| Wanted {
        rule: id.clone(),
        scenario: text(&shown["scenario"]),
        that: shown["that"].to_string(),
    });
    let of_rule = || rules.by_id(&id)?.shown.first().cloned();
    Argument {
        one: text(&words["one"]),
        other: text(&words["other"]),
        ask: text(&words["ask"]),
        choices: list(&words["choices"]).iter().map(text).collect(),
        right: value["right"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
        settled: text(&words["settled"]),
        run: own.or_else(of_rule),
        checked: match value.get("recording") {
            Some(name) => Checked::Recording(text(name)),
            None => Checked::Source(text(&value["source"])),
        },
        id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::parse;

    #[test]
    fn the_arguments_are_read_with_their_runs() {
        let file = |text: &str| parse(text).expect("JSON");
        let rules = Rules::read(
            &file(include_str!("../../../static/catalogue/rules.json")),
            &file(include_str!("../../../static/catalogue/en.json")),
            &file(include_str!("../../../static/catalogue/engine.json")),
        );
        let arguments = file(include_str!("../../../static/catalogue/arguments.json"));
        let texts = file(include_str!("../../../static/catalogue/arguments.en.json"));
        let all = read(&arguments, &texts, &rules);
        assert_eq!(all.len(), rules.rules.iter().filter(|rule| rule.is_argued()).count());
        assert!(all.iter().all(|one| one.run.is_some() && one.right < one.choices.len()));
        assert!(
            matches!(&all[0].checked, Checked::Recording(name) if name == "image-latest-default")
        );
    }
}
