//! activeDeadlineSeconds: how long a Pod may be active on its node.

use super::service::{Kubelet, KubeletTimer};
use crate::api::{EventType, Pod, PodStatus};
use crate::base::SimTime;
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;

/// `status.reason` of a Pod that was active for too long, and the reason of the Event.
pub const REASON: &str = "DeadlineExceeded";
/// Its message.
pub const MESSAGE: &str = "Pod was active on the node longer than the specified deadline";

/// When the Pod's time is over. The clock starts with the kubelet's first status, so pulls count
/// and scheduling does not.
/// Source: kubelet/active_deadline.go pastActiveDeadline
pub fn plan_deadline(pod: &Pod, status: &PodStatus) -> Option<SimTime> {
    let allowed = u64::try_from(pod.spec.active_deadline_seconds?).ok()?;
    Some(status.start_time?.sim() + SimTime::secs(allowed))
}

impl Kubelet {
    /// Looks again at the first tick of the sync loop after the deadline.
    /// Source: kubelet.go getPodsToSync
    pub(super) fn watch_deadline(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        let Some(at) = plan_deadline(&w.pod, &w.status.status) else { return };
        if w.status.status.phase.is_terminal() || w.deadline == Some(at) {
            return;
        }
        let tick = self.tick_after(at.max(cx.now));
        if let Some(w) = self.workers.get_mut(uid) {
            w.deadline = Some(at);
        }
        cx.at(tick, SimEvent::Kubelet(KubeletTimer::Deadline(uid.to_string())));
    }

    /// The tick has come: a sync finds the deadline exceeded.
    pub(super) fn deadline_came(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        let Some(at) = plan_deadline(&w.pod, &w.status.status) else { return };
        if at > cx.now || w.ending() || w.status.status.phase.is_terminal() {
            return;
        }
        let seconds = w.pod.spec.active_deadline_seconds.unwrap_or(0).unsigned_abs();
        let facts = vec![("deadline", SimTime::secs(seconds).into())];
        cx.cite(Subject::pod(&w.pod.meta.name), Rule::PodDeadline, facts);
        self.ask(uid, cx);
    }

    /// Every status that is made after the deadline says so in an Event.
    /// Source: kubelet/active_deadline.go ShouldEvict
    pub(super) fn tell_deadline(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        if plan_deadline(&w.pod, &w.status.status).is_none_or(|at| at > cx.now) {
            return;
        }
        let pod = w.pod.clone();
        self.event(&pod, "", EventType::Normal, REASON, MESSAGE, cx);
    }
}
