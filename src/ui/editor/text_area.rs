//! The text area itself. It is drawn anew only when its text changes.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlDocument, HtmlTextAreaElement};

use super::backdrop::LINE_PX;
use super::indent::{Edit, byte_of, new_line, shift, units};
use super::margin::Opened;
use crate::base::{Lang, LineIndex, Span, TextEdit};
use crate::session::Command;
use crate::session::knobs;
use crate::session::view::{EditorView, ExerciseView, LiveView, ProblemView};
use crate::ui::browser;
use crate::ui::i18n::frame;

/// A larger text is pasted by us.
const PASTED_BYTES: usize = 256 * 1024;

/// A wish to bring the focus into the text; a new number is a new wish.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Goto {
    /// Counts the wishes; 0 is none.
    pub nth: u32,
    /// What to select (bytes); `None` leaves the selection as it is.
    pub span: Option<Span>,
}

/// A change of the text that is made as if it were typed; a new number is a new change.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// Counts the changes; 0 is none.
    pub nth: u32,
    /// What changes, in bytes of the text that is shown.
    pub edit: Option<TextEdit>,
    /// Whether the focus goes to it, or stays where it is.
    pub stays: bool,
}

/// What either editor shows and whom it tells.
#[derive(Properties, PartialEq, Clone)]
pub struct TextProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// What of its text is at work.
    pub live: Rc<LiveView>,
    /// The exercise that the text belongs to.
    pub exercise: Option<Rc<ExerciseView>>,
    /// The language of its name.
    pub lang: Lang,
    /// The newest wish for the focus.
    pub goto: Goto,
    /// The newest change that someone asked for.
    pub change: Change,
    /// Counts the texts that came from elsewhere; each is shown from its start.
    pub texts: u32,
    /// Whether it can only be read.
    pub readonly: bool,
    /// New text, and Apply.
    pub on_command: Callback<Command>,
    /// How far it is scrolled now, in pixels: left, top.
    pub on_scroll: Callback<(i32, i32)>,
    /// Where the caret is now, in bytes.
    pub on_caret: Callback<usize>,
    /// The mistake in the line of this byte is to be mended.
    pub on_fix: Callback<usize>,
    /// What can be written here is asked for, where the editor does not show it itself.
    pub on_ask: Callback<()>,
    /// A problem whose mark was clicked.
    pub on_open: Callback<Opened>,
}

/// The text area.
#[component]
pub fn TextArea(props: &TextProps) -> Html {
    let node = use_node_ref();
    use_wishes(&node, props);
    let caret = props
        .on_caret
        .reform(|area: HtmlTextAreaElement| byte_of(&area.value(), selection(&area).0));
    let oninput = {
        let (on_command, caret) = (props.on_command.clone(), caret.clone());
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            on_command.emit(Command::SetText(area.value()));
            caret.emit(area);
        })
    };
    let onpaste = {
        let on_command = props.on_command.clone();
        Callback::from(move |event: Event| paste(&event, &on_command))
    };
    let onscroll = props.on_scroll.reform(|event: Event| {
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        (area.scroll_left(), area.scroll_top())
    });
    let onselect = caret.reform(|event: Event| event.target_unchecked_into());
    let onkeyup = caret.reform(|event: KeyboardEvent| event.target_unchecked_into());
    let onclick = caret.reform(|event: MouseEvent| event.target_unchecked_into());
    let onfocus = caret.reform(|event: FocusEvent| event.target_unchecked_into());
    let with = props.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| key(&event, &with));
    let invalid = props.view.problems.iter().any(ProblemView::is_error);
    html! {
        <textarea ref={node} class="text" data-testid="editor" spellcheck="false" wrap="off"
            autocomplete="off" autocapitalize="off" aria-label={frame::EDITOR_LABEL.get(props.lang)}
            aria-describedby="editor-hint problems" aria-invalid={invalid.to_string()}
            aria-keyshortcuts="Control+Enter" readonly={props.readonly}
            value={props.view.text.clone()} {oninput} {onpaste} {onscroll} {onkeydown} {onkeyup}
            {onclick} {onselect} {onfocus} />
    }
}

/// Does what others wish: the focus, a change, the start of a new text, a lit line in view.
#[hook]
fn use_wishes(node: &NodeRef, props: &TextProps) {
    // Wishes of before it was there are not its own.
    let old = *use_mut_ref(|| (props.goto.nth, props.change.nth)).borrow();
    {
        let (node, view) = (node.clone(), props.view.clone());
        use_effect_with(props.goto, move |goto| {
            if let (true, Some(area)) = (goto.nth > old.0, node.cast()) {
                go_to(&area, &view.text, goto.span);
            }
        });
    }
    {
        let (node, view) = (node.clone(), props.view.clone());
        let on_command = props.on_command.clone();
        use_effect_with(props.change.clone(), move |change| {
            let edit = change.edit.as_ref().filter(|_| change.nth > old.1);
            if let (Some(edit), Some(area)) = (edit, node.cast()) {
                make(&area, &view.text, edit, change.stays, &on_command);
            }
        });
    }
    {
        let node = node.clone();
        use_effect_with(props.texts, move |_| {
            if let Some(area) = node.cast::<HtmlTextAreaElement>() {
                let _ = area.set_selection_range(0, 0);
                area.set_scroll_top(0);
                area.set_scroll_left(0);
            }
        });
    }
    {
        let node = node.clone();
        use_effect_with(props.view.lit_lines.first().copied(), move |line| {
            if let (Some(line), Some(area)) = (*line, node.cast()) {
                bring_near(&area, line);
            }
        });
    }
}

/// Ctrl+Enter applies; Enter keeps the indentation; Ctrl+] and Ctrl+[ move lines. Tab is the
/// browser's: it leaves. Alt with an arrow turns the number under the caret.
fn key(event: &KeyboardEvent, props: &TextProps) {
    let control = event.ctrl_key() || event.meta_key();
    let area: HtmlTextAreaElement = event.target_unchecked_into();
    let (start, end) = selection(&area);
    let edit = match event.key().as_str() {
        "Enter" if control => {
            event.prevent_default();
            return props.on_command.emit(Command::Apply);
        }
        "Enter" if !event.is_composing() && !event.shift_key() => {
            new_line(&area.value(), start, end)
        }
        "." if control => {
            event.prevent_default();
            return props.on_fix.emit(byte_of(&area.value(), start));
        }
        " " if control => {
            event.prevent_default();
            return props.on_ask.emit(());
        }
        "ArrowUp" | "ArrowDown" if event.alt_key() => {
            let by = if event.key() == "ArrowUp" { 1 } else { -1 };
            match nudged(&area.value(), start, by) {
                Some(edit) => edit,
                None => return,
            }
        }
        "]" if control => shift(&area.value(), start, end, false),
        "[" if control => shift(&area.value(), start, end, true),
        _ => return,
    };
    event.prevent_default();
    type_in(&area, &edit);
}

/// The edit that turns the number at a unit of the text; the caret stays in its field.
fn nudged(text: &str, unit: u32, by: i64) -> Option<Edit> {
    let edit = knobs::nudge(text, byte_of(text, unit), by)?;
    let (start, end) = (units(&text[..edit.span.start]), units(&text[..edit.span.end]));
    let caret = unit.min(start + units(&edit.text));
    Some(Edit { start, end, text: edit.text, select: (caret, caret) })
}

/// A large text does not go through the browser's own editing, which lays it out many times.
fn paste(event: &Event, on_command: &Callback<Command>) {
    let Some(clipboard) = event.dyn_ref::<ClipboardEvent>().and_then(|e| e.clipboard_data()) else {
        return;
    };
    let Ok(pasted) = clipboard.get_data("text/plain") else { return };
    if pasted.len() > PASTED_BYTES {
        event.prevent_default();
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        let (text, (start, end)) = (area.value(), selection(&area));
        let (start, end) = (byte_of(&text, start), byte_of(&text, end));
        on_command.emit(Command::SetText([&text[..start], &pasted, &text[end..]].concat()));
    }
}

fn selection(area: &HtmlTextAreaElement) -> (u32, u32) {
    let start = area.selection_start().ok().flatten().unwrap_or(0);
    (start, area.selection_end().ok().flatten().unwrap_or(start))
}

/// Puts the edit in as if it were typed, so that the browser's own undo knows it; whether it could.
fn type_in(area: &HtmlTextAreaElement, edit: &Edit) -> bool {
    let _ = area.set_selection_range(edit.start, edit.end);
    let document = browser::window().and_then(|w| w.document());
    let document = document.and_then(|d| d.dyn_into::<HtmlDocument>().ok());
    let command = if edit.text.is_empty() { "delete" } else { "insertText" };
    let typed = document.is_some_and(|document| {
        document.exec_command_with_show_ui_and_value(command, false, &edit.text).unwrap_or(false)
    });
    let _ = area.set_selection_range(edit.select.0, edit.select.1);
    typed
}

/// Makes a change that someone asked for. The focus has to be in the text for it, and goes back
/// to where it was if it `stays`.
fn make(
    area: &HtmlTextAreaElement,
    text: &str,
    edit: &TextEdit,
    stays: bool,
    on_command: &Callback<Command>,
) {
    let before = browser::focused().filter(|_| stays);
    let select = selection(area);
    let _ = area.focus();
    let (start, end) = (units(&text[..edit.span.start]), units(&text[..edit.span.end]));
    let behind = start + units(&edit.text);
    let select = if stays { select } else { (behind, behind) };
    let edit_there = Edit { start, end, text: edit.text.clone(), select };
    if !type_in(area, &edit_there) {
        on_command.emit(Command::SetText(edit.applied(text)));
    }
    match before {
        Some(element) => drop(element.focus()),
        None => bring_near(area, LineIndex::new(text).line(edit.span.start)),
    }
}

fn go_to(area: &HtmlTextAreaElement, text: &str, span: Option<Span>) {
    let _ = area.focus();
    let Some(span) = span else { return };
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
    let _ = area.set_selection_range(units(&text[..start]), units(&text[..end]));
    bring_near(area, LineIndex::new(text).line(start));
    area.set_scroll_left(0);
}

/// Scrolls so that a line (from 1) can be seen, if it cannot.
fn bring_near(area: &HtmlTextAreaElement, line: usize) {
    let top = i32::try_from(line - 1).unwrap_or(0).saturating_mul(LINE_PX);
    let (first, height) = (area.scroll_top(), area.client_height());
    if top < first || top + 3 * LINE_PX > first + height {
        area.set_scroll_top((top - height / 3).max(0));
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
