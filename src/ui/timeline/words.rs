//! What is said of a lane, a state or a mark, in tooltips and to screen readers.

use crate::base::Lang;
use crate::session::view::{Lane, LanePhase, Mark};
use crate::ui::i18n::timeline as t;

use super::drawing::{Bar, LaneDrawing, Spot, bar_at, spot_at};
use super::geometry::exact_clock;
use super::stops::{Stop, StopAt};

/// `condition Ready`.
pub fn lane_name(lane: &Lane, lang: Lang) -> String {
    let kind = t::kind(lane.kind).get(lang);
    t::LANE.fill(lang, &[("kind", kind), ("title", &lane.title)]).trim_end().to_owned()
}

/// What a lane holds, in one sentence.
pub fn lane_summary(lane: &Lane, lang: Lang) -> String {
    let mut parts = Vec::new();
    if !lane.phases.is_empty() {
        parts.push(t::STATES.fill(lang, &[("n", &lane.phases.len().to_string())]));
    }
    if !lane.marks.is_empty() {
        parts.push(t::MARKS.fill(lang, &[("n", &lane.marks.len().to_string())]));
    }
    if let Some(phase) = lane.phases.last() {
        parts.push(phase_words(phase, lang));
    }
    if parts.is_empty() {
        parts.push(t::LANE_EMPTY.get(lang).to_owned());
    }
    format!("{}: {}", lane_name(lane, lang), parts.join(", "))
}

/// What is at a stop of a lane.
pub fn stop_words(lane: &Lane, stop: Stop, lang: Lang) -> String {
    let what = match stop.what {
        StopAt::Phase(index) => lane.phases.get(index).map(|phase| phase_words(phase, lang)),
        StopAt::Mark(index) => lane.marks.get(index).map(|mark| mark_words(mark, lang)),
    };
    format!("{}: {}", lane_name(lane, lang), what.unwrap_or_default())
}

/// What is under a pixel of a lane; the mark rather than the state.
pub fn words_at(lane: &Lane, drawing: &LaneDrawing, x: f64, lang: Lang) -> Option<String> {
    let spot = spot_at(drawing, x).and_then(|spot| spot_words(lane, spot, lang));
    let what = spot.or_else(|| bar_at(drawing, x).and_then(|bar| bar_words(lane, bar, lang)))?;
    Some(format!("{}: {what}", lane_name(lane, lang)))
}

fn spot_words(lane: &Lane, spot: &Spot, lang: Lang) -> Option<String> {
    let words = mark_words(lane.marks.get(spot.mark)?, lang);
    if spot.count == 1 {
        return Some(words);
    }
    let count = t::MARKS.fill(lang, &[("n", &spot.count.to_string())]);
    Some(format!("{count}; {words}"))
}

fn bar_words(lane: &Lane, bar: &Bar, lang: Lang) -> Option<String> {
    if bar.count > 1 {
        return Some(t::STATES.fill(lang, &[("n", &bar.count.to_string())]));
    }
    lane.phases.get(bar.first).map(|phase| phase_words(phase, lang))
}

fn phase_words(phase: &LanePhase, lang: Lang) -> String {
    let what = joined(&phase.label, &phase.detail);
    let from = exact_clock(phase.start);
    match phase.end {
        Some(end) => {
            let to = exact_clock(end);
            t::FROM_TO.fill(lang, &[("what", &what), ("from", &from), ("to", &to)])
        }
        None => t::SINCE.fill(lang, &[("what", &what), ("from", &from)]),
    }
}

fn mark_words(mark: &Mark, lang: Lang) -> String {
    let what = joined(&mark.label, &mark.detail);
    t::AT.fill(lang, &[("what", &what), ("t", &exact_clock(mark.at))])
}

/// A label and what more there is to say, once.
fn joined(label: &str, detail: &str) -> String {
    match (label, detail) {
        (label, "") => label.to_owned(),
        ("", detail) => detail.to_owned(),
        (label, detail) if detail.starts_with(label) => detail.to_owned(),
        (label, detail) => format!("{label}: {detail}"),
    }
}
