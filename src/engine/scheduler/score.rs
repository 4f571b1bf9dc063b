//! Which of the nodes that fit is the best.
//!
//! Source: scheduler apis/config/v1/default_plugins.go; framework/plugins

use super::place::Place;
use super::{inter_pod, spread};
use crate::api::requests::Amounts;
use crate::api::taint::unwelcome;
use crate::api::{Pod, affinity};

/// The best score of one plugin. Source: scheduler framework/interface.go MaxNodeScore
const MOST: i64 = 100;

/// The scores of the nodes that fit, in their order.
///
/// DIFFERENCE: upstream also favours nodes that have the image (ImageLocality). The nodes here do
/// not publish which images they have.
pub fn scores(pod: &Pod, fitting: &[usize], places: &[Place]) -> Vec<i64> {
    let each =
        |of: &dyn Fn(usize) -> i64| -> Vec<i64> { fitting.iter().map(|at| of(*at)).collect() };
    let tolerations = &pod.spec.raw["tolerations"];
    let asks = pod.spec.needs.asked.cpu > 0 || pod.spec.needs.asked.memory > 0;
    let parts = [
        (3, reversed(each(&|at| unwelcome(&places[at].node.taints, tolerations)))),
        (2, share_of_most(each(&|at| affinity::preference(&pod.spec.raw, places[at].node)))),
        (1, each(&|at| least_allocated(&pod.spec.needs.scored, &places[at]))),
        (1, each(&|at| if asks { balanced(&pod.spec.needs.asked, &places[at]) } else { 0 })),
        (2, uncrowded(each(&|at| spread::crowd(pod, at, places, fitting)))),
        (2, between(each(&|at| inter_pod::score(pod, at, places)))),
    ];
    let total = |i: usize| parts.iter().map(|(weight, list)| weight * list[i]).sum();
    (0..fitting.len()).map(total).collect()
}

fn most(list: &[i64]) -> i64 {
    list.iter().copied().max().unwrap_or(0)
}

fn least(list: &[i64]) -> i64 {
    list.iter().copied().min().unwrap_or(0)
}

/// Source: framework/plugins/helper/normalize_score.go DefaultNormalizeScore
fn share_of_most(list: Vec<i64>) -> Vec<i64> {
    let most = most(&list);
    list.into_iter().map(|n| if most > 0 { MOST * n / most } else { n }).collect()
}

fn reversed(list: Vec<i64>) -> Vec<i64> {
    share_of_most(list).into_iter().map(|n| MOST - n).collect()
}

/// Source: interpodaffinity/scoring.go NormalizeScore
fn between(list: Vec<i64>) -> Vec<i64> {
    let (low, high) = (least(&list), most(&list));
    list.iter().map(|n| if high > low { MOST * (n - low) / (high - low) } else { 0 }).collect()
}

/// Source: podtopologyspread/scoring.go NormalizeScore
fn uncrowded(list: Vec<i64>) -> Vec<i64> {
    let (low, high) = (least(&list), most(&list));
    list.iter().map(|n| if high > 0 { MOST * (high + low - n) / high } else { MOST }).collect()
}

/// Source: noderesources/least_allocated.go
fn least_allocated(asked: &Amounts, place: &Place) -> i64 {
    let free = |name: &str| {
        let whole = place.node.allocatable.get(name);
        let left = whole - place.scored.get(name) - asked.get(name);
        if left < 0 { 0 } else { left.saturating_mul(MOST) / whole.max(1) }
    };
    (free("cpu") + free("memory")) / 2
}

/// Source: noderesources/balanced_allocation.go balancedResourceScorer
fn balanced(asked: &Amounts, place: &Place) -> i64 {
    const ONE: i128 = 1_000_000;
    let share = |name: &str| {
        let whole = i128::from(place.node.allocatable.get(name).max(1));
        (i128::from(place.asked.get(name) + asked.get(name)) * ONE / whole).min(ONE)
    };
    let apart = (share("cpu") - share("memory")).abs() / 2;
    i64::try_from((ONE - apart) * i128::from(MOST) / ONE).unwrap_or(0)
}
