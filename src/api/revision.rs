//! The marks that tell the templates of a Deployment apart.
//!
//! Source: controller/deployment/util/deployment_util.go; api/apps/v1/types.go

use super::object::PlainObject;

/// The annotation that counts a Deployment's templates.
pub const REVISION: &str = "deployment.kubernetes.io/revision";
/// The label that tells one template's Pods from another's.
pub const HASH: &str = "pod-template-hash";

/// The revision that a ReplicaSet or Deployment is marked with; 0 without.
pub fn revision_of(object: &PlainObject) -> i64 {
    object.meta.annotations.get(REVISION).and_then(|n| n.parse().ok()).unwrap_or(0)
}
