//! The command line: a field with history and completion.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::line::{Line, Typed};
use crate::base::Lang;
use crate::session::Command;
use crate::ui::i18n::frame;

/// How a line can go on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completion {
    /// How often it was asked for.
    pub nth: u32,
    /// The line.
    pub line: String,
    /// The words that its last one can become.
    pub options: Vec<String>,
}

/// What the command line knows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ConsoleProps {
    /// The commands given so far, oldest first.
    pub history: Vec<String>,
    /// Its language.
    pub lang: Lang,
    /// Rises when a key asks for the field.
    pub called: u32,
    /// A line, and how the word at its end can go on.
    pub completion: Rc<Completion>,
    /// How a line can go on is asked for.
    pub on_complete: Callback<String>,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The command line.
#[component]
pub fn Console(props: &ConsoleProps) -> Html {
    let lang = props.lang;
    let line = use_state_eq(Line::default);
    let field = use_node_ref();
    use_called(&field, props.called);
    {
        let line = line.clone();
        use_effect_with(props.completion.clone(), move |completion| {
            if completion.line == line.text && !completion.line.is_empty() {
                line.set(line.completed(&completion.options));
            }
        });
    }
    let oninput = {
        let line = line.clone();
        Callback::from(move |event: InputEvent| {
            line.set(Line::typed(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let onkeydown = {
        let (line, history) = (line.clone(), props.history.clone());
        let on_complete = props.on_complete.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() || event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            match line.key(&event.key(), event.shift_key(), &history) {
                Typed::Passed => return,
                Typed::Taken(next) => line.set(next),
                Typed::Asked => on_complete.emit(line.text.clone()),
            }
            event.prevent_default();
        })
    };
    let onsubmit = {
        let (line, on_command) = (line.clone(), props.on_command.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !line.text.trim().is_empty() {
                on_command.emit(Command::Kubectl(line.text.clone()));
                line.set(Line::default());
            }
        })
    };
    html! {
        <form class="console" {onsubmit}>
            <label class="command" for="kubectl-line">
                <code><span class="prompt">{ "$ kubectl" }</span></code>
            </label>
            <input ref={field} id="kubectl-line" type="text" class="console-line"
                data-testid="console" value={line.text.clone()} autocomplete="off"
                autocapitalize="off" spellcheck="false" aria-label={frame::CONSOLE.get(lang)}
                aria-describedby="kubectl-hint" placeholder="get pods -o wide"
                {oninput} {onkeydown} />
            <button type="submit" data-testid="console-run">{ frame::CONSOLE_RUN.get(lang) }</button>
            <p id="kubectl-hint" class="quiet-text">{ frame::CONSOLE_HINT.get(lang) }</p>
            <p class="console-options" role="status" data-testid="console-options">
                { line.options.join("  ") }
            </p>
        </form>
    }
}

/// Brings the focus into the field when it is called.
#[hook]
fn use_called(field: &NodeRef, called: u32) {
    let field = field.clone();
    use_effect_with(called, move |called| {
        if *called > 0
            && let Some(field) = field.cast::<HtmlInputElement>()
        {
            let _ = field.focus();
        }
    });
}
