//! PID namespaces: a container's own, the Pod's, the node's.

use super::Run;

const TWO: &str = "\
shareProcessNamespace: true
containers:
- {name: a, image: busybox:1.36, command: [sh, -c, 'sleep 100 & sleep 4; ps -o pid,ppid,args']}
- {name: b, image: busybox:1.36, command: [sleep, '200']}
";

#[test]
fn the_containers_of_a_shared_namespace_see_each_other() {
    let run = Run::pod(TWO, "", 10);
    let logs = run.logs("a");
    assert_eq!(logs[1].split_whitespace().collect::<Vec<_>>(), ["1", "0", "/pause"]);
    let row = |text: &str| {
        let line = logs.iter().find(|line| line.ends_with(text)).expect(text);
        line.split_whitespace().take(2).map(|n| n.parse().unwrap()).collect::<Vec<u32>>()
    };
    assert_eq!(row(" ps -o pid,ppid,args")[1], 0, "its parent is outside");
    assert_eq!(row(" sleep 200")[1], 0);
    assert_eq!(row(" sleep 100")[1], row(" ps -o pid,ppid,args")[0]);
}

/// As the documentation's task about shared process namespaces does it.
#[test]
fn a_container_reaches_the_files_of_another_through_its_root() {
    let spec = "\
shareProcessNamespace: true
containers:
- {name: nginx, image: nginx}
- name: shell
  image: busybox:1.36
  command: [sh, -c, 'sleep 6; p=$(pgrep -o nginx); head -n 1 /etc/nginx/nginx.conf; \
    test -f /proc/$p/root/etc/nginx/nginx.conf && echo there; readlink /proc/$p/root; \
    echo seen > /proc/$p/root/tmp/note; cat /tmp/note; cat /proc/$p/root/tmp/note; sleep 99']
";
    let run = Run::pod(spec, "", 10);
    let logs = run.logs("shell");
    let missing = |path: &str| format!("{path}: No such file or directory");
    assert!(logs[0].ends_with(&missing("/etc/nginx/nginx.conf")), "{logs:?}");
    assert_eq!(logs[1..3], ["there", "/"]);
    assert!(logs[3].contains("can't open '/tmp/note'"), "{logs:?}");
    assert_eq!(logs[4], "seen");
}

#[test]
fn what_a_container_left_behind_dies_with_it() {
    let spec = "\
shareProcessNamespace: true
restartPolicy: Never
containers:
- {name: a, image: busybox:1.36, command: [sh, -c, 'sleep 100 & sleep 3']}
- {name: b, image: busybox:1.36, command: [sh, -c, 'sleep 2; ps; sleep 3; ps']}
";
    let run = Run::pod(spec, "", 20);
    let logs = run.logs("b");
    let seen = logs.iter().filter(|line| line.ends_with(" sleep 100")).count();
    assert_eq!(seen, 1, "only the first ps: {logs:?}");
    assert!(!logs.iter().any(|line| line.contains("[sleep]")), "pause reaps: {logs:?}");
}

#[test]
fn a_container_may_kill_another_ones_first_process() {
    let spec = "\
shareProcessNamespace: true
restartPolicy: Never
containers:
- {name: a, image: busybox:1.36, command: [sleep, '100']}
- name: b
  image: busybox:1.36
  command: [sh, -c, 'sleep 2; kill $(pidof sleep); echo $?; sleep 5']
";
    let run = Run::pod(spec, "", 20);
    let ended = &run.status("a")["state"]["terminated"];
    assert_eq!(ended["exitCode"], 143, "no PID 1, so no immunity: {ended}");
    assert_eq!(run.logs("b"), ["0"]);
}

#[test]
fn killing_pause_takes_the_pod_down_and_a_new_sandbox_comes() {
    let spec = "\
shareProcessNamespace: true
containers:
- {name: a, image: busybox:1.36, command: [sh, -c, 'echo up; sleep 3; kill 1; sleep 100']}
";
    let run = Run::pod(spec, "", 12);
    assert_eq!(run.logs("a")[..2], ["up", "up"]);
    assert_eq!(run.status("a")["lastState"]["terminated"]["exitCode"], 137);
}

#[test]
fn the_nodes_namespace_shows_its_daemons_and_has_high_ids() {
    let spec = "\
hostPID: true
restartPolicy: Never
containers:
- name: a
  image: busybox:1.36
  command:
  - sh
  - -c
  - (sleep 9 &); sleep 0.2; ps -o pid,ppid,args; kill -9 655; echo $?
";
    let run = Run::pod(spec, "", 10);
    let logs = run.logs("a");
    for name in ["/sbin/init", "/usr/bin/kubelet", "/usr/bin/containerd", "/pause"] {
        assert!(logs.iter().any(|line| line.ends_with(name)), "{name}: {logs:?}");
    }
    let sleeper = logs.iter().find(|line| line.ends_with("sleep 9")).unwrap();
    let ids: Vec<&str> = sleeper.split_whitespace().collect();
    assert!(ids[0].parse::<u32>().unwrap() > 1000, "{logs:?}");
    assert_eq!(ids[1], "41207", "an orphan goes to the shim, which is a sub-reaper");
    assert_eq!(logs.last(), Some(&"0"), "root may");
}

#[test]
fn without_pid_1_a_stop_needs_no_trap() {
    for (field, code) in [("shareProcessNamespace: true", 143), ("hostPID: true", 143), ("", 137)] {
        let spec = format!(
            "{field}\nterminationGracePeriodSeconds: 3\ncontainers:\n\
             - {{name: a, image: busybox:1.36, command: [sleep, '100']}}\n"
        );
        let run = Run::pod(&spec, "{at: 5s, kubectl: \"delete pod web --wait=false\"}", 20);
        assert_eq!(run.status("a")["state"]["terminated"]["exitCode"], code, "{field}");
    }
}
