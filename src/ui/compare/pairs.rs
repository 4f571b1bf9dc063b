//! The lanes of both runs on one axis, one above the other.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::first::NAMES;
use crate::base::{Lang, SimTime};
use crate::session::view::{CompareView, Groups, LanePair};
use crate::ui::clock_text::clock;
use crate::ui::i18n::{compare as t, timeline as words};
use crate::ui::timeline::{Axis, LANE_HEIGHT, LaneRow, TimeWindow, draw_lane};
use crate::ui::width::{Size, px, use_size};

/// How much time is shown around a difference, in milliseconds.
const AROUND: f64 = 30_000.0;

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct PairsProps {
    /// Both runs.
    pub found: Option<Rc<Result<CompareView, String>>>,
    /// The language of what is said.
    pub lang: Lang,
}

/// The lanes.
#[component]
pub fn Pairs(props: &PairsProps) -> Html {
    let lang = props.lang;
    let plot = use_node_ref();
    let width = use_size(plot.clone(), Size { width: 640.0, height: 30.0 }).width;
    let all = use_state_eq(|| false);
    let around = use_state_eq(|| None::<SimTime>);
    let Some(Ok(view)) = props.found.as_deref() else { return Html::default() };
    let window = window(view, *around, width);
    let wanted = |pair: &&LanePair| *all || pair.differs.is_some();
    let (toggle, whole, near) = (all.clone(), around.clone(), around.clone());
    let first = view.first.as_ref().map(|first| first.at);
    let pressed = (!*all).to_string();
    html! {
        <>
            <div class="insp-tools">
                <button type="button" class="button" data-testid="compare-only" aria-pressed={pressed}
                    onclick={move |_: MouseEvent| toggle.set(!*toggle)}>
                    { t::ONLY.get(lang) }
                </button>
                <button type="button" class="button" data-testid="compare-whole"
                    onclick={move |_: MouseEvent| whole.set(None)}>{ t::WHOLE.get(lang) }</button>
                if let Some(first) = first {
                    <button type="button" class="button" data-testid="compare-near"
                        onclick={move |_: MouseEvent| near.set(Some(first))}>
                        { t::NEAR.get(lang) }
                    </button>
                }
            </div>
            <div class="cmp-lanes" role="group" tabindex="0" aria-label={t::LANES.get(lang)}
                data-testid="compare-lanes">
                <div class="cmp-pair cmp-head">
                    <div class="cmp-title" />
                    <div class="cmp-plot" ref={plot}>
                        { part! { <Axis {window} tip={window.x(view.horizon)} /> } }
                    </div>
                </div>
                if view.pairs.iter().all(|pair| !wanted(&pair)) {
                    <p class="quiet">{ t::NONE.get(lang) }</p>
                }
                { for view.pairs.iter().filter(wanted).map(|pair| {
                    view_pair(pair, view, &window, lang, &around)
                }) }
            </div>
        </>
    }
}

fn window(view: &CompareView, around: Option<SimTime>, width: f64) -> TimeWindow {
    match around {
        Some(at) => TimeWindow::new(at.as_ms() as f64 - AROUND / 2.0, AROUND, width),
        None => TimeWindow::new(0.0, view.horizon.as_ms() as f64 * 1.02, width),
    }
}

fn view_pair(
    pair: &LanePair,
    view: &CompareView,
    window: &TimeWindow,
    lang: Lang,
    around: &UseStateHandle<Option<SimTime>>,
) -> Html {
    let drawn = |nth: usize| {
        let y = LANE_HEIGHT * nth as f64;
        let Some(lane) = &pair.lanes[nth] else {
            let said = format!("{}: {}", NAMES[nth], t::NO_LANE.get(lang));
            return html! { <g role="img" aria-label={said} /> };
        };
        let drawing = Rc::new(draw_lane(lane, window, view.horizon, None, Groups::default()));
        let row = part! { <LaneRow lane={lane.clone()} {lang} {y} {drawing} /> };
        html! { <g role="group" aria-label={NAMES[nth]}>{ row }</g> }
    };
    let kind = words::kind(pair.kind).get(lang);
    let height = px(LANE_HEIGHT * 2.0);
    let line = pair.differs.filter(|at| window.shows(*at)).map(|at| {
        let x = px(window.x(at));
        html! { <path class="cmp-line" d={format!("M{x} 0 V{height}")} /> }
    });
    html! {
        <div class="cmp-pair" key={pair.id.clone()} data-testid={format!("pair-{}", pair.id)}>
            <div class="cmp-title">
                <span class="cmp-lane">{ &pair.title }</span>
                <span class="quiet">{ kind }{ " " }{ &pair.pod }</span>
                { differs(pair, lang, around) }
            </div>
            <div class="cmp-names" aria-hidden="true"><span>{ "A" }</span><span>{ "B" }</span></div>
            <svg class="tl-lanes cmp-plot" width={px(window.width)} height={height.clone()}>
                { drawn(0) }
                { drawn(1) }
                { line }
            </svg>
        </div>
    }
}

/// When the pair first differs, as a button that shows the stretch around it.
fn differs(pair: &LanePair, lang: Lang, around: &UseStateHandle<Option<SimTime>>) -> Html {
    let Some(at) = pair.differs else {
        return html! { <span class="quiet">{ "= " }{ t::ALIKE.get(lang) }</span> };
    };
    let around = around.clone();
    let title = t::DIFFERS.fill(lang, &[("t", &clock(at))]);
    html! {
        <button type="button" class="link" aria-label={title.clone()} {title}
            onclick={move |_: MouseEvent| around.set(Some(at))}>{ "≠ " }{ clock(at) }</button>
    }
}
