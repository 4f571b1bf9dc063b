//! The transport: cursor, speed, kubectl's table and answers.

use crate::api::Timestamp;
use crate::api::print::{Wish, kinds, table};
use crate::base::json::Value;
use crate::base::{SimTime, Text, sort_by_key};
use crate::engine::world::Stopped;
use crate::engine::{RowKind, Trace, World};
use crate::session::console::told;
use crate::session::core::Session;
use crate::session::marks;
use crate::session::texts::*;
use crate::session::view::{KubectlEcho, TransportView};
use std::rc::Rc;

/// Commands that are shown at most.
const ECHO_MAX: usize = 50;

/// The transport of a session.
pub fn view(session: &Session) -> TransportView {
    let trace = session.history.trace();
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
        stopped: session.history.tip_world().stopped.map(stopped),
        echo: echo(session),
        get_pods: get_pods(&session.world),
        pods: session.world.api.pods().map(|p| p.meta.name.clone()).collect(),
    }
}

/// `kubectl get pods` at this moment.
pub fn get_pods(world: &World) -> String {
    let now = Timestamp::at(world.now);
    let pods: Vec<Value> = world.api.pods().map(|pod| pod.to_json()).collect();
    let pods: Vec<&Value> = pods.iter().collect();
    match kinds::of("Pod").filter(|_| !pods.is_empty()) {
        None => "No resources found in default namespace.\n".to_string(),
        Some(kind) => table(kind, &pods, Wish::default(), now),
    }
}

/// The acts of the run and the commands of the console, by time.
fn echo(session: &Session) -> Vec<KubectlEcho> {
    let (rows, cursor) = (&session.history.trace().rows, session.cursor);
    let asked = session.console.entries.iter().filter(|entry| entry.at <= cursor);
    let mut all = acts(session.history.trace(), cursor);
    all.extend(asked.map(|entry| KubectlEcho {
        at: entry.at,
        args: entry.args.clone(),
        answer: told(entry, rows, cursor),
        code: entry.answer.code,
        running: entry.more.is_some() && entry.until.is_none(),
    }));
    sort_by_key(&mut all, |echo| echo.at);
    all.extend(session.world.client.running().map(|(at, args)| KubectlEcho {
        at,
        args: args.to_string(),
        answer: String::new(),
        code: 0,
        running: true,
    }));
    all.split_off(all.len().saturating_sub(ECHO_MAX))
}

fn acts(trace: &Trace, cursor: SimTime) -> Vec<KubectlEcho> {
    let to = trace.rows.partition_point(|row| row.at <= cursor);
    let commands = trace.rows[..to].iter().rev().filter_map(|row| match &row.kind {
        RowKind::Kubectl { args, out, err, code } => Some(KubectlEcho {
            at: row.at,
            args: args.clone(),
            answer: format!("{out}{err}"),
            code: *code,
            running: false,
        }),
        _ => None,
    });
    let mut newest: Vec<KubectlEcho> = commands.take(ECHO_MAX).collect();
    newest.reverse();
    newest
}

fn stopped(why: Stopped) -> Text {
    match why {
        Stopped::Events => STOPPED_EVENTS,
        Stopped::Livelock => STOPPED_LIVELOCK,
        Stopped::Time => STOPPED_TIME,
    }
}
