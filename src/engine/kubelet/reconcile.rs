//! What the kubelet does about a status that somebody else wrote.

use super::conditions;
use super::service::{Kubelet, KubeletTimer};
use crate::api::{Condition, Pod, PodStatus};
use crate::base::SimTime;
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;

/// How often the status manager looks at all Pods. Source: status_manager.go syncPeriod
const SYNC_PERIOD: u64 = 10_000;

/// Whether Ready in the API is not what containers and gates say. Without the condition it is
/// not looked at.
/// Source: status/generate.go NeedToReconcilePodReadiness
pub(super) fn readiness_is_stale(pod: &Pod) -> bool {
    if pod.spec.readiness_gates.is_empty() {
        return false;
    }
    let Some(stored) = pod.status.condition("Ready") else { return false };
    let all: Vec<_> = pod.status.all_containers().cloned().collect();
    let containers = conditions::containers_ready(pod, pod.status.phase, Some(&all));
    let ready = conditions::ready(pod, &pod.status, &containers);
    ready.status != stored.status || ready.message != stored.message
}

/// Whether the API has of the kubelet's part what was last written.
/// Source: status_manager.go needsReconcile, normalizeStatus, isPodStatusByKubeletEqual
fn is_as_written(stored: &PodStatus, written: &PodStatus) -> bool {
    // Nearly always it is; this is asked at every news of the Pod.
    if stored == written {
        return true;
    }
    let own = |s: &PodStatus| -> Vec<Condition> {
        s.conditions.iter().filter(|c| c.is_kubelets()).cloned().collect()
    };
    let rest = |s: &PodStatus| PodStatus { conditions: Vec::new(), ..s.clone() };
    own(stored) == own(written) && rest(stored) == rest(written)
}

impl Kubelet {
    fn is_overwritten(&self, uid: &str) -> bool {
        let Some(w) = self.workers.get(uid) else { return false };
        w.status.sent.as_ref().is_some_and(|sent| !is_as_written(&w.pod.status, sent))
    }

    /// Looks again when the status manager looks at all Pods next.
    pub(super) fn reconcile_later(&mut self, uid: &str, cx: &mut Cx) {
        if !self.is_overwritten(uid) {
            return;
        }
        let since = cx.now.as_ms().checked_sub(self.status_offset.as_ms());
        let passed = since.map_or(0, |ms| ms / SYNC_PERIOD + 1);
        let next = self.status_offset + SimTime::ms(passed * SYNC_PERIOD);
        cx.at(next, SimEvent::Kubelet(KubeletTimer::Reconcile(uid.to_string())));
    }

    /// The kubelet's status stands: it is written once more.
    pub(super) fn reconcile(&mut self, uid: &str, cx: &mut Cx) {
        if !self.is_overwritten(uid) {
            return;
        }
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.status.sent = None;
        cx.cite(Subject::pod(&w.pod.meta.name), Rule::StatusReconciled, Vec::new());
        self.write_soon(uid, cx);
    }
}
