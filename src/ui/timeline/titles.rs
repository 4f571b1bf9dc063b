//! The names of the lanes, left of them.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::Lang;
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
    /// The language of the kinds.
    pub lang: Lang,
}

impl PartialEq for TitlesProps {
    /// As long as the rows are the same the lanes have the same names.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.rows, &other.rows)
            && (self.focused, self.lang) == (other.focused, other.lang)
    }
}

/// The column of names.
#[component]
pub fn Titles(props: &TitlesProps) -> Html {
    let TitlesProps { rows, focused, lang, .. } = props;
    let (lanes, lang) = (&props.view.lanes, *lang);
    html! {
        <div class="tl-titles" aria-hidden="true">
            { for rows.iter().map(|row| match &row.what {
                RowKind::Heading(pod) => view_heading(pod, lang),
                RowKind::Lane(index) => view_title(&lanes[*index], *focused == Some(*index), lang),
            }) }
        </div>
    }
}

fn view_heading(pod: &str, lang: Lang) -> Html {
    html! { <div class="tl-heading"><span>{ t::POD.fill(lang, &[("pod", pod)]) }</span></div> }
}

fn view_title(lane: &Lane, focused: bool, lang: Lang) -> Html {
    let kind = t::kind(lane.kind).get(lang);
    let title = if lane.title.is_empty() { kind } else { lane.title.as_str() };
    html! {
        <div class={classes!("tl-title", focused.then_some("focused"))} title={title.to_owned()}>
            <span class="tl-name">{ title }</span>
            if !title.eq_ignore_ascii_case(kind) {
                <span class="tl-kind">{ kind }</span>
            }
        </div>
    }
}
