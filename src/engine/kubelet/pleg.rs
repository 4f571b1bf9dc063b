//! The relist: once a second the kubelet looks at the runtime and notices what changed.
//!
//! Relists that would see nothing new are not simulated: the moments are kept (each second, at the
//! node's own offset), and one is run only when the runtime has changed or a worker waits for it.

use super::service::{Kubelet, KubeletTimer, Owner};
use super::worker::{Busy, Worker};
use crate::base::SimTime;
use crate::engine::cri::RuntimeCall;
use crate::engine::cri::{InstanceState, InstanceStatus, PodSnapshot};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::engine::wire::{EventKey, SimEvent};
use crate::rules::Rule;
use std::rc::Rc;

/// From relist to relist. Source: kubelet.go genericPlegRelistPeriod
pub const PERIOD: SimTime = SimTime::secs(1);

/// The relist's own state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pleg {
    /// Moments of relists: this, and every second after.
    pub offset: SimTime,
    /// The next one that will be run.
    pub next: Option<EventKey>,
}

impl Pleg {
    /// The last relist moment not after `now`.
    pub fn last_before(&self, now: SimTime) -> Option<SimTime> {
        let since = now.as_ms().checked_sub(self.offset.as_ms())?;
        Some(self.offset + SimTime::ms(since / PERIOD.as_ms() * PERIOD.as_ms()))
    }

    /// The first relist moment after `now`.
    pub fn next_after(&self, now: SimTime) -> SimTime {
        self.last_before(now).map_or(self.offset, |last| last + PERIOD)
    }
}

impl Kubelet {
    /// Something changed in the runtime: the next relist will be worth running.
    pub fn runtime_changed(&mut self, cx: &mut Cx) {
        self.relist_next(cx);
    }

    pub(super) fn relist_next(&mut self, cx: &mut Cx) {
        if self.pleg.next.is_none() {
            let at = self.pleg.next_after(cx.now);
            self.pleg.next = Some(cx.at(at, SimEvent::Kubelet(KubeletTimer::Relist)));
        }
    }

    pub(super) fn relist(&mut self, cx: &mut Cx) {
        self.pleg.next = None;
        cx.cause = None;
        self.call(Owner::Relist(None), RuntimeCall::List { of: None }, cx);
    }

    /// Looks at one Pod at once, after a sync that did something.
    /// Source: kubelet.go SyncPod, pleg RequestRelist (PLEGOnDemandRelist, on in 1.36)
    pub(super) fn relist_now(&mut self, uid: &str, cx: &mut Cx) {
        let of = Some(uid.to_string());
        self.call(Owner::Relist(of.clone()), RuntimeCall::List { of }, cx);
    }

    /// Takes in what a relist saw: of one Pod, or of all.
    pub(super) fn listed(
        &mut self,
        only: Option<&String>,
        at: SimTime,
        pods: &[Rc<PodSnapshot>],
        cx: &mut Cx,
    ) {
        let uids: Vec<String> = match only {
            Some(uid) => vec![uid.clone()],
            None => self.workers.keys().cloned().collect(),
        };
        let cause = cx.cause;
        for uid in uids {
            cx.cause = cause;
            let seen = found(pods, &uid);
            self.take_in(&uid, at, seen, cx);
        }
    }

    fn take_in(&mut self, uid: &str, at: SimTime, seen: Rc<PodSnapshot>, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let news = plan_news(&w.seen, &seen);
        w.seen_at = Some(at);
        if w.ip.is_empty() && seen.sandbox_ready {
            w.ip.clone_from(&seen.ip);
        }
        w.seen = seen;
        let waited = w.busy == Busy::AwaitingRelist;
        cite_exits(w, &news, cx);
        // The cache is new before its Events are told: a worker that waited for it goes on with
        // what it was asked before, and the news asks for one sync more.
        if waited {
            if let Some(w) = self.workers.get_mut(uid) {
                w.busy = Busy::Idle;
            }
            self.begin(uid, cx);
        }
        if news.iter().any(News::asks_for_sync) {
            self.ask(uid, cx);
        }
    }

    /// When the cache of this Pod was last as new as the runtime: its own relist, or the last
    /// moment of the common one.
    pub(super) fn observed(&self, w: &Worker, now: SimTime) -> SimTime {
        let common = self.pleg.last_before(now.since(SimTime::ms(3))).unwrap_or_default();
        w.seen_at.unwrap_or_default().max(common)
    }
}

/// The Pod of this UID among those listed, which are sorted; nothing of it if it is not there.
pub(super) fn found(pods: &[Rc<PodSnapshot>], uid: &str) -> Rc<PodSnapshot> {
    let at = pods.binary_search_by(|pod| pod.uid.as_str().cmp(uid));
    at.map(|at| pods[at].clone()).unwrap_or_default()
}

/// What a relist noticed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
    /// A container or sandbox runs now.
    Started,
    /// A container ended.
    Died(Box<InstanceStatus>),
    /// The sandbox stopped.
    SandboxDied,
    /// A container that ran is no longer there: it ended and was removed between two relists.
    Vanished,
    /// A container is there and does not run.
    Changed,
}

impl News {
    /// Source: kubelet.go isSyncPodWorthy
    fn asks_for_sync(&self) -> bool {
        *self != News::Changed
    }
}

/// Compares two relists. Source: pleg/generic.go generateEvents
pub fn plan_news(old: &PodSnapshot, new: &PodSnapshot) -> Vec<News> {
    let mut news = Vec::new();
    match (old.sandbox_ready, new.sandbox_ready) {
        (false, true) => news.push(News::Started),
        (true, false) => news.push(News::SandboxDied),
        _ => {}
    }
    for i in &new.instances {
        let before = old.instances.iter().find(|o| o.id == i.id).map(|o| o.state);
        if before == Some(i.state) {
            continue;
        }
        news.push(match i.state {
            InstanceState::Created => News::Changed,
            InstanceState::Running => News::Started,
            InstanceState::Exited => News::Died(Box::new(i.clone())),
        });
    }
    let ended_unseen = |o: &&InstanceStatus| {
        o.state != InstanceState::Exited && new.instances.iter().all(|i| i.id != o.id)
    };
    news.extend(old.instances.iter().filter(ended_unseen).map(|_| News::Vanished));
    news
}

fn cite_exits(w: &Worker, news: &[News], cx: &mut Cx) {
    for n in news {
        let News::Died(i) = n else { continue };
        let lag = cx.now.since(i.finished.unwrap_or(cx.now));
        let what = format!("{} exit {}", i.name, i.exit_code);
        let facts = vec![("what", what.into()), ("lag", lag.into())];
        cx.cite(Subject::container(&w.pod.meta.name, &i.name), Rule::PlegNoticed, facts);
    }
}
