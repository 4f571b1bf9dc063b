//! Which rules are looked for, and in which order they stand.

use super::rules::{Rule, Rules, topic_of};

/// In which order rules stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// By topic.
    #[default]
    Topic,
    /// By document, in the document's own order.
    Document,
}

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Words that all must stand in the rule's texts or id, or be the id of an engine's rule that
    /// carries it.
    pub query: String,
    /// How true; empty: all.
    pub truth: String,
    /// Only those that were not looked at yet.
    pub unseen: bool,
    /// The order.
    pub order: Order,
}

/// Rules under one head.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// A topic's id, or a document's number.
    pub id: String,
    /// A topic's title; empty for a document.
    pub title: String,
    /// Positions of its rules in the catalogue.
    pub rules: Vec<usize>,
}

impl Filter {
    /// Whether anything narrows the list.
    pub fn narrows(&self) -> bool {
        !self.query.trim().is_empty() || !self.truth.is_empty() || self.unseen
    }

    /// The groups with the rules that are looked for; groups without any are left out.
    pub fn groups(&self, rules: &Rules, seen: &[String]) -> Vec<Group> {
        let words: Vec<String> = self.query.split_whitespace().map(str::to_lowercase).collect();
        let wanted = |rule: &Rule| {
            (self.truth.is_empty() || rule.truth == self.truth)
                && !(self.unseen && seen.contains(&rule.id))
                && says(rule, &words)
        };
        let found = rules.rules.iter().enumerate().filter(|(_, rule)| wanted(rule));
        match self.order {
            Order::Topic => by_topic(rules, found),
            Order::Document => by_document(found),
        }
    }
}

fn says(rule: &Rule, words: &[String]) -> bool {
    let text = [&rule.id, &rule.statement, &rule.today].map(|part| part.to_lowercase()).join(" ");
    // The engine's rules are known by their ids, for those who come from one.
    let carries = |word: &String| rule.engine.contains(word);
    words.iter().all(|word| text.contains(word.as_str()) || carries(word))
}

fn by_topic<'a>(rules: &Rules, found: impl Iterator<Item = (usize, &'a Rule)>) -> Vec<Group> {
    let group = |(id, title): &(String, String)| Group {
        id: id.clone(),
        title: title.clone(),
        rules: Vec::new(),
    };
    let mut groups: Vec<Group> = rules.topics.iter().map(group).collect();
    for (at, rule) in found {
        if let Some(group) = groups.iter_mut().find(|group| group.id == topic_of(&rule.id)) {
            group.rules.push(at);
        }
    }
    groups.retain(|group| !group.rules.is_empty());
    groups
}

/// A rule that several documents state stands under each of them.
fn by_document<'a>(found: impl Iterator<Item = (usize, &'a Rule)>) -> Vec<Group> {
    let mut places: Vec<(&str, u32, usize)> = Vec::new();
    for (at, rule) in found {
        for (nth, source) in rule.sources.iter().enumerate() {
            let before = &rule.sources[..nth];
            if before.iter().all(|earlier| earlier.document != source.document) {
                places.push((&source.document, source.line, at));
            }
        }
    }
    crate::base::sort(&mut places);
    let mut groups: Vec<Group> = Vec::new();
    for (document, _, at) in places {
        match groups.last_mut().filter(|group| group.id == document) {
            Some(group) => group.rules.push(at),
            None => groups.push(Group {
                id: document.to_string(),
                title: String::new(),
                rules: vec![at],
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::rules::Source;
    use super::*;

    fn rule(id: &str, truth: &str, sources: &[(&str, u32)]) -> Rule {
        let source = |(document, line): &(&str, u32)| Source {
            document: document.to_string(),
            line: *line,
            lines: line.to_string(),
            place: String::new(),
        };
        Rule {
            id: id.into(),
            truth: truth.into(),
            statement: format!("About {id}"),
            today: String::new(),
            sources: sources.iter().map(source).collect(),
            shown: Vec::new(),
            engine: Vec::new(),
        }
    }

    fn rules() -> Rules {
        let topic = |id: &str| (id.to_string(), id.to_uppercase());
        Rules {
            topics: vec![topic("hook"), topic("probe")],
            rules: vec![
                rule("hook.a", "wrong", &[("001", 9), ("000", 5)]),
                rule("probe.b", "correct", &[("000", 2), ("000", 7)]),
                rule("probe.c", "correct", &[("001", 3)]),
            ],
        }
    }

    fn found(filter: &Filter, seen: &[String]) -> Vec<(String, Vec<usize>)> {
        filter.groups(&rules(), seen).into_iter().map(|g| (g.id, g.rules)).collect()
    }

    #[test]
    fn rules_stand_by_topic_or_in_the_order_of_their_documents() {
        let topics = Filter::default();
        assert_eq!(found(&topics, &[]), [("hook".into(), vec![0]), ("probe".into(), vec![1, 2])]);
        let documents = Filter { order: Order::Document, ..Filter::default() };
        let both = [("000".to_string(), vec![1, 0]), ("001".to_string(), vec![2, 0])];
        assert_eq!(found(&documents, &[]), both);
    }

    #[test]
    fn the_id_of_an_engines_rule_finds_what_it_carries() {
        let mut rules = rules();
        rules.rules[2].engine = vec!["x.acts".to_string()];
        let by =
            |query: &str| Filter { query: query.into(), ..Filter::default() }.groups(&rules, &[]);
        assert_eq!(by("x.acts").first().map(|group| group.rules.clone()), Some(vec![2]));
        assert!(by("x.act").is_empty(), "a part of an id is no word of the text");
    }

    #[test]
    fn what_is_not_looked_for_is_left_out() {
        let query = Filter { query: "PROBE about".into(), ..Filter::default() };
        assert_eq!(found(&query, &[]), [("probe".to_string(), vec![1, 2])]);
        let wrong = Filter { truth: "wrong".into(), ..Filter::default() };
        assert_eq!(found(&wrong, &[]), [("hook".to_string(), vec![0])]);
        let unseen = Filter { unseen: true, ..Filter::default() };
        assert_eq!(found(&unseen, &["probe.b".to_string()]).len(), 2);
        assert!(unseen.narrows() && !Filter::default().narrows());
    }
}
