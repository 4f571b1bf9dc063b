//! The catalogue of rules, read from its files.

use crate::base::json::Value;

/// What somebody wants to be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// The rule's id.
    pub rule: String,
    /// The scenario's name.
    pub scenario: String,
    /// What is to be seen in it: a goal as JSON.
    pub that: String,
}

/// Where a document states a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The document's number: `000` to `004`.
    pub document: String,
    /// Its first line there.
    pub line: u32,
    /// The lines, as written: `26-33`.
    pub lines: String,
    /// The heading it stands under.
    pub place: String,
}

/// A rule with its texts in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// `probe.exec`.
    pub id: String,
    /// `correct`, `simplified`, `outdated`, `wrong`, `contradicted`.
    pub truth: String,
    /// What the documents state.
    pub statement: String,
    /// What is to be said of it today; empty if nothing.
    pub today: String,
    /// Where the documents state it.
    pub sources: Vec<Source>,
    /// What shows it.
    pub shown: Vec<Wanted>,
    /// The engine's rules that carry it.
    pub engine: Vec<String>,
}

/// The catalogue in one language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rules {
    /// Topics with their titles, in order.
    pub topics: Vec<(String, String)>,
    /// The rules, topic by topic.
    pub rules: Vec<Rule>,
}

impl Rules {
    /// From `rules.json`, the file of a language, and `engine.json`.
    pub fn read(facts: &Value, texts: &Value, engine: &Value) -> Rules {
        let rule = |fact| rule(fact, texts, engine);
        let mut rules: Vec<Rule> = list(facts).iter().map(rule).collect();
        let mut topics: Vec<(String, String)> = Vec::new();
        rules.retain(|rule| !rule.statement.is_empty());
        for rule in &rules {
            let topic = topic_of(&rule.id);
            if topics.last().is_none_or(|(last, _)| last != topic) {
                topics.push((topic.to_string(), text(&texts["topics"][topic])));
            }
        }
        Rules { topics, rules }
    }

    /// The rule of this id.
    pub fn by_id(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

impl Rule {
    /// Whether documents differ on it, or differ from Kubernetes of today.
    pub fn is_argued(&self) -> bool {
        topic_of(&self.id) == "contradiction"
            || ["wrong", "outdated"].contains(&self.truth.as_str())
    }

    /// What shows the card of an engine's rule: the run that asks for it, else the first one.
    pub fn card(&self, engine: &str) -> Option<Wanted> {
        let that = ["{\"rule\": \"", engine, "\"}"].concat();
        let named = ["\"", engine, "\""].concat();
        let asks = self.shown.iter().find(|shown| shown.that.contains(&named));
        let shown = asks.or(self.shown.first())?;
        Some(Wanted { that, ..shown.clone() })
    }
}

/// The part of an id before the first dot.
pub fn topic_of(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

fn rule(fact: &Value, texts: &Value, engine: &Value) -> Rule {
    let id = text(&fact["id"]);
    let words = &texts["rules"][id.as_str()];
    let wanted = |shown: &Value| Wanted {
        rule: id.clone(),
        scenario: text(&shown["scenario"]),
        that: shown["that"].to_string(),
    };
    Rule {
        truth: text(&fact["truth"]),
        statement: text(&words["statement"]),
        today: text(&words["today"]),
        sources: list(&fact["sources"]).iter().map(source).collect(),
        shown: list(&fact["shown"]).iter().map(wanted).collect(),
        engine: list(&engine[id.as_str()]).iter().map(text).collect(),
        id,
    }
}

fn source(value: &Value) -> Source {
    let lines = text(&value["lines"]);
    let digits = lines.find(|c: char| !c.is_ascii_digit()).unwrap_or(lines.len());
    let line = lines[..digits].parse().unwrap_or(0);
    let place = text(&value["place"]);
    Source { document: text(&value["document"]), line, lines, place }
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::parse;

    #[test]
    fn the_catalogue_is_read_in_both_languages() {
        let facts = parse(include_str!("../../../static/catalogue/rules.json")).expect("JSON");
        let engine = parse(include_str!("../../../static/catalogue/engine.json")).expect("JSON");
        let english = include_str!("../../../static/catalogue/en.json");
        let chinese = include_str!("../../../static/catalogue/zh.json");
        for texts in [english, chinese] {
            let rules = Rules::read(&facts, &parse(texts).expect("JSON"), &engine);
            assert_eq!((rules.rules.len(), rules.topics.len()), (317, 35));
            assert!(rules.topics.iter().all(|(_, title)| !title.is_empty()));
            assert!(rules.rules.iter().all(|rule| rule.sources.iter().all(|s| s.line > 0)));
            let card = rules.by_id("status.evicted").and_then(|r| r.card("admission.rejected"));
            let card = card.expect("its second run asks for it");
            assert_eq!(card.scenario, "status-refused");
            assert_eq!(card.that, r#"{"rule": "admission.rejected"}"#);
        }
    }
}
