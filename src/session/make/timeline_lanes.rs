//! What each row of the trace adds to the lanes.

use super::timeline::Builder;
use crate::api::{ContainerStatus, EndpointSlice, Event, EventType, Phase, Pod};
use crate::base::SimTime;
use crate::engine::{Record, WatchType};
use crate::rules::{Fact, Rule};
use crate::session::view::{LaneKind, Mark, MarkKind, Tone};

impl Builder {
    pub(super) fn take_pod(&mut self, at: SimTime, kind: WatchType, pod: &Pod) {
        let name = pod.meta.name.as_str();
        if kind == WatchType::Deleted {
            return self.end_pod(name, at);
        }
        let (label, tone) = phase(pod);
        self.lane(name, LaneKind::Phase, "phase").begin(at, &label, &pod.status.reason, tone);
        for c in &pod.status.conditions {
            let tone = if c.status == "True" { Tone::Good } else { Tone::Off };
            let detail = format!("{} {}", c.reason, c.message);
            self.lane(name, LaneKind::Condition, &c.kind).begin(at, &c.status, detail.trim(), tone);
        }
        for s in pod.status.all_containers() {
            let (label, detail, tone) = container(s);
            let lane = self.lane(name, container_kind(pod, &s.name), &s.name);
            lane.begin(at, &label, &detail, tone);
        }
    }

    pub(super) fn take_event(&mut self, at: SimTime, event: &Event) {
        let kind = match event.kind {
            EventType::Normal => MarkKind::EventNormal,
            EventType::Warning => MarkKind::EventWarning,
        };
        let count = if event.count > 1 { format!(" ×{}", event.count) } else { String::new() };
        let mark = Mark {
            at,
            kind,
            label: event.reason.clone(),
            detail: format!("{}{count}: {}", event.reason, event.message.trim_end()),
            record: None,
        };
        let (pod, kind, title) = self.event_lane(event);
        self.lane(&pod, kind, &title).mark(mark);
    }

    pub(super) fn take_slice(&mut self, at: SimTime, kind: WatchType, slice: &EndpointSlice) {
        let label = "kubernetes.io/service-name";
        let service = slice.meta.labels.get(label).cloned().unwrap_or_default();
        let gone = kind == WatchType::Deleted;
        self.end_absent_endpoints(at, &service, slice, gone);
        for e in slice.endpoints.iter().filter(|_| !gone) {
            let (label, tone) = match (e.ready, e.terminating) {
                (true, _) => ("ready", Tone::Good),
                (false, true) if e.serving => ("terminating, serving", Tone::Terminating),
                (false, true) => ("terminating", Tone::Terminating),
                (false, false) => ("not ready", Tone::Off),
            };
            self.lane(&e.pod, LaneKind::Endpoint, &service).begin(at, label, &e.address, tone);
        }
    }

    pub(super) fn take_command(
        &mut self,
        at: SimTime,
        args: &str,
        code: i32,
        out: &str,
        err: &str,
    ) {
        let detail = format!("kubectl {args}\n{out}{err}");
        let label = args.split(' ').next().unwrap_or_default().to_string();
        let label = if code == 0 { label } else { format!("{label} ✗") };
        let mark = Mark {
            at,
            kind: MarkKind::Action,
            label,
            detail: detail.trim_end().to_string(),
            record: None,
        };
        self.lane("", LaneKind::Actions, "kubectl").mark(mark);
    }

    pub(super) fn take_record(&mut self, at: SimTime, r: &Record) {
        let (pod, container) = (r.subject.pod.as_str(), r.subject.container.as_str());
        let fact = |name: &str| text(r, name);
        let mark = |kind, label: String, detail: String| Mark {
            at,
            kind,
            label,
            detail,
            record: Some(r.id as usize),
        };
        match r.rule {
            Rule::ProbeSuccess | Rule::ProbeFailure => self.take_attempt(at, r),
            Rule::ContainerStarted => {
                let m = mark(MarkKind::Start, "start".into(), fact("command"));
                self.container_lane(pod, container).mark(m);
            }
            Rule::ContainerExited => {
                let code = fact("code");
                let kind = if code == "0" { MarkKind::ExitOk } else { MarkKind::ExitBad };
                let m = mark(kind, format!("exit {code}"), fact("reason"));
                self.container_lane(pod, container).mark(m);
                self.lane(pod, LaneKind::Signal, container).end(at);
            }
            Rule::StopBegins => {
                let label = format!("grace {}", fact("grace"));
                let lane = self.lane(pod, LaneKind::Signal, container);
                lane.begin(at, &label, &fact("why"), Tone::Terminating);
            }
            Rule::StopSignal => {
                let signal = fact("signal");
                let kind = if signal == "SIGKILL" { MarkKind::Kill } else { MarkKind::Signal };
                let detail = format!("{signal} → {}", fact("effect"));
                let lane = self.lane(pod, LaneKind::Signal, container);
                lane.mark(mark(kind, signal.clone(), detail));
                let open = lane.phases.last().is_some_and(|phase| phase.end.is_none());
                if signal != "SIGKILL" && !open {
                    let label = format!("grace {}", fact("timeout"));
                    lane.begin(at, &label, &signal, Tone::Terminating);
                }
            }
            Rule::HookPostStart | Rule::HookPreStop => {
                let kind = if r.rule == Rule::HookPreStop { "preStop" } else { "postStart" };
                let lane = self.lane(pod, LaneKind::Hook, container);
                lane.begin(at, kind, &fact("action"), Tone::Busy);
            }
            Rule::HookDone => self.lane(pod, LaneKind::Hook, container).end(at),
            Rule::HookPreStopCut | Rule::HookPostStartFailed | Rule::HookPreStopFailed => {
                let cut = r.rule == Rule::HookPreStopCut;
                let m = mark(
                    MarkKind::ExitBad,
                    if cut { "cut" } else { "failed" }.into(),
                    fact("action"),
                );
                let lane = self.lane(pod, LaneKind::Hook, container);
                lane.mark(m);
                lane.end(at);
            }
            Rule::ImagePull
            | Rule::ImagePulled
            | Rule::ImagePresent
            | Rule::ImageFailed
            | Rule::ImageBackoff => self.take_image(at, r),
            _ if !r.subject.node.is_empty() => self.take_node_record(at, r),
            _ => {}
        }
    }

    fn take_attempt(&mut self, at: SimTime, r: &Record) {
        let ok = r.rule == Rule::ProbeSuccess;
        let output = text(r, "output");
        let kind = match ok {
            true => MarkKind::ProbeSuccess,
            false if is_timeout(&output) => MarkKind::ProbeTimeout,
            false => MarkKind::ProbeFailure,
        };
        let title = format!("{} {}", r.subject.container, text(r, "kind"));
        let mark = Mark {
            at,
            kind,
            label: format!("{}/{}", text(r, "run"), text(r, "threshold")),
            detail: output,
            record: Some(r.id as usize),
        };
        self.lane(&r.subject.pod, LaneKind::Probe, &title).mark(mark);
    }
}

/// Whether a failed attempt had no answer in time, by the kubelet's own words for it.
/// Source: kuberuntime_container.go RunInContainer; net/http Client.Timeout; net.Dialer;
/// pkg/probe/grpc/grpc.go.
fn is_timeout(output: &str) -> bool {
    let words = ["timed out", "Client.Timeout", "deadline exceeded", "i/o timeout", "timeout: "];
    words.iter().any(|words| output.contains(words))
}

fn container_kind(pod: &Pod, name: &str) -> LaneKind {
    match pod.spec.sidecars().any(|c| c.name == name) {
        true => LaneKind::Sidecar,
        false if pod.spec.is_init(name) => LaneKind::Init,
        false => LaneKind::Container,
    }
}

pub(super) fn text(r: &Record, name: &str) -> String {
    r.facts
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, f): &(_, Fact)| f.to_string())
        .unwrap_or_default()
}

fn phase(pod: &Pod) -> (String, Tone) {
    let word = pod.status.phase.as_str().to_string();
    match pod.status.phase {
        Phase::Succeeded => (word, Tone::Done),
        Phase::Failed => (word, Tone::Bad),
        _ if pod.deleting() => (format!("{word} (Terminating)"), Tone::Terminating),
        Phase::Pending | Phase::Unknown => (word, Tone::Waiting),
        Phase::Running => (word, Tone::Running),
    }
}

fn container(s: &ContainerStatus) -> (String, String, Tone) {
    if let Some(w) = &s.state.waiting {
        let held = w.reason.ends_with("BackOff");
        let tone = if held { Tone::Backoff } else { Tone::Waiting };
        return (w.reason.clone(), w.message.clone(), tone);
    }
    if let Some(t) = &s.state.terminated {
        let tone = if t.exit_code == 0 { Tone::Done } else { Tone::Bad };
        return (t.reason.clone(), format!("exit {}", t.exit_code), tone);
    }
    let tone = if s.ready { Tone::Good } else { Tone::Running };
    ("Running".into(), format!("#{}", s.restart_count), tone)
}
