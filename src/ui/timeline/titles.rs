//! The names of the lanes, left of them.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::Lane;
use crate::ui::i18n::timeline as t;

use super::rows::{Row, RowKind};

/// The column of names; `focused` is the lane the keys are in.
pub fn view_titles(rows: &[Row], lanes: &[Lane], focused: Option<usize>, lang: Lang) -> Html {
    html! {
        <div class="tl-titles" aria-hidden="true">
            { for rows.iter().map(|row| match &row.what {
                RowKind::Heading(pod) => view_heading(pod, lang),
                RowKind::Lane(index) => view_title(&lanes[*index], focused == Some(*index), lang),
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
