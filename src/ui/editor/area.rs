//! The text area over its backdrop.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::backdrop::{Backdrop, TINTED_COLUMNS};
use super::choice::Kind;
use super::margin::Margin;
use super::rich::RichArea;
use super::text_area::{TextArea, TextProps};
use crate::base::LineIndex;
use crate::session::Command;
use crate::session::view::EditorView;
use crate::ui::i18n::frame;

/// A larger text is shown in one colour.
const TINTED_BYTES: usize = 256 * 1024;

/// A larger text is kept but not laid out: that alone would hold the browser up for seconds.
const SHOWN_BYTES: usize = 512 * 1024;

/// What the area shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct AreaProps {
    /// Which editor.
    pub kind: Kind,
    /// What it shows.
    pub text: TextProps,
}

/// The area.
#[component]
pub fn Area(props: &AreaProps) -> Html {
    let (kind, props) = (props.kind, &props.text);
    let scroll = use_state_eq(|| (0, 0));
    let shown_anyway = use_state_eq(|| false);
    let lines = use_memo(props.view.clone(), |view| Lines::new(&view.text));
    let before = use_mut_ref(Rc::<EditorView>::default);
    let on_scroll = {
        let scroll = scroll.clone();
        use_callback((), move |at, ()| scroll.set(at))
    };
    let large = props.view.text.len() > SHOWN_BYTES;
    if !large {
        *before.borrow_mut() = props.view.clone();
        shown_anyway.set(false);
    }
    let hidden = large && !*shown_anyway;
    let digits = lines.index.lines().to_string().len();
    let rich = kind == Kind::Rich;
    let tinted = lines.tinted && !rich;
    let area = match rich {
        true => part! { <RichArea ..props.clone() /> },
        false => part! { <TextArea ..TextProps { on_scroll, ..props.clone() } /> },
    };
    html! {
        <div class={classes!("code", tinted.then_some("tinted"), width_class(digits),
            hidden.then_some("too-large"))} data-testid="code" data-editor={kind.word()}>
            { match (hidden, rich) {
                (true, _) => too_large(props, &before.borrow(), &shown_anyway),
                (false, true) => Html::default(),
                (false, false) => behind(props, &lines, *scroll),
            } }
            { area }
        </div>
    }
}

/// What lies behind and beside the plain text.
fn behind(props: &TextProps, lines: &Lines, scroll: (i32, i32)) -> Html {
    html! {
        <>
            { part! { <Backdrop view={props.view.clone()} live={props.live.clone()}
                exercise={props.exercise.clone()}
                lang={props.lang} index={lines.index.clone()} tinted={lines.tinted} {scroll} /> } }
            { part! { <Margin view={props.view.clone()} lang={props.lang} top={scroll.1}
                on_open={props.on_open.clone()} /> } }
        </>
    }
}

/// In the place of a text that is too large to show.
fn too_large(
    props: &TextProps,
    before: &Rc<EditorView>,
    shown_anyway: &UseStateHandle<bool>,
) -> Html {
    let kilobytes = (props.view.text.len() / 1024).to_string();
    let before = before.clone();
    let back = props.on_command.reform(move |_| Command::SetText(before.text.clone()));
    let shown_anyway = shown_anyway.clone();
    let show = Callback::from(move |_: MouseEvent| shown_anyway.set(true));
    html! {
        <div class="too-large-card" data-testid="too-large">
            <p>{ frame::TOO_LARGE.fill(props.lang, &[("n", &kilobytes)]) }</p>
            <button type="button" class="button" data-testid="too-large-back" onclick={back}>
                { frame::TOO_LARGE_BACK.get(props.lang) }
            </button>
            <button type="button" class="link" onclick={show}>
                { frame::TOO_LARGE_SHOW.get(props.lang) }
            </button>
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
