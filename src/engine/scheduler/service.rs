//! kube-scheduler: finds a node for each Pod that has none.

use crate::api::{EventType, Pod};
use crate::base::Map;
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Message};
use crate::engine::recorder::new_event;
use crate::engine::trace::{Subject, WatchType};
use crate::engine::world::Config;
use crate::rules::Rule;
use std::rc::Rc;

/// The scheduler and what it knows of the node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scheduler {
    node: String,
    labels: Map<String, String>,
    cycles: u64,
}

/// Where a Pod goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BindPlan {
    /// To this node.
    To(String),
    /// Nowhere, for this reason.
    Unschedulable(String),
}

impl Scheduler {
    /// A scheduler that knows the one node of `config`.
    pub fn new(config: &Config) -> Self {
        let labels = config.labels.iter().cloned().collect();
        Scheduler { node: config.node.clone(), labels, cycles: 0 }
    }

    /// Handles a watch event: a new Pod without a node is scheduled.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        let Call::PodChanged(WatchType::Added, pod) = message.call else { return };
        if !pod.spec.node_name.is_empty() || pod.deleting() {
            return;
        }
        self.cycles += 1;
        let plan = plan_bind(&pod, &self.node, &self.labels);
        self.carry_out(&plan, &pod, cx);
    }

    fn carry_out(&mut self, plan: &BindPlan, pod: &Rc<Pod>, cx: &mut Cx) {
        let work = cx.work(latency::SCHEDULE, &pod.meta.uid, self.cycles);
        let (name, uid) = (pod.meta.name.clone(), pod.meta.uid.clone());
        let subject = Subject::pod(&name);
        let (call, event) = match plan {
            BindPlan::To(node) => {
                let facts = vec![("node", node.as_str().into())];
                cx.cite(subject, Rule::SchedulerBound, facts);
                let text = format!("Successfully assigned default/{name} to {node}");
                (
                    Call::Bind { name, uid, node: node.clone() },
                    (EventType::Normal, "Scheduled", text),
                )
            }
            BindPlan::Unschedulable(message) => {
                let facts = vec![("message", message.as_str().into())];
                let fields = vec!["spec.nodeSelector".to_string()];
                cx.cite_fields(subject, Rule::SchedulerUnschedulable, facts, fields);
                let reason = "Unschedulable".to_string();
                let call = Call::PatchCondition { name, uid, reason, message: message.clone() };
                (call, (EventType::Warning, "FailedScheduling", message.clone()))
            }
        };
        cx.send_after(work, Component::ApiServer, latency::API_HOP, call);
        let (kind, reason, text) = event;
        let event = new_event(pod, "", kind, reason, &text, "default-scheduler", "", cx);
        let event = Rc::new(crate::api::Event { count: 0, ..event });
        let wait = work + latency::API_HOP;
        cx.send_after(wait, Component::ApiServer, latency::API_HOP, Call::WriteEvent(event));
    }
}

/// Filters the one node there is.
/// Source: scheduler framework/plugins/nodeaffinity; framework/types.go FitError
pub fn plan_bind(pod: &Pod, node: &str, labels: &Map<String, String>) -> BindPlan {
    let matches = pod.spec.node_selector.iter().all(|(k, v)| labels.get(k) == Some(v));
    match matches {
        true => BindPlan::To(node.to_string()),
        false => BindPlan::Unschedulable(
            "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. no new \
             claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not \
             helpful for scheduling."
                .to_string(),
        ),
    }
}
