//! The names of the lanes, left of them.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::{Lang, Set};
use crate::session::view::{Lane, TimelineView};
use crate::ui::i18n::timeline as t;

use super::rows::{Row, RowKind};

/// What the column of names shows.
#[derive(Properties)]
pub struct TitlesProps {
    /// The rows; other rows are another list.
    pub rows: Rc<Vec<Row>>,
    /// The run.
    pub view: Rc<TimelineView>,
    /// The lane the keys are in.
    pub focused: Option<usize>,
    /// The Pods that are folded.
    pub folded: Set<String>,
    /// A Pod is to be folded, or not any more.
    pub on_fold: Callback<String>,
    /// The language of the kinds.
    pub lang: Lang,
}

impl PartialEq for TitlesProps {
    /// As long as the rows are the same the lanes have the same names.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.rows, &other.rows)
            && (self.focused, self.lang) == (other.focused, other.lang)
            && self.folded == other.folded
    }
}

/// The column of names.
#[component]
pub fn Titles(props: &TitlesProps) -> Html {
    let TitlesProps { rows, focused, lang, .. } = props;
    let (lanes, lang) = (&props.view.lanes, *lang);
    html! {
        <div class="tl-titles">
            { for rows.iter().map(|row| match &row.what {
                RowKind::Heading(pod, _) => view_heading(pod, props),
                RowKind::Lane(index) => view_title(&lanes[*index], *focused == Some(*index), lang),
            }) }
        </div>
    }
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

fn view_title(lane: &Lane, focused: bool, lang: Lang) -> Html {
    let kind = t::kind(lane.kind).get(lang);
    let title = if lane.title.is_empty() { kind } else { lane.title.as_str() };
    html! {
        <div class={classes!("tl-title", focused.then_some("focused"))} title={title.to_owned()}
            aria-hidden="true" key={lane.id.clone()}>
            <span class="tl-name">{ title }</span>
            if !title.eq_ignore_ascii_case(kind) {
                <span class="tl-kind">{ kind }</span>
            }
        </div>
    }
}
