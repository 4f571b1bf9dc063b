//! The namespace of an object: whether it can be created there, and whether a request means it.

use super::patch::not_found;
use super::store::ApiServer;
use crate::api::{PlainObject, resource};
use crate::base::json::Value;
use crate::engine::action::Request;
use crate::engine::message::Refusal;
use std::rc::Rc;

impl ApiServer {
    /// An object goes into a namespace that is there and stays.
    /// Source: apiserver plugin/namespace/lifecycle/admission.go Admit
    ///
    /// DIFFERENCE: of a kind there is one object of a name in all namespaces together; a second one
    /// is refused, and the refusal says so.
    pub(super) fn admit_place(
        &self,
        kind: &str,
        name: &str,
        object: &Value,
    ) -> Result<(), Refusal> {
        if !resource::is_namespaced(kind) {
            return Ok(());
        }
        let home = resource::home(object);
        let refusal = |reason: &str, message: String| Refusal { reason: reason.into(), message };
        let what = [&resource::plural(kind), " \"", name, "\""].concat();
        match self.home_of(kind, name, home) {
            Some(there) if there == home => return Ok(()),
            Some(there) => {
                let message = [
                    "Lifepod keeps one object of a kind and name, and ",
                    &what,
                    " is in the namespace ",
                    there,
                    ": give this one another name",
                ];
                return Err(refusal("NotSimulated", message.concat()));
            }
            None => {}
        }
        let Some(space) = self.plain("Namespace", home) else {
            return Err(refusal("NotFound", ["namespaces \"", home, "\" not found"].concat()));
        };
        if space.meta.deletion_timestamp.is_some() {
            let why = " is forbidden: unable to create new content in namespace ";
            let message = [&what, why, home, " because it is being terminated"].concat();
            return Err(refusal("Forbidden", message));
        }
        Ok(())
    }

    /// The namespace of the object that who is in `asking` finds under this name, else of the
    /// only one that has it.
    fn home_of<'a>(&'a self, kind: &str, name: &str, asking: &'a str) -> Option<&'a str> {
        match kind {
            "Pod" => self.pod(name).map(|pod| pod.meta.home()),
            "Service" => self.service(name).map(|service| service.meta.home()),
            _ => self
                .plain(kind, name)
                .map(|o| if o.is_for(asking) { asking } else { o.meta.home() }),
        }
    }

    /// The namespace of an object, if it is there and in one.
    pub fn namespace_of(&self, kind: &str, name: &str) -> Option<&str> {
        let meta = match kind {
            "Pod" => &self.pod(name)?.meta,
            "Service" => &self.service(name)?.meta,
            "EndpointSlice" => &self.slices().find(|slice| slice.meta.name == name)?.meta,
            kind => &self.plain(kind, name)?.meta,
        };
        Some(meta.namespace.as_str()).filter(|namespace| !namespace.is_empty())
    }

    /// Whether somebody has made what a manifest may need: a namespace, an account, a priority.
    pub fn has_grounds(&self) -> bool {
        let kinds = ["Namespace", "ServiceAccount", "PriorityClass"];
        let made = |o: &PlainObject| kinds.contains(&o.kind.as_str()) && !o.meta.uid.is_empty();
        self.plain_objects().any(|object| made(object))
    }

    /// What controllers put into every namespace, for those that somebody has made.
    pub fn of_every_namespace(&self) -> Vec<Value> {
        let made = |o: &&Rc<PlainObject>| o.kind == "Namespace" && !o.meta.uid.is_empty();
        let of = |space: &Rc<PlainObject>| {
            let copy = |mut object: PlainObject| {
                object.meta.namespace = space.meta.name.clone();
                object.meta.creation_timestamp = space.meta.creation_timestamp;
                object.to_json()
            };
            let all = PlainObject::of_a_new_cluster().into_values();
            let placed = all.filter(|object| !object.meta.namespace.is_empty());
            placed.map(|object| copy((*object).clone())).collect::<Vec<_>>()
        };
        self.plain_objects().filter(made).flat_map(of).collect()
    }

    /// A request in a namespace finds no object of another one.
    pub(super) fn within(&self, namespace: &str, request: &Request) -> Result<(), Refusal> {
        let (kind, name) = match request {
            Request::Delete { kind, name, options, .. } if options.selector.is_none() => {
                (kind, name)
            }
            Request::Patch(patch) if patch.name != "*" => (&patch.kind, &patch.name),
            Request::Exec(exec) => (&exec.kind, &exec.name),
            _ => return Ok(()),
        };
        let elsewhere = resource::is_namespaced(kind)
            && self.home_of(kind, name, namespace).is_some_and(|home| home != namespace);
        if elsewhere { Err(not_found(kind, name)) } else { Ok(()) }
    }
}
