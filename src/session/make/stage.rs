//! The stage, from the world at the cursor.

use super::owners::owners;
use super::pods::Pods;
use super::sharing::sharing;
use super::stage_container::container_view;
use super::stage_processes::shared;
use super::traffic::traffic;
use super::truths;
use crate::api::print::cells::cell;
use crate::api::print::{PodRow, pod_row};
use crate::api::{Node, Pod, Taint, Timestamp};
use crate::base::json::Value;
use crate::base::{Set, SimTime};
use crate::engine::kubelet::worker::{Busy, Stage, StartPhase, Step, Worker};
use crate::engine::{Component, Machine, RowKind, Trace, World};
use crate::session::view::{
    ActorKind, ActorView, ConditionView, ContainerKind, EndpointView, FlightView, GraceView,
    NodeView, PodView, STAGE_MANY, ServiceView, StageView,
};
use std::rc::Rc;

/// A message is still given this long after its arrival, so that it can fade.
const AFTERGLOW: SimTime = SimTime::ms(2_000);
/// Messages that are given at most.
const FLIGHTS_MAX: usize = 24;

/// The cluster at `world.now`.
pub fn view(world: &World, trace: &Trace, looked: &str, kept: &mut Pods) -> StageView {
    let few = world.api.pods().count() <= STAGE_MANY;
    let full = |pod: &Pod| few || pod.meta.name == looked;
    let second = kept.moment(world.now).as_secs();
    let mut told = |pod: &Pod, in_api| match full(pod) {
        true => Rc::new(pod_view(world, pod, &kept.object(pod), (in_api, true))),
        false => {
            kept.view(pod, (second, in_api), |object| pod_view(world, pod, object, (in_api, false)))
        }
    };
    let mut pods: Vec<Rc<PodView>> = world.api.pods().map(|pod| told(pod, true)).collect();
    let stored: Set<&String> = world.api.pods().map(|p| &p.meta.uid).collect();
    let workers = world.machines.iter().flat_map(|m| m.kubelet.workers.values());
    let left = workers.filter(|w| !stored.contains(&w.pod.meta.uid));
    pods.extend(left.filter(|w| w.removed).map(|w| told(&w.pod, false)));
    StageView {
        now: world.now,
        actors: ACTORS.iter().map(|kind| actor(*kind, world, trace)).collect(),
        flights: flights(world.now, trace),
        pods,
        owners: owners(world),
        looked: looked.to_string(),
        services: services(world),
        traffic: traffic(world),
        node: world.machines.first().map(|m| m.name.clone()).unwrap_or_default(),
        nodes: world.machines.iter().map(|m| node_view(world, m)).collect(),
        scheduler_stopped: !world.scheduler_up,
    }
}

const ACTORS: [ActorKind; 6] = [
    ActorKind::Kubectl,
    ActorKind::ApiServer,
    ActorKind::Scheduler,
    ActorKind::Endpoints,
    ActorKind::Kubelet,
    ActorKind::Runtime,
];

pub(super) fn kind_of(component: Component) -> ActorKind {
    match component {
        Component::Kubectl => ActorKind::Kubectl,
        Component::ApiServer => ActorKind::ApiServer,
        Component::Scheduler => ActorKind::Scheduler,
        Component::Endpoints | Component::Taints | Component::Controllers | Component::Nodes => {
            ActorKind::Endpoints
        }
        Component::Kubelet(_) => ActorKind::Kubelet,
        // The Pods are there, and what is asked of them goes there.
        Component::Runtime(_) | Component::Network(_) | Component::Clients => ActorKind::Runtime,
    }
}

fn actor(kind: ActorKind, world: &World, trace: &Trace) -> ActorView {
    let to = trace.rows.partition_point(|row| row.at <= world.now);
    let near = to.saturating_sub(400);
    let last = trace.rows[near..to].iter().rev().find_map(|row| match &row.kind {
        RowKind::Rule(record) if kind_of(record.by) == kind => {
            Some((record.rule.id().to_string(), row.at))
        }
        _ => None,
    });
    let doing = match kind {
        ActorKind::Kubelet => {
            let workers = world.machines.iter().flat_map(|m| m.kubelet.workers.values());
            workers.map(doing).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    let doing: Vec<String> = doing.into_iter().filter(|text| !text.is_empty()).collect();
    ActorView { kind, last_rule: last, doing: doing.join(", ") }
}

/// What a Pod's worker is at, in the kubelet's own words.
fn doing(w: &Worker) -> String {
    let name = &w.pod.meta.name;
    match (w.busy, w.stage) {
        (Busy::Idle, _) | (_, Stage::Finished) => String::new(),
        (Busy::AwaitingRelist, _) => format!("waits for PLEG relist {name}"),
        (Busy::Working, _) if !w.task.kills.is_empty() => format!("killContainer {name}"),
        (Busy::Working, Stage::Syncing) => match (&w.task.starting, w.task.steps.front()) {
            (Some(s), _) if s.at == StartPhase::Pull => format!("pulling image for {name}"),
            (Some(s), _) if s.at == StartPhase::PostStart => format!("postStart {name}"),
            (Some(_), _) => format!("startContainer {name}"),
            _ if w.volumes.waiting => format!("WaitForAttachAndMount {name}"),
            (None, Some(Step::Sandbox)) => format!("sandbox {name}"),
            _ => format!("SyncPod {name}"),
        },
        (Busy::Working, Stage::Terminating) => format!("SyncTerminatingPod {name}"),
        (Busy::Working, Stage::Terminated) => format!("SyncTerminatedPod {name}"),
    }
}

fn flights(now: SimTime, trace: &Trace) -> Vec<FlightView> {
    let to = trace.rows.partition_point(|row| row.at <= now);
    let since = now.since(AFTERGLOW);
    let recent = trace.rows[..to].iter().enumerate().rev();
    let recent = recent.take_while(|(_, row)| row.at >= since || now <= AFTERGLOW);
    let mut flights: Vec<FlightView> = recent
        .filter_map(|(i, row)| match &row.kind {
            RowKind::Sent { from: Component::ApiServer, to: Component::Network(_), .. } => None,
            RowKind::Sent { sent, from, to, arrives, label } if *sent <= now => Some(FlightView {
                id: i as u64,
                from: kind_of(*from),
                to: kind_of(*to),
                label: label.clone(),
                sent: *sent,
                arrives: *arrives,
            }),
            _ => None,
        })
        .take(FLIGHTS_MAX)
        .collect();
    flights.reverse();
    flights
}

fn services(world: &World) -> Vec<ServiceView> {
    let of = |name: &str| {
        let label = "kubernetes.io/service-name";
        let mut slices = world.api.slices();
        slices.find(|s| s.meta.labels.get(label).is_some_and(|l| l == name)).cloned()
    };
    let endpoint = |e: &crate::api::Endpoint| EndpointView {
        pod: e.pod.clone(),
        address: e.address.clone(),
        ready: e.ready,
        serving: e.serving,
        terminating: e.terminating,
    };
    let service = |s: &Rc<crate::api::Service>| ServiceView {
        name: s.meta.name.clone(),
        endpoints: of(&s.meta.name)
            .map(|slice| slice.endpoints.iter().map(endpoint).collect())
            .unwrap_or_default(),
    };
    world.api.services().map(service).collect()
}

/// Source: kubectl printers/internalversion/printers.go printNode
fn node_view(world: &World, machine: &Machine) -> NodeView {
    let object = world.api.node(&machine.name);
    let node = object.map(|o| Node::read(o)).unwrap_or_default();
    let mut status = match (object, node.condition("Ready")) {
        (None, _) => String::new(),
        (_, "True") => "Ready".to_string(),
        (_, "") => "Unknown".to_string(),
        _ => "NotReady".to_string(),
    };
    if node.unschedulable {
        status.push_str(",SchedulingDisabled");
    }
    let taint = |t: &Taint| match t.value.as_str() {
        "" => format!("{}:{}", t.key, t.effect),
        value => format!("{}={value}:{}", t.key, t.effect),
    };
    let capacity = object.map(|o| o.body["status"]["capacity"].clone()).unwrap_or_default();
    let size = |name: &str| capacity[name].as_str().unwrap_or("–").to_string();
    NodeView {
        name: machine.name.clone(),
        status,
        taints: node.taints.iter().map(taint).collect(),
        cordoned: node.unschedulable,
        capacity: [size("cpu") + " CPU", size("memory"), size("pods") + " Pods"].join(" · "),
        cut: machine.cut,
        powered: machine.powered,
        kubelet: machine.kubelet_up,
        runtime: machine.runtime_up,
    }
}

fn pod_view(world: &World, pod: &Pod, object: &Value, (in_api, full): (bool, bool)) -> PodView {
    let now = Timestamp::at(world.now);
    let PodRow { ready, status, restarts } = pod_row(object, now);
    // A tile has no age: it stays the same as long as the Pod does.
    let age = if full { cell("age", object, now) } else { String::new() };
    let machine = world.machine_of(pod).filter(|_| full);
    let sandbox = machine.and_then(|m| m.runtime.sandbox(&pod.meta.uid));
    let init = pod.spec.init_containers.iter().map(|c| {
        (c, if c.restarts_always() { ContainerKind::Sidecar } else { ContainerKind::Init })
    });
    let apps = pod.spec.containers.iter().map(|c| (c, ContainerKind::App));
    let reasons = truths::reasons(world, pod, &status);
    let condition = |c: &crate::api::Condition| ConditionView {
        kind: c.kind.clone(),
        status: c.status.clone(),
        reason: c.reason.clone(),
        message: c.message.clone(),
        since: c.last_transition_time.map_or(SimTime::ZERO, Timestamp::sim),
    };
    let home = Some(pod.meta.home()).filter(|home| *home != "default");
    PodView {
        name: pod.meta.name.clone(),
        home: home.unwrap_or_default().to_string(),
        uid: pod.meta.uid.clone(),
        phase: pod.status.phase.as_str().to_string(),
        status,
        ready,
        restarts,
        age,
        ip: pod.status.pod_ip.clone(),
        qos: pod.status.qos_class.clone(),
        node: pod.spec.node_name.clone(),
        in_api,
        deleting: pod.deleting(),
        grace: deletion_grace(pod, world.now),
        differs: !truths::are_one(&reasons),
        reasons,
        conditions: pod.status.conditions.iter().map(condition).collect(),
        sandbox: sandbox.is_some_and(|s| s.ready),
        sharing: machine.and_then(|m| sharing(m, &world.network, pod)),
        shared: sandbox.and(machine).and_then(|m| shared(world.now, m, &pod.meta.uid)),
        containers: init
            .chain(apps)
            .filter(|_| full)
            .map(|(c, kind)| container_view(world, pod, c, kind))
            .collect(),
    }
}

/// The deletion's grace period, while the API's clock runs towards it.
pub(super) fn deletion_grace(pod: &Pod, now: SimTime) -> Option<GraceView> {
    let grace = pod.meta.deletion_grace_period_seconds.filter(|g| *g > 0)?;
    let ends = pod.meta.deletion_timestamp?.sim();
    let started = ends.since(SimTime::secs(grace as u64));
    (now < ends && !pod.finished()).then_some(GraceView { started, ends })
}
