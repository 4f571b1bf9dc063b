//! The garbage collector: what becomes of objects whose owner is gone, or going.
//!
//! Source: controller/garbagecollector/garbagecollector.go attemptToDeleteItem,
//! attemptToOrphanWorker, processDeletingDependentsItem

use super::informers::Informers;
use super::owners::merge;
use super::plan::{Plan, delete};
use crate::api::ObjectMeta;
use crate::base::json::{Value, json};
use crate::engine::action::{Cascade, Request};
use crate::rules::Rule;

const FOREGROUND: &str = "foregroundDeletion";
const ORPHAN: &str = "orphan";

/// An object that is owned: kind, metadata.
type Owned<'a> = (&'a str, &'a ObjectMeta);

/// Everything that the object with this UID owns.
fn owned_by<'a>(uid: &'a str, seen: &'a Informers) -> impl Iterator<Item = Owned<'a>> {
    let pods = seen.pods().map(|pod| ("Pod", &pod.meta));
    let objects = seen.objects().map(|o| (o.kind.as_str(), &o.meta));
    pods.chain(objects)
        .filter(move |(_, meta)| meta.owner_references.iter().any(|r| r["uid"] == uid))
}

/// A look at an owner that is gone: what it owned goes too, unless somebody else owns it.
pub fn plan_gone(uid: &str, name: &str, seen: &Informers) -> Plan {
    let mut plan = Plan::default();
    for (kind, meta) in owned_by(uid, seen) {
        let others = meta.owner_references.iter().filter(|r| r["uid"] != uid);
        let alive = |r: &&Value| seen.objects().any(|o| r["uid"] == o.meta.uid.as_str());
        let others: Vec<Value> = others.filter(alive).cloned().collect();
        if !others.is_empty() {
            let patch = json!({"metadata": {"ownerReferences": others}});
            plan.patch(merge(kind, &meta.name, false, patch));
        } else if meta.deletion_timestamp.is_none() {
            plan.cite(Rule::OwnerGone, facts(kind, meta, name));
            plan.ask(delete(kind, &meta.name, &meta.uid));
        }
    }
    plan
}

fn facts(kind: &str, meta: &ObjectMeta, owner: &str) -> crate::rules::Facts {
    vec![("kind", kind.into()), ("name", meta.name.as_str().into()), ("owner", owner.into())]
}

/// A look at an object that a finalizer of the collector holds back.
pub fn plan_held(owner: Owned, seen: &Informers) -> Plan {
    let (kind, meta) = owner;
    let mut plan = Plan::default();
    let has = |name: &str| meta.finalizers.iter().any(|f| f == name);
    if meta.deletion_timestamp.is_none() || !(has(FOREGROUND) || has(ORPHAN)) {
        return plan;
    }
    let mut waits = false;
    for (dependent_kind, dependent) in owned_by(&meta.uid, seen) {
        if has(ORPHAN) {
            plan.cite(Rule::OwnerOrphans, facts(dependent_kind, dependent, &meta.name));
            let rest = dependent.owner_references.iter().filter(|r| r["uid"] != meta.uid.as_str());
            let rest: Vec<Value> = rest.cloned().collect();
            let rest = if rest.is_empty() { Value::Null } else { rest.into() };
            let patch = json!({"metadata": {"ownerReferences": rest}});
            plan.patch(merge(dependent_kind, &dependent.name, false, patch));
            waits = true;
            continue;
        }
        let mut refs = dependent.owner_references.iter();
        waits |= refs.any(|r| r["uid"] == meta.uid.as_str() && r["blockOwnerDeletion"] == true);
        if dependent.deletion_timestamp.is_none() {
            plan.cite(Rule::OwnerWaits, facts(dependent_kind, dependent, &meta.name));
            plan.ask(foreground(dependent_kind, dependent, seen));
        }
    }
    if !waits {
        let rest = meta.finalizers.iter().filter(|f| *f != FOREGROUND && *f != ORPHAN);
        let rest: Vec<&str> = rest.map(String::as_str).collect();
        let rest: Value = if rest.is_empty() { Value::Null } else { rest.into() };
        plan.patch(merge(kind, &meta.name, false, json!({"metadata": {"finalizers": rest}})));
    }
    plan
}

/// What owns something waits for it in its turn.
fn foreground(kind: &str, meta: &ObjectMeta, seen: &Informers) -> Request {
    let mut request = delete(kind, &meta.name, &meta.uid);
    let owns = owned_by(&meta.uid, seen).next().is_some();
    if let (true, Request::Delete { options, .. }) = (owns, &mut request) {
        options.cascade = Cascade::Foreground;
    }
    request
}
