//! Whose logs are meant: those of a Pod, of what belongs to another object, or of all with labels.

use super::ask::{LogsOf, Whose};
use crate::api::Pod;
use crate::api::query::{Answer, Place, Selector};
use crate::api::resource::not_found;
use crate::base::json::json;
use crate::engine::world::World;
use std::rc::Rc;

/// The Pods that are meant, each with what is asked of it; what is said of the choice goes to
/// `answer`. Source: kubectl polymorphichelpers/logsforobject.go; helpers.go GetFirstPod
pub(super) fn each(world: &World, of: &LogsOf, answer: &mut Answer) -> Vec<LogsOf> {
    match &of.whose {
        Whose::Pod => vec![of.clone()],
        Whose::Labels(wanted) => labelled(world, of, wanted, answer),
        Whose::Object { kind, name } => {
            let here = world.api.object(kind, name).is_some_and(|object| of.place.has(&object));
            match world.api.pods_of(kind, name).filter(|_| here) {
                None => {
                    let why = not_found(kind, name);
                    answer.fail(&["error: error from server (NotFound): ", &why, &within(of)]);
                    Vec::new()
                }
                Some(pods) => first_of(&pods, of, answer),
            }
        }
    }
}

/// What such a message ends with.
pub(super) fn within(of: &LogsOf) -> String {
    [" in namespace \"", of.place.name(), "\"\n"].concat()
}

/// The Pod that is named, if it is in the namespace.
pub(super) fn pod<'w>(world: &'w World, of: &LogsOf) -> Option<&'w Rc<Pod>> {
    world.api.pod(&of.pod).filter(|pod| is_in(pod, of))
}

fn is_in(pod: &Pod, of: &LogsOf) -> bool {
    of.place == Place::Everywhere || pod.meta.home() == of.place.name()
}

fn one(of: &LogsOf, pod: &Pod) -> LogsOf {
    LogsOf { pod: pod.meta.name.clone(), whose: Whose::Pod, ..of.clone() }
}

fn labelled(world: &World, of: &LogsOf, wanted: &Selector, answer: &mut Answer) -> Vec<LogsOf> {
    let takes = |pod: &&Rc<Pod>| {
        let labels = json!({"metadata": {"labels": pod.meta.labels.clone()}});
        is_in(pod, of) && wanted.takes(&labels)
    };
    let found: Vec<LogsOf> = world.api.pods().filter(takes).map(|pod| one(of, pod)).collect();
    if found.is_empty() {
        let place = of.place.name();
        answer.err.push_str(&["No resources found in ", place, " namespace.\n"].concat());
    }
    found
}

/// Of several the first. Source: kubectl polymorphichelpers/helpers.go GetFirstPod
fn first_of(pods: &[Rc<Pod>], of: &LogsOf, answer: &mut Answer) -> Vec<LogsOf> {
    let Some(first) = pods.first() else {
        answer.fail(&["error: timed out waiting for the condition\n"]);
        return Vec::new();
    };
    if pods.len() > 1 {
        let (count, name) = (pods.len().to_string(), &first.meta.name);
        answer.err.push_str(&["Found ", &count, " pods, using pod/", name, "\n"].concat());
    }
    vec![one(of, first)]
}
