//! What the kubelet does with the containers of a Pod, in whole runs.

use crate::processes::Run;

/// A container that was stopped and removed between two relists is news: what comes after the
/// removal of all containers begins at once, not at the next periodic sync.
/// Source: pleg/generic.go generateEvents
#[test]
fn all_containers_start_anew_at_once() {
    let run = Run::pod(
        "containers:\n- name: a\n  image: busybox:1.36\n  restartPolicy: Never\n  \
         restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: In, values: \
         [42]}}]\n  command: [sh, -c, 'sleep 5; exit 42']\n- name: b\n  image: busybox:1.36\n  \
         command: [sh, -c, 'echo up; exec sleep 600']\n",
        "",
        40,
    );
    let ups = run.times("b");
    assert!(ups.len() >= 4, "{ups:?}");
    assert!(ups.windows(2).all(|pair| pair[1] - pair[0] < 10.0), "{ups:?}");
}

/// A sync goes by the Pod as it was when the sync began: an image that changes while the sandbox is
/// made is for the next sync, which finds the container changed.
/// Source: pod_workers.go podWorkerLoop
#[test]
fn what_changes_during_a_sync_is_for_the_next_one() {
    let run = Run::pod(
        "containers:\n- name: a\n  image: busybox:1.36\n  command: [sh, -c, 'trap \"exit 0\" TERM; \
         echo up; sleep 600 & wait $!']\n",
        "{at: 200ms, kubectl: \"set image pod/web a=busybox:1.37\"}",
        20,
    );
    assert_eq!(run.logs("a"), ["up", "up"]);
    assert_eq!(run.events("Killing"), ["Container a definition changed, will be restarted"]);
    let status = run.status("a");
    assert_eq!(status["restartCount"], 1);
    assert!(status["image"].as_str().is_some_and(|image| image.ends_with(":1.37")), "{status:?}");
}

/// The end of a Pod that is asked for while its container is being started comes right after the
/// start: that sync did something, so the runtime is looked at at once.
/// Source: pod_workers.go podWorkerLoop, postSync
#[test]
fn a_pod_deleted_while_it_starts_is_stopped_at_once() {
    let run = Run::pod(
        "containers:\n- name: a\n  image: busybox:1.36\n  command: [sh, -c, 'trap \"exit 0\" TERM; \
         sleep 600 & wait $!']\n",
        "{at: 400ms, kubectl: \"delete pod web --wait=false\"}",
        20,
    );
    let (started, stopped) = (run.rules("container.started"), run.rules("stop.begins"));
    assert!(stopped[0].0 - started[0].0 < 0.1, "{started:?} {stopped:?}");
}

/// The same when no other container runs whose end would be news.
/// Source: kubelet.go SyncPod
#[test]
fn a_single_container_starts_anew_at_once() {
    let run = Run::pod(
        "containers:\n- name: a\n  image: busybox:1.36\n  restartPolicy: Never\n  \
         restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: In, values: \
         [42]}}]\n  command: [sh, -c, 'echo up; sleep 5; exit 42']\n",
        "",
        30,
    );
    let ups = run.times("a");
    assert!(ups.len() >= 4 && ups.windows(2).all(|pair| pair[1] - pair[0] < 8.0), "{ups:?}");
}
