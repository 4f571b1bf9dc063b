//! The bar at the top.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::picker::{look_for, picker, way_back};
use super::scenarios::Entry;
use crate::base::{Lang, Said};
use crate::ui::i18n::{compare, exercise, frame, library};
use crate::ui::icons::{Icon, icon, logo};
use crate::ui::options::Theme;
use crate::ui::picker::Choice;

/// What the header shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The language now.
    pub lang: Lang,
    /// The theme now.
    pub theme: Theme,
    /// The scenarios on offer; empty until they are loaded.
    pub scenarios: Rc<Vec<Entry>>,
    /// Whether they could not be loaded.
    pub scenarios_failed: bool,
    /// Whether the words of another language could not be loaded.
    pub texts_failed: bool,
    /// What is open.
    pub current: Choice,
    /// Whether an own text was left for what is open.
    pub way_back: bool,
    /// The scenarios are wished.
    pub on_picker: Callback<()>,
    /// Something else is to be opened.
    pub on_scenario: Callback<Choice>,
    /// Another language.
    pub on_lang: Callback<Lang>,
    /// Another theme.
    pub on_theme: Callback<Theme>,
    /// The help.
    pub on_help: Callback<()>,
    /// What became of a link.
    pub notice: Option<Said>,
    /// The run is to be handed on.
    pub on_share: Callback<()>,
    /// The exercises.
    pub on_exercises: Callback<()>,
    /// The rules of the documents.
    pub on_library: Callback<()>,
    /// Two runs are to be compared.
    pub on_compare: Callback<()>,
}

/// The header.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    html! {
        <header class="header">
            <h1 class="brand" title={frame::TAGLINE.get(props.lang)}>
                { logo() }<span>{ "Lifepod" }</span>
            </h1>
            { picker(props) }
            { look_for(props) }
            { way_back(props) }
            <button type="button" class="key menu-open" data-testid="menu" popovertarget="header-end"
                aria-label={frame::MENU.get(props.lang)} title={frame::MENU.get(props.lang)}>
                { icon(Icon::Menu) }
            </button>
            <div class="header-end" id="header-end" popover="auto">
                <button type="button" class="button library-open" data-testid="exercises"
                    aria-haspopup="dialog" title={exercise::EXERCISES_MORE.get(props.lang)}
                    onclick={props.on_exercises.reform(|_| ())}>
                    { exercise::EXERCISES_SHORT.get(props.lang) }
                </button>
                <button type="button" class="button library-open" data-testid="library" aria-haspopup="dialog"
                    title={library::LIBRARY_MORE.get(props.lang)}
                    onclick={props.on_library.reform(|_| ())}>
                    { library::LIBRARY.get(props.lang) }
                </button>
                <button type="button" class="key" data-testid="compare" aria-haspopup="dialog"
                    aria-label={compare::OPEN.get(props.lang)}
                    title={compare::OPEN_MORE.get(props.lang)}
                    onclick={props.on_compare.reform(|_| ())}>
                    { icon(Icon::Compare) }
                </button>
                <button type="button" class="key" data-testid="share"
                    popovertarget="header-end" popovertargetaction="hide"
                    aria-label={frame::SHARE.get(props.lang)}
                    title={frame::SHARE_MORE.get(props.lang)}
                    onclick={props.on_share.reform(|_| ())}>
                    { icon(Icon::Share) }
                </button>
                { languages(props) }
                { theme(props) }
                <button type="button" class="key" data-testid="help" aria-keyshortcuts="?"
                    aria-label={frame::HELP.get(props.lang)} title={frame::HELP.get(props.lang)}
                    onclick={props.on_help.reform(|_| ())}>
                    <span aria-hidden="true" class="glyph">{ "?" }</span>
                </button>
            </div>
        </header>
    }
}

fn languages(props: &HeaderProps) -> Html {
    let one = |lang: Lang, name: &'static str, tag: &'static str| {
        html! {
            <button type="button" data-testid={format!("lang-{}", lang.code())} lang={tag}
                aria-pressed={(props.lang == lang).to_string()}
                onclick={props.on_lang.reform(move |_| lang)}>{ name }</button>
        }
    };
    html! {
        <div class="segments" role="group" aria-label={frame::LANGUAGE.get(props.lang)}>
            { one(Lang::En, "EN", "en") }
            { one(Lang::Zh, "中文", "zh-CN") }
        </div>
    }
}

fn theme(props: &HeaderProps) -> Html {
    let (mark, name) = match props.theme {
        Theme::Auto => (Icon::Half, frame::THEME_AUTO),
        Theme::Light => (Icon::Sun, frame::THEME_LIGHT),
        Theme::Dark => (Icon::Moon, frame::THEME_DARK),
    };
    let label = format!("{}: {}", frame::THEME.get(props.lang), name.get(props.lang));
    let next = props.theme.next();
    html! {
        <button type="button" class="key" data-testid="theme" data-theme={props.theme.code()}
            title={label.clone()} aria-label={label} onclick={props.on_theme.reform(move |_| next)}>
            { icon(mark) }
        </button>
    }
}
