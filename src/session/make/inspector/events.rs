//! An object's conditions, and the Events about it.

use crate::api::print::pod_row;
use crate::api::{Event, EventType, Pod, Timestamp};
use crate::base::json::Value;
use crate::base::{SimTime, sort_by_key};
use crate::engine::World;
use crate::session::make::truths;
use crate::session::view::{Body, ConditionView, EventView, Inspect};

/// The conditions, and of a Pod why its truths differ.
pub fn conditions(world: &World, object: &Value, pod: Option<&std::rc::Rc<Pod>>) -> Body {
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

/// The Events about an object, also those of one of its name that is gone.
pub fn events(world: &World, chosen: &Inspect) -> Vec<EventView> {
    let about = |event: &&std::rc::Rc<Event>| {
        event.involved.kind == chosen.kind && event.involved.name == chosen.name
    };
    let mut all: Vec<EventView> = world.api.events().filter(about).map(|e| view(e)).collect();
    sort_by_key(&mut all, |event| (event.last, event.first));
    all
}

fn view(event: &Event) -> EventView {
    EventView {
        first: event.first.sim(),
        last: event.last.sim(),
        warning: event.kind == EventType::Warning,
        reason: event.reason.clone(),
        from: event.component.clone(),
        count: event.count.max(event.series).max(1),
        field: event.involved.field_path.clone(),
        message: event.message.trim().to_string(),
    }
}
