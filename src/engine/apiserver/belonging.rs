//! The Pods that belong to another object, as kubectl looks for them: `logs deploy/web`.
//!
//! Source: kubectl polymorphichelpers/helpers.go GetFirstPod

use super::store::ApiServer;
use crate::api::{Pod, resource, selector};
use crate::base::json::json;
use std::cmp::Reverse;
use std::rc::Rc;

impl ApiServer {
    /// The Pods of a Deployment, a ReplicaSet, a Job or a Service: the one that serves first, then
    /// the oldest. `None`: there is no such object. Source: controller_utils.go ActivePods
    pub fn pods_of(&self, kind: &str, name: &str) -> Option<Vec<Rc<Pod>>> {
        let object = match kind {
            "Service" => {
                let service = self.service(name)?;
                let labels = service.selector();
                json!({"metadata": {"namespace": service.meta.home()},
                       "spec": {"selector": {"matchLabels": labels}}})
            }
            _ => self.plain_objects().find(|o| o.kind == kind && o.meta.name == name)?.to_json(),
        };
        let (uid, home) = (&object["metadata"]["uid"], resource::home(&object).to_string());
        let is_its = |pod: &&Rc<Pod>| match kind {
            "Job" => pod.meta.owner_references.iter().any(|owner| owner["uid"] == *uid),
            _ => selector::takes(&object["spec"]["selector"], &pod.meta.labels),
        };
        let here = self.pods().filter(|pod| pod.meta.home() == home);
        let mut pods: Vec<Rc<Pod>> = here.filter(is_its).cloned().collect();
        crate::base::sort_by_key(&mut pods, |pod| {
            let begun = Reverse(!pod.spec.node_name.is_empty());
            let ready = Reverse(pod.status.is_true("Ready"));
            (begun, ready, pod.meta.creation_timestamp, pod.meta.name.clone())
        });
        Some(pods)
    }
}
