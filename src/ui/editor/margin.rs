//! Marks in the margin: which lines have something to say, and what. A form for each level, so
//! that nothing is told by colour only. The strip below says the same to the keyboard.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::backdrop::LINE_PX;
use crate::base::{Lang, Span};
use crate::session::view::{EditorView, Level, ProblemView};
use crate::ui::i18n::{Text, frame};

/// The problem whose card is open, by its rule and its place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Opened(pub Option<(String, Span)>);

impl Opened {
    /// Opens `problem`.
    pub fn of(problem: &ProblemView) -> Opened {
        Opened(Some((problem.rule.clone(), problem.span)))
    }

    /// Whether it is `problem`.
    pub fn is(&self, problem: &ProblemView) -> bool {
        self.0.as_ref().is_some_and(|(rule, span)| *rule == problem.rule && *span == problem.span)
    }
}

/// What a level is called.
pub const fn level_word(level: Level) -> Text {
    match level {
        Level::Error => frame::PROBLEM_ERROR,
        Level::Warning => frame::PROBLEM_WARNING,
        Level::Note => frame::PROBLEM_NOTE,
    }
}

/// What the margin shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct MarginProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// The language of the marks' names.
    pub lang: Lang,
    /// How far the text is scrolled down, in pixels.
    pub top: i32,
    /// A problem whose mark was clicked.
    pub on_open: Callback<Opened>,
}

/// The margin. Problems come in the order of the text, so each line's stand together.
#[component]
pub fn Margin(props: &MarginProps) -> Html {
    let lines = props.view.problems.chunk_by(|a, b| a.line == b.line);
    html! {
        <svg class="margin" data-testid="margin">{ for lines.map(|line| mark(line, props)) }</svg>
    }
}

/// The worst problem of a line, and what its mark is called.
pub fn mark_label(line: &[ProblemView], lang: Lang) -> Option<(&ProblemView, String)> {
    let worst = line.iter().rev().max_by_key(|p| p.level)?;
    let said: Vec<String> = line.iter().map(|p| p.message.get(lang)).collect();
    let values = [
        ("line", &*worst.line.to_string()),
        ("kind", level_word(worst.level).get(lang)),
        ("message", &said.join("; ")),
    ];
    Some((worst, frame::PROBLEM_MARK.fill(lang, &values)))
}

fn mark(line: &[ProblemView], props: &MarginProps) -> Html {
    let Some((worst, label)) = mark_label(line, props.lang) else { return Html::default() };
    let row = i32::try_from(worst.line - 1).unwrap_or(i32::MAX / LINE_PX - 1);
    let y = row.saturating_mul(LINE_PX).saturating_sub(props.top).saturating_add(6);
    let (class, path) = match worst.level {
        Level::Error => ("mark error", "M8 5.2 12.8 10 8 14.8 3.2 10z"),
        Level::Warning => ("mark warning", "M8 5.6 12.6 14H3.4z"),
        Level::Note => ("mark kept", "M8 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"),
    };
    let opened = Opened::of(worst);
    html! {
        <g {class} key={worst.line} role="button" tabindex="-1" aria-label={label.clone()}
            data-testid={format!("mark-{}", worst.line)} transform={format!("translate(0 {y})")}
            onclick={props.on_open.reform(move |_: MouseEvent| opened.clone())}>
            <title>{ label }</title>
            <rect width="16" height={LINE_PX.to_string()} />
            <path d={path} />
        </g>
    }
}
