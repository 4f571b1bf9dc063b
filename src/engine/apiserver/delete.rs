//! Deleting: the grace period, and when the object really goes.

use super::patch::not_found;
use super::store::{Answer, ApiServer};
use crate::api::{ObjectMeta, Pod, Timestamp, selector};
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::action::{Cascade, DeleteOptions};
use crate::engine::cx::Cx;
use crate::engine::message::Done;
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

/// What a delete request does to a Pod.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeletePlan {
    /// Marks the Pod; the kubelet stops it within this many seconds.
    Mark(i64),
    /// Shortens the grace period that runs.
    Shorten(i64),
    /// Nothing: it is being deleted already, and no sooner is asked for.
    Nothing,
    /// The object goes at once, for this reason.
    AtOnce(&'static str),
}

/// Decides on a delete request.
/// Source: pod/strategy.go CheckGracefulDelete; registry/rest/delete.go BeforeDelete
pub fn plan_delete(pod: &Pod, asked: Option<i64>) -> DeletePlan {
    if let Some(stored) = pod.meta.deletion_grace_period_seconds {
        return plan_again(stored, asked);
    }
    let asked = asked.map(|n| if n < 0 { 1 } else { n });
    let period = asked.unwrap_or_else(|| pod.spec.grace());
    match period {
        _ if pod.spec.node_name.is_empty() => DeletePlan::AtOnce("unscheduled"),
        _ if pod.finished() => DeletePlan::AtOnce("finished"),
        0 if asked == Some(0) => DeletePlan::AtOnce("force"),
        0 => DeletePlan::AtOnce("zero-grace"),
        n => DeletePlan::Mark(n.max(1)),
    }
}

fn plan_again(stored: i64, asked: Option<i64>) -> DeletePlan {
    match asked {
        _ if stored == 0 => DeletePlan::AtOnce("force"),
        None => DeletePlan::Nothing,
        Some(0) => DeletePlan::AtOnce("force"),
        Some(new) if new >= stored => DeletePlan::Nothing,
        Some(new) => DeletePlan::Shorten(new.max(1)),
    }
}

impl ApiServer {
    /// Deletes an object of this kind and name.
    pub(super) fn delete(
        &mut self,
        kind: &str,
        name: &str,
        grace: Option<i64>,
        cx: &mut Cx,
    ) -> Answer {
        if kind == "Namespace"
            && let Some(answer) = self.delete_namespace(name, cx)
        {
            return answer.map_err(|refusal| ApiServer::refuse(kind, name, refusal, cx));
        }
        let done = match kind {
            "Pod" => self.pod(name).cloned().map(|pod| self.delete_pod(&pod, grace, cx)),
            "Service" => self.service(name).cloned().map(|service| {
                self.write_service(WatchType::Deleted, (*service).clone(), cx);
            }),
            _ => self.plain(kind, name).cloned().map(|object| {
                self.write_plain(WatchType::Deleted, (*object).clone(), cx);
                if kind == "PersistentVolumeClaim" {
                    self.claim_deleted(&object, cx);
                }
            }),
        };
        done.map(|()| Done::Deleted)
            .ok_or_else(|| not_found(kind, name))
            .map_err(|refusal| ApiServer::refuse(kind, name, refusal, cx))
    }

    /// A delete request with all that it says.
    pub(super) fn delete_asked(
        &mut self,
        (kind, name): (&str, &str),
        grace: Option<i64>,
        options: &DeleteOptions,
        within: Option<&str>,
        cx: &mut Cx,
    ) -> Answer {
        if let Some(selector) = &options.selector {
            let names = self.selected(kind, selector, within);
            for name in &names {
                self.delete_one(kind, name, grace, options, cx)?;
            }
            return Ok(Done::All(names));
        }
        self.delete_one(kind, name, grace, options, cx)
    }

    /// Names of the objects of a kind, in a namespace or all, that a LabelSelector takes.
    fn selected(&self, kind: &str, selector: &Value, within: Option<&str>) -> Vec<String> {
        let pods = self.pods().filter(|_| kind == "Pod").map(|pod| &pod.meta);
        let services = self.services().filter(|_| kind == "Service").map(|s| &s.meta);
        let plain = self.plain_objects().filter(|o| o.kind == kind).map(|o| &o.meta);
        let here = |m: &&ObjectMeta| {
            m.namespace.is_empty() || within.is_none_or(|namespace| namespace == m.home())
        };
        let all = pods.chain(services).chain(plain).filter(here);
        all.filter(|m| selector::takes(selector, &m.labels)).map(|m| m.name.clone()).collect()
    }

    /// Owned objects go with, before or without their owner: a finalizer holds it back until
    /// the garbage collector has seen to them.
    /// Source: apiserver registry/generic/registry/store.go deletionFinalizersForGarbageCollection
    fn delete_one(
        &mut self,
        kind: &str,
        name: &str,
        grace: Option<i64>,
        options: &DeleteOptions,
        cx: &mut Cx,
    ) -> Answer {
        let uid = match kind {
            "Pod" => self.pod(name).map(|pod| &pod.meta.uid),
            _ => self.plain(kind, name).map(|object| &object.meta.uid),
        };
        if options.uid.is_some() && options.uid.as_ref() != uid {
            return Err(not_found(kind, name));
        }
        let finalizer = match options.cascade {
            Cascade::Background => None,
            Cascade::Foreground => Some("foregroundDeletion"),
            Cascade::Orphan => Some("orphan"),
        };
        let object = self.plain(kind, name).filter(|o| o.is_controlled()).cloned();
        let Some(object) = object else { return self.delete(kind, name, grace, cx) };
        let mut object = (*object).clone();
        let finalizers = &mut object.meta.finalizers;
        if let Some(new) = finalizer.filter(|new| !finalizers.iter().any(|f| f == new)) {
            finalizers.push(new.to_string());
        }
        if finalizers.is_empty() {
            return self.delete(kind, name, grace, cx);
        }
        object.meta.deletion_timestamp.get_or_insert(Timestamp::at(cx.now));
        object.meta.deletion_grace_period_seconds = Some(0);
        self.write_plain(WatchType::Modified, object, cx);
        Ok(Done::Deleted)
    }

    fn delete_pod(&mut self, pod: &Rc<Pod>, grace: Option<i64>, cx: &mut Cx) {
        let subject = Subject::pod(&pod.meta.name);
        let fields = || vec!["spec.terminationGracePeriodSeconds".to_string()];
        match plan_delete(pod, grace) {
            DeletePlan::Mark(grace) => {
                let facts = vec![("grace", SimTime::secs(grace as u64).into())];
                cx.cite_fields(subject, Rule::ApiGracefulDelete, facts, fields());
                self.mark(pod, grace, Timestamp::at(cx.now).plus(grace), true, cx);
            }
            DeletePlan::Shorten(grace) => self.shorten(pod, grace, cx),
            DeletePlan::Nothing => {
                let stored = pod.meta.deletion_grace_period_seconds.unwrap_or(0);
                let facts = vec![("grace", SimTime::secs(stored as u64).into())];
                cx.cite(subject, Rule::ApiDeleteAgain, facts);
            }
            DeletePlan::AtOnce(why) => {
                cx.cite(subject, Rule::ApiDeleteAtOnce, vec![("why", why.into())]);
                self.remove_pod(pod, cx);
            }
        }
    }

    fn mark(&mut self, pod: &Rc<Pod>, grace: i64, until: Timestamp, first: bool, cx: &mut Cx) {
        let mut pod = (**pod).clone();
        pod.meta.deletion_timestamp = Some(until);
        pod.meta.deletion_grace_period_seconds = Some(grace);
        pod.meta.generation += i64::from(first);
        self.write_pod(WatchType::Modified, pod, cx);
    }

    fn shorten(&mut self, pod: &Rc<Pod>, grace: i64, cx: &mut Cx) {
        let before = pod.meta.deletion_grace_period_seconds.unwrap_or(0);
        let secs = |n: i64| SimTime::secs(n.max(0) as u64).into();
        let facts = vec![("grace", secs(grace)), ("before", secs(before))];
        cx.cite(Subject::pod(&pod.meta.name), Rule::ApiShorterGrace, facts);
        let now = Timestamp::at(cx.now);
        let old = pod.meta.deletion_timestamp.unwrap_or(now);
        let until = old.plus(grace - before);
        // A moment in the past becomes now, with one second of grace left.
        match until < now {
            true => self.mark(pod, 1, now, false, cx),
            false => self.mark(pod, grace, until, false, cx),
        }
    }

    /// The kubelet has stopped everything: the object may go.
    pub(super) fn confirm_removal(&mut self, name: &str, uid: &str, cx: &mut Cx) {
        if let Some(pod) = self.pod_with(name, uid) {
            self.remove_pod(&pod, cx);
        }
    }

    /// Grace 0 is written first, then the object goes, in the same call.
    /// Source: generic/registry/store.go Delete
    fn remove_pod(&mut self, pod: &Rc<Pod>, cx: &mut Cx) {
        let first = !pod.deleting();
        self.mark(pod, 0, Timestamp::at(cx.now), first, cx);
        let Some(marked) = self.pod(&pod.meta.name).cloned() else { return };
        if !marked.meta.finalizers.is_empty() {
            return;
        }
        let name = pod.meta.name.as_str();
        cx.cite(Subject::pod(name), Rule::ApiRemoved, vec![("name", name.into())]);
        self.write_pod(WatchType::Deleted, (*marked).clone(), cx);
    }
}
