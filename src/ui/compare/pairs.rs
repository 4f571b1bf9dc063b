//! The lanes of both runs on one axis, one above the other.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::first::NAMES;
use super::hand::{Hand, use_hand};
use crate::base::{Lang, SimTime};
use crate::session::view::{CompareView, Groups, LanePair};
use crate::ui::clock_text::clock;
use crate::ui::i18n::{compare as t, timeline as words};
use crate::ui::timeline::{Axis, KeyAction, LANE_HEIGHT, LaneRow, draw_lane, view_zoom};
use crate::ui::width::px;

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
    let all = use_state_eq(|| false);
    let lanes = use_node_ref();
    let horizon = match props.found.as_deref() {
        Some(Ok(view)) => view.horizon,
        _ => SimTime::ZERO,
    };
    let hand = use_hand(&lanes, horizon);
    let Some(Ok(view)) = props.found.as_deref() else { return Html::default() };
    let window = hand.window;
    let wanted = |pair: &&LanePair| *all || pair.differs.is_some();
    let first = view.first.as_ref().map(|first| first.at);
    let (toggle, pressed) = (all.clone(), (!*all).to_string());
    let (near, view_of, keys) = (hand.clone(), hand.clone(), hand.clone());
    let (down, moved, up, lost) = (hand.clone(), hand.clone(), hand.clone(), hand.clone());
    let held = lanes.clone();
    let on_view = Callback::from(move |action| {
        view_of.act(action);
    });
    html! {
        <>
            <div class="insp-tools">
                <button type="button" class="button" data-testid="compare-only" aria-pressed={pressed}
                    onclick={move |_: MouseEvent| toggle.set(!*toggle)}>
                    { t::ONLY.get(lang) }
                </button>
                <button type="button" class="button" data-testid="compare-whole"
                    onclick={on_view.reform(|_: MouseEvent| KeyAction::Fit)}>
                    { t::WHOLE.get(lang) }
                </button>
                if let Some(first) = first {
                    <button type="button" class="button" data-testid="compare-near"
                        onclick={move |_: MouseEvent| near.around(first)}>
                        { t::NEAR.get(lang) }
                    </button>
                }
                <span class="spacer"></span>
                <span class="tl-zoom">{ view_zoom(lang, "compare-", &on_view) }</span>
            </div>
            <div class="cmp-lanes" ref={lanes} role="group" tabindex="0"
                aria-label={t::LANES.get(lang)} aria-description={t::LANES_KEYS.get(lang)}
                data-testid="compare-lanes"
                onkeydown={move |event: KeyboardEvent| keys.key(&event)}
                onpointerdown={move |event: PointerEvent| down.pressed(&event, &held)}
                onpointermove={move |event: PointerEvent| moved.moved(&event)}
                onpointerup={move |event: PointerEvent| up.released(&event)}
                onpointercancel={move |event: PointerEvent| lost.released(&event)}>
                <div class="cmp-pair cmp-head">
                    <div class="cmp-title" />
                    <div class="cmp-plot" ref={hand.plot.clone()}>
                        { part! { <Axis {window} tip={window.x(view.horizon)} /> } }
                    </div>
                </div>
                if view.pairs.iter().all(|pair| !wanted(&pair)) {
                    <p class="quiet cmp-none">{ t::NONE.get(lang) }</p>
                }
                { for view.pairs.iter().filter(wanted).map(|pair| {
                    view_pair(pair, view, &hand, lang)
                }) }
            </div>
        </>
    }
}

fn view_pair(pair: &LanePair, view: &CompareView, hand: &Hand, lang: Lang) -> Html {
    let window = &hand.window;
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
                { differs(pair, lang, hand) }
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
fn differs(pair: &LanePair, lang: Lang, hand: &Hand) -> Html {
    let Some(at) = pair.differs else {
        return html! { <span class="quiet">{ "= " }{ t::ALIKE.get(lang) }</span> };
    };
    let hand = hand.clone();
    let title = t::DIFFERS.fill(lang, &[("t", &clock(at))]);
    html! {
        <button type="button" class="link" aria-label={title.clone()} {title}
            onclick={move |_: MouseEvent| hand.around(at)}>{ "≠ " }{ clock(at) }</button>
    }
}
