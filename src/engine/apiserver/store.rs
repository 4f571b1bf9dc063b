//! The store: objects by name, each write with a new resource version and a watch event.

use super::exec::Execs;
use crate::api::{
    Condition, EndpointSlice, Event, ObjectMeta, PlainObject, Pod, PodStatus, Service, Timestamp,
};
use crate::base::Map;
use crate::base::draw::uuid;
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Done, NodeId, Refusal};
use crate::engine::trace::{Object, RowKind, Subject, WatchType};
use crate::engine::{Message, Request};
use crate::rules::Rule;
use std::rc::Rc;

/// A node that watches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watching {
    /// Its name.
    pub name: String,
    /// Its number.
    pub id: NodeId,
    /// Whether its kubelet does; its kube-proxy does in any case.
    pub kubelet: bool,
}

/// The API server and what it stores: of a kind, one object of a name, in whichever namespace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiServer {
    pods: Map<String, Rc<Pod>>,
    services: Map<String, Rc<Service>>,
    slices: Map<String, Rc<EndpointSlice>>,
    events: Map<String, Rc<Event>>,
    pub(super) plain: Map<(String, String), Rc<PlainObject>>,
    pub(super) execs: Execs,
    /// The nodes whose kubelet and kube-proxy watch.
    pub(in crate::engine) watching: Vec<Watching>,
    /// How many terminated Pods are kept.
    pub(super) finished_most: usize,
    /// Whether there is, or was, an object that controllers act on: only then do they watch.
    pub(super) controlled: bool,
    /// Whether kubectl follows Deployments.
    pub(super) followed: bool,
    /// Names made so far, by their beginning.
    pub(super) generated: Map<String, u64>,
    version: u64,
    created: u64,
    seed: u64,
}

impl ApiServer {
    /// The store of a new cluster with these nodes.
    pub fn new(seed: u64, nodes: Vec<PlainObject>, finished_most: usize) -> Self {
        let mut plain = PlainObject::of_a_new_cluster();
        let names = nodes.iter().map(|node| node.meta.name.clone());
        let watching = |(name, id)| Watching { name, id, kubelet: true };
        let watching = names.zip((0..).map(NodeId)).map(watching).collect();
        for node in nodes {
            plain.insert((node.kind.clone(), node.meta.name.clone()), Rc::new(node));
        }
        ApiServer {
            watching,
            finished_most,
            pods: Map::new(),
            services: Map::new(),
            slices: Map::new(),
            events: Map::new(),
            plain,
            execs: Execs::new(),
            controlled: false,
            followed: false,
            generated: Map::new(),
            version: 100,
            created: 0,
            seed,
        }
    }

    /// The Pods, by name.
    pub fn pods(&self) -> impl Iterator<Item = &Rc<Pod>> {
        self.pods.values()
    }

    /// The Pod of this name.
    pub fn pod(&self, name: &str) -> Option<&Rc<Pod>> {
        self.pods.get(name)
    }

    /// The Services, by name.
    pub fn services(&self) -> impl Iterator<Item = &Rc<Service>> {
        self.services.values()
    }

    /// The Service of this name.
    pub fn service(&self, name: &str) -> Option<&Rc<Service>> {
        self.services.get(name)
    }

    /// The EndpointSlices, by name.
    pub fn slices(&self) -> impl Iterator<Item = &Rc<EndpointSlice>> {
        self.slices.values()
    }

    /// The Events, by name.
    pub fn events(&self) -> impl Iterator<Item = &Rc<Event>> {
        self.events.values()
    }

    /// Handles a message.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        match message.call {
            Call::Request { command, within, request } => {
                self.request(message.from, command, within.as_deref(), request, cx);
            }
            Call::Bind { name, uid, node } => self.bind(&name, &uid, &node, cx),
            Call::PatchStatus { name, uid, status } => self.patch_status(&name, &uid, &status, cx),
            Call::PatchCondition { name, uid, reason, message, nominated } => {
                self.patch_condition(&name, &uid, (&reason, &message), nominated, cx);
            }
            Call::Disrupt { name, uid, reason, message } => {
                self.disrupt(&name, &uid, &reason, &message, cx);
            }
            Call::RemovePod { name, uid } => self.confirm_removal(&name, &uid, cx),
            Call::ExecEnded { command, result } => self.exec_ended(command, result, cx),
            Call::Node(call) => self.about_node(call, message.from, cx),
            Call::WriteEvent(event) => self.write_event(&event, cx),
            Call::WriteSlice(slice) => self.write_slice(&slice, cx),
            Call::RemoveSlice(name) => self.remove_slice(&name, cx),
            _ => {}
        }
    }

    fn request(
        &mut self,
        from: Component,
        command: u64,
        within: Option<&str>,
        request: Request,
        cx: &mut Cx,
    ) {
        let elsewhere = within.and_then(|namespace| self.within(namespace, &request).err());
        let answer = match request {
            _ if let Some(refusal) = elsewhere => Err(refusal),
            Request::Apply(object) => self.apply_manifest(&object, cx),
            Request::Create(object) => self.create(&object, cx),
            Request::Delete { kind, name, grace, options, .. } => {
                self.delete_asked((&kind, &name), grace, &options, within, cx)
            }
            Request::Patch(request) => self.patch(&request, within, cx),
            Request::Evict { name, grace } => self.evict(&name, grace, cx),
            Request::List(kind) => {
                self.followed |= kind == "Deployment";
                Ok(self.listed(&kind, within))
            }
            Request::Exec(request) => return self.exec(command, &request, cx),
            // kubectl's own loops: what they ask is sent piece by piece.
            Request::Drain(_) | Request::Look(_) | Request::Attach { .. } => return,
        };
        cx.send(from, latency::API_HOP, Call::Answer { command, answer });
    }

    fn listed(&self, kind: &str, within: Option<&str>) -> Done {
        let here = |home: &str| within.is_none_or(|namespace| namespace == home);
        let pods = self.pods.values().filter(|pod| kind == "Pod" && here(pod.meta.home()));
        let plain = self.plain_objects().filter(|o| o.kind == kind);
        let plain = plain.filter(|o| o.meta.namespace.is_empty() || here(o.meta.home()));
        Done::Listed(pods.cloned().collect(), plain.cloned().collect())
    }

    /// Metadata of a new object.
    pub(super) fn new_meta(&mut self, mut meta: ObjectMeta, cx: &Cx) -> ObjectMeta {
        self.created += 1;
        meta.uid = uuid(self.seed, self.created);
        meta.namespace = meta.home().into();
        meta.creation_timestamp = Some(Timestamp::at(cx.now));
        meta.generation = 1;
        meta
    }

    /// Stores a Pod and tells the watchers.
    pub(super) fn write_pod(&mut self, kind: WatchType, mut pod: Pod, cx: &mut Cx) {
        pod.meta.resource_version = self.next_version();
        let pod = Rc::new(pod);
        if kind == WatchType::Deleted {
            self.pods.remove(&pod.meta.name);
        } else {
            self.pods.insert(pod.meta.name.clone(), pod.clone());
        }
        cx.trace.push(cx.now, || RowKind::Watch(kind, Object::Pod(pod.clone())));
        let node = &pod.spec.node_name;
        let taints = (!node.is_empty()).then_some(Component::Taints);
        let control = self.controlled.then_some(Component::Controllers);
        let watchers = [Component::Scheduler, Component::Endpoints].into_iter().chain(taints);
        let collector = self.is_garbage(&pod).then_some(Component::Nodes);
        let watchers = control.into_iter().chain(watchers);
        for watcher in watchers.chain(self.kubelet_of(node)).chain(collector) {
            cx.send(watcher, latency::WATCH_HOP, Call::PodChanged(kind, pod.clone()));
        }
        self.gone_from(kind, &pod.meta, cx);
    }

    /// With the last object of a namespace that is being deleted, the namespace goes.
    pub(super) fn gone_from(&mut self, kind: WatchType, meta: &ObjectMeta, cx: &mut Cx) {
        if kind == WatchType::Deleted && !matches!(meta.namespace.as_str(), "" | "default") {
            self.settle_namespace(&meta.namespace, cx);
        }
    }

    /// Forgets the Events of a namespace that goes.
    pub(super) fn forget_events_of(&mut self, namespace: &str) {
        self.events.retain(|_, event| event.meta.namespace != namespace);
    }

    /// The kubelet of the node of this name, if it watches.
    pub(super) fn kubelet_of(&self, node: &str) -> Option<Component> {
        let found = self.watching.iter().find(|w| w.name == node && w.kubelet);
        found.map(|w| Component::Kubelet(w.id))
    }

    /// Stores a Service and tells the watchers.
    pub(super) fn write_service(&mut self, kind: WatchType, mut service: Service, cx: &mut Cx) {
        service.meta.resource_version = self.next_version();
        let service = Rc::new(service);
        if kind == WatchType::Deleted {
            self.services.remove(&service.meta.name);
        } else {
            self.services.insert(service.meta.name.clone(), service.clone());
        }
        cx.trace.push(cx.now, || RowKind::Watch(kind, Object::Service(service.clone())));
        let on_nodes = self.watching.iter();
        let on_nodes = on_nodes.flat_map(|w| {
            let kubelet = w.kubelet.then_some(Component::Kubelet(w.id));
            kubelet.into_iter().chain([Component::Network(w.id)])
        });
        for watcher in std::iter::once(Component::Endpoints).chain(on_nodes) {
            let call = Call::ServiceChanged(kind, service.clone());
            cx.send(watcher, latency::WATCH_HOP, call);
        }
        self.gone_from(kind, &service.meta, cx);
    }

    /// Why the Pod is disrupted is written first, then it is deleted with its own grace.
    /// Source: tainteviction/taint_eviction.go addConditionAndDeletePod
    fn disrupt(&mut self, name: &str, uid: &str, reason: &str, text: &str, cx: &mut Cx) {
        let Some(pod) = self.pod_with(name, uid) else { return };
        let mut pod = (*pod).clone();
        let now = Timestamp::at(cx.now);
        set_condition(&mut pod.status, "DisruptionTarget", "True", reason, text, now);
        observe(&mut pod, "DisruptionTarget");
        self.write_pod(WatchType::Modified, pod, cx);
        // The answer tells nobody anything: the Pod is there.
        drop(self.delete("Pod", name, None, cx));
    }

    fn bind(&mut self, name: &str, uid: &str, node: &str, cx: &mut Cx) {
        let Some(pod) = self.pod_with(name, uid) else { return };
        let Ok(spec) = pod.spec.with("nodeName", node.into()) else { return };
        self.settle_for(&pod, node, cx);
        let mut pod = (*pod).clone();
        pod.spec = Rc::new(spec);
        let now = Timestamp::at(cx.now);
        set_condition(&mut pod.status, "PodScheduled", "True", "", "", now);
        // The binding replaces the whole condition, and does not tell the generation.
        let scheduled = pod.status.conditions.iter_mut().filter(|c| c.kind == "PodScheduled");
        scheduled.for_each(|c| c.observed_generation = None);
        pod.status.nominated_node_name.clear();
        self.write_pod(WatchType::Modified, pod, cx);
    }

    fn patch_condition(
        &mut self,
        name: &str,
        uid: &str,
        (reason, text): (&str, &str),
        nominated: Option<String>,
        cx: &mut Cx,
    ) {
        let Some(pod) = self.pod_with(name, uid) else { return };
        let mut pod = (*pod).clone();
        let now = Timestamp::at(cx.now);
        set_condition(&mut pod.status, "PodScheduled", "False", reason, text, now);
        observe(&mut pod, "PodScheduled");
        if let Some(node) = nominated {
            pod.status.nominated_node_name = node;
        }
        self.write_pod(WatchType::Modified, pod, cx);
    }

    /// The kubelet's status; conditions of others stay as they are. A status of a Pod that is
    /// gone, or of its namesake, changes nothing.
    /// Source: status_manager.go mergePodStatus
    fn patch_status(&mut self, name: &str, uid: &str, status: &PodStatus, cx: &mut Cx) {
        let Some(pod) = self.pod_with(name, uid) else { return };
        let mut status = status.clone();
        keep_foreign(&mut status.conditions, &pod.status.conditions);
        if pod.status == status {
            return;
        }
        let mut pod = (*pod).clone();
        pod.status = status;
        self.write_pod(WatchType::Modified, pod, cx);
    }

    /// The Pod of this name, if it is the one with this UID.
    pub(super) fn pod_with(&self, name: &str, uid: &str) -> Option<Rc<Pod>> {
        self.pods.get(name).filter(|pod| pod.meta.uid == uid).cloned()
    }

    fn write_event(&mut self, event: &Event, cx: &mut Cx) {
        let mut event = event.clone();
        event.meta.resource_version = self.next_version();
        let known = self.events.contains_key(&event.meta.name);
        let kind = if known { WatchType::Modified } else { WatchType::Added };
        let event = Rc::new(event);
        self.events.insert(event.meta.name.clone(), event.clone());
        cx.trace.push(cx.now, || RowKind::Watch(kind, Object::Event(event)));
    }

    fn write_slice(&mut self, slice: &EndpointSlice, cx: &mut Cx) {
        let mut slice = slice.clone();
        slice.meta.resource_version = self.next_version();
        let old = self.slices.get(&slice.meta.name);
        let kind = if old.is_some() { WatchType::Modified } else { WatchType::Added };
        slice.meta.generation = old.map_or(0, |old| old.meta.generation) + 1;
        let slice = Rc::new(slice);
        self.slices.insert(slice.meta.name.clone(), slice.clone());
        cx.trace.push(cx.now, || RowKind::Watch(kind, Object::Slice(slice.clone())));
        self.tell_proxies(kind, &slice, cx);
    }

    fn tell_proxies(&self, kind: WatchType, slice: &Rc<EndpointSlice>, cx: &mut Cx) {
        for w in &self.watching {
            let call = Call::SliceChanged(kind, slice.clone());
            cx.send(Component::Network(w.id), latency::WATCH_HOP, call);
        }
    }

    fn remove_slice(&mut self, name: &str, cx: &mut Cx) {
        if let Some(slice) = self.slices.remove(name) {
            let kind = WatchType::Deleted;
            cx.trace.push(cx.now, || RowKind::Watch(kind, Object::Slice(slice.clone())));
            self.tell_proxies(kind, &slice, cx);
        }
    }

    /// The resource version of the newest write.
    pub fn version(&self) -> u64 {
        self.version
    }

    pub(super) fn next_version(&mut self) -> String {
        self.version += 1;
        self.version.to_string()
    }

    /// Cites that a request was refused.
    pub(super) fn refuse(kind: &str, name: &str, refusal: Refusal, cx: &mut Cx) -> Refusal {
        let subject = if kind == "Pod" { Subject::pod(name) } else { Subject::default() };
        let facts = vec![
            ("kind", kind.into()),
            ("name", name.into()),
            ("reason", refusal.reason.as_str().into()),
        ];
        cx.cite(subject, Rule::ApiRefused, facts);
        refusal
    }
}

/// Conditions that the kubelet does not own come first, as the API server has them.
fn keep_foreign(new: &mut Vec<Condition>, stored: &[Condition]) {
    let shared = |c: &Condition| c.kind == "DisruptionTarget";
    new.retain(|c| c.is_kubelets() || shared(c));
    let told = new.iter().any(shared);
    let foreign = stored
        .iter()
        .filter(|c| !(c.is_kubelets() || told && shared(c)))
        .cloned()
        .collect::<Vec<_>>();
    new.splice(0..0, foreign);
}

/// What a request ends in.
pub(super) type Answer = Result<Done, Refusal>;

/// The condition tells which generation of the Pod was looked at.
/// Source: pkg/api/v1/pod/util.go CalculatePodConditionObservedGeneration
pub(super) fn observe(pod: &mut Pod, kind: &str) {
    let seen = pod.meta.generation;
    let found = pod.status.conditions.iter_mut().filter(|c| c.kind == kind);
    found.for_each(|c| c.observed_generation = Some(seen));
}

/// Sets a condition; its transition time changes only with its status.
/// Source: pkg/api/v1/pod/util.go UpdatePodCondition
pub(super) fn set_condition(
    status: &mut PodStatus,
    kind: &str,
    value: &str,
    reason: &str,
    message: &str,
    now: Timestamp,
) {
    let at = match status.conditions.iter().position(|c| c.kind == kind) {
        Some(at) => at,
        None => {
            let new = crate::api::Condition { kind: kind.into(), ..Default::default() };
            status.conditions.push(new);
            status.conditions.len() - 1
        }
    };
    let condition = &mut status.conditions[at];
    if condition.status != value {
        condition.last_transition_time = Some(now);
    }
    condition.status = value.into();
    condition.reason = reason.into();
    condition.message = message.into();
}
