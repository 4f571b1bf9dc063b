//! What the scheduler writes: bindings, conditions, Events.

use super::service::Scheduler;
use crate::api::{Event, EventType, Pod, Timestamp};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component};
use crate::engine::recorder::new_event;
use std::rc::Rc;

/// After so many seconds an Event that happens again is a new one.
/// Source: client-go tools/events/event_broadcaster.go finishTime
const FINISH: i64 = 6 * 60;
/// After how many seconds the count of a series is written again.
/// Source: client-go tools/events/event_broadcaster.go refreshTime
const REFRESH: i64 = 30 * 60;

/// The Event that was told last, and the version of the Pod that it was about.
type Told = Option<(Rc<Event>, String)>;

impl Scheduler {
    /// Sends a call to the API server, after the work of a cycle.
    pub(super) fn tell(&self, uid: &str, call: Call, cx: &mut Cx) {
        let work = cx.work(latency::SCHEDULE, uid, self.cycles);
        cx.send_after(work, Component::ApiServer, latency::API_HOP, call);
    }

    /// Writes an Event about a Pod.
    pub(super) fn event(
        &self,
        pod: &Rc<Pod>,
        (kind, reason, message): (EventType, &str, &str),
        cx: &mut Cx,
    ) -> Rc<Event> {
        let by = "default-scheduler";
        let mut event = new_event(pod, "", kind, reason, &truncated(message), by, "", cx);
        event.count = 0;
        let event = Rc::new(event);
        self.tell(&pod.meta.uid, Call::WriteEvent(event.clone()), cx);
        event
    }

    /// Writes an Event that may have happened before: about the same version of the Pod it is a
    /// series, whose count is written when it begins and now and then after.
    /// Source: client-go tools/events/event_broadcaster.go recordToSink, getKey
    pub(super) fn event_again(
        &self,
        pod: &Rc<Pod>,
        event: (EventType, &str, &str),
        told: Told,
        cx: &mut Cx,
    ) -> Told {
        let version = &pod.meta.resource_version;
        let now = Timestamp::at(cx.now);
        let recent = |e: &Event| now.0 - e.last.0 < FINISH;
        let Some((old, _)) = told.filter(|(e, about)| about == version && recent(e)) else {
            return Some((self.event(pod, event, cx), version.clone()));
        };
        let mut again = (*old).clone();
        again.series = old.series.max(1) + 1;
        again.last = now;
        let again = Rc::new(again);
        let refreshes = |e: &Event| (e.last.0 - e.first.0) / REFRESH;
        if again.series == 2 || refreshes(&again) > refreshes(&old) {
            self.tell(&pod.meta.uid, Call::WriteEvent(again.clone()), cx);
        }
        Some((again, version.clone()))
    }
}

/// The text of an Event as the API takes it.
/// Source: scheduler schedule_one.go truncateMessage; validation.NoteLengthLimit
fn truncated(message: &str) -> String {
    const MOST: usize = 1024;
    if message.len() <= MOST {
        return message.to_string();
    }
    message.chars().take(MOST - 4).collect::<String>() + " ..."
}
