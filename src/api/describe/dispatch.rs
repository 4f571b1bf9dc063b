//! Which description an object has.

use super::text::Text;
use super::{events, network, node, plain, pod, storage, workload};
use crate::api::print::table::escaped;
use crate::api::print::tabs::{DESCRIPTION, align};
use crate::api::time::Timestamp;
use crate::base::json::Value;

impl Text {
    /// A description that begins.
    pub fn new(now: Timestamp, newer: bool) -> Self {
        Text { out: String::new(), now, newer }
    }

    /// Aligns what is written so far: what follows has columns of its own.
    pub fn flush(&mut self) {
        self.out.push_str(FLUSH);
    }

    /// The text in columns.
    pub fn finish(self) -> String {
        let part = |part: &str| align(&escaped(part), DESCRIPTION);
        self.out.split(FLUSH).map(part).collect()
    }
}

/// Ends the columns; no text has it.
const FLUSH: &str = "\u{0}\n";

/// What `kubectl describe` prints about `object`; `all` are the objects around it: Events, Pods,
/// EndpointSlices, ReplicaSets, Leases.
pub fn describe(object: &Value, all: &[Value], mut text: Text) -> String {
    let kind = object["kind"].as_str().unwrap_or_default();
    let about = events::about(object, all);
    match kind {
        "Pod" => {
            pod::pod(&mut text, object, Some(&about));
            return text.finish();
        }
        "ReplicaSet" | "ReplicationController" => workload::replica_set(&mut text, object, all),
        "Deployment" => workload::deployment(&mut text, object, all),
        "DaemonSet" => workload::daemon_set(&mut text, object, all),
        "StatefulSet" => workload::stateful_set(&mut text, object, all),
        "Job" => workload::job(&mut text, object),
        "CronJob" => workload::cron_job(&mut text, object),
        "Service" => network::service(&mut text, object, all),
        "Endpoints" => network::endpoints(&mut text, object),
        "EndpointSlice" => network::slice(&mut text, object),
        "Node" => node::node(&mut text, object, all),
        "PersistentVolumeClaim" => storage::persistent_claim(&mut text, object, all),
        "PersistentVolume" => storage::persistent_volume(&mut text, object),
        "StorageClass" => storage::storage_class(&mut text, object),
        "ConfigMap" => plain::config_map(&mut text, object),
        "Secret" => plain::secret(&mut text, object),
        "ServiceAccount" => plain::service_account(&mut text, object),
        "Namespace" => plain::namespace(&mut text, object, all),
        "ResourceQuota" => plain::quota(&mut text, object),
        "LimitRange" => plain::limit_range(&mut text, object),
        "PodDisruptionBudget" => plain::budget(&mut text, object),
        "PriorityClass" => plain::priority_class(&mut text, object),
        _ => plain::generic(&mut text, object),
    }
    if !["Secret", "Namespace", "ResourceQuota", "LimitRange"].contains(&kind) {
        events::events(&mut text, &about);
    }
    text.finish()
}

/// What is printed of a Pod that is gone while its Events are still there; nothing without them.
/// Source: kubectl describe/describe.go PodDescriber.Describe
pub fn describe_gone(name: &str, all: &[Value], mut text: Text) -> Option<String> {
    let left = events::named(name, all);
    if left.is_empty() {
        return None;
    }
    text.put(&["Pod '", name, "': error 'pods \"", name, "\" not found', but found events.\n"]);
    events::events(&mut text, &left);
    Some(text.finish())
}
