//! The help: how the page is used, and its keys.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::ui::dialog::Dialog;
use crate::ui::fidelity::Fidelity;
use crate::ui::i18n::{Text, editor, frame, timeline, tour};
use crate::ui::icons::{Icon, icon};

/// Keys that do the same or opposites, and what they do.
type Told = (&'static [&'static str], Text);

/// The keys of the page, in the order they are told.
const PAGE: [Told; 19] = [
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
];

/// Those of the timeline, and of the lanes of two runs.
const TIMELINE: [Told; 11] = [
    (&["↑", "↓"], frame::KEY_LANES),
    (&["←", "→"], frame::KEY_STOPS),
    (&["Home", "End"], frame::KEY_ENDS),
    (&["Enter"], frame::KEY_GO),
    (&["+", "-"], frame::KEY_ZOOM),
    (&["0"], frame::KEY_FIT),
    (&["Shift ←", "Shift →"], frame::KEY_PAN),
    (&["c"], frame::KEY_AWAY),
    (&["C"], frame::KEY_FOLD),
    (&["x"], frame::KEY_BACK),
    (&["Esc"], frame::KEY_LEAVE),
];

/// Those of the stage.
const STAGE: [Told; 3] = [
    (&["+", "-"], frame::KEY_NEARER),
    (&["0"], frame::KEY_CLUSTER),
    (&["↑", "↓"], frame::KEY_BESIDE),
];

/// Those of the editor.
const EDITOR: [Told; 5] = [
    (&["Ctrl Enter"], frame::KEY_APPLY),
    (&["Ctrl [", "Ctrl ]"], frame::KEY_INDENT),
    (&["Alt ↑", "Alt ↓"], editor::KEY_NUDGE),
    (&["Ctrl ."], editor::KEY_FIX),
    (&["Ctrl Space"], editor::KEY_COMPLETE),
];

/// Those of the command line.
const CONSOLE: [Told; 3] =
    [(&["↑", "↓"], frame::KEY_HISTORY), (&["Tab"], frame::KEY_TAB), (&["Esc"], frame::KEY_FREE)];

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
                <p class="quiet">{ frame::HELP_KEYS_NOTE.get(lang) }</p>
                { group(&PAGE, lang) }
                { place(frame::KEYS_TIMELINE, &TIMELINE, lang) }
                { place(frame::KEYS_STAGE, &STAGE, lang) }
                { place(frame::KEYS_EDITOR, &EDITOR, lang) }
                { place(frame::KEYS_CONSOLE, &CONSOLE, lang) }
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

/// Keys that hold in one place of the page, below its name.
fn place(name: Text, keys: &[Told], lang: Lang) -> Html {
    html! { <><h4>{ name.get(lang) }</h4>{ group(keys, lang) }</> }
}

fn group(keys: &[Told], lang: Lang) -> Html {
    html! { <dl class="keys">{ for keys.iter().map(|(keys, text)| one(keys, *text, lang)) }</dl> }
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
    use crate::session::view::StageView;
    use crate::session::{Command, Session};
    use crate::ui::keys::wish;
    use crate::ui::kubectl::{Line, Typed};
    use crate::ui::stage::{Focus, key_focus};
    use crate::ui::timeline::key_action;

    /// A key as the help writes it.
    fn written(key: &str) -> String {
        let name = match key {
            " " => "Space",
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            "Escape" => "Esc",
            other => other,
        };
        name.to_string()
    }

    /// Every key there is, as the browser names it.
    fn all() -> Vec<String> {
        let letters = (' '..='~').map(|letter| letter.to_string());
        let named = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp"];
        let more = ["PageDown", "Escape", "Enter", "Delete", "Backspace", "Insert", "Tab"];
        letters.chain(named.into_iter().chain(more).map(str::to_string)).collect()
    }

    /// The help tells a place's keys and no others. What is on the same key of a keyboard, as `=`
    /// is with `+`, need not be told.
    fn hold(place: &str, told: &[Told], shift: bool, handles: impl Fn(&str) -> bool) {
        let prefix = if shift { "Shift " } else { "" };
        let is_told = |key: &str| {
            let key = [prefix, key].concat();
            told.iter().any(|(keys, _)| keys.contains(&key.as_str()))
        };
        for key in all() {
            let (name, unsaid) = (written(&key), ["=", "_"].contains(&key.as_str()));
            if !unsaid {
                assert_eq!(handles(&key), is_told(&name), "{place}: {prefix}{name}");
            }
        }
    }

    #[test]
    fn the_keys_of_the_page_are_told() {
        hold("the page", &PAGE, false, |key| wish(key).is_some());
    }

    #[test]
    fn the_keys_of_the_timeline_are_told() {
        hold("the timeline", &TIMELINE, false, |key| key_action(key, false).is_some());
        // With Shift only what it does otherwise.
        hold("the timeline", &TIMELINE, true, |key| {
            key_action(key, true) != key_action(key, false)
        });
    }

    #[test]
    fn the_keys_of_the_stage_are_told() {
        let mut session = Session::new();
        session.apply(Command::StepBy(5000));
        let view: std::rc::Rc<StageView> = session.stage();
        let near = Focus::default().nearer(&view);
        hold("the stage", &STAGE, false, |key| key_focus(key, &near, &view).is_some());
    }

    #[test]
    fn the_keys_of_the_command_line_are_told() {
        let history = ["get pods".to_string(), "get nodes".to_string()];
        let Typed::Taken(line) = Line::typed("get".to_string()).key("ArrowUp", false, &history)
        else {
            panic!("no earlier command");
        };
        hold("the command line", &CONSOLE, false, |key| {
            line.key(key, false, &history) != Typed::Passed
        });
    }
}
