//! Claims and their volumes: which volume a claim gets, and what becomes of it after the claim.
//!
//! Source: controller/volume/persistentvolume/pv_controller.go syncUnboundClaim, syncVolume
//!
//! DIFFERENCE: a controller and a provisioner do this beside the API server, within a second or
//! some; here it is done with the write that makes it possible. A claim that Pods use goes at
//! once when it is deleted; upstream a finalizer keeps it until the last such Pod is gone.

use super::store::ApiServer;
use crate::api::node::Node;
use crate::api::{PlainObject, Pod, storage};
use crate::base::json::{Value, json};
use crate::engine::cx::Cx;
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

/// The kinds whose changes may bind a claim.
const KINDS: [&str; 3] = ["PersistentVolumeClaim", "PersistentVolume", "StorageClass"];

impl ApiServer {
    /// Something of these kinds was written: claims that can have a volume get it.
    pub(super) fn settle_claims(&mut self, kind: &str, cx: &mut Cx) {
        if !KINDS.contains(&kind) {
            return;
        }
        for claim in self.of_kind("PersistentVolumeClaim") {
            if !storage::is_bound(&claim) {
                self.settle(&claim, None, cx);
            }
        }
    }

    /// A Pod goes to a node: its claims that waited for that get volumes which the node can use.
    /// Source: scheduler framework/plugins/volumebinding PreBind
    pub(super) fn settle_for(&mut self, pod: &Pod, node: &str, cx: &mut Cx) {
        let Some(node) = self.plain("Node", node).map(|node| Node::read(node)) else { return };
        let volumes = pod.spec.raw["volumes"].as_array().into_iter().flatten();
        for name in volumes.filter_map(|v| v["persistentVolumeClaim"]["claimName"].as_str()) {
            let claim = self.plain("PersistentVolumeClaim", name).cloned();
            let claim = claim.filter(|claim| claim.meta.is_beside(&pod.meta));
            if let Some(claim) = claim.filter(|claim| !storage::is_bound(claim)) {
                self.settle(&claim, Some(&node), cx);
            }
        }
    }

    fn of_kind(&self, kind: &str) -> Vec<Rc<PlainObject>> {
        self.plain_objects().filter(|o| o.kind == kind).cloned().collect()
    }

    fn settle(&mut self, claim: &PlainObject, node: Option<&Node>, cx: &mut Cx) {
        let name = storage::class_of(claim);
        let class = self.plain("StorageClass", name).cloned();
        let class = class.as_deref();
        let volumes = self.of_kind("PersistentVolume");
        let wanted = storage::volume_of(claim);
        if storage::waits_for_consumer(class) && node.is_none() && wanted.is_empty() {
            return;
        }
        let fitting = volumes.iter().filter(|v| storage::serves(v, claim, node));
        // The smallest that is large enough.
        let found = fitting.min_by(|a, b| storage::capacity(a).cmp(&storage::capacity(b)));
        if let Some(volume) = found {
            return self.bind_claim(claim, volume, "found", cx);
        }
        let Some(by) = storage::provisioner(name, class).filter(|_| wanted.is_empty()) else {
            return;
        };
        let policy = class.and_then(|c| c.body["reclaimPolicy"].as_str()).unwrap_or("Delete");
        let volume = self.provisioned(claim, by, policy, cx);
        self.bind_claim(claim, &volume, "made", cx);
    }

    /// A network volume as large as the claim asks.
    fn provisioned(
        &mut self,
        claim: &PlainObject,
        by: &str,
        policy: &str,
        cx: &mut Cx,
    ) -> PlainObject {
        let name = format!("pvc-{}", claim.meta.uid);
        let wants = &claim.body["spec"];
        let spec = json!({
            "accessModes": wants["accessModes"].clone(),
            "capacity": wants["resources"]["requests"].clone(),
            "csi": {"driver": by, "volumeHandle": name.as_str()},
            "persistentVolumeReclaimPolicy": policy,
            "storageClassName": storage::class_of(claim),
            "volumeMode": "Filesystem",
        });
        let meta = crate::api::ObjectMeta { name, ..Default::default() };
        let mut meta = self.new_meta(meta, cx);
        meta.namespace = String::new();
        meta.generation = 0;
        let body = json!({"spec": spec, "status": {"phase": "Available"}});
        let volume = PlainObject { kind: "PersistentVolume".into(), meta, body };
        self.write_plain(WatchType::Added, volume.clone(), cx);
        volume
    }

    fn bind_claim(&mut self, claim: &PlainObject, volume: &PlainObject, how: &str, cx: &mut Cx) {
        let mut volume = volume.clone();
        volume.body["spec"]["claimRef"] = json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": claim.meta.name.as_str(),
            "namespace": claim.meta.home(), "uid": claim.meta.uid.as_str()});
        volume.body["status"]["phase"] = "Bound".into();
        let mut claim = claim.clone();
        claim.body["spec"]["volumeName"] = volume.meta.name.as_str().into();
        let spec = &volume.body["spec"];
        claim.body["status"] = json!({"accessModes": spec["accessModes"].clone(),
            "capacity": spec["capacity"].clone(), "phase": "Bound"});
        for what in ["bind-completed", "bound-by-controller"] {
            let key = format!("pv.kubernetes.io/{what}");
            claim.meta.annotations.insert(key, "yes".into());
        }
        let facts = vec![
            ("claim", claim.meta.name.as_str().into()),
            ("volume", volume.meta.name.as_str().into()),
            ("how", how.into()),
        ];
        cx.cite(Subject::default(), Rule::ClaimBound, facts);
        self.write_plain(WatchType::Modified, volume, cx);
        self.write_plain(WatchType::Modified, claim, cx);
    }

    /// A claim is gone: its volume goes with it, or stays as it is for somebody to look after.
    /// Source: pv_controller.go reclaimVolume
    pub(super) fn claim_deleted(&mut self, claim: &PlainObject, cx: &mut Cx) {
        let volume = self.plain("PersistentVolume", storage::volume_of(claim)).cloned();
        let Some(volume) = volume.filter(|v| is_for(v, claim)) else { return };
        let mut volume = (*volume).clone();
        let policy = volume.body["spec"]["persistentVolumeReclaimPolicy"].clone();
        let deletes = policy == "Delete";
        let facts = vec![
            ("volume", volume.meta.name.as_str().into()),
            ("policy", policy.as_str().unwrap_or_default().into()),
        ];
        cx.cite(Subject::default(), Rule::ClaimReleased, facts);
        volume.body["status"]["phase"] = "Released".into();
        self.write_plain(WatchType::Modified, volume.clone(), cx);
        if deletes {
            self.write_plain(WatchType::Deleted, volume, cx);
        }
    }
}

fn is_for(volume: &PlainObject, claim: &PlainObject) -> bool {
    volume.body["spec"]["claimRef"]["uid"] == claim.meta.uid.as_str()
}

/// What a new object of such a kind is stored with, beside what was written.
/// Source: core/v1/defaults.go SetDefaults_PersistentVolume; storage/v1/defaults.go
pub(super) fn defaults(kind: &str, fields: &mut crate::base::json::Map<String, Value>) {
    let fill = |list: &mut Value, pairs: &[(&str, &str)]| {
        for (field, value) in pairs {
            if list[*field].is_null() {
                list[*field] = (*value).into();
            }
        }
    };
    match kind {
        "PersistentVolumeClaim" => {
            let spec = fields.entry("spec").or_insert_with(|| json!({}));
            let class = ("storageClassName", storage::DEFAULT_CLASS);
            fill(spec, &[("volumeMode", "Filesystem"), class]);
            fields.insert("status".into(), json!({"phase": "Pending"}));
        }
        "PersistentVolume" => {
            let spec = fields.entry("spec").or_insert_with(|| json!({}));
            let policy = ("persistentVolumeReclaimPolicy", "Retain");
            fill(spec, &[policy, ("volumeMode", "Filesystem")]);
            fields.insert("status".into(), json!({"phase": "Available"}));
        }
        _ => {
            let policy = fields.entry("reclaimPolicy").or_insert_with(|| "Delete".into()).clone();
            fields.insert("reclaimPolicy".into(), policy);
            fields.entry("volumeBindingMode").or_insert_with(|| "Immediate".into());
        }
    }
}
