//! What a look at one object comes to.

use super::owners;
use crate::api::{EventType, PlainObject};
use crate::base::SimTime;
use crate::base::json::{Value, json};
use crate::engine::action::{DeleteOptions, PatchRequest, Request};
use crate::rules::{Facts, Rule};
use std::rc::Rc;

/// A request to the API server, and what is told once it is answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Write {
    /// The request.
    pub request: Request,
    /// What is told of it.
    pub told: Told,
}

/// What is told once a request is answered: Events about the object that was looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Told {
    /// Nothing.
    #[default]
    Nothing,
    /// That a Pod was created, or why not.
    Creation,
    /// That this Pod was deleted.
    Deletion(String),
    /// This: type, reason, message.
    Text(EventType, &'static str, String),
}

/// A rule that decided, with its facts.
pub type Cite = (Rule, Facts);

/// What a look at one object comes to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// Sent at once.
    pub writes: Vec<Write>,
    /// A Pod to create, and how often: in batches that double as long as all goes well.
    pub create: Option<(Rc<Value>, i64)>,
    /// The rules that decided.
    pub cites: Vec<Cite>,
    /// Look again after this time, at the latest.
    pub after: Option<SimTime>,
    /// Told at once: type, reason, message.
    pub events: Vec<(EventType, &'static str, String)>,
}

impl Plan {
    /// Adds a request of which nothing is told.
    pub fn ask(&mut self, request: Request) {
        self.writes.push(Write { request, told: Told::Nothing });
    }

    /// Adds a request, and what is told of it.
    pub fn ask_and_tell(&mut self, request: Request, told: Told) {
        self.writes.push(Write { request, told });
    }

    /// Adds a patch.
    pub fn patch(&mut self, patch: PatchRequest) {
        self.ask(Request::Patch(Rc::new(patch)));
    }

    /// Adds a rule.
    pub fn cite(&mut self, rule: Rule, facts: Facts) {
        self.cites.push((rule, facts));
    }

    /// Looks again after `wait`, or sooner.
    pub fn again(&mut self, wait: SimTime) {
        self.after = Some(self.after.map_or(wait, |before| before.min(wait)));
    }

    /// The same for a status that others write as well: it counts only if `object` is still the
    /// last version.
    pub fn shared_status(&mut self, object: &PlainObject, status: Value) {
        if object.body["status"] != status {
            let patch = json!({"metadata": {"resourceVersion": object.meta.resource_version},
                               "status": replaced(&object.body["status"], &status)});
            self.patch(owners::merge(&object.kind, &object.meta.name, true, patch));
        }
    }

    /// Writes the status of `object`, if it is another than it has.
    pub fn status(&mut self, object: &PlainObject, status: Value) {
        if object.body["status"] != status {
            let patch = json!({"status": replaced(&object.body["status"], &status)});
            self.patch(owners::merge(&object.kind, &object.meta.name, true, patch));
        }
    }
}

/// A merge patch that makes `new` of `old`: what is not in it goes.
pub fn replaced(old: &Value, new: &Value) -> Value {
    let mut patch = new.clone();
    for (key, was) in old.as_object().into_iter().flatten() {
        match new.get(key.as_str()) {
            None => patch[key.as_str()] = Value::Null,
            Some(now) if was.is_object() && now.is_object() => {
                patch[key.as_str()] = replaced(was, now);
            }
            Some(_) => {}
        }
    }
    patch
}

/// The request to delete this one object, with what it owns.
pub fn delete(kind: &str, name: &str, uid: &str) -> Request {
    let options = DeleteOptions { uid: Some(uid.to_string()), ..DeleteOptions::default() };
    Request::Delete { kind: kind.into(), name: name.into(), grace: None, force: false, options }
}
