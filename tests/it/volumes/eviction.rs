//! Limits of local storage.

use super::{Shown, pod, run, scenario};

const FILL: &str = "dd if=/dev/zero of=$AT/big bs=1M count=3 2>/dev/null; sleep 300";

fn shown(spec: &str, container: &str, script: &str) -> Shown {
    run(&scenario(&pod(spec, container, script), "", "200s"))
}

fn evicted(shown: &Shown) -> Option<(String, String)> {
    let status = shown.status("web");
    (status["reason"] == "Evicted").then(|| {
        let text = |field: &str| status[field].as_str().unwrap_or_default().to_string();
        (text("phase"), text("message"))
    })
}

#[test]
fn a_volume_over_its_limit_fails_the_pod() {
    let spec = "volumes: [{name: w, emptyDir: {sizeLimit: 2Mi}}]";
    let mounts = "env: [{name: AT, value: /w}], volumeMounts: [{name: w, mountPath: /w}]";
    let over = shown(spec, mounts, FILL);
    let message = "Usage of EmptyDir volume \"w\" exceeds the limit \"2Mi\". ";
    assert_eq!(evicted(&over), Some(("Failed".into(), message.into())));
    assert_eq!(over.event("Evicted"), Some(message));
    // PID 1 ignores SIGTERM: SIGKILL after the least grace of two seconds.
    assert_eq!(over.state()["terminated"]["exitCode"], 137);
    let at = over.moments_of(message)[0];
    assert!(at < 72.0, "measured within a minute, seen within ten seconds: {at}");
    let large = shown("volumes: [{name: w, emptyDir: {sizeLimit: 4Mi}}]", mounts, FILL);
    assert_eq!((evicted(&large), large.event("Evicted")), (None, None));
}

#[test]
fn files_that_are_gone_before_anyone_looks_do_no_harm() {
    let spec = "volumes: [{name: w, emptyDir: {sizeLimit: 2Mi}}]";
    let mounts = "volumeMounts: [{name: w, mountPath: /w}]";
    let script =
        "while :; do dd if=/dev/zero of=/w/big bs=1M count=3 2>/dev/null; rm /w/big; sleep 1; done";
    assert_eq!(evicted(&shown(spec, mounts, script)), None);
}

#[test]
fn a_container_over_its_limit_fails_the_pod() {
    let limit = "env: [{name: AT, value: /tmp}], resources: {limits: {ephemeral-storage: 2Mi}}";
    let over = shown("", limit, FILL);
    let message = "Pod ephemeral local storage usage exceeds the total limit of containers 2Mi. ";
    assert_eq!(evicted(&over), Some(("Failed".into(), message.into())));
    let large = limit.replace("2Mi", "4Mi");
    assert_eq!(evicted(&shown("", &large, FILL)), None);
}

#[test]
fn what_is_in_volumes_counts_for_the_limits_of_containers() {
    let spec = "volumes: [{name: w, emptyDir: {}}]";
    let container = "env: [{name: AT, value: /w}], volumeMounts: [{name: w, mountPath: /w}], \
                     resources: {limits: {ephemeral-storage: 2Mi}}";
    let message = "Pod ephemeral local storage usage exceeds the total limit of containers 2Mi. ";
    let over = shown(spec, container, FILL);
    assert_eq!(evicted(&over), Some(("Failed".into(), message.into())));
    let in_memory = shown("volumes: [{name: w, emptyDir: {medium: Memory}}]", container, FILL);
    assert_eq!(evicted(&in_memory), None);
}
