//! The dialog: two runs to choose, what is said of them, and their lanes.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::HtmlSelectElement;

use super::choice::{Ask, Choice};
use super::first::view_first;
use super::pairs::Pairs;
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{BranchView, CompareView};
use crate::ui::clock_text::clock;
use crate::ui::dialog::Dialog;
use crate::ui::header::scenarios::{Entry, by_topic};
use crate::ui::i18n::compare as t;
use crate::ui::why::RuleTexts;

/// What the dialog shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct CompareProps {
    /// Whether it is open.
    pub open: bool,
    /// Its language.
    pub lang: Lang,
    /// The runs that are chosen.
    pub chosen: [Choice; 2],
    /// What came of it; `None`: it is on its way. The error is kubectl's.
    pub found: Option<Rc<Result<CompareView, String>>>,
    /// The runs that were left, and the one that is shown.
    pub branches: Vec<BranchView>,
    /// Whether the text in the editor is another one than what was applied.
    pub edited: bool,
    /// The scenarios.
    pub scenarios: Rc<Vec<Entry>>,
    /// What the rules say.
    pub texts: Rc<RuleTexts>,
    /// What is asked of the page.
    pub on_ask: Callback<Ask>,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The dialog.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let lang = props.lang;
    let close = props.on_ask.reform(|()| Ask::Open(false));
    html! {
        { part! { <Dialog open={props.open} {lang} name="compare" title={t::TITLE.get(lang)}
            on_close={close}>{ if props.open { inside(props) } else { Html::default() } }
            </Dialog> } }
    }
}

fn inside(props: &CompareProps) -> Html {
    let lang = props.lang;
    html! {
        <>
            <div class="cmp-sides">
                { side(props, 0, "A") }
                { side(props, 1, "B") }
            </div>
            { found(props, lang) }
        </>
    }
}

fn found(props: &CompareProps, lang: Lang) -> Html {
    let view = match props.found.as_deref() {
        None => return html! { <p role="status">{ t::WAITING.get(lang) }</p> },
        Some(Err(error)) => {
            return html! {
                <div role="alert" data-testid="compare-refused">
                    <p>{ t::REFUSED.get(lang) }</p>
                    <pre class="insp-text" tabindex="0">{ error }</pre>
                </div>
            };
        }
        Some(Ok(view)) => view,
    };
    html! {
        <>
            { view_first(view, &props.chosen, &props.texts, lang, &leave(props)) }
            { part! { <Pairs found={props.found.clone()} {lang} /> } }
        </>
    }
}

/// Commands that leave the dialog for the moment they lead to.
fn leave(props: &CompareProps) -> Callback<Vec<Command>> {
    let (on_ask, on_command) = (props.on_ask.clone(), props.on_command.clone());
    Callback::from(move |commands: Vec<Command>| {
        on_ask.emit(Ask::Open(false));
        commands.into_iter().for_each(|command| on_command.emit(command));
    })
}

fn side(props: &CompareProps, nth: usize, name: &'static str) -> Html {
    let lang = props.lang;
    let onchange = props.on_ask.reform(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        Ask::Choose(nth, Choice::read(&value))
    });
    let chosen = props.chosen[nth].code();
    let option = |choice: Choice, words: &str| {
        let value = choice.code();
        let selected = value == chosen;
        html! { <option key={value.clone()} {value} {selected}>{ words }</option> }
    };
    let left = props.branches.iter().filter(|branch| !branch.shown);
    let editor = if props.edited { t::EDITED } else { t::EDITOR };
    html! {
        <label class="cmp-side">
            <span class="cmp-name">{ name }</span>
            <select data-testid={format!("compare-{nth}")} {onchange}>
                { option(Choice::Now, t::NOW.get(lang)) }
                { for left.map(|b| option(Choice::Branch(b.id), &branch_words(b, lang))) }
                { option(Choice::Applied, t::APPLIED.get(lang)) }
                { option(Choice::Editor, editor.get(lang)) }
                { for by_topic(&props.scenarios).into_iter().map(|(topic, entries)| html! {
                    <optgroup label={topic.get(lang).to_string()} key={topic.en.clone()}>
                        { for entries.into_iter().map(|entry| {
                            option(Choice::Scenario(entry.name.clone()), entry.title.get(lang))
                        }) }
                    </optgroup>
                }) }
            </select>
        </label>
    }
}

/// A run that was left, by the act that began it.
fn branch_words(branch: &BranchView, lang: Lang) -> String {
    let Some(deed) = &branch.deed else { return t::BRANCH_FIRST.get(lang).to_string() };
    let act = match deed.parts() {
        ("apply", _) => "apply -f pod.yaml".to_string(),
        (_, line) => line.to_string(),
    };
    t::BRANCH.fill(lang, &[("act", &act), ("t", &clock(branch.at))])
}
