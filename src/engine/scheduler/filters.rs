//! Which nodes fit a Pod, and what is said when none does. Pure.
//!
//! Source: scheduler framework/plugins; framework/types.go FitError

use super::place::Place;
use super::{inter_pod, spread};
use crate::api::node::Node;
use crate::api::requests::lacks;
use crate::api::taint::{Taint, may_be_scheduled};
use crate::api::{Pod, affinity};
use crate::base::Map;

/// What a node is looked at for; each is a plugin of the scheduler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plugin {
    /// NodeUnschedulable.
    Cordon,
    /// TaintToleration.
    Taints,
    /// NodeAffinity.
    Affinity,
    /// NodePorts.
    Ports,
    /// NodeResourcesFit.
    Fit,
    /// VolumeBinding.
    Volumes,
    /// PodTopologySpread.
    Spread,
    /// InterPodAffinity.
    InterPod,
}

/// Why a node does not fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Misfit {
    /// Who objects.
    pub plugin: Plugin,
    /// The scheduler's words.
    pub reason: String,
    /// Whether removing other Pods from the node would help.
    pub resolvable: bool,
}

impl Misfit {
    /// Something that removing Pods does not help with.
    pub fn never(plugin: Plugin, reason: &str) -> Self {
        Misfit { plugin, reason: reason.into(), resolvable: false }
    }

    /// Something that removing Pods may help with.
    pub fn now(plugin: Plugin, reason: &str) -> Self {
        Misfit { resolvable: true, ..Misfit::never(plugin, reason) }
    }
}

/// Why the node at `at` does not fit; empty if it does. The first plugin that objects ends the
/// look.
pub fn misfits(pod: &Pod, at: usize, places: &[Place]) -> Vec<Misfit> {
    let place = &places[at];
    if let Some(misfit) = of_node(pod, place.node) {
        return vec![misfit];
    }
    let needs = &pod.spec.needs;
    if place.pods.iter().any(|other| needs.ports_conflict(&other.spec.needs)) {
        let reason = "node(s) didn't have free ports for the requested pod ports";
        return vec![Misfit::now(Plugin::Ports, reason)];
    }
    let short = too_little(pod, place);
    if !short.is_empty() {
        return short;
    }
    if let Some(reason) = place.volumes {
        return vec![Misfit::never(Plugin::Volumes, reason)];
    }
    let rest = spread::misfit(pod, at, places).or_else(|| inter_pod::misfit(pod, at, places));
    rest.into_iter().collect()
}

/// What the node itself says against the Pod, whoever is there.
pub fn of_node(pod: &Pod, node: &Node) -> Option<Misfit> {
    let (spec, tolerations) = (&pod.spec.raw, &pod.spec.raw["tolerations"]);
    let cordon = Taint {
        key: "node.kubernetes.io/unschedulable".into(),
        effect: "NoSchedule".into(),
        ..Taint::default()
    };
    if node.unschedulable && !cordon.is_tolerated(tolerations) {
        return Some(Misfit::never(Plugin::Cordon, "node(s) were unschedulable"));
    }
    if affinity::named_nodes(spec).is_some_and(|names| !names.contains(&node.name.as_str())) {
        let reason = "node(s) didn't satisfy plugin(s) [NodeAffinity]";
        return Some(Misfit::never(Plugin::Affinity, reason));
    }
    if !may_be_scheduled(&node.taints, tolerations) {
        return Some(Misfit::never(Plugin::Taints, "node(s) had untolerated taint(s)"));
    }
    let reason = "node(s) didn't match Pod's node affinity/selector";
    (!affinity::matches(spec, node)).then(|| Misfit::never(Plugin::Affinity, reason))
}

/// Source: framework/plugins/noderesources/fit.go Filter
fn too_little(pod: &Pod, place: &Place) -> Vec<Misfit> {
    let asked = &pod.spec.needs.asked;
    let lacks = lacks(asked, place.node, place.pods.len(), &place.asked);
    let misfit = |lack: crate::api::requests::Lack| {
        let reason = match lack.name.as_str() {
            "pods" => "Too many pods".to_string(),
            name => format!("Insufficient {name}"),
        };
        let resolvable = lack.name == "pods" || lack.asked <= lack.whole;
        Misfit { plugin: Plugin::Fit, reason, resolvable }
    };
    lacks.into_iter().map(misfit).collect()
}

/// What the Event and the condition say when no node fits. `after`: what was tried next.
pub fn message(found: &[Vec<Misfit>], after: &str) -> String {
    if found.is_empty() {
        return "no nodes available to schedule pods".into();
    }
    let why = available(found.len(), found.iter().flatten().map(|m| m.reason.as_str()));
    if after.is_empty() { why } else { format!("{why} {after}") }
}

/// `0/3 nodes are available: 1 reason, 2 other.`, sorted as text.
pub fn available<'r>(total: usize, reasons: impl Iterator<Item = &'r str>) -> String {
    let mut counts: Map<&str, usize> = Map::new();
    reasons.for_each(|reason| *counts.entry(reason).or_insert(0) += 1);
    let mut words: Vec<String> = counts.iter().map(|(r, n)| format!("{n} {r}")).collect();
    crate::base::sort(&mut words);
    format!("0/{total} nodes are available: {}.", words.join(", "))
}
