//! What is waited for, why time stopped and what lay between, in words.

use crate::base::{Lang, SimTime};
use crate::session::view::{Aim, Halt, Passed, Skipped, Why};
use crate::ui::clock_text::spoken;
use crate::ui::i18n::{Text, fill, timeline as t};
use crate::ui::why::RuleTexts;

/// A quiet stretch shorter than this is not worth a word.
const QUIET: SimTime = SimTime::secs(2);

/// What is waited for: `SIGTERM is sent`.
pub fn aim_words(aim: &Aim, rules: &RuleTexts, lang: Lang) -> String {
    let any = |name: &str, one: Text| match name {
        "*" => one.get(lang).to_string(),
        name => name.to_string(),
    };
    let pod = |name: &str| any(name, t::ANY_POD);
    match aim {
        Aim::At(at) => t::AIM_AT.fill(lang, &[("t", &time(*at, lang))]),
        Aim::Condition { pod: name, kind } => {
            t::AIM_CONDITION.fill(lang, &[("pod", &pod(name)), ("kind", kind)])
        }
        Aim::Phase { pod: name, phase } => {
            t::AIM_PHASE.fill(lang, &[("pod", &pod(name)), ("phase", phase)])
        }
        Aim::Restart { pod: name, container } => {
            let container = any(container, t::ANY_CONTAINER);
            t::AIM_RESTART.fill(lang, &[("pod", &pod(name)), ("container", &container)])
        }
        Aim::Gone(name) => t::AIM_GONE.fill(lang, &[("pod", &pod(name))]),
        Aim::Signal(signal) => t::AIM_SIGNAL.fill(lang, &[("signal", signal)]),
        Aim::Event(reason) => t::AIM_EVENT.fill(lang, &[("reason", reason)]),
        Aim::Lost => t::AIM_LOST.get(lang).to_string(),
        Aim::Rule(id) => t::AIM_RULE.fill(lang, &[("title", &rule_title(id, rules))]),
        Aim::Goal(goal) => goal.clone(),
    }
}

/// The title of a rule that was not applied yet: its facts are not known.
pub fn rule_title(id: &str, rules: &RuleTexts) -> String {
    let (title, mut out, mut inside) = (rules.title(id, &[]), String::new(), false);
    for letter in title.chars() {
        match letter {
            '{' => {
                inside = true;
                out.push('…');
            }
            '}' => inside = false,
            letter if !inside => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Why time stopped, and what lay on the way.
pub fn halt_words(halt: &Halt, rules: &RuleTexts, lang: Lang) -> String {
    let at = time(halt.at, lang);
    let why = match &halt.why {
        Why::Reached(aim) => {
            let text = if halt.about.is_empty() { t::HALT_REACHED } else { t::HALT_REACHED_ABOUT };
            let aim = aim_words(aim, rules, lang);
            text.fill(lang, &[("t", &at), ("aim", &aim), ("about", &halt.about)])
        }
        Why::Never(aim, within) => {
            let values = [("aim", aim_words(aim, rules, lang)), ("within", short(*within, lang))];
            t::HALT_NEVER
                .fill(lang, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        Why::Past(at) => t::HALT_PAST.fill(lang, &[("t", &time(*at, lang))]),
        Why::Mark => at,
        Why::NoMark(within) => t::HALT_NO_MARK.fill(lang, &[("within", &short(*within, lang))]),
    };
    match skipped_words(&halt.skipped, lang) {
        Some(skipped) => [&why, t::SENTENCE_GAP.get(lang), &skipped].concat(),
        None => why,
    }
}

/// What lay between two moments: `On the way: 600 s of back-off, 3 restarts`.
pub fn skipped_words(skipped: &Skipped, lang: Lang) -> Option<String> {
    if skipped.counts.is_empty() {
        let quiet = skipped.to.since(skipped.from);
        let words = || t::SKIPPED_QUIET.fill(lang, &[("t", &spoken(quiet, lang))]);
        return (quiet >= QUIET).then(words);
    }
    let parts = skipped.counts.iter().map(|(kind, count)| passed(*kind, *count, lang));
    let list = parts.collect::<Vec<_>>().join(t::LIST_GAP.get(lang));
    Some(t::SKIPPED.fill(lang, &[("list", &list)]))
}

/// `3 restarts`; where one is said otherwise, its words stand before a bar.
fn passed(kind: Passed, count: u64, lang: Lang) -> String {
    let (text, count) = match kind {
        Passed::Backoff => (t::PASSED_BACKOFF, count / 1000),
        Passed::Restarts => (t::PASSED_RESTARTS, count),
        Passed::Exits => (t::PASSED_EXITS, count),
        Passed::Signals => (t::PASSED_SIGNALS, count),
        Passed::ProbesFailed => (t::PASSED_PROBES_FAILED, count),
        Passed::ProbesPassed => (t::PASSED_PROBES_PASSED, count),
        Passed::Pulls => (t::PASSED_PULLS, count),
        Passed::PodsMade => (t::PASSED_PODS_MADE, count),
        Passed::PodsGone => (t::PASSED_PODS_GONE, count),
        Passed::Acts => (t::PASSED_ACTS, count),
        Passed::Lost => (t::PASSED_LOST, count),
        Passed::Served => (t::PASSED_SERVED, count),
        Passed::Warnings => (t::PASSED_WARNINGS, count),
    };
    let (one, many) = text.get(lang).split_once('|').unwrap_or((text.get(lang), text.get(lang)));
    fill(if count == 1 { one } else { many }, &[("n", &count.to_string())])
}

fn time(at: SimTime, lang: Lang) -> String {
    spoken(at, lang)
}

/// A length of whole minutes.
fn short(length: SimTime, lang: Lang) -> String {
    t::MINUTES.fill(lang, &[("n", &(length.as_secs() / 60).to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halt(why: Why, counts: Vec<(Passed, u64)>) -> Halt {
        let skipped = Skipped { from: SimTime::ZERO, to: SimTime::secs(700), counts };
        Halt { nth: 0, why, at: SimTime::secs(46), about: "pod/web/app".into(), skipped }
    }

    #[test]
    fn a_stop_says_why_and_what_lay_between() {
        let rules = RuleTexts::default();
        let counts = vec![(Passed::Backoff, 600_400), (Passed::Restarts, 3), (Passed::Exits, 1)];
        let stop = halt(Why::Reached(Aim::Signal("SIGTERM".into())), counts);
        assert_eq!(
            halt_words(&stop, &rules, Lang::En),
            "Stopped at 46 s: SIGTERM is sent (pod/web/app). On the way: 600 s of back-off, \
             3 restarts, 1 process ended"
        );
        assert!(halt_words(&stop, &rules, Lang::Zh).contains("600 秒回退、重启 3 次"));
        let never = halt(Why::Never(Aim::Lost, SimTime::secs(600)), Vec::new());
        let words = halt_words(&never, &rules, Lang::En);
        assert!(words.starts_with("Not within 10 min: a request is lost"), "{words}");
    }

    #[test]
    fn a_rule_that_was_not_applied_yet_has_gaps_for_its_facts() {
        let json = r#"{"a.b": {"title": "{n} of {m} went", "text": ""}}"#;
        let rules = RuleTexts::parse(json).expect("it is well formed");
        assert_eq!(rule_title("a.b", &rules), "… of … went");
        let any = Aim::Restart { pod: "*".into(), container: "*".into() };
        assert!(aim_words(&any, &rules, Lang::En).contains("any Pod"));
    }
}
