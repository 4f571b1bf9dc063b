//! Volumes of the cluster, the claims to them, and classes: what the binder, the scheduler and
//! the kubelet read of them.
//!
//! Source: component-helpers/storage/volume; controller/volume/persistentvolume

use super::affinity;
use super::node::Node;
use super::object::PlainObject;
use super::quantity::Quantity;
use crate::base::json::Value;

/// The class that a cluster here has from the start, and that claims without a class get.
pub const DEFAULT_CLASS: &str = "standard";
/// What classes name whose volumes somebody else makes.
const NO_PROVISIONER: &str = "kubernetes.io/no-provisioner";

/// Whether a claim has its volume.
pub fn is_bound(claim: &PlainObject) -> bool {
    claim.body["status"]["phase"] == "Bound"
}

/// The volume that a claim is for; empty if it has none yet.
pub fn volume_of(claim: &PlainObject) -> &str {
    claim.body["spec"]["volumeName"].as_str().unwrap_or_default()
}

/// The class of a claim or of a volume.
pub fn class_of(object: &PlainObject) -> &str {
    object.body["spec"]["storageClassName"].as_str().unwrap_or_default()
}

/// Whether claims of this class wait for a Pod that uses them.
pub fn waits_for_consumer(class: Option<&PlainObject>) -> bool {
    class.is_some_and(|c| c.body["volumeBindingMode"] == "WaitForFirstConsumer")
}

/// What makes volumes for claims of the class of this name, if anything does.
pub fn provisioner<'a>(name: &str, class: Option<&'a PlainObject>) -> Option<&'a str> {
    let own = class.map(|c| c.body["provisioner"].as_str().unwrap_or_default());
    let given = own.or((name == DEFAULT_CLASS).then_some("lifepod.dev/network"))?;
    (given != NO_PROVISIONER).then_some(given)
}

/// Whether Pods on this node may use the volume.
/// Source: component-helpers/storage/volume/helpers.go CheckNodeAffinity
pub fn is_usable_on(volume: &PlainObject, node: &Node) -> bool {
    let terms = &volume.body["spec"]["nodeAffinity"]["required"]["nodeSelectorTerms"];
    terms.as_array().is_none_or(|all| all.iter().any(|term| affinity::term_matches(term, node)))
}

/// Whether the volume can serve the claim, on this node if one is given.
/// Source: component-helpers/storage/volume/pv_helpers.go FindMatchingVolume
pub fn serves(volume: &PlainObject, claim: &PlainObject, node: Option<&Node>) -> bool {
    let (has, wants) = (&volume.body["spec"], &claim.body["spec"]);
    let taken = &has["claimRef"];
    let free = match taken["name"].as_str() {
        None => volume.body["status"]["phase"] == "Available",
        Some(name) => {
            let uid = taken["uid"].as_str().unwrap_or(&claim.meta.uid);
            name == claim.meta.name && uid == claim.meta.uid
        }
    };
    let modes = |of: &Value| of["accessModes"].as_array().cloned().unwrap_or_default();
    let own = modes(has);
    let asked = wants["volumeName"].as_str().is_none_or(|name| name == volume.meta.name);
    let labels = wants["selector"]["matchLabels"].as_object().into_iter().flatten();
    let mut labels = labels.map(|(k, v)| (volume.meta.labels.get(k), v.as_str()));
    free && asked
        && class_of(volume) == class_of(claim)
        && modes(wants).iter().all(|mode| own.contains(mode))
        && labels.all(|(own, wanted)| own.map(String::as_str) == wanted)
        && capacity(volume) >= size(&wants["resources"]["requests"]["storage"])
        && node.is_none_or(|node| is_usable_on(volume, node))
}

/// How much a volume holds.
pub fn capacity(volume: &PlainObject) -> Option<Quantity> {
    size(&volume.body["spec"]["capacity"]["storage"])
}

fn size(value: &Value) -> Option<Quantity> {
    match value {
        Value::String(text) => Quantity::parse(text),
        Value::Number(number) => Quantity::parse(&number.to_string()),
        _ => None,
    }
}
