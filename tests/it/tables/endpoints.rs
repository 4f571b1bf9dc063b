//! EndpointSlices: which Pods stand in them, as what, and under which ports.

use super::{rows, text};
use lifepod::api::{ObjectMeta, Pod, PodSpec, PodStatus, Service};
use lifepod::base::json::{Value, json, read};
use lifepod::engine::endpoints::{plan_endpoints, plan_ports};
use std::rc::Rc;

/// Rows about what the simulated cluster does not have, with the reason.
const NOT_OURS: &[(&str, &str)] = &[
    ("unknown-phase pod", "nothing has written the phase Unknown since 1.11"),
    ("known only by its address list", "one kubelet writes both fields, always together"),
    ("left out when terminating ones are not asked for", "the old Endpoints API, not slices"),
    ("zone is taken from the node labels", "nodes here have no zones"),
    ("dual-stack pod", "the cluster here has IPv4 addresses only"),
    ("hostname is copied", "its node has a zone; the row should_set_hostname tests it"),
    ("other namespace", "there is one namespace"),
    ("name with another protocol", "a protocol that the API server would refuse"),
    ("invalid container port", "a port that the API server would refuse"),
    ("change: ", "slices are computed anew for every change, and written only if they differ"),
];

fn pod(value: &Value) -> Rc<Pod> {
    let part = |field: &str| match &value[field] {
        Value::Null => json!({}),
        found => found.clone(),
    };
    let meta: ObjectMeta = read(&part("metadata")).expect("metadata");
    let status: PodStatus = read(&part("status")).expect("a status");
    let mut spec = part("spec");
    if spec["containers"].is_null() {
        spec["containers"] = json!([]);
    }
    // Host ports of -1 stand for any that does not matter; the API server would refuse them.
    for list in ["containers", "initContainers"] {
        for container in spec[list].as_array_mut().into_iter().flatten() {
            for port in container["ports"].as_array_mut().into_iter().flatten() {
                port.as_object_mut().map(|p| p.remove("hostPort"));
            }
        }
    }
    Rc::new(Pod { meta, spec: Rc::new(PodSpec::read(spec).expect("a spec")), status })
}

/// A Service that selects `pod`, whatever its row says.
fn service(value: &Value, pod: &Pod) -> Service {
    let mut spec = value["spec"].clone();
    if spec.is_null() {
        spec = json!({});
    }
    spec["selector"] = match pod.meta.labels.iter().next() {
        Some((key, label)) => {
            let mut selector = json!({});
            selector[key.as_str()] = label.as_str().into();
            selector
        }
        None => json!({"app": "x"}),
    };
    let name = value["metadata"]["name"].as_str().unwrap_or("svc").to_string();
    let said = value["metadata"]["namespace"].as_str().map(str::to_string);
    let namespace = said.unwrap_or_else(|| pod.meta.namespace.clone());
    Service { meta: ObjectMeta { name, namespace, ..ObjectMeta::default() }, spec }
}

fn labelled(pod: Rc<Pod>) -> Rc<Pod> {
    let mut pod = (*pod).clone();
    if pod.meta.labels.is_empty() {
        pod.meta.labels.insert("app".into(), "x".into());
    }
    Rc::new(pod)
}

/// What is wrong with a row; `None` if it is about what is not here.
fn problem(row: &Value) -> Option<String> {
    let name = text(row, "name");
    if NOT_OURS.iter().any(|(words, _)| name.contains(words)) {
        return None;
    }
    let pod = labelled(pod(&row["pod"]));
    let service = service(&row["service"], &pod);
    let endpoints = plan_endpoints(&service, [&pod].into_iter());
    let want = &row["expect"];
    let got = match text(row, "kind") {
        "should_be_in_endpoints" => json!(!endpoints.is_empty()),
        "should_set_hostname" => {
            let mut placed = (*pod).clone();
            placed.status.pod_ip = "10.0.0.1".into();
            let placed = Rc::new(placed);
            let list = plan_endpoints(&service, [&placed].into_iter());
            json!(list.first().is_some_and(|e| !e.hostname.is_empty()))
        }
        "endpoint_ports" => {
            let mut ports = plan_ports(&service, [&pod].into_iter());
            // The row leaves the name of a Service's only port as it is.
            for port in ports.as_array_mut().into_iter().flatten() {
                if let Some(p) = port.as_object_mut() {
                    p.retain(|_, v| !v.is_null())
                }
            }
            ports
        }
        "find_port" => {
            let mut asking = service.clone();
            asking.spec["ports"] = json!([row["service_port"].clone()]);
            let ports = plan_ports(&asking, [&pod].into_iter());
            match ports[0]["port"].as_i64() {
                Some(port) => json!({"found": true, "port": port}),
                None => json!({"found": false, "port": 0}),
            }
        }
        _ => {
            let e = &endpoints[0];
            json!({"addresses": [e.address.as_str()], "nodeName": e.node.as_str(),
                   "conditions": {"ready": e.ready, "serving": e.serving, "terminating": e.terminating},
                   "targetRef": {"kind": "Pod", "namespace": "test", "name": e.pod.as_str()}})
        }
    };
    Some(if got == *want { String::new() } else { format!("{name}: got {got}, want {want}\n") })
}

#[test]
fn every_slice_is_as_its_row_says() {
    let rows = rows(include_str!("../../tables/endpoints.json"));
    let found: Vec<String> = rows.iter().filter_map(problem).collect();
    let problems: String = found.concat();
    assert!(problems.is_empty(), "\n{problems}");
    assert!(found.len() >= 32, "only {} rows", found.len());
}
