//! When a Pod that did not fit is tried again.

use super::{on, pod};

const NODE: &str = "{name: n1, cpu: 2, labels: {disk: ssd}}";

/// The reasons for which a Pod was tried again.
fn again(shown: &crate::volumes::Shown, pod: &str) -> Vec<String> {
    let rules = shown.rules("scheduler.again", &format!("pod/{pod}"));
    rules.iter().map(|facts| facts["because"].as_str().unwrap_or_default().to_string()).collect()
}

#[test]
fn a_pod_that_goes_makes_room() {
    let objects =
        [pod("a", "", "", "cpu: 2"), pod("b", "", "", "cpu: 1"), pod("c", "", "", "cpu: 1")];
    let delete = "{at: 10s, kubectl: 'delete pod a --grace-period=1 --wait=false'}";
    let shown = on(&[NODE], &objects, delete);
    assert_eq!((shown.node_of("b"), shown.node_of("c")), ("n1".into(), "n1".into()));
    assert_eq!(again(&shown, "b"), ["AssignedPodDelete"]);
}

#[test]
fn the_more_important_pod_goes_first() {
    let class = "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, \
                 value: 5, preemptionPolicy: Never}\n";
    let high = "priorityClassName: high";
    let objects = [
        class.to_string(),
        pod("a", "", "", "cpu: 2"),
        pod("b", "", "", "cpu: 2"),
        pod("c", "", high, "cpu: 2"),
    ];
    let delete = "{at: 10s, kubectl: 'delete pod a --grace-period=1 --wait=false'}";
    let shown = on(&[NODE], &objects, delete);
    assert_eq!((shown.node_of("b"), shown.node_of("c")), (String::new(), "n1".into()));
}

#[test]
fn only_what_can_help_lets_it_try_again() {
    let web = pod("web", "", "nodeSelector: {disk: hdd}", "");
    let label = |at: u32, value: &str| {
        format!("{{at: {at}s, kubectl: 'label node n1 disk={value} --overwrite'}}")
    };
    let actions = [label(5, "tape"), label(10, "nvme"), label(15, "hdd")].join(", ");
    let shown = on(&[NODE], &[web], &actions);
    assert_eq!(again(&shown, "web"), ["NodeUpdate"]);
    let bound = shown.first("web", |pod| pod["spec"]["nodeName"] == "n1").expect("it is bound");
    assert!((15.0..15.5).contains(&bound), "{bound}");
}

#[test]
fn after_five_minutes_it_is_tried_in_any_case() {
    let web = "manifest: |\n  ".to_string()
        + &pod("web", "", "nodeSelector: {disk: hdd}", "")
        + "until: 20m\n";
    let shown = crate::volumes::run(&web);
    let events = shown.events_of("web");
    // Two Events: about the Pod as it was created, and with its condition; the latter is a series.
    assert_eq!(events.len(), 2, "{events:?}");
    assert_eq!(events[0], events[1]);
}

#[test]
fn gates_hold_a_pod_back_until_the_last_is_gone() {
    let gates = "schedulingGates: [{name: a.b/one}, {name: a.b/two}]";
    let patch = |at: u32, gates: &str| {
        let body = format!("{{\"spec\":{{\"schedulingGates\":{gates}}}}}");
        format!(
            "{{at: {at}s, kubectl: \"patch pod web --type=merge -p '{}'\"}}",
            body.replace('"', "\\\"")
        )
    };
    let actions = [patch(5, "[{\"name\":\"a.b/two\"}]"), patch(10, "[]")].join(", ");
    let shown = on(&[NODE], &[pod("web", "", gates, "")], &actions);
    let gated = |pod: &lifepod::base::json::Value| {
        let condition = &pod["status"]["conditions"][0];
        condition["reason"] == "SchedulingGated"
            && condition["message"] == "Scheduling is blocked due to non-empty scheduling gates"
    };
    assert!(shown.first("web", gated).is_some_and(|at| at < 0.1));
    let bound = shown.first("web", |pod| pod["spec"]["nodeName"] == "n1").expect("it is bound");
    assert!((10.0..10.5).contains(&bound), "{bound}");
    assert!(shown.events_of("web").iter().all(|(reason, _)| reason != "FailedScheduling"));
}

#[test]
fn another_schedulers_pods_are_left_alone() {
    let shown = on(&[NODE], &[pod("web", "", "schedulerName: mine", "")], "");
    assert_eq!(shown.node_of("web"), "");
    assert!(shown.events_of("web").is_empty());
}

/// A tainted node beside one that is too small: telling its own condition is no reason to try.
#[test]
fn its_own_status_does_not_let_it_try_again() {
    let nodes = [NODE, "{name: n2, taints: ['maint=1:NoSchedule']}"];
    let shown = on(&nodes, &[pod("web", "", "", "cpu: 9")], "");
    assert_eq!(shown.events_of("web").len(), 1);
    let tolerate = "{at: 10s, kubectl: \"patch pod web --type=json -p \
        '[{\\\"op\\\":\\\"add\\\",\\\"path\\\":\\\"/spec/tolerations/-\\\",\
        \\\"value\\\":{\\\"operator\\\":\\\"Exists\\\"}}]'\"}";
    let shown = on(&["{name: n2, taints: ['maint=1:NoSchedule']}"], &[pod("web", "", "", "")], "");
    assert_eq!(shown.node_of("web"), "");
    let shown =
        on(&["{name: n2, taints: ['maint=1:NoSchedule']}"], &[pod("web", "", "", "")], tolerate);
    assert_eq!(shown.node_of("web"), "n2");
}

#[test]
fn a_pod_that_comes_helps_only_those_who_want_to_be_near_it() {
    let affinity = "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: \
        [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}]}}";
    let objects = [pod("web", "", affinity, ""), pod("other", "", "", "")];
    let late = |at: u32, name: &str, app: &str| {
        let pod = pod(name, &format!("labels: {{app: {app}}}"), "", "");
        format!("{{at: {at}s, apply: '{}'}}", pod.trim_end().replace('\'', "\""))
    };
    let actions = [late(5, "cache", "cache"), late(10, "db", "db")].join(", ");
    let shown = on(&[NODE], &objects, &actions);
    assert_eq!(again(&shown, "web"), ["AssignedPodAdd"]);
    let bound = shown.first("web", |pod| pod["spec"]["nodeName"] == "n1").expect("it is bound");
    assert!((10.0..10.5).contains(&bound), "{bound}");
}

#[test]
fn a_port_is_free_when_the_pod_that_had_it_goes() {
    let ports = |name: &str, port: u32| {
        let usual = "command: [sleep, '9999']";
        let with = format!("{usual}, ports: [{{containerPort: 80, hostPort: {port}}}]");
        pod(name, "", "", "").replace(usual, &with)
    };
    let objects = [ports("a", 8080), ports("b", 9090), ports("c", 8080)];
    let delete = |at: u32, name: &str| {
        format!("{{at: {at}s, kubectl: 'delete pod {name} --grace-period=1 --wait=false'}}")
    };
    let actions = [delete(5, "b"), delete(10, "a")].join(", ");
    let shown = on(&[NODE], &objects, &actions);
    assert_eq!(again(&shown, "c"), ["AssignedPodDelete"]);
    assert_eq!(shown.node_of("c"), "n1");
}
