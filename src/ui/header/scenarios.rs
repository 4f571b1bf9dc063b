//! The list of scenarios that are offered: `scenarios/index.json`.

use crate::base::Lang;
use crate::base::json::{fields, parse as parse_json, read};

/// A line in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}
fields!(read Line { en, zh });

impl Line {
    /// The line in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// A scenario on offer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// Its file is `scenarios/NAME.yaml`.
    pub name: String,
    /// What it is about; scenarios of one topic stand together.
    pub topic: Line,
    /// One line.
    pub title: Line,
    /// What to look for.
    pub look: Line,
}
fields!(read Entry { name, topic, title, look });

/// Reads the index.
///
/// # Errors
/// When it is not a list of entries.
pub fn parse(json: &str) -> Result<Vec<Entry>, String> {
    read(&parse_json(json).map_err(|error| error.message)?)
}

/// Entries by topic, topics in the order of their first entry.
pub fn by_topic(entries: &[Entry]) -> Vec<(&Line, Vec<&Entry>)> {
    let mut topics: Vec<(&Line, Vec<&Entry>)> = Vec::new();
    for entry in entries {
        match topics.iter_mut().find(|(topic, _)| **topic == entry.topic) {
            Some((_, entries)) => entries.push(entry),
            None => topics.push((&entry.topic, vec![entry])),
        }
    }
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/static/scenarios");

    fn entries() -> Vec<Entry> {
        let index = std::fs::read_to_string(format!("{FOLDER}/index.json")).expect("it is there");
        parse(&index).expect("it is well formed")
    }

    #[test]
    fn each_scenario_on_offer_has_its_file_and_each_file_is_on_offer() {
        let mut named: Vec<String> =
            entries().into_iter().map(|e| format!("{}.yaml", e.name)).collect();
        named.push("index.json".to_string());
        named.sort();
        let files = std::fs::read_dir(FOLDER).expect("it is a folder");
        let mut there: Vec<String> = files
            .map(|file| file.expect("it can be listed").file_name().to_string_lossy().into_owned())
            .collect();
        there.sort();
        assert_eq!(named, there);
    }

    #[test]
    fn texts_are_there_in_both_languages_and_topics_stand_together() {
        let entries = entries();
        for entry in &entries {
            for line in [&entry.topic, &entry.title, &entry.look] {
                assert!(!line.en.is_empty() && line.zh.chars().any(|c| c > '\u{2e80}'), "{line:?}");
            }
        }
        let topics = by_topic(&entries);
        assert_eq!(topics.iter().map(|(_, e)| e.len()).sum::<usize>(), entries.len());
        assert!(topics.len() < entries.len());
    }
}
