//! One decision: closed it is a line, selected it tells all.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::card::{Desk, view_card};
use super::seat::Seat;
use crate::session::Command;
use crate::session::view::RecordView;
use crate::ui::clock_text::clock;

/// What the row shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct WhyRowProps {
    /// The decision.
    pub record: Rc<RecordView>,
    /// Whether it is the selected one.
    pub selected: bool,
    /// Where in the list it stands.
    pub seat: Seat,
    /// What all cards share.
    pub desk: Desk,
}

/// The row.
#[component]
pub fn WhyRow(props: &WhyRowProps) -> Html {
    let (record, desk, seat) = (&props.record, &props.desk, props.seat);
    let (id, selected) = (record.id, props.selected);
    let select = desk.on_command.reform(move |_| Command::Select((!selected).then_some(id)));
    html! {
        <li class={classes!("why-row", selected.then_some("selected"))} data-testid="why-row"
            data-rule={record.rule.clone()} data-line={seat.line.to_string()}
            aria-posinset={seat.nth.to_string()} aria-setsize={seat.of.to_string()}>
            { seat.view() }
            <button type="button" class="why-line" aria-expanded={selected.to_string()}
                onclick={select}>
                <time>{ clock(record.at) }</time>
                <span class="why-title">
                    { desk.texts.title(&record.rule, &record.facts) }
                    if let Some(gist) = desk.texts.gist(&record.rule, &record.facts) {
                        <span class="why-gist">{ gist }</span>
                    }
                </span>
                <span class="why-by">
                    { &record.by }
                    <span class="why-subject">{ &record.subject }</span>
                </span>
            </button>
            if selected {
                { view_card(record, desk) }
            }
        </li>
    }
}
