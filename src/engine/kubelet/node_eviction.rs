//! The eviction manager: when the node is short of memory or disk it tells so, takes no more of
//! the Pods that it would have to evict, and evicts one Pod after the other.
//!
//! Source: kubelet/eviction/eviction_manager.go synchronize, evictPod, Admit, waitForPodsCleanup

use super::eviction::next;
use super::pressure::{
    DEFAULTS, Observed, PodUse, Signal, Threshold, inodes_of, is_critical, message, met, rank,
};
use super::service::{Kubelet, KubeletTimer, Owner};
use super::worker::Stage;
use crate::api::taint::Taint;
use crate::api::{Condition, EventType, Pod, PodStatus, Timestamp, qos};
use crate::base::SimTime;
use crate::engine::cri::{NodeUse, RuntimeCall};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;

/// How often the manager looks. Source: kubelet.go evictionMonitoringPeriod
const LOOK: u64 = 10_000;
/// How often it looks whether an evicted Pod is cleared away, and for how long.
/// Source: eviction_manager.go podCleanupPollFreq, podCleanupTimeout
const CLEANUP: (SimTime, SimTime) = (SimTime::secs(1), SimTime::secs(30));
/// How long a condition stays after it was last seen.
/// Source: v1beta1/defaults.go EvictionPressureTransitionPeriod
const TRANSITION: SimTime = SimTime::secs(300);
/// What the node's own processes use. Measured on the node of the recordings.
pub const OWN_MEMORY: i64 = 108_084 << 10;
/// What a fault leaves of memory and of disk: less than the thresholds.
const LEFT: i64 = 64 << 20;
/// Less disk than this can be filled by what is written in a simulation.
const LITTLE_DISK: i64 = 20 << 30;
/// What the kubelet keeps back of the node's memory for itself (`allocatable`).
const KEPT_BACK: i64 = 100 << 20;
/// The conditions, and what the manager watches for them.
/// Source: kubelet/eviction/helpers.go signalToNodeCondition
const CONDITIONS: [(&str, &[Signal]); 2] = [
    ("MemoryPressure", &[Signal::Memory]),
    ("DiskPressure", &[Signal::Disk, Signal::ImageDisk, Signal::Inodes]),
];

/// What the manager knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NodePressure {
    /// A look is due.
    due: bool,
    /// When each threshold was last seen to be met.
    seen: [Option<SimTime>; 2],
    /// The Pod that was evicted last, and when.
    evicted: Option<(String, SimTime)>,
}

impl NodePressure {
    fn is_on(&self, which: usize, now: SimTime) -> bool {
        self.seen[which].is_some_and(|seen| now.since(seen) < TRANSITION)
    }

    /// Why a Pod is not taken while the node is short of something.
    /// Source: eviction_manager.go Admit
    pub(super) fn objection(&self, pod: &Pod, now: SimTime) -> Option<String> {
        let on: Vec<&str> = CONDITIONS
            .iter()
            .enumerate()
            .filter(|(which, _)| self.is_on(*which, now))
            .map(|(_, (condition, _))| *condition)
            .collect();
        if on.is_empty() || is_critical(pod) {
            return None;
        }
        let taint = Taint {
            key: "node.kubernetes.io/memory-pressure".into(),
            effect: "NoSchedule".into(),
            ..Taint::default()
        };
        if on == ["MemoryPressure"]
            && (qos::class(&pod.spec.raw) != "BestEffort"
                || taint.is_tolerated(&pod.spec.raw["tolerations"]))
        {
            return None;
        }
        Some(format!("The node had condition: [{}]. ", on.join(" ")))
    }
}

impl Kubelet {
    /// Something may be running short: the manager's next look is worth simulating.
    pub fn watch_node(&mut self, cx: &mut Cx) {
        if !std::mem::replace(&mut self.pressure.due, true) {
            let offset = crate::base::draw(cx.seed, "eviction", &self.node, LOOK, LOOK);
            let at = next(cx.now, LOOK, SimTime::ms(offset));
            cx.at(at, SimEvent::Kubelet(KubeletTimer::LookAtNode));
        }
    }

    /// Whether what Pods write here can fill the disk: then the manager looks all the time.
    pub(super) fn has_little_disk(&self) -> bool {
        self.node_object.allocatable.storage < LITTLE_DISK && !self.workers.is_empty()
    }

    /// The manager looks, unless it still waits for the end of a Pod that it has evicted.
    pub(super) fn look_at_node(&mut self, cx: &mut Cx) {
        self.pressure.due = false;
        if let Some((uid, since)) = &self.pressure.evicted {
            let ends = self.workers.get(uid).is_some_and(|w| w.stage < Stage::Finished);
            if ends && cx.now.since(*since) < CLEANUP.1 {
                self.pressure.due = true;
                cx.after(CLEANUP.0, SimEvent::Kubelet(KubeletTimer::LookAtNode));
                return;
            }
            self.pressure.evicted = None;
        }
        self.call(Owner::NodeUse, RuntimeCall::NodeUse, cx);
    }

    /// What the node and its Pods use is known.
    pub(super) fn node_used(&mut self, used: &NodeUse, cx: &mut Cx) {
        let mut pods: Vec<PodUse> =
            used.pods.iter().filter_map(|(uid, of)| self.pod_use(uid, of)).collect();
        let observed = self.left(&pods, used);
        let short = met(&DEFAULTS, &observed, false);
        let mut on = [false; 2];
        let seen = |signal| observed.iter().find(|o| o.signal == signal);
        for (which, (condition, signals)) in CONDITIONS.into_iter().enumerate() {
            let was = self.pressure.is_on(which, cx.now);
            let met = short.iter().map(|t| t.signal).find(|signal| signals.contains(signal));
            if met.is_some() {
                self.pressure.seen[which] = Some(cx.now);
            }
            on[which] = self.pressure.is_on(which, cx.now);
            let told = on[which] != was || self.pressure.seen[which].is_some() && !on[which];
            if let Some(observed) = seen(met.unwrap_or(signals[0])).filter(|_| told) {
                self.tell_pressure(condition, on[which], observed, cx);
            }
            if !on[which] {
                self.pressure.seen[which] = None;
            }
            self.press(which, on[which], cx);
        }
        let worst = short.first().and_then(|t| Some((t, seen(t.signal)?)));
        if let Some((threshold, observed)) = worst {
            self.reclaim(threshold, observed, &mut pods, cx);
        }
        if on.contains(&true) || used.strained || self.has_little_disk() {
            self.watch_node(cx);
        }
    }

    fn tell_pressure(&mut self, condition: &str, on: bool, observed: &Observed, cx: &mut Cx) {
        let rule = if on { Rule::NodePressure } else { Rule::NodePressureOver };
        let unit = if observed.signal == Signal::Inodes { " inodes" } else { "" };
        let left = observed.left() + unit;
        let facts = vec![("condition", condition.into()), ("available", left.into())];
        let node = self.node.clone();
        cx.cite(Subject::node(&node), rule, facts);
    }

    fn pod_use(&self, uid: &str, of: &crate::engine::cri::PodUsage) -> Option<PodUse> {
        let w = self.workers.get(uid).filter(|w| w.stage == Stage::Syncing)?;
        let pod = w.pod.clone();
        let on_disk = |name: &str| {
            super::carry_volumes::volumes(&pod).any(|found| {
                super::carry_volumes::name_of(found) == name
                    && found["emptyDir"].is_object()
                    && found["emptyDir"]["medium"] != "Memory"
            })
        };
        let sum = |of: &[(String, u64)]| {
            let counts = of.iter().filter(|(name, _)| name.is_empty() || on_disk(name));
            counts.map(|(_, n)| n).sum()
        };
        let (volumes, inodes) = (sum(&of.storage.volumes), sum(&of.storage.inodes));
        let written = |name: &String| {
            of.storage.containers.iter().find(|(n, _)| n == name).map_or(0, |(_, bytes)| *bytes)
        };
        let with = |(name, memory): &(String, u64)| (name.clone(), *memory, written(name));
        let containers = of.memory.iter().map(with).collect();
        Some(PodUse { pod, containers, volumes, inodes, processes: 0 })
    }

    /// What Pods can have of the node's memory before the kernel has to kill.
    pub fn memory_of_pods(&self) -> u64 {
        u64::try_from(self.memory() - OWN_MEMORY).unwrap_or(0)
    }

    /// All memory of the node.
    pub(super) fn memory(&self) -> i64 {
        self.node_object.allocatable.memory + KEPT_BACK
    }

    /// The kernel had to kill a process for want of memory on the whole node.
    /// Source: kubelet/oom/oom_watcher_linux.go
    pub fn system_oom(&mut self, command: &str, pid: u32, cx: &mut Cx) {
        let name = command.split(' ').next().unwrap_or_default();
        let text = format!("System OOM encountered, victim process: {name}, pid: {pid}");
        self.tell_of_node(EventType::Warning, "SystemOOM", &text, cx);
    }

    /// What is left of memory and of disk. A fault takes the rest, however much is freed.
    fn left(&self, pods: &[PodUse], used: &NodeUse) -> [Observed; 4] {
        let whole = &self.node_object.allocatable;
        let memory: u64 = used.pods.iter().flat_map(|(_, p)| &p.memory).map(|(_, m)| m).sum();
        let written =
            |p: &PodUse| p.volumes + p.containers.iter().map(|(.., disk)| disk).sum::<u64>();
        let disk: u64 = pods.iter().map(written).sum();
        let inodes: u64 = pods.iter().map(|p| p.inodes).sum();
        let of = |signal, capacity: i64, used_bytes: i64, hogged: bool| {
            let available = (capacity - used_bytes).max(0);
            let available = if hogged { available.min(LEFT) } else { available };
            Observed { signal, available, capacity }
        };
        [
            of(Signal::Memory, self.memory(), OWN_MEMORY + memory as i64, used.hogged[0]),
            of(Signal::Disk, whole.storage, disk as i64, used.hogged[1]),
            of(Signal::ImageDisk, whole.storage, disk as i64, used.hogged[1]),
            of(Signal::Inodes, inodes_of(whole.storage), inodes as i64, false),
        ]
    }

    /// One Pod is evicted: the first of the ranking that is not critical.
    fn reclaim(
        &mut self,
        threshold: &Threshold,
        observed: &Observed,
        pods: &mut [PodUse],
        cx: &mut Cx,
    ) {
        let resource = threshold.signal.resource();
        let text = format!("Attempting to reclaim {resource}");
        self.tell_of_node(EventType::Warning, "EvictionThresholdMet", &text, cx);
        rank(pods, threshold.signal.order());
        let names: Vec<&str> = pods.iter().map(|p| p.pod.meta.name.as_str()).collect();
        let order = names.join(", ");
        let Some(first) = pods.iter().find(|p| !is_critical(&p.pod)) else { return };
        let text = message(first, threshold, observed);
        let facts = vec![("resource", resource.into()), ("order", order.into())];
        cx.cite(Subject::pod(&first.pod.meta.name), Rule::EvictChosen, facts);
        let uid = first.pod.meta.uid.clone();
        self.event(&first.pod, "", EventType::Warning, "Evicted", &text, cx);
        let Some(w) = self.workers.get_mut(&uid) else { return };
        w.stage = Stage::Terminating;
        w.evicted = Some(text);
        w.disrupted = true;
        self.ask(&uid, cx);
        // The next look comes as soon as the Pod is cleared away.
        self.pressure.evicted = Some((uid, cx.now));
        if !std::mem::replace(&mut self.pressure.due, true) {
            cx.after(CLEANUP.0, SimEvent::Kubelet(KubeletTimer::LookAtNode));
        }
    }

    /// The last status of a Pod that had to go tells so.
    /// Source: status_manager.go mergePodStatus (PodConditionSharedByKubelet)
    pub(super) fn mark_disrupted(&self, uid: &str, status: &mut PodStatus, cx: &Cx) {
        let Some(w) = self.workers.get(uid).filter(|w| w.disrupted) else { return };
        status.conditions.push(Condition {
            kind: "DisruptionTarget".into(),
            status: "True".into(),
            reason: "TerminationByKubelet".into(),
            message: w.evicted.clone().unwrap_or_default(),
            observed_generation: Some(w.pod.meta.generation),
            last_transition_time: Some(Timestamp::at(cx.now)),
            ..Condition::default()
        });
    }
}
