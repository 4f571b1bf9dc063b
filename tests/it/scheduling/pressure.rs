//! A node that is short of memory or disk.
//!
//! What is expected: kubelet eviction/eviction_manager.go, eviction/helpers.go.

use super::{on, pod};
use crate::volumes::{Shown, run};

const NODE: &str = "{name: n1, memory: 1Gi}";

fn stress(name: &str, spec: &str, requests: &str, mib: u32) -> String {
    let command = format!("command: [stress, --vm, '1', --vm-bytes, {mib}M, --vm-hang, '0']");
    pod(name, "", spec, requests)
        .replace("command: [sleep, '9999']", &command)
        .replace("busybox:1.36", "polinux/stress")
}

/// The messages of Evicted by Pod, in the order in which Pods were evicted.
fn evicted(shown: &Shown) -> Vec<(String, String)> {
    shown.events_named("Evicted")
}

#[test]
fn real_use_of_memory_evicts_who_uses_more_than_it_asked_for() {
    let objects =
        [stress("greedy", "", "memory: 100Mi", 500), stress("modest", "", "memory: 400Mi", 320)];
    let shown = on(&[NODE], &objects, "");
    let gone = evicted(&shown);
    assert_eq!(gone.len(), 1, "{gone:?}");
    let (name, message) = &gone[0];
    assert_eq!(name, "greedy");
    assert!(message.starts_with(
        "The node was low on resource: memory. Threshold quantity: 100Mi, available: "
    ));
    assert!(message.contains("Container app was using "), "{message}");
    assert!(message.ends_with(", request is 100Mi, has larger consumption of memory. "));
    let status = shown.status("greedy");
    assert_eq!((&status["phase"], &status["reason"]), (&"Failed".into(), &"Evicted".into()));
    assert_eq!(status["message"], message.as_str());
    let conditions = status["conditions"].as_array().expect("there are some");
    let target = conditions.iter().find(|c| c["type"] == "DisruptionTarget").expect("it says so");
    assert_eq!(target["reason"], "TerminationByKubelet");
    assert_eq!(shown.status("modest")["phase"], "Running");
}

fn fault(at: u32, words: &str) -> String {
    format!("{{at: {at}s, fault: '{words}'}}")
}

fn long(objects: &[String], actions: &[String], until: &str) -> Shown {
    let objects: String = objects.iter().map(|o| format!("  {}\n  ---\n", o.trim_end())).collect();
    let actions = actions.join(", ");
    run(&format!("manifest: |\n{objects}\nactions: [{actions}]\nuntil: {until}\n"))
}

#[test]
fn one_pod_goes_after_the_other_and_critical_ones_stay() {
    let class = "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, \
                 value: 1000}\n";
    let objects = [
        class.to_string(),
        pod("within", "", "", "memory: 1Gi"),
        pod("beyond", "", "", ""),
        pod("important", "", "priorityClassName: high", ""),
        pod("critical", "", "priorityClassName: system-node-critical", ""),
    ];
    let actions =
        [fault(10, "memory-pressure node-1 on"), fault(100, "memory-pressure node-1 off")];
    let shown = long(&objects, &actions, "120s");
    let order: Vec<String> = evicted(&shown).into_iter().map(|(name, _)| name).collect();
    assert_eq!(order, ["beyond", "important", "within"]);
    assert_eq!(shown.status("critical")["phase"], "Running");
}

#[test]
fn the_condition_its_taint_and_the_refusals_last_five_minutes_longer() {
    let late = |at: u32, name: &str, requests: &str| {
        let pod = pod(name, "", "nodeName: node-1", requests).trim_end().replace('\'', "\"");
        format!("{{at: {at}s, apply: '{pod}'}}")
    };
    let actions = [
        fault(10, "memory-pressure node-1 on"),
        fault(25, "memory-pressure node-1 off"),
        late(40, "best-effort", ""),
        late(41, "burstable", "memory: 10Mi"),
        late(42, "guest", "").replace("nodeName: node-1, ", ""),
    ];
    let shown = long(&[pod("first", "", "", "")], &actions, "360s");
    let refused = shown.status("best-effort");
    assert_eq!(refused["reason"], "Evicted");
    assert_eq!(refused["message"], "Pod was rejected: The node had condition: [MemoryPressure]. ");
    assert_eq!(shown.status("burstable")["phase"], "Running");
    let failed = shown.events_of("guest").into_iter().find(|(r, _)| r == "FailedScheduling");
    assert!(failed.is_some_and(|(_, m)| m.contains("untolerated taint(s)")));
    let bound = shown.first("guest", |p| !p["spec"]["nodeName"].is_null()).expect("at last");
    assert!((310.0..345.0).contains(&bound), "{bound}");
    let told = |reason: &str| shown.events_named(reason).len();
    assert_eq!(told("NodeHasInsufficientMemory"), 1);
    assert_eq!(told("NodeHasSufficientMemory"), 1);
    assert_eq!(shown.events_named("EvictionThresholdMet")[0].1, "Attempting to reclaim memory");
}

#[test]
fn short_of_disk_all_but_critical_pods_are_refused() {
    let late = |name: &str, spec: &str| {
        let spec = format!("nodeName: node-1{spec}");
        let pod = pod(name, "", &spec, "memory: 10Mi").trim_end().replace('\'', "\"");
        format!("{{at: 30s, apply: '{pod}'}}")
    };
    let actions = [
        fault(10, "disk-pressure node-1 on"),
        fault(28, "disk-pressure node-1 off"),
        late("usual", ""),
        late("critical", ", priorityClassName: system-cluster-critical"),
    ];
    let shown = long(&[pod("first", "", "", "")], &actions, "60s");
    assert!(evicted(&shown)[0].1.starts_with("The node was low on resource: ephemeral-storage. "));
    assert_eq!(
        shown.status("usual")["message"],
        "Pod was rejected: The node had condition: [DiskPressure]. "
    );
    assert_eq!(shown.status("critical")["phase"], "Running");
    assert_eq!(shown.events_named("NodeHasDiskPressure").len(), 1);
}

/// Pods that run `script` in a volume, on a node with this much disk.
fn filling(disk: &str, scripts: &[(&str, &str)]) -> Shown {
    let of = |(name, script): &(&str, &str)| {
        let command = format!(
            "command: [sh, -c, \"cd /data; {script}; sleep 9999\"], \
            volumeMounts: [{{name: data, mountPath: /data}}]"
        );
        let pod = pod(name, "", "volumes: [{name: data, emptyDir: {}}]", "");
        pod.replace("command: [sleep, '9999']", &command)
    };
    let objects: Vec<String> = scripts.iter().map(of).collect();
    on(&[&format!("{{name: n1, ephemeral-storage: {disk}}}")], &objects, "")
}

#[test]
fn images_share_the_disk_so_the_higher_threshold_counts() {
    let write = |mib: u32| format!("dd if=/dev/zero of=f bs=1M count={mib}");
    let (much, more) = (write(40), write(46));
    let shown = filling("100Mi", &[("much", &much), ("more", &more)]);
    let gone = evicted(&shown);
    assert_eq!(gone.len(), 1, "{gone:?}");
    assert_eq!(gone[0].0, "more");
    let text = "The node was low on resource: ephemeral-storage. Threshold quantity: 15Mi, \
                available: ";
    assert!(gone[0].1.starts_with(text), "{}", gone[0].1);
    let shown = filling("100Mi", &[("much", &much), ("less", &write(44))]);
    assert_eq!(evicted(&shown), []);
}

#[test]
fn empty_files_use_up_the_inodes() {
    let files = |count: u32| format!("n=0; while [ $n -lt {count} ]; do : > $n; n=$((n+1)); done");
    // 20Mi have 5120 inodes; 256 of them have to be left.
    let shown = filling("20Mi", &[("some", &files(2300)), ("most", &files(2600))]);
    let gone = evicted(&shown);
    assert_eq!(gone.len(), 1, "{gone:?}");
    let (name, message) = &gone[0];
    assert_eq!(name, "most");
    let text = "The node was low on resource: inodes. Threshold quantity: 256, available: 2";
    assert!(message.starts_with(text), "{message}");
    assert!(message.ends_with(". ") && !message.contains("Container"), "{message}");
    let told = shown.events_named("EvictionThresholdMet");
    assert_eq!(told[0].1, "Attempting to reclaim inodes");
    assert_eq!(shown.events_named("NodeHasDiskPressure").len(), 1);
    let shown = filling("20Mi", &[("some", &files(2300)), ("fewer", &files(2500))]);
    assert_eq!(evicted(&shown), []);
}

#[test]
fn too_fast_for_the_kubelet_the_kernel_kills() {
    let objects = [
        stress("safe", "", "cpu: 200m, memory: 400Mi}, limits: {cpu: 200m, memory: 400Mi", 200),
        stress("hungry", "", "", 600),
        stress("asks", "", "memory: 450Mi", 420),
    ];
    let shown = on(&[NODE], &objects, "");
    let told = shown.events_named("SystemOOM");
    assert!(!told.is_empty());
    assert_eq!(told[0].0, "n1");
    assert!(told[0].1.starts_with("System OOM encountered, victim process: stress, pid: "));
    let killed = |name: &str| shown.rules("container.node-oom", &format!("pod/{name}/app")).len();
    assert!(killed("hungry") > 0);
    assert_eq!((killed("safe"), killed("asks")), (0, 0));
    let score = &shown.rules("container.node-oom", "pod/hungry/app")[0]["score"];
    assert_eq!(*score, 1000);
}
