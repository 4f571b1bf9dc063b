//! Conditions and Events; every time leads to its moment.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, Said, SimTime};
use crate::session::Command;
use crate::session::view::{ConditionView, EventView};
use crate::ui::clock_text::{clock, spoken};
use crate::ui::i18n::inspector as t;

/// A moment that one can go to. `within`: it lies in the second that begins there, and one goes to
/// the end of it.
fn view_moment(at: SimTime, within: bool, lang: Lang, on_command: &Callback<Command>) -> Html {
    let to = if within { at + SimTime::ms(999) } else { at };
    let title = t::GO_TO.fill(lang, &[("t", &spoken(at, lang))]);
    // Who says what they see finds it.
    let name = [&clock(at), ": ", &title].concat();
    let onclick = on_command.reform(move |_: MouseEvent| Command::Seek(to));
    html! {
        <button type="button" class="link" aria-label={name} {title} {onclick}>
            { clock(at) }
        </button>
    }
}

/// The conditions with their times, and of a Pod why its truths differ.
pub fn view_conditions(
    list: &[ConditionView],
    reasons: &[Said],
    now: SimTime,
    lang: Lang,
    on_command: &Callback<Command>,
) -> Html {
    let row = |c: &ConditionView| {
        let tone = if c.status == "True" { "tone-good" } else { "tone-off" };
        let lasted = spoken(now.since(c.since).floor_secs(), lang);
        html! {
            <tr key={c.kind.clone()}>
                <th scope="row">{ &c.kind }</th>
                <td><span class={classes!("word", tone)}>{ &c.status }</span></td>
                <td>
                    { view_moment(c.since, true, lang, on_command) }
                    <span class="quiet">{ " " }{ t::LASTED.fill(lang, &[("t", &lasted)]) }</span>
                </td>
                <td>
                    if !c.reason.is_empty() {
                        <strong>{ &c.reason }</strong>
                    }
                    <span>{ " " }{ &c.message }</span>
                </td>
            </tr>
        }
    };
    html! {
        <>
            <table class="insp-table" data-testid="inspector-conditions-table">
                { head(&["type", "status", "lastTransitionTime", "reason, message"]) }
                <tbody>{ for list.iter().map(row) }</tbody>
            </table>
            { for reasons.iter().map(|reason| html! { <p class="insp-note">{ reason.get(lang) }</p> }) }
        </>
    }
}

/// The Events, the newest first.
pub fn view_events(list: &[EventView], lang: Lang, on_command: &Callback<Command>) -> Html {
    let row = |e: &EventView| {
        let (kind, class) =
            if e.warning { ("Warning", "event-warning") } else { ("Normal", "event-normal") };
        let first = t::FIRST.fill(lang, &[("t", &clock(e.first))]);
        html! {
            <tr {class}>
                <td>
                    { view_moment(e.last, false, lang, on_command) }
                    if e.count > 1 {
                        <span class="quiet" title={first.clone()}>{ format!(" ×{}", e.count) }
                            <span class="visually-hidden">{ first.clone() }</span></span>
                    }
                </td>
                <td>{ kind }</td>
                <td><strong>{ &e.reason }</strong><br /><span class="quiet">{ &e.from }</span></td>
                <td>
                    { &e.message }
                    if !e.field.is_empty() {
                        <><br /><code class="quiet">{ &e.field }</code></>
                    }
                </td>
            </tr>
        }
    };
    html! {
        <table class="insp-table" data-testid="inspector-events-table">
            { head(&["lastTimestamp", "type", "reason, from", "message"]) }
            <tbody>{ for list.iter().rev().map(row) }</tbody>
        </table>
    }
}

/// Column heads in the field's own words.
pub fn head(names: &[&'static str]) -> Html {
    html! {
        <thead><tr>{ for names.iter().map(|name| html! { <th scope="col">{ *name }</th> }) }</tr></thead>
    }
}
