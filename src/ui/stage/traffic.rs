//! The clients: what they send, how it fares, and the requests on their way.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::view::{CountsView, REQUEST_SHOWN, RequestView, TrafficView};
use crate::ui::i18n::{Text, stage as t};
use crate::ui::width::px;

use super::tone;

/// Pixels of a track, and how far from its ends it begins.
const TRACK: f64 = 88.0;
const EDGE: f64 = 5.0;
/// In this part of the time that a request is shown it travels; then what came of it is seen.
const TRAVEL: f64 = 0.6;

/// What one client sends, and the totals.
pub fn view_client(client: &TrafficView, lang: Lang) -> Html {
    let values = [("path", client.path.as_str()), ("t", &tone::length(client.every))];
    html! {
        <div class="clients" data-testid={format!("clients-{}", client.to.replace('/', "-"))}>
            <p>
                <strong>{ t::CLIENTS.get(lang) }</strong>
                { " " }
                { t::CLIENTS_ASK.fill(lang, &values) }
                if client.keep_alive {
                    { t::CLIENTS_KEPT.get(lang) }
                }
            </p>
            <dl class="counts">
                { for counts(&client.total).into_iter().map(|(word, count, class)| html! {
                    <div class={class}><dt>{ word.get(lang) }</dt><dd>{ count }</dd></div>
                }) }
            </dl>
        </div>
    }
}

/// Sent, under way and served always; of what goes wrong, what has happened.
fn counts(counts: &CountsView) -> Vec<(Text, u64, &'static str)> {
    let bad = [
        (t::COUNT_REFUSED, counts.refused),
        (t::COUNT_CUT, counts.cut),
        (t::COUNT_TIMED_OUT, counts.timed_out),
        (t::COUNT_ERROR, counts.error),
        (t::COUNT_BROKEN, counts.broken),
    ];
    let bad = bad.into_iter().filter(|(_, count)| *count > 0);
    let mut all = vec![
        (t::COUNT_SENT, counts.sent, "count"),
        (t::COUNT_OPEN, counts.open, "count"),
        (t::COUNT_SERVED, counts.served, "count good"),
        (t::COUNT_LOST, counts.lost(), if counts.lost() > 0 { "count bad" } else { "count" }),
    ];
    all.extend(bad.map(|(word, count)| (word, count, "count bad detail")));
    all
}

/// What came of the requests to one Pod.
pub fn view_tally(counts: &CountsView, lang: Lang) -> Html {
    let lost = counts.lost();
    html! {
        <span class="tally">
            { t::TALLY_SERVED.fill(lang, &[("n", &counts.served.to_string())]) }
            if lost > 0 {
                <b>{ " " }{ t::TALLY_LOST.fill(lang, &[("n", &lost.to_string())]) }</b>
            }
        </span>
    }
}

/// The requests to one Pod (an empty name: to none) on their way from the clients.
pub fn view_track(client: &TrafficView, pod: &str, now: SimTime) -> Html {
    let requests = client.recent.iter().filter(|request| request.pod == pod);
    html! {
        <svg class="track" viewBox="0 0 98 12" aria-hidden="true">
            <path class="track-line" d="M5 6 H93" />
            { for requests.filter_map(|request| view_request(request, now)) }
        </svg>
    }
}

fn view_request(request: &RequestView, now: SimTime) -> Option<Html> {
    let shown = now.since(request.sent).as_ms() as f64 / REQUEST_SHOWN.as_ms() as f64;
    let x = EDGE + TRACK * (shown / TRAVEL).min(1.0);
    let lost = request.served == Some(false) && shown >= TRAVEL;
    if request.served == Some(true) && shown >= TRAVEL {
        return None;
    }
    let place = format!("translate({} 6)", px(x));
    Some(match lost {
        true => html! {
            <path key={request.nth} class="request lost" transform={place} d="M-3 -3 L3 3 M3 -3 L-3 3" />
        },
        false => html! {
            <circle key={request.nth} class="request moving" transform={place} r="2.6" />
        },
    })
}
