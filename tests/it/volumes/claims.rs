//! Volumes of the cluster: who gets which, and what is found in them afterwards.

use super::{Shown, pod, run};

const CLAIM: &str = "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]";
const MOUNT: &str = "volumeMounts: [{name: d, mountPath: /d}]";

fn claim(class: &str, size: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {{name: data}}, spec: \
         {{accessModes: [ReadWriteOnce], {class} resources: {{requests: {{storage: {size}}}}}}}}}\n---\n"
    )
}

fn volume(name: &str, size: &str, more: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: PersistentVolume, metadata: {{name: {name}}}, spec: {{capacity: \
         {{storage: {size}}}, accessModes: [ReadWriteOnce], {more}}}}}\n---\n"
    )
}

/// Pod `web` on this node, running a script with the claim at `/d`.
fn user(node: &str, script: &str) -> String {
    let spec = format!("nodeSelector: {{kubernetes.io/hostname: {node}}}, {CLAIM}");
    pod(if node.is_empty() { CLAIM } else { &spec }, MOUNT, script)
}

/// Two nodes; the second manifest is applied at 8 s, after Pod `web` is deleted.
fn two(first: &str, second: &str) -> Shown {
    let indent = |text: &str, by: &str| -> String {
        text.lines().map(|line| format!("{by}{line}\n")).collect()
    };
    run(&format!(
        "manifest: |\n{}actions:\n- {{at: 4s, kubectl: \"delete pod web --wait=false\"}}\n- at: 8s\n  \
         apply: |\n{}until: 12s\nnodes: [{{name: node-1}}, {{name: node-2}}]\n",
        indent(first, "  "),
        indent(second, "    ")
    ))
}

fn unscheduled(shown: &Shown) -> Vec<String> {
    let failed = shown.events().into_iter().filter(|(_, reason, _)| *reason == "FailedScheduling");
    failed.map(|(.., message)| message.split(". ").next().unwrap_or("").to_string()).collect()
}

#[test]
fn a_network_volume_is_found_on_another_node_and_is_full_at_its_size() {
    let first = claim("", "1Mi") + &user("node-1", "echo one > /d/x");
    let full = "cat /d/x; dd if=/dev/zero of=/d/big bs=1M count=2 2>&1 | head -1";
    let shown = two(&first, &user("node-2", full));
    assert_eq!(shown.log(), ["one", "dd: error writing '/d/big': No space left on device"]);
}

#[test]
fn a_volume_of_a_node_draws_its_pods_there() {
    let class = "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: local}, \
                 provisioner: kubernetes.io/no-provisioner, volumeBindingMode: \
                 WaitForFirstConsumer}\n---\n";
    let affinity = "nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: \
                    kubernetes.io/hostname, operator: In, values: [node-2]}]}]}}";
    let disk = |path: &str| {
        volume(
            "disk",
            "1Gi",
            &format!("storageClassName: local, local: {{path: {path}}}, {affinity}"),
        )
    };
    let local = claim("storageClassName: local,", "1Gi");
    let first = class.to_string() + &disk("/mnt") + &local + &user("", "echo one > /d/x");
    let shown = two(&first, &user("", "cat /d/x"));
    assert_eq!(shown.log(), ["one"]);
    let shown = two(&first, &user("node-1", "cat /d/x"));
    let want = "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 \
                node(s) didn't match Pod's node affinity/selector";
    assert_eq!(unscheduled(&shown), [want]);
    let first = class.to_string() + &disk("/nowhere") + &local + &user("", "true");
    let shown = two(&first, &user("", "true"));
    let failed = shown.events().into_iter().find(|(_, reason, _)| *reason == "FailedMount");
    let want = "MountVolume.NewMounter initialization failed for volume \"disk\" : path \"/nowhere\" \
                does not exist";
    assert_eq!(failed.map(|(.., message)| message), Some(want));
}

#[test]
fn a_claim_takes_the_smallest_volume_that_is_large_enough() {
    let nfs = |name: &str, size: &str| volume(name, size, "nfs: {server: s, path: /}");
    let volumes = nfs("small", "1Gi") + &nfs("large", "9Gi") + &nfs("fits", "3Gi");
    let manifest = volumes + &claim("storageClassName: '',", "2Gi") + &user("", "echo up");
    let shown = two(&manifest, &user("", "true"));
    assert_eq!(shown.log(), ["up"]);
    assert!(shown.cites("claim.bound", "volume", "fits"));
    let too_large = nfs("small", "1Gi") + &claim("storageClassName: '',", "2Gi");
    let shown = two(&(too_large + &user("", "echo up")), &user("", "true"));
    let want = "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims";
    assert_eq!(unscheduled(&shown).first().map(String::as_str), Some(want));
}
