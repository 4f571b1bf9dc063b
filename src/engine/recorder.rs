//! Events as components record them: counted, bounded, aggregated.

use super::cx::Cx;
use crate::api::{Event, EventType, ObjectMeta, ObjectReference, Pod, Timestamp};
use crate::base::{Map, Set, Shared, SimTime};
use std::rc::Rc;

/// What makes two Events the same.
/// Source: client-go tools/record/events_cache.go getEventKey
type Key = (ObjectReference, EventType, String, String);

/// What makes two Events similar. Source: events_cache.go EventAggregatorByReasonFunc
type SimilarKey = (ObjectReference, EventType, String);

/// From this many on, similar Events are one. Source: events_cache.go defaultAggregateMaxEvents
const SIMILAR: usize = 10;
/// Similar Events that came longer ago do not count.
/// Source: events_cache.go defaultAggregateIntervalInSeconds
const SIMILAR_FOR: SimTime = SimTime::secs(600);
const COMBINED: &str = "(combined from similar events): ";

/// Allowance of Events per object and type. Source: events_cache.go defaultSpamBurst
const SPAM_BURST: u64 = 25;
/// Time in which the allowance grows by one. Source: events_cache.go defaultSpamQPS
const SPAM_REFILL: SimTime = SimTime::secs(300);

/// A recorder of one component.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recorder {
    /// By the object's UID, which is part of all the keys upstream.
    objects: Shared<String, Told>,
}

/// What was recorded about one object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Told {
    known: Map<Key, Rc<Event>>,
    /// Messages of Events that are alike but for them, and when the last one came.
    similar: Map<SimilarKey, (Set<String>, SimTime)>,
    /// What is left of the allowance, by type. Source: events_cache.go getSpamKey
    allowance: Map<EventType, (u64, SimTime)>,
}

impl Recorder {
    /// Records `event`; what to write to the API, or nothing if there were too many.
    pub fn record(&mut self, event: Event, now: SimTime) -> Option<Rc<Event>> {
        let uid = &event.involved.uid;
        if !self.objects.contains_key(uid.as_str()) {
            self.objects.insert(uid.clone(), Told::default());
        }
        self.objects.get_mut(uid.as_str())?.record(event, now)
    }

    /// Forgets the Events of an object that is gone.
    pub fn forget(&mut self, uid: &str) {
        self.objects.remove(uid);
    }
}

impl Told {
    fn record(&mut self, event: Event, now: SimTime) -> Option<Rc<Event>> {
        if !self.allowed(&event, now) {
            return None;
        }
        let mut event = event;
        let reason = event.reason.clone();
        let mut message = event.message.clone();
        if self.combines(&event, now) {
            event.message.insert_str(0, COMBINED);
            message = COMBINED.to_string();
        }
        let key = (event.involved.clone(), event.kind, reason, message);
        let event = match self.known.get(&key) {
            None => event,
            Some(old) => {
                let (last, message) = (event.last, event.message);
                Event { count: old.count + 1, last, message, ..(**old).clone() }
            }
        };
        let event = Rc::new(event);
        self.known.insert(key, event.clone());
        Some(event)
    }

    /// Whether there were so many similar Events that this one is not told by itself.
    /// Source: events_cache.go EventAggregator.EventAggregate
    fn combines(&mut self, event: &Event, now: SimTime) -> bool {
        let key = (event.involved.clone(), event.kind, event.reason.clone());
        let (messages, last) = self.similar.entry(key).or_default();
        if now.since(*last) > SIMILAR_FOR {
            messages.clear();
        }
        *last = now;
        messages.insert(event.message.clone());
        let many = messages.len() >= SIMILAR;
        if many {
            messages.pop_first();
        }
        many
    }

    /// A bucket of 25 that grows by one every 300 seconds.
    fn allowed(&mut self, event: &Event, now: SimTime) -> bool {
        let (left, since) = self.allowance.entry(event.kind).or_insert((SPAM_BURST, now));
        let grown = now.since(*since).as_ms() / SPAM_REFILL.as_ms();
        if grown > 0 {
            *left = (*left + grown).min(SPAM_BURST);
            *since = *since + SimTime::ms(grown * SPAM_REFILL.as_ms());
        }
        let allowed = *left > 0;
        *left = left.saturating_sub(1);
        allowed
    }
}

/// A new Event about a node. Its UID is its name, as kubelets have it.
pub fn node_event(
    node: &str,
    kind: EventType,
    reason: &str,
    message: &str,
    (component, host): (&str, &str),
    cx: &mut Cx,
) -> Event {
    let (name, uid) = (node.to_string(), node.to_string());
    let involved = ObjectReference { kind: "Node".into(), name, uid, ..Default::default() };
    new_event_about(involved, kind, reason, message, component, host, cx)
}

/// A new Event about `pod`, or about one container of it (`field_path`).
#[expect(clippy::too_many_arguments, reason = "an Event has these parts")]
pub fn new_event(
    pod: &Pod,
    field_path: &str,
    kind: EventType,
    reason: &str,
    message: &str,
    component: &str,
    host: &str,
    cx: &mut Cx,
) -> Event {
    let involved = ObjectReference {
        kind: "Pod".into(),
        name: pod.meta.name.clone(),
        namespace: pod.meta.home().into(),
        uid: pod.meta.uid.clone(),
        field_path: field_path.to_string(),
    };
    new_event_about(involved, kind, reason, message, component, host, cx)
}

/// A new Event about any object.
pub fn new_event_about(
    involved: ObjectReference,
    kind: EventType,
    reason: &str,
    message: &str,
    component: &str,
    host: &str,
    cx: &mut Cx,
) -> Event {
    let now = Timestamp::at(cx.now);
    let nth = cx.wire.fresh();
    let meta = ObjectMeta {
        name: format!("{}.{:016x}", involved.name, nth),
        namespace: match involved.namespace.as_str() {
            "" => "default".into(),
            namespace => namespace.into(),
        },
        uid: crate::base::draw::uuid(cx.seed, nth),
        creation_timestamp: Some(now),
        ..Default::default()
    };
    Event {
        meta,
        involved,
        kind,
        reason: reason.to_string(),
        message: message.to_string(),
        component: component.to_string(),
        host: host.to_string(),
        count: 1,
        series: 0,
        first: now,
        last: now,
    }
}
