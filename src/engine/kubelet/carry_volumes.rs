//! The volumes of a Pod: mounted before its containers, tried again when that fails, refreshed
//! at each sync.
//!
//! Source: kubelet/volumemanager/volume_manager.go WaitForAttachAndMount, reconciler/reconciler.go

use super::claims::{self, Backing, backing};
use super::payload::{self, PayloadInputs};
use super::service::{Kubelet, KubeletTimer, Owner};
use super::worker::{Stage, Worker};
use crate::api::EventType;
use crate::api::Pod;
use crate::api::requests::Amounts;
use crate::base::json::Value;
use crate::base::{Map, Set, SimTime};
use crate::engine::cri::{RuntimeCall, VolumeFile, VolumeWork};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::trace::Subject;
use crate::engine::wire::{EventKey, SimEvent};
use crate::rules::Rule;
use std::rc::Rc;

/// First delay after an error, and the longest.
/// Source: util/goroutinemap/exponentialbackoff/exponential_backoff.go
const FIRST_DELAY: SimTime = SimTime::ms(500);
const LONGEST_DELAY: SimTime = SimTime::secs(122);
/// How long a sync waits for its volumes. Source: volume_manager.go podAttachAndMountTimeout
const WAIT: SimTime = SimTime::secs(123);
/// How often the reconciler looks. Source: volume_manager.go reconcilerLoopSleepPeriod
const LOOP: SimTime = SimTime::ms(100);

/// What the kubelet knows of a Pod's volumes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodVolumes {
    /// Those that are mounted.
    pub mounted: Set<String>,
    /// What was last written into those that objects fill.
    written: Map<String, Rc<Vec<VolumeFile>>>,
    failures: Map<String, Failure>,
    asked: Vec<String>,
    /// A sync waits for them.
    pub waiting: bool,
    next_try: Option<EventKey>,
    give_up: Option<EventKey>,
    token_at: SimTime,
    versions: u64,
    /// What they were last found to be filled from, all of them.
    fresh: Option<Filled>,
}

/// What the files of volumes are made from.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Filled {
    pod: Rc<Pod>,
    objects: u64,
    node: Amounts,
    token_at: SimTime,
}

impl Filled {
    fn holds(&self, pod: &Pod, objects: u64, node: &Amounts, token_at: SimTime) -> bool {
        (self.objects, self.token_at) == (objects, token_at)
            && self.pod.spec == pod.spec
            && self.pod.meta.labels == pod.meta.labels
            && self.pod.meta.annotations == pod.meta.annotations
            && self.node == *node
    }
}

/// An error with its back-off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Failure {
    delay: SimTime,
    at: SimTime,
}

impl Kubelet {
    /// A sync waits for the volumes.
    pub(super) fn begin_volumes(&mut self, uid: &str, cx: &mut Cx) {
        let work = cx.work(latency::VOLUMES, uid, 0);
        let Some(w) = self.workers.get_mut(uid) else { return };
        let timer = |t: fn(String) -> KubeletTimer| SimEvent::Kubelet(t(uid.to_string()));
        w.volumes.waiting = true;
        w.volumes.give_up = Some(cx.after(WAIT, timer(KubeletTimer::VolumesLate)));
        if w.volumes.next_try.is_none() {
            // The files are on the disk two hops later.
            let wait = SimTime::ms(work.as_ms() - 2 * latency::CRI_HOP.as_ms());
            w.volumes.token_at = cx.now;
            w.volumes.next_try = Some(cx.after(wait, timer(KubeletTimer::Mount)));
        }
    }

    /// The reconciler tries what is not mounted.
    pub(super) fn try_mounts(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.volumes.next_try = None;
        if w.stage > Stage::Syncing {
            return;
        }
        let pod = w.pod.clone();
        let mut work = Vec::new();
        let (mut failed, mut unknown) = (Vec::new(), Vec::new());
        for volume in volumes(&pod) {
            let name = name_of(volume);
            let Some(w) = self.workers.get(uid) else { return };
            if w.volumes.mounted.contains(&name) || w.volumes.held_back(&name, cx.now) {
                continue;
            }
            match backing(&self.objects, &pod, volume) {
                Err(error) => unknown.push((name, error)),
                Ok(backing) => match self.mount_work(w, volume, backing, cx) {
                    Ok(item) => {
                        cite_lifetime(&pod, &name, &item, cx);
                        work.push((name, item));
                    }
                    Err(error) => failed.push((name, error)),
                },
            }
        }
        self.mounts_failed(uid, &failed, cx);
        if !unknown.is_empty() {
            return self.claims_missing(uid, &pod, &unknown, cx);
        }
        let Some(w) = self.workers.get_mut(uid) else { return };
        let (names, items): (Vec<String>, Vec<VolumeWork>) = work.into_iter().unzip();
        w.volumes.remember(&names, &items);
        w.volumes.asked = names;
        if items.is_empty() {
            return self.volumes_tried(uid, cx);
        }
        let call = RuntimeCall::Volumes { uid: uid.to_string(), work: Rc::new(items) };
        self.call(Owner::Volumes(uid.to_string()), call, cx);
    }

    /// The disk is as it was asked for, but for these volumes.
    pub(super) fn volumes_done(&mut self, uid: &str, errors: &[(String, String)], cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        for name in std::mem::take(&mut w.volumes.asked) {
            if !errors.iter().any(|(n, _)| *n == name) {
                w.volumes.failures.remove(&name);
                w.volumes.mounted.insert(name);
            }
        }
        self.mounts_failed(uid, errors, cx);
        self.volumes_tried(uid, cx);
    }

    /// All are mounted, or the next try is due when a back-off is over.
    fn volumes_tried(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        if volumes(&w.pod).all(|v| w.volumes.mounted.contains(&name_of(v))) {
            if w.volumes.stop_waiting(cx) {
                self.mounted(uid, cx);
            }
            return;
        }
        if w.stage > Stage::Syncing || w.volumes.next_try.is_some() {
            return;
        }
        let over = w.volumes.failures.values().map(|f| f.at + f.delay).min();
        let at = over.map_or(cx.now + LOOP, |at| at.max(cx.now) + LOOP);
        let timer = KubeletTimer::Mount(uid.to_string());
        w.volumes.next_try = Some(cx.at(at, SimEvent::Kubelet(timer)));
    }

    fn mounts_failed(&mut self, uid: &str, errors: &[(String, String)], cx: &mut Cx) {
        for (name, error) in errors {
            let Some(w) = self.workers.get_mut(uid) else { return };
            let pod = w.pod.clone();
            let delay = w.volumes.failed(name, cx.now);
            let facts = vec![
                ("volume", name.as_str().into()),
                ("error", error.as_str().into()),
                ("wait", delay.into()),
            ];
            let fields = vec![field_of(&pod, name)];
            cx.cite_fields(Subject::pod(&pod.meta.name), Rule::VolumeFailed, facts, fields);
            // Source: volume/local/local.go NewMounter
            let step = match error.starts_with("path \"") {
                true => "NewMounter initialization",
                false => "SetUp",
            };
            let name = claims::event_name(&self.objects, &pod, name);
            let text = format!("MountVolume.{step} failed for volume \"{name}\" : {error}");
            self.event(&pod, "", EventType::Warning, "FailedMount", &text, cx);
        }
    }

    /// A claim that is not there ends the wait at once.
    /// Source: desired_state_of_world_populator.go createVolumeSpec
    fn claims_missing(
        &mut self,
        uid: &str,
        pod: &Rc<Pod>,
        unknown: &[(String, String)],
        cx: &mut Cx,
    ) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let mut unmounted: Vec<String> =
            volumes(pod).map(name_of).filter(|n| !w.volumes.mounted.contains(n)).collect();
        crate::base::sort(&mut unmounted);
        let names: Vec<&str> = unknown.iter().map(|(name, _)| name.as_str()).collect();
        let errors: Vec<&str> = unknown.iter().map(|(_, error)| error.as_str()).collect();
        let text = format!(
            "Unable to attach or mount volumes: unmounted volumes=[{}], unattached volumes=[], \
             failed to process volumes=[{}]: {}",
            unmounted.join(" "),
            names.join(" "),
            errors.join("; ")
        );
        let facts = vec![
            ("volume", names.join(", ").into()),
            ("error", errors.join("; ").into()),
            ("wait", SimTime::secs(10).into()),
        ];
        let fields = names.iter().map(|name| field_of(pod, name)).collect();
        cx.cite_fields(Subject::pod(&pod.meta.name), Rule::VolumeFailed, facts, fields);
        self.event(pod, "", EventType::Warning, "FailedMount", &text, cx);
        self.give_up_waiting(uid, true, cx);
    }

    /// The sync has waited long enough, or its Pod ends: it goes on without the volumes.
    pub(super) fn give_up_waiting(&mut self, uid: &str, failed: bool, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        if w.volumes.stop_waiting(cx) {
            w.task.failed |= failed;
            w.task.steps.clear();
            self.next_step(uid, cx);
        }
    }

    /// What is to be done on the disk for a volume; the error is why it cannot be done.
    fn mount_work(
        &self,
        w: &Worker,
        volume: &Value,
        backing: Backing,
        cx: &Cx,
    ) -> Result<VolumeWork, String> {
        let id = match backing {
            Backing::Host { path, kind } => {
                return Ok(VolumeWork::HostPath { volume: name_of(volume), path, kind });
            }
            Backing::Network { id, limit } => {
                return Ok(VolumeWork::Network { id, limit, group: group(&w.pod) });
            }
            Backing::Own => id_of(&w.pod, volume),
        };
        let inputs = PayloadInputs {
            pod: &w.pod,
            node: &self.node_object.allocatable,
            objects: &self.objects,
            token_at: w.volumes.token_at,
        };
        match payload::files(&inputs, volume) {
            Some(files) => Ok(VolumeWork::Files {
                id,
                files: Rc::new(files?),
                version: version(cx.now, &w.pod.meta.uid, w.volumes.versions),
                in_memory: !volume["configMap"].is_object(),
                group: group(&w.pod),
            }),
            None => {
                let limit = tmpfs_limit(&w.pod, volume);
                Ok(VolumeWork::Empty { id, limit, group: group(&w.pod) })
            }
        }
    }

    /// Each sync looks whether objects have changed that fill volumes. The files follow a moment
    /// later.
    /// Source: volume_manager.go WaitForAttachAndMount (ReprocessPod), reconciler MountAttached
    pub(super) fn refresh_volumes(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        // Source: kubelet/token/token_manager.go requiresRefresh: at 80 % of the token's life
        if cx.now.since(w.volumes.token_at) > SimTime::secs(3607 * 8 / 10) {
            w.volumes.token_at = cx.now;
        }
        let (pod, token_at) = (w.pod.clone(), w.volumes.token_at);
        let (objects, node) = (self.objects.version(), &self.node_object.allocatable);
        if w.volumes.fresh.as_ref().is_some_and(|f| f.holds(&pod, objects, node, token_at)) {
            return;
        }
        let (mut work, mut failed, mut held) = (Vec::new(), Vec::new(), false);
        for volume in volumes(&pod).filter(|v| payload::KINDS.iter().any(|k| v[*k].is_object())) {
            let name = name_of(volume);
            let Some(w) = self.workers.get(uid) else { return };
            match self.mount_work(w, volume, Backing::Own, cx) {
                Err(_) if w.volumes.held_back(&name, cx.now) => held = true,
                Err(error) => failed.push((name, error)),
                Ok(item) if w.volumes.has(&name, &item) => {}
                Ok(item) => work.push((name, item)),
            }
        }
        self.mounts_failed(uid, &failed, cx);
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.volumes.fresh = (failed.is_empty() && !held).then(|| {
            let node = self.node_object.allocatable.clone();
            Filled { pod: pod.clone(), objects, node, token_at }
        });
        if work.is_empty() {
            return;
        }
        let (names, items): (Vec<String>, Vec<VolumeWork>) = work.into_iter().unzip();
        w.volumes.remember(&names, &items);
        // The token's own volume changes with the token only, which concerns nobody.
        for name in names.iter().filter(|name| !name.starts_with("kube-api-access-")) {
            let facts = vec![("volume", name.as_str().into())];
            let fields = vec![field_of(&pod, name)];
            cx.cite_fields(Subject::pod(&pod.meta.name), Rule::VolumeUpdated, facts, fields);
        }
        let call = RuntimeCall::Volumes { uid: uid.to_string(), work: Rc::new(items) };
        self.call_after(LOOP, Owner::Nobody, call, cx);
    }
}

impl PodVolumes {
    fn held_back(&self, name: &str, now: SimTime) -> bool {
        self.failures.get(name).is_some_and(|f| now.since(f.at) < f.delay)
    }

    /// Notes an error; how long nobody tries again.
    fn failed(&mut self, name: &str, now: SimTime) -> SimTime {
        let before = self.failures.get(name).map(|f| f.delay);
        let delay = before.map_or(FIRST_DELAY, |d| SimTime::ms(d.as_ms() * 2).min(LONGEST_DELAY));
        self.failures.insert(name.to_string(), Failure { delay, at: now });
        delay
    }

    fn remember(&mut self, names: &[String], items: &[VolumeWork]) {
        for (name, item) in names.iter().zip(items) {
            if let VolumeWork::Files { files, .. } = item {
                self.versions += 1;
                self.written.insert(name.clone(), files.clone());
            }
        }
    }

    fn has(&self, name: &str, item: &VolumeWork) -> bool {
        let VolumeWork::Files { files, .. } = item else { return true };
        self.written.get(name) == Some(files)
    }

    /// Ends the wait of a sync; whether there was one.
    fn stop_waiting(&mut self, cx: &mut Cx) -> bool {
        if let Some(key) = self.give_up.take() {
            cx.wire.cancel(key);
        }
        std::mem::take(&mut self.waiting)
    }
}

/// Says that a volume is not one of the Pod's own.
fn cite_lifetime(pod: &Pod, name: &str, item: &VolumeWork, cx: &mut Cx) {
    let place = match item {
        VolumeWork::HostPath { .. } => "node",
        VolumeWork::Network { .. } => "network",
        VolumeWork::Empty { .. } | VolumeWork::Files { .. } => return,
    };
    let facts = vec![("volume", name.into()), ("where", place.into())];
    let subject = Subject::pod(&pod.meta.name);
    cx.cite_fields(subject, Rule::VolumeOutlives, facts, vec![field_of(pod, name)]);
}

/// The volumes of a Pod as they were written.
pub fn volumes(pod: &Pod) -> impl Iterator<Item = &Value> {
    pod.spec.raw["volumes"].as_array().into_iter().flatten()
}

/// The name of a volume.
pub fn name_of(volume: &Value) -> String {
    volume["name"].as_str().unwrap_or_default().to_string()
}

/// The id on the node of a volume of the Pod's own.
pub fn id_of(pod: &Pod, volume: &Value) -> String {
    format!("{}/{}", pod.meta.uid, name_of(volume))
}

/// The path of a volume in the Pod: `spec.volumes[0]`.
pub fn field_of(pod: &Pod, name: &str) -> String {
    let at = volumes(pod).position(|v| v["name"] == name);
    at.map_or("spec.volumes".to_string(), |i| format!("spec.volumes[{i}]"))
}

/// The group that owns the Pod's volumes. Source: volume/volume_linux.go SetVolumeOwnership
fn group(pod: &Pod) -> Option<u32> {
    u32::try_from(pod.spec.raw["securityContext"]["fsGroup"].as_u64()?).ok()
}

/// The directory of one version: a time and some digits.
/// Source: volume/util/atomic_writer.go newTimestampDir
fn version(now: SimTime, uid: &str, nth: u64) -> String {
    let time = crate::api::Timestamp::at(now).rfc3339();
    let time = time.trim_end_matches('Z').replace(['-', 'T', ':'], "_");
    format!("..{time}.{}", crate::base::draw(0, "volume-version", uid, nth, u64::from(u32::MAX)))
}

/// How much a volume in memory holds.
/// Source: volume/emptydir/empty_dir.go calculateEmptyDirMemorySize
fn tmpfs_limit(pod: &Pod, volume: &Value) -> Option<u64> {
    let empty_dir = &volume["emptyDir"];
    if empty_dir["medium"] != "Memory" {
        return None;
    }
    let bytes = |value: &Value| {
        let amount = super::downward::amount(value)?;
        u64::try_from(amount.whole()).ok().filter(|n| *n > 0)
    };
    let limits: Vec<Option<u64>> = pod.spec.raw["containers"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|c| bytes(&c["resources"]["limits"]["memory"]))
        .collect();
    let all = limits.iter().copied().sum::<Option<u64>>();
    [bytes(&empty_dir["sizeLimit"]), all].into_iter().flatten().min().or(Some(u64::MAX))
}
