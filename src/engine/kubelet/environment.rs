//! The environment of a container, from all its sources. Pure.

use super::downward;
use super::env_file::{self, EnvFile};
use super::expansion::expand;
use super::objects::Objects;
use crate::api::Pod;
use crate::api::requests::Amounts;
use crate::base::Map;
use crate::base::json::Value;

/// What an environment is made of.
pub struct EnvironmentInputs<'a> {
    /// The Pod.
    pub pod: &'a Pod,
    /// The container's name.
    pub container: &'a str,
    /// The Pod's address.
    pub ip: &'a str,
    /// The node's address.
    pub host_ip: &'a str,
    /// What the node has for Pods.
    pub node: &'a Amounts,
    /// What the kubelet has of the cluster's objects.
    pub objects: &'a Objects,
    /// The files of volumes that variables are read from.
    pub files: &'a [EnvFile],
}

type Variables = Vec<(String, String)>;

/// Makes the environment: `envFrom`, then `env`, which may use what came before, then the
/// variables of Services. The error is why the container cannot be created.
///
/// The kubelet hands the variables on in an order of chance; here they keep the order in which
/// they are declared.
/// Source: kubelet_pods.go makeEnvironmentVariables
pub fn environment(inputs: &EnvironmentInputs) -> Result<Variables, String> {
    let container = downward::raw_container(&inputs.pod.spec, inputs.container);
    let links = inputs.pod.spec.raw["enableServiceLinks"] != false;
    let services = inputs.objects.service_variables(links, inputs.pod.meta.home());
    let mut env = Variables::new();
    for source in list(&container["envFrom"]) {
        from_object(source, inputs, &mut env)?;
    }
    for variable in list(&container["env"]) {
        let name = variable["name"].as_str().unwrap_or_default();
        let value = match variable["value"].as_str().unwrap_or_default() {
            "" => from_reference(inputs, container, &variable["valueFrom"])?,
            text => Some(expand(text, &mut |name| lookup(&env, &services, name))),
        };
        if let Some(value) = value {
            set(&mut env, name, value);
        }
    }
    for (name, value) in services.iter() {
        if !env.iter().any(|(n, _)| n == name) {
            env.push((name.clone(), value.clone()));
        }
    }
    Ok(env)
}

fn lookup(env: &Variables, services: &Map<String, String>, name: &str) -> Option<String> {
    let own = env.iter().find(|(n, _)| n == name).map(|(_, value)| value);
    own.or_else(|| services.get(name)).cloned()
}

fn set(env: &mut Variables, name: &str, value: String) {
    match env.iter_mut().find(|(n, _)| n == name) {
        Some(entry) => entry.1 = value,
        None => env.push((name.to_string(), value)),
    }
}

fn from_object(
    source: &Value,
    inputs: &EnvironmentInputs,
    env: &mut Variables,
) -> Result<(), String> {
    let prefix = source["prefix"].as_str().unwrap_or_default();
    for (field, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
        let reference = &source[field];
        if !reference.is_object() {
            continue;
        }
        let name = reference["name"].as_str().unwrap_or_default();
        let object = match inputs.objects.find(kind, name, inputs.pod.meta.home()) {
            Err(_) if reference["optional"] == true => return Ok(()),
            found => found?,
        };
        // Since 1.34 every key that the API takes may be a name.
        let keys = object.body["data"].as_object().into_iter().flat_map(|data| data.keys());
        for key in keys {
            let value = object.text(key).unwrap_or_default();
            set(env, &format!("{prefix}{key}"), value);
        }
    }
    Ok(())
}

fn from_reference(
    inputs: &EnvironmentInputs,
    container: &Value,
    from: &Value,
) -> Result<Option<String>, String> {
    for (field, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
        if from[field].is_object() {
            return from_key(inputs.objects, kind, &from[field], inputs.pod.meta.home());
        }
    }
    if let Some(path) = from["fieldRef"]["fieldPath"].as_str() {
        return Ok(Some(from_field(inputs, path)));
    }
    if from["fileKeyRef"].is_object() {
        return env_file::value(inputs.pod, inputs.files, &from["fileKeyRef"]);
    }
    if from["resourceFieldRef"].is_object() {
        let reference = &from["resourceFieldRef"];
        let other = reference["containerName"].as_str().filter(|name| !name.is_empty());
        let of = other.map_or(container, |n| downward::raw_container(&inputs.pod.spec, n));
        return Ok(Some(downward::resource(reference, of, inputs.node).unwrap_or_default()));
    }
    Ok(Some(String::new()))
}

fn from_key(
    objects: &Objects,
    kind: &str,
    reference: &Value,
    namespace: &str,
) -> Result<Option<String>, String> {
    let text = |field: &str| reference[field].as_str().unwrap_or_default();
    let (name, key) = (text("name"), text("key"));
    let optional = reference["optional"] == true;
    let object = match objects.find(kind, name, namespace) {
        Err(_) if optional => return Ok(None),
        found => found?,
    };
    match object.text(key) {
        None if !optional => Err(format!("couldn't find key {key} in {kind} {namespace}/{name}")),
        value => Ok(value),
    }
}

/// Source: kubelet_pods.go podFieldSelectorRuntimeValue
fn from_field(inputs: &EnvironmentInputs, path: &str) -> String {
    match path {
        "status.hostIP" | "status.hostIPs" => inputs.host_ip.to_string(),
        "status.podIP" | "status.podIPs" => inputs.ip.to_string(),
        path => downward::field(inputs.pod, path).unwrap_or_default(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
