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
