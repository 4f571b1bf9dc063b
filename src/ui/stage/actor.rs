//! An actor on the map.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::view::ActorView;
use crate::ui::i18n::stage as t;
use crate::ui::timeline::fit_label;
use crate::ui::width::px;

use super::glyph::actor_icon;
use super::layout::{Form, MapLayout, Rect};

/// How long an actor shows that it has just decided something.
const LIT: SimTime = SimTime::ms(800);
/// Pixels of a letter of what an actor is doing.
const LETTER: f64 = 6.7;

/// Draws an actor at its place.
pub fn view_actor(
    actor: &ActorView,
    layout: &MapLayout,
    chosen: bool,
    now: SimTime,
    lang: Lang,
) -> Html {
    let lit = actor.last_rule.as_ref().is_some_and(|(_, at)| *at <= now && now.since(*at) < LIT);
    let place = layout.place(actor.kind);
    let name = match layout.form {
        Form::Wide => t::actor(actor.kind),
        Form::Row => t::short_actor(actor.kind),
    };
    let name = name.get(lang);
    let rule = actor.last_rule.as_ref().map(|(rule, _)| rule.as_str());
    let lit = lit.then_some("lit");
    html! {
        <g class={classes!("actor", lit, chosen.then_some("chosen"))}>
            if let Some(rule) = rule {
                <title>{ format!("{name}: {rule}") }</title>
            }
            { match layout.form {
                Form::Wide => view_box(actor, place, name),
                Form::Row => view_disc(actor, place, name),
            } }
        </g>
    }
}

fn view_box(actor: &ActorView, place: Rect, name: &str) -> Html {
    let middle = place.centre();
    let top = middle.y - if actor.doing.is_empty() { 0.0 } else { 8.0 };
    let doing = fit_label(&actor.doing, place.width - 16.0, LETTER);
    html! {
        <>
            <rect class="actor-box" x={px(place.x)} y={px(place.y)} width={px(place.width)}
                height={px(place.height)} rx="8" />
            <path class="actor-icon" d={actor_icon(actor.kind)}
                transform={format!("translate({} {})", px(place.x + 10.0), px(top - 8.0))} />
            <text class="actor-name" x={px(place.x + 33.0)} y={px(top + 4.5)}>{ name }</text>
            if let Some(doing) = doing {
                <text class="actor-doing" x={px(place.x + 10.0)} y={px(middle.y + 15.0)}>{ doing }</text>
            }
        </>
    }
}

fn view_disc(actor: &ActorView, place: Rect, name: &str) -> Html {
    let middle = place.centre();
    html! {
        <>
            <circle class="actor-box" cx={px(middle.x)} cy={px(middle.y)} r={px(place.width / 2.0)} />
            <path class="actor-icon" d={actor_icon(actor.kind)}
                transform={format!("translate({} {})", px(middle.x - 8.0), px(middle.y - 8.0))} />
            <text class="actor-name small" x={px(middle.x)} y={px(place.y + place.height + 14.0)}>
                { name }
            </text>
        </>
    }
}
