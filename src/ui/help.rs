//! The help: how the page is used, and its keys.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::base::Lang;
use crate::ui::i18n::{Text, frame};
use crate::ui::icons::{Icon, icon};

/// The keys, in the order they are told.
const KEYS: [(&[&str], Text); 10] = [
    (&["Space"], frame::KEY_SPACE),
    (&[",", "."], frame::KEY_MARKS),
    (&["←", "→"], frame::KEY_ARROWS),
    (&["[", "]"], frame::KEY_SPEED),
    (&["e"], frame::KEY_EDITOR),
    (&["d"], frame::KEY_DELETE),
    (&["u", "r"], frame::KEY_UNDO),
    (&["?"], frame::KEY_HELP),
    (&["Ctrl Enter"], frame::KEY_APPLY),
    (&["Ctrl [", "Ctrl ]"], frame::KEY_INDENT),
];

/// What the help shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct HelpProps {
    /// Whether it is open.
    pub open: bool,
    /// Its language.
    pub lang: Lang,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The dialog. The browser keeps the focus in it and gives it back.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                match (*open, dialog.open()) {
                    (true, false) => drop(dialog.show_modal()),
                    (false, true) => dialog.close(),
                    _ => {}
                }
            }
        });
    }
    let lang = props.lang;
    let close = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <dialog class="help" ref={node} data-testid="help-dialog" aria-labelledby="help-title"
            onclose={props.on_close.reform(|_: Event| ())}>
            <div class="help-head">
                <h2 id="help-title">{ frame::HELP_TITLE.get(lang) }</h2>
                <button type="button" class="key" data-testid="help-close"
                    aria-label={frame::CLOSE.get(lang)} onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            <p>{ frame::HELP_INTRO.get(lang) }</p>
            <h3>{ frame::HELP_KEYS.get(lang) }</h3>
            <dl class="keys">{ for KEYS.iter().map(|(keys, text)| one(keys, *text, lang)) }</dl>
            <p class="quiet">{ frame::HELP_KEYS_NOTE.get(lang) }</p>
            <p class="quiet">{ frame::HELP_TRUTH.get(lang) }</p>
        </dialog>
    }
}

fn one(keys: &[&'static str], text: Text, lang: Lang) -> Html {
    html! {
        <div>
            <dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt>
            <dd>{ text.get(lang) }</dd>
        </div>
    }
}
