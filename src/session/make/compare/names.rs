//! Which Pod and which container of one run is which of the other.

use crate::api::Pod;
use crate::base::{Map, Set};
use crate::engine::trace::Object;
use crate::engine::{RowKind, Trace, WatchType};
use std::rc::Rc;

/// Names of the right run by those that the same things have in the left one.
///
/// Things of the same name are the same; of the others the first of one run is the first of the
/// other: the Pods of a ReplicaSet have names that end at random, and two manifests may call their
/// only container otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    pods: Map<String, String>,
    containers: Map<String, String>,
}

impl Names {
    /// Those of the right one of two runs.
    pub fn of([left, right]: [&Trace; 2]) -> Self {
        let (left, right) = (made(left), made(right));
        let names = |pods: &[&Rc<Pod>]| pods.iter().map(|pod| pod.meta.name.clone()).collect();
        Names {
            pods: matched(names(&left), names(&right)),
            containers: matched(containers(&left), containers(&right)),
        }
    }

    /// The left run's name of a Pod.
    pub fn pod<'a>(&'a self, name: &'a str) -> &'a str {
        self.pods.get(name).map_or(name, String::as_str)
    }

    /// The left run's name of a container.
    pub fn container<'a>(&'a self, name: &'a str) -> &'a str {
        self.containers.get(name).map_or(name, String::as_str)
    }
}

/// The Pods, as they were first made, in that order.
fn made(trace: &Trace) -> Vec<&Rc<Pod>> {
    let mut seen = Set::default();
    let added = trace.rows.iter().filter_map(|row| match &row.kind {
        RowKind::Watch(WatchType::Added, Object::Pod(pod)) => Some(pod),
        _ => None,
    });
    added.filter(|pod| seen.insert(pod.meta.name.clone())).collect()
}

/// The names of all containers, each once: app containers first.
fn containers(pods: &[&Rc<Pod>]) -> Vec<String> {
    let mut seen = Set::default();
    let all =
        pods.iter().flat_map(|pod| pod.spec.containers.iter().chain(&pod.spec.init_containers));
    let names = all.map(|container| container.name.clone());
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// Names that only the right run has, by those that only the left one has, in their order.
fn matched(left: Vec<String>, right: Vec<String>) -> Map<String, String> {
    let rest = left.iter().filter(|name| !right.contains(name));
    let others = right.iter().filter(|name| !left.contains(name));
    others.cloned().zip(rest.cloned()).collect()
}
