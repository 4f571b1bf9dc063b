//! The line at the top of an embed: what is shown, what is wrong with the address, and the way to
//! the whole page.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::scenarios::Entry;
use crate::base::{Lang, Said};
use crate::ui::i18n::{frame, tour};
use crate::ui::icons::{Icon, icon, logo};
use crate::ui::picker::Choice;

/// What the line shows.
#[derive(Properties, PartialEq)]
pub struct EmbedBarProps {
    /// The language now.
    pub lang: Lang,
    /// The scenarios, for their titles.
    pub scenarios: Rc<Vec<Entry>>,
    /// What is open.
    pub current: Choice,
    /// Whether visitors only look.
    pub readonly: bool,
    /// What became of a link, or is wrong with the address.
    pub notice: Option<Said>,
}

/// The line.
#[component]
pub fn EmbedBar(props: &EmbedBarProps) -> Html {
    let lang = props.lang;
    let name = match &props.current {
        Choice::Scenario(name) => name.as_str(),
        Choice::Own(_) => "",
    };
    let entry = props.scenarios.iter().find(|entry| entry.name == name);
    let scenario = if name.is_empty() { String::new() } else { ["&scenario=", name].concat() };
    let whole = ["./?lang=", lang.code(), &scenario].concat();
    html! {
        <header class="embed-bar">
            <h1 class="brand" title={frame::TAGLINE.get(lang)}>
                { logo() }<span class="visually-hidden">{ "Lifepod" }</span>
            </h1>
            <p class="embed-title" title={entry.map(|entry| entry.look.get(lang))}>
                { entry.map(|entry| html! { { entry.title.get(lang) } }) }
            </p>
            if props.notice.is_some() {
                <p class="embed-notice" role="status" data-testid="notice">
                    { props.notice.as_ref().map(|notice| html! { { notice.get(lang) } }) }
                </p>
            }
            if props.readonly {
                <span class="edited" data-testid="read-only">{ tour::READ_ONLY.get(lang) }</span>
            }
            <a class="link" data-testid="open-full" href={whole} target="_blank" rel="noopener">
                { tour::OPEN_FULL.get(lang) }{ icon(Icon::Out) }
            </a>
        </header>
    }
}
