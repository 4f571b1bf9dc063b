//! An object's conditions, and the Events about it.

use crate::api::print::pod_row;
use crate::api::{Event, EventType, Pod, Timestamp};
use crate::base::json::Value;
use crate::base::{Map, SimTime, sort_by_key};
use crate::engine::trace::Object;
use crate::engine::{RowKind, Trace, World};
use crate::session::make::truths;
use crate::session::view::{Body, ConditionView, EventView, Inspect};
use std::rc::Rc;

/// The conditions, and of a Pod why its truths differ.
pub fn conditions(world: &World, object: &Value, pod: Option<&Rc<Pod>>) -> Body {
    let list = object["status"]["conditions"].as_array();
    let view = |c: &Value| {
        let text = |field: &str| c[field].as_str().unwrap_or_default().to_string();
        ConditionView {
            kind: text("type"),
            status: text("status"),
            reason: text("reason"),
            message: text("message"),
            since: Timestamp::parse(&text("lastTransitionTime")).map_or(SimTime::ZERO, |t| t.sim()),
        }
    };
    let reasons = pod.map(|pod| {
        let column = pod_row(object, Timestamp::at(world.now)).status;
        truths::reasons(world, pod, &column)
    });
    Body::Conditions(list.into_iter().flatten().map(view).collect(), reasons.unwrap_or_default())
}

/// The Events about an object, also those of one of its name that is gone. The API's times are
/// whole seconds; the trace has the moments.
pub fn events(world: &World, trace: &Trace, chosen: &Inspect) -> Vec<EventView> {
    let about = |event: &&Rc<Event>| {
        event.involved.kind == chosen.kind && event.involved.name == chosen.name
    };
    let moments = moments(trace, world.now, chosen);
    let told = |event: &Rc<Event>| {
        let known = moments.get(&event.meta.name).copied();
        view(event, known.unwrap_or((event.first.sim(), event.last.sim())))
    };
    let mut all: Vec<EventView> = world.api.events().filter(about).map(told).collect();
    sort_by_key(&mut all, |event| (event.last, event.first));
    all
}

/// When each Event about the object was told first and last, by its name.
fn moments(trace: &Trace, now: SimTime, chosen: &Inspect) -> Map<String, (SimTime, SimTime)> {
    let mut all: Map<String, (SimTime, SimTime)> = Map::new();
    for row in trace.rows.iter().take_while(|row| row.at <= now) {
        if let RowKind::Watch(_, Object::Event(event)) = &row.kind
            && event.involved.name == chosen.name
        {
            all.entry(event.meta.name.clone()).or_insert((row.at, row.at)).1 = row.at;
        }
    }
    all
}

fn view(event: &Event, (first, last): (SimTime, SimTime)) -> EventView {
    EventView {
        first,
        last,
        warning: event.kind == EventType::Warning,
        reason: event.reason.clone(),
        from: event.component.clone(),
        count: event.count.max(event.series).max(1),
        field: event.involved.field_path.clone(),
        message: event.message.trim().to_string(),
    }
}
