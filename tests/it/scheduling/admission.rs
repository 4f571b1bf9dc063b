//! What the kubelet refuses of Pods that came past the scheduler.

use super::{on, pod};

const NODE: &str = "{name: n1, cpu: 2, memory: 4Gi, pods: 2, taints: ['t=1:NoExecute']}";

#[test]
fn the_kubelet_refuses_in_its_own_words() {
    let plain = NODE.replace(", taints: ['t=1:NoExecute']", "");
    let port = |name: &str, spec: &str| {
        pod(name, "", spec, "")
            .replace("command:", "ports: [{containerPort: 80, hostPort: 80}], command:")
    };
    let lack = "Node didn't have enough resource: ";
    let there = || pod("there", "", "nodeName: n1", "cpu: 1500m");
    let rows = [
        (
            plain.as_str(),
            vec![there(), pod("web", "", "nodeName: n1", "cpu: 1")],
            "OutOfcpu",
            format!("{lack}cpu, requested: 1000, used: 1500, capacity: 2000"),
        ),
        (
            &plain,
            vec![pod("web", "", "nodeName: n1", "memory: 8Gi")],
            "OutOfmemory",
            format!("{lack}memory, requested: 8589934592, used: 0, capacity: 4190109696"),
        ),
        (
            &plain,
            vec![there(), pod("b", "", "nodeName: n1", ""), pod("web", "", "nodeName: n1", "")],
            "OutOfpods",
            format!("{lack}pods, requested: 1, used: 2, capacity: 2"),
        ),
        (
            &plain,
            vec![pod("web", "", "nodeName: n1, nodeSelector: {a: b}", "")],
            "NodeAffinity",
            "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"
                .to_string(),
        ),
        (
            &plain,
            vec![port("there", "nodeName: n1"), port("web", "nodeName: n1")],
            "NodePorts",
            "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"
                .to_string(),
        ),
        (
            NODE,
            vec![pod("web", "", "nodeName: n1", "")],
            "TaintToleration",
            "Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate"
                .to_string(),
        ),
    ];
    for (node, objects, reason, message) in rows {
        let shown = on(&[node], &objects, "");
        let status = shown.status("web");
        assert_eq!(status["phase"], "Failed", "{reason}");
        assert_eq!(status["reason"], reason);
        assert_eq!(status["message"], format!("Pod was rejected: {message}").as_str());
        assert!(shown.events_of("web").contains(&(reason.to_string(), message)));
        assert!(shown.events_of("web").iter().all(|(reason, _)| reason != "Scheduled"));
    }
}

#[test]
fn a_cordon_and_missing_extended_resources_do_not_matter_to_the_kubelet() {
    let plain = "{name: n1}";
    let cordon = "{at: 1s, kubectl: 'cordon n1'}, {at: 2s, apply: '";
    let web =
        pod("web", "", "nodeName: n1", "\"example.com/gpu\": 1}, limits: {\"example.com/gpu\": 1")
            .trim_end()
            .replace('\'', "\"");
    let shown = on(&[plain], &[pod("a", "", "", "")], &format!("{cordon}{web}'}}"));
    assert_eq!(shown.status("web")["phase"], "Running");
}

#[test]
fn a_node_that_does_not_exist_leaves_the_pod_pending() {
    let shown = on(&["{name: n1}"], &[pod("web", "", "nodeName: n9", "")], "");
    assert!(shown.events_of("web").iter().all(|(reason, _)| reason != "FailedScheduling"));
}

#[test]
fn a_pod_for_another_operating_system_is_refused_where_it_was_put() {
    let label = "labels: {kubernetes.io/os: windows}";
    let words = "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label";
    for (meta, spec, reason, words) in [
        (label, "", "PodOSSelectorNodeLabelDoesNotMatch", words),
        (
            "",
            "os: {name: windows}",
            "PodOSNotSupported",
            "Failed to admit pod as the OS field doesn't match node OS",
        ),
    ] {
        let shown = on(&["n1"], &[pod("web", meta, spec, "")], "");
        let status = shown.status("web");
        assert_eq!((&status["phase"], &status["reason"]), (&"Failed".into(), &reason.into()));
        assert!(shown.events_of("web").contains(&(reason.to_string(), words.to_string())));
        assert_eq!(shown.node_of("web"), "n1", "the scheduler does not look at it");
    }
    let fits = on(&["n1"], &[pod("web", "", "os: {name: linux}", "")], "");
    assert_eq!(fits.status("web")["phase"], "Running");
}
