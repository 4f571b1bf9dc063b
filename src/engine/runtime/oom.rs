//! Memory: what a container may have, and what happens when it wants more.

use super::instance::Instance;
use super::namespace::Home;
use super::service::{Runtime, RuntimeTimer};
use crate::base::SimTime;
use crate::engine::cri::{NodeUse, PodUsage};
use crate::engine::cx::Cx;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;
use crate::shell::OomKill;

/// Below this much memory runc cannot start anything.
/// Source: moby daemon_unix.go linuxMinMemory ("needed for runc init")
const RUNC_NEEDS: u64 = 6 << 20;
/// How often the memory of all is looked at while it grows.
const GROWING: SimTime = SimTime::ms(500);

impl Instance {
    /// Why its memory limit does not even let runc start its process.
    pub(super) fn too_little_memory(&self) -> Option<String> {
        let few = self.spec.limits.memory.is_some_and(|bytes| bytes < RUNC_NEEDS);
        few.then(|| "container init was OOM-killed (memory limit too low?)".to_string())
    }

    /// The field that limits it.
    fn limit_field(&self, resource: &str) -> Vec<String> {
        let command = self.spec.fields.first().and_then(|field| field.strip_suffix(".command"));
        command.map(|path| format!("{path}.resources.limits.{resource}")).into_iter().collect()
    }

    /// The reason stays even if it was a child that died and the container ends later.
    /// Source: containerd internal/cri/server/events.go TaskOOM
    fn oom_killed(&mut self, kill: &OomKill, cx: &mut Cx) {
        self.oom = true;
        if kill.limit == 0 {
            let facts = vec![
                ("process", kill.command.as_str().into()),
                ("score", self.spec.oom_score.into()),
            ];
            cx.cite(self.subject(), Rule::NodeOom, facts);
            return;
        }
        let facts = vec![
            ("limit", size(kill.limit).into()),
            ("process", kill.command.as_str().into()),
            ("killed", kill.killed.into()),
        ];
        cx.cite_fields(self.subject(), Rule::ContainerOom, facts, self.limit_field("memory"));
    }

    /// Says once that the container wants more processor time than it may have.
    fn throttled(&mut self, wanted: u32, given: u32, cx: &mut Cx) {
        if std::mem::replace(&mut self.told.throttled, true) {
            return;
        }
        let facts = vec![("wanted", milli(wanted).into()), ("given", milli(given).into())];
        cx.cite_fields(self.subject(), Rule::ContainerThrottled, facts, self.limit_field("cpu"));
    }
}

impl Runtime {
    /// Tells of the containers of a namespace that went over a limit.
    pub(super) fn look_at_limits(&mut self, at: u64, members: &[u64], cx: &mut Cx) {
        let Some(space) = self.namespaces.get_mut(&at) else { return };
        self.strained |= space.kernel.is_heavy();
        let ooms = space.kernel.take_ooms();
        for number in members {
            let Some(instance) = self.instances.get_mut(number) else { continue };
            let Some(home) = instance.home else { continue };
            for kill in ooms.iter().filter(|kill| kill.container == home.container) {
                instance.oom_killed(kill, cx);
                if kill.limit == 0 {
                    self.system_ooms.push((kill.command.clone(), kill.pid.0));
                }
            }
            let Some(cgroup) = space.kernel.cgroup(home.container) else { continue };
            let limited = cgroup.limits.cpu.is_some_and(|limit| limit == cgroup.cpu.given);
            if limited && cgroup.cpu.wanted > cgroup.cpu.given {
                instance.throttled(cgroup.cpu.wanted, cgroup.cpu.given, cx);
            }
        }
    }

    /// Containers take more memory together than the node has: the kernel kills, until they do not.
    ///
    /// DIFFERENCE: this is looked at twice a second while memory grows, not at each page.
    /// Source: Linux mm/oom_kill.c oom_badness, select_bad_process
    pub fn relieve(&mut self, cx: &mut Cx) {
        // Files in memory stay when processes go: each container is killed once at most.
        for _ in 0..self.instances.len() {
            let all = self.memory_of_all(cx.now);
            let total = all.iter().fold(0_u64, |sum, (used, ..)| sum.saturating_add(*used));
            let grows = std::mem::replace(&mut self.had, total) < total;
            let Some((number, home)) = self.worst(all).filter(|_| total > self.memory) else {
                if grows && total > self.memory / 2 {
                    cx.after(GROWING, SimEvent::Runtime(RuntimeTimer::Memory));
                }
                return;
            };
            if let Some(kernel) = self.kernel_mut(home) {
                kernel.node_oom(cx.now, home.container);
            }
            self.pump(number, cx);
        }
    }

    /// Containers that use memory: how much, which, where, and how willing the kernel is.
    fn memory_of_all(&self, now: SimTime) -> Vec<(u64, u64, Home, i64)> {
        let of = |i: &Instance| {
            let home = i.home?;
            let used = self.kernel_of(i)?.memory(home.container, now);
            (used > 0).then_some((used, i.id, home, i.spec.oom_score))
        };
        self.instances.values().filter_map(of).collect()
    }

    /// The container that is the first to go, if one has to: by the memory it has, and how willing
    /// the kernel is.
    fn worst(&self, all: Vec<(u64, u64, Home, i64)>) -> Option<(u64, Home)> {
        let badness = |used: u64, score: i64| {
            i128::from(used) + i128::from(score) * i128::from(self.memory) / 1000
        };
        let worst =
            all.into_iter().max_by_key(|(used, id, _, score)| (badness(*used, *score), *id));
        worst.map(|(_, id, home, _)| (id, home))
    }

    /// Whether some container has begun to hold memory since the last call.
    pub fn take_strained(&mut self) -> bool {
        std::mem::take(&mut self.strained) || !self.system_ooms.is_empty()
    }

    /// What the Pods of the node use now.
    pub(super) fn node_use(&self, now: SimTime) -> NodeUse {
        let memory = |i: &Instance| {
            let home = i.home?;
            Some((i.spec.container.clone(), self.kernel_of(i)?.memory(home.container, now)))
        };
        let pod = |uid: &String| {
            let running = self.instances_of(uid).filter(|i| i.home.is_some());
            let memory = running.filter_map(memory).collect();
            (uid.clone(), PodUsage { memory, storage: self.storage_use(uid) })
        };
        NodeUse {
            pods: self.sandboxes.keys().map(pod).collect(),
            hogged: self.hogged,
            strained: self.hogged != [false; 2]
                || self.namespaces.values().any(|space| space.kernel.is_heavy()),
        }
    }

    /// Kills a container as if it had taken more memory than it may: the fault `oom`.
    pub fn oom_from_outside(&mut self, uid: &str, container: &str, cx: &mut Cx) {
        let Some((number, home)) = self.running(uid, container).and_then(|i| Some((i.id, i.home?)))
        else {
            return;
        };
        if let Some(kernel) = self.kernel_mut(home) {
            kernel.force_oom(cx.now, home.container);
        }
        self.pump(number, cx);
    }
}

/// A size as a manifest would have it: `32Mi`, or bytes.
fn size(bytes: u64) -> String {
    let units = [(30, "Gi"), (20, "Mi"), (10, "Ki")];
    let fits = units.iter().find(|(bits, _)| bytes > 0 && bytes.is_multiple_of(1 << bits));
    fits.map_or(bytes.to_string(), |(bits, unit)| (bytes >> bits).to_string() + unit)
}

/// Processors as a manifest would have them: `200m`, `2`.
fn milli(thousandths: u32) -> String {
    match thousandths % 1000 {
        0 => (thousandths / 1000).to_string(),
        _ => thousandths.to_string() + "m",
    }
}
