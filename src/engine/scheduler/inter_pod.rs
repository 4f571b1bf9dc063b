//! Pods that want to be near other Pods, or away from them.
//!
//! Source: scheduler framework/plugins/interpodaffinity

use super::filters::{Misfit, Plugin};
use super::place::Place;
use crate::api::{Pod, affinity};
use crate::base::json::Value;

/// What a Pod that has to be near another counts for when nodes are compared.
/// Source: scheduler apis/config/v1/defaults.go HardPodAffinityWeight
const HARD: i64 = 1;

/// `podAffinity` or `podAntiAffinity`, and whether its terms must be met.
fn terms<'p>(pod: &'p Pod, kind: &str, required: bool) -> impl Iterator<Item = &'p Value> {
    let list = match required {
        true => "requiredDuringSchedulingIgnoredDuringExecution",
        false => "preferredDuringSchedulingIgnoredDuringExecution",
    };
    pod.spec.raw["affinity"][kind][list].as_array().into_iter().flatten()
}

/// Whether a term of `owner` is about `other`.
fn takes(term: &Value, owner: &Pod, other: &Pod) -> bool {
    let names = |list: &str| term[list].as_array().into_iter().flatten().filter_map(Value::as_str);
    let same = |key: &str| owner.meta.labels.get(key) == other.meta.labels.get(key);
    let has = |key: &str| owner.meta.labels.contains_key(key);
    let home = other.meta.home();
    let here = match names("namespaces").next().is_none() && term["namespaceSelector"].is_null() {
        true => owner.meta.is_beside(&other.meta),
        false => {
            names("namespaces").any(|n| n == home) || takes_place(&term["namespaceSelector"], home)
        }
    };
    here && affinity::selects(&term["labelSelector"], &other.meta.labels)
        && names("matchLabelKeys").filter(|key| has(key)).all(same)
        && !names("mismatchLabelKeys").filter(|key| has(key)).any(same)
}

/// Whether a namespaceSelector takes a namespace.
///
/// DIFFERENCE: the scheduler here does not hear of namespaces, so only the label that each has of
/// itself is known.
fn takes_place(selector: &Value, namespace: &str) -> bool {
    let label = ("kubernetes.io/metadata.name".to_string(), namespace.to_string());
    selector.is_object() && affinity::selects(selector, &[label].into_iter().collect())
}

fn key(term: &Value) -> &str {
    term["topologyKey"].as_str().unwrap_or_default()
}

fn all<'a>(places: &'a [Place<'a>]) -> impl Iterator<Item = (&'a Place<'a>, &'a Pod)> {
    places.iter().flat_map(|place| place.pods.iter().map(move |pod| (place, &***pod)))
}

/// What rules about other Pods say against a node.
pub fn misfit(pod: &Pod, at: usize, places: &[Place]) -> Option<Misfit> {
    let here = &places[at];
    if !is_near_enough(pod, here, places) {
        let reason = "node(s) didn't match pod affinity rules";
        return Some(Misfit::never(Plugin::InterPod, reason));
    }
    let unwanted = |term: &Value| {
        all(places).any(|(place, other)| takes(term, pod, other) && here.shares(place, key(term)))
    };
    if terms(pod, "podAntiAffinity", true).any(unwanted) {
        let reason = "node(s) didn't match pod anti-affinity rules";
        return Some(Misfit::now(Plugin::InterPod, reason));
    }
    let objects = |(place, other): (&Place, &Pod)| {
        let mut terms = terms(other, "podAntiAffinity", true);
        terms.any(|term| takes(term, other, pod) && here.shares(place, key(term)))
    };
    let reason = "node(s) didn't satisfy existing pods anti-affinity rules";
    all(places).any(objects).then(|| Misfit::now(Plugin::InterPod, reason))
}

/// The first of Pods that want to be together may be anywhere.
/// Source: interpodaffinity/filtering.go satisfyPodAffinity
fn is_near_enough(pod: &Pod, here: &Place, places: &[Place]) -> bool {
    let terms: Vec<&Value> = terms(pod, "podAffinity", true).collect();
    let wanted = |other: &Pod| terms.iter().all(|term| takes(term, pod, other));
    let near = |term: &&Value| {
        all(places).any(|(place, other)| here.shares(place, key(term)) && wanted(other))
    };
    if terms.iter().any(|term| !here.node.labels.contains_key(key(term))) {
        return false;
    }
    if terms.iter().all(near) {
        return true;
    }
    let anywhere = |(place, other): (&Place, &Pod)| {
        wanted(other) && terms.iter().any(|term| place.node.labels.contains_key(key(term)))
    };
    !all(places).any(anywhere) && wanted(pod)
}

/// Whether the Pod wants to be near `new`, in all that it wants to be near.
/// Source: interpodaffinity/plugin.go isSchedulableAfterPodChange
pub fn is_drawn(pod: &Pod, new: &Pod) -> bool {
    let mut wanted = terms(pod, "podAffinity", true).peekable();
    wanted.peek().is_some() && wanted.all(|term| takes(term, pod, new))
}

/// Whether one of the two wants to be away from the other.
pub fn is_kept_away(pod: &Pod, other: &Pod) -> bool {
    let away = |from: &Pod, of: &Pod| {
        terms(from, "podAntiAffinity", true).any(|term| takes(term, from, of))
    };
    away(pod, other) || away(other, pod)
}

/// How much the Pods near a node speak for it, less how much they speak against it.
/// Source: interpodaffinity/scoring.go processExistingPod
pub fn score(pod: &Pod, at: usize, places: &[Place]) -> i64 {
    let here = &places[at];
    let speaks = |pod: &Pod| pod.spec.raw["affinity"].is_object();
    let own = speaks(pod);
    let mut sum = 0;
    for (place, other) in all(places).filter(|(_, other)| own || speaks(other)) {
        let weigh = |owner: &Pod, about: &Pod, term: &Value, weight: i64| {
            let counts = takes(term, owner, about) && here.shares(place, key(term));
            if counts { weight } else { 0 }
        };
        for (owner, about) in [(pod, other), (other, pod)] {
            for (kind, sign) in [("podAffinity", 1), ("podAntiAffinity", -1)] {
                let weighted = terms(owner, kind, false);
                let of = |t: &Value| (t["weight"].as_i64().unwrap_or(0)) * sign;
                sum += weighted
                    .map(|t| weigh(owner, about, &t["podAffinityTerm"], of(t)))
                    .sum::<i64>();
            }
        }
        let hard = terms(other, "podAffinity", true);
        sum += hard.map(|term| weigh(other, pod, term, HARD)).sum::<i64>();
    }
    sum
}
