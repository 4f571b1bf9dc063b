//! The object as YAML; what has changed is told by sign, word and colour.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{Body, DiffLine, Inspect, InspectorView, LineChange, Since, YamlView};
use crate::ui::clock_text::spoken;
use crate::ui::i18n::{Text, inspector as t};

/// Lines around a change that are shown with it.
const AROUND: usize = 2;

/// What is shown and whom it tells.
#[derive(Properties, PartialEq)]
pub struct YamlProps {
    /// The inspector, whose body is YAML.
    pub view: Rc<InspectorView>,
    /// The language of what is said.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The document.
#[component]
pub fn Yaml(props: &YamlProps) -> Html {
    let lang = props.lang;
    let only = use_state_eq(|| false);
    let Body::Yaml(yaml) = &props.view.body else { return Html::default() };
    let toggle = {
        let only = only.clone();
        Callback::from(move |_: MouseEvent| only.set(!*only))
    };
    let shown = if *only { near_changes(&yaml.lines) } else { vec![true; yaml.lines.len()] };
    html! {
        <>
            <div class="insp-tools">
                <span class="segments" role="group" aria-label={t::SINCE.get(lang)}>
                    { for CHOICES.iter().map(|(since, words, id)| {
                        choice(props, *since, *words, id)
                    }) }
                </span>
                <button type="button" class="button" data-testid="yaml-only"
                    aria-pressed={only.to_string()} onclick={toggle}>{ t::ONLY.get(lang) }</button>
            </div>
            <p class="insp-note" role="status" data-testid="yaml-note">
                { note(yaml, props.view.chosen.since, lang) }
            </p>
            <div class="diff" data-testid="yaml" tabindex="0" role="group" aria-label="YAML">
                { for lines(yaml, &shown, lang) }
            </div>
        </>
    }
}

const CHOICES: [(Since, Text, &str); 3] = [
    (Since::Mark, t::SINCE_MARK, "since-mark"),
    (Since::Change, t::SINCE_CHANGE, "since-change"),
    (Since::Start, t::SINCE_START, "since-start"),
];

fn choice(props: &YamlProps, since: Since, words: Text, id: &'static str) -> Html {
    let chosen = Inspect { since, ..props.view.chosen.clone() };
    let pressed = (props.view.chosen.since == since).to_string();
    let onclick =
        props.on_command.reform(move |_: MouseEvent| Command::Inspect(Some(chosen.clone())));
    html! {
        <button type="button" data-testid={id} key={id} aria-pressed={pressed} {onclick}>
            { words.get(props.lang) }
        </button>
    }
}

/// With what it is compared, and how much differs.
fn note(yaml: &YamlView, since: Since, lang: Lang) -> String {
    let Some(at) = yaml.since else { return t::NOTHING_BEFORE.get(lang).to_string() };
    let at = spoken(at, lang);
    let compared = match since {
        Since::Mark => t::COMPARED_MARK,
        Since::Change => t::COMPARED_CHANGE,
        Since::Start => t::COMPARED_START,
    };
    let count = |wanted: fn(&LineChange) -> bool| {
        yaml.lines.iter().filter(|line| wanted(&line.change)).count().to_string()
    };
    let values = [
        ("added", count(|change| *change == LineChange::Added)),
        ("removed", count(|change| *change == LineChange::Removed)),
        ("changed", count(|change| matches!(change, LineChange::Changed(_)))),
    ];
    let compared = compared.fill(lang, &[("t", &at)]);
    if values.iter().all(|(_, n)| n == "0") {
        return [&compared, " ", t::UNCHANGED.get(lang)].concat();
    }
    let values: Vec<(&str, &str)> = values.iter().map(|(name, n)| (*name, n.as_str())).collect();
    [compared, " ".to_string(), t::COUNTS.fill(lang, &values)].concat()
}

/// Which lines are changed or near to one that is.
fn near_changes(lines: &[DiffLine]) -> Vec<bool> {
    let mut near = vec![false; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        if line.change != LineChange::Same {
            let to = (at + AROUND + 1).min(lines.len());
            near[at.saturating_sub(AROUND)..to].fill(true);
        }
    }
    near
}

fn lines(yaml: &YamlView, shown: &[bool], lang: Lang) -> Vec<Html> {
    let mut out = Vec::new();
    let mut skipped = false;
    for (line, shown) in yaml.lines.iter().zip(shown) {
        match shown {
            true => out.push(view_line(line, lang)),
            false if !skipped => out.push(html! { <div class="diff-gap">{ "⋯" }</div> }),
            false => {}
        }
        skipped = !shown;
    }
    out
}

fn view_line(line: &DiffLine, lang: Lang) -> Html {
    let (class, sign, words) = match &line.change {
        LineChange::Same => {
            return html! { <div><code>{ &line.text }</code></div> };
        }
        LineChange::Added => ("diff-added", "+", t::ADDED),
        LineChange::Removed => ("diff-removed", "−", t::REMOVED),
        LineChange::Changed(_) => ("diff-changed", "~", t::CHANGED),
    };
    let was = match &line.change {
        LineChange::Changed(old) => {
            let value = old.split_once(':').map_or(old.as_str(), |(_, value)| value).trim();
            Some(t::WAS.fill(lang, &[("value", if value.is_empty() { "–" } else { value })]))
        }
        _ => None,
    };
    html! {
        <div {class}>
            <span class="diff-sign" aria-hidden="true">{ sign }</span>
            <span class="visually-hidden">{ words.get(lang) }{ " " }</span>
            <code>{ &line.text }</code>
            if let Some(was) = was {
                <span class="diff-was">{ was }</span>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_near_a_change_are_shown() {
        let line = |changed: bool| DiffLine {
            text: String::new(),
            change: if changed { LineChange::Added } else { LineChange::Same },
        };
        let lines: Vec<DiffLine> = (0..9).map(|nth| line(nth == 1)).collect();
        let near: Vec<usize> = near_changes(&lines)
            .iter()
            .enumerate()
            .filter(|(_, near)| **near)
            .map(|(nth, _)| nth)
            .collect();
        assert_eq!(near, [0, 1, 2, 3]);
    }
}
