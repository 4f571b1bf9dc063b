//! The timeline: lanes of the run over virtual time, drawn.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::Element;

use crate::base::{Lang, SimTime};
use crate::session::Command;
use crate::session::view::{FieldView, JourneyView, TimelineView};
use crate::ui::i18n::timeline as t;
use crate::ui::scrolled::{Seen, use_seen};
use crate::ui::width::{Size, px, use_size};

use super::axis::{Axis, Staff};
use super::cursor::{CursorFlag, CursorLine};
use super::desk::{Desk, Lens};
use super::drawn::Drawn;
use super::flags::{Flags, Stretch};
use super::geometry::{clock, exact_clock};
use super::keys::key_action;
use super::lane::{LaneRow, view_patterns};
use super::marks::view_focus;
use super::pointer::{Touch, use_wheel};
use super::rows::{Row, RowKind, height};
use super::stops::kinds;
use super::titles::Titles;
use super::toolbar::Toolbar;
use super::words::stop_words;

/// What the timeline draws and whom it tells.
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The lanes of the run.
    pub view: Rc<TimelineView>,
    /// The moment that is shown.
    pub cursor: SimTime,
    /// Bookmarks, the loop, and the marks that are not drawn.
    #[prop_or_default]
    pub journey: Rc<JourneyView>,
    /// The selected record.
    pub selected: Option<usize>,
    /// The field under the editor's caret: the marks of what read it are ringed.
    #[prop_or_default]
    pub field: Rc<FieldView>,
    /// The language of what is said.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// The size to draw for until the browser has measured it.
    #[prop_or(Size { width: 640.0, height: 300.0 })]
    pub size: Size,
}

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let axis = use_node_ref();
    let scroll = use_node_ref();
    let (seen, onscroll) = use_seen(&scroll, props.size);
    let desk = use_desk(props, seen);
    let wheel = desk.clone();
    use_wheel(scroll.clone(), Rc::new(move |event| wheel.wheel(event)));
    let said = desk
        .focused_stop()
        .map(|(lane, stop)| stop_words(&desk.view.lanes[lane], stop, props.lang));
    let pointed = desk.lens.hover.clone().or_else(|| said.clone());
    let readout = pointed.unwrap_or_else(|| t::HINT.get(props.lang).to_owned());
    let (keys, toggle, zoom) = (desk.clone(), desk.clone(), desk.clone());
    let onkeydown = move |event: KeyboardEvent| press_key(&keys, &event);
    html! {
        <div class="tl" data-testid="timeline">
            { part! { <Toolbar
                kinds={kinds(&desk.view.lanes)}
                hidden={desk.lens.away.kinds.clone()}
                marks={props.journey.hidden}
                away={desk.lens.away.lanes.len()}
                on_command={props.on_command.clone()}
                lang={props.lang}
                on_toggle={move |kind| toggle.toggle(kind)}
                on_view={move |action| zoom.act(action)}
            /> } }
            <div
                class="tl-scroll"
                ref={scroll}
                tabindex="0"
                role="application"
                aria-label={t::TITLE.get(props.lang)}
                aria-roledescription={t::ROLE.get(props.lang)}
                aria-description={t::KEYS.get(props.lang)}
                {onkeydown}
                {onscroll}
            >
                <div class="tl-sheet">{ view_sheet(&desk, &axis) }</div>
            </div>
            <p class="tl-readout" aria-hidden="true">
                { readout }
            </p>
            <p class="visually-hidden" aria-live="polite">{ said }</p>
        </div>
    }
}

/// What keys and pointer need; lanes are drawn anew only when run, window or selection change.
#[hook]
fn use_desk(props: &TimelineProps, seen: Seen) -> Desk {
    let plot = use_node_ref();
    let size = use_size(plot.clone(), props.size);
    let lens = use_state_eq(Lens::default);
    let touch = use_mut_ref(Touch::default);
    let window = lens.viewport.window(props.view.tip, props.cursor, size.width);
    let drawn = use_mut_ref(Drawn::default);
    let (chosen, hidden) = ((props.selected, &*props.field), props.journey.hidden);
    let which = (hidden, seen);
    let (rows, drawings) = drawn.borrow_mut().draw(&props.view, window, chosen, &lens.away, which);
    let (view, on_command) = (props.view.clone(), props.on_command.clone());
    let (cursor, lang) = (props.cursor, props.lang);
    let journey = props.journey.clone();
    Desk {
        view,
        cursor,
        journey,
        lang,
        on_command,
        lens,
        window,
        rows,
        seen,
        drawings,
        touch,
        plot,
    }
}

fn press_key(desk: &Desk, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    // A Pod's name in it is a button with keys of its own.
    let target = event.target_dyn_into::<Element>();
    let on_button = target.is_some_and(|target| target.tag_name() == "BUTTON");
    if on_button || (event.key() == "Escape" && desk.lens.focus.is_none()) {
        return;
    }
    if let Some(action) = key_action(&event.key(), event.shift_key()) {
        event.prevent_default();
        event.stop_propagation();
        desk.act(action);
    }
}

fn view_sheet(desk: &Desk, axis: &NodeRef) -> Html {
    let (window, cursor) = (desk.window, desk.cursor);
    let x = window.x(cursor);
    let tip = window.x(desk.view.tip.max(cursor));
    let (down, moved, up, lost) = (desk.clone(), desk.clone(), desk.clone(), desk.clone());
    let (fold, pick, away) = (desk.clone(), desk.clone(), desk.clone());
    let captured = axis.clone();
    html! {
        <>
            <div class="tl-corner" aria-hidden="true">{ t::AXIS.get(desk.lang) }</div>
            <div
                class="tl-over"
                ref={axis.clone()}
                onpointerdown={move |event: PointerEvent| down.press_axis(&event, &captured)}
                onpointermove={move |event: PointerEvent| moved.moved(&event)}
                onpointerup={move |event: PointerEvent| up.released(&event)}
                onpointercancel={move |event: PointerEvent| lost.cancelled(&event)}
            >
                { part! { <Axis {window} {tip} /> } }
                { part! { <Flags {window} journey={desk.journey.clone()} /> } }
                { part! { <CursorFlag {x} width={window.width} label={clock(cursor, 1)} said="" /> } }
            </div>
            { part! { <Titles rows={desk.rows.clone()} seen={desk.seen} view={desk.view.clone()}
                focused={desk.focused_lane()} folded={desk.lens.away.folded.clone()}
                on_fold={move |pod: String| fold.fold(&pod)}
                on_pick={move |lane: usize| pick.pick(lane)}
                on_away={move |lane: usize| away.put_away(lane)} lang={desk.lang} /> } }
            { view_plot(desk, x, tip) }
        </>
    }
}

fn view_plot(desk: &Desk, x: f64, tip: f64) -> Html {
    let (window, height) = (desk.window, height(&desk.rows));
    let (down, moved, up, gone) = (desk.clone(), desk.clone(), desk.clone(), desk.clone());
    let lost = desk.clone();
    let said = t::CURSOR.fill(desk.lang, &[("t", &exact_clock(desk.cursor))]);
    html! {
        <div
            class="tl-plot"
            ref={desk.plot.clone()}
            title={desk.lens.hover.clone()}
            onpointerdown={move |event: PointerEvent| down.press_lanes(&event)}
            onpointermove={move |event: PointerEvent| moved.moved(&event)}
            onpointerup={move |event: PointerEvent| up.released(&event)}
            onpointercancel={move |event: PointerEvent| lost.cancelled(&event)}
            onpointerleave={move |_: PointerEvent| gone.point_at(None)}
        >
            { part! { <Staff {window} {tip} /> } }
            { part! { <Stretch {window} span={desk.journey.span} /> } }
            <svg class="tl-lanes" width={px(window.width)} height={px(height)}>
                { view_patterns() }
                { for desk.drawn_rows().map(|row| view_row(desk, row)) }
            </svg>
            { part! { <CursorLine {x} width={window.width} label="" {said} /> } }
            { view_empty(desk) }
        </div>
    }
}

fn view_row(desk: &Desk, row: &Row) -> Html {
    let index = match row.what {
        RowKind::Lane(index) => index,
        RowKind::Heading(_, lane) => return view_heading(desk, row, lane),
    };
    let focus = desk.focused_stop().filter(|(focused, _)| *focused == index);
    html! {
        <>
            { view_lane(desk, index, row.y) }
            if let Some((_, stop)) = focus {
                { view_focus(desk.window.x(stop.at), row.y) }
            }
        </>
    }
}

/// A lane with its states and marks.
fn view_lane(desk: &Desk, index: usize, y: f64) -> Html {
    let lane = &desk.view.lanes[index];
    part! {
        <LaneRow key={lane.id.clone()} lane={lane.clone()} lang={desk.lang} {y}
            drawing={desk.drawings[index].clone()} />
    }
}

/// The line below a Pod's name; if it is folded, with its phase.
fn view_heading(desk: &Desk, row: &Row, phase: Option<usize>) -> Html {
    let rule = format!("M0 {} H{}", px(row.y + 24.5), px(desk.window.width));
    html! {
        <>
            <path class="tl-rule" d={rule} />
            if let Some(index) = phase {
                { view_lane(desk, index, row.y) }
            }
        </>
    }
}

fn view_empty(desk: &Desk) -> Html {
    let text = match desk.view.lanes.len() {
        0 => t::EMPTY,
        _ if desk.rows.is_empty() => t::ALL_HIDDEN,
        _ => return Html::default(),
    };
    html! { <p class="tl-empty">{ text.get(desk.lang) }</p> }
}
