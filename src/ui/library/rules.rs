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
    /// From `rules.json` and the file of a language.
    pub fn read(facts: &Value, texts: &Value) -> Rules {
        let mut rules: Vec<Rule> = list(facts).iter().map(|fact| rule(fact, texts)).collect();
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
}

/// The part of an id before the first dot.
pub fn topic_of(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

fn rule(fact: &Value, texts: &Value) -> Rule {
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
        id,
    }
}

fn source(value: &Value) -> Source {
    let lines = text(&value["lines"]);
    let digits = lines.find(|c: char| !c.is_ascii_digit()).unwrap_or(lines.len());
    let line = lines[..digits].parse().unwrap_or(0);
    Source { document: text(&value["document"]), line, lines }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::parse;

    #[test]
    fn the_catalogue_is_read_in_both_languages() {
        let facts = parse(include_str!("../../../static/catalogue/rules.json")).expect("JSON");
        let english = include_str!("../../../static/catalogue/en.json");
        let chinese = include_str!("../../../static/catalogue/zh.json");
        for texts in [english, chinese] {
            let rules = Rules::read(&facts, &parse(texts).expect("JSON"));
            assert_eq!((rules.rules.len(), rules.topics.len()), (317, 35));
            assert!(rules.topics.iter().all(|(_, title)| !title.is_empty()));
            assert!(rules.rules.iter().all(|rule| rule.sources.iter().all(|s| s.line > 0)));
        }
    }
}
