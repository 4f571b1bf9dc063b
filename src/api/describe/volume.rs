//! Volumes: one template each.

use super::text::Text;
use crate::api::print::values::{amount, go, is_set, items, join};
use crate::api::quantity::Quantity;
use crate::base::json::Value;

/// The volumes of a Pod, or of a template (two blanks further right).
/// Source: kubectl describe/describe.go describeVolumes
pub fn volumes(text: &mut Text, list: &Value, space: &str) {
    let none = if is_set(list) { "\n" } else { "\t<none>\n" };
    text.put(&[space, "Volumes:", none]);
    for volume in items(list) {
        let indent = if space.is_empty() { "  " } else { "   " };
        text.put(&[indent, &go(&volume["name"]), ":\n"]);
        source(text, volume, SOURCES);
    }
}

/// The source of a PersistentVolume.
pub fn persistent(text: &mut Text, spec: &Value) {
    source(text, spec, &[PERSISTENT, SOURCES].concat());
}

fn source(text: &mut Text, volume: &Value, sources: &[(&str, &str)]) {
    let found = sources.iter().find(|(field, _)| !volume[*field].is_null());
    let Some((field, template)) = found else { return text.put(&["  <unknown>\n"]) };
    let of = &volume[*field];
    text.put(&["    Type:\t"]);
    text.fill(template, of);
    match *field {
        "emptyDir" => {
            let limit = amount(&of["sizeLimit"]).filter(|limit| *limit > Quantity::ZERO);
            let limit = limit.map_or("<unset>".to_string(), |limit| limit.to_string());
            text.put(&["    SizeLimit:\t", &limit, "\n"]);
        }
        "projected" => items(&of["sources"]).for_each(|source| projected(text, source)),
        "downwardAPI" => items(&of["items"]).for_each(|item| {
            text.fill("~fieldRef~      {fieldRef.fieldPath} -> {path}\n", item);
            text.fill("~resourceFieldRef~      {resourceFieldRef.resource} -> {path}\n", item);
        }),
        "csi" => attributes(text, &of["volumeAttributes"]),
        "fc" => {
            text.put(&["    TargetWWNs:\t", &join(&of["targetWWNs"], ", "), "\n"]);
            text.fill(
                "    LUN:\t{lun?<none>}\n    FSType:\t{fsType}\n    ReadOnly:\t{readOnly?false}\n",
                of,
            );
        }
        "ephemeral" if is_set(&of["volumeClaimTemplate"]) => {
            let mut claim = Text { out: String::new(), now: text.now, newer: text.newer };
            super::storage::claim(&mut claim, &of["volumeClaimTemplate"], false);
            claim.out.lines().for_each(|line| text.put(&["    ", line, "\n"]));
        }
        _ => {}
    }
}

/// Source: printProjectedVolumeSource. Of a `optional` that is set, kubectl 1.32 prints where it
/// is in memory; what later ones print stands for it.
fn projected(text: &mut Text, source: &Value) {
    let kinds = [
        ("secret", "SecretName", "SecretOptionalName"),
        ("downwardAPI", "DownwardAPI", ""),
        ("configMap", "ConfigMapName", "ConfigMapOptional"),
        ("serviceAccountToken", "TokenExpirationSeconds", ""),
    ];
    let Some((field, title, old)) = kinds.iter().find(|(f, ..)| !source[*f].is_null()) else {
        return;
    };
    let of = &source[*field];
    let value = match *field {
        "downwardAPI" => "true".to_string(),
        "serviceAccountToken" => go(&of["expirationSeconds"]),
        _ => go(&of["name"]),
    };
    text.put(&["    ", title, ":\t", &value, "\n"]);
    if !old.is_empty() {
        let (old, unset) = if text.newer { ("Optional", "false") } else { (*old, "<nil>") };
        match of["optional"].as_bool() {
            None => text.put(&["    ", old, ":\t", unset, "\n"]),
            Some(optional) => text.put(&["    Optional:\t", &optional.to_string(), "\n"]),
        }
    }
}

/// Source: printCSIPersistentVolumeAttributesMultiline
fn attributes(text: &mut Text, map: &Value) {
    text.put(&["    VolumeAttributes:\t"]);
    if !is_set(map) {
        text.put(&["<none>\n"]);
    }
    for (nth, (key, value)) in map.as_object().into_iter().flatten().enumerate() {
        let line = [key, "=", &go(value)].concat();
        let line = line.get(..140).map_or(line.clone(), |start| match line.len() {
            140 => line.clone(),
            _ => [start, "..."].concat(),
        });
        text.put(&[if nth > 0 { "    \t    " } else { "    " }, &line, "\n"]);
    }
}

/// What is written of each kind of volume behind `Type:`, in the order in which they are sought.
const SOURCES: &[(&str, &str)] = &[
    (
        "hostPath",
        "HostPath (bare host directory volume)\n    Path:\t{path}\n    \
         HostPathType:\t{type?<none>}\n",
    ),
    (
        "emptyDir",
        "EmptyDir (a temporary directory that shares a pod's lifetime)\n    Medium:\t{medium}\n",
    ),
    (
        "gcePersistentDisk",
        "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)\n    \
         PDName:\t{pdName}\n    FSType:\t{fsType}\n    Partition:\t{partition?0}\n    \
         ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "awsElasticBlockStore",
        "AWSElasticBlockStore (a Persistent Disk resource in AWS)\n    VolumeID:\t{volumeID}\n    \
         FSType:\t{fsType}\n    Partition:\t{partition?0}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "gitRepo",
        "GitRepo (a volume that is pulled from git when the pod is created)\n    \
         Repository:\t{repository}\n    Revision:\t{revision}\n",
    ),
    (
        "secret",
        "Secret (a volume populated by a Secret)\n    SecretName:\t{secretName}\n    \
         Optional:\t{optional?false}\n",
    ),
    (
        "configMap",
        "ConfigMap (a volume populated by a ConfigMap)\n    Name:\t{name}\n    \
         Optional:\t{optional?false}\n",
    ),
    (
        "nfs",
        "NFS (an NFS mount that lasts the lifetime of a pod)\n    Server:\t{server}\n    \
         Path:\t{path}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "iscsi",
        "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then \
         exposed to the pod)\n    TargetPortal:\t{targetPortal}\n    IQN:\t{iqn}\n    \
         Lun:\t{lun?0}\n    ISCSIInterface\t{iscsiInterface}\n    FSType:\t{fsType}\n    \
         ReadOnly:\t{readOnly?false}\n    Portals:\t{portals?[]}\n    \
         DiscoveryCHAPAuth:\t{chapAuthDiscovery?false}\n    \
         SessionCHAPAuth:\t{chapAuthSession?false}\n    SecretRef:\t{^secretRef}\n    \
         InitiatorName:\t{initiatorName?<none>}\n",
    ),
    (
        "glusterfs",
        "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)\n    \
         EndpointsName:\t{endpoints}\n    Path:\t{path}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "persistentVolumeClaim",
        "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)\n    \
         ClaimName:\t{claimName}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "ephemeral",
        "EphemeralVolume (an inline specification for a volume that gets created and deleted with \
         the pod)\n",
    ),
    (
        "rbd",
        "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)\n    \
         CephMonitors:\t{monitors?[]}\n    RBDImage:\t{image}\n    FSType:\t{fsType}\n    \
         RBDPool:\t{pool}\n    RadosUser:\t{user}\n    Keyring:\t{keyring}\n    \
         SecretRef:\t{^secretRef}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "quobyte",
        "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)\n    \
         Registry:\t{registry}\n    Volume:\t{volume}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    ("downwardAPI", "DownwardAPI (a volume populated by information about the pod)\n    Items:\n"),
    (
        "azureDisk",
        "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)\n    \
         DiskName:\t{diskName}\n    DiskURI:\t{diskURI}\n    Kind: \t{kind}\n    \
         FSType:\t{fsType}\n    CachingMode:\t{cachingMode}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "vsphereVolume",
        "vSphereVolume (a Persistent Disk resource in vSphere)\n    VolumePath:\t{volumePath}\n    \
         FSType:\t{fsType}\n    StoragePolicyName:\t{storagePolicyName}\n",
    ),
    (
        "cinder",
        "Cinder (a Persistent Disk resource in OpenStack)\n    VolumeID:\t{volumeID}\n    \
         FSType:\t{fsType}\n    ReadOnly:\t{readOnly?false}\n    SecretRef:\t{^secretRef}\n",
    ),
    (
        "photonPersistentDisk",
        "PhotonPersistentDisk (a Persistent Disk resource in photon platform)\n    \
         PdID:\t{pdID}\n    FSType:\t{fsType}\n",
    ),
    ("portworxVolume", "PortworxVolume (a Portworx Volume resource)\n    VolumeID:\t{volumeID}\n"),
    (
        "scaleIO",
        "ScaleIO (a persistent volume backed by a block device in ScaleIO)\n    \
         Gateway:\t{gateway}\n    System:\t{system}\n    \
         Protection Domain:\t{protectionDomain}\n    Storage Pool:\t{storagePool}\n    \
         Storage Mode:\t{storageMode}\n    \
         VolumeName:\t{volumeName}\n    FSType:\t{fsType}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "cephfs",
        "CephFS (a CephFS mount on the host that shares a pod's lifetime)\n    \
         Monitors:\t{monitors?[]}\n    Path:\t{path}\n    User:\t{user}\n    \
         SecretFile:\t{secretFile}\n    SecretRef:\t{^secretRef}\n    \
         ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "storageos",
        "StorageOS (a StorageOS Persistent Disk resource)\n    VolumeName:\t{volumeName}\n    \
         VolumeNamespace:\t{volumeNamespace}\n    FSType:\t{fsType}\n    \
         ReadOnly:\t{readOnly?false}\n",
    ),
    ("fc", "FC (a Fibre Channel disk)\n"),
    (
        "azureFile",
        "AzureFile (an Azure File Service mount on the host and bind mount to the pod)\n    \
         SecretName:\t{secretName}\n    ShareName:\t{shareName}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "flexVolume",
        "FlexVolume (a generic volume resource that is provisioned/attached using an exec based \
         plugin)\n    Driver:\t{driver}\n    FSType:\t{fsType}\n    SecretRef:\t{^secretRef}\n    \
         ReadOnly:\t{readOnly?false}\n    Options:\t{options?map[]}\n",
    ),
    (
        "flocker",
        "Flocker (a Flocker volume mounted by the Flocker agent)\n    DatasetName:\t{datasetName}\n    \
         DatasetUUID:\t{datasetUUID}\n",
    ),
    ("projected", "Projected (a volume that contains injected data from multiple sources)\n"),
    (
        "csi",
        "CSI (a Container Storage Interface (CSI) volume source)\n    Driver:\t{driver}\n    \
         FSType:\t{fsType}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "image",
        "Image (a container image or OCI artifact)\n    Reference:\t{reference}\n    \
         PullPolicy:\t{pullPolicy}\n",
    ),
];

/// Those that are written otherwise of a PersistentVolume.
const PERSISTENT: &[(&str, &str)] = &[
    (
        "local",
        "LocalVolume (a persistent volume backed by local storage on a node)\n    Path:\t{path}\n",
    ),
    (
        "csi",
        "CSI (a Container Storage Interface (CSI) volume source)\n    Driver:\t{driver}\n    \
         FSType:\t{fsType}\n    VolumeHandle:\t{volumeHandle}\n    ReadOnly:\t{readOnly?false}\n",
    ),
    (
        "glusterfs",
        "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)\n    \
         EndpointsName:\t{endpoints}\n    EndpointsNamespace:\t{endpointsNamespace?<unset>}\n    \
         Path:\t{path}\n    ReadOnly:\t{readOnly?false}\n",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_volume_is_told_by_its_template() {
        let mut text = Text::new(crate::api::EPOCH, false);
        volumes(&mut text, &json!([{"name": "v", "hostPath": {"path": "/x"}}]), "");
        let want = "Volumes:\n  v:\n    Type:          HostPath (bare host directory volume)\n    \
                    Path:          /x\n    HostPathType:  <none>\n";
        assert_eq!(text.finish(), want);
        for (field, template) in SOURCES.iter().chain(PERSISTENT) {
            assert!(template.ends_with('\n') && !field.is_empty(), "{field}");
            assert_eq!(template.matches('{').count(), template.matches('}').count(), "{field}");
        }
    }
}
