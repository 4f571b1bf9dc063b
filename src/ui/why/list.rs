//! The list of decisions, the newest on top.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::Element;

use super::card::Desk;
use super::cards::use_cards;
use super::groups::fold;
use super::in_view::use_in_view;
use super::lines::{Line, MoreLine, lines, toggle};
use super::row::WhyRow;
use super::seat::{Seat, view_room};
use super::texts::RuleTexts;
use crate::base::{Lang, Set};
use crate::session::Command;
use crate::session::view::RecordsView;
use crate::ui::browser;
use crate::ui::clock_text::clock;
use crate::ui::i18n::frame;
use crate::ui::library::Place;
use crate::ui::width::Size;

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
    /// The size to draw for until the browser has measured it.
    #[prop_or(Size { width: 400.0, height: 600.0 })]
    pub size: Size,
}

/// The list.
#[component]
pub fn WhyList(props: &WhyListProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    let scroll = use_node_ref();
    use_called(props.called);
    let desk = use_desk(props);
    let open = use_state_eq(Set::<usize>::default);
    let lines = lines_of(props, &open);
    let shown = use_in_view(&scroll, &lines, view.selected, props.size);
    use_shown(&scroll, view.selected);
    let toggled = open.clone();
    let on_more = Callback::from(move |ends| toggled.set(toggle(&toggled, ends)));
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
            <div class="pane-body why-scroll" ref={scroll} onscroll={shown.on_scroll}
                onfocusin={shown.on_focus} onfocusout={shown.on_blur}>
                <ol class="why-list" data-testid="why-list" aria-label={frame::WHY.get(lang)}>
                    { for shown.lines.lines.iter().map(|(nth, free)| {
                        let line = &lines[*nth];
                        let (nth, of) = (nth + 1, lines.len());
                        let seat = Seat { line: line.key(), nth, of, free: *free };
                        view_line(line, seat, view.selected, &desk, &on_more)
                    }) }
                </ol>
                { view_room(shown.lines.rest) }
                if view.earlier > 0 {
                    <p class="quiet">
                        { frame::WHY_EARLIER.fill(lang, &[("n", &view.earlier.to_string())]) }
                    </p>
                }
            </div>
        </>
    }
}

/// What all cards share.
#[hook]
fn use_desk(props: &WhyListProps) -> Desk {
    let cards = use_cards(props.lang, props.view.selected.is_some());
    Desk {
        texts: props.texts.clone(),
        failed: cards.is_err(),
        cards: cards.unwrap_or_default(),
        focus: props.view.focus.clone(),
        lang: props.lang,
        on_command: props.on_command.clone(),
        on_place: props.on_place.clone(),
        on_line: props.on_line.clone(),
    }
}

/// All lines. The selected decision may be older than the rows, or later than the cursor: then it
/// stands apart.
fn lines_of(props: &WhyListProps, open: &Set<usize>) -> Vec<Line> {
    let view = &props.view;
    let apart = view.focus.as_ref().map(|focus| &focus.record);
    let apart = apart.filter(|record| view.rows.iter().all(|row| row.id != record.id));
    let apart = apart.map(|record| Line::Row(Rc::new(record.clone())));
    let groups = fold(&view.rows, &props.texts, view.selected);
    apart.into_iter().chain(lines(&groups, open)).collect()
}

fn view_line(
    line: &Line,
    seat: Seat,
    selected: Option<usize>,
    desk: &Desk,
    on_more: &Callback<(usize, usize)>,
) -> Html {
    match line {
        Line::Row(record) => part! {
            <WhyRow key={seat.line} record={record.clone()} selected={line.is(selected)} {seat}
                desk={desk.clone()} />
        },
        Line::More(more) => view_more(*more, seat, desk.lang, on_more),
    }
}

fn view_more(more: MoreLine, seat: Seat, lang: Lang, on_more: &Callback<(usize, usize)>) -> Html {
    let words = [("n", more.count.to_string()), ("t", clock(more.since))];
    let words = words.each_ref().map(|(name, value)| (*name, value.as_str()));
    html! {
        <li class="why-more" key={seat.line} data-line={seat.line.to_string()}
            aria-posinset={seat.nth.to_string()} aria-setsize={seat.of.to_string()}>
            { seat.view() }
            <button type="button" aria-expanded={more.open.to_string()} data-testid="why-more"
                onclick={on_more.reform(move |_: MouseEvent| more.group)}>
                { frame::WHY_SAME.fill(lang, &words) }
            </button>
        </li>
    }
}

/// Brings a row into view when it was selected elsewhere.
#[hook]
fn use_shown(list: &NodeRef, selected: Option<usize>) {
    let list = list.clone();
    use_effect_with(selected, move |selected| {
        let Some(list) = list.cast::<Element>().filter(|_| selected.is_some()) else {
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
