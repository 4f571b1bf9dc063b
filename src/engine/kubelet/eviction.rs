//! The eviction manager's limits of local storage: what a Pod may write before it is failed.
//!
//! Source: kubelet/eviction/eviction_manager.go localStorageEviction; server/stats
//! volume_stat_calculator.go

use super::carry_volumes::{field_of, name_of, volumes};
use super::downward::{amount, raw_container};
use super::service::{Kubelet, KubeletTimer, Owner};
use super::worker::Stage;
use crate::api::quantity::Quantity;
use crate::api::requests::at_once;
use crate::api::{EventType, Phase, Pod, PodStatus};
use crate::base::json::Value;
use crate::base::{Map, SimTime};
use crate::engine::cri::{RuntimeCall, StorageUse};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;

/// How often the eviction manager looks. Source: kubelet.go evictionMonitoringPeriod
const LOOK: u64 = 10_000;
/// How often the usage of volumes is measured. Source: v1beta1/defaults.go VolumeStatsAggPeriod
const MEASURE: u64 = 60_000;
/// The grace of such an eviction. Source: eviction_manager.go immediateEvictionGracePeriodSeconds
pub const GRACE: i64 = 1;

/// What is watched of a Pod's local storage.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StorageWatch {
    watched: bool,
    volumes: Map<String, u64>,
    measured: u64,
}

/// A Pod that has used too much.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Eviction {
    /// The message of Event and status.
    pub message: String,
    /// The field that holds the limit.
    pub field: String,
}

/// Decides whether a Pod has used more local storage than it may.
/// Source: eviction_manager.go emptyDirLimitEviction, podEphemeralStorageLimitEviction,
/// containerEphemeralStorageLimitEviction
pub fn plan_eviction(
    pod: &Pod,
    volumes_use: &Map<String, u64>,
    containers: &[(String, u64)],
) -> Option<Eviction> {
    let of_volume = |v: &&Value| {
        let limit = limit(&v["emptyDir"]["sizeLimit"]);
        limit.is_some_and(|l| volumes_use.get(&name_of(v)).is_some_and(|used| *used > l))
    };
    if let Some(volume) = volumes(pod).find(of_volume) {
        let (name, text) = (name_of(volume), shown(&volume["emptyDir"]["sizeLimit"]));
        let message = format!("Usage of EmptyDir volume \"{name}\" exceeds the limit \"{text}\". ");
        let field = format!("{}.emptyDir.sizeLimit", field_of(pod, &name));
        return Some(Eviction { message, field });
    }
    let of =
        |name: &str| &raw_container(&pod.spec, name)["resources"]["limits"]["ephemeral-storage"];
    let total = at_once(&pod.spec.raw, "limits", "ephemeral-storage");
    let disk = volumes(pod).filter(|v| v["emptyDir"]["medium"] != "Memory");
    let in_volumes: u64 = disk.filter_map(|v| volumes_use.get(&name_of(v))).sum();
    let in_all: u64 = containers.iter().map(|(_, used)| used).sum::<u64>() + in_volumes;
    if let Some(total) = total.filter(|t| bytes(*t).is_some_and(|t| in_all > t)) {
        let message = format!(
            "Pod ephemeral local storage usage exceeds the total limit of containers {total}. "
        );
        return Some(Eviction { message, field: "spec.containers".into() });
    }
    // Init containers have no limit of their own here; theirs counts for the Pod's.
    let is_app = |name: &String| pod.spec.containers.iter().any(|c| c.name == *name);
    let over =
        |(name, used): &&(String, u64)| is_app(name) && limit(of(name)).is_some_and(|l| *used > l);
    containers.iter().find(over).map(|(name, _)| {
        let text = shown(of(name));
        let message =
            format!("Container {name} exceeded its local ephemeral storage limit \"{text}\". ");
        let field = format!("{}.resources.limits", pod.spec.path_of(name));
        Eviction { message, field }
    })
}

fn bytes(amount: Quantity) -> Option<u64> {
    u64::try_from(amount.whole()).ok().filter(|n| *n > 0)
}

fn limit(value: &Value) -> Option<u64> {
    bytes(amount(value)?)
}

fn shown(value: &Value) -> String {
    amount(value).map_or(String::new(), |q| q.to_string())
}

impl Kubelet {
    /// The volumes of a Pod are there: watches them, if something of it has a limit.
    pub(super) fn watch_storage(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        if w.storage.watched {
            return;
        }
        w.storage.watched = true;
        let pod = w.pod.clone();
        let limited = self.limits_containers(uid);
        // What is in volumes counts for the limits of the containers too.
        let counts = |v: &Value| {
            let on_disk = v["emptyDir"].is_object() && v["emptyDir"]["medium"] != "Memory";
            on_disk && (limited || limit(&v["emptyDir"]["sizeLimit"]).is_some())
        };
        if volumes(&pod).any(counts) {
            let at = next(cx.now, MEASURE, self.offset(MEASURE, cx));
            cx.at(at, SimEvent::Kubelet(KubeletTimer::MeasureVolumes(uid.to_string())));
        }
        if limited {
            self.look_soon(uid, cx);
        }
    }

    fn limits_containers(&self, uid: &str) -> bool {
        let Some(w) = self.workers.get(uid) else { return false };
        at_once(&w.pod.spec.raw, "limits", "ephemeral-storage").is_some()
    }

    fn offset(&self, period: u64, cx: &Cx) -> SimTime {
        SimTime::ms(crate::base::draw(cx.seed, "eviction", &self.node, period, period))
    }

    /// At the eviction manager's next look.
    fn look_soon(&mut self, uid: &str, cx: &mut Cx) {
        let at = next(cx.now, LOOK, self.offset(LOOK, cx));
        cx.at(at, SimEvent::Kubelet(KubeletTimer::LookForEviction(uid.to_string())));
    }

    fn is_watched(&self, uid: &str) -> bool {
        self.workers.get(uid).is_some_and(|w| w.stage == Stage::Syncing)
    }

    /// The usage of the volumes is measured, now and again in one to two minutes.
    pub(super) fn measure_volumes(&mut self, uid: &str, cx: &mut Cx) {
        if !self.is_watched(uid) {
            return;
        }
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.storage.measured += 1;
        let wait = cx.jitter(SimTime::ms(MEASURE), 100, "measure", uid, w.storage.measured);
        cx.after(wait, SimEvent::Kubelet(KubeletTimer::MeasureVolumes(uid.to_string())));
        let call = RuntimeCall::Storage { uid: uid.to_string() };
        self.call(Owner::Measure(uid.to_string()), call, cx);
    }

    /// The usage of the volumes is known; the eviction manager finds it at its next look.
    pub(super) fn volumes_measured(&mut self, uid: &str, found: &StorageUse, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.storage.volumes = found.volumes.iter().cloned().collect();
        if !self.limits_containers(uid) {
            self.look_soon(uid, cx);
        }
    }

    /// The eviction manager looks. What containers use is asked for, as it changes more often.
    pub(super) fn look_for_eviction(&mut self, uid: &str, cx: &mut Cx) {
        if !self.is_watched(uid) {
            return;
        }
        if !self.limits_containers(uid) {
            return self.evict_if(uid, &[], cx);
        }
        self.look_soon(uid, cx);
        let call = RuntimeCall::Storage { uid: uid.to_string() };
        self.call(Owner::Evict(uid.to_string()), call, cx);
    }

    /// Source: eviction_manager.go evictPod
    pub(super) fn evict_if(&mut self, uid: &str, containers: &[(String, u64)], cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid).filter(|w| w.stage == Stage::Syncing) else {
            return;
        };
        let Some(plan) = plan_eviction(&w.pod, &w.storage.volumes, containers) else { return };
        let pod = w.pod.clone();
        w.stage = Stage::Terminating;
        w.evicted = Some(plan.message.clone());
        let facts = vec![("why", plan.message.trim_end().into())];
        cx.cite_fields(Subject::pod(&pod.meta.name), Rule::PodEvicted, facts, vec![plan.field]);
        self.event(&pod, "", EventType::Warning, "Evicted", &plan.message, cx);
        self.ask(uid, cx);
    }
}

/// The status that an eviction asks for, while the containers are being stopped. If they all end
/// with 0 the Pod has succeeded all the same, and reason and message go with the phase.
/// Source: eviction_manager.go evictPod; kubelet_pods.go generateAPIPodStatus
pub fn mark(status: &mut PodStatus, evicted: Option<&String>) {
    if let Some(message) = evicted {
        status.phase = Phase::Failed;
        status.reason = "Evicted".into();
        status.message = message.clone();
    }
}

/// The first moment after `now` of a loop with this period.
pub(super) fn next(now: SimTime, period: u64, offset: SimTime) -> SimTime {
    let passed = (now.as_ms() + period - offset.as_ms()) / period;
    SimTime::ms(offset.as_ms() + passed * period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ObjectMeta, PodSpec};
    use crate::base::json::json;
    use std::rc::Rc;

    fn check(spec: Value, volume: u64, containers: &[u64], want: &str) {
        let spec = Rc::new(PodSpec::read(spec).expect("it is a spec"));
        let pod = Pod { meta: ObjectMeta::default(), spec, status: PodStatus::default() };
        let volumes: Map<String, u64> = [("w".to_string(), volume)].into_iter().collect();
        let names = ["a", "b"].into_iter().map(String::from);
        let containers: Vec<(String, u64)> = names.zip(containers.iter().copied()).collect();
        let plan = plan_eviction(&pod, &volumes, &containers);
        assert_eq!(plan.map_or(String::new(), |p| p.message), want);
    }

    #[test]
    fn limits_are_looked_at_in_order() {
        let limit = json!({"limits": {"ephemeral-storage": "1Ki"}});
        let spec = json!({
            "volumes": [{"name": "w", "emptyDir": {"sizeLimit": "1Ki"}}],
            "containers": [{"name": "a", "resources": limit}, {"name": "b", "resources": limit}],
        });
        check(spec.clone(), 1024, &[1000, 24], "");
        let volume = "Usage of EmptyDir volume \"w\" exceeds the limit \"1Ki\". ";
        check(spec.clone(), 1025, &[5000, 0], volume);
        let all = "Pod ephemeral local storage usage exceeds the total limit of containers 2Ki. ";
        check(spec.clone(), 1000, &[1000, 1000], all);
        let one = "Container a exceeded its local ephemeral storage limit \"1Ki\". ";
        check(spec, 0, &[1025, 0], one);
        let only = json!({"containers": [{"name": "a"}, {"name": "b", "resources": limit}]});
        check(only, 0, &[1000, 0], "");
        check(json!({"containers": [{"name": "a"}]}), 1 << 30, &[1 << 30], "");
        let sidecar = json!({"name": "b", "restartPolicy": "Always", "resources": limit});
        let with = |init: &Value, app: Value| json!({"initContainers": [init], "containers": [{"name": "a", "resources": app}]});
        check(with(&sidecar, limit.clone()), 0, &[1, 2048], all);
        check(with(&sidecar, limit.clone()), 0, &[1, 2040], "");
        let one = "Pod ephemeral local storage usage exceeds the total limit of containers 1Ki. ";
        check(with(&json!({"name": "b", "resources": limit}), json!({})), 0, &[0, 1025], one);
    }

    #[test]
    fn loops_have_a_fixed_beat() {
        let ms = SimTime::ms;
        assert_eq!(next(ms(0), 100, ms(30)), ms(30));
        assert_eq!(next(ms(30), 100, ms(30)), ms(130));
        assert_eq!(next(ms(129), 100, ms(30)), ms(130));
    }
}
