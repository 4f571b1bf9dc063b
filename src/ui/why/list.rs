//! The list of decisions, the newest on top.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::card::Desk;
use super::cards::use_cards;
use super::group::WhyGroup;
use super::groups::fold;
use super::row::WhyRow;
use super::texts::RuleTexts;
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::RecordsView;
use crate::ui::browser;
use crate::ui::i18n::frame;
use crate::ui::library::Place;

/// What the list shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct WhyListProps {
    /// The decisions.
    pub view: Rc<RecordsView>,
    /// What the rules say.
    pub texts: Rc<RuleTexts>,
    /// Whether their texts could not be loaded.
    pub texts_failed: bool,
    /// The language of the list.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// A place of the rule browser is wanted.
    pub on_place: Callback<Place>,
    /// A line of the text is wanted.
    pub on_line: Callback<usize>,
    /// How often the focus was asked to the selected row.
    pub called: u32,
}

/// The list.
#[component]
pub fn WhyList(props: &WhyListProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    let list = use_node_ref();
    use_shown(&list, view.selected);
    use_called(props.called);
    let cards = use_cards(lang, view.selected.is_some());
    let desk = Desk {
        texts: props.texts.clone(),
        failed: cards.is_err(),
        cards: cards.unwrap_or_default(),
        focus: view.focus.clone(),
        lang,
        on_command: props.on_command.clone(),
        on_place: props.on_place.clone(),
        on_line: props.on_line.clone(),
    };
    let groups = fold(&view.rows, &props.texts, view.selected);
    // The selected one may be older than the rows, or later than the cursor.
    let apart = view.focus.as_ref().map(|focus| &focus.record);
    let apart = apart.filter(|record| view.rows.iter().all(|row| row.id != record.id));
    html! {
        <>
            <div class="pane-head">
                <h2>{ frame::WHY.get(lang) }</h2>
                <span class="count">{ view.rows.len() + view.earlier }</span>
            </div>
            if props.texts_failed {
                <p class="quiet note" data-testid="texts-failed">
                    { frame::WHY_TEXTS_FAILED.get(lang) }
                </p>
            }
            if view.rows.is_empty() {
                <p class="empty">{ frame::WHY_EMPTY.get(lang) }</p>
            }
            <ol class="pane-body why-list" ref={list} data-testid="why-list"
                aria-label={frame::WHY.get(lang)}>
                if let Some(record) = apart {
                    { part! { <WhyRow key={record.id} record={Rc::new(record.clone())}
                        selected={true} desk={desk.clone()} /> } }
                }
                { for groups.into_iter().map(|group| part! {
                    <WhyGroup key={group.key()} group={group.clone()} selected={view.selected}
                        desk={desk.clone()} />
                }) }
                if view.earlier > 0 {
                    <li class="quiet">
                        { frame::WHY_EARLIER.fill(lang, &[("n", &view.earlier.to_string())]) }
                    </li>
                }
            </ol>
        </>
    }
}

/// Brings a row into view when it was selected elsewhere.
#[hook]
fn use_shown(list: &NodeRef, selected: Option<usize>) {
    let list = list.clone();
    use_effect_with(selected, move |selected| {
        let Some(list) = list.cast::<web_sys::Element>().filter(|_| selected.is_some()) else {
            return;
        };
        if let Ok(Some(row)) = list.query_selector(".selected") {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&nearest);
            // Whoever walks from card to card by keyboard goes on from there.
            browser::focus_if_lost(SELECTED);
        }
    });
}

/// The line of the selected row.
const SELECTED: &str = ".why-row.selected .why-line";

/// Brings the focus to the selected row when it is called for; after the dialog that called has
/// given its own focus back.
#[hook]
fn use_called(called: u32) {
    use_effect_with(called, |called| {
        if *called > 0 {
            gloo_timers::callback::Timeout::new(30, || browser::focus(SELECTED)).forget();
        }
    });
}
