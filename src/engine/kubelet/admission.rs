//! Whether the kubelet takes a Pod that is bound to its node.
//!
//! Source: kubelet/lifecycle/predicate.go; kubelet.go HandlePodAdditions, rejectPod

use super::service::Kubelet;
use super::sysctl;
use super::worker::{Stage, Worker};
use crate::api::node::Node;
use crate::api::requests::{Amounts, Lack, lacks};
use crate::api::taint::{Stay, plan_stay};
use crate::api::{EventType, Phase, Pod, affinity};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::rules::Rule;
use std::rc::Rc;

/// Why the kubelet does not take a Pod: the reason and the message.
pub type Rejection = (String, String);

/// Decides; `others`: the Pods that the node has taken and that still use it. Extended resources
/// that the node does not have are not the kubelet's business.
/// Source: kubelet/lifecycle/predicate.go generalFilter, removeMissingExtendedResources
pub fn plan_admission(pod: &Pod, node: &Node, others: &[Rc<Pod>]) -> Option<Rejection> {
    if let Some(why) = sysctl::objection(pod) {
        return Some(("SysctlForbidden".into(), why));
    }
    if let Some(rejection) = of_system(pod) {
        return Some(rejection);
    }
    let needs = &pod.spec.needs;
    let mut asked = needs.asked.clone();
    asked.others.retain(|name, _| node.allocatable.others.contains_key(name));
    let used = others.iter().fold(Amounts::default(), |sum, p| sum.plus(&p.spec.needs.asked));
    if let Some(lack) = lacks(&asked, node, others.len(), &used).into_iter().next() {
        return Some((format!("OutOf{}", lack.name), lacking(&lack)));
    }
    let failed = |reason: &str, words: &str| {
        Some((reason.to_string(), format!("Predicate {reason} failed: {words}")))
    };
    if !affinity::matches(&pod.spec.raw, node) {
        return failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
    }
    if others.iter().any(|p| needs.ports_conflict(&p.spec.needs)) {
        return failed("NodePorts", "node(s) didn't have free ports for the requested pod ports");
    }
    match plan_stay(&node.taints, &pod.spec.raw["tolerations"]) {
        Stay::No => failed("TaintToleration", "node(s) had taints that the pod didn't tolerate"),
        _ => None,
    }
}

/// A Pod for another operating system than the node's, which is Linux.
/// Source: kubelet/lifecycle/predicate.go rejectPodAdmissionBasedOnOSSelector, …OnOSField
fn of_system(pod: &Pod) -> Option<Rejection> {
    let label = pod.meta.labels.get("kubernetes.io/os");
    if label.is_some_and(|label| label != "linux") {
        let words = "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label";
        return Some(("PodOSSelectorNodeLabelDoesNotMatch".into(), words.into()));
    }
    let os = pod.spec.raw["os"]["name"].as_str().filter(|os| *os != "linux")?;
    let words = "Failed to admit pod as the OS field doesn't match node OS";
    (!os.is_empty()).then(|| ("PodOSNotSupported".into(), words.into()))
}

fn lacking(Lack { name, asked, used, whole }: &Lack) -> String {
    format!(
        "Node didn't have enough resource: {name}, requested: {asked}, used: {used}, capacity: \
         {whole}"
    )
}

impl Kubelet {
    /// A Pod that has just been bound here is taken, or rejected for good.
    pub(super) fn admit(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.admitted = true;
        let pod = w.pod.clone();
        if self.has_little_disk() {
            self.watch_node(cx);
        }
        if pod.finished() || pod.deleting() {
            return self.ask(uid, cx);
        }
        let counts =
            |(u, w): &(&String, &Worker)| *u != uid && w.admitted && w.stage < Stage::Terminated;
        let others = self.workers.iter().filter(counts);
        let others: Vec<Rc<Pod>> = others.map(|(_, w)| w.pod.clone()).collect();
        let objection = self.pressure.objection(&pod, cx.now);
        let objection = objection.map(|message| ("Evicted".to_string(), message));
        match objection.or_else(|| plan_admission(&pod, &self.node_object, &others)) {
            None => self.ask(uid, cx),
            Some(rejection) => self.reject(uid, &pod, rejection, cx),
        }
    }

    fn reject(&mut self, uid: &str, pod: &Rc<Pod>, (reason, message): Rejection, cx: &mut Cx) {
        let facts = vec![("reason", reason.as_str().into()), ("message", message.as_str().into())];
        cx.cite(Subject::pod(&pod.meta.name), Rule::AdmissionRejected, facts);
        self.event(pod, "", EventType::Warning, &reason, &message, cx);
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.stage = Stage::Finished;
        let mut status = pod.status.clone();
        status.phase = Phase::Failed;
        status.reason = reason;
        status.message = format!("Pod was rejected: {message}");
        status.observed_generation = Some(pod.meta.generation);
        status.conditions.clear();
        w.status.last = true;
        self.set_status(uid, status, cx);
    }
}
