//! Other Pods that want the same node: with priorities, requests, host ports, gates and wishes
//! about each other.

use super::generate::Dice;
use std::fmt::Write;

const WISHES: &[&str] = &[
    "",
    "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: \
     kubernetes.io/hostname, labelSelector: {matchLabels: {kind: rival}}}]}}, ",
    "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: \
     kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}, ",
    "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 5, \
     preference: {matchExpressions: [{key: disk, operator: Exists}]}}]}}, ",
    "nodeSelector: {disk: ssd}, ",
    "schedulingGates: [{name: example.com/gate}], ",
    "topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, \
     whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {kind: rival}}}], ",
    "tolerations: [{operator: Exists}], ",
];

const COMMANDS: &[&str] = &[
    "[sleep, '1000']",
    "[sh, -c, 'sleep 9; exit 1']",
    "[sh, -c, \"trap 'exit 0' TERM; while :; do sleep 1; done\"]",
    "[stress, --vm, '1', --vm-bytes, 300M, --vm-hang, '0']",
];

/// What is done to rivals while they run.
pub const ACTS: &[&str] = &[
    "kubectl: delete pod rival-0 --wait=false",
    "kubectl: delete pod rival-1 --grace-period=2 --wait=false",
    "kubectl: patch pod rival-1 --type=merge -p '{\"spec\":{\"schedulingGates\":[]}}'",
    "kubectl: label node node-1 disk=ssd --overwrite",
    "kubectl: cordon node-1",
    "kubectl: uncordon node-1",
    "kubectl: taint node node-1 a=b:NoSchedule --overwrite",
];

/// The classes and the rivals, as documents of the manifest; in some runs none.
pub fn objects(out: &mut String, dice: &Dice) -> u64 {
    if !dice.chance("rivals", 0, 40) {
        return 0;
    }
    for (name, value) in [("low", 10), ("high", 1000)] {
        writeln!(
            out,
            "  {{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {{name: {name}}}, \
             value: {value}}}\n  ---"
        )
        .unwrap();
    }
    let count = 1 + dice.below("rivals-count", 0, 5);
    for n in 0..count {
        let class = match dice.below("rival-class", n, 4) {
            0 => "priorityClassName: low, ",
            1 => "priorityClassName: high, ",
            2 => "priorityClassName: system-cluster-critical, ",
            _ => "",
        };
        let wish = dice.pick("rival-wish", n, WISHES);
        let cpu = dice.below("rival-cpu", n, 19) * 100;
        let memory = dice.below("rival-memory", n, 400);
        let port = if dice.chance("rival-port", n, 30) { "8080" } else { "0" };
        writeln!(
            out,
            "  {{apiVersion: v1, kind: Pod, metadata: {{name: rival-{n}, labels: {{kind: rival}}}}, \
             spec: {{{class}{wish}terminationGracePeriodSeconds: {}, containers: [{{name: app, \
             image: polinux/stress, command: {}, ports: [{{containerPort: 80, hostPort: {port}}}], \
             resources: {{requests: {{cpu: {cpu}m, memory: {memory}Mi}}}}}}]}}}}\n  ---",
            1 + dice.below("rival-grace", n, 12),
            dice.pick("rival-command", n, COMMANDS),
        )
        .unwrap();
    }
    count
}
