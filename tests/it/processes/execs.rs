//! Commands run in a container from outside, and what they leave behind.

use super::Run;

fn probed(probe: &str, until: u32) -> Run {
    let spec = format!(
        "containers:\n- name: a\n  image: busybox:1.36\n  \
         command: [sh, -c, 'while true; do sleep 4; ps -o ppid,args; done']\n  \
         readinessProbe: {{exec: {{command: [sh, -c, '{probe}']}}, timeoutSeconds: 1, \
         periodSeconds: 100}}\n"
    );
    Run::pod(&spec, "", until)
}

/// When the probe's answer came, after the start of the container.
fn answered(run: &Run) -> Option<f64> {
    let at = ["probe.failure"];
    let first = at.iter().flat_map(|rule| run.rules(rule)).map(|(t, _)| t).reduce(f64::min);
    Some(first? - run.rules("container.started")[0].0)
}

#[test]
fn a_timed_out_command_is_killed_alone_and_its_child_holds_the_answer_up() {
    let run = probed("sleep 33; true", 60);
    let logs = run.logs("a");
    assert!(logs.contains(&"    1 sleep 33"), "an orphan of PID 1: {logs:?}");
    assert!(!logs.iter().any(|line| line.contains("sh -c sleep 33")), "{logs:?}");
}

#[test]
fn what_holds_the_output_delays_the_answer() {
    let times = |probe: &str| answered(&probed(probe, 200));
    let quick = times("sleep 20 > /dev/null 2>&1 & exit 1").unwrap();
    let slow = times("sleep 20 & exit 1").unwrap();
    let never = times("sleep 500 & exit 1").unwrap();
    assert!(quick < 3.0, "{quick}");
    assert!((20.0..24.0).contains(&slow), "as long as the child: {slow}");
    assert!((121.0..125.0).contains(&never), "as long as the kubelet waits: {never}");
}
