//! Orphans and zombies: who takes them in, who reaps them.

use super::Run;

fn pod(image: &str, command: &str, until: u32) -> Run {
    let spec = format!(
        "terminationGracePeriodSeconds: 4\ncontainers:\n- name: a\n  image: {image}\n  \
         command: {command}\n"
    );
    Run::pod(&spec, "{at: 9s, kubectl: \"delete pod web --wait=false\"}", until)
}

#[test]
fn a_pid_1_that_never_waits_keeps_zombies() {
    let run = pod(
        "busybox:1.36",
        "[sh, -c, '(sleep 1; sleep 1 &) & sh -c \"sleep 4; ps -o ppid,stat,args\" & exec sleep 60']",
        8,
    );
    let logs = run.logs("a");
    assert!(logs.contains(&"    1 Z    [sleep]"), "{logs:?}");
    let told = run.rules("process.zombie");
    assert_eq!(told.len(), 1, "told once");
    assert_eq!(told[0].1["parent"], "sleep 60");
}

#[test]
fn tini_reaps_and_hands_the_signal_on() {
    let script = "trap \"echo term; exit 7\" TERM; sh -c \"sleep 1 & sleep 2 & exit 0\"; sleep 4; \
                  ps -o pid,args; while true; do sleep 1; done";
    for init in ["tini, --", "dumb-init"] {
        let run = pod("acme/app", &format!("[{init}, sh, -c, '{script}']"), 20);
        let logs = run.logs("a");
        assert!(!logs.iter().any(|line| line.contains("[sleep]")), "{init}: {logs:?}");
        assert!(logs.iter().any(
            |line| line.starts_with("    1 ") && line.contains(init.split(',').next().unwrap())
        ));
        assert_eq!(logs.last(), Some(&"term"), "{init}");
        assert_eq!(run.status("a")["state"]["terminated"]["exitCode"], 7, "{init}");
        assert_eq!(run.rules("process.reaped").len(), 1, "{init}");
    }
}

#[test]
fn an_init_makes_a_plain_program_hear_sigterm() {
    for (command, code) in [
        ("[sleep, '60']", 137),
        ("[tini, --, sleep, '60']", 143),
        ("[dumb-init, sleep, '60']", 143),
        ("[dumb-init, --rewrite, '15:9', sleep, '60']", 137),
        ("[tini, -e, '143', --, sleep, '60']", 0),
        // The shell has no trap, but it is not PID 1 either; its child outlives it for a moment.
        ("[tini, --, sh, -c, 'sleep 60; echo no']", 143),
        ("[tini, -g, --, sh, -c, 'sleep 60; echo no']", 143),
    ] {
        let run = pod("acme/app", command, 20);
        assert_eq!(run.status("a")["state"]["terminated"]["exitCode"], code, "{command}");
        assert!(run.logs("a").is_empty(), "{command}");
    }
}

#[test]
fn what_an_init_cannot_start_is_told_as_it_tells_it() {
    for (command, line, code) in [
        (
            "[tini, --, nosuch]",
            "[FATAL tini (7)] exec nosuch failed: No such file or directory",
            127,
        ),
        ("[dumb-init, nosuch]", "[dumb-init] nosuch: No such file or directory", 2),
    ] {
        let run = pod("polinux/stress", command, 5);
        if run.logs("a").is_empty() {
            continue;
        }
        assert_eq!(run.logs("a")[0], line);
        assert_eq!(run.status("a")["lastState"]["terminated"]["exitCode"], code, "{command}");
    }
}

#[test]
fn every_signal_does_what_it_does_by_default() {
    let all: Vec<i32> = (1..32).collect();
    let code = |number: i32, field: &str| {
        let spec = format!(
            "{field}\nrestartPolicy: Never\ncontainers:\n\
             - {{name: a, image: busybox:1.36, command: [sleep, '30']}}\n"
        );
        let run = Run::pod(&spec, &format!("{{at: 5s, fault: kill web/a {number}}}"), 20);
        run.status("a")["state"]["terminated"]["exitCode"].as_i64()
    };
    for number in all {
        let spared = matches!(number, 17..=23 | 28);
        let alone = (number == 9).then_some(137);
        assert_eq!(code(number, ""), alone, "PID 1 and signal {number}");
        let shared = (!spared).then_some(i64::from(128 + number));
        assert_eq!(code(number, "shareProcessNamespace: true"), shared, "signal {number}");
    }
}

#[test]
fn groups_and_sessions() {
    let script = "sleep 50 & sleep 51 & setsid sleep 52 & sleep 0.1; ps -o pid,pgid,sid,args | \
                  grep [s]leep; trap : TERM; kill 0; sleep 0.1; echo left; pidof sleep | wc -w";
    let spec = format!(
        "restartPolicy: Never\ncontainers:\n- name: a\n  image: busybox:1.36\n  \
         command: [sh, -c, '{script}']\n"
    );
    let run = Run::pod(&spec, "", 10);
    let logs = run.logs("a");
    assert_eq!(logs.last(), Some(&"1"), "only the one with a session of its own is left: {logs:?}");
    let other = logs.iter().find(|line| line.ends_with("sleep 52")).unwrap();
    let ids: Vec<&str> = other.split_whitespace().collect();
    assert!(ids[1] == ids[0] && ids[2] == ids[0], "{other}");
}
