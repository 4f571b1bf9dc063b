//! Services and the EndpointSlices made of them.

use super::meta::ObjectMeta;
use super::pod::Pod;
use crate::base::Map;
use crate::base::json::Write;
use crate::base::json::{Value, json};

/// A Service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Service {
    /// Metadata.
    pub meta: ObjectMeta,
    /// The spec as stored.
    pub spec: Value,
}

impl Service {
    /// Labels a Pod must have; empty selects nothing.
    pub fn selector(&self) -> Map<String, String> {
        let entries = self.spec["selector"].as_object().into_iter().flatten();
        entries.filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_string()))).collect()
    }

    /// Whether Pods that are not ready are published as ready.
    pub fn publishes_not_ready(&self) -> bool {
        self.spec["publishNotReadyAddresses"].as_bool().unwrap_or(false)
    }

    /// Whether it selects a Pod with these labels.
    pub fn selects(&self, labels: &Map<String, String>) -> bool {
        let selector = self.selector();
        !selector.is_empty() && selector.iter().all(|(k, v)| labels.get(k) == Some(v))
    }

    /// Whether it selects this Pod.
    pub fn takes(&self, pod: &Pod) -> bool {
        pod.meta.is_beside(&self.meta) && self.selects(&pod.meta.labels)
    }

    /// The object as a client reads it.
    pub fn to_json(&self) -> Value {
        json!({"apiVersion": "v1", "kind": "Service", "metadata": self.meta.write(),
               "spec": self.spec, "status": {"loadBalancer": {}}})
    }
}

/// Where a Service's traffic may go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndpointSlice {
    /// Metadata.
    pub meta: ObjectMeta,
    /// Ports, as in the Service.
    pub ports: Value,
    /// Endpoints, by Pod name.
    pub endpoints: Vec<Endpoint>,
}

/// One Pod behind a Service.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Endpoint {
    /// Address.
    pub address: String,
    /// Its name below the Service's, if it has one.
    pub hostname: String,
    /// Node.
    pub node: String,
    /// Pod name.
    pub pod: String,
    /// Pod UID.
    pub uid: String,
    /// Serving and not terminating.
    pub ready: bool,
    /// The Pod's Ready condition.
    pub serving: bool,
    /// The Pod is being deleted.
    pub terminating: bool,
}

impl EndpointSlice {
    /// The Service it is of.
    pub fn service(&self) -> &str {
        self.meta.labels.get("kubernetes.io/service-name").map_or("", String::as_str)
    }

    /// The object as a client reads it; without endpoints it has no ports either (recorded).
    pub fn to_json(&self) -> Value {
        let endpoints: Vec<Value> =
            self.endpoints.iter().map(|endpoint| endpoint.to_json(self.meta.home())).collect();
        let (ports, endpoints) = match endpoints.is_empty() {
            true => (Value::Null, Value::Null),
            false => (self.ports.clone(), endpoints.into()),
        };
        json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
               "addressType": "IPv4", "metadata": self.meta.write(), "ports": ports,
               "endpoints": endpoints})
    }
}

impl Endpoint {
    fn to_json(&self, namespace: &str) -> Value {
        let mut endpoint = json!({
            "addresses": [self.address], "nodeName": self.node,
            "conditions": {"ready": self.ready, "serving": self.serving,
                           "terminating": self.terminating},
            "targetRef": {"kind": "Pod", "name": self.pod, "namespace": namespace,
                          "uid": self.uid},
        });
        if !self.hostname.is_empty() {
            endpoint["hostname"] = json!(self.hostname);
        }
        endpoint
    }
}
