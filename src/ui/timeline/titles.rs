//! The names of the lanes, left of them.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::{Lang, Set};
use crate::session::view::{Lane, TimelineView};
use crate::ui::i18n::timeline as t;
use crate::ui::scrolled::Seen;
use crate::ui::width::px;

use super::rows::{LANE_HEIGHT, Row, RowKind};
use super::seen::is_drawn;

/// What the column of names shows.
#[derive(Properties)]
pub struct TitlesProps {
    /// The rows; other rows are another list.
    pub rows: Rc<Vec<Row>>,
    /// Which of them are in view.
    pub seen: Seen,
    /// The run.
    pub view: Rc<TimelineView>,
    /// The lane the keys are in.
    pub focused: Option<usize>,
    /// The Pods that are folded.
    pub folded: Set<String>,
    /// A Pod is to be folded, or not any more.
    pub on_fold: Callback<String>,
    /// The keys are to go to a lane.
    pub on_pick: Callback<usize>,
    /// A lane is to be put away.
    pub on_away: Callback<usize>,
    /// The language of the kinds.
    pub lang: Lang,
}

impl PartialEq for TitlesProps {
    /// As long as the rows are the same the lanes have the same names.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.rows, &other.rows)
            && (self.focused, self.lang) == (other.focused, other.lang)
            && self.seen == other.seen
            && self.folded == other.folded
    }
}

/// The column of names: those in view, and all headings, which can have the focus.
#[component]
pub fn Titles(props: &TitlesProps) -> Html {
    let (count, mut free) = (props.rows.len(), 0.0);
    let mut names = Vec::new();
    for row in props.rows.iter() {
        let lane = match &row.what {
            RowKind::Lane(_) if !is_drawn(row, count, props.seen) => {
                free += LANE_HEIGHT;
                continue;
            }
            RowKind::Lane(index) => Some(*index),
            RowKind::Heading(..) => None,
        };
        if free > 0.0 {
            names.push(html! {
                <svg class="tl-room" key={px(row.y)} width="1" height={px(free)} aria-hidden="true" />
            });
            free = 0.0;
        }
        names.push(match (&row.what, lane) {
            (RowKind::Heading(pod, _), _) => view_heading(pod, props),
            (_, index) => view_title(index.unwrap_or_default(), props),
        });
    }
    html! { <div class="tl-titles">{ for names }</div> }
}

fn view_heading(pod: &str, props: &TitlesProps) -> Html {
    let folded = props.folded.contains(pod);
    let name = pod.to_owned();
    let words = t::POD.fill(props.lang, &[("pod", pod)]);
    let onclick = props.on_fold.reform(move |_: MouseEvent| name.clone());
    html! {
        <button type="button" class="tl-heading" key={pod.to_owned()}
            aria-expanded={(!folded).to_string()} data-testid={["fold-", pod].concat()} {onclick}>
            <svg class="tl-eye" viewBox="0 0 10 10" aria-hidden="true">
                <path d={if folded { "M3.5 2 L7 5 L3.5 8" } else { "M2 3.5 L5 7 L8 3.5" }} />
            </svg>
            <span>{ words }</span>
        </button>
    }
}

/// A lane's name. Pressed, the keys go there, and the lane can be put away by another press.
fn view_title(index: usize, props: &TitlesProps) -> Html {
    let lane: &Lane = &props.view.lanes[index];
    let focused = props.focused == Some(index);
    let kind = t::kind(lane.kind).get(props.lang);
    let title = if lane.title.is_empty() { kind } else { lane.title.as_str() };
    let onclick = props.on_pick.reform(move |_: MouseEvent| index);
    html! {
        <div class={classes!("tl-title", focused.then_some("focused"))} title={title.to_owned()}
            key={lane.id.clone()} data-testid={["title-", &lane.id].concat()} {onclick}>
            <span class="tl-name" aria-hidden="true">{ title }</span>
            if !title.eq_ignore_ascii_case(kind) {
                <span class="tl-kind" aria-hidden="true">{ kind }</span>
            }
            { view_away(index, lane, [title, kind], props) }
        </div>
    }
}

/// By keys a lane is put away from among the lanes, so this button is none of the stops of Tab.
fn view_away(index: usize, lane: &Lane, [title, kind]: [&str; 2], props: &TitlesProps) -> Html {
    let name = if title == kind { title.to_owned() } else { [title, kind].join(", ") };
    let words = t::PUT_AWAY.fill(props.lang, &[("lane", &name)]);
    let away = props.on_away.clone();
    let onclick = move |event: MouseEvent| {
        event.stop_propagation();
        away.emit(index);
    };
    html! {
        <button type="button" class="tl-away" tabindex="-1" title={words.clone()} aria-label={words}
            data-testid={["away-", &lane.id].concat()} {onclick}>
            <svg viewBox="0 0 10 10" aria-hidden="true"><path d="M2 2 L8 8 M8 2 L2 8" /></svg>
        </button>
    }
}
