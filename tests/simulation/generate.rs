//! A scenario from a seed: everything about a Pod that may be varied is.

use lifepod::base::draw;
use std::fmt::Write;

/// Draws for one seed; each has a name, so that a new one changes no other.
pub struct Dice {
    seed: u64,
}

impl Dice {
    pub fn below(&self, what: &str, nth: u64, bound: u64) -> u64 {
        draw(self.seed, what, "simulation", nth, bound)
    }

    pub fn chance(&self, what: &str, nth: u64, percent: u64) -> bool {
        self.below(what, nth, 100) < percent
    }

    pub fn pick<'a>(&self, what: &str, nth: u64, of: &[&'a str]) -> &'a str {
        of[self.below(what, nth, of.len() as u64) as usize]
    }
}

const SCRIPTS: &[&str] = &[
    "trap 'exit 0' TERM; while true; do sleep 1; done",
    "trap 'exit 3' TERM; sleep 1000 & wait",
    "trap '' TERM; while true; do sleep 2; done",
    "sleep 1000",
    "sleep 3",
    "sleep 7; exit 1",
    "exit 0",
    "exit 42",
    "echo begin; touch /tmp/ok; sleep 12; rm /tmp/ok; sleep 600",
    "n=$(cat /data/n 2>/dev/null || echo 0); n=$((n+1)); echo $n > /data/n; [ $n -gt 2 ] && sleep 500; exit 1",
    "echo failing > /dev/termination-log; sleep 2; exit 7",
    "sleep 5 & sleep 9 & wait; exit 2",
    "trap 'sleep 4; exit 0' TERM INT; while :; do sleep 0.5; done",
    "exec sleep 90",
    "no-such-command",
    "kill -9 $$",
    "(sleep 1; kill -15 1) & while :; do sleep 1; done",
];

const INITS: &[&str] = &["exit 0", "sleep 2", "exit 1", "sleep 1; exit 3", "echo hi > /data/x"];

const CHECKS: &[&str] = &[
    "[cat, /tmp/ok]",
    "[\"true\"]",
    "[\"false\"]",
    "[sh, -c, sleep 3]",
    "[sh, -c, 'test $(date +%S) -lt 30']",
    "[absent]",
];

fn probe(out: &mut String, dice: &Dice, kind: &str, n: u64) {
    let of = |what: &str, bound| dice.below(&format!("{kind}-{what}"), n, bound);
    let check = dice.pick(&format!("{kind}-check"), n, CHECKS);
    write!(out, "      {kind}: {{exec: {{command: {check}}}").unwrap();
    write!(
        out,
        ", initialDelaySeconds: {}, periodSeconds: {}",
        of("delay", 6),
        1 + of("period", 8)
    )
    .unwrap();
    write!(out, ", timeoutSeconds: {}, failureThreshold: {}", 1 + of("out", 3), 1 + of("fail", 4))
        .unwrap();
    if kind == "readinessProbe" {
        write!(out, ", successThreshold: {}", 1 + of("success", 3)).unwrap();
    } else if of("grace", 3) == 0 {
        write!(out, ", terminationGracePeriodSeconds: {}", 1 + of("seconds", 12)).unwrap();
    }
    out.push_str("}\n");
}

fn hook(dice: &Dice, kind: &str, n: u64) -> String {
    let what = dice.pick(
        &format!("{kind}-hook"),
        n,
        &[
            "exec: {command: [sh, -c, sleep 2]}",
            "exec: {command: [sh, -c, exit 1]}",
            "exec: {command: [sh, -c, sleep 40]}",
            "exec: {command: [absent]}",
            "sleep: {seconds: 3}",
            "sleep: {seconds: 0}",
        ],
    );
    format!("{kind}: {{{what}}}")
}

fn container(out: &mut String, dice: &Dice, name: &str, n: u64, init: bool) {
    let image = match dice.below("image", n, 20) {
        0 => "busybox:nope",
        1 => "Not An Image",
        2 => "busybox:latest",
        _ => "busybox:1.36",
    };
    let sidecar = init && dice.chance("sidecar", n, 40);
    let script = match init && !sidecar {
        true => dice.pick("init", n, INITS),
        false => dice.pick("script", n, SCRIPTS),
    };
    writeln!(out, "    - name: {name}\n      image: {image}").unwrap();
    writeln!(out, "      command: [sh, -c, {}]", lifepod::base::json::Value::from(script)).unwrap();
    out.push_str("      volumeMounts: [{name: data, mountPath: /data}]\n");
    if sidecar {
        out.push_str("      restartPolicy: Always\n");
    } else if dice.chance("rules", n, 8) {
        let action = dice.pick("action", n, &["Restart", "RestartAllContainers"]);
        writeln!(
            out,
            "      restartPolicy: {}\n      restartPolicyRules: [{{action: {action}, exitCodes: \
             {{operator: In, values: [1, 42]}}}}]",
            dice.pick("own-policy", n, &["Never", "OnFailure"]),
        )
        .unwrap();
    }
    if init && !sidecar {
        return;
    }
    for (kind, percent) in [("livenessProbe", 35), ("readinessProbe", 35), ("startupProbe", 20)] {
        if dice.chance(kind, n, percent) {
            probe(out, dice, kind, n);
        }
    }
    let hooks: Vec<String> = ["postStart", "preStop"]
        .into_iter()
        .filter(|kind| dice.chance(kind, n, 20))
        .map(|kind| hook(dice, kind, n))
        .collect();
    if !hooks.is_empty() {
        writeln!(out, "      lifecycle: {{{}}}", hooks.join(", ")).unwrap();
    }
}

fn pod(out: &mut String, dice: &Dice) {
    out.push_str(
        "  apiVersion: v1\n  kind: Pod\n  metadata: {name: web, labels: {app: web}}\n  spec:\n",
    );
    let policy = dice.pick("policy", 0, &["Always", "OnFailure", "Never"]);
    writeln!(out, "    restartPolicy: {policy}").unwrap();
    if dice.chance("grace", 0, 60) {
        let grace = 4 + dice.below("grace-seconds", 0, 40);
        writeln!(out, "    terminationGracePeriodSeconds: {grace}").unwrap();
    }
    if dice.chance("deadline", 0, 10) {
        let seconds = 1 + dice.below("deadline-seconds", 0, 60);
        writeln!(out, "    activeDeadlineSeconds: {seconds}").unwrap();
    }
    if dice.chance("gate", 0, 10) {
        out.push_str("    readinessGates: [{conditionType: example.com/gate}]\n");
    }
    if dice.chance("share", 0, 10) {
        out.push_str("    shareProcessNamespace: true\n");
    }
    out.push_str("    volumes: [{name: data, emptyDir: {}}]\n");
    let inits = dice.below("inits", 0, 4).saturating_sub(1);
    if inits > 0 {
        out.push_str("    initContainers:\n");
        (0..inits).for_each(|n| container(out, dice, &format!("init-{n}"), 10 + n, true));
    }
    out.push_str("    containers:\n");
    for n in 0..=dice.below("containers", 0, 3) {
        container(out, dice, &format!("app-{n}"), n, false);
    }
}

const ACTS: &[&str] = &[
    "kubectl: delete pod web --wait=false",
    "kubectl: delete pod web --wait=false",
    "kubectl: delete pod web --grace-period=3 --wait=false",
    "kubectl: delete pod web --now --wait=false",
    "kubectl: delete pod web --grace-period=0 --force",
    "kubectl: delete service web",
    "kubectl: set image pod/web app-0=busybox:1.35",
    "kubectl: label pod web app=other --overwrite",
    "kubectl: annotate pod web note=1 --overwrite",
    "kubectl: exec web -- touch /tmp/ok",
    "kubectl: exec web -- rm -f /tmp/ok",
    "kubectl: patch pod web --subresource=status -p '{\"status\":{\"conditions\":[{\"type\":\"example.com/gate\",\"status\":\"True\"}]}}'",
    "kubectl: patch pod web --subresource=status --type=merge -p '{\"status\":{\"conditions\":[]}}'",
    "kubectl: patch pod web -p '{\"spec\":{\"activeDeadlineSeconds\":9}}'",
    "fault: kill web/app-0 KILL",
    "fault: kill web/app-0 TERM",
    "fault: kill web/app-0 INT",
];

/// What happens to the node; of each pair the second comes later, if it comes.
const FAULTS: &[(&str, &str)] = &[
    ("partition node-1 on", "partition node-1 off"),
    ("memory-pressure node-1 on", "memory-pressure node-1 off"),
    ("disk-pressure node-1 on", "disk-pressure node-1 off"),
    ("node-down node-1", "node-up node-1"),
    ("kubelet-stop node-1", "kubelet-start node-1"),
    ("containerd-stop node-1", "containerd-start node-1"),
    ("reboot node-1 20s", "reboot node-1 5s"),
    ("kubelet-stop node-1", "reboot node-1 8s"),
    ("partition node-1 on", "node-down node-1"),
    ("containerd-stop node-1", "kubelet-start node-1"),
];

/// Faults of the node, in a third of the runs.
fn faults(dice: &Dice, acts: &mut Vec<(u64, String)>) {
    if !dice.chance("faults", 0, 33) {
        return;
    }
    for n in 0..=dice.below("faults-count", 0, 2) {
        let (on, off) = FAULTS[dice.below("fault", n, FAULTS.len() as u64) as usize];
        let at = dice.below("fault-at", n, 60_000);
        acts.push((at, format!("fault: {on}")));
        if dice.chance("fault-ends", n, 80) {
            let later = at + 500 + dice.below("fault-lasts", n, 90_000);
            acts.push((later, format!("fault: {off}")));
        }
    }
    if dice.chance("node-deleted", 0, 15) {
        acts.push((dice.below("node-deleted-at", 0, 60_000), "kubectl: delete node node-1".into()));
    }
}

/// The scenario of a seed.
pub fn scenario(seed: u64) -> String {
    let dice = Dice { seed };
    let mut out = "manifest: |\n".to_string();
    if dice.chance("service", 0, 50) {
        out.push_str(
            "  apiVersion: v1\n  kind: Service\n  metadata: {name: web}\n  spec: {selector: {app: \
             web}, ports: [{port: 80}]}\n  ---\n",
        );
    }
    let rivals = super::rivals::objects(&mut out, &dice);
    let shop = super::shops::objects(&mut out, &dice);
    pod(&mut out, &dice);
    out.push_str("actions:\n");
    let mut acts: Vec<(u64, String)> = (0..dice.below("acts", 0, 6))
        .map(|n| (dice.below("act-at", n, 90_000), dice.pick("act", n, ACTS).to_string()))
        .collect();
    let more = if rivals > 0 { dice.below("rival-acts", 0, 5) } else { 0 };
    acts.extend((0..more).map(|n| {
        let act = dice.pick("rival-act", n, super::rivals::ACTS);
        (dice.below("rival-act-at", n, 90_000), act.to_string())
    }));
    let more = if shop { dice.below("shop-acts", 0, 7) } else { 0 };
    acts.extend((0..more).map(|n| {
        let act = dice.pick("shop-act", n, super::shops::ACTS);
        (dice.below("shop-act-at", n, 90_000), act.to_string())
    }));
    faults(&dice, &mut acts);
    acts.sort_unstable();
    if acts.is_empty() {
        out.truncate(out.len() - "actions:\n".len());
    }
    for (at, act) in acts {
        writeln!(out, "- at: {at}ms\n  {act}").unwrap();
    }
    writeln!(out, "until: {}s", 60 + dice.below("until", 0, 240)).unwrap();
    out
}
