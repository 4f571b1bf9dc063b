//! What lies behind a volume of a Pod: something of its own, of its node, or of the cluster. Pure.

use super::carry_volumes::volumes;
use super::objects::Objects;
use crate::api::{Pod, storage};
use crate::base::json::Value;

/// What a volume is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Backing {
    /// Of the Pod itself, and gone with it.
    Own,
    /// A path of the node.
    Host {
        /// The path.
        path: String,
        /// `type` of a hostPath; `local` of a volume of that kind, which must be there.
        kind: String,
    },
    /// A volume somewhere on the network.
    Network {
        /// Its id.
        id: String,
        /// How many bytes it holds.
        limit: Option<u64>,
    },
}

/// What Events call the volume of this name: that of a claim by its own name.
/// Source: volume/plugins.go Spec.Name
pub fn event_name(objects: &Objects, pod: &Pod, name: &str) -> String {
    let volume = volumes(pod).find(|v| v["name"] == name).unwrap_or(&Value::Null);
    let claim = volume["persistentVolumeClaim"]["claimName"].as_str();
    let claim =
        claim.and_then(|name| objects.find("PersistentVolumeClaim", name, pod.meta.home()).ok());
    claim.map_or(name, storage::volume_of).to_string()
}

/// What lies behind this volume; the error is why it is not known.
/// Source: volumemanager/populator/desired_state_of_world_populator.go createVolumeSpec
pub fn backing(objects: &Objects, pod: &Pod, volume: &Value) -> Result<Backing, String> {
    let host = |source: &Value| source["path"].as_str().map(str::to_string);
    if let Some(path) = host(&volume["hostPath"]) {
        let kind = volume["hostPath"]["type"].as_str().unwrap_or_default().to_string();
        return Ok(Backing::Host { path, kind });
    }
    let Some(name) = volume["persistentVolumeClaim"]["claimName"].as_str() else {
        return Ok(Backing::Own);
    };
    let home = pod.meta.home();
    let wrong = |why: String| format!("error processing PVC {home}/{name}: {why}");
    let claim = objects.find("PersistentVolumeClaim", name, home).map_err(|_| {
        let missing = format!("persistentvolumeclaims \"{name}\" not found");
        wrong(format!("failed to fetch PVC from API server: {missing}"))
    })?;
    if !storage::is_bound(claim) {
        return Err(wrong("PVC is not bound".into()));
    }
    let volume = storage::volume_of(claim);
    let volume = objects.find("PersistentVolume", volume, home).map_err(|_| {
        let missing = format!("persistentvolumes \"{volume}\" not found");
        wrong(format!("failed to fetch PV: {missing}"))
    })?;
    let spec = &volume.body["spec"];
    if let Some(path) = host(&spec["local"]) {
        return Ok(Backing::Host { path, kind: "local".into() });
    }
    if let Some(path) = host(&spec["hostPath"]) {
        let kind = spec["hostPath"]["type"].as_str().unwrap_or_default().to_string();
        return Ok(Backing::Host { path, kind });
    }
    // Files that others serve know no size of the claim.
    let sized = !spec["nfs"].is_object();
    let limit = storage::capacity(volume).and_then(|size| u64::try_from(size.whole()).ok());
    Ok(Backing::Network { id: format!("pv/{}", volume.meta.name), limit: limit.filter(|_| sized) })
}
