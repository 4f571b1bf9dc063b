//! What the rules say, in one language; loaded when the page is idle, never compiled in.

use crate::base::Map;
use crate::base::json::{fields, parse, read};
use crate::session::view::FactView;
use crate::ui::i18n::fill;

/// The text of one rule; `{name}` stands for a fact.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RuleText {
    /// One line.
    pub title: String,
    /// The numbers that matter most, in a few letters.
    pub gist: Option<String>,
    /// Why, in a sentence or two.
    pub text: String,
    /// How older versions of Kubernetes did it, if they did it otherwise.
    pub older: Option<String>,
}
fields!(read RuleText { title, gist, text, older });

/// The texts of all rules, by id.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RuleTexts(Map<String, RuleText>);

impl RuleTexts {
    /// Reads `rules/LANG.json`.
    ///
    /// # Errors
    /// When it is not `{id: {title, gist?, text, older?}}`.
    pub fn parse(json: &str) -> Result<RuleTexts, String> {
        Ok(RuleTexts(read(&parse(json).map_err(|error| error.message)?)?))
    }

    /// The title of a rule, filled with facts; its id if there is no text.
    pub fn title(&self, rule: &str, facts: &[FactView]) -> String {
        self.0.get(rule).map_or_else(|| rule.to_string(), |text| with_facts(&text.title, facts))
    }

    /// The numbers that matter most.
    pub fn gist(&self, rule: &str, facts: &[FactView]) -> Option<String> {
        self.0.get(rule)?.gist.as_ref().map(|text| with_facts(text, facts))
    }

    /// The explanation of a rule, filled with facts.
    pub fn text(&self, rule: &str, facts: &[FactView]) -> Option<String> {
        self.0.get(rule).map(|text| with_facts(&text.text, facts))
    }

    /// What older versions did, filled with facts.
    pub fn older(&self, rule: &str, facts: &[FactView]) -> Option<String> {
        self.0.get(rule)?.older.as_ref().map(|text| with_facts(text, facts))
    }
}

fn with_facts(template: &str, facts: &[FactView]) -> String {
    let values: Vec<(&str, &str)> =
        facts.iter().map(|fact| (fact.name.as_str(), fact.value.as_str())).collect();
    fill(template, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_told_with_the_numbers_that_decided() {
        let texts = RuleTexts::parse(
            r#"{"probe.kills": {"title": "{failures} of {threshold}", "text": "Killed."}}"#,
        )
        .expect("it is well formed");
        let fact = |name: &str, value: &str| FactView { name: name.into(), value: value.into() };
        let facts = [fact("failures", "3"), fact("threshold", "3")];
        assert_eq!(texts.title("probe.kills", &facts), "3 of 3");
        assert_eq!(texts.text("probe.kills", &facts).as_deref(), Some("Killed."));
        assert_eq!(texts.title("no.such", &facts), "no.such");
        assert!(RuleTexts::parse("[]").is_err());
    }
}
