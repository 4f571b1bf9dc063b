//! Branches and bookmarks: the ways that a run can be seen on, and moments to come back to.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::HtmlInputElement;

use crate::base::{Lang, SimTime};
use crate::session::view::{Bookmark, BranchView, JourneyView};
use crate::session::{Bookmarking, Command, Deed};
use crate::ui::clock_text::clock;
use crate::ui::dialog::Dialog;
use crate::ui::i18n::timeline as t;
use crate::ui::icons::{Icon, icon};

/// Branches farther below than this stand no farther to the right.
const DEPTH_MOST: usize = 8;

/// What the dialog shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct WaysProps {
    /// Whether it is open.
    pub open: bool,
    /// Branches and bookmarks.
    pub view: Rc<JourneyView>,
    /// How far the run that is shown was simulated.
    pub tip: SimTime,
    /// Its language.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub fn Ways(props: &WaysProps) -> Html {
    let (lang, view) = (props.lang, &props.view);
    let add = props.on_command.reform(|_: MouseEvent| Command::Bookmark(Bookmarking::Set));
    html! { { part! { <Dialog open={props.open} {lang} name="ways" title={t::WAYS.get(lang)}
        on_close={props.on_close.clone()}>{ html! {
        <>
            <h3>{ t::BRANCHES.get(lang) }</h3>
            <p class="quiet">{ t::BRANCHES_MORE.get(lang) }</p>
            <ul class="branches" data-testid="branches">
                { for view.branches.iter().map(|branch| view_branch(branch, props)) }
            </ul>
            <h3>{ t::BOOKMARKS.get(lang) }</h3>
            if view.bookmarks.is_empty() {
                <p class="quiet">{ t::BOOKMARKS_NONE.get(lang) }</p>
            }
            <ul class="bookmarks" data-testid="bookmarks">
                { for view.bookmarks.iter().map(|mark| view_bookmark(mark, props)) }
            </ul>
            <button type="button" class="button" data-testid="bookmark-add" onclick={add}>
                { icon(Icon::Bookmark) }
                { t::BOOKMARK_HERE.get(lang) }
            </button>
        </>
    } }</Dialog> } } }
}

/// What began a run.
pub fn began(branch: &BranchView, lang: Lang) -> String {
    match &branch.deed {
        None => t::BRANCH_START.get(lang).to_string(),
        Some(Deed::Kubectl(line)) => ["kubectl ", line].concat(),
        Some(Deed::Fault(line)) => line.clone(),
        Some(Deed::Apply(_)) => "kubectl apply -f pod.yaml".to_string(),
    }
}

fn view_branch(branch: &BranchView, props: &WaysProps) -> Html {
    let id = branch.id;
    let length = if branch.shown { props.tip } else { branch.length };
    let more =
        t::BRANCH_MORE.fill(props.lang, &[("at", &clock(branch.at)), ("length", &clock(length))]);
    let onclick = props.on_command.reform(move |_: MouseEvent| Command::Branch(id));
    let depth = ["depth-", &branch.depth.min(DEPTH_MOST).to_string()].concat();
    html! {
        <li class={classes!("branch-row", depth)} key={id}>
            <button type="button" class="branch-go" data-testid={format!("branch-{id}")}
                aria-current={branch.shown.then_some("true")} {onclick}>
                { icon(if branch.shown { Icon::Check } else { Icon::Branch }) }
                <span class="branch-deed">{ began(branch, props.lang) }</span>
                <span class="branch-more">{ more }</span>
            </button>
        </li>
    }
}

fn view_bookmark(mark: &Bookmark, props: &WaysProps) -> Html {
    let (lang, at) = (props.lang, mark.at);
    let time = clock(at);
    let go = {
        let (on_command, on_close) = (props.on_command.clone(), props.on_close.clone());
        Callback::from(move |_: MouseEvent| {
            on_close.emit(());
            on_command.emit(Command::Seek(at));
        })
    };
    let rename = props.on_command.reform(move |event: Event| {
        let name = event.target_unchecked_into::<HtmlInputElement>().value();
        Command::Bookmark(Bookmarking::Name(at, name))
    });
    let drop =
        props.on_command.reform(move |_: MouseEvent| Command::Bookmark(Bookmarking::Drop(at)));
    let said = |text: crate::ui::i18n::Text| text.fill(lang, &[("t", &time)]);
    html! {
        <li class="bookmark-row" key={at.as_ms().to_string()}>
            <button type="button" class="button" data-testid="bookmark-go" onclick={go}
                aria-label={said(t::BOOKMARK_GO)}>{ time.clone() }</button>
            <input type="text" data-testid="bookmark-name" maxlength="60" autocomplete="off"
                value={mark.name.clone()} aria-label={said(t::BOOKMARK_NAME)}
                placeholder={t::BOOKMARK_UNNAMED.get(lang)} onchange={rename} />
            <button type="button" class="key" data-testid="bookmark-drop" onclick={drop}
                aria-label={said(t::BOOKMARK_DROP)} title={said(t::BOOKMARK_DROP)}>
                { icon(Icon::Delete) }
            </button>
        </li>
    }
}
