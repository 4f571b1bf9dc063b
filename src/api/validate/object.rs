//! The door for a new object: one of any kind is validated by its kind.

use crate::base::json::Value;

use super::FieldError;
use super::errors::{Errors, text};
use super::table::check;
use super::{apps, config, metadata, node, pod, service};

/// What the API server refuses in `object`, its defaults filled in, in upstream's order.
///
/// A field of a wrong type counts as not set: decoding has refused it before. Kinds without
/// validation of their own are held to the rules of their metadata.
pub fn object(object: &Value) -> Vec<FieldError> {
    let mut e = Errors::new();
    match text(object, "kind") {
        "" => {}
        "Pod" => {
            pod::pod(&mut e, object);
            e.at("spec", |e| pod::only_on_create(e, &object["spec"]));
        }
        "Service" => service::service(&mut e, object),
        "Namespace" => node::namespace(&mut e, object),
        "PodDisruptionBudget" => apps::budget(&mut e, object),
        _ => {
            metadata::metadata(&mut e, object, "subdomain");
            body(&mut e, object);
        }
    }
    e.done()
}

/// What stands beside the metadata in kinds whose updates are held to the same.
pub(super) fn body<'v>(e: &mut Errors<'v>, object: &'v Value) {
    let spec = &object["spec"];
    match text(object, "kind") {
        "ConfigMap" => config::config_map(e, object),
        "Secret" => config::secret(e, object),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" => {
            apps::workload(e, object);
        }
        "ResourceQuota" => {
            e.spec = spec;
            e.at("spec", |e| check(e, "Quota", spec));
        }
        "Node" => node::node(e, object),
        _ => {}
    }
}
