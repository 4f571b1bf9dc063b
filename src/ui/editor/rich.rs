//! The rich editor: makes the element, tells it what to show, does what it tells.

use std::cell::RefCell;
use std::rc::Rc;

use crate::ui::markup::prelude::*;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::docs;
use super::element::{Rich, Told};
use super::indent::{byte_of, units};
use super::margin::Opened;
use super::shown;
use super::text_area::TextProps;
use crate::base::json::{Value, json};
use crate::session::view::{EditorView, ProblemView};
use crate::session::{Command, completion, field_help, knobs};
use crate::ui::browser;

/// The place of the element, and what it needs to answer.
#[component]
pub fn RichArea(props: &TextProps) -> Html {
    let node = use_node_ref();
    let now: Rc<RefCell<TextProps>> = use_mut_ref(|| props.clone());
    *now.borrow_mut() = props.clone();
    let element = use_mut_ref(|| None::<Rich>);
    {
        let (node, element) = (node.clone(), element.clone());
        use_effect_with((), move |()| {
            let made = node.cast().and_then(|host| make(&host, now));
            let hear = made.map(|(rich, hear)| {
                *element.borrow_mut() = Some(rich);
                hear
            });
            move || drop(hear)
        });
    }
    use_showing(&element, props);
    use_wishes(&element, props);
    html! { <div class="rich" ref={node}></div> }
}

/// What hears the element.
type Hearing = Closure<dyn Fn(JsValue)>;

/// Makes the element in its place; what hears it ends when dropped.
fn make(host: &web_sys::Element, now: Rc<RefCell<TextProps>>) -> Option<(Rich, Hearing)> {
    let document = browser::window()?.document()?;
    let rich: Rich = document.create_element("lifepod-editor").ok()?.unchecked_into();
    let _ = rich.set_attribute("data-testid", "editor");
    let heard = rich.clone();
    // What it is asked to do makes it tell more meanwhile.
    let hear = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        let Some(event) = event.dyn_ref::<web_sys::CustomEvent>() else { return };
        let props = now.borrow().clone();
        hear(&heard, &event.detail().unchecked_into(), &props);
    });
    rich.add_event_listener_with_callback("told", hear.as_ref().unchecked_ref()).ok()?;
    host.append_child(&rich).ok()?;
    Some((rich, hear))
}

type Element = Rc<RefCell<Option<Rich>>>;

/// Keeps the text, the words and what is shown as the page has them.
#[hook]
fn use_showing(element: &Element, props: &TextProps) {
    let (view, lang) = (props.view.clone(), props.lang);
    {
        let element = element.clone();
        use_effect_with((lang, props.readonly), move |(lang, readonly)| {
            if let Some(rich) = &*element.borrow() {
                rich.set_words(&shown::words(*lang, *readonly).to_string());
            }
        });
    }
    {
        let element = element.clone();
        use_effect_with((view.clone(), lang), move |(view, lang)| {
            if let Some(rich) = &*element.borrow() {
                rich.set_value(&view.text);
                rich.show(&shown::text(view, *lang).to_string());
            }
        });
    }
    {
        let element = element.clone();
        let deps = (props.exercise.clone(), view.clone(), lang);
        use_effect_with(deps, move |(exercise, _, lang)| {
            if let Some(rich) = &*element.borrow() {
                rich.show(&shown::parts(exercise.as_deref(), *lang).to_string());
            }
        });
    }
    use_live(element, props);
}

/// Milliseconds until lines at work are shown.
const LIVE_AFTER: u32 = 60;

/// Keeps shown which lines are at work. Each change makes the browser lay the lines out anew, so
/// that while time is dragged along, only the newest is shown, some times a second.
#[hook]
fn use_live(element: &Element, props: &TextProps) {
    let deps = (props.live.clone(), props.view.clone(), props.lang);
    let newest = use_mut_ref(|| deps.clone());
    *newest.borrow_mut() = deps.clone();
    let waits = use_mut_ref(|| false);
    let element = element.clone();
    use_effect_with(deps, move |_| {
        if waits.replace(true) {
            return;
        }
        let show = move || {
            waits.replace(false);
            let (live, _, lang) = &*newest.borrow();
            if let Some(rich) = &*element.borrow() {
                rich.show(&shown::live(live, *lang).to_string());
            }
        };
        Timeout::new(LIVE_AFTER, show).forget();
    });
}

/// Does what others wish: the focus, a change, the start of a new text, a lit line in view.
#[hook]
fn use_wishes(element: &Element, props: &TextProps) {
    let view = props.view.clone();
    // Wishes of before it was there are not its own.
    let old = *use_mut_ref(|| (props.goto.nth, props.change.nth)).borrow();
    let with = |element: &Element, act: &dyn Fn(&Rich)| {
        if let Some(rich) = &*element.borrow() {
            act(rich);
        }
    };
    {
        let (element, view) = (element.clone(), view.clone());
        use_effect_with(props.goto, move |goto| {
            with(&element, &|rich| {
                if goto.nth > old.0 {
                    if let Some(span) = goto.span {
                        rich.select(unit(&view.text, span.start), unit(&view.text, span.end));
                    }
                    let _ = rich.focus();
                }
            });
        });
    }
    {
        let (element, view) = (element.clone(), view.clone());
        use_effect_with(props.change.clone(), move |change| {
            with(&element, &|rich| {
                if let Some(edit) = change.edit.as_ref().filter(|_| change.nth > old.1) {
                    let (from, to) = (edit.span.start, edit.span.end);
                    let (from, to) = (unit(&view.text, from), unit(&view.text, to));
                    rich.change(from, to, &edit.text, change.stays);
                }
            });
        });
    }
    {
        let element = element.clone();
        use_effect_with(props.texts, move |_| {
            with(&element, &|rich| {
                rich.select(0, 0);
                rich.line_near(1);
            });
        });
    }
    let element = element.clone();
    use_effect_with(view.lit_lines.first().copied(), move |line| {
        with(&element, &|rich| {
            if let Some(line) = *line {
                rich.line_near(u32::try_from(line).unwrap_or(1));
            }
        });
    });
}

/// The UTF-16 unit of a byte; a byte that is not there is the text's end.
pub fn unit(text: &str, byte: usize) -> u32 {
    match text.get(..byte) {
        Some(before) if before.is_ascii() => u32::try_from(byte).unwrap_or(u32::MAX),
        Some(before) => units(before),
        None => units(text),
    }
}

/// Does what the element tells, and answers what it asks.
fn hear(rich: &Rich, told: &Told, props: &TextProps) {
    let text = rich.value();
    let at = byte_of(&text, told.at());
    match told.what().as_str() {
        "edit" => props.on_command.emit(Command::SetText(text)),
        "caret" => props.on_caret.emit(at),
        "apply" => props.on_command.emit(Command::Apply),
        "fix" => props.on_fix.emit(at),
        "open" => open(&props.view, told.at(), props),
        "nudge" => nudge(rich, told, &text, at),
        "complete" => {
            if let Some(found) = completion::complete(&text, at) {
                let json = shown::completion(&text, &found, props.lang).to_string();
                told.set_answer(&JsValue::from_str(&json));
            }
        }
        "field" => {
            let lang = props.lang;
            let Some(field) = field_help::at(&text, at) else { return };
            props.on_caret.emit(at);
            let answer = async move {
                let texts = docs::told(&field, lang).await;
                Ok(JsValue::from_str(&shown::field(&text, &field, &texts, lang).to_string()))
            };
            told.set_answer(&wasm_bindgen_futures::future_to_promise(answer));
        }
        _ => {}
    }
}

/// Opens the worst problem of a line.
fn open(view: &EditorView, line: u32, props: &TextProps) {
    let here = view.problems.iter().filter(|p| p.line == line as usize);
    if let Some(problem) = here.max_by_key(|p: &&ProblemView| p.level) {
        props.on_open.emit(Opened::of(problem));
    }
}

/// Turns the number under the caret; the element does not where the text can only be read.
fn nudge(rich: &Rich, told: &Told, text: &str, at: usize) {
    let is_knob = field_help::at(text, at).is_some_and(|field| field.knob.is_some());
    if let Some(edit) = knobs::nudge(text, at, i64::from(told.by())) {
        let (from, to) = (unit(text, edit.span.start), unit(text, edit.span.end));
        rich.change(from, to, &edit.text, true);
    }
    // A number at its end is not moved instead.
    if is_knob {
        told.set_answer(&JsValue::TRUE);
    }
}

/// A list of JSON values.
pub fn list(values: impl Iterator<Item = Value>) -> Value {
    values.fold(json!([]), |mut all, value| {
        if let Some(all) = all.as_array_mut() {
            all.push(value);
        }
        all
    })
}
