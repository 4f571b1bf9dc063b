//! The end of a namespace: what is in it goes first.

use super::store::{Answer, ApiServer};
use crate::api::{Timestamp, resource};
use crate::engine::action::DeleteOptions;
use crate::engine::cx::Cx;
use crate::engine::message::{Done, Refusal};
use crate::engine::trace::WatchType;
use std::rc::Rc;

/// Source: apiserver plugin/namespace/lifecycle/admission.go, server/options immortalNamespaces
const IMMORTAL: [&str; 3] = ["default", "kube-public", "kube-system"];

impl ApiServer {
    /// Deletes a namespace: it is marked, everything in it is deleted, and with the last of that
    /// it goes.
    /// Source: controller/namespace/deletion/namespaced_resources_deleter.go Delete
    ///
    /// DIFFERENCE: the namespace controller deletes what it finds some milliseconds later, and
    /// comes back after half of the longest grace period; here the namespace goes with the last
    /// object.
    pub(super) fn delete_namespace(&mut self, name: &str, cx: &mut Cx) -> Option<Answer> {
        let space = self.plain("Namespace", name)?.clone();
        if IMMORTAL.contains(&name) {
            let message =
                ["namespaces \"", name, "\" is forbidden: this namespace may not be deleted"];
            return Some(Err(Refusal { reason: "Forbidden".into(), message: message.concat() }));
        }
        if space.meta.deletion_timestamp.is_none() {
            let mut space = (*space).clone();
            space.meta.deletion_timestamp = Some(Timestamp::at(cx.now));
            space.body["status"]["phase"] = "Terminating".into();
            self.write_plain(WatchType::Modified, space, cx);
        }
        for (kind, name) in self.contents(name) {
            // Whoever is gone already went with its owner.
            drop(self.delete_asked((&kind, &name), None, &DeleteOptions::default(), None, cx));
        }
        self.settle_namespace(name, cx);
        Some(Ok(Done::Deleted))
    }

    /// Something in a namespace has gone: a namespace that was only waiting for that goes too.
    pub(super) fn settle_namespace(&mut self, name: &str, cx: &mut Cx) {
        let ends = |space: &&Rc<_>| is_ending(space);
        let Some(space) = self.plain("Namespace", name).filter(ends).cloned() else { return };
        if self.contents(name).is_empty() {
            self.forget_events_of(name);
            self.write_plain(WatchType::Deleted, (*space).clone(), cx);
        }
    }

    /// Kinds and names of what is in a namespace, but for Events and what is made of Services.
    fn contents(&self, namespace: &str) -> Vec<(String, String)> {
        let pods = self.pods().map(|pod| ("Pod", &pod.meta));
        let services = self.services().map(|service| ("Service", &service.meta));
        let plain = self.plain_objects().filter(|o| resource::is_namespaced(&o.kind));
        let plain = plain.map(|o| (o.kind.as_str(), &o.meta));
        let all = plain.chain(services).chain(pods).filter(|(_, meta)| meta.home() == namespace);
        all.map(|(kind, meta)| (kind.to_string(), meta.name.clone())).collect()
    }
}

fn is_ending(space: &crate::api::PlainObject) -> bool {
    space.meta.deletion_timestamp.is_some()
}
