//! Whether a Pod's claims let it be scheduled, and where. Pure.
//!
//! Source: scheduler framework/plugins/volumebinding

use crate::api::node::Node;
use crate::api::{PlainObject, Pod, storage};
use crate::base::Map;
use crate::engine::trace::WatchType;
use std::rc::Rc;

/// Claims, volumes and classes, as the scheduler has heard of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Volumes {
    objects: Map<(String, String), Rc<PlainObject>>,
}

impl Volumes {
    /// Takes in a change; whether it may help a Pod that waits.
    pub fn changed(&mut self, kind: WatchType, object: &Rc<PlainObject>) -> bool {
        let kinds = ["PersistentVolumeClaim", "PersistentVolume", "StorageClass"];
        if !kinds.contains(&object.kind.as_str()) {
            return false;
        }
        let key = (object.kind.clone(), object.meta.name.clone());
        if kind == WatchType::Deleted {
            self.objects.remove(&key);
            return false;
        }
        self.objects.insert(key, object.clone());
        true
    }

    fn find(&self, kind: &str, name: &str) -> Option<&PlainObject> {
        self.objects.get(&(kind.to_string(), name.to_string())).map(|object| &**object)
    }

    fn claims<'a>(
        &'a self,
        pod: &'a Pod,
    ) -> impl Iterator<Item = (&'a str, Option<&'a PlainObject>)> {
        let claim = |name: &'a str| {
            let found = self.find("PersistentVolumeClaim", name);
            (name, found.filter(|claim| claim.meta.is_beside(&pod.meta)))
        };
        claims_of(pod).map(claim)
    }

    fn class(&self, claim: &PlainObject) -> Option<&PlainObject> {
        self.find("StorageClass", storage::class_of(claim))
    }

    /// Why no node will do.
    pub fn objection(&self, pod: &Pod) -> Option<String> {
        for (name, claim) in self.claims(pod) {
            let Some(claim) = claim else {
                return Some(format!("persistentvolumeclaim \"{name}\" not found"));
            };
            if !storage::is_bound(claim) && !storage::waits_for_consumer(self.class(claim)) {
                return Some("pod has unbound immediate PersistentVolumeClaims".into());
            }
        }
        None
    }

    /// Why this node will not do.
    pub fn misfit(&self, pod: &Pod, node: &Node) -> Option<&'static str> {
        let why = |claim: &PlainObject| {
            if storage::is_bound(claim) {
                let Some(volume) = self.find("PersistentVolume", storage::volume_of(claim)) else {
                    return Some(
                        "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)",
                    );
                };
                let usable = storage::is_usable_on(volume, node);
                return (!usable)
                    .then_some("node(s) didn't match PersistentVolume's node affinity");
            }
            let class = storage::class_of(claim);
            let made = storage::provisioner(class, self.class(claim)).is_some();
            let mut volumes = self.objects.values().filter(|o| o.kind == "PersistentVolume");
            let there = made || volumes.any(|v| storage::serves(v, claim, Some(node)));
            (!there).then_some("node(s) didn't find available persistent volumes to bind")
        };
        self.claims(pod).filter_map(|(_, claim)| claim).find_map(why)
    }
}

/// The claims that a Pod's volumes name.
fn claims_of(pod: &Pod) -> impl Iterator<Item = &str> {
    let volumes = pod.spec.raw["volumes"].as_array().into_iter().flatten();
    volumes.filter_map(|v| v["persistentVolumeClaim"]["claimName"].as_str())
}
