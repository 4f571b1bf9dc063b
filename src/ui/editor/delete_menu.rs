//! Delete, and the ways to do it; each shows the command that does the same.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, Node};

use crate::base::Lang;
use crate::session::view::TransportView;
use crate::session::{Command, DeleteMode};
use crate::ui::browser;
use crate::ui::i18n::{Text, frame};
use crate::ui::icons::{Icon, icon};
use crate::ui::keys::delete_args;

/// The longest grace period that the field takes, in seconds.
const GRACE_MOST: u32 = 3600;

/// What the menu shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct DeleteMenuProps {
    /// The Pods that exist now.
    pub transport: Rc<TransportView>,
    /// The language of the menu.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// A button and its menu.
#[component]
pub fn DeleteMenu(props: &DeleteMenuProps) -> Html {
    let open = use_state_eq(|| false);
    let grace = use_state_eq(|| 5_u32);
    let chosen = use_state_eq(String::new);
    let pods = &props.transport.pods;
    let pod = pods.iter().find(|p| **p == *chosen).or(pods.first()).cloned();
    let lang = props.lang;
    let none = pod.is_none();
    let delete = {
        let (open, pod, on_command) = (open.clone(), pod.clone(), props.on_command.clone());
        Callback::from(move |mode| {
            open.set(false);
            browser::focus("[data-testid=delete-menu]");
            if let Some(pod) = pod.clone() {
                on_command.emit(Command::Delete { pod, mode });
            }
        })
    };
    let title = if none { frame::DELETE_NONE } else { frame::DELETE_DEFAULT }.get(lang);
    html! {
        <div class="split" onfocusout={leaving(&open)} onkeydown={escaping(&open)}>
            <button type="button" class="button" data-testid="delete" disabled={none} {title}
                aria-keyshortcuts="d" onclick={delete.reform(|_| DeleteMode::Default)}>
                { icon(Icon::Delete) }
                <span class="delete-label">{ frame::DELETE.get(lang) }</span>
            </button>
            <button type="button" class="button more" data-testid="delete-menu" disabled={none}
                aria-expanded={open.to_string()} aria-controls="delete-options"
                aria-label={frame::DELETE_MORE.get(lang)} onclick={toggling(&open)}>
                { icon(Icon::Down) }
            </button>
            if let (true, Some(pod)) = (*open, &pod) {
                <div class="menu" id="delete-options" data-testid="delete-options" tabindex="-1">
                    { which_pod(pods, pod, lang, &chosen) }
                    { ways((pod, props.transport.homes.get(pod)), &grace, lang, &delete) }
                </div>
            }
        </div>
    }
}

/// The ways to delete a Pod.
fn ways(
    pod: Which<'_>,
    grace: &UseStateHandle<u32>,
    lang: Lang,
    delete: &Callback<DeleteMode>,
) -> Html {
    html! {
        <>
            { way(frame::DELETE_DEFAULT, pod, DeleteMode::Default, lang, delete) }
            { grace_row(pod, grace, lang, delete) }
            { way(frame::DELETE_NOW, pod, DeleteMode::Now, lang, delete) }
            { way(frame::DELETE_FORCE, pod, DeleteMode::Force, lang, delete) }
        </>
    }
}

fn toggling(open: &UseStateHandle<bool>) -> Callback<MouseEvent> {
    let open = open.clone();
    Callback::from(move |_| open.set(!*open))
}

fn leaving(open: &UseStateHandle<bool>) -> Callback<FocusEvent> {
    let open = open.clone();
    Callback::from(move |event: FocusEvent| {
        let inside = event.current_target().and_then(|t| t.dyn_into::<Node>().ok());
        let next = event.related_target().and_then(|t| t.dyn_into::<Node>().ok());
        if !inside.is_some_and(|inside| inside.contains(next.as_ref())) {
            open.set(false);
        }
    })
}

fn escaping(open: &UseStateHandle<bool>) -> Callback<KeyboardEvent> {
    let open = open.clone();
    Callback::from(move |event: KeyboardEvent| {
        if *open && event.key() == "Escape" {
            event.stop_propagation();
            open.set(false);
            browser::focus("[data-testid=delete-menu]");
        }
    })
}

/// A Pod, and its namespace if it is not `default`.
type Which<'a> = (&'a str, Option<&'a String>);

fn which_pod(pods: &[String], pod: &str, lang: Lang, chosen: &UseStateHandle<String>) -> Html {
    if pods.len() < 2 {
        return Html::default();
    }
    let chosen = chosen.clone();
    let onchange = Callback::from(move |event: Event| {
        chosen.set(event.target_unchecked_into::<HtmlSelectElement>().value());
    });
    html! {
        <label class="menu-row">
            { frame::DELETE_POD.get(lang) }
            <select data-testid="delete-pod" {onchange}>
                { for pods.iter().map(|p| html! {
                    <option value={p.clone()} selected={p == pod}>{ p }</option>
                }) }
            </select>
        </label>
    }
}

fn grace_row(
    pod: Which<'_>,
    grace: &UseStateHandle<u32>,
    lang: Lang,
    delete: &Callback<DeleteMode>,
) -> Html {
    let mode = DeleteMode::Grace(**grace);
    let (state, now) = (grace.clone(), grace.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        if let Ok(seconds) = value.parse::<u32>() {
            state.set(seconds.min(GRACE_MOST));
        }
    });
    html! {
        <div class="menu-grace">
            <label>
                { frame::DELETE_GRACE.get(lang) }
                <input type="number" min="0" max={GRACE_MOST.to_string()} value={grace.to_string()}
                    data-testid="delete-grace-seconds" {oninput} />
                { frame::SECONDS.get(lang) }
            </label>
            <button type="button" class="menu-item" data-testid="delete-grace"
                aria-label={format!("kubectl {}", delete_args(pod.0, pod.1, mode))}
                onclick={delete.reform(move |_| DeleteMode::Grace(*now))}>
                <code>{ format!("kubectl {}", delete_args(pod.0, pod.1, mode)) }</code>
            </button>
        </div>
    }
}

fn way(
    text: Text,
    pod: Which<'_>,
    mode: DeleteMode,
    lang: Lang,
    delete: &Callback<DeleteMode>,
) -> Html {
    let id = match mode {
        DeleteMode::Default => "delete-default",
        DeleteMode::Grace(_) => "delete-grace",
        DeleteMode::Now => "delete-now",
        DeleteMode::Force => "delete-force",
    };
    html! {
        <button type="button" class="menu-item" data-testid={id}
            onclick={delete.reform(move |_| mode)}>
            <span>{ text.get(lang) }</span>
            <code>{ format!("kubectl {}", delete_args(pod.0, pod.1, mode)) }</code>
        </button>
    }
}
