//! Which Pod of one run is which of the other.

use crate::base::{Map, Set};
use crate::engine::trace::Object;
use crate::engine::{RowKind, Trace, WatchType};

/// The Pods of the right run under the names that they have in the left one.
///
/// Those of the same name are the same; of the others the first that is made is the first of the
/// other run, as the Pods of a ReplicaSet have it, whose names end at random.
pub fn matched(traces: [&Trace; 2]) -> Map<String, String> {
    let [left, right] = traces.map(made);
    let known: Set<&String> = left.iter().collect();
    let there: Set<&String> = right.iter().collect();
    let rest = left.iter().filter(|name| !there.contains(name));
    let others = right.iter().filter(|name| !known.contains(name));
    others.cloned().zip(rest.cloned()).collect()
}

/// The names of the Pods, in the order in which they were first made.
fn made(trace: &Trace) -> Vec<String> {
    let mut seen = Set::default();
    let added = trace.rows.iter().filter_map(|row| match &row.kind {
        RowKind::Watch(WatchType::Added, Object::Pod(pod)) => Some(&pod.meta.name),
        _ => None,
    });
    added.filter(|name| seen.insert((*name).clone())).cloned().collect()
}
