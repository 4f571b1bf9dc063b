//! What keeps a Pod from a node, in the scheduler's words.

use super::{answer, on, pod};

const HELPLESS: &str = "Preemption is not helpful for scheduling";
const NOBODY: &str = "No preemption victims found for incoming pod";

/// The whole message for one node.
fn one(why: &str, after: &str) -> String {
    format!(
        "0/1 nodes are available: 1 {why}. no new claims to deallocate, preemption: 0/1 nodes are \
         available: 1 {after}."
    )
}

const NODE: &str = "{name: n1, cpu: 2, memory: 4Gi, pods: 3, labels: {disk: ssd}}";
const DB: &str = "labels: {app: db}";

fn affinity(kind: &str, term: &str) -> String {
    let list = "requiredDuringSchedulingIgnoredDuringExecution";
    format!("affinity: {{{kind}: {{{list}: {term}}}}}")
}

/// What else is in the spec, what is asked for, why not, and what preemption says.
fn rows() -> Vec<(String, &'static str, &'static str, &'static str)> {
    let near = "[{labelSelector: {matchLabels: {app: db}}, topologyKey: kubernetes.io/hostname}]";
    let nowhere = "[{labelSelector: {matchLabels: {app: x}}, topologyKey: kubernetes.io/hostname}]";
    let zone = "[{labelSelector: {matchLabels: {app: db}}, topologyKey: zone}]";
    let terms = |key: &str, op: &str, value: &str| {
        let term = format!("{{key: {key}, operator: {op}, values: [{value}]}}");
        affinity(
            "nodeAffinity",
            &format!("{{nodeSelectorTerms: [{{matchExpressions: [{term}]}}]}}"),
        )
    };
    let named = "{nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, \
                 values: [n9]}]}]}";
    let spread = |key: &str| {
        format!(
            "topologySpreadConstraints: [{{maxSkew: 1, topologyKey: {key}, whenUnsatisfiable: \
             DoNotSchedule, minDomains: 2, labelSelector: {{matchLabels: {{app: db}}}}}}]"
        )
    };
    let affinity_words = "node(s) didn't match Pod's node affinity/selector";
    vec![
        ("nodeSelector: {disk: hdd}".to_string(), "", affinity_words, HELPLESS),
        (terms("disk", "NotIn", "ssd"), "", affinity_words, HELPLESS),
        (terms("cores", "Gt", "'4'"), "", affinity_words, HELPLESS),
        (
            affinity("nodeAffinity", named),
            "",
            "node(s) didn't satisfy plugin(s) [NodeAffinity]",
            HELPLESS,
        ),
        (String::new(), "cpu: 3", "Insufficient cpu", HELPLESS),
        (String::new(), "cpu: 1500m", "Insufficient cpu", NOBODY),
        (String::new(), "memory: 5Gi", "Insufficient memory", HELPLESS),
        (String::new(), "ephemeral-storage: 900Gi", "Insufficient ephemeral-storage", HELPLESS),
        (
            String::new(),
            "'example.com/gpu': 1}, limits: {'example.com/gpu': 1",
            "Insufficient example.com/gpu",
            HELPLESS,
        ),
        (affinity("podAffinity", nowhere), "", "node(s) didn't match pod affinity rules", HELPLESS),
        (affinity("podAffinity", zone), "", "node(s) didn't match pod affinity rules", HELPLESS),
        (
            affinity("podAntiAffinity", near),
            "",
            "node(s) didn't match pod anti-affinity rules",
            NOBODY,
        ),
        (
            spread("kubernetes.io/hostname"),
            "",
            "node(s) didn't match pod topology spread constraints",
            NOBODY,
        ),
        (
            spread("zone"),
            "",
            "node(s) didn't match pod topology spread constraints (missing required label)",
            HELPLESS,
        ),
    ]
}

#[test]
fn each_plugin_has_its_words() {
    for (spec, requests, why, after) in rows() {
        let there = pod("there", DB, "", "cpu: 1");
        let shown = on(&[NODE], &[there, pod("web", DB, &spec, requests)], "");
        assert_eq!(answer(&shown, "web"), one(why, after), "{spec} {requests}");
        assert_eq!(shown.node_of("there"), "n1");
        let status = &shown.status("web")["conditions"][0];
        assert_eq!(status["reason"], "Unschedulable");
        assert_eq!(status["message"], one(why, after).as_str());
    }
}

#[test]
fn what_fits_is_let_in() {
    let near = "[{labelSelector: {matchLabels: {app: db}}, topologyKey: kubernetes.io/hostname}]";
    for (meta, spec, requests) in [
        (DB, affinity("podAffinity", near), "cpu: 1"),
        ("labels: {app: lone}", affinity("podAntiAffinity", &near.replace("db", "other")), ""),
        ("", "nodeSelector: {disk: ssd}".to_string(), "memory: 3Gi"),
    ] {
        let shown =
            on(&[NODE], &[pod("there", DB, "", "cpu: 1"), pod("web", meta, &spec, requests)], "");
        assert_eq!(answer(&shown, "web"), "n1", "{spec}");
    }
    // The first of Pods that want to be together may be anywhere.
    let alone = on(&[NODE], &[pod("web", DB, &affinity("podAffinity", near), "")], "");
    assert_eq!(answer(&alone, "web"), "n1");
}

#[test]
fn those_already_there_may_object() {
    let away = "[{labelSelector: {matchLabels: {app: db}}, topologyKey: kubernetes.io/hostname}]";
    let hermit = pod("there", "", &affinity("podAntiAffinity", away), "");
    let shown = on(&[NODE], &[hermit, pod("web", DB, "", "")], "");
    let why = "node(s) didn't satisfy existing pods anti-affinity rules";
    assert_eq!(answer(&shown, "web"), one(why, NOBODY));
}

#[test]
fn a_node_has_each_host_port_once() {
    let with = |name: &str, port: &str| {
        pod(name, "", "", "").replace("command:", &format!("ports: [{port}], command:"))
    };
    let why = "node(s) didn't have free ports for the requested pod ports";
    for (port, want) in [
        ("{containerPort: 80, hostPort: 80}", one(why, NOBODY)),
        ("{containerPort: 81, hostPort: 80, hostIP: 127.0.0.1}", one(why, NOBODY)),
        ("{containerPort: 80, hostPort: 80, protocol: UDP}", "n1".to_string()),
        ("{containerPort: 80, hostPort: 81}", "n1".to_string()),
    ] {
        let there = with("there", "{containerPort: 80, hostPort: 80}");
        let shown = on(&[NODE], &[there, with("web", port)], "");
        assert_eq!(answer(&shown, "web"), want, "{port}");
    }
}

#[test]
fn reasons_of_several_nodes_are_counted_and_sorted_as_text() {
    let nodes = [
        "{name: a, cpu: 1}",
        "{name: b, cpu: 1}",
        "{name: c, taints: ['x=1:NoSchedule']}",
        "{name: d, labels: {disk: ssd}}",
    ];
    let shown = on(&nodes, &[pod("web", "", "", "cpu: 1500m")], "");
    assert_eq!(answer(&shown, "web"), "d");
    let full = pod("web", "", "nodeSelector: {disk: hdd}", "cpu: 1500m");
    let shown = on(&nodes, &[full], "");
    assert_eq!(
        answer(&shown, "web"),
        "0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 node(s) didn't match Pod's \
         node affinity/selector. no new claims to deallocate, preemption: 0/4 nodes are \
         available: 4 Preemption is not helpful for scheduling."
    );
}

#[test]
fn a_full_node_has_too_many_pods() {
    let node = "{name: n1, pods: 1, cpu: 1}";
    let objects = [pod("there", "", "", "cpu: 1"), pod("web", "", "", "cpu: 500m")];
    let shown = on(&[node], &objects, "");
    assert_eq!(
        answer(&shown, "web"),
        "0/1 nodes are available: 1 Insufficient cpu, 1 Too many pods. no new claims to \
         deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for \
         incoming pod."
    );
}

#[test]
fn sidecars_and_init_containers_count() {
    let init = "initContainers: [{name: i, image: 'busybox:1.36', command: ['true'], resources: \
                {requests: {cpu: 3}}}]";
    let shown = on(&[NODE], &[pod("web", "", init, "cpu: 1")], "");
    assert_eq!(answer(&shown, "web"), one("Insufficient cpu", HELPLESS));
    let sidecar = init.replace("name: i,", "name: i, restartPolicy: Always,").replace("3", "1500m");
    let shown = on(&[NODE], &[pod("web", "", &sidecar, "cpu: 1")], "");
    assert_eq!(answer(&shown, "web"), one("Insufficient cpu", HELPLESS));
    let shown = on(&[NODE], &[pod("web", "", &init.replace("3", "2"), "cpu: 1")], "");
    assert_eq!(answer(&shown, "web"), "n1");
}
