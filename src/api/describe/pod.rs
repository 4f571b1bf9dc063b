//! A Pod, and the Pod template of a workload.

use super::container::{containers, local_profile, resources};
use super::events::events;
use super::text::Text;
use super::volume::volumes;
use crate::api::print::values::{condition, controller, go, is_set, items, or};
use crate::api::print::values::{selector, since};
use crate::api::qos;
use crate::base::json::Value;
use crate::base::sort_by_key;

/// Everything about a Pod; without Events their part is left out.
/// Source: kubectl describe/describe.go describePod
pub fn pod(text: &mut Text, pod: &Value, about: Option<&[&Value]>) {
    let (spec, status) = (&pod["spec"], &pod["status"]);
    text.fill(HEAD, pod);
    match go(&spec["nodeName"]) {
        node if node.is_empty() => text.put(&["Node:\t<none>\n"]),
        node => text.put(&["Node:\t", &node, "/", &go(&status["hostIP"]), "\n"]),
    }
    text.fill("~status.startTime~Start Time:\t{#status.startTime}\n", pod);
    text.marks(pod);
    life(text, pod);
    text.fill(
        "~status.reason~Reason:\t{status.reason}\n~status.message~Message:\t{status.message}\n",
        pod,
    );
    text.fill(SECCOMP, pod);
    local_profile(text, "", spec);
    text.fill("IP:\t{status.podIP}\n", pod);
    let ips = if is_set(&status["podIPs"]) { "\n" } else { "\t<none>\n" };
    text.put(&["IPs:", ips]);
    items(&status["podIPs"]).for_each(|ip| text.fill("  IP:\t{ip}\n", ip));
    controlled(text, pod);
    text.fill("~status.nominatedNodeName~NominatedNodeName:\t{status.nominatedNodeName}\n", pod);
    if !spec["resources"].is_null() && text.newer {
        text.put(&["Resources:\n"]);
        resources(text, &spec["resources"], "  ");
    }
    for (title, list, statuses) in LISTS {
        if is_set(&spec[list]) || list == "containers" {
            containers(text, title, &spec[list], &status[statuses], Some(pod));
        }
    }
    conditions(text, pod);
    volumes(text, &spec["volumes"], "");
    let class = or(go(&status["qosClass"]), qos::class(spec));
    text.put(&["QoS Class:\t", &class, "\n"]);
    placement(text, spec, "");
    text.fill("~spec.schedulingGroup.podGroupName~SchedulingGroup:\n", pod);
    text.fill(SCHEDULING_GROUP, pod);
    if let Some(about) = about {
        events(text, about);
    }
}

const HEAD: &str = "Name:\t{metadata.name}\nNamespace:\t{metadata.namespace}\n\
    ~spec.priority~Priority:\t{spec.priority}\n\
    ~spec.priorityClassName~Priority Class Name:\t{spec.priorityClassName}\n\
    ~spec.runtimeClassName~Runtime Class Name:\t{spec.runtimeClassName}\n\
    ~spec.serviceAccountName~Service Account:\t{spec.serviceAccountName}\n";
const SECCOMP: &str = "~spec.securityContext.seccompProfile~SeccompProfile:\t\
    {spec.securityContext.seccompProfile.type}\n";
const SCHEDULING_GROUP: &str =
    "~spec.schedulingGroup.podGroupName~  PodGroupName:\t{spec.schedulingGroup.podGroupName}\n";
const LISTS: [(&str, &str, &str); 3] = [
    ("Init Containers", "initContainers", "initContainerStatuses"),
    ("Containers", "containers", "containerStatuses"),
    ("Ephemeral Containers", "ephemeralContainers", "ephemeralContainerStatuses"),
];

/// The phase, or how long ago the Pod was to be gone.
fn life(text: &mut Text, pod: &Value) {
    let (meta, phase) = (&pod["metadata"], go(&pod["status"]["phase"]));
    if !is_set(&meta["deletionTimestamp"]) || phase == "Failed" || phase == "Succeeded" {
        return text.put(&["Status:\t", &phase, "\n"]);
    }
    let lasts = since(&meta["deletionTimestamp"], text.now);
    text.put(&["Status:\tTerminating (lasts ", &lasts, ")\n"]);
    text.fill("Termination Grace Period:\t{deletionGracePeriodSeconds?0}s\n", meta);
}

/// Who made an object. Source: printController
pub fn controlled(text: &mut Text, object: &Value) {
    if let Some(owner) = controller(object) {
        text.fill("Controlled By:\t{kind}/{name}\n", owner);
    }
}

fn conditions(text: &mut Text, pod: &Value) {
    let gates = &pod["spec"]["readinessGates"];
    if is_set(gates) {
        text.put(&["Readiness Gates:\n  Type\tStatus\n"]);
    }
    for gate in items(gates) {
        let kind = go(&gate["conditionType"]);
        let found = condition(pod, &kind);
        let status = if found.is_null() { "<none>".to_string() } else { go(&found["status"]) };
        text.put(&["  ", &kind, " \t", &status, " \n"]);
    }
    let all = &pod["status"]["conditions"];
    if is_set(all) {
        text.put(&["Conditions:\n  Type\tStatus\n"]);
    }
    items(all).for_each(|c| text.fill("  {type} \t{status} \n", c));
}

/// Selectors, tolerations and the wish to be spread.
fn placement(text: &mut Text, spec: &Value, space: &str) {
    text.labels(&[space, "Node-Selectors"].concat(), &spec["nodeSelector"]);
    tolerations(text, &[space, "Tolerations"].concat(), &spec["tolerations"]);
    if space.is_empty() {
        spread(text, spec, space);
    }
}

/// Source: printTolerationsMultilineWithIndent
fn tolerations(text: &mut Text, title: &str, list: &Value) {
    let mut list: Vec<&Value> = items(list).collect();
    sort_by_key(&mut list, |toleration| go(&toleration["key"]));
    let line = |t: &&Value| {
        let mut line = go(&t["key"]);
        for (field, mark) in [("value", "="), ("effect", ":")] {
            if is_set(&t[field]) {
                line.push_str(&[mark, &go(&t[field])].concat());
            }
        }
        if t["operator"] == "Exists" && !is_set(&t["value"]) {
            line.push_str(if line.is_empty() { "op=Exists" } else { " op=Exists" });
        }
        if !t["tolerationSeconds"].is_null() {
            line.push_str(&[" for ", &go(&t["tolerationSeconds"]), "s"].concat());
        }
        line
    };
    text.list(title, &list.iter().map(line).collect::<Vec<_>>());
}

/// Source: describeTopologySpreadConstraints
fn spread(text: &mut Text, spec: &Value, space: &str) {
    let mut list: Vec<&Value> = items(&spec["topologySpreadConstraints"]).collect();
    sort_by_key(&mut list, |constraint| go(&constraint["topologyKey"]));
    if !list.is_empty() {
        let line = |c: &&Value| {
            let labels = &c["labelSelector"];
            let of = match labels.is_null() {
                true => String::new(),
                false => [" for selector ", &or(selector(labels), "<none>")].concat(),
            };
            let (key, otherwise) = (go(&c["topologyKey"]), go(&c["whenUnsatisfiable"]));
            let skew = or(go(&c["maxSkew"]), "0");
            [&key, ":", &otherwise, " when max skew ", &skew, " is exceeded", &of].concat()
        };
        let lines: Vec<String> = list.iter().map(line).collect();
        text.list(&[space, "Topology Spread Constraints"].concat(), &lines);
    }
}

/// The template of a workload's Pods. Source: DescribePodTemplate
pub fn template(text: &mut Text, template: &Value) {
    let (meta, spec) = (&template["metadata"], &template["spec"]);
    text.put(&["Pod Template:\n"]);
    if template.is_null() {
        return text.put(&["  <unset>"]);
    }
    text.labels("  Labels", &meta["labels"]);
    if is_set(&meta["annotations"]) {
        text.annotations("  Annotations", &meta["annotations"]);
    }
    text.fill("~serviceAccountName~  Service Account:\t{serviceAccountName}\n", spec);
    if is_set(&spec["initContainers"]) {
        containers(text, "Init Containers", &spec["initContainers"], &Value::Null, None);
    }
    containers(text, "Containers", &spec["containers"], &Value::Null, None);
    volumes(text, &spec["volumes"], "  ");
    spread(text, spec, "  ");
    text.fill("~priorityClassName~  Priority Class Name:\t{priorityClassName}\n", spec);
    placement(text, spec, "  ");
}
