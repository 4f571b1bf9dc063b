//! The lanes of nodes, of images, and of Events that are no Pod's.

use super::timeline::Builder;
use super::timeline_lanes::text;
use crate::api::{Event, PlainObject};
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::{Record, WatchType, World};
use crate::rules::Rule;
use crate::session::view::{LaneKind, Mark, MarkKind, Tone};

impl Builder {
    /// The nodes that were there from the start: no row tells of them.
    pub(super) fn take_first_nodes(&mut self, world: &World) {
        for node in world.config.nodes.iter() {
            self.lane("", LaneKind::Node, &node.name).begin(SimTime::ZERO, "Ready", "", Tone::Good);
        }
    }

    pub(super) fn take_plain(&mut self, at: SimTime, kind: WatchType, object: &PlainObject) {
        if object.kind != "Node" {
            return;
        }
        let lane = self.lane("", LaneKind::Node, &object.meta.name);
        if kind == WatchType::Deleted {
            return lane.end(at);
        }
        let (label, detail, tone) = node_state(&object.body);
        lane.begin(at, &label, &detail, tone);
    }

    /// A decision about a node.
    pub(super) fn take_node_record(&mut self, at: SimTime, r: &Record) {
        let label = r.rule.id().trim_start_matches("node.").to_string();
        let facts = r.facts.iter().map(|(name, fact)| [name, ": ", &fact.to_string()].concat());
        let detail = facts.collect::<Vec<_>>().join(", ");
        let record = Some(r.id as usize);
        let mark = Mark { at, kind: MarkKind::Change, label, detail, record };
        self.lane("", LaneKind::Node, &r.subject.node).mark(mark);
    }

    /// The lane of an Event: that of the object that it is about.
    pub(super) fn event_lane(&self, event: &Event) -> (String, LaneKind, String) {
        let involved = &event.involved;
        match involved.kind.as_str() {
            "Pod" => (involved.name.clone(), LaneKind::Event, "events".to_string()),
            "Node" => (String::new(), LaneKind::Node, involved.name.clone()),
            kind => {
                let title = [&kind.to_ascii_lowercase(), "/", &involved.name].concat();
                (String::new(), LaneKind::Event, title)
            }
        }
    }

    /// Images on their way to the node.
    pub(super) fn take_image(&mut self, at: SimTime, r: &Record) {
        let lane = self.lane(&r.subject.pod, LaneKind::Image, &r.subject.container);
        let image = text(r, "image");
        let mut mark = |kind, label: &str, detail: String| {
            let record = Some(r.id as usize);
            lane.mark(Mark { at, kind, label: label.to_string(), detail, record });
        };
        match r.rule {
            Rule::ImagePull => lane.begin(at, "Pulling", &image, Tone::Busy),
            Rule::ImagePulled => {
                mark(MarkKind::Change, "pulled", [&image, " ", &text(r, "took")].concat());
                lane.end(at);
            }
            Rule::ImagePresent => {
                mark(MarkKind::Change, "present", image);
                lane.end(at);
            }
            Rule::ImageFailed => {
                mark(MarkKind::EventWarning, "failed", text(r, "error"));
                lane.end(at);
            }
            _ => lane.begin(at, "ImagePullBackOff", &image, Tone::Backoff),
        }
    }
}

/// As the STATUS column of `kubectl get nodes` has it, with the taints.
fn node_state(body: &Value) -> (String, String, Tone) {
    let conditions = body["status"]["conditions"].as_array();
    let mut conditions = conditions.into_iter().flatten();
    let ready = conditions.find(|c| c["type"] == "Ready").map(|c| &c["status"]);
    let (mut label, mut tone) = match ready.and_then(Value::as_str) {
        Some("True") => ("Ready".to_string(), Tone::Good),
        Some("Unknown") => ("NotReady (Unknown)".to_string(), Tone::Bad),
        _ => ("NotReady".to_string(), Tone::Bad),
    };
    if body["spec"]["unschedulable"] == true {
        label.push_str(",SchedulingDisabled");
        tone = if tone == Tone::Good { Tone::Waiting } else { tone };
    }
    let taints = body["spec"]["taints"].as_array().into_iter().flatten();
    let taints = taints.filter_map(|taint| taint["key"].as_str());
    (label, taints.collect::<Vec<_>>().join(", "), tone)
}
