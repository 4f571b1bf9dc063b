//! The endpoint slice controller: which Pods stand behind a Service.

use crate::api::{Endpoint, EndpointSlice, ObjectMeta, Pod, Service, Timestamp};
use crate::base::Map;
use crate::base::draw::uuid;
use crate::base::json::{Value, json};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Message};
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

/// The controller and what it has seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Endpoints {
    pods: Map<String, Rc<Pod>>,
    services: Map<String, Rc<Service>>,
    slices: Map<String, Rc<EndpointSlice>>,
}

impl Endpoints {
    /// Handles a watch event.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        match message.call {
            Call::PodChanged(kind, pod) => {
                let old = self.pods.get(&pod.meta.name).cloned();
                let gone = kind == WatchType::Deleted;
                keep(&mut self.pods, kind, pod.meta.name.clone(), pod.clone());
                let new = Some(&pod).filter(|_| !gone);
                let touched = |service: &Rc<Service>| !is_same(service, old.as_ref(), new);
                let all = self.services.values().filter(|service| touched(service));
                let names: Vec<String> = all.map(|service| service.meta.name.clone()).collect();
                names.iter().for_each(|name| self.sync(name, cx));
            }
            Call::ServiceChanged(kind, service) => {
                let name = service.meta.name.clone();
                keep(&mut self.services, kind, name.clone(), service);
                self.sync(&name, cx);
            }
            _ => {}
        }
    }

    fn sync(&mut self, name: &str, cx: &mut Cx) {
        let Some(service) = self.services.get(name).cloned() else {
            if let Some(slice) = self.slices.remove(name) {
                let call = Call::RemoveSlice(slice.meta.name.clone());
                cx.send(Component::ApiServer, latency::API_HOP, call);
            }
            return;
        };
        let endpoints = plan_endpoints(&service, self.pods.values());
        let old = self.slices.get(name).cloned();
        let ports = plan_ports(&service, self.pods.values());
        let same = |s: &Rc<EndpointSlice>| s.endpoints == endpoints && s.ports == ports;
        if old.as_ref().is_some_and(same) {
            return;
        }
        cite_changes(old.as_deref(), &endpoints, name, cx);
        let meta = old.map_or_else(|| new_meta(&service, cx), |slice| slice.meta.clone());
        let slice = Rc::new(EndpointSlice { meta, ports, endpoints });
        self.slices.insert(name.to_string(), slice.clone());
        cx.send(Component::ApiServer, latency::API_HOP, Call::WriteSlice(slice));
    }
}

fn keep<T>(all: &mut Map<String, T>, kind: WatchType, name: String, object: T) {
    match kind {
        WatchType::Deleted => all.remove(&name),
        _ => all.insert(name, object),
    };
}

/// The endpoints of `service`: Pods that it selects, that have an address and are not finished.
/// Source: endpointslice/utils.go podToEndpoint; util ShouldPodBeInEndpoints
pub fn plan_endpoints<'a>(
    service: &Service,
    pods: impl Iterator<Item = &'a Rc<Pod>>,
) -> Vec<Endpoint> {
    pods.filter_map(|pod| endpoint_of(service, pod)).collect()
}

/// What a Service has of a Pod, if it has any.
fn endpoint_of(service: &Service, pod: &Pod) -> Option<Endpoint> {
    let member = service.takes(pod);
    if !member || pod.status.pod_ip.is_empty() || pod.finished() {
        return None;
    }
    let (serving, terminating) = (pod.status.is_true("Ready"), pod.deleting());
    Some(Endpoint {
        address: pod.status.pod_ip.clone(),
        hostname: match pod.spec.subdomain == service.meta.name {
            true => pod.spec.hostname.clone(),
            false => String::new(),
        },
        node: pod.spec.node_name.clone(),
        pod: pod.meta.name.clone(),
        uid: pod.meta.uid.clone(),
        ready: service.publishes_not_ready() || (serving && !terminating),
        serving,
        terminating,
    })
}

/// Whether a Pod's change is none for a Service: its endpoints and ports stay as they are.
fn is_same(service: &Service, old: Option<&Rc<Pod>>, new: Option<&Rc<Pod>>) -> bool {
    let of = |pod: Option<&Rc<Pod>>| pod.and_then(|pod| endpoint_of(service, pod));
    let selected = |pod: &Rc<Pod>| service.takes(pod);
    match (old, new) {
        (Some(old), Some(new)) if selected(old) || selected(new) => {
            old.spec == new.spec
                && old.meta.labels == new.meta.labels
                && of(Some(old)) == of(Some(new))
        }
        (old, new) => !old.into_iter().chain(new).any(selected),
    }
}

fn cite_changes(old: Option<&EndpointSlice>, new: &[Endpoint], service: &str, cx: &mut Cx) {
    // Both are in the order of the Pods' names.
    fn find<'a>(all: &'a [Endpoint], pod: &str) -> Option<&'a Endpoint> {
        all.binary_search_by(|e| e.pod.as_str().cmp(pod)).ok().map(|at| &all[at])
    }
    let before = |pod: &str| find(&old?.endpoints, pod);
    let name = || ("service", service.into());
    for endpoint in new.iter().filter(|e| before(&e.pod) != Some(*e)) {
        let subject = Subject::pod(&endpoint.pod);
        let text = |yes: bool| if yes { "true" } else { "false" };
        if endpoint.terminating {
            let facts = vec![name(), ("serving", text(endpoint.serving).into())];
            cx.cite(subject, Rule::EndpointTerminating, facts);
        } else if endpoint.ready {
            let facts = vec![name(), ("address", endpoint.address.as_str().into())];
            cx.cite(subject, Rule::EndpointReady, facts);
        } else {
            cx.cite(subject, Rule::EndpointNotReady, vec![name()]);
        }
    }
    let gone = |e: &&Endpoint| find(new, &e.pod).is_none();
    for endpoint in old.map(|s| s.endpoints.as_slice()).unwrap_or_default().iter().filter(gone) {
        cx.cite(Subject::pod(&endpoint.pod), Rule::EndpointRemoved, vec![name()]);
    }
}

fn new_meta(service: &Service, cx: &mut Cx) -> ObjectMeta {
    let nth = cx.wire.fresh();
    let uid = uuid(cx.seed, nth);
    let label = ("kubernetes.io/service-name".to_string(), service.meta.name.clone());
    ObjectMeta {
        name: format!("{}-{}", service.meta.name, &uid[..5]),
        namespace: service.meta.home().into(),
        creation_timestamp: Some(Timestamp::at(cx.now)),
        generation: 1,
        labels: Map::from([label]),
        uid,
        ..Default::default()
    }
}

/// The ports, those of the Pods; a name is looked up in the Pods that the Service selects.
/// Source: pkg/api/v1/pod/util.go FindPort
///
/// DIFFERENCE: Pods that give one name to different numbers would have a slice each upstream; here
/// the first one counts.
pub fn plan_ports<'a>(service: &Service, pods: impl Iterator<Item = &'a Rc<Pod>> + Clone) -> Value {
    let list = service.spec["ports"].as_array().into_iter().flatten();
    let number = |target: &Value| match target.as_str() {
        Some(name) => {
            let behind = pods.clone().filter(|pod| service.takes(pod));
            behind.flat_map(|pod| pod.spec.port(name)).next().map(Into::into)
        }
        None => Some(target.clone()),
    };
    let port = |p: &Value| {
        let number = number(&p["targetPort"])?;
        let mut port = json!({"name": p["name"].as_str().unwrap_or(""), "port": number,
                              "protocol": p["protocol"]});
        if let Some(app) = p["appProtocol"].as_str() {
            port["appProtocol"] = app.into();
        }
        Some(port)
    };
    list.filter_map(port).collect()
}
