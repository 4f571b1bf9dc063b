//! The editor's pane: text, problems, acts.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::area::Area;
use super::delete_menu::DeleteMenu;
use super::field::FieldHelp;
use super::margin::Opened;
use super::problems::Problems;
use super::text_area::{Change, Goto};
use crate::base::{Lang, Span, TextEdit};
use crate::session::Command;
use crate::session::view::{EditorView, TransportView};
use crate::ui::i18n::frame;
use crate::ui::icons::{Icon, icon};

/// What the pane shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct EditorPaneProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// Which Pods there are, and whether an act forks.
    pub transport: Rc<TransportView>,
    /// The language of the pane.
    pub lang: Lang,
    /// The newest wish for the focus.
    pub goto: Goto,
    /// Counts the texts that came from elsewhere than the learner's typing.
    pub texts: u32,
    /// Whether the text can only be read.
    #[prop_or_default]
    pub readonly: bool,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// A place of the text the learner wants to see.
    pub on_goto: Callback<Span>,
}

/// The pane.
#[component]
pub fn EditorPane(props: &EditorPaneProps) -> Html {
    let lang = props.lang;
    let opened = use_state_eq(Opened::default);
    let caret = use_state_eq(|| 0);
    let change = use_state_eq(Change::default);
    let on_edit = {
        let change = change.clone();
        Callback::from(move |edit: TextEdit| {
            change.set(Change { nth: change.nth + 1, edit: Some(edit), stays: false });
        })
    };
    let on_caret = use_setter(&caret);
    let set_opened = use_setter(&opened);
    let on_open = {
        let (set_opened, on_goto) = (set_opened.clone(), props.on_goto.clone());
        use_callback((), move |wanted: Opened, ()| {
            if let Some((_, span)) = &wanted.0 {
                on_goto.emit(*span);
            }
            set_opened.emit(wanted);
        })
    };
    html! {
        <>
            <div class="pane-head">
                <h2>{ frame::PANE_EDITOR.get(lang) }</h2>
                if props.view.dirty {
                    <span class="edited" data-testid="dirty" title={frame::EDITED_MORE.get(lang)}>
                        { frame::EDITED.get(lang) }
                    </span>
                }
                <span class="spacer"></span>
                if !props.readonly { { acts(props) } }
            </div>
            { part! { <Area view={props.view.clone()} {lang} goto={props.goto} texts={props.texts} readonly={props.readonly}
                change={(*change).clone()} on_command={props.on_command.clone()}
                on_open={on_open.clone()} {on_caret} /> } }
            <div class="below">
            { part! { <FieldHelp view={props.view.clone()} {lang} caret={*caret} /> } }
            { part! { <Problems view={props.view.clone()} {lang} opened={(*opened).clone()}
                {on_open} on_unfold={set_opened} on_goto={props.on_goto.clone()}
                on_command={props.on_command.clone()} {on_edit} /> } }
            </div>
            { foot(props.transport.would_fork, lang) }
        </>
    }
}

/// A way to set a state that stays the same callback.
#[hook]
fn use_setter<T: PartialEq + 'static>(state: &UseStateHandle<T>) -> Callback<T> {
    let state = state.clone();
    use_callback((), move |value, ()| state.set(value))
}

/// One line under all: how the keys work or, in the past, what an act does.
fn foot(would_fork: bool, lang: Lang) -> Html {
    html! {
        <div class="foot">
            <p class={if would_fork { "visually-hidden" } else { "hint" }} id="editor-hint">
                { frame::EDITOR_HINT.get(lang) }
            </p>
            if would_fork {
                <p class="hint fork" data-testid="fork-note">
                    { icon(Icon::Branch) }<span>{ frame::FORKS.get(lang) }</span>
                </p>
            }
        </div>
    }
}

fn acts(props: &EditorPaneProps) -> Html {
    let lang = props.lang;
    html! {
        <div class="acts">
            <button type="button" class="button primary" data-testid="apply"
                title={frame::APPLY_RUNS.get(lang)}
                onclick={props.on_command.reform(|_| Command::Apply)}>
                { icon(Icon::Apply) }{ frame::APPLY.get(lang) }
            </button>
            <button type="button" class="button" data-testid="rerun"
                title={frame::RERUN_MORE.get(lang)}
                onclick={props.on_command.reform(|_| Command::Rerun)}>
                { icon(Icon::Restart) }{ frame::RERUN.get(lang) }
            </button>
            { part! { <DeleteMenu transport={props.transport.clone()} {lang}
                on_command={props.on_command.clone()} /> } }
        </div>
    }
}
