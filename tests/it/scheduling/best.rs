//! Which of several nodes that fit is chosen.

use super::{on, pod};

/// Where each of these Pods goes, on these nodes.
fn go(nodes: &[&str], pods: &[String], names: &[&str]) -> Vec<String> {
    let shown = on(nodes, pods, "");
    names.iter().map(|name| shown.node_of(name)).collect()
}

#[test]
fn the_emptier_node_is_better() {
    let nodes = ["{name: a, cpu: 2, memory: 4Gi}", "{name: b, cpu: 8, memory: 16Gi}"];
    let pods = [pod("p", "", "", "cpu: 1, memory: 1Gi"), pod("q", "", "", "cpu: 1, memory: 1Gi")];
    assert_eq!(go(&nodes, &pods, &["p", "q"]), ["b", "b"]);
    let same = ["{name: a, cpu: 2}", "{name: b, cpu: 2}"];
    let went = go(&same, &pods, &["p", "q"]);
    assert_ne!(went[0], went[1], "{went:?}");
}

#[test]
fn what_the_pod_would_like_and_what_a_node_would_rather_not() {
    let nodes = ["{name: a, labels: {disk: ssd}}", "{name: b}"];
    let like = "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: \
                [{weight: 1, preference: {matchExpressions: [{key: disk, operator: NotIn, values: \
                [ssd]}]}}]}}";
    assert_eq!(go(&nodes, &[pod("p", "", like, "")], &["p"]), ["b"]);
    assert_eq!(go(&nodes, &[pod("p", "", &like.replace("NotIn", "In"), "")], &["p"]), ["a"]);
    let tainted = ["{name: a, taints: ['x=1:PreferNoSchedule']}", "{name: b, cpu: 2}"];
    let pods = [pod("p", "", "", "cpu: 1"), pod("q", "", "", "cpu: 1"), pod("r", "", "", "cpu: 1")];
    assert_eq!(go(&tainted, &pods, &["p", "q", "r"]), ["b", "b", "a"]);
}

#[test]
fn pods_like_and_avoid_other_pods() {
    let nodes = ["{name: a}", "{name: b}", "{name: c}"];
    let term = "{weight: 50, podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: \
                {matchLabels: {app: db}}}}";
    let with = |kind: &str| {
        format!(
            "affinity: {{{kind}: {{preferredDuringSchedulingIgnoredDuringExecution: [{term}]}}}}"
        )
    };
    let db = pod("db", "labels: {app: db}", "nodeSelector: {kubernetes.io/hostname: b}", "");
    let near = [db.clone(), pod("p", "", &with("podAffinity"), "")];
    assert_eq!(go(&nodes, &near, &["p"]), ["b"]);
    let away = [db, pod("p", "", &with("podAntiAffinity"), "")];
    assert_ne!(go(&nodes, &away, &["p"]), ["b"]);
}

#[test]
fn pods_spread_over_zones() {
    let nodes = [
        "{name: a, labels: {zone: one}}",
        "{name: b, labels: {zone: one}}",
        "{name: c, labels: {zone: two}}",
    ];
    for when in ["ScheduleAnyway", "DoNotSchedule"] {
        let spread = format!(
            "topologySpreadConstraints: [{{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: \
             {when}, labelSelector: {{matchLabels: {{app: web}}}}}}]"
        );
        let web = |name: &str| pod(name, "labels: {app: web}", &spread, "");
        let went = go(&nodes, &[web("p"), web("q")], &["p", "q"]);
        assert!(went.contains(&"c".to_string()), "{when} {went:?}");
        assert_ne!(went[0], went[1]);
    }
}

#[test]
fn ties_are_drawn_by_the_seed_and_not_by_the_name() {
    let nodes = ["{name: a}", "{name: b}", "{name: c}", "{name: d}"];
    let went: Vec<String> = (0..12)
        .map(|i| go(&nodes, &[pod(&format!("p{i}"), "", "", "")], &[&format!("p{i}")]).remove(0))
        .collect();
    assert_eq!(went.len(), 12);
    let seeds: Vec<String> = (1..9)
        .map(|seed| {
            let text = format!(
                "manifest: |\n  {}nodes: [{}]\nseed: {seed}\nuntil: 5s\n",
                pod("web", "", "", ""),
                nodes.join(", ")
            );
            crate::volumes::run(&text).node_of("web")
        })
        .collect();
    assert!(seeds.iter().any(|node| *node != seeds[0]), "{seeds:?}");
}
