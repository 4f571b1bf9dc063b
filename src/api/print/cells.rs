//! The cells that kubectl's tables compute, by the names that the rows of [`super::kinds`] use.
//!
//! Source: pkg/printers/internalversion/printers.go

use super::pod::{pod_row, readiness_gates};
use super::values::{
    at, condition, controller, entries, go, is_set, items, join, moment, or, quantity, since,
};
use crate::api::time::{Timestamp, human_duration};
use crate::base::Set;
use crate::base::json::Value;

/// The cell `name` of `object`.
pub fn cell(name: &str, object: &Value, now: Timestamp) -> String {
    let (spec, status) = (&object["spec"], &object["status"]);
    match name {
        "age" => since(at(object, "metadata.creationTimestamp"), now),
        "ready" => pod_row(object, now).ready,
        "status" => pod_row(object, now).status,
        "restarts" => pod_row(object, now).restarts,
        "gates" => readiness_gates(object),
        "data" => (count(&object["data"]) + count(&object["binaryData"])).to_string(),
        "last" => last_seen(object, now),
        "first" => first_seen(object, now),
        "target" => target(&object["involvedObject"]),
        "source" => event_source(object),
        "message" => go(&object["message"]).trim().to_string(),
        "count" => event_count(object).to_string(),
        "node" => node_status(object),
        "roles" => or(roles(object).join(","), "<none>"),
        "internal" => node_address(object, "InternalIP"),
        "external" => node_address(object, "ExternalIP"),
        "phase" if is_set(at(object, "metadata.deletionTimestamp")) => "Terminating".to_string(),
        "phase" => go(&status["phase"]),
        "capacity" if is_set(&spec["volumeName"]) => quantity(&status["capacity"]["storage"]),
        "modes" if object["kind"] == "PersistentVolume" => modes(&spec["accessModes"]),
        "modes" if is_set(&spec["volumeName"]) => modes(&status["accessModes"]),
        "claim" if is_set(&spec["claimRef"]) => {
            [&go(&spec["claimRef"]["namespace"]), "/", &go(&spec["claimRef"]["name"])].concat()
        }
        "names" => template_containers(object, "name"),
        "images" => template_containers(object, "image"),
        "requests" => quota(status, false),
        "limits" => quota(status, true),
        "external-ip" => external_ip(object),
        "ports" => or(service_ports(&spec["ports"]), "<none>"),
        "owner" => controller(object).map_or("<none>".into(), owner),
        "suspend" => printed_bool(&spec["suspend"]),
        "last-schedule" => or_none(&status["lastScheduleTime"], now),
        "job" => job_status(object).to_string(),
        "completions" => completions(spec, status),
        "duration" => job_duration(status, now),
        "endpoints" => endpoints(object),
        "slice-ports" => slice_ports(object),
        "slice-endpoints" => slice_endpoints(object),
        "hosts" => hosts(&spec["rules"]),
        "addresses" => balancer(status),
        "tls" => if is_set(&spec["tls"]) { "80, 443" } else { "80" }.to_string(),
        "metrics" => super::metrics::targets(spec, status),
        "class" => storage_class(object),
        _ => String::new(),
    }
}

fn count(map: &Value) -> usize {
    map.as_object().map_or(0, |entries| entries.len())
}

fn or_none(time: &Value, now: Timestamp) -> String {
    if is_set(time) { since(time, now) } else { "<none>".to_string() }
}

/// `True`, `False` or `<unset>`.
pub fn printed_bool(value: &Value) -> String {
    match value.as_bool() {
        Some(true) => "True",
        Some(false) => "False",
        None => "<unset>",
    }
    .to_string()
}

/// Source: printEvent
fn first_seen(event: &Value, now: Timestamp) -> String {
    match is_set(&event["firstTimestamp"]) {
        true => since(&event["firstTimestamp"], now),
        false => since(&event["eventTime"], now),
    }
}

fn last_seen(event: &Value, now: Timestamp) -> String {
    match (is_set(&event["series"]), is_set(&event["lastTimestamp"])) {
        (true, _) => since(&event["series"]["lastObservedTime"], now),
        (false, true) => since(&event["lastTimestamp"], now),
        (false, false) => first_seen(event, now),
    }
}

fn event_count(event: &Value) -> i64 {
    let series = &event["series"];
    let counted = if is_set(series) { &series["count"] } else { &event["count"] };
    counted.as_i64().filter(|n| *n != 0 || is_set(series)).unwrap_or(1)
}

fn target(involved: &Value) -> String {
    let kind = go(&involved["kind"]).to_ascii_lowercase();
    match go(&involved["name"]) {
        name if name.is_empty() => kind,
        name => [&kind, "/", &name].concat(),
    }
}

/// Source: formatEventSource
fn event_source(event: &Value) -> String {
    let component = or(go(&event["source"]["component"]), &go(&event["reportingComponent"]));
    match or(go(&event["source"]["host"]), &go(&event["reportingInstance"])) {
        host if host.is_empty() => component,
        host => [&component, ", ", &host].concat(),
    }
}

fn node_status(node: &Value) -> String {
    let ready = condition(node, "Ready");
    let status = match (ready.is_null(), ready["status"] == "True") {
        (true, _) => "Unknown",
        (_, true) => "Ready",
        (_, false) => "NotReady",
    };
    let cordoned = node["spec"]["unschedulable"] == true;
    [status, if cordoned { ",SchedulingDisabled" } else { "" }].concat()
}

/// The roles that a node's labels give it, sorted. Source: findNodeRoles
pub fn roles(node: &Value) -> Vec<String> {
    let role = |(key, value): (&str, String)| match key.strip_prefix("node-role.kubernetes.io/") {
        Some(role) => Some(role.to_string()).filter(|role| !role.is_empty()),
        None => Some(value).filter(|value| key == "kubernetes.io/role" && !value.is_empty()),
    };
    let roles: Set<String> = entries(at(node, "metadata.labels")).filter_map(role).collect();
    roles.iter().cloned().collect()
}

fn node_address(node: &Value, kind: &str) -> String {
    let mut of_kind = items(&node["status"]["addresses"]).filter(|a| a["type"] == kind);
    of_kind.next().map_or("<none>".to_string(), |a| go(&a["address"]))
}

/// Access modes in short. Source: pkg/apis/core/helper GetAccessModesAsString
pub fn modes(list: &Value) -> String {
    const MODES: [(&str, &str); 4] = [
        ("ReadWriteOnce", "RWO"),
        ("ReadOnlyMany", "ROX"),
        ("ReadWriteMany", "RWX"),
        ("ReadWriteOncePod", "RWOP"),
    ];
    let has = |mode: &str| items(list).any(|m| *m == mode);
    let short: Vec<&str> = MODES.iter().filter(|(mode, _)| has(mode)).map(|(_, s)| *s).collect();
    short.join(",")
}

/// Source: layoutContainerCells
fn template_containers(object: &Value, field: &str) -> String {
    let templates = ["spec.template", "spec.jobTemplate.spec.template", "template"];
    let template = templates.iter().map(|path| at(object, path)).find(|t| is_set(t));
    let containers = template.map(|t| &t["spec"]["containers"]).unwrap_or(&Value::Null);
    items(containers).map(|c| go(&c[field])).collect::<Vec<_>>().join(",")
}

/// Source: printResourceQuota
fn quota(status: &Value, limits: bool) -> String {
    let hard = entries(&status["hard"]).filter(|(name, _)| name.starts_with("limits.") == limits);
    let used = |name: &str| quantity(&status["used"][name]);
    let row = |(name, _): (&str, String)| {
        [name, ": ", &used(name), "/", &quantity(&status["hard"][name])].concat()
    };
    hard.map(row).collect::<Vec<_>>().join(", ")
}

/// Source: getServiceExternalIP
fn external_ip(service: &Value) -> String {
    let spec = &service["spec"];
    let mut all = join(&spec["externalIPs"], ",");
    match spec["type"].as_str().unwrap_or_default() {
        "ClusterIP" | "NodePort" => or(all, "<none>"),
        "LoadBalancer" => {
            let balancers = balancer(&service["status"]);
            if !balancers.is_empty() && !all.is_empty() {
                all.insert(0, ',');
            }
            all.insert_str(0, &balancers);
            or(all, "<pending>")
        }
        "ExternalName" => go(&spec["externalName"]),
        _ => "<unknown>".to_string(),
    }
}

/// All of them: the server makes every row for wide output.
/// Source: loadBalancerStatusStringer; registry/rest storage TableConvertor
fn balancer(status: &Value) -> String {
    let all = items(&status["loadBalancer"]["ingress"]);
    let address = |i: &Value| or(go(&i["ip"]), &go(&i["hostname"]));
    let all: Set<String> = all.map(address).filter(|a| !a.is_empty()).collect();
    all.iter().cloned().collect::<Vec<_>>().join(",")
}

/// Source: makePortString
fn service_ports(ports: &Value) -> String {
    let port = |p: &Value| {
        let (port, protocol) = (go(&p["port"]), go(&p["protocol"]));
        match p["nodePort"].as_u64() {
            Some(1..) => [&port, ":", &go(&p["nodePort"]), "/", &protocol].concat(),
            _ => [&port, "/", &protocol].concat(),
        }
    };
    items(ports).map(port).collect::<Vec<_>>().join(",")
}

fn owner(owner: &Value) -> String {
    let version = go(&owner["apiVersion"]);
    let group = version.split_once('/').map_or("", |(group, _)| group);
    let dot = if group.is_empty() { "" } else { "." };
    [&go(&owner["kind"]).to_ascii_lowercase(), dot, group, "/", &go(&owner["name"])].concat()
}

/// Source: printJob
fn job_status(job: &Value) -> &'static str {
    let is = |kind: &str| condition(job, kind)["status"] == "True";
    match () {
        () if is("Complete") => "Complete",
        () if is("Failed") => "Failed",
        () if is_set(at(job, "metadata.deletionTimestamp")) => "Terminating",
        () if is("Suspended") => "Suspended",
        () if is("FailureTarget") => "FailureTarget",
        () => "Running",
    }
}

fn completions(spec: &Value, status: &Value) -> String {
    let done = or(go(&status["succeeded"]), "0");
    let parallel = spec["parallelism"].as_i64().unwrap_or(0);
    match go(&spec["completions"]) {
        wanted if !wanted.is_empty() => [&done, "/", &wanted].concat(),
        _ if parallel > 1 => [&done, "/1 of ", &parallel.to_string()].concat(),
        _ => [&done, "/1"].concat(),
    }
}

fn job_duration(status: &Value, now: Timestamp) -> String {
    let end = moment(&status["completionTime"]).unwrap_or(now);
    moment(&status["startTime"]).map_or(String::new(), |start| human_duration(end.0 - start.0))
}

/// How many of a list are shown.
const SHOWN: usize = 3;

/// The first of a list, and how many more there are. Source: formatEndpoints, listWithMoreString
fn with_more(list: &[String], none: &str) -> String {
    let mut text = list[..list.len().min(SHOWN)].join(",");
    if list.len() > SHOWN {
        text.push_str(" + ");
        text.push_str(&(list.len() - SHOWN).to_string());
        text.push_str(" more...");
    }
    or(text, none)
}

fn endpoints(object: &Value) -> String {
    let mut list = Vec::new();
    for subset in items(&object["subsets"]) {
        let ips = || items(&subset["addresses"]).map(|a| go(&a["ip"]));
        if !is_set(&subset["ports"]) {
            list.extend(ips());
        }
        for port in items(&subset["ports"]) {
            list.extend(ips().map(|ip| host_port(&ip, &go(&port["port"]))));
        }
    }
    let none = if is_set(&object["subsets"]) { "" } else { "<none>" };
    with_more(&list, none)
}

/// An address and a port. Source: Go net.JoinHostPort
pub fn host_port(host: &str, port: &str) -> String {
    match host.contains(':') {
        true => ["[", host, "]:", port].concat(),
        false => [host, ":", port].concat(),
    }
}

/// Source: formatDiscoveryPorts
fn slice_ports(slice: &Value) -> String {
    let port = |p: &Value| match (&p["port"], &p["name"]) {
        (Value::Null, Value::Null) => "*".to_string(),
        (Value::Null, name) => go(name),
        (port, _) => go(port),
    };
    with_more(&items(&slice["ports"]).map(port).collect::<Vec<_>>(), "<unset>")
}

/// Source: formatDiscoveryEndpoints
fn slice_endpoints(slice: &Value) -> String {
    let addresses = items(&slice["endpoints"]).flat_map(|e| items(&e["addresses"]));
    with_more(&addresses.map(go).collect::<Vec<_>>(), "<unset>")
}

/// Source: formatHosts
fn hosts(rules: &Value) -> String {
    let hosts = items(rules).map(|r| go(&r["host"])).filter(|host| !host.is_empty());
    let shown: Vec<String> = hosts.take(SHOWN).collect();
    let more = items(rules).count().saturating_sub(SHOWN);
    let mut text = or(shown.join(","), "*");
    if more > 0 && shown.len() == SHOWN {
        text.push_str(&[" + ", &more.to_string(), " more..."].concat());
    }
    text
}

fn storage_class(class: &Value) -> String {
    let marks = at(class, "metadata.annotations");
    let is_default = [
        "storageclass.kubernetes.io/is-default-class",
        "storageclass.beta.kubernetes.io/is-default-class",
    ]
    .iter()
    .any(|key| marks[*key] == "true");
    go(at(class, "metadata.name")) + if is_default { " (default)" } else { "" }
}
