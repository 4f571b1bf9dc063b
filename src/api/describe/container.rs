//! Containers: what they are to run, and what became of them.

use super::probe::probe;
use super::text::{Text, quoted};
use crate::api::print::values::{amount, at, go, is_set, items, or, quantity};
use crate::api::quantity::Quantity;
use crate::base::json::Value;
use crate::base::sort_by_key;

/// A list of containers. A template's stand two blanks further right and have no statuses.
/// Source: kubectl describe/describe.go describeContainers
pub fn containers(
    text: &mut Text,
    title: &str,
    list: &Value,
    statuses: &Value,
    pod: Option<&Value>,
) {
    let (space, name_space) = if pod.is_some() { ("", "  ") } else { ("  ", "   ") };
    text.put(&[space, title, ":", if is_set(list) { "" } else { " <none>" }, "\n"]);
    for container in items(list) {
        // The last status of this name, as in a map that is filled in order.
        let status = items(statuses).rev().find(|s| go(&s["name"]) == go(&container["name"]));
        text.put(&[name_space, &go(&container["name"]), ":\n"]);
        basics(text, container, status);
        words(text, "Command", &container["command"]);
        words(text, "Args", &container["args"]);
        if let Some(status) = status {
            state(text, "State", &status["state"]);
            if is_set(&status["lastState"]["terminated"]) {
                state(text, "Last State", &status["lastState"]);
            }
            let ready = if status["ready"] == true { "True" } else { "False" };
            text.put(&["    Ready:\t", ready, "\n"]);
            text.fill("    Restart Count:\t{restartCount?0}\n", status);
        }
        resources(text, &container["resources"], "    ");
        for (title, field) in [
            ("Liveness", "livenessProbe"),
            ("Readiness", "readinessProbe"),
            ("Startup", "startupProbe"),
        ] {
            if !container[field].is_null() {
                text.put(&["    ", title, ":\t", &probe(&container[field]), "\n"]);
            }
        }
        env_from(text, &container["envFrom"]);
        env(text, container, pod);
        mounts(text, container);
    }
}

fn basics(text: &mut Text, container: &Value, status: Option<&Value>) {
    if let Some(status) = status {
        text.fill("    Container ID:\t{containerID}\n", status);
    }
    text.fill("    Image:\t{image}\n", container);
    if let Some(status) = status {
        text.fill("    Image ID:\t{imageID}\n", status);
    }
    for (title, field) in [("Port", "containerPort"), ("Host Port", "hostPort")] {
        let ports = ports(&container["ports"], field, text.newer);
        let several = if ports.contains(',') { "s:\t" } else { ":\t" };
        text.put(&["    ", title, several, &or(ports, "<none>"), "\n"]);
    }
    text.fill(SECCOMP_OF_CONTAINER, container);
    local_profile(text, "      ", container);
}

const SECCOMP_OF_CONTAINER: &str = "~securityContext.seccompProfile~    SeccompProfile:\t\
    {securityContext.seccompProfile.type}\n";

/// The file of a seccomp profile that is on the node.
pub fn local_profile(text: &mut Text, indent: &str, of: &Value) {
    let profile = at(of, "securityContext.seccompProfile");
    if profile["type"] == "Localhost" {
        text.put(&[indent, "LocalhostProfile:\t", &go(&profile["localhostProfile"]), "\n"]);
    }
}

/// Ports with their protocols; kubectl 1.36 adds their names.
/// Source: describeContainerPorts, describeContainerHostPorts
pub fn ports(list: &Value, field: &str, with_names: bool) -> String {
    let port = |p: &Value| {
        let name = go(&p["name"]);
        let name = if with_names && !name.is_empty() {
            [" (", &name, ")"].concat()
        } else {
            String::new()
        };
        [&or(go(&p[field]), "0"), "/", &go(&p["protocol"]), &name].concat()
    };
    items(list).map(port).collect::<Vec<_>>().join(", ")
}

/// Source: describeContainerCommand
fn words(text: &mut Text, title: &str, list: &Value) {
    if is_set(list) {
        text.put(&["    ", title, ":\n"]);
    }
    for word in items(list) {
        go(word).split('\n').for_each(|line| text.put(&["      ", line, "\n"]));
    }
}

/// Source: describeStatus
fn state(text: &mut Text, title: &str, state: &Value) {
    let kinds = [("running", "Running"), ("waiting", "Waiting"), ("terminated", "Terminated")];
    let kind = kinds.iter().find(|(field, _)| !state[*field].is_null()).unwrap_or(&kinds[1]);
    text.put(&["    ", title, ":\t", kind.1, "\n"]);
    text.fill(
        match kind.0 {
            "running" => "      Started:\t{#startedAt}\n",
            "waiting" => "~reason~      Reason:\t{reason}\n",
            _ => {
                "~reason~      Reason:\t{reason}\n~message~      Message:\t{message}\n      \
                 Exit Code:\t{exitCode?0}\n~signal~      Signal:\t{signal}\n      \
                 Started:\t{#startedAt}\n      Finished:\t{#finishedAt}\n"
            }
        },
        &state[kind.0],
    );
}

/// Limits and requests, by name. Source: describeResources
pub fn resources(text: &mut Text, resources: &Value, indent: &str) {
    for (title, field) in [("Limits", "limits"), ("Requests", "requests")] {
        if is_set(&resources[field]) {
            text.put(&[indent, title, ":\n"]);
        }
        for (name, amount) in resources[field].as_object().into_iter().flatten() {
            text.put(&[indent, "  ", name, ":\t", &quantity(amount), "\n"]);
        }
    }
}

/// Source: describeContainerEnvFrom
fn env_from(text: &mut Text, list: &Value) {
    if is_set(list) {
        text.put(&["    Environment Variables from:\n"]);
    }
    for source in items(list) {
        let sources = [("configMapRef", "ConfigMap"), ("secretRef", "Secret")];
        let found = sources.iter().find(|(field, _)| !source[*field].is_null());
        let (of, kind) = found.map_or((&Value::Null, ""), |(field, kind)| (&source[*field], *kind));
        let prefix = go(&source["prefix"]);
        let prefix = match prefix.as_str() {
            "" => prefix,
            prefix => [" with prefix '", prefix, "'"].concat(),
        };
        text.put(&[
            "      ",
            &go(&of["name"]),
            "\t",
            kind,
            &prefix,
            "\tOptional: ",
            truth(of),
            "\n",
        ]);
    }
}

/// Whether a source may be missing.
fn truth(source: &Value) -> &'static str {
    if source["optional"] == true { "true" } else { "false" }
}

/// Source: describeContainerEnvVars
fn env(text: &mut Text, container: &Value, pod: Option<&Value>) {
    let list = &container["env"];
    text.put(&["    Environment:", if is_set(list) { "" } else { "\t<none>" }, "\n"]);
    for variable in items(list) {
        let (name, from) = (go(&variable["name"]), &variable["valueFrom"]);
        let name = ["      ", &name, ":"].concat();
        if from.is_null() {
            for (nth, line) in go(&variable["value"]).split('\n').enumerate() {
                text.put(&[if nth == 0 { &name } else { "      " }, "\t", line, "\n"]);
            }
        } else if is_set(&from["fieldRef"]) {
            let field = &from["fieldRef"];
            let (version, path) = (go(&field["apiVersion"]), go(&field["fieldPath"]));
            let value = pod.map_or(String::new(), |pod| field_value(pod, &path));
            text.put(&[&name, "\t", &value, " (", &version, ":", &path, ")\n"]);
        } else if is_set(&from["resourceFieldRef"]) {
            let resource = go(&from["resourceFieldRef"]["resource"]);
            let value = resource_value(&from["resourceFieldRef"], container);
            text.put(&[&name, "\t", &value, " (", &resource, ")\n"]);
        } else {
            key_of(text, &name, from);
        }
    }
}

fn key_of(text: &mut Text, name: &str, from: &Value) {
    for (field, kind) in [("secretKeyRef", "in secret"), ("configMapKeyRef", "of config map")] {
        let of = &from[field];
        if !of.is_null() {
            let (key, source) = (go(&of["key"]), go(&of["name"]));
            text.put(&[name, "\t<set to the key '", &key, "' ", kind, " '", &source]);
            text.put(&["'>\tOptional: ", truth(of), "\n"]);
            return;
        }
    }
}

/// kubectl's scheme knows two fields only: for others it shows no value.
/// Source: EnvValueRetriever; apimachinery DefaultMetaV1FieldSelectorConversion
fn field_value(pod: &Value, path: &str) -> String {
    match path {
        "metadata.name" | "metadata.namespace" => go(at(pod, path)),
        _ => String::new(),
    }
}

/// Source: component-helpers/resource/helpers.go ExtractContainerResourceValue
fn resource_value(reference: &Value, container: &Value) -> String {
    let resource = go(&reference["resource"]);
    let Some((list, name)) = resource.split_once('.') else { return String::new() };
    let amount_of = amount(&container["resources"][list][name]).unwrap_or(Quantity::ZERO);
    let one = Quantity::parse("1").unwrap_or(Quantity::ZERO);
    let divisor = amount(&reference["divisor"]).filter(|d| *d > Quantity::ZERO).unwrap_or(one);
    let (value, by) = match name {
        "cpu" => (amount_of.milli(), divisor.milli()),
        "memory" | "ephemeral-storage" => (amount_of.whole(), divisor.whole()),
        _ if name.starts_with("hugepages-") => (amount_of.whole(), divisor.whole()),
        _ => return String::new(),
    };
    match (value.saturating_add(by - 1) / by.max(1)).to_string() {
        zero if zero == "0" && matches!(resource.as_str(), "limits.cpu" | "limits.memory") => {
            "node allocatable".to_string()
        }
        value => value,
    }
}

/// Source: describeContainerVolumes
fn mounts(text: &mut Text, container: &Value) {
    let mut mounts: Vec<&Value> = items(&container["volumeMounts"]).collect();
    let none = if mounts.is_empty() { "\t<none>\n" } else { "\n" };
    text.put(&["    Mounts:", none]);
    sort_by_key(&mut mounts, |mount| go(&mount["mountPath"]));
    for mount in mounts {
        let flag = if mount["readOnly"] == true { "ro" } else { "rw" };
        let below = match is_set(&mount["subPath"]) {
            true => [",path=", &quoted(&mount["subPath"])].concat(),
            false => String::new(),
        };
        text.fill("      {mountPath} from {name} (", mount);
        text.put(&[flag, &below, ")\n"]);
    }
    let mut devices: Vec<&Value> = items(&container["volumeDevices"]).collect();
    if !devices.is_empty() {
        text.put(&["    Devices:", none]);
    }
    sort_by_key(&mut devices, |device| go(&device["devicePath"]));
    devices.iter().for_each(|device| text.fill("      {devicePath} from {name}\n", device));
}
