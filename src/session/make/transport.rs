//! The transport: cursor, speed, kubectl's table and answers.

use super::cache::Kept;
use super::pods;
use crate::base::{Map, Text};
use crate::engine::world::{Stopped, World};
use crate::session::core::Session;
use crate::session::marks;
use crate::session::texts::*;
use crate::session::view::TransportView;
use std::rc::Rc;

/// The transport of a session.
pub fn view(session: &Session, kept: &mut Kept) -> TransportView {
    let (trace, world) = (session.history.trace(), session.world());
    kept.pods.tidy(world);
    TransportView {
        cursor: session.cursor,
        tip: session.history.tip(),
        playing: session.playback.playing,
        speed: session.playback.speed,
        has_previous: marks::previous(trace, session.cursor).is_some(),
        can_undo: session.branches.can_undo(),
        can_redo: session.branches.can_redo(),
        would_fork: session.cursor < session.history.tip(),
        aim: session.journey.target.as_ref().map(|target| (target.aim.clone(), target.at)),
        halt: session.journey.halt.clone().map(Rc::new),
        passing: session.passing.view(),
        stopped: session.history.tip_world().stopped.map(stopped),
        echo: kept.echo.view(&session.console, trace, world),
        get_pods_args: pods::args(world),
        get_pods: kept.pods.table(world),
        homes: homes(world),
        pods: kept.pods.names(world),
    }
}

fn homes(world: &World) -> Map<String, String> {
    let elsewhere = world.api.pods().filter(|pod| pod.meta.home() != "default");
    elsewhere.map(|pod| (pod.meta.name.clone(), pod.meta.home().to_string())).collect()
}

fn stopped(why: Stopped) -> Text {
    match why {
        Stopped::Events => STOPPED_EVENTS,
        Stopped::Livelock => STOPPED_LIVELOCK,
        Stopped::Time => STOPPED_TIME,
    }
}
