//! SyncPod: publish the status, then act on it, step by step.

use super::carry_kill::cite_reason;
use super::carry_terminate::stop_all;
use super::plan::{Actions, Verdict, plan_actions};
use super::pod_files;
use super::prober::ProbeKind;
use super::service::{Kubelet, KubeletTimer, Owner};
use super::status::{ProbeFacts, StatusInputs, plan_status};
use super::worker::{Stage, Step, Worker};
use crate::api::{EventType, Pod, PodStatus};
use crate::engine::bandwidth::Bandwidth;
use crate::engine::cri::{InstanceState, InstanceStatus, PidMode};
use crate::engine::cri::{RuntimeCall, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;

impl Kubelet {
    /// Source: kubelet.go SyncPod
    pub(super) fn sync_pod(&mut self, uid: &str, cx: &mut Cx) {
        let Some(status) = self.make_status(uid, false, cx) else { return };
        let phase = status.phase;
        self.set_status(uid, status, cx);
        self.tell_deadline(uid, cx);
        self.watch_deadline(uid, cx);
        if phase.is_terminal() {
            self.cite_no_restart(uid, cx);
            if let Some(w) = self.workers.get_mut(uid) {
                w.stage = w.stage.max(Stage::Terminating);
                w.asked = true;
            }
            return self.complete(uid, cx);
        }
        self.poke_unready(uid, cx);
        if self.workers.get(uid).is_some_and(|w| w.mounted) {
            self.refresh_volumes(uid, cx);
        }
        if let Some(w) = self.workers.get_mut(uid) {
            let first = (!w.mounted).then_some(Step::Volumes);
            w.task.steps.extend(first);
            w.task.steps.push_back(Step::Plan);
        }
        self.next_step(uid, cx);
    }

    /// The status from what this sync has seen.
    pub(super) fn make_status(&self, uid: &str, for_good: bool, cx: &Cx) -> Option<PodStatus> {
        let w = self.workers.get(uid)?;
        let inputs = StatusInputs {
            pod: &w.pod,
            seen: &w.task.seen,
            reasons: &w.reasons,
            old: &w.status.status,
            reset: &w.reset,
            probes: &|name| probe_facts(w, name),
            stopped_for_good: for_good,
            host_ip: &self.node_ip,
            now: cx.now,
        };
        Some(plan_status(&inputs))
    }

    fn cite_no_restart(&self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        let policy = w.pod.spec.restart_policy.as_str();
        for c in &w.pod.spec.containers {
            let newest = w.task.seen.newest(&c.name);
            let Some(i) = newest.filter(|i| i.state == InstanceState::Exited) else { continue };
            let facts = vec![("policy", policy.into()), ("code", i.exit_code.into())];
            let subject = Subject::container(&w.pod.meta.name, &c.name);
            cx.cite_fields(subject, Rule::RestartNo, facts, vec!["spec.restartPolicy".into()]);
        }
    }

    /// Goes on with the sync's next step, or ends it.
    pub(super) fn next_step(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let Some(step) = w.task.steps.pop_front() else { return self.complete(uid, cx) };
        match step {
            Step::Volumes => self.begin_volumes(uid, cx),
            Step::Plan => self.plan_and_go(uid, cx),
            Step::Sandbox => {
                let pid_mode = match &*w.pod.spec {
                    spec if spec.host_pid => PidMode::Node,
                    spec if spec.share_process_namespace => PidMode::Pod,
                    _ => PidMode::Container,
                };
                let call = RuntimeCall::RunSandbox {
                    uid: uid.to_string(),
                    hostname: pod_files::kernel_hostname(&w.pod, &self.node),
                    resolv: pod_files::resolv_conf(&w.pod.spec, &w.pod.meta.namespace),
                    pid_mode,
                    host_network: w.pod.spec.host_network,
                    bandwidth: bandwidth(&w.pod),
                    host_ports: w.pod.spec.host_ports(),
                };
                self.call(Owner::Step(uid.to_string()), call, cx);
            }
            Step::Kill(orders) => self.begin_kills(uid, orders, cx),
            Step::Remove(instances) => self.remove_instances(uid, instances, true, cx),
            Step::Purge(instances) => self.remove_instances(uid, instances, false, cx),
            Step::Start(name) => self.begin_start(uid, &name, cx),
            Step::StopSandbox => {
                let call = RuntimeCall::StopSandbox { uid: uid.to_string() };
                self.call(Owner::Step(uid.to_string()), call, cx);
            }
            Step::FinalStatus => {
                let of = Some(uid.to_string());
                self.call(Owner::Final(uid.to_string()), RuntimeCall::List { of }, cx);
            }
            Step::Unmount => {
                let wait = cx.work(latency::UNMOUNT, uid, 0);
                let timer = KubeletTimer::Unmounted(uid.to_string());
                cx.after(wait, SimEvent::Kubelet(timer));
            }
        }
    }

    /// Volumes are mounted: what follows needs them.
    pub(super) fn mounted(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.mounted = true;
        if self.workers.get(uid).is_some_and(|w| !w.adopted) {
            self.add_probers(uid, cx);
        }
        self.watch_storage(uid, cx);
        self.next_step(uid, cx);
    }

    fn plan_and_go(&mut self, uid: &str, cx: &mut Cx) {
        self.tell_pull_secrets(uid, cx);
        let Some(w) = self.workers.get_mut(uid) else { return };
        let spec = &w.pod_of_sync().spec;
        let actions = plan_actions(spec, &w.task.seen, &|i| verdict(w, i));
        cite_restarts(w, &actions, cx);
        if actions.create_sandbox && !w.task.seen.uid.is_empty() {
            let pod = w.pod.clone();
            let text = "Pod sandbox changed, it will be killed and re-created.";
            cx.cite(Subject::pod(&pod.meta.name), Rule::SandboxChanged, Vec::new());
            self.event(&pod, "", EventType::Normal, "SandboxChanged", text, cx);
        }
        let Some(w) = self.workers.get_mut(uid) else { return };
        if actions.kill_pod {
            // Nothing is left that should run: all stop, and the next status ends the Pod.
            // Source: kuberuntime_manager.go SyncPod, step 2
            let stops = stop_all(&w.task.seen);
            w.task.steps.extend(stops);
            for order in &actions.kill {
                cite_reason(w, order, w.pod.spec.grace(), cx);
            }
        }
        if actions.create_sandbox {
            let of_init = |i: &&InstanceStatus| w.pod.spec.is_init(&i.name);
            let init: Vec<u64> =
                w.task.seen.instances.iter().filter(of_init).map(|i| i.id).collect();
            w.task.steps.extend((!init.is_empty()).then_some(Step::Purge(init)));
        }
        if !actions.reset.is_empty() {
            return self.begin_reset(uid, &actions.reset, cx);
        }
        let steps = &mut w.task.steps;
        // One after the other. Source: kuberuntime_manager.go SyncPod, step 3
        if !actions.kill_pod {
            steps.extend(actions.kill.into_iter().map(|order| Step::Kill(vec![order])));
        }
        steps.extend(actions.create_sandbox.then_some(Step::Sandbox));
        let starts = [actions.start_ephemeral, actions.start_init, actions.start];
        steps.extend(starts.into_iter().flatten().map(Step::Start));
        self.next_step(uid, cx);
    }

    /// The runtime has answered the step under way.
    pub(super) fn step_replied(&mut self, uid: &str, reply: RuntimeReply, cx: &mut Cx) {
        match reply {
            RuntimeReply::Sandbox(ip) => {
                if let Some(w) = self.workers.get_mut(uid) {
                    w.task.done += 1;
                    w.ip = ip.clone();
                    let subject = Subject::pod(&w.pod.meta.name);
                    cx.cite(subject, Rule::SandboxReady, vec![("ip", ip.into())]);
                    cite_sharing(&w.pod, cx);
                }
                self.sandbox_is_ready(uid, cx);
                self.next_step(uid, cx);
            }
            RuntimeReply::SandboxStopped => {
                if let Some(w) = self.workers.get_mut(uid) {
                    cx.cite(Subject::pod(&w.pod.meta.name), Rule::SandboxStopped, Vec::new());
                }
                self.next_step(uid, cx);
            }
            RuntimeReply::SandboxFailed(error) => self.no_sandbox(uid, &error, cx),
            reply => self.start_replied(uid, reply, cx),
        }
    }

    /// Without a sandbox nothing can be started; the next sync tries again.
    /// Source: kuberuntime_manager.go SyncPod, step 4
    fn no_sandbox(&mut self, uid: &str, error: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.task.failed = true;
        w.task.steps.clear();
        let pod = w.pod.clone();
        let fields = vec!["metadata.annotations".to_string()];
        let facts = vec![("error", error.into())];
        cx.cite_fields(Subject::pod(&pod.meta.name), Rule::SandboxFailed, facts, fields);
        let text =
            format!("Failed to create pod sandbox: rpc error: code = Unknown desc = {error}");
        self.event(&pod, "", EventType::Warning, "FailedCreatePodSandBox", &text, cx);
        self.next_step(uid, cx);
    }
}

/// What a Pod's annotations say of its bandwidth.
fn bandwidth(pod: &Pod) -> Bandwidth {
    Bandwidth::of(|key| pod.meta.annotations.get(key))
}

/// What a new sandbox shares with the node, and what it was asked to hold back.
/// Source: kubelet kuberuntime/util NamespacesForPod
fn cite_sharing(pod: &Pod, cx: &mut Cx) {
    let cause = cx.cause;
    let mut cite = |rule, facts, field: &str| {
        cx.cause = cause;
        cx.cite_fields(Subject::pod(&pod.meta.name), rule, facts, vec![field.to_string()]);
    };
    if pod.spec.host_network {
        cite(Rule::SandboxHostNetwork, Vec::new(), "spec.hostNetwork");
    }
    if pod.spec.raw["hostIPC"] == true {
        cite(Rule::SandboxHostIpc, Vec::new(), "spec.hostIPC");
    }
    let asked = bandwidth(pod);
    if !asked.is_none() && !pod.spec.host_network {
        let text = |rate: Option<String>| rate.unwrap_or_else(|| "–".into()).into();
        let facts = vec![("ingress", text(asked.ingress)), ("egress", text(asked.egress))];
        cite(Rule::SandboxBandwidth, facts, "metadata.annotations");
    }
}

/// Why containers are started again.
fn cite_restarts(w: &Worker, actions: &Actions, cx: &mut Cx) {
    let cause = cx.cause;
    for name in actions.start_init.iter().chain(&actions.start) {
        let ended = w.task.seen.newest(name).filter(|i| i.state == InstanceState::Exited);
        let Some(i) = ended else { continue };
        let policy = w.pod.spec.restart_policy.as_str();
        let facts = vec![("policy", policy.into()), ("code", i.exit_code.into())];
        let subject = Subject::container(&w.pod.meta.name, name);
        cx.cause = cause;
        cx.cite_fields(subject, Rule::RestartYes, facts, vec!["spec.restartPolicy".into()]);
    }
}

/// What the probes say of a running instance.
fn verdict(w: &Worker, i: &InstanceStatus) -> Verdict {
    let result = |kind| {
        let prober = w.prober(&i.name, kind)?;
        prober.result_for(&i.container_id)
    };
    let has_startup = w.pod.spec.container(&i.name).is_some_and(|c| c.startup_probe.is_some());
    let startup = result(ProbeKind::Startup);
    Verdict {
        liveness_failed: result(ProbeKind::Liveness) == Some(false),
        startup_failed: startup == Some(false),
        started: !has_startup || startup == Some(true),
    }
}

/// What the prober knows of a container's running instance.
pub(super) fn probe_facts(w: &Worker, name: &str) -> ProbeFacts {
    let id = w.task.seen.newest(name).map_or("", |i| &i.container_id);
    let result = |kind| w.prober(name, kind).and_then(|prober| prober.result_for(id));
    let spec = w.pod.spec.container(name);
    ProbeFacts {
        startup: result(ProbeKind::Startup),
        has_startup: spec.is_some_and(|c| c.startup_probe.is_some()),
        ready: result(ProbeKind::Readiness),
        has_readiness: spec.is_some_and(|c| c.readiness_probe.is_some()),
    }
}
