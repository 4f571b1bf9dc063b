//! Pods that have to go so that more important ones can come.

use super::{answer, on, pod};

const NODE: &str = "{name: n1, cpu: 2}";

fn class(name: &str, value: i32, more: &str) -> String {
    format!(
        "{{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {{name: {name}}}, \
         {more}value: {value}}}\n"
    )
}

fn of(name: &str, class: &str, cpu: &str) -> String {
    pod(
        name,
        "",
        &format!("priorityClassName: {class}, terminationGracePeriodSeconds: 4"),
        &format!("cpu: {cpu}"),
    )
}

/// A Pod that comes after ten seconds.
fn late(name: &str, class: &str, cpu: &str) -> String {
    let object = of(name, class, cpu).trim_end().replace('\'', "\"");
    format!("{{at: 10s, apply: '{object}'}}")
}

#[test]
fn the_fewest_and_least_important_pods_go() {
    let classes = [class("low", 1, ""), class("mid", 5, ""), class("top", 10, "")];
    let pods = [of("a", "low", "500m"), of("b", "low", "500m"), of("c", "mid", "1")];
    let objects: Vec<String> = classes.into_iter().chain(pods).collect();
    let shown = on(&[NODE], &objects, &late("vip", "top", "1"));
    let vip = shown.last("vip")["metadata"]["uid"].as_str().expect("it has one").to_string();
    for victim in ["a", "b"] {
        let text = format!("Preempted by pod {vip} on node n1");
        assert!(shown.events_of(victim).contains(&("Preempted".into(), text)));
        let target = &shown.last(victim)["status"]["conditions"][0];
        assert_eq!(target["type"], "DisruptionTarget");
        assert_eq!(target["reason"], "PreemptionByScheduler");
        assert_eq!(
            target["message"],
            "default-scheduler: preempting to accommodate a higher priority pod"
        );
        assert_eq!(shown.last(victim)["metadata"]["deletionGracePeriodSeconds"], 0);
    }
    assert!(shown.last("c")["metadata"]["deletionTimestamp"].is_null());
    assert_eq!(answer(&shown, "vip"), "0/1 nodes are available: 1 Insufficient cpu.");
    assert_eq!(shown.node_of("vip"), "n1");
    let nominated = shown.first("vip", |p| p["status"]["nominatedNodeName"] == "n1");
    let bound = shown.first("vip", |p| p["spec"]["nodeName"] == "n1");
    let (nominated, bound) = (nominated.expect("nominated"), bound.expect("bound"));
    // sleep ignores SIGTERM as PID 1, so the whole grace is used up.
    assert!((13.5..16.5).contains(&bound) && nominated < 10.5, "{nominated} {bound}");
    assert!(shown.status("vip")["nominatedNodeName"].is_null());
}

#[test]
fn the_message_says_why_nobody_goes() {
    let classes =
        [class("low", 1, ""), class("shy", 10, "preemptionPolicy: Never, "), class("top", 10, "")];
    let text = |after: &str| {
        format!("0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, {after}")
    };
    let rows = [
        ("shy", "low", "1", "preemption: not eligible due to preemptionPolicy=Never."),
        (
            "low",
            "top",
            "1",
            "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
        ),
        (
            "top",
            "low",
            "3",
            "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
        ),
    ];
    for (comes, there, cpu, after) in rows {
        let there = of("there", there, "2");
        let objects: Vec<String> = classes.iter().cloned().chain([there]).collect();
        let shown = on(&[NODE], &objects, &late("web", comes, cpu));
        assert_eq!(answer(&shown, "web"), text(after));
    }
}

#[test]
fn removing_all_of_lower_priority_may_not_be_enough() {
    let objects = [
        class("low", 1, ""),
        class("top", 10, ""),
        of("a", "low", "500m"),
        of("b", "top", "1500m"),
    ];
    let shown = on(&[NODE], &objects, &late("web", "top", "1"));
    assert_eq!(
        answer(&shown, "web"),
        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: \
         0/1 nodes are available: 1 Insufficient cpu."
    );
}

#[test]
fn the_node_that_loses_least_is_chosen() {
    let nodes = ["{name: n1, cpu: 1}", "{name: n2, cpu: 1}"];
    let on_node = |name: &str, class: &str, node: &str| {
        of(name, class, "1").replace(
            "spec: {",
            &format!("spec: {{nodeSelector: {{kubernetes.io/hostname: {node}}}, "),
        )
    };
    let objects = [
        class("low", 1, ""),
        class("mid", 5, ""),
        class("top", 10, ""),
        on_node("a", "mid", "n1"),
        on_node("b", "low", "n2"),
    ];
    let shown = on(&nodes, &objects, &late("vip", "top", "1"));
    assert_eq!(shown.node_of("vip"), "n2");
    assert!(shown.last("a")["metadata"]["deletionTimestamp"].is_null());
}

#[test]
fn a_class_that_is_not_there_is_refused() {
    let shown = on(&[NODE], &[class("a", 1, "")], &late("web", "b", "1"));
    let told = shown.kubectl_errors().join("");
    assert!(
        told.contains("pods \"web\" is forbidden: no PriorityClass with name b was found"),
        "{told}"
    );
}

#[test]
fn a_global_default_class_is_given_to_pods_without_one() {
    let objects = [class("usual", 7, "globalDefault: true, "), pod("web", "", "", "")];
    let spec = &on(&[NODE], &objects, "").last("web")["spec"].clone();
    assert_eq!((&spec["priority"], &spec["priorityClassName"]), (&7.into(), &"usual".into()));
    let system = [pod("web", "", "priorityClassName: system-node-critical", "")];
    let spec = &on(&[NODE], &system, "").last("web")["spec"].clone();
    assert_eq!(spec["priority"], 2_000_001_000);
}
