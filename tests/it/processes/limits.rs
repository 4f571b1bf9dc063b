//! Memory and processor time: what a limit does.

use super::Run;

fn oom(script: &str, limit: &str) -> Run {
    let spec = format!(
        "restartPolicy: Never\ncontainers:\n- name: a\n  image: acme/app\n  \
         resources: {{limits: {{memory: {limit}}}}}\n  command:\n  - sh\n  - -c\n  - |\n{}",
        script.lines().map(|line| format!("    {line}\n")).collect::<String>()
    );
    Run::pod(&spec, "", 120)
}

fn ended(run: &Run) -> (i64, &str) {
    let ended = &run.status("a")["state"]["terminated"];
    (ended["exitCode"].as_i64().unwrap_or(-1), ended["reason"].as_str().unwrap_or(""))
}

#[test]
fn a_container_over_its_limit_is_killed_as_a_whole() {
    for (script, limit, killed) in [
        ("sleep 2; tail /dev/zero", "32Mi", true),
        ("sleep 2; tail /dev/zero; echo never", "32Mi", true),
        ("tail /dev/zero & sleep 100", "64Mi", true),
        ("cat /dev/zero | tail", "20Mi", true),
        ("head -c 50m /dev/zero | tail > /dev/null; echo done", "32Mi", true),
        ("head -c 20m /dev/zero | tail > /dev/null; echo done", "32Mi", false),
        ("dd if=/dev/zero of=/dev/null bs=20M", "15Mi", true),
        ("dd if=/dev/zero of=/dev/null bs=20M count=3", "15Mi", true),
        ("dd if=/dev/zero of=/tmp/f bs=1M count=100; echo done", "15Mi", false),
        ("stress --vm 1 --vm-bytes 150M --vm-hang 1", "100Mi", true),
        ("stress --vm 2 --vm-bytes 60M --vm-hang 1 -t 5; echo done", "100Mi", true),
        ("stress --vm 1 --vm-bytes 60M --vm-hang 1 -t 5; echo done", "100Mi", false),
        ("stress-ng --vm 1 --vm-bytes 1G -t 5", "100Mi", true),
        ("echo done", "8Mi", false),
    ] {
        let run = oom(script, limit);
        match killed {
            true => assert_eq!(ended(&run), (137, "OOMKilled"), "{script}"),
            false => {
                assert_eq!((ended(&run).0, run.logs("a").last()), (0, Some(&"done")), "{script}")
            }
        }
        assert_eq!(run.rules("container.oom-killed").len(), usize::from(killed), "{script}");
    }
}

#[test]
fn files_in_memory_count_to_who_wrote_them() {
    let spec = |script: &str, limit: &str| {
        format!(
            "restartPolicy: Never\nvolumes:\n- {{name: m, emptyDir: {{medium: Memory}}}}\n\
             containers:\n- name: a\n  image: busybox:1.36\n  \
             command: [sh, -c, '{script}; sleep 1; echo done; sleep 4']\n  \
             resources: {{limits: {{memory: {limit}}}}}\n  \
             volumeMounts: [{{name: m, mountPath: /m}}]\n\
             - name: b\n  image: busybox:1.36\n  command: [sh, -c, 'sleep 3; ls /m; echo b']\n  \
             resources: {{limits: {{memory: 16Mi}}}}\n  \
             volumeMounts: [{{name: m, mountPath: /m}}]\n"
        )
    };
    for (script, limit, killed) in [
        ("dd if=/dev/zero of=/m/f bs=1M count=40", "32Mi", true),
        ("dd if=/dev/zero of=/dev/shm/f bs=1M count=40", "32Mi", true),
        ("dd if=/dev/zero of=/tmp/f bs=1M count=40", "32Mi", false),
        ("dd if=/dev/zero of=/m/f bs=1M count=40", "64Mi", false),
        ("for i in 1 2 3; do dd if=/dev/zero of=/m/f bs=1M count=20; rm /m/f; done", "32Mi", false),
    ] {
        let run = Run::pod(&spec(script, limit), "", 20);
        assert_eq!(run.logs("a").contains(&"done"), !killed, "{script} in {limit}");
        assert_eq!(run.rules("container.oom-killed").len(), usize::from(killed), "{script}");
        assert_eq!(run.logs("b").last(), Some(&"b"), "the other did not write: {script}");
    }
    let full = Run::pod(&spec("dd if=/dev/zero of=/dev/shm/f bs=1M count=70", "1Gi"), "", 9);
    assert!(full.logs("a").iter().any(|l| l.contains("No space left")), "{:?}", full.logs("a"));
}

#[test]
fn memory_grows_with_time() {
    let run = oom("tail /dev/zero", "10Gi");
    let (at, facts) = run.rules("container.oom-killed")[0];
    let started = run.rules("container.started")[0].0;
    assert!((15.0..30.0).contains(&(at - started)), "half a gigabyte a second: {at}");
    assert_eq!(facts["limit"], "10Gi");
    assert_eq!(facts["process"], "tail /dev/zero");
}

#[test]
fn another_container_does_not_suffer() {
    let spec = "\
shareProcessNamespace: true
restartPolicy: Never
containers:
- name: a
  image: busybox:1.36
  command: [sh, -c, 'sleep 2; tail /dev/zero']
  resources: {limits: {memory: 16Mi}}
- name: b
  image: busybox:1.36
  command: [sh, -c, 'sleep 5; echo alive']
";
    let run = Run::pod(spec, "", 30);
    assert_eq!(ended(&run), (137, "OOMKilled"));
    assert_eq!(run.logs("b"), ["alive"]);
}

#[test]
fn too_small_a_limit_does_not_even_start() {
    let run = oom("echo never", "4Mi");
    let (code, reason) = ended(&run);
    assert_eq!((code, reason), (128, "StartError"));
    let message = run.status("a")["state"]["terminated"]["message"].as_str().unwrap();
    assert!(message.contains("container init was OOM-killed (memory limit too low?)"), "{message}");
}

#[test]
fn a_fault_can_take_the_memory_away() {
    let spec = "containers:\n- {name: a, image: busybox:1.36, command: [sleep, '100']}\n";
    let run = Run::pod(spec, "{at: 5s, fault: oom web/a}", 9);
    let last = &run.status("a")["lastState"]["terminated"];
    assert_eq!((&last["exitCode"], &last["reason"]), (&137.into(), &"OOMKilled".into()));
}

/// The moment of the only log line.
fn log_time(limits: &str) -> f64 {
    let script = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo done";
    let spec = format!(
        "restartPolicy: Never\ncontainers:\n- name: a\n  image: busybox:1.36\n  \
         command: [sh, -c, '{script}']\n{limits}"
    );
    let run = Run::pod(&spec, "", 60);
    assert_eq!(run.rules("container.throttled").len(), usize::from(!limits.is_empty()));
    run.times("a")[0] - run.rules("container.started")[0].0
}

#[test]
fn a_cpu_limit_makes_work_slower() {
    let free = log_time("");
    let bound = log_time("  resources: {limits: {cpu: 100m}}\n");
    assert!((0.01..0.2).contains(&free), "{free}");
    let times = bound / free;
    assert!((8.0..12.0).contains(&times), "{free} and {bound}");
}

#[test]
fn the_cgroup_can_be_read_inside() {
    let script = "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/cpu.max /sys/fs/cgroup/pids.current
test $(cat /sys/fs/cgroup/memory.current) -gt 100000 && echo used
stress --cpu 1 & sleep 5
grep -c . /sys/fs/cgroup/cpu.stat
grep nr_throttled /sys/fs/cgroup/cpu.stat";
    let run = oom(script, "64Mi, cpu: 500m");
    let logs = run.logs("a");
    assert_eq!(logs[..4], ["67108864", "50000 100000", "2", "used"], "{logs:?}");
    assert_eq!(logs.last(), Some(&"nr_throttled 50"), "{logs:?}");
}

#[test]
fn an_annotation_tells_how_memory_grows() {
    let pod = |until: u32| {
        Run::scenario(&format!(
            "manifest: |
  apiVersion: v1
  kind: Pod
  metadata:
    name: web
    annotations: {{lifepod.dev/a.memory: '10Mi, 110Mi@100s'}}
  spec:
    restartPolicy: Never
    containers:
    - name: a
      image: acme/server
      resources: {{limits: {{memory: 60Mi}}}}
until: {until}s
"
        ))
    };
    let run = pod(90);
    let (at, started) = (run.rules("container.oom-killed"), run.rules("container.started"));
    let took = at[0].0 - started[0].0;
    assert!((48.0..50.1).contains(&took), "ten megabytes and one a second: {took}");
    assert_eq!(ended(&run), (137, "OOMKilled"));
    assert!(pod(40).rules("container.oom-killed").is_empty());
}

#[test]
fn the_stress_of_the_documentation_runs() {
    let spec = "\
containers:
- name: a
  image: vish/stress
  args: [-cpus, '2', -mem-total, 90Mi, -mem-alloc-size, 10Mi, -mem-alloc-sleep, 1s]
  resources: {limits: {cpu: '1', memory: 60Mi}}
";
    let run = Run::pod(spec, "", 9);
    let logs = run.logs("a");
    assert!(logs[0].ends_with(
        "main.go:26] Allocating \"90Mi\" memory, in \"10Mi\" chunks, with a 1s sleep between \
         allocations"
    ));
    assert!(logs[1].ends_with("main.go:39] Spawning a thread to consume CPU"), "{logs:?}");
    let throttled = run.rules("container.throttled");
    assert_eq!((&throttled[0].1["wanted"], &throttled[0].1["given"]), (&"2".into(), &"1".into()));
    let took = run.rules("container.oom-killed")[0].0 - run.rules("container.started")[0].0;
    assert!((5.5..6.5).contains(&took), "{took}");
}
