//! What holds a Pod at ContainerCreating.

use super::{pod, run, scenario};
use crate::float::AsF64;

fn failed(spec: &str) -> super::Shown {
    let mounts = "volumeMounts: [{name: v, mountPath: /v}]";
    run(&scenario(&pod(spec, mounts, "true"), "", "150s"))
}

#[test]
fn the_reason_is_the_kubelets() {
    let rows = [
        ("configMap: {name: c}", "configmap \"c\" not found"),
        ("secret: {secretName: s}", "secret \"s\" not found"),
        (
            "configMap: {name: kube-root-ca.crt, items: [{key: k, path: p}]}",
            "configmap references non-existent config key: k",
        ),
        (
            "projected: {sources: [{secret: {name: a}}, {configMap: {name: b}}]}",
            "[secret \"a\" not found, configmap \"b\" not found]",
        ),
        (
            "hostPath: {path: /none, type: Directory}",
            "hostPath type check failed: /none is not a directory",
        ),
        ("hostPath: {path: /none, type: File}", "hostPath type check failed: /none is not a file"),
        (
            "hostPath: {path: /tmp, type: Socket}",
            "hostPath type check failed: /tmp is not a socket file",
        ),
    ];
    for (source, error) in rows {
        let shown = failed(&format!("volumes: [{{name: v, {source}}}]"));
        let message = format!("MountVolume.SetUp failed for volume \"v\" : {error}");
        assert_eq!(shown.event("FailedMount"), Some(message.as_str()));
        assert_eq!(shown.state()["waiting"]["reason"], "ContainerCreating");
        // 500 ms, then twice as long each time.
        let moments = shown.moments_of(&message);
        let waits: Vec<f64> = moments.windows(2).map(|w| w[1] - w[0]).collect();
        let doubled = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
        assert_eq!(waits.len(), doubled.len(), "{moments:?}");
        assert!(waits.iter().zip(doubled).all(|(w, d)| (w - d).abs() < 0.2), "{waits:?}");
    }
}

#[test]
fn an_optional_object_may_be_missing() {
    let spec = "volumes: [{name: v, configMap: {name: c, optional: true}}]";
    let mounts = "volumeMounts: [{name: v, mountPath: /v}]";
    let shown = run(&pod(spec, mounts, "ls /v; echo fine"));
    assert_eq!(shown.log(), ["fine"]);
}

#[test]
fn the_pod_goes_on_when_the_object_comes() {
    let spec = "volumes: [{name: v, configMap: {name: c}}]";
    let mounts = "volumeMounts: [{name: v, mountPath: /v}]";
    let create = "{at: 20s, kubectl: 'create configmap c --from-literal=k=here'}";
    let shown = run(&scenario(&pod(spec, mounts, "cat /v/k"), create, "60s"));
    assert_eq!(shown.log(), ["here"]);
}

#[test]
fn a_pod_that_waits_can_be_deleted_at_once() {
    let spec = "volumes: [{name: v, configMap: {name: c}}]";
    let mounts = "volumeMounts: [{name: v, mountPath: /v}]";
    let delete = "{at: 20s, kubectl: 'delete pod web'}";
    let shown = run(&scenario(&pod(spec, mounts, "true"), delete, "40s"));
    assert_eq!(shown.status("web")["phase"], "Failed");
    let gone = shown.rows.iter().find(|r| r["type"] == "DELETED").expect("it goes");
    assert!(gone["t"].as_f64().is_some_and(|t| t < 22.5), "{}", gone["t"]);
}

#[test]
fn a_pod_without_its_claim_is_not_scheduled() {
    let spec = "volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]";
    let pod = pod(spec, "volumeMounts: [{name: v, mountPath: /v}]", "echo fine");
    let message = "0/1 nodes are available: persistentvolumeclaim \"data\" not found. no new \
                   claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not \
                   helpful for scheduling.";
    let alone = run(&scenario(&pod, "", "30s"));
    assert_eq!(alone.event("FailedScheduling"), Some(message));
    assert_eq!(alone.status("web")["phase"], "Pending");
    let claim = "---\n{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, \
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}\n";
    let late = run(&format!("{pod}{claim}"));
    assert_eq!(late.event("FailedScheduling"), Some(message));
    assert_eq!(late.log(), ["fine"]);
}

#[test]
fn missing_pull_secrets_are_told_and_hold_nothing_up() {
    let shown = run(&pod("imagePullSecrets: [{name: a}, {name: b}]", "", "echo fine"));
    let message = "Unable to retrieve some image pull secrets (a, b); attempting to pull the image \
                   may not succeed.";
    assert_eq!(shown.event("FailedToRetrieveImagePullSecret"), Some(message));
    assert_eq!(shown.log(), ["fine"]);
}

#[test]
fn a_directory_cannot_be_mounted_onto_a_file() {
    let spec = "volumes: [{name: v, emptyDir: {}}]";
    let shown = run(&scenario(
        &pod(spec, "volumeMounts: [{name: v, mountPath: /etc/passwd}]", "true"),
        "",
        "20s",
    ));
    let ended = &shown.state()["terminated"];
    assert_eq!((&ended["reason"], &ended["exitCode"]), (&"StartError".into(), &128.into()));
    let message = ended["message"].as_str().unwrap_or_default();
    assert!(
        message.contains("to rootfs at \"/etc/passwd\"") && message.contains("not a directory"),
        "{message}"
    );
}
