//! What may be changed, and what was changed that is locked.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, Span};
use crate::session::exercise::{Edit, EditKind};
use crate::session::view::{ExerciseView, OpenPart};
use crate::ui::i18n::exercise;

/// The parts that may be changed; each leads to its place.
pub fn open_parts(view: &ExerciseView, lang: Lang, on_goto: &Callback<Span>) -> Html {
    html! {
        <ul class="open-parts">{ for view.open.iter().map(|part| item(part, lang, on_goto)) }</ul>
    }
}

fn item(part: &OpenPart, lang: Lang, on_goto: &Callback<Span>) -> Html {
    let name = if part.path.is_empty() { &part.object } else { &part.path };
    let line = part.line.to_string();
    let place = match (part.there, part.line) {
        (_, 0) => exercise::PART_GONE.get(lang).to_string(),
        (true, _) => exercise::PART_LINE.fill(lang, &[("line", &line)]),
        (false, _) => exercise::PART_NOT_YET.get(lang).to_string(),
    };
    let span = part.span;
    html! {
        <li key={[part.object.as_str(), &part.path].concat()}>
            <button type="button" class="link" data-testid="open-part"
                onclick={on_goto.reform(move |_: MouseEvent| span)}><code>{ name }</code></button>
            { " " }<span class="quiet">{ place }</span>
        </li>
    }
}

/// What was changed that is locked: it stays as it is written, and is named here.
pub fn locked_parts(view: &ExerciseView, lang: Lang, on_goto: &Callback<Span>) -> Html {
    if view.locked.is_empty() {
        return Html::default();
    }
    html! {
        <div class="locked" data-testid="locked">
            <p>{ exercise::LOCKED.get(lang) }</p>
            <ul>{ for view.locked.iter().map(|edit| edited(edit, lang, on_goto)) }</ul>
        </div>
    }
}

/// What was done to a locked part, beside its line.
pub fn short_edit(edit: &Edit, lang: Lang) -> String {
    let text = match edit.kind {
        EditKind::Added => exercise::CHIP_ADDED,
        EditKind::Removed => exercise::CHIP_REMOVED,
        EditKind::Changed if edit.was.is_empty() => exercise::CHIP_MOVED,
        EditKind::Changed => exercise::CHIP_CHANGED,
    };
    let name = if edit.path.is_empty() { &edit.object } else { &edit.path };
    text.fill(lang, &[("field", name), ("was", &edit.was)])
}

/// What was changed that is locked, in a sentence; empty if nothing was.
pub fn said_locked(view: &ExerciseView, lang: Lang) -> String {
    let Some(first) = view.locked.first() else { return String::new() };
    let n = view.locked.len().to_string();
    exercise::SAID_EDITS.fill(lang, &[("n", &n), ("what", &words(first, lang))])
}

/// What was done to a locked part, with its line.
fn words(edit: &Edit, lang: Lang) -> String {
    let name = if edit.path.is_empty() { &edit.object } else { &edit.path };
    let text = match edit.kind {
        EditKind::Added => exercise::EDIT_ADDED,
        EditKind::Removed => exercise::EDIT_REMOVED,
        EditKind::Changed if edit.was.is_empty() => exercise::EDIT_MOVED,
        EditKind::Changed => exercise::EDIT_CHANGED,
    };
    let line = edit.line.to_string();
    text.fill(lang, &[("field", name), ("line", &line), ("was", &edit.was)])
}

fn edited(edit: &Edit, lang: Lang, on_goto: &Callback<Span>) -> Html {
    let (span, words) = (edit.span, words(edit, lang));
    html! {
        <li>
            <button type="button" class="link" onclick={on_goto.reform(move |_: MouseEvent| span)}>
                { words }
            </button>
        </li>
    }
}
