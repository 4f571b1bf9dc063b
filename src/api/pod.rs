//! The Pod, as stored: metadata, the spec as written (with a typed reading of it) and status.

use super::container::Container;
use super::meta::ObjectMeta;
use super::requests::Needs;
use super::status::PodStatus;
use crate::base::json::{Value, Write, fields, json, read, words};
use std::rc::Rc;

/// A Pod.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pod {
    /// Metadata.
    pub meta: ObjectMeta,
    /// Spec; shared between revisions that do not change it.
    pub spec: Rc<PodSpec>,
    /// Status.
    pub status: PodStatus,
}

/// A Pod's spec: the whole JSON (nothing that was written is dropped) and what the engine reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PodSpec {
    /// The spec as the API server stores it.
    pub raw: Value,
    /// What the engine reads of it.
    pub typed: PodFields,
    /// What it needs of a node.
    pub needs: Needs,
}

/// The fields of a Pod's spec that the engine reads.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodFields {
    /// The node it is bound to; empty before.
    pub node_name: String,
    /// What happens to containers that end.
    pub restart_policy: RestartPolicy,
    /// Seconds between SIGTERM (or preStop) and SIGKILL.
    pub termination_grace_period_seconds: Option<i64>,
    /// Seconds after which the Pod is failed.
    pub active_deadline_seconds: Option<i64>,
    /// Init containers and sidecars, in order.
    pub init_containers: Vec<Container>,
    /// App containers, in order.
    pub containers: Vec<Container>,
    /// Containers added to a running Pod, to debug it.
    pub ephemeral_containers: Vec<Container>,
    /// Extra conditions for being Ready.
    pub readiness_gates: Vec<ReadinessGate>,
    /// Labels the node must have.
    pub node_selector: crate::base::Map<String, String>,
    /// One PID namespace for all containers.
    pub share_process_namespace: bool,
    /// The node's PID namespace for all containers.
    pub host_pid: bool,
    /// Host name, if not the Pod's name.
    pub hostname: String,
    /// The Service that gives it a name below its own.
    pub subdomain: String,
    /// Who the Pod is to the API server.
    pub service_account_name: String,
    /// The node's network instead of one of its own.
    pub host_network: bool,
}
fields!(read PodFields {
    node_name, restart_policy, termination_grace_period_seconds, active_deadline_seconds,
    init_containers, containers, ephemeral_containers, readiness_gates, node_selector,
    share_process_namespace, host_pid = "hostPID", hostname, subdomain, service_account_name, host_network,
});

/// An extra condition for being Ready.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReadinessGate {
    /// The condition's type.
    pub condition_type: String,
}
fields!(read ReadinessGate { condition_type });

/// `restartPolicy` of a Pod.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RestartPolicy {
    /// Whatever the exit code.
    #[default]
    Always,
    /// If the exit code is not 0.
    OnFailure,
    /// Not at all.
    Never,
}
words!(RestartPolicy { Always, OnFailure, Never });

impl RestartPolicy {
    /// As written in YAML.
    pub fn as_str(self) -> &'static str {
        match self {
            RestartPolicy::Always => "Always",
            RestartPolicy::OnFailure => "OnFailure",
            RestartPolicy::Never => "Never",
        }
    }
}

impl PodSpec {
    /// Reads a spec; what does not fit the types is an error message.
    pub fn read(raw: Value) -> Result<Self, String> {
        let typed = read(&raw)?;
        let needs = Needs::of(&raw);
        Ok(PodSpec { raw, typed, needs })
    }

    /// This spec with one field set.
    pub fn with(&self, field: &str, value: Value) -> Result<Self, String> {
        let mut raw = self.raw.clone();
        raw[field] = value;
        PodSpec::read(raw)
    }
}

impl std::ops::Deref for PodSpec {
    type Target = PodFields;
    fn deref(&self) -> &PodFields {
        &self.typed
    }
}

impl PodFields {
    /// The container of this name, of either list.
    pub fn container(&self, name: &str) -> Option<&Container> {
        let lists = [&self.containers, &self.init_containers, &self.ephemeral_containers];
        lists.into_iter().flatten().find(|c| c.name == name)
    }

    /// The number of the port of this name, of a container that serves.
    pub fn port(&self, name: &str) -> Option<u16> {
        let serving = self.containers.iter().chain(self.sidecars());
        let mut all = serving.flat_map(|c| &c.ports);
        all.find(|p| p.name == name).map(|p| p.container_port)
    }

    /// Ports of the node with the ports of the Pod that they lead to.
    pub fn host_ports(&self) -> Vec<(u16, u16)> {
        let serving = self.containers.iter().chain(self.sidecars());
        let ports = serving.flat_map(|c| &c.ports).filter(|p| p.host_port > 0);
        ports.map(|p| (p.host_port, p.container_port)).collect()
    }

    /// Whether an init container has this name.
    pub fn is_init(&self, name: &str) -> bool {
        self.init_containers.iter().any(|c| c.name == name)
    }

    /// The sidecars, in spec order.
    pub fn sidecars(&self) -> impl Iterator<Item = &Container> {
        self.init_containers.iter().filter(|c| c.restarts_always())
    }

    /// The restart policy of a container: its own, or else the Pod's.
    pub fn policy_of(&self, c: &Container) -> RestartPolicy {
        c.restart_policy.unwrap_or(self.restart_policy)
    }

    /// The path of the container of this name: `spec.containers[0]`.
    pub fn path_of(&self, name: &str) -> String {
        let at = |list: &[Container]| list.iter().position(|c| c.name == name);
        let lists = [
            ("containers", &self.containers),
            ("initContainers", &self.init_containers),
            ("ephemeralContainers", &self.ephemeral_containers),
        ];
        let mut found = lists.iter().filter_map(|(field, list)| at(list).map(|i| (field, i)));
        found.next().map_or("spec".to_string(), |(field, i)| format!("spec.{field}[{i}]"))
    }

    /// Seconds of grace that the spec gives.
    /// Source: types.go DefaultTerminationGracePeriodSeconds
    pub fn grace(&self) -> i64 {
        self.termination_grace_period_seconds.unwrap_or(30)
    }
}

impl Pod {
    /// Whether it is being deleted.
    pub fn deleting(&self) -> bool {
        self.meta.deletion_timestamp.is_some()
    }

    /// Whether its phase is Succeeded or Failed.
    pub fn finished(&self) -> bool {
        self.status.phase.is_terminal()
    }

    /// The object as a client reads it.
    pub fn to_json(&self) -> Value {
        json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": self.meta.write(),
            "spec": self.spec.raw,
            "status": self.status.write(),
        })
    }
}
