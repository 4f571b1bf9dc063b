//! What changes in a running container, and what does not.

use super::{config_map, pod, run, scenario};
use lifepod::base::SimTime;
use lifepod::engine::{Config, Trace, World};
use lifepod::session::manifest::apply_action;

/// Patches the ConfigMap `c` at 20 s.
const PATCH: &str = "{at: 20s, kubectl: \"patch configmap c --type=merge -p '{\\\"data\\\":{\\\"k\\\":\\\"new\\\",\\\"more\\\":\\\"x\\\"}}'\"}";

#[test]
fn files_follow_a_config_map_and_the_rest_does_not() {
    let spec = "volumes: [{name: v, configMap: {name: c}}]";
    let container = "env: [{name: K, valueFrom: {configMapKeyRef: {name: c, key: k}}}], \
        volumeMounts: [{name: v, mountPath: /v}, {name: v, mountPath: /part, subPath: k}]";
    let script = "while :; do echo $(cat /v/k) $(cat /part) $K $(ls /v | wc -l); sleep 1; done";
    let shown =
        run(&scenario(&(config_map("c", "k: old") + &pod(spec, container, script)), PATCH, "140s"));
    let log = shown.log();
    let at = log.iter().position(|line| *line == "new old old 2").expect("it changes");
    assert!((25..110).contains(&at), "at a sync, about once a minute: {at} s");
    assert!(log[..at].iter().all(|line| *line == "old old old 1"), "all at once");
    assert!(log[at..].iter().all(|line| *line == "new old old 2"));
}

#[test]
fn labels_appear_in_the_downward_api() {
    let spec = "volumes: [{name: d, downwardAPI: {items: [\
        {path: labels, fieldRef: {fieldPath: metadata.labels}}]}}]";
    let mounts = "volumeMounts: [{name: d, mountPath: /d}]";
    let script = "sleep 5; cat /d/labels; echo; sleep 10; cat /d/labels; echo";
    let label = "{at: 10s, kubectl: 'label pod web tier=front'}";
    let shown = run(&scenario(&pod(spec, mounts, script), label, "30s"));
    assert_eq!(shown.log(), ["app=\"web\"", "app=\"web\"", "tier=\"front\""]);
}

#[test]
fn a_config_map_that_is_deleted_leaves_its_files() {
    let spec = "volumes: [{name: v, configMap: {name: c}}]";
    let mounts = "volumeMounts: [{name: v, mountPath: /v}]";
    let script = "sleep 150; cat /v/k";
    let delete = "{at: 20s, kubectl: 'delete configmap c'}";
    let shown =
        run(&scenario(&(config_map("c", "k: kept") + &pod(spec, mounts, script)), delete, "170s"));
    assert_eq!(shown.log(), ["kept"]);
    let message = "MountVolume.SetUp failed for volume \"v\" : configmap \"c\" not found";
    assert_eq!(shown.event("FailedMount"), Some(message));
}

#[test]
fn an_immutable_object_stays() {
    let map =
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, immutable: true, data: {k: old}}\n";
    let shown = run(&scenario(map, PATCH, "30s"));
    let answer = shown.rows.iter().rfind(|r| r["type"] == "KUBECTL").expect("kubectl answers");
    let error = "The ConfigMap \"c\" is invalid: data: Forbidden: field is immutable when \
                 `immutable` is set\n";
    assert_eq!(answer["err"], error);
}

#[test]
fn what_has_no_namespace_can_be_applied_again() {
    let label = "{at: 5s, kubectl: 'label ns team a=b'}";
    let text = "{apiVersion: v1, kind: Namespace, metadata: {name: team}}\n";
    let shown = run(&scenario(&format!("{text}---\n{text}"), label, "10s"));
    let answers = shown.rows.iter().filter(|r| r["type"] == "KUBECTL").map(|r| &r["out"]);
    let answers: Vec<&str> = answers.map(|out| out.as_str().unwrap_or_default()).collect();
    let twice = "namespace/team created\nnamespace/team unchanged\n";
    assert_eq!(answers, [twice, "namespace/team labeled\n"]);
}

/// A copy of the world at any moment runs to the same end.
#[test]
fn volumes_are_part_of_the_snapshot() {
    let spec = "volumes: [{name: v, configMap: {name: c}}, {name: w, emptyDir: {}}]";
    let mounts = "volumeMounts: [{name: v, mountPath: /v}, {name: w, mountPath: /w}]";
    let script = "while :; do cat /v/k >> /w/f; wc -c < /w/f; sleep 7; done";
    let manifest = config_map("c", "k: old") + &pod(spec, mounts, script);
    let action = apply_action(&manifest).expect("it is accepted");
    let mut world = World::new(Config::default());
    world.act(&action, &mut Trace::default());
    for step in 1..40 {
        let mut copy = world.clone();
        let until = SimTime::ms(step * 777);
        world.run_until(until, &mut Trace::default());
        copy.run_until(until, &mut Trace::muted());
        assert!(copy == world, "at {until:?}");
    }
}
