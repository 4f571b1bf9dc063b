//! The editor's pane: text, problems, acts.

use std::rc::Rc;

use yew::prelude::*;

use super::area::Area;
use super::delete_menu::DeleteMenu;
use super::problems::Problems;
use super::text_area::Goto;
use crate::base::{Lang, Span};
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
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// A place of the text the learner wants to see.
    pub on_goto: Callback<Span>,
}

/// The pane.
#[component]
pub fn EditorPane(props: &EditorPaneProps) -> Html {
    let lang = props.lang;
    html! {
        <>
            <div class="pane-head">
                <h2>{ frame::PANE_EDITOR.get(lang) }</h2>
                if props.view.dirty {
                    <span class="edited" data-testid="dirty">{ frame::EDITED.get(lang) }</span>
                }
                <span class="spacer"></span>
                { acts(props) }
            </div>
            if props.transport.would_fork {
                <p class="fork-note" data-testid="fork-note">
                    { icon(Icon::Branch) }{ frame::FORKS.get(lang) }
                </p>
            }
            <Area view={props.view.clone()} {lang} goto={props.goto}
                on_command={props.on_command.clone()} />
            <Problems view={props.view.clone()} {lang} on_goto={props.on_goto.clone()} />
            <p class="hint" id="editor-hint">{ frame::EDITOR_HINT.get(lang) }</p>
        </>
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
            <DeleteMenu transport={props.transport.clone()} {lang}
                on_command={props.on_command.clone()} />
        </div>
    }
}
