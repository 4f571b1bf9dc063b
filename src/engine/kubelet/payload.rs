//! The files of a volume that the API server's objects fill. Pure.

use super::downward;
use super::objects::Objects;
use crate::api::requests::Amounts;
use crate::api::{PlainObject, Pod, Timestamp};
use crate::base::json::{Value, json};
use crate::base::{SimTime, base64};
use crate::engine::cri::VolumeFile;

/// What such files are made of.
pub struct PayloadInputs<'a> {
    /// The Pod.
    pub pod: &'a Pod,
    /// What the node has for Pods.
    pub node: &'a Amounts,
    /// What the kubelet has of the cluster's objects.
    pub objects: &'a Objects,
    /// When the Pod's token was issued.
    pub token_at: SimTime,
}

/// Kinds of volumes that hold such files; they cannot be written.
pub const KINDS: [&str; 4] = ["configMap", "secret", "downwardAPI", "projected"];

type Files = Result<Vec<VolumeFile>, String>;

/// The files of `volume`; `None` if it is of another kind. The error is why it cannot be mounted.
pub fn files(inputs: &PayloadInputs, volume: &Value) -> Option<Files> {
    let kind = KINDS.into_iter().find(|kind| volume[*kind].is_object())?;
    let source = &volume[kind];
    let mode = source["defaultMode"].as_u64().unwrap_or(0o644) as u16;
    Some(match kind {
        "projected" => projected(inputs, source, mode),
        kind => one(inputs, kind, source, mode),
    })
}

/// Source: volume/projected/projected.go collectData
fn projected(inputs: &PayloadInputs, source: &Value, mode: u16) -> Files {
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    for part in source["sources"].as_array().into_iter().flatten() {
        for (kind, source) in part.as_object().into_iter().flatten() {
            match one(inputs, kind, source, mode) {
                Ok(files) => all.extend(files),
                Err(error) => errors.push(error),
            }
        }
    }
    match errors.as_slice() {
        [] => Ok(all),
        [one] => Err(one.clone()),
        many => Err(format!("[{}]", many.join(", "))),
    }
}

fn one(inputs: &PayloadInputs, kind: &str, source: &Value, mode: u16) -> Files {
    match kind {
        "configMap" => object(inputs, "ConfigMap", "name", source, mode),
        "secret" if source["secretName"].is_null() => {
            object(inputs, "Secret", "name", source, mode)
        }
        "secret" => object(inputs, "Secret", "secretName", source, mode),
        "downwardAPI" => Ok(downward_files(inputs, source, mode)),
        "serviceAccountToken" => Ok(vec![token_file(inputs, source, mode)]),
        _ => Ok(Vec::new()),
    }
}

/// Source: volume/configmap/configmap.go SetUpAt, MakePayload; volume/secret/secret.go
fn object(inputs: &PayloadInputs, kind: &str, name: &str, source: &Value, mode: u16) -> Files {
    let name = source[name].as_str().unwrap_or_default();
    let optional = source["optional"] == true;
    let found = match inputs.objects.find(kind, name, inputs.pod.meta.home()) {
        Err(_) if optional => return Ok(Vec::new()),
        found => found?,
    };
    let Some(items) = source["items"].as_array().filter(|items| !items.is_empty()) else {
        let file = |(path, bytes)| VolumeFile { path, bytes, mode };
        return Ok(found.entries().into_iter().map(file).collect());
    };
    let mut files = Vec::new();
    for item in items {
        match item_file(found, item, mode) {
            Ok(file) => files.push(file),
            Err(_) if optional => {}
            Err(key) if kind == "Secret" => {
                return Err(format!("references non-existent secret key: {key}"));
            }
            Err(key) => return Err(format!("configmap references non-existent config key: {key}")),
        }
    }
    Ok(files)
}

/// The error is the key that is missing.
fn item_file(object: &PlainObject, item: &Value, mode: u16) -> Result<VolumeFile, String> {
    let key = item["key"].as_str().unwrap_or_default();
    let entry = object.entries().into_iter().find(|(k, _)| k == key);
    let (_, bytes) = entry.ok_or_else(|| key.to_string())?;
    Ok(VolumeFile { path: path_of(item), bytes, mode: mode_of(item, mode) })
}

fn path_of(item: &Value) -> String {
    item["path"].as_str().unwrap_or_default().to_string()
}

fn mode_of(item: &Value, default: u16) -> u16 {
    item["mode"].as_u64().map_or(default, |mode| mode as u16)
}

/// Source: volume/downwardapi/downwardapi.go CollectData
fn downward_files(inputs: &PayloadInputs, source: &Value, mode: u16) -> Vec<VolumeFile> {
    let PayloadInputs { pod, node, .. } = inputs;
    let items = source["items"].as_array().into_iter().flatten();
    let file = |item: &Value| {
        let text = match item["fieldRef"]["fieldPath"].as_str() {
            Some(path) => downward::field(pod, path),
            None => {
                let reference = &item["resourceFieldRef"];
                let container = reference["containerName"].as_str().unwrap_or_default();
                downward::resource(reference, downward::raw_container(&pod.spec, container), node)
            }
        };
        let bytes = text.unwrap_or_default().into_bytes();
        VolumeFile { path: path_of(item), bytes, mode: mode_of(item, mode) }
    };
    items.map(file).collect()
}

/// A token that has the form of a real one; its signature is none.
/// Source: serviceaccount/claims.go Claims; volume/projected/projected.go
fn token_file(inputs: &PayloadInputs, source: &Value, mode: u16) -> VolumeFile {
    let (pod, issued) = (inputs.pod, Timestamp::at(inputs.token_at).0);
    let account = &pod.spec.service_account_name;
    let namespace = &pod.meta.namespace;
    let issuer = "https://kubernetes.default.svc.cluster.local";
    let audience = source["audience"].as_str().unwrap_or(issuer);
    let lives = source["expirationSeconds"].as_i64().unwrap_or(3600);
    let claims = json!({
        "aud": [audience], "exp": issued + lives, "iat": issued, "iss": issuer,
        "kubernetes.io": {"namespace": namespace, "node": {"name": pod.spec.node_name},
            "pod": {"name": pod.meta.name, "uid": pod.meta.uid},
            "serviceaccount": {"name": account}},
        "nbf": issued, "sub": format!("system:serviceaccount:{namespace}:{account}"),
    });
    let header = json!({"alg": "RS256", "kid": "lifepod"});
    let url = |text: String| {
        let text = base64::encode(text.as_bytes());
        text.trim_end_matches('=').replace('+', "-").replace('/', "_")
    };
    let signature = url(format!("not signed: {}", pod.meta.uid));
    let token = [url(header.to_string()), url(claims.to_string()), signature].join(".");
    let user = pod.spec.raw["securityContext"]["runAsUser"].is_u64();
    let group = pod.spec.raw["securityContext"]["fsGroup"].is_u64();
    let mode = if user || group { 0o600 } else { mode };
    VolumeFile { path: path_of(source), bytes: token.into_bytes(), mode }
}
