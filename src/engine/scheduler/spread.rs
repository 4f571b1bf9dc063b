//! Pods of one kind spread evenly over nodes and zones.
//!
//! Source: scheduler framework/plugins/podtopologyspread

use super::filters::{Misfit, Plugin};
use super::place::Place;
use crate::api::taint::may_be_scheduled;
use crate::api::{Pod, affinity};
use crate::base::Map;
use crate::base::json::{Value, json};

/// Whether the constraint counts the Pods of a node.
/// Source: podtopologyspread/common.go matchNodeInclusionPolicies
fn counts(constraint: &Value, pod: &Pod, place: &Place) -> bool {
    let wanted = constraint["nodeAffinityPolicy"] == "Ignore"
        || affinity::matches(&pod.spec.raw, place.node);
    let open = constraint["nodeTaintsPolicy"] != "Honor"
        || may_be_scheduled(&place.node.taints, &pod.spec.raw["tolerations"]);
    wanted && open
}

fn key(constraint: &Value) -> &str {
    constraint["topologyKey"].as_str().unwrap_or_default()
}

/// Whether the constraint counts `other`; a Pod on its way out does not count.
fn takes(constraint: &Value, pod: &Pod, other: &Pod) -> bool {
    let keys = constraint["matchLabelKeys"].as_array().into_iter().flatten();
    let labels = (&pod.meta.labels, &other.meta.labels);
    let same = |key: &str| !labels.0.contains_key(key) || labels.0.get(key) == labels.1.get(key);
    !other.deleting()
        && pod.meta.is_beside(&other.meta)
        && affinity::selects(&constraint["labelSelector"], labels.1)
        && keys.filter_map(Value::as_str).all(same)
}

fn on(constraint: &Value, pod: &Pod, place: &Place) -> i64 {
    place.pods.iter().filter(|other| takes(constraint, pod, other)).count() as i64
}

fn constraints(pod: &Pod, hard: bool) -> impl Iterator<Item = &Value> {
    let list = pod.spec.raw["topologySpreadConstraints"].as_array().into_iter().flatten();
    list.filter(move |c| (c["whenUnsatisfiable"] != "ScheduleAnyway") == hard)
}

/// Whether one of the Pod's hard constraints may count `other`, or counted it before it left.
/// Source: podtopologyspread/plugin.go isSchedulableAfterPodChange
pub fn is_about(pod: &Pod, other: &Pod) -> bool {
    constraints(pod, true).any(|c| affinity::selects(&c["labelSelector"], &other.meta.labels))
}

/// What the Pod's hard constraints say against a node.
/// Source: podtopologyspread/filtering.go Filter
pub fn misfit(pod: &Pod, at: usize, places: &[Place]) -> Option<Misfit> {
    let labels = &places[at].node.labels;
    let reason = "node(s) didn't match pod topology spread constraints";
    let has_all =
        |place: &&Place| constraints(pod, true).all(|c| place.node.labels.contains_key(key(c)));
    for constraint in constraints(pod, true) {
        let Some(domain) = labels.get(key(constraint)) else {
            let reason = format!("{reason} (missing required label)");
            return Some(Misfit::never(Plugin::Spread, &reason));
        };
        let mut domains: Map<&str, i64> = Map::new();
        for place in places.iter().filter(has_all).filter(|p| counts(constraint, pod, p)) {
            let domain = place.node.labels.get(key(constraint)).map_or("", String::as_str);
            *domains.entry(domain).or_insert(0) += on(constraint, pod, place);
        }
        let few = (domains.len() as i64) < constraint["minDomains"].as_i64().unwrap_or(1);
        let least = if few { 0 } else { domains.values().copied().min().unwrap_or(0) };
        let here = domains.get(domain.as_str()).copied().unwrap_or(0);
        let own = i64::from(takes(constraint, pod, pod));
        if here + own - least > constraint["maxSkew"].as_i64().unwrap_or(1) {
            return Some(Misfit::now(Plugin::Spread, reason));
        }
    }
    None
}

/// How crowded a node is for the Pod's soft constraints: less is better. Pods of a controller that
/// say nothing are spread over nodes and zones all the same. `fitting`: the nodes that fit.
/// Source: podtopologyspread/scoring.go Score; plugin.go systemDefaultConstraints
pub fn crowd(pod: &Pod, at: usize, places: &[Place], fitting: &[usize]) -> i64 {
    let said = !pod.spec.raw["topologySpreadConstraints"].is_null();
    let default = if said { Vec::new() } else { of_controller(pod) };
    let mut sum = 0;
    for constraint in constraints(pod, false).chain(&default) {
        let key = key(constraint);
        let Some(domain) = places[at].node.labels.get(key) else { continue };
        let near =
            |p: &&Place| p.node.labels.get(key) == Some(domain) && counts(constraint, pod, p);
        let there: i64 = places.iter().filter(near).map(|p| on(constraint, pod, p)).sum();
        let mut names: Vec<&String> =
            fitting.iter().filter_map(|at| places[*at].node.labels.get(key)).collect();
        crate::base::sort(&mut names);
        names.dedup();
        sum += there * log(names.len() + 2) + (constraint["maxSkew"].as_i64().unwrap_or(1) - 1);
    }
    sum
}

/// DIFFERENCE: upstream selects by the Services and the controller that the Pod belongs to; here
/// the labels of a Pod that has a controller select.
fn of_controller(pod: &Pod) -> Vec<Value> {
    if pod.meta.owner_references.is_empty() {
        return Vec::new();
    }
    let mut labels = json!({});
    pod.meta.labels.iter().for_each(|(k, v)| labels[k.as_str()] = v.as_str().into());
    let of = |(key, skew): (&str, i64)| json!({"topologyKey": key, "maxSkew": skew, "labelSelector": {"matchLabels": labels}});
    [("kubernetes.io/hostname", 3), ("topology.kubernetes.io/zone", 5)].map(of).into()
}

/// The natural logarithm of a small number, in thousandths.
fn log(n: usize) -> i64 {
    const LN: [i64; 15] =
        [0, 0, 693, 1099, 1386, 1609, 1792, 1946, 2079, 2197, 2303, 2398, 2485, 2565, 2639];
    match LN.get(n) {
        Some(ln) => *ln,
        None => log(n / 2) + 693,
    }
}
