//! The editor's pane: text, problems, acts.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::area::Area;
use super::choice::{Kind, use_kind};
use super::delete_menu::DeleteMenu;
use super::field::FieldHelp;
use super::margin::Opened;
use super::problems::Problems;
use super::text_area::{Change, Goto, TextProps};
use crate::base::{Lang, LineIndex, Span, TextEdit};
use crate::session::Command;
use crate::session::view::{EditorView, ExerciseView, FieldView, LiveView, TransportView};
use crate::ui::i18n::{editor, frame};
use crate::ui::icons::{Icon, icon};
use crate::ui::library::Place;
use crate::ui::why::RuleTexts;

/// What the pane shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct EditorPaneProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// What of its text is at work.
    pub live: Rc<LiveView>,
    /// The exercise that the text belongs to, for what may be changed of it.
    #[prop_or_default]
    pub exercise: Option<Rc<ExerciseView>>,
    /// The field under the caret.
    pub field: Rc<FieldView>,
    /// What the rules say.
    pub rules: Rc<RuleTexts>,
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
    /// The learner wants to see what the changed text would change.
    #[prop_or_default]
    pub on_compare: Callback<()>,
    /// A place of the rule browser is wanted.
    #[prop_or_default]
    pub on_place: Callback<Place>,
}

/// The pane.
#[component]
pub fn EditorPane(props: &EditorPaneProps) -> Html {
    let lang = props.lang;
    let opened = use_state_eq(Opened::default);
    let (kind, choose) = use_kind();
    let change = use_state_eq(Change::default);
    let changing = |stays: bool| {
        let (change, readonly) = (change.clone(), props.readonly);
        Callback::from(move |edit: TextEdit| {
            if !readonly {
                change.set(Change { nth: change.nth + 1, edit: Some(edit), stays });
            }
        })
    };
    let (on_edit, on_turn) = (changing(false), changing(true));
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
    let (caret, asked) = (use_state_eq(|| 0), use_state_eq(|| 0));
    let text = TextProps {
        on_open: on_open.clone(),
        ..text(props, (*change).clone(), &on_edit, (&caret, &asked))
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
            { part! { <Area {kind} {text} /> } }
            <div class="below">
            { part! { <FieldHelp field={props.field.clone()} view={props.view.clone()}
                caret={*caret} asked={*asked} rules={props.rules.clone()} {lang}
                on_turn={on_turn} on_edit={on_edit.clone()}
                on_command={props.on_command.clone()} on_compare={props.on_compare.clone()}
                on_place={props.on_place.clone()} /> } }
            { part! { <Problems view={props.view.clone()} {lang} opened={(*opened).clone()}
                {on_open} on_unfold={set_opened} on_goto={props.on_goto.clone()}
                on_command={props.on_command.clone()} {on_edit} /> } }
            </div>
            { foot(props.transport.would_fork, kind, &choose, lang) }
        </>
    }
}

/// What the text is shown and whom it tells; where the caret is and what is asked for is noted.
fn text(
    props: &EditorPaneProps,
    change: Change,
    on_edit: &Callback<TextEdit>,
    (caret, asked): (&UseStateHandle<usize>, &UseStateHandle<u32>),
) -> TextProps {
    let (view, on_edit) = (props.view.clone(), on_edit.clone());
    let (caret, on_command) = (caret.clone(), props.on_command.clone());
    let asked = asked.clone();
    TextProps {
        view: props.view.clone(),
        live: props.live.clone(),
        exercise: props.exercise.clone(),
        lang: props.lang,
        goto: props.goto,
        change,
        texts: props.texts,
        readonly: props.readonly,
        on_command: props.on_command.clone(),
        on_scroll: Callback::noop(),
        on_caret: Callback::from(move |at: usize| {
            caret.set(at);
            on_command.emit(Command::Caret(at));
        }),
        on_fix: Callback::from(move |at: usize| {
            fix_of_line(&view, at).into_iter().for_each(|edit| on_edit.emit(edit))
        }),
        on_ask: Callback::from(move |()| asked.set(*asked + 1)),
        on_open: Callback::noop(),
    }
}

/// A way to set a state that stays the same callback.
#[hook]
fn use_setter<T: PartialEq + 'static>(state: &UseStateHandle<T>) -> Callback<T> {
    let state = state.clone();
    use_callback((), move |value, ()| state.set(value))
}

/// The edit of the first fix in the line of byte `at`.
fn fix_of_line(view: &EditorView, at: usize) -> Option<TextEdit> {
    let line = LineIndex::new(&view.text).line(at);
    let problems = view.problems.iter().filter(|problem| problem.line == line);
    problems.flat_map(|problem| &problem.fixes).next().map(|fix| fix.edit.clone())
}

/// One line under all: how the keys work or, in the past, what an act does; and which editor.
fn foot(would_fork: bool, kind: Kind, choose: &Callback<bool>, lang: Lang) -> Html {
    let plain = kind == Kind::Plain;
    let hint = if plain { frame::EDITOR_HINT } else { editor::EDITOR_HINT_RICH };
    html! {
        <div class="foot">
            <p class={if would_fork { "visually-hidden" } else { "hint" }} id="editor-hint">
                { hint.get(lang) }
            </p>
            if would_fork {
                <p class="hint fork" data-testid="fork-note">
                    { icon(Icon::Branch) }<span>{ frame::FORKS.get(lang) }</span>
                </p>
            }
            <label class="plain-choice" title={editor::EDITOR_PLAIN_MORE.get(lang)}>
                <input type="checkbox" data-testid="plain" checked={plain}
                    onchange={choose.reform(move |_: Event| plain)} />
                { editor::EDITOR_PLAIN.get(lang) }
            </label>
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
