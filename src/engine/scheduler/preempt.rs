//! Whether removing Pods of lower priority from a node makes room. Pure.
//!
//! Source: scheduler framework/preemption/preemption.go; plugins/defaultpreemption

use super::filters::{Misfit, available, misfits};
use super::place::Place;
use crate::api::{Pod, Timestamp};
use crate::base::json::Value;
use crate::base::{Map, sort_by_key};
use std::cmp::Reverse;
use std::rc::Rc;

/// Pods that go so that another can come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Victims {
    /// From which node.
    pub node: String,
    /// Which, the most important first.
    pub pods: Vec<Rc<Pod>>,
}

/// A budget of Pods that may be disrupted: whom it is about, and how many still.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Budget {
    /// Its namespace.
    pub home: String,
    /// Its selector.
    pub selector: Value,
    /// How many more may go.
    pub allowed: i64,
}

/// The condition of a Pod that has to go.
pub const REASON: &str = "PreemptionByScheduler";

/// Decides which Pods go, or says why that does not help. `found`: why each node does not fit.
pub fn plan_preemption(
    pod: &Pod,
    places: &[Place],
    found: &[Vec<Misfit>],
    budgets: &[Budget],
) -> Result<Victims, String> {
    if pod.spec.raw["preemptionPolicy"] == "Never" {
        return Err("not eligible due to preemptionPolicy=Never.".into());
    }
    if waits_for_victims(pod, places, found) {
        return Err("not eligible due to a terminating pod on the nominated node.".into());
    }
    let mut reasons: Vec<String> = Vec::new();
    let mut best: Option<(Rank, Victims)> = None;
    for (at, why) in found.iter().enumerate() {
        if why.iter().any(|m| !m.resolvable) {
            reasons.push("Preemption is not helpful for scheduling".into());
            continue;
        }
        match victims(pod, at, places, budgets) {
            Err(list) => reasons.extend(list),
            Ok((broken, pods)) => {
                let rank = rank(broken, &pods);
                if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                    best = Some((rank, Victims { node: places[at].node.name.clone(), pods }));
                }
            }
        }
    }
    let none = || available(found.len(), reasons.iter().map(String::as_str));
    best.map(|(_, victims)| victims).ok_or_else(none)
}

/// Whether the Pod has had others removed, and they are still ending.
/// Source: defaultpreemption PodEligibleToPreemptOthers
fn waits_for_victims(pod: &Pod, places: &[Place], found: &[Vec<Misfit>]) -> bool {
    let nominated = pod.status.nominated_node_name.as_str();
    let mut both = places.iter().zip(found);
    let Some((place, why)) = both.find(|(place, _)| place.node.name == nominated) else {
        return false;
    };
    let ending = |p: &Rc<Pod>| {
        let target = p.status.condition("DisruptionTarget");
        p.spec.needs.priority < pod.spec.needs.priority
            && p.deleting()
            && target.is_some_and(|c| c.status == "True" && c.reason == REASON)
    };
    why.iter().all(|m| m.resolvable) && place.pods.iter().any(|p| ending(p))
}

/// The fewest Pods that have to leave a node: all of lower priority go, then as many as can come
/// back, the most important first; those whose budget would be broken before the others.
/// Source: defaultpreemption SelectVictimsOnNode
fn victims(
    pod: &Pod,
    at: usize,
    places: &[Place],
    budgets: &[Budget],
) -> Result<(usize, Vec<Rc<Pod>>), Vec<String>> {
    let here = &places[at];
    let lower = |p: &&&Rc<Pod>| p.spec.needs.priority < pod.spec.needs.priority;
    let mut candidates: Vec<&Rc<Pod>> = here.pods.iter().filter(lower).copied().collect();
    if candidates.is_empty() {
        return Err(vec!["No preemption victims found for incoming pod".into()]);
    }
    let stays = |p: &&&Rc<Pod>| p.spec.needs.priority >= pod.spec.needs.priority;
    let mut places = places.to_vec();
    let mut staying: Vec<&Rc<Pod>> = here.pods.iter().filter(stays).copied().collect();
    places[at] = here.with(staying.clone());
    let still = misfits(pod, at, &places);
    if !still.is_empty() {
        return Err(still.into_iter().map(|m| m.reason).collect());
    }
    sort_by_key(&mut candidates, |p| importance(p));
    let broken = breaking(&candidates, budgets);
    let (first, then): (Vec<_>, Vec<_>) = candidates.iter().partition(|p| broken.contains(p));
    let (mut gone, mut violations) = (Vec::new(), 0);
    for candidate in first.into_iter().chain(then) {
        staying.push(candidate);
        let with = here.with(staying.clone());
        let without = std::mem::replace(&mut places[at], with);
        if !misfits(pod, at, &places).is_empty() {
            staying.pop();
            places[at] = without;
            violations += usize::from(broken.contains(&candidate));
            gone.push(candidate.clone());
        }
    }
    sort_by_key(&mut gone, |p| importance(p));
    Ok((violations, gone))
}

/// The more important Pod first: by priority, then by how long it has been there.
fn importance(pod: &Pod) -> (Reverse<i64>, Option<Timestamp>) {
    (Reverse(pod.spec.needs.priority), pod.status.start_time)
}

/// The Pods whose removal, one after the other, would break a budget.
/// Source: defaultpreemption filterPodsWithPDBViolation
fn breaking<'a>(pods: &[&'a Rc<Pod>], budgets: &[Budget]) -> Vec<&'a Rc<Pod>> {
    let mut left: Map<usize, i64> = budgets.iter().map(|b| b.allowed).enumerate().collect();
    let mut breaks = |pod: &Pod| {
        let mut broken = false;
        for (i, budget) in budgets.iter().enumerate() {
            let here = pod.meta.home() == budget.home;
            if here && crate::api::affinity::selects(&budget.selector, &pod.meta.labels) {
                let left = left.entry(i).or_insert(0);
                *left -= 1;
                broken |= *left < 0;
            }
        }
        broken
    };
    pods.iter().filter(|pod| breaks(pod)).copied().collect()
}

/// What makes one node's victims better to lose than another's: less is better.
type Rank = (usize, i64, i64, usize, Reverse<Option<Timestamp>>);

/// Source: framework/preemption/preemption.go pickOneNodeForPreemption
fn rank(broken: usize, pods: &[Rc<Pod>]) -> Rank {
    let priority = |p: &Rc<Pod>| p.spec.needs.priority;
    let highest = pods.iter().map(priority).max().unwrap_or(i64::MIN);
    let sum = pods.iter().map(|p| priority(p) + (1 << 31)).sum();
    let of_highest = pods.iter().filter(|p| priority(p) == highest);
    let earliest = of_highest.filter_map(|p| p.status.start_time).min();
    (broken, highest, sum, pods.len(), Reverse(earliest))
}
