//! Why `status.phase`, the conditions and the STATUS column of a Pod do not say the same.
//!
//! The phase counts the Pod as one and is written by the kubelet (Source: kubelet_pods.go
//! getPhase); a condition answers one question (Source: kubelet/status/generate.go); the column is
//! made by kubectl's server side from both and from the containers (Source:
//! pkg/printers/internalversion/printers.go printPod).

use crate::api::{Container, ContainerStatus, Node, Phase, Pod};
use crate::base::{Said, Text};
use crate::engine::World;
use crate::session::texts::reasons::*;

/// The reasons, of the column first; [`SAME`] alone if nothing differs.
pub fn reasons(world: &World, pod: &Pod, column: &str) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    all.extend(of_column(pod, column));
    all.extend(of_conditions(world, pod));
    if all.is_empty() {
        all.push(SAME.into());
    }
    all
}

/// Whether these reasons say that nothing differs.
pub fn are_one(reasons: &[Said]) -> bool {
    reasons == [Said::from(SAME)]
}

/// Why the column has another word than the phase.
fn of_column(pod: &Pod, column: &str) -> Option<Said> {
    let phase = pod.status.phase;
    let with = |text: Text, values: &[&str]| Some(Said::with(text, values));
    if column == phase.as_str() {
        return None;
    }
    if pod.deleting() && pod.status.reason == "NodeLost" {
        return with(NODE_LOST, &[phase.as_str()]);
    }
    if let Some(init) = column.strip_prefix("Init:") {
        return match init.split_once('/').filter(|(done, _)| is_number(done)) {
            Some((done, all)) => with(INIT_COUNT, &[done, all]),
            None => with(INIT_REASON, &[init]),
        };
    }
    let whose = container_saying(pod, column);
    let named = |text: Text| with(text, &[column, whose.unwrap_or("?")]);
    match column {
        "Terminating" => with(DELETING, &[phase.as_str()]),
        "SchedulingGated" => with(GATED, &[]),
        "NotReady" => with(NOT_READY, &[]),
        _ if column == pod.status.reason => with(POD_REASON, &[column, phase.as_str()]),
        "Completed" if phase == Phase::Succeeded => with(COMPLETED, &[]),
        "Completed" => named(COMPLETED_RUNNING),
        "PodInitializing" => with(INITIALIZING, &[]),
        "ContainerCreating" => with(CREATING, &[]),
        "CrashLoopBackOff" => named(CRASH_LOOP),
        "ErrImagePull" | "ImagePullBackOff" | "ErrImageNeverPull" | "InvalidImageName" => {
            named(IMAGE)
        }
        _ if is_waiting(pod, column) => named(WAITING),
        _ if phase == Phase::Failed => named(FAILED_AS),
        _ if phase == Phase::Running && whose.is_some() => named(ENDED_RUNNING),
        _ => with(CONTAINER, &[]),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The container that the column's word comes from: the first by order that says so.
fn container_saying<'a>(pod: &'a Pod, word: &str) -> Option<&'a str> {
    let says = |s: &&ContainerStatus| {
        let waits = s.state.waiting.as_ref().is_some_and(|w| w.reason == word);
        waits || s.state.terminated.as_ref().is_some_and(|t| ended_as(t.exit_code, &t.reason, word))
    };
    pod.status.container_statuses.iter().find(says).map(|s| s.name.as_str())
}

/// Whether an end is printed so: its reason, or where there is none its signal or code.
fn ended_as(code: i32, reason: &str, word: &str) -> bool {
    match reason {
        "" => word.starts_with("Signal:") || word == ["ExitCode:", &code.to_string()].concat(),
        reason => reason == word,
    }
}

fn is_waiting(pod: &Pod, word: &str) -> bool {
    let all = &mut pod.status.container_statuses.iter();
    all.any(|s| s.state.waiting.as_ref().is_some_and(|w| w.reason == word))
}

/// Why the conditions seem to say something else than the phase.
fn of_conditions(world: &World, pod: &Pod) -> Option<Said> {
    let status = &pod.status;
    let ready = status.condition("Ready").map(|c| c.status == "True");
    match (status.phase, ready) {
        (Phase::Succeeded | Phase::Failed, Some(false)) => {
            Some(Said::with(READY_FINISHED, &[status.phase.as_str()]))
        }
        (Phase::Pending, _) => {
            let scheduled = status.condition("PodScheduled")?;
            let unschedulable = scheduled.reason == "Unschedulable";
            unschedulable.then(|| Said::with(UNSCHEDULABLE, &[]))
        }
        (Phase::Running, Some(false)) => Some(why_not_ready(world, pod)),
        (Phase::Running, Some(true)) if pod.deleting() => Some(READY_DELETING.into()),
        (Phase::Running, Some(true)) if is_silent(world, pod) => {
            Some(Said::with(STALE, &[&pod.spec.node_name]))
        }
        _ => None,
    }
}

/// Whether nothing is heard of the Pod's node.
fn is_silent(world: &World, pod: &Pod) -> bool {
    let node = world.api.node(&pod.spec.node_name);
    node.is_some_and(|object| Node::read(object).condition("Ready") != "True")
}

/// Why a Pod that runs is not Ready.
fn why_not_ready(world: &World, pod: &Pod) -> Said {
    if is_silent(world, pod) {
        return Said::with(READY_NODE, &[&pod.spec.node_name]);
    }
    if pod.status.is_true("ContainersReady") {
        let missing = pod.spec.readiness_gates.iter().map(|gate| gate.condition_type.as_str());
        let missing: Vec<&str> = missing.filter(|gate| !pod.status.is_true(gate)).collect();
        return match missing.is_empty() {
            true => READY_LATE.into(),
            false => Said::with(READY_GATES, &[&missing.join(", ")]),
        };
    }
    let counts = |name: &str| {
        let sidecar = pod.spec.sidecars().any(|c| c.name == name);
        sidecar || !pod.spec.is_init(name)
    };
    let mut held = pod.status.all_containers().filter(|s| counts(&s.name) && !s.ready);
    let Some(first) = held.next() else { return READY_LATE.into() };
    let spec = pod.spec.container(&first.name);
    let has = |probe: fn(&Container) -> bool| spec.is_some_and(probe);
    let text = match () {
        () if first.state.running.is_none() => READY_ENDED,
        () if first.started != Some(true) && has(|c| c.startup_probe.is_some()) => READY_STARTUP,
        () if has(|c| c.readiness_probe.is_some()) => READY_PROBE,
        () => READY_LATE,
    };
    Said::with(text, &[&first.name])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Lang, SimTime, Texts};
    use crate::session::simulate::simulate;

    /// Phase, column and reasons of the Pod `p` at some moment of a run.
    fn at(text: &str, ms: u64) -> (String, String, Vec<Said>) {
        let history = simulate(text, Some(SimTime::ms(ms)), None).expect("it runs");
        let world = history.tip_world();
        let pod = world.api.pod("p").expect("it is there");
        let column =
            crate::api::print::pod_row(&pod.to_json(), crate::api::Timestamp::at(world.now)).status;
        let reasons = reasons(world, pod, &column);
        (pod.status.phase.as_str().to_string(), column, reasons)
    }

    fn pod(spec: &str) -> String {
        ["apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: ", spec, "\n"].concat()
    }

    fn text_of(said: &Said) -> Option<Text> {
        match said {
            Said::Of(text, _) => Some(*text),
            Said::Word(_) => None,
        }
    }

    const APP: &str = "image: 'busybox:1.36'";

    /// A spec, when it is looked at, its phase and column, and the reasons.
    type Case<'a> = (&'a str, u64, [&'a str; 2], &'a [Text]);

    fn check(cases: &[Case<'_>]) {
        for (spec, ms, words, texts) in cases {
            let (phase, column, said) = at(&pod(&spec.replace("APP", APP)), *ms);
            assert_eq!([phase.as_str(), column.as_str()], *words, "{spec}");
            let told: Vec<Text> = said.iter().filter_map(text_of).collect();
            assert_eq!(told, *texts, "{spec}");
        }
    }

    #[test]
    fn what_runs_has_its_reasons() {
        let sleep = "{containers: [{name: c, APP, command: [sleep, '99']}]}";
        let exits = "{containers: [{name: c, APP, command: [sh, -c, exit 3]}]}";
        let unready = "{containers: [{name: c, APP, command: [sleep, '99'], \
            readinessProbe: {exec: {command: ['false']}}}]}";
        let half = "{restartPolicy: Never, containers: [{name: c, APP, command: ['true']}, \
            {name: d, APP, command: [sleep, '99']}]}";
        check(&[
            (sleep, 9_000, ["Running", "Running"], &[SAME]),
            (exits, 14_600, ["Running", "CrashLoopBackOff"], &[CRASH_LOOP, READY_ENDED]),
            (exits, 8_000, ["Running", "Error"], &[ENDED_RUNNING, READY_ENDED]),
            (unready, 9_000, ["Running", "Running"], &[READY_PROBE]),
            (half, 9_000, ["Running", "NotReady"], &[NOT_READY, READY_ENDED]),
        ]);
    }

    #[test]
    fn what_has_ended_or_not_begun_has_its_reasons() {
        let ends = "{restartPolicy: Never, containers: [{name: c, APP, command: ['true']}]}";
        let fails = "{restartPolicy: Never, containers: [{name: c, APP, command: ['false']}]}";
        let init = "{initContainers: [{name: i, APP, command: ['true']}, {name: j, APP, \
            command: [sleep, '99']}], containers: [{name: c, APP}]}";
        let image = "{containers: [{name: c, image: 'busybox:nope'}]}";
        let gated = "{schedulingGates: [{name: a/b}], containers: [{name: c, APP}]}";
        check(&[
            (ends, 9_000, ["Succeeded", "Completed"], &[COMPLETED, READY_FINISHED]),
            (fails, 9_000, ["Failed", "Error"], &[FAILED_AS, READY_FINISHED]),
            (init, 9_000, ["Pending", "Init:1/2"], &[INIT_COUNT]),
            (image, 20_000, ["Pending", "ImagePullBackOff"], &[IMAGE]),
            (gated, 9_000, ["Pending", "SchedulingGated"], &[GATED]),
        ]);
    }

    #[test]
    fn who_is_deleted_or_lost_keeps_its_phase() {
        let text = "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: p}\n  spec:\n    \
            containers:\n    - {name: c, image: 'busybox:1.36', command: [sleep, '999']}\n";
        let acts = "actions:\n- {at: 5s, kubectl: delete pod p --wait=false}\n";
        let (phase, column, said) = at(&[text, acts].concat(), 9_000);
        assert_eq!((phase.as_str(), column.as_str()), ("Running", "Terminating"));
        assert_eq!(text_of(&said[0]), Some(DELETING));
        assert_eq!(text_of(&said[1]), Some(READY_DELETING));
        let acts = "actions:\n- {at: 5s, fault: partition node-1 on}\n";
        let (phase, column, said) = at(&[text, acts].concat(), 70_000);
        assert_eq!((phase.as_str(), column.as_str()), ("Running", "Running"));
        assert_eq!(text_of(&said[0]), Some(READY_NODE), "{said:?}");
    }

    #[test]
    fn the_container_is_named_in_both_languages() {
        let spec = "{containers: [{name: c, APP, command: [sh, -c, exit 3]}]}";
        let (.., said) = at(&pod(&spec.replace("APP", APP)), 14_600);
        for lang in [Lang::En, Lang::Zh] {
            let told = said[0].tell(&Texts::compiled(lang));
            assert!(told.contains('c') && told.contains("CrashLoopBackOff"), "{told}");
        }
    }
}
