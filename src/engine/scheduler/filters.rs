//! Which nodes fit a Pod, and what is said when none does. Pure.
//!
//! Source: scheduler framework/plugins; framework/types.go FitError

use crate::api::node::Node;
use crate::api::requests::{Amounts, pod_requests};
use crate::api::taint::{Taint, may_be_scheduled};
use crate::api::{Pod, affinity};
use crate::base::Map;
use crate::base::json::Value;
use std::rc::Rc;

/// Why a node does not fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Misfit {
    /// The scheduler's words.
    pub reason: &'static str,
    /// Whether removing other Pods from the node would help.
    pub resolvable: bool,
}

const fn never(reason: &'static str) -> Misfit {
    Misfit { reason, resolvable: false }
}

/// Why this node does not fit; empty if it does. The first plugin that objects ends the look.
/// `used`: what the Pods on it ask for together.
pub fn misfits(pod: &Pod, node: &Node, on_node: &[&Rc<Pod>], used: Amounts) -> Vec<Misfit> {
    let (spec, tolerations) = (&pod.spec.raw, &pod.spec.raw["tolerations"]);
    let cordon = Taint {
        key: "node.kubernetes.io/unschedulable".into(),
        effect: "NoSchedule".into(),
        ..Taint::default()
    };
    if node.unschedulable && !cordon.is_tolerated(tolerations) {
        return vec![never("node(s) were unschedulable")];
    }
    if !may_be_scheduled(&node.taints, tolerations) {
        return vec![never("node(s) had untolerated taint(s)")];
    }
    if !affinity::matches(spec, node) {
        return vec![never("node(s) didn't match Pod's node affinity/selector")];
    }
    if takes_a_port(pod, on_node) {
        let reason = "node(s) didn't have free ports for the requested pod ports";
        return vec![Misfit { reason, resolvable: true }];
    }
    lacks(pod, node, on_node.len(), used)
}

/// Source: framework/plugins/noderesources/fit.go fitsRequest
fn lacks(pod: &Pod, node: &Node, pods: usize, used: Amounts) -> Vec<Misfit> {
    let mut list = Vec::new();
    if pods as i64 + 1 > node.pods {
        list.push(Misfit { reason: "Too many pods", resolvable: true });
    }
    let asked = pod_requests(&pod.spec.raw);
    let whole = node.allocatable;
    for (asked, used, whole, reason) in [
        (asked.cpu, used.cpu, whole.cpu, "Insufficient cpu"),
        (asked.memory, used.memory, whole.memory, "Insufficient memory"),
        (asked.storage, used.storage, whole.storage, "Insufficient ephemeral-storage"),
    ] {
        if asked > 0 && asked > whole - used {
            list.push(Misfit { reason, resolvable: asked <= whole });
        }
    }
    list
}

/// What Pods have asked for together.
pub fn used(pods: &[&Rc<Pod>]) -> Amounts {
    pods.iter().map(|pod| pod_requests(&pod.spec.raw)).fold(Amounts::default(), Amounts::plus)
}

/// Whether a host port that the Pod wants is taken.
/// Source: framework/types.go HostPortInfo.CheckConflict
pub fn takes_a_port(pod: &Pod, on_node: &[&Rc<Pod>]) -> bool {
    let wanted = host_ports(&pod.spec.raw);
    if wanted.is_empty() {
        return false;
    }
    let taken: Vec<HostPort> = on_node.iter().flat_map(|p| host_ports(&p.spec.raw)).collect();
    let any = |ip: &str| ip.is_empty() || ip == "0.0.0.0";
    wanted.iter().any(|w| {
        taken.iter().any(|t| {
            w.port == t.port && w.protocol == t.protocol && (any(w.ip) || any(t.ip) || w.ip == t.ip)
        })
    })
}

struct HostPort<'s> {
    ip: &'s str,
    protocol: &'s str,
    port: i64,
}

fn host_ports(spec: &Value) -> Vec<HostPort<'_>> {
    let sidecar = |c: &&Value| c["restartPolicy"] == "Always";
    let inits = spec["initContainers"].as_array().into_iter().flatten().filter(sidecar);
    let all = spec["containers"].as_array().into_iter().flatten().chain(inits);
    let ports = all.flat_map(|c| c["ports"].as_array().into_iter().flatten());
    let read = |p: &'_ Value| p["hostPort"].as_i64().filter(|port| *port > 0);
    ports
        .filter_map(|p| {
            let protocol = p["protocol"].as_str().unwrap_or("TCP");
            let ip = p["hostIP"].as_str().unwrap_or_default();
            read(p).map(|port| HostPort { ip, protocol, port })
        })
        .collect()
}

/// What the Event and the condition say when no node fits.
pub fn message(found: &[Vec<Misfit>]) -> String {
    let total = found.len();
    if total == 0 {
        return "no nodes available to schedule pods".into();
    }
    let why = histogram(found.iter().flatten().map(|m| m.reason));
    let helpless = |list: &Vec<Misfit>| match list.iter().all(|m| m.resolvable) {
        true => "No preemption victims found for incoming pod",
        false => "Preemption is not helpful for scheduling",
    };
    let after = histogram(found.iter().map(helpless));
    format!(
        "0/{total} nodes are available: {why}. no new claims to deallocate, preemption: 0/{total} \
         nodes are available: {after}."
    )
}

/// The same for a reason that no node can help with.
/// Source: scheduler framework/types.go FitError (PreFilterMsg)
pub fn message_of_all(total: usize, why: &str) -> String {
    format!(
        "0/{total} nodes are available: {why}. no new claims to deallocate, preemption: 0/{total} \
         nodes are available: {total} Preemption is not helpful for scheduling."
    )
}

/// `1 reason, 2 other`, sorted as text.
fn histogram(reasons: impl Iterator<Item = &'static str>) -> String {
    let mut counts: Map<&str, usize> = Map::new();
    reasons.for_each(|reason| *counts.entry(reason).or_insert(0) += 1);
    let mut words: Vec<String> = counts.iter().map(|(r, n)| format!("{n} {r}")).collect();
    crate::base::sort(&mut words);
    words.join(", ")
}
