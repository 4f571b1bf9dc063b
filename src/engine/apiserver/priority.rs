//! How important a new Pod is: its priority class.
//!
//! Source: plugin/pkg/admission/priority/admission.go admitPod

use super::store::ApiServer;
use crate::api::PlainObject;
use crate::base::json::Value;
use crate::engine::message::Refusal;
use std::rc::Rc;

/// Classes that every cluster has. Source: pkg/apis/scheduling/types.go SystemCriticalPriority
const SYSTEM: [(&str, i64); 2] =
    [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)];

impl ApiServer {
    /// The Pod with the priority that its class gives it.
    pub(super) fn with_priority(&self, pod: &str, mut object: Value) -> Result<Value, Refusal> {
        let name = object["spec"]["priorityClassName"].as_str().unwrap_or_default().to_string();
        let class = match name.as_str() {
            "" => self.default_class().cloned(),
            name => self.plain("PriorityClass", name).cloned(),
        };
        let system = SYSTEM.iter().find(|(own, _)| *own == name);
        let priority = match (&class, system) {
            (_, Some((_, value))) => *value,
            (Some(class), _) => class.body["value"].as_i64().unwrap_or(0),
            (None, None) if name.is_empty() => 0,
            _ => {
                return Err(forbidden(
                    pod,
                    &format!("no PriorityClass with name {name} was found"),
                ));
            }
        };
        let spec = &mut object["spec"];
        if spec["priority"].as_i64().is_some_and(|given| given != priority) {
            let given = &spec["priority"];
            return Err(forbidden(
                pod,
                &format!(
                    "the integer value of priority ({given}) must not be provided in pod spec; \
                     priority admission controller computed {priority} from the given \
                     PriorityClass name"
                ),
            ));
        }
        spec["priority"] = priority.into();
        if let Some(class) = class {
            spec["priorityClassName"] = class.meta.name.as_str().into();
            let policy = &class.body["preemptionPolicy"];
            if spec["preemptionPolicy"].is_null() && policy.is_string() {
                spec["preemptionPolicy"] = policy.clone();
            }
        }
        Ok(object)
    }

    /// The class of Pods that name none. Of several the least important counts.
    fn default_class(&self) -> Option<&Rc<PlainObject>> {
        let classes = self.plain_objects().filter(|o| o.kind == "PriorityClass");
        let default = classes.filter(|o| o.body["globalDefault"] == true);
        default.min_by_key(|o| o.body["value"].as_i64())
    }
}

fn forbidden(pod: &str, why: &str) -> Refusal {
    let message = format!("pods \"{pod}\" is forbidden: {why}");
    Refusal { reason: "Forbidden".into(), message }
}
