//! The help: how the page is used, and its keys.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::ui::dialog::Dialog;
use crate::ui::fidelity::Fidelity;
use crate::ui::i18n::{Text, editor, frame, timeline, tour};
use crate::ui::icons::{Icon, icon};

/// The keys, in the order they are told.
const KEYS: [(&[&str], Text); 24] = [
    (&["Space"], frame::KEY_SPACE),
    (&[",", "."], frame::KEY_MARKS),
    (&["←", "→"], frame::KEY_ARROWS),
    (&["Home"], frame::KEY_HOME),
    (&["[", "]"], frame::KEY_SPEED),
    (&["g"], timeline::UNTIL_KEY),
    (&["(", ")"], timeline::KEY_LOOP),
    (&["Esc"], timeline::KEY_GIVE_UP),
    (&["m"], timeline::BOOKMARK_HERE),
    (&["<", ">"], timeline::KEY_BOOKMARKS),
    (&["b"], timeline::WAYS),
    (&["e"], frame::KEY_EDITOR),
    (&["k"], frame::KEY_CONSOLE),
    (&["d"], frame::KEY_DELETE),
    (&["i"], frame::KEY_INSPECT),
    (&["c"], frame::KEY_COMPARE),
    (&["u", "r"], frame::KEY_UNDO),
    (&["o"], frame::KEY_SCENARIOS),
    (&["?"], frame::KEY_HELP),
    (&["Ctrl Enter"], frame::KEY_APPLY),
    (&["Ctrl [", "Ctrl ]"], frame::KEY_INDENT),
    (&["Alt ↑", "Alt ↓"], editor::KEY_NUDGE),
    (&["Ctrl ."], editor::KEY_FIX),
    (&["Ctrl Space"], editor::KEY_COMPLETE),
];

/// What the help shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct HelpProps {
    /// Whether it is open.
    pub open: bool,
    /// Its language.
    pub lang: Lang,
    /// The tour is wished.
    pub on_tour: Callback<()>,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The help. The ledger opens above it and gives the focus back to it.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let lang = props.lang;
    let ledger = use_state_eq(|| false);
    let show = |open: bool| {
        let ledger = ledger.clone();
        Callback::from(move |()| ledger.set(open))
    };
    html! {
        <>
            { part! { <Dialog open={props.open} {lang} name="help" title={frame::HELP_TITLE.get(lang)}
                on_close={props.on_close.clone()}>{ html! {
                <p>{ frame::HELP_INTRO.get(lang) }</p>
                <button type="button" class="button" data-testid="take-tour"
                    onclick={props.on_tour.reform(|_: MouseEvent| ())}>
                    { icon(Icon::Play) }{ tour::TAKE.get(lang) }
                </button>
                <h3>{ frame::HELP_KEYS.get(lang) }</h3>
                <dl class="keys">{ for KEYS.iter().map(|(keys, text)| one(keys, *text, lang)) }</dl>
                <p class="quiet">{ frame::HELP_KEYS_NOTE.get(lang) }</p>
                <p class="quiet">{ frame::HELP_TRUTH.get(lang) }</p>
                <button type="button" class="link" data-testid="fidelity" aria-haspopup="dialog"
                    onclick={show(true).reform(|_: MouseEvent| ())}>
                    { frame::FIDELITY.get(lang) }
                </button>
             } }</Dialog> } }
            { part! { <Fidelity open={*ledger} {lang} on_close={show(false)} /> } }
        </>
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keys::wish;

    #[test]
    fn every_key_of_the_page_is_told() {
        let shown = |key: &str| match key {
            " " => "Space".to_string(),
            "ArrowLeft" => "←".to_string(),
            "ArrowRight" => "→".to_string(),
            "Escape" => "Esc".to_string(),
            other => other.to_string(),
        };
        let letters = (' '..='~').map(|letter| letter.to_string());
        let named = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp"]
            .into_iter()
            .chain(["PageDown", "Escape", "Enter", "Delete", "Backspace", "Insert"]);
        for key in letters.chain(named.map(str::to_string)).filter(|key| wish(key).is_some()) {
            let told = KEYS.iter().any(|(keys, _)| keys.contains(&shown(&key).as_str()));
            assert!(told, "the help does not tell {key}");
        }
    }
}
