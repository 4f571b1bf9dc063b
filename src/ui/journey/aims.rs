//! What is offered to wait for, in groups, and the search in it.

use crate::base::{Lang, SimTime};
use crate::session::view::{Aim, AimsView};
use crate::ui::clock_text;
use crate::ui::i18n::{Text, timeline as t};
use crate::ui::why::RuleTexts;

use super::words::{aim_words, rule_title};

/// Rules that are listed at most; a search narrows them.
const RULES_MOST: usize = 30;

/// Something to wait for, with its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// What.
    pub aim: Aim,
    /// In words.
    pub words: String,
}

/// A group of offers.
pub type Group = (Text, Vec<Offer>);

/// The offers that a search finds. A search that is a time is the first of them.
pub fn find(view: &AimsView, search: &str, rules: &RuleTexts, lang: Lang) -> Vec<Group> {
    let needle = search.trim().to_lowercase();
    let offer = |aim: Aim| Offer { words: aim_words(&aim, rules, lang), aim };
    let fits = |offer: &Offer| {
        needle.split_whitespace().all(|word| offer.words.to_lowercase().contains(word))
    };
    let time = typed_time(search).map(|at| offer(Aim::At(at)));
    let aims = view.aims.iter().cloned().map(offer).filter(fits).collect();
    let events = view.events.iter().map(|reason| offer(Aim::Event(reason.clone())));
    let mut found = vec![
        (t::UNTIL_TIME, time.into_iter().collect()),
        (t::UNTIL_OFTEN, aims),
        (t::UNTIL_EVENTS, events.filter(fits).collect()),
    ];
    if !needle.is_empty() {
        let known = view.rules.iter().map(|id| (*id, rule_title(id, rules)));
        let fits = |(id, title): &(&str, String)| {
            let title = title.to_lowercase();
            needle.split_whitespace().all(|word| title.contains(word) || id.contains(word))
        };
        let rules = known.filter(fits).map(|(id, title)| {
            let aim = Aim::Rule(id.to_string());
            Offer { aim, words: [&title, " · ", id].concat() }
        });
        found.push((t::UNTIL_RULES, rules.take(RULES_MOST).collect()));
    }
    found.retain(|(_, offers): &Group| !offers.is_empty());
    found
}

/// A bare number alone might be part of a word: it needs a unit, or must be the whole search.
fn typed_time(search: &str) -> Option<SimTime> {
    clock_text::parse(search)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> AimsView {
        AimsView {
            aims: vec![
                Aim::Signal("SIGTERM".into()),
                Aim::Condition { pod: "web".into(), kind: "Ready".into() },
            ],
            events: vec!["Killing".into(), "Unhealthy".into()],
            rules: vec!["stop.killed", "probe.failure"],
        }
    }

    fn found(search: &str) -> Vec<Aim> {
        let json = r#"{"stop.killed": {"title": "SIGKILL after {grace}", "text": ""}}"#;
        let rules = RuleTexts::parse(json).expect("it is well formed");
        let groups = find(&view(), search, &rules, Lang::En);
        groups.into_iter().flat_map(|(_, offers)| offers).map(|offer| offer.aim).collect()
    }

    #[test]
    fn a_search_finds_by_words_by_time_and_by_the_titles_of_rules() {
        assert_eq!(found("").len(), 4);
        assert_eq!(found("web ready"), [view().aims[1].clone()]);
        assert_eq!(found("kill"), [Aim::Event("Killing".into()), Aim::Rule("stop.killed".into())]);
        assert_eq!(found("1m30s"), [Aim::At(SimTime::secs(90))]);
        assert_eq!(found("nothing like it"), []);
    }
}
