//! The timeline, built row by row as the run goes on.

use super::timeline_traffic::Tally;
use crate::base::{Map, SimTime};
use crate::engine::{RowKind, WatchType};
use crate::session::history::History;
use crate::session::view::{Lane, LaneKind, LanePhase, Mark, TimelineView, Tone};
use std::rc::Rc;

/// Where a lane stands: Pods in order of creation, then kinds, then names.
pub type LaneKey = (String, LaneKind, String);

/// Builds the lanes from the rows that are new since the last time.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    lanes: Map<LaneKey, Rc<Lane>>,
    pub(super) requests: Map<String, Tally>,
    next: usize,
}

impl Builder {
    /// The lanes of the run up to its tip.
    pub fn view(&mut self, history: &History) -> TimelineView {
        let rows = &history.trace().rows;
        if self.next == 0 {
            self.take_first_nodes(history.tip_world());
        }
        for row in &rows[self.next.min(rows.len())..] {
            self.take(row.at, &row.kind);
        }
        self.next = rows.len();
        TimelineView { tip: history.tip(), lanes: self.lanes.values().cloned().collect() }
    }

    fn take(&mut self, at: SimTime, kind: &RowKind) {
        match kind {
            RowKind::Watch(kind, object) => self.take_object(at, *kind, object),
            RowKind::Rule(record) => self.take_record(at, record),
            RowKind::Kubectl { args, code, out, err, .. } => {
                self.take_command(at, args, *code, out, err)
            }
            RowKind::Request(end) => self.take_request(at, end),
            RowKind::Log { .. } | RowKind::Sent { .. } => {}
        }
    }

    fn take_object(&mut self, at: SimTime, kind: WatchType, object: &crate::engine::trace::Object) {
        use crate::engine::trace::Object;
        match object {
            Object::Pod(pod) => self.take_pod(at, kind, pod),
            Object::Event(event) => self.take_event(at, event),
            Object::Slice(slice) => self.take_slice(at, kind, slice),
            Object::Plain(object) => self.take_plain(at, kind, object),
            Object::Service(_) => {}
        }
    }

    /// The lane of this kind and name of a Pod; made when it is first needed.
    pub(super) fn lane(&mut self, pod: &str, kind: LaneKind, title: &str) -> &mut Lane {
        let key = (pod.to_string(), kind, title.to_string());
        let lane = self.lanes.entry(key).or_insert_with(|| {
            Rc::new(Lane {
                id: format!("{pod}/{}/{title}", word(kind)),
                kind,
                pod: pod.to_string(),
                title: title.to_string(),
                phases: Vec::new(),
                marks: Vec::new(),
            })
        });
        Rc::make_mut(lane)
    }

    /// The lane of a container, whichever kind it is of.
    pub(super) fn container_lane(&mut self, pod: &str, container: &str) -> &mut Lane {
        let is = |kind: &LaneKind| {
            self.lanes.contains_key(&(pod.to_string(), *kind, container.to_string()))
        };
        let kind = [LaneKind::Init, LaneKind::Sidecar].into_iter().find(is);
        self.lane(pod, kind.unwrap_or(LaneKind::Container), container)
    }

    /// Ends the endpoint lanes of a Service whose Pods its slice no longer has.
    pub(super) fn end_absent_endpoints(
        &mut self,
        at: SimTime,
        service: &str,
        slice: &crate::api::EndpointSlice,
        gone: bool,
    ) {
        for ((pod, kind, title), lane) in self.lanes.iter_mut() {
            if *kind != LaneKind::Endpoint || title != service || !lane.is_open() {
                continue;
            }
            if gone || slice.endpoints.iter().all(|e| e.pod != *pod) {
                Rc::make_mut(lane).end(at);
            }
        }
    }

    /// Ends all states of a Pod's lanes that are still open.
    pub(super) fn end_pod(&mut self, pod: &str, at: SimTime) {
        let kinds = [
            LaneKind::Phase,
            LaneKind::Condition,
            LaneKind::Init,
            LaneKind::Sidecar,
            LaneKind::Container,
            LaneKind::Image,
        ];
        for ((owner, kind, _), lane) in self.lanes.iter_mut() {
            if owner == pod && kinds.contains(kind) && lane.is_open() {
                Rc::make_mut(lane).end(at);
            }
        }
    }
}

fn word(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Actions => "actions",
        LaneKind::Phase => "phase",
        LaneKind::Condition => "condition",
        LaneKind::Node => "node",
        LaneKind::Init => "init",
        LaneKind::Sidecar => "sidecar",
        LaneKind::Container => "container",
        LaneKind::Image => "image",
        LaneKind::Probe => "probe",
        LaneKind::Hook => "hook",
        LaneKind::Signal => "signal",
        LaneKind::Endpoint => "endpoint",
        LaneKind::Traffic => "traffic",
        LaneKind::Event => "event",
    }
}

impl Lane {
    /// Begins a state, if it is another one than the last.
    pub(super) fn begin(&mut self, at: SimTime, label: &str, detail: &str, tone: Tone) {
        if let Some(open) = self.phases.last_mut().filter(|p| p.end.is_none()) {
            if open.label == label && open.tone == tone && open.detail == detail {
                return;
            }
            Rc::make_mut(open).end = Some(at);
        }
        self.phases.push(Rc::new(LanePhase {
            start: at,
            end: None,
            label: label.to_string(),
            detail: detail.to_string(),
            tone,
        }));
    }

    /// Whether its last state goes on.
    fn is_open(&self) -> bool {
        self.phases.last().is_some_and(|phase| phase.end.is_none())
    }

    /// Ends the open state.
    pub(super) fn end(&mut self, at: SimTime) {
        if let Some(open) = self.phases.last_mut().filter(|p| p.end.is_none()) {
            Rc::make_mut(open).end = Some(at);
        }
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        self.marks.push(Rc::new(mark));
    }
}
