//! The text area over its backdrop.

use std::rc::Rc;

use yew::prelude::*;

use super::backdrop::{Backdrop, TINTED_COLUMNS};
use super::text_area::{Goto, TextArea};
use crate::base::{Lang, LineIndex};
use crate::session::Command;
use crate::session::view::EditorView;

/// A larger text is shown in one colour.
const TINTED_BYTES: usize = 256 * 1024;

/// What the area shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct AreaProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// The language of its name.
    pub lang: Lang,
    /// The newest wish for the focus.
    pub goto: Goto,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The area.
#[component]
pub fn Area(props: &AreaProps) -> Html {
    let scroll = use_state_eq(|| (0, 0));
    let lines = use_memo(props.view.clone(), |view| Lines::new(&view.text));
    let on_scroll = {
        let scroll = scroll.clone();
        use_callback((), move |at, ()| scroll.set(at))
    };
    let digits = lines.index.lines().to_string().len();
    html! {
        <div class={classes!("code", lines.tinted.then_some("tinted"), width_class(digits))}>
            <Backdrop view={props.view.clone()} index={lines.index.clone()} tinted={lines.tinted}
                scroll={*scroll} />
            <TextArea view={props.view.clone()} lang={props.lang} goto={props.goto}
                on_command={props.on_command.clone()} {on_scroll} />
        </div>
    }
}

/// What is known of a text by one look through it.
struct Lines {
    index: Rc<LineIndex>,
    tinted: bool,
}

impl Lines {
    fn new(text: &str) -> Self {
        let short = || text.lines().all(|line| line.len() <= TINTED_COLUMNS);
        let tinted = text.len() <= TINTED_BYTES && !text.contains('\t') && short();
        Lines { index: Rc::new(LineIndex::new(text)), tinted }
    }
}

/// The gutter is as wide as the largest line number.
const fn width_class(digits: usize) -> &'static str {
    match digits {
        0..=3 => "digits-3",
        4..=5 => "digits-5",
        _ => "digits-8",
    }
}
