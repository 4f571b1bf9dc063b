//! What is offered, and what of it is looked for.

use super::super::header::scenarios::{Entry, by_topic};
use crate::base::Lang;
use crate::ui::i18n::picker;

/// What a person opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Choice {
    /// A scenario, by name.
    Scenario(String),
    /// An own text, by its place; 0 is the newest.
    Own(usize),
}

/// A line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// What it opens.
    pub choice: Choice,
    /// Its title.
    pub title: String,
    /// What to look for.
    pub look: String,
    /// The name of its file; empty for an own text.
    pub file: String,
}

/// The lines of one topic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// The topic.
    pub title: String,
    /// Its lines.
    pub offers: Vec<Offer>,
}

/// All that can be opened, by topic, the own texts first.
pub fn offered(entries: &[Entry], own: &[String], lang: Lang) -> Vec<Group> {
    let own = own.iter().enumerate().map(|(nth, text)| Offer {
        choice: Choice::Own(nth),
        title: label(text),
        look: picker::OWN_LINES.fill(lang, &[("n", &text.lines().count().to_string())]),
        file: String::new(),
    });
    let own = Group { title: picker::OWN.get(lang).to_string(), offers: own.collect() };
    let topic = |(topic, entries): (&super::super::header::scenarios::Line, Vec<&Entry>)| Group {
        title: topic.get(lang).to_string(),
        offers: entries.into_iter().map(|entry| offer(entry, lang)).collect(),
    };
    let mut groups = vec![own];
    groups.extend(by_topic(entries).into_iter().map(topic));
    groups.retain(|group| !group.offers.is_empty());
    groups
}

fn offer(entry: &Entry, lang: Lang) -> Offer {
    Offer {
        choice: Choice::Scenario(entry.name.clone()),
        title: entry.title.get(lang).to_string(),
        look: entry.look.get(lang).to_string(),
        file: entry.name.clone(),
    }
}

/// The offers of a topic (empty: of all) that say every word of `query`, in title, topic, what
/// to look for or the file's name.
pub fn found(groups: &[Group], topic: &str, query: &str) -> Vec<Group> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let of_topic = groups.iter().filter(|group| topic.is_empty() || group.title == topic);
    let narrowed = of_topic.map(|group| Group {
        title: group.title.clone(),
        offers: group.offers.iter().filter(|o| says(o, &group.title, &words)).cloned().collect(),
    });
    narrowed.filter(|group| !group.offers.is_empty()).collect()
}

fn says(offer: &Offer, topic: &str, words: &[String]) -> bool {
    let parts = [&offer.title, topic, &offer.look, &offer.file].map(str::to_lowercase);
    words.iter().all(|word| parts.iter().any(|part| part.contains(word.as_str())))
}

/// What an own text is called: the kind and the name of its first object, else its first line.
fn label(text: &str) -> String {
    let value = |key: &str| {
        let line = text.lines().map(str::trim).find_map(|line| line.strip_prefix(key));
        line.map(|value| value.trim().trim_matches(['"', '\'']))
    };
    let first = || text.lines().find(|line| !line.trim().is_empty()).unwrap_or("…").trim();
    let words = match (value("kind:"), value("name:")) {
        (Some(kind), Some(name)) => [kind, name].join("/"),
        _ => first().to_string(),
    };
    words.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::header::scenarios::Line;

    fn line(en: &str, zh: &str) -> Line {
        Line { en: en.into(), zh: zh.into() }
    }

    fn entries() -> Vec<Entry> {
        let entry = |name: &str, topic: &Line, title: Line, look: Line| Entry {
            name: name.into(),
            topic: topic.clone(),
            title,
            look,
        };
        let (hooks, probes) = (line("Hooks", "钩子"), line("Liveness", "存活探针"));
        vec![
            entry(
                "poststart-fails",
                &hooks,
                line("A hook fails", "钩子失败"),
                line("killed", "被终止"),
            ),
            entry(
                "probe-a",
                &probes,
                line("The classic", "经典"),
                line("SIGTERM is lost", "丢弃 SIGTERM"),
            ),
        ]
    }

    fn hits(own: &[&str], topic: &str, query: &str, lang: Lang) -> Vec<Choice> {
        let own: Vec<String> = own.iter().map(|text| text.to_string()).collect();
        let groups = found(&offered(&entries(), &own, lang), topic, query);
        groups.into_iter().flat_map(|g| g.offers).map(|offer| offer.choice).collect()
    }

    #[test]
    fn title_topic_look_and_file_are_searched_in_the_language_shown() {
        let scenario = |name: &str| vec![Choice::Scenario(name.to_string())];
        assert_eq!(hits(&[], "", "HOOKS fails", Lang::En), scenario("poststart-fails"));
        assert_eq!(hits(&[], "", "sigterm", Lang::En), scenario("probe-a"));
        assert_eq!(hits(&[], "", "poststart", Lang::Zh), scenario("poststart-fails"));
        assert_eq!(hits(&[], "", "经典", Lang::Zh), scenario("probe-a"));
        assert_eq!(hits(&[], "", "经典", Lang::En), []);
        assert_eq!(hits(&[], "Hooks", "", Lang::En), scenario("poststart-fails"));
        assert_eq!(hits(&[], "Hooks", "classic", Lang::En), []);
        assert_eq!(hits(&[], "", "", Lang::En).len(), 2);
    }

    #[test]
    fn own_texts_stand_first_under_the_name_of_their_first_object() {
        let pod = "# mine\nkind: Pod\nmetadata:\n  name: \"web\"\n";
        assert_eq!(hits(&[pod], "", "pod/web", Lang::En), [Choice::Own(0)]);
        assert_eq!(hits(&[pod], "", "", Lang::En)[0], Choice::Own(0));
        for (text, words) in [(pod, "Pod/web"), ("\n  a: 1", "a: 1"), ("", "…")] {
            assert_eq!(label(text), words);
        }
    }
}
