//! Who belongs to whom.
//!
//! Source: apimachinery meta/v1/controller_ref.go; controller/controller_ref_manager.go

use crate::api::{ObjectMeta, PlainObject, resource, selector};
use crate::base::json::{Value, json};
use crate::engine::action::{Change, PatchRequest};

/// The reference to the controller that an object has, if it has one.
pub fn controller(meta: &ObjectMeta) -> Option<&Value> {
    meta.owner_references.iter().find(|r| r["controller"] == true)
}

/// The kind and name of an object's controller.
pub fn controller_name(meta: &ObjectMeta) -> Option<(&str, &str)> {
    controller(meta).and_then(|c| Some((c["kind"].as_str()?, c["name"].as_str()?)))
}

/// The reference that makes `owner` the controller of an object.
pub fn reference(owner: &PlainObject) -> Value {
    json!({
        "apiVersion": resource::api_version(&owner.kind), "kind": owner.kind,
        "name": owner.meta.name, "uid": owner.meta.uid,
        "controller": true, "blockOwnerDeletion": true,
    })
}

/// What is between an owner and an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Claim {
    /// It belongs to the owner.
    Own,
    /// It belongs to nobody and matches: the owner takes it.
    Adopt,
    /// It belongs to the owner and matches no more: the owner lets it go.
    Release,
    /// Nothing.
    None,
}

/// What is between `owner`, which has a selector, and an object.
/// Source: controller_ref_manager.go ClaimObject
pub fn plan_claim(owner: &PlainObject, meta: &ObjectMeta) -> Claim {
    if !owner.meta.is_beside(meta) {
        return Claim::None;
    }
    let matches = selector::takes(&owner.body["spec"]["selector"], &meta.labels);
    let free = owner.meta.deletion_timestamp.is_none() && meta.deletion_timestamp.is_none();
    match controller(meta) {
        Some(c) if c["uid"] != owner.meta.uid.as_str() => Claim::None,
        Some(_) if matches => Claim::Own,
        Some(_) if free => Claim::Release,
        Some(_) => Claim::None,
        None if matches && free => Claim::Adopt,
        None => Claim::None,
    }
}

/// The change of an object's owners that a claim asks for.
pub fn patch(claim: Claim, owner: &PlainObject, kind: &str, meta: &ObjectMeta) -> PatchRequest {
    let mut owners = meta.owner_references.clone();
    match claim {
        Claim::Adopt => owners.push(reference(owner)),
        _ => owners.retain(|r| r["uid"] != owner.meta.uid.as_str()),
    }
    let owners = if owners.is_empty() { Value::Null } else { owners.into() };
    merge(kind, &meta.name, false, json!({"metadata": {"ownerReferences": owners}}))
}

/// A merge patch of an object.
pub fn merge(kind: &str, name: &str, status: bool, patch: Value) -> PatchRequest {
    let change = Change::Patch(crate::api::patch::Patch::Merge(patch));
    PatchRequest { kind: kind.into(), name: name.into(), status, change }
}
