//! A dialog over the page.

use crate::ui::markup::prelude::*;
use web_sys::HtmlDialogElement;

use crate::base::Lang;
use crate::ui::browser;
use crate::ui::i18n::frame;
use crate::ui::icons::{Icon, icon};

/// What a dialog shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Whether it is open.
    pub open: bool,
    /// Its language.
    pub lang: Lang,
    /// What it is called in the page: `NAME-dialog`, `NAME-title`, `NAME-close`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// It was closed.
    pub on_close: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// The dialog. The browser keeps the focus in it, gives it back, and closes it with Escape or a
/// click beside it. If what had the focus is hidden now, the menu that holds it gets it.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                match (*open, dialog.open()) {
                    (true, false) => drop(dialog.show_modal()),
                    (false, true) => dialog.close(),
                    _ => {}
                }
            }
        });
    }
    // The ledger is only read: the keys that scroll need a place to stand.
    let reads = props.name == "fidelity";
    let (name, close) = (props.name, props.on_close.reform(|_: MouseEvent| ()));
    html! {
        <dialog class={classes!("help", name)} ref={node} data-testid={format!("{name}-dialog")}
            closedby="any" aria-labelledby={format!("{name}-title")}
            onclose={props.on_close.reform(|_: Event| browser::focus_if_lost("[data-testid=menu]"))}>
            <div class="help-head">
                <h2 id={format!("{name}-title")}>{ props.title }</h2>
                <button type="button" class="key" data-testid={format!("{name}-close")}
                    aria-label={frame::CLOSE.get(props.lang)} onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            <div class="dialog-body" tabindex={reads.then_some("0")}>{ props.children.clone() }</div>
        </dialog>
    }
}
