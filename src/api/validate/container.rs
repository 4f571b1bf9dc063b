//! Validation of what all containers have in common.
//!
//! Source: validation.go validateContainerCommon, validateContainerPorts,
//! ValidateVolumeMounts, validateContainerRestartPolicy.

use serde_json::Value;

use super::containers::Around;
use super::errors::{Errors, is_set, items, number, text};
use super::{env, names, resources, security};

/// Validates one container of any list.
pub(super) fn common(e: &mut Errors, container: &Value, around: &Around) {
    let name = text(container, "name");
    if e.must_have(container, "name", "api.name") {
        e.at("name", |e| e.all(name, names::container_name(name), "api.name"));
    }
    e.must_have(container, "image", "api.image");
    let policies = ["File", "FallbackToLogsOnError"];
    e.one_of(container, "terminationMessagePolicy", &policies, "api.termination-message");
    ports(e, container);
    env::variables(e, container);
    env::sources(e, container);
    mounts(e, container, around.spec);
    devices(e, container, around.spec);
    let pulls = ["Always", "IfNotPresent", "Never"];
    e.one_of(container, "imagePullPolicy", &pulls, "api.pull-policy");
    e.at("resources", |e| resources::container(e, &container["resources"], around.spec));
    resize_policy(e, container, around.spec);
    security::container(e, container, around.spec);
}

fn ports(e: &mut Errors, container: &Value) {
    let mut taken: Vec<&str> = Vec::new();
    e.at("ports", |e| {
        for (i, port) in items(container, "ports").iter().enumerate() {
            e.index(i, |e| self::port(e, port, &mut taken));
        }
    });
}

fn port<'v>(e: &mut Errors, port: &'v Value, taken: &mut Vec<&'v str>) {
    let name = text(port, "name");
    let complaints = if name.is_empty() { Vec::new() } else { names::port_name(name) };
    if !name.is_empty() && complaints.is_empty() {
        if taken.contains(&name) {
            e.at("name", |e| e.duplicate(name, "api.port"));
        }
        taken.push(name);
    }
    e.at("name", |e| e.all(name, complaints, "api.port"));
    match number(port, "containerPort") {
        0 => e.at("containerPort", |e| e.required("", "api.port")),
        n => e.at("containerPort", |e| e.all_of_number(n, names::port_number(n), "api.port")),
    }
    let host_port = number(port, "hostPort");
    if host_port != 0 {
        let complaints = names::port_number(host_port);
        e.at("hostPort", |e| e.all_of_number(host_port, complaints, "api.port"));
    }
    e.one_of(port, "protocol", &["SCTP", "TCP", "UDP"], "api.port");
}

fn mounts(e: &mut Errors, container: &Value, spec: &Value) {
    let devices = items(container, "volumeDevices");
    let mut taken: Vec<&str> = Vec::new();
    e.at("volumeMounts", |e| {
        for (i, mount) in items(container, "volumeMounts").iter().enumerate() {
            e.index(i, |e| {
                self::mount(e, mount, spec);
                let path = text(mount, "mountPath");
                if taken.contains(&path) {
                    e.at("mountPath", |e| e.invalid(path, "must be unique", "api.mount"));
                }
                taken.push(path);
                beside_devices(e, mount, devices);
            });
            sub_paths(e, mount, i);
        }
    });
}

fn mount(e: &mut Errors, mount: &Value, spec: &Value) {
    let name = text(mount, "name");
    e.must_have(mount, "name", "api.mount");
    if !items(spec, "volumes").iter().any(|v| text(v, "name") == name) {
        e.at("name", |e| e.not_found(name, "api.mount"));
    }
    e.must_have(mount, "mountPath", "api.mount");
}

fn beside_devices(e: &mut Errors, mount: &Value, devices: &[Value]) {
    let (name, path) = (text(mount, "name"), text(mount, "mountPath"));
    if devices.iter().any(|d| text(d, "name") == name) {
        let words = "must not already exist in volumeDevices";
        e.at("name", |e| e.invalid(name, words, "api.mount"));
    }
    if devices.iter().any(|d| text(d, "devicePath") == path) {
        let words = "must not already exist as a path in volumeDevices";
        e.at("mountPath", |e| e.invalid(path, words, "api.mount"));
    }
}

/// Upstream leaves the number of the mount out of the paths of two of these.
fn sub_paths(e: &mut Errors, mount: &Value, i: usize) {
    let (path, expression) = (text(mount, "subPath"), text(mount, "subPathExpr"));
    e.at("subPath", |e| e.all(path, names::descending(path), "api.mount"));
    if !path.is_empty() && !expression.is_empty() {
        let words = "subPathExpr and subPath are mutually exclusive";
        e.index(i, |e| e.at("subPathExpr", |e| e.invalid(expression, words, "api.mount")));
    }
    e.at("subPathExpr", |e| e.all(expression, names::descending(expression), "api.mount"));
    let modes = ["Bidirectional", "HostToContainer", "None"];
    let mode = text(mount, "mountPropagation");
    if !mode.is_empty() && !modes.contains(&mode) {
        e.at("mountPropagation", |e| e.not_supported(mode, &modes, "api.mount"));
    }
}

fn devices(e: &mut Errors, container: &Value, spec: &Value) {
    e.each(container, "volumeDevices", |e, device| {
        let name = text(device, "name");
        e.must_have(device, "name", "api.mount");
        match items(spec, "volumes").iter().find(|v| text(v, "name") == name) {
            None => e.at("name", |e| e.not_found(name, "api.mount")),
            Some(v) if !is_set(v, "persistentVolumeClaim") && !is_set(v, "ephemeral") => {
                let words = "can only use volume source type of PersistentVolumeClaim or \
                    Ephemeral for block mode";
                e.at("name", |e| e.invalid(name, words, "api.mount"));
            }
            Some(_) => {}
        }
        e.must_have(device, "devicePath", "api.mount");
    });
}

fn resize_policy(e: &mut Errors, container: &Value, spec: &Value) {
    let never = text(spec, "restartPolicy") == "Never";
    e.at("resizePolicy", |e| {
        for policy in items(container, "resizePolicy") {
            let (resource, restart) = (text(policy, "resourceName"), text(policy, "restartPolicy"));
            choice(e, resource, &["cpu", "memory"]);
            choice(e, restart, &["NotRequired", "RestartContainer"]);
            if never && restart != "NotRequired" {
                let words = "must be 'NotRequired' when `restartPolicy` is 'Never'";
                e.invalid(restart, words, "api.resize");
            }
        }
    });
}

fn choice(e: &mut Errors, value: &str, supported: &[&str]) {
    if value.is_empty() {
        e.required("", "api.resize");
    } else if !supported.contains(&value) {
        e.not_supported(value, supported, "api.resize");
    }
}

/// Validates a container's own restart policy and its rules.
pub(super) fn restart_policy(e: &mut Errors, container: &Value) {
    let policies = ["Always", "Never", "OnFailure"];
    let policy = &container["restartPolicy"];
    let rules = items(container, "restartPolicyRules");
    if let Some(policy) = policy.as_str().filter(|p| !policies.contains(p)) {
        e.at("restartPolicy", |e| e.not_supported(policy, &policies, "api.restart-policy"));
    }
    if policy.is_null() && !rules.is_empty() {
        let words = "must specify restartPolicy when restart rules are used";
        e.at("restartPolicy", |e| e.required(words, "api.restart-policy"));
    }
    e.each(container, "restartPolicyRules", |e, rule| {
        let actions = ["Restart", "RestartAllContainers"];
        e.one_of(rule, "action", &actions, "api.restart-policy");
        let codes = &rule["exitCodes"];
        if codes.is_null() {
            return e.at("exitCodes", |e| e.required("must be specified", "api.restart-policy"));
        }
        e.at("exitCodes", |e| {
            e.one_of(codes, "operator", &["In", "NotIn"], "api.restart-policy");
        });
    });
}
