//! Ending a Pod: stop everything, say the last word, clear up.

use super::carry_volumes::{field_of, name_of, volumes};
use super::eviction;
use super::plan::{KillOrder, KillReason};
use super::prober::ProbeKind;
use super::service::Kubelet;
use super::status_last;
use super::worker::{Stage, Step};
use crate::engine::cri::{InstanceState, InstanceStatus, PodSnapshot};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::rules::Rule;
use std::rc::Rc;

impl Kubelet {
    /// Source: kubelet.go SyncTerminatingPod
    pub(super) fn sync_terminating(&mut self, uid: &str, cx: &mut Cx) {
        if let Some(mut status) = self.make_status(uid, false, cx) {
            let evicted = self.workers.get(uid).and_then(|w| w.evicted.as_ref());
            eviction::mark(&mut status, evicted);
            self.set_status(uid, status, cx);
        }
        self.tell_deadline(uid, cx);
        self.stop_probers(uid, &[ProbeKind::Liveness, ProbeKind::Startup], cx);
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.initialized = status_last::was_initialized(&w.pod);
        w.task.steps.extend(stop_all(&w.task.seen));
        w.task.steps.push_back(Step::FinalStatus);
        self.next_step(uid, cx);
    }

    /// Everything is stopped: the status is made from the runtime itself, not from a relist.
    pub(super) fn final_status(&mut self, uid: &str, seen: Rc<PodSnapshot>, cx: &mut Cx) {
        self.stop_probers(uid, &ProbeKind::ALL, cx);
        if let Some(w) = self.workers.get_mut(uid) {
            w.task.seen = seen;
            w.stage = Stage::Terminated;
            w.asked = true;
        }
        if let Some(mut status) = self.make_status(uid, true, cx) {
            self.mark_disrupted(uid, &mut status, cx);
            self.set_status(uid, status, cx);
        }
        self.tell_deadline(uid, cx);
        self.write_soon(uid, cx);
        self.complete(uid, cx);
    }

    /// Source: kubelet.go SyncTerminatedPod
    pub(super) fn sync_terminated(&mut self, uid: &str, cx: &mut Cx) {
        self.tell_deadline(uid, cx);
        if let Some(w) = self.workers.get_mut(uid) {
            w.task.steps.push_back(Step::Unmount);
        }
        self.next_step(uid, cx);
    }

    fn cite_volumes_gone(&self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid).filter(|w| w.mounted) else { return };
        for volume in volumes(&w.pod).filter(|v| v["emptyDir"].is_object()) {
            let name = name_of(volume);
            let (facts, fields) =
                (vec![("volume", name.as_str().into())], vec![field_of(&w.pod, &name)]);
            cx.cite_fields(Subject::pod(&w.pod.meta.name), Rule::VolumeGone, facts, fields);
        }
    }

    pub(super) fn unmounted(&mut self, uid: &str, cx: &mut Cx) {
        self.last_status(uid, cx);
        self.cite_volumes_gone(uid, cx);
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.stage = Stage::Finished;
        let removed = w.removed;
        if let Some(key) = w.requeue.take() {
            cx.wire.cancel(key);
        }
        if removed {
            self.forget(uid, cx);
        }
    }
}

/// Stops whatever runs, the last started first, and then the sandbox.
pub(super) fn stop_all(seen: &PodSnapshot) -> Vec<Step> {
    let running = seen.instances.iter().rev().filter(|i| i.state == InstanceState::Running);
    let order = |i: &InstanceStatus| KillOrder {
        container: i.name.clone(),
        instance: i.id,
        message: format!("Stopping container {}", i.name),
        why: KillReason::PodEnds,
    };
    let mut steps = vec![Step::Kill(running.map(order).collect())];
    steps.extend(seen.sandbox_ready.then_some(Step::StopSandbox));
    steps
}
