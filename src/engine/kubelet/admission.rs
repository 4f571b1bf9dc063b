//! Whether the kubelet takes a Pod that is bound to its node.
//!
//! Source: kubelet/lifecycle/predicate.go; kubelet.go HandlePodAdditions, rejectPod

use super::service::Kubelet;
use super::status_manager::StatusEntry;
use super::worker::Stage;
use crate::api::node::Node;
use crate::api::requests::{Amounts, pod_requests};
use crate::api::taint::{Stay, plan_stay};
use crate::api::{EventType, Phase, Pod, affinity};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::rules::Rule;
use std::rc::Rc;

/// Why the kubelet does not take a Pod: the reason and the message.
pub type Rejection = (&'static str, String);

/// Decides; `others`: the Pods that the node has taken and that still use it.
pub fn plan_admission(pod: &Pod, node: &Node, others: &[Rc<Pod>]) -> Option<Rejection> {
    let asked = pod_requests(&pod.spec.raw);
    let used = others.iter().map(|p| pod_requests(&p.spec.raw));
    let used = used.fold(Amounts::default(), Amounts::plus);
    let whole = node.allocatable;
    let count = others.len() as i64;
    for (reason, name, asked, used, whole) in [
        ("OutOfpods", "pods", 1, count, node.pods),
        ("OutOfcpu", "cpu", asked.cpu, used.cpu, whole.cpu),
        ("OutOfmemory", "memory", asked.memory, used.memory, whole.memory),
        ("OutOfephemeral-storage", "ephemeral-storage", asked.storage, used.storage, whole.storage),
    ] {
        if asked > 0 && asked > whole - used {
            return Some((reason, lacking(name, asked, used, whole)));
        }
    }
    let failed = |reason: &'static str, words: &str| {
        Some((reason, format!("Predicate {reason} failed: {words}")))
    };
    if !affinity::matches(&pod.spec.raw, node) {
        return failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
    }
    match plan_stay(&node.taints, &pod.spec.raw["tolerations"]) {
        Stay::No => failed("TaintToleration", "node(s) had taints that the pod didn't tolerate"),
        _ => None,
    }
}

fn lacking(name: &str, asked: i64, used: i64, whole: i64) -> String {
    format!(
        "Node didn't have enough resource: {name}, requested: {asked}, used: {used}, capacity: \
         {whole}"
    )
}

impl Kubelet {
    /// A Pod that has just been bound here is taken, or rejected for good.
    pub(super) fn admit(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        let pod = w.pod.clone();
        if pod.finished() || pod.deleting() {
            return self.ask(uid, cx);
        }
        let others = self.workers.iter().filter(|(u, w)| *u != uid && w.stage < Stage::Terminated);
        let others: Vec<Rc<Pod>> = others.map(|(_, w)| w.pod.clone()).collect();
        match plan_admission(&pod, &self.node_object, &others) {
            None => self.ask(uid, cx),
            Some(rejection) => self.reject(uid, &pod, rejection, cx),
        }
    }

    fn reject(&mut self, uid: &str, pod: &Rc<Pod>, (reason, message): Rejection, cx: &mut Cx) {
        let facts = vec![("reason", reason.into()), ("message", message.as_str().into())];
        cx.cite(Subject::pod(&pod.meta.name), Rule::AdmissionRejected, facts);
        self.event(pod, "", EventType::Warning, reason, &message, cx);
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.stage = Stage::Finished;
        let mut status = StatusEntry::new(pod).status;
        status.phase = Phase::Failed;
        status.reason = reason.to_string();
        status.message = format!("Pod was rejected: {message}");
        status.observed_generation = Some(pod.meta.generation);
        status.conditions.clear();
        w.status.last = true;
        self.set_status(uid, status, cx);
    }
}
