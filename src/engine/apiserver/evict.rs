//! The subresource `eviction` of a Pod: a delete that a budget may refuse.
//!
//! Source: pkg/registry/core/pod/storage/eviction.go Create

use super::patch::not_found;
use super::store::{Answer, ApiServer, set_condition};
use crate::api::{Phase, PlainObject, Pod, Timestamp, selector};
use crate::base::json::Value;
use crate::engine::cx::Cx;
use crate::engine::message::{Done, Refusal};
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

/// What becomes of an eviction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EvictPlan {
    /// The Pod goes, for this reason; no budget pays for it.
    Free(&'static str),
    /// The budget of this place in the list pays for it.
    Paid(usize),
    /// The budget of this place in the list refuses it.
    Refused(usize),
    /// The budget's status speaks of an older spec.
    Stale(usize),
    /// More than one budget is about the Pod.
    Several,
}

/// Decides about evicting `pod`, with the budgets whose selectors take it.
pub fn plan_evict(pod: &Pod, budgets: &[Rc<PlainObject>]) -> EvictPlan {
    let phase = pod.status.phase;
    if pod.finished() || phase == Phase::Pending || pod.deleting() {
        let whys = [(pod.deleting(), "deleting"), (pod.finished(), "finished")];
        return EvictPlan::Free(whys.iter().find(|w| w.0).map_or("pending", |w| w.1));
    }
    let budget = match budgets {
        [] => return EvictPlan::Free("no budget"),
        [one] => one,
        _ => return EvictPlan::Several,
    };
    let (spec, status) = (&budget.body["spec"], &budget.body["status"]);
    let number = |field: &str| status[field].as_i64().unwrap_or(0);
    if !pod.status.is_true("Ready") {
        let always = spec["unhealthyPodEvictionPolicy"] == "AlwaysAllow";
        let healthy = number("currentHealthy") >= number("desiredHealthy");
        if always || healthy && number("desiredHealthy") > 0 {
            return EvictPlan::Free("not ready");
        }
    }
    match number("disruptionsAllowed") {
        _ if number("observedGeneration") < budget.meta.generation => EvictPlan::Stale(0),
        1.. => EvictPlan::Paid(0),
        _ => EvictPlan::Refused(0),
    }
}

impl ApiServer {
    /// Evicts a Pod: says why in its conditions, then deletes it with its own grace.
    pub(super) fn evict(&mut self, name: &str, grace: Option<i64>, cx: &mut Cx) -> Answer {
        let Some(pod) = self.pod(name).cloned() else { return Err(not_found("Pod", name)) };
        let about = |o: &&Rc<PlainObject>| {
            o.kind == "PodDisruptionBudget"
                && o.meta.is_beside(&pod.meta)
                && selector::takes(&o.body["spec"]["selector"], &pod.meta.labels)
        };
        let budgets: Vec<Rc<PlainObject>> = self.plain_objects().filter(about).cloned().collect();
        match plan_evict(&pod, &budgets) {
            EvictPlan::Free(why) => {
                cx.cite(Subject::pod(name), Rule::EvictionFree, vec![("why", why.into())]);
            }
            EvictPlan::Paid(at) => self.pay(name, &budgets[at], cx),
            EvictPlan::Refused(at) => return Err(refused(name, &budgets[at], cx)),
            EvictPlan::Stale(at) => {
                let budget = &budgets[at].meta.name;
                let message = format!(
                    "Cannot evict pod as it would violate the pod's disruption budget: the \
                     disruption budget {budget} is still being processed by the server."
                );
                return Err(Refusal { reason: "TooManyRequests".into(), message });
            }
            EvictPlan::Several => {
                let message = "This pod has more than one PodDisruptionBudget, which the eviction \
                               subresource does not support."
                    .into();
                return Err(Refusal { reason: "InternalError".into(), message });
            }
        }
        if !pod.finished() && !pod.deleting() {
            self.mark_evicted(&pod, cx);
        }
        self.delete("Pod", name, grace, cx)?;
        Ok(Done::Created)
    }

    /// The budget has one disruption less to give, until its controller has counted again.
    fn pay(&mut self, name: &str, budget: &PlainObject, cx: &mut Cx) {
        let mut budget = budget.clone();
        let status = &mut budget.body["status"];
        let left = status["disruptionsAllowed"].as_i64().unwrap_or(0) - 1;
        status["disruptionsAllowed"] = left.into();
        if !status["disruptedPods"].is_object() {
            status["disruptedPods"] = Value::Object(Default::default());
        }
        status["disruptedPods"][name] = Timestamp::at(cx.now).rfc3339().into();
        let facts = vec![("budget", budget.meta.name.as_str().into()), ("left", left.into())];
        cx.cite(Subject::pod(name), Rule::EvictionPaid, facts);
        self.write_plain(WatchType::Modified, budget, cx);
    }

    /// Source: eviction.go addConditionAndDeletePod
    fn mark_evicted(&mut self, pod: &Pod, cx: &mut Cx) {
        let mut pod = pod.clone();
        let now = Timestamp::at(cx.now);
        let (reason, text) = ("EvictionByEvictionAPI", "Eviction API: evicting");
        set_condition(&mut pod.status, "DisruptionTarget", "True", reason, text, now);
        self.write_pod(WatchType::Modified, pod, cx);
    }
}

fn refused(name: &str, budget: &PlainObject, cx: &mut Cx) -> Refusal {
    let status = &budget.body["status"];
    let number = |field: &str| status[field].as_i64().unwrap_or(0);
    let facts = vec![
        ("budget", budget.meta.name.as_str().into()),
        ("healthy", number("currentHealthy").into()),
        ("needed", number("desiredHealthy").into()),
    ];
    cx.cite(Subject::pod(name), Rule::EvictionRefused, facts);
    let message = "Cannot evict pod as it would violate the pod's disruption budget.".into();
    Refusal { reason: "TooManyRequests".into(), message }
}
