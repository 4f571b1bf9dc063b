//! The files that the kubelet and the runtime make, and termination messages.

use super::{pod, run, run_pod, scenario};

#[test]
fn names_are_in_hosts_and_hostname() {
    let shown = run_pod(
        "hostname: h, subdomain: s",
        "",
        "tail -n 1 /etc/hosts | cut -f 2-; cat /etc/hostname; hostname; echo $HOSTNAME",
    );
    assert_eq!(shown.log(), ["h.s.default.svc.cluster.local\th", "h", "h", "h"]);
    let fqdn = run_pod("hostname: h, subdomain: s, setHostnameAsFQDN: true", "", "hostname");
    assert_eq!(fqdn.log(), ["h.s.default.svc.cluster.local"]);
    let node = run_pod("hostNetwork: true", "", "head -n 1 /etc/hosts; hostname");
    assert_eq!(node.log(), ["# Kubernetes-managed hosts file (host network).", "node-1"]);
}

#[test]
fn resolv_conf_is_the_clusters() {
    let shown = run_pod("", "", "cat /etc/resolv.conf");
    assert_eq!(
        shown.log(),
        [
            "search default.svc.cluster.local svc.cluster.local cluster.local",
            "nameserver 10.96.0.10",
            "options ndots:5",
        ]
    );
}

#[test]
fn the_kubelets_files_are_mounts() {
    let shown =
        run_pod("", "", "rm /etc/hosts; echo 1.2.3.4 x >> /etc/hosts; tail -n 1 /etc/hosts");
    assert_eq!(
        shown.log(),
        ["rm: can't remove '/etc/hosts': Device or resource busy", "1.2.3.4 x"]
    );
    let own = run(&format!(
        "{}{}",
        super::config_map("c", "hosts: \"mine\\n\""),
        pod(
            "volumes: [{name: c, configMap: {name: c}}]",
            "volumeMounts: [{name: c, mountPath: /etc/hosts, subPath: hosts}]",
            "cat /etc/hosts"
        )
    ));
    assert_eq!(own.log(), ["mine"]);
}

#[test]
fn a_working_directory_is_made() {
    let shown = run_pod("", "workingDir: /srv/none", "pwd; touch f; ls /srv/none");
    assert_eq!(shown.log(), ["/srv/none", "f"]);
    let taken = run(&scenario(&pod("", "workingDir: /etc/passwd", "true"), "", "10s"));
    assert_eq!(taken.state()["terminated"]["reason"], "StartError");
}

fn message(container: &str, script: &str) -> String {
    let shown = run_pod("", container, script);
    shown.state()["terminated"]["message"].as_str().unwrap_or_default().to_string()
}

#[test]
fn a_termination_message_is_the_end_of_its_file() {
    assert_eq!(message("terminationMessagePath: /tmp/why", "echo gone > /tmp/why"), "gone\n");
    let long = message(
        "",
        "i=0; while [ $i -lt 1000 ]; do echo line $i; i=$((i+1)); done > /dev/termination-log",
    );
    assert_eq!(long.len(), 4096);
    assert!(long.ends_with("line 999\n"), "{long}");
}

#[test]
fn a_failure_without_message_may_take_the_log() {
    let policy = "terminationMessagePolicy: FallbackToLogsOnError";
    assert_eq!(message(policy, "echo out; echo err >&2; printf DONE; exit 1"), "out\nerr\nDONE");
    assert_eq!(message(policy, "echo out; exit 0"), "");
    assert_eq!(message(policy, "echo out; echo own > /dev/termination-log; exit 1"), "own\n");
    assert_eq!(message("", "echo out; exit 1"), "");
    let lines = message(policy, "i=0; while [ $i -lt 200 ]; do echo $i; i=$((i+1)); done; exit 1");
    assert_eq!((lines.lines().count(), lines.lines().next()), (80, Some("120")));
}

#[test]
fn messages_share_their_room() {
    let containers: Vec<String> = (0..6)
        .map(|i| format!("{{name: c{i}, image: 'busybox:1.36', command: [sh, -c, \
            'i=0; while [ $i -lt 700 ]; do echo line $i; i=$((i+1)); done > /dev/termination-log']}}"))
        .collect();
    let text = format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: web}}, spec: {{restartPolicy: Never, \
         containers: [{}]}}}}",
        containers.join(", ")
    );
    let shown = run(&scenario(&text, "", "30s"));
    let message = shown.state()["terminated"]["message"].as_str().unwrap_or_default();
    assert_eq!(message.len(), 2048, "12 KiB for six");
}

#[test]
fn what_goes_to_proc_1_fd_1_is_in_the_log() {
    assert_eq!(run_pod("", "", "sh -c 'echo seen > /proc/1/fd/1'").log(), ["seen"]);
}

#[test]
fn the_hosts_of_the_node_can_be_mounted_in_place_of_the_pods() {
    let spec = "volumes: [{name: h, hostPath: {path: /etc/hosts, type: File}}]";
    let mount = "volumeMounts: [{name: h, mountPath: /etc/hosts}]";
    let shown = run_pod(spec, mount, "cat /etc/hosts");
    assert_eq!(shown.log(), ["127.0.0.1\tlocalhost"]);
}
