//! What the controllers have seen of the cluster.

use super::owners::controller;
use crate::api::{PlainObject, Pod};
use crate::base::Map;
use crate::engine::trace::WatchType;
use std::rc::Rc;

/// The informers that the controllers share.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Informers {
    pods: Map<String, Rc<Pod>>,
    objects: Map<(String, String), Rc<PlainObject>>,
}

impl Informers {
    /// Keeps a Pod as the watch has it; gives what was known before.
    pub fn see_pod(&mut self, kind: WatchType, pod: &Rc<Pod>) -> Option<Rc<Pod>> {
        match kind {
            WatchType::Deleted => self.pods.remove(&pod.meta.name),
            _ => self.pods.insert(pod.meta.name.clone(), pod.clone()),
        }
    }

    /// Keeps an object as the watch has it; gives what was known before.
    pub fn see(&mut self, kind: WatchType, object: &Rc<PlainObject>) -> Option<Rc<PlainObject>> {
        let key = (object.kind.clone(), object.meta.name.clone());
        match kind {
            WatchType::Deleted => self.objects.remove(&key),
            _ => self.objects.insert(key, object.clone()),
        }
    }

    /// All Pods, by name.
    pub fn pods(&self) -> impl Iterator<Item = &Rc<Pod>> {
        self.pods.values()
    }

    /// The object of this kind and name.
    pub fn object(&self, kind: &str, name: &str) -> Option<&Rc<PlainObject>> {
        self.objects.get(&(kind.to_string(), name.to_string()))
    }

    /// All objects, by kind and name.
    pub fn objects(&self) -> impl Iterator<Item = &Rc<PlainObject>> {
        self.objects.values()
    }

    /// The objects of a kind, by name.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Rc<PlainObject>> {
        self.objects.values().filter(move |o| o.kind == kind)
    }

    /// The Pods whose controller has this UID.
    pub fn pods_of<'a>(&'a self, uid: &'a str) -> impl Iterator<Item = &'a Rc<Pod>> {
        self.pods.values().filter(move |pod| controller(&pod.meta).is_some_and(|c| c["uid"] == uid))
    }
}
