//! `kubectl wait`.

use super::answer::print;
use super::ask::{Goal, WaitFor};
use crate::api::print::values::{at, condition, go};
use crate::api::query::{Answer, Target, json_path};
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::trace::Trace;
use crate::engine::wire::{Queued, SimEvent};
use crate::engine::world::World;

/// A command that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pending {
    args: String,
    of: WaitFor,
    until: SimTime,
}

/// What is printed if it is so, or can never be; `None` if it is not so yet.
/// Source: kubectl cmd/wait/wait.go RunWait
pub(super) fn met(of: &WaitFor, objects: &[Value]) -> Option<Answer> {
    let (reached, left, missing) = look(of, objects);
    let mut answer = Answer::default();
    if let Some(missing) = missing.first() {
        answer.fail(&[missing]);
        return Some(answer);
    }
    if reached.is_empty() && left.is_empty() {
        if of.goal != Goal::Deleted {
            answer.fail(&["error: no matching resources found\n"]);
        }
        return Some(answer);
    }
    answer.out = said(&reached);
    left.is_empty().then_some(answer)
}

/// What is printed when time is up.
pub fn too_late(of: &WaitFor, objects: &[Value]) -> Answer {
    let (reached, left, _) = look(of, objects);
    let mut answer = Answer { out: said(&reached), ..Answer::default() };
    for target in left {
        let (kind, name) = (target.kind, target.name.unwrap_or_default());
        let dot = if kind.group().is_empty() { "" } else { "." };
        let what = [kind.plural, dot, kind.group(), "/", &name].concat();
        answer.fail(&["error: timed out waiting for the condition on ", &what, "\n"]);
    }
    answer
}

fn said(reached: &[Target]) -> String {
    let line = |target: &Target| {
        [&target.kind.shown(), "/", target.name.as_deref().unwrap_or_default(), " condition met\n"]
            .concat()
    };
    reached.iter().map(line).collect()
}

/// The objects of which it is so, those of which it is not yet, and what is said of those that are
/// not there.
fn look(of: &WaitFor, objects: &[Value]) -> (Vec<Target>, Vec<Target>, Vec<String>) {
    let (mut reached, mut left, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for target in &of.targets {
        let found: Vec<&Value> = crate::api::query::answer::found(target, &of.place, objects)
            .filter(|object| of.selector.takes(object))
            .collect();
        match (&of.goal, found.is_empty(), &target.name) {
            (Goal::Deleted, true, Some(_)) => reached.push(target.clone()),
            (Goal::Created, true, Some(_)) => left.push(target.clone()),
            (_, true, Some(name)) => {
                missing.push(crate::api::query::answer::not_found(target.kind, name));
            }
            _ => {}
        }
        for object in found {
            let name = Some(go(at(object, "metadata.name")));
            let list = if holds(&of.goal, object) { &mut reached } else { &mut left };
            list.push(Target { kind: target.kind, name });
        }
    }
    (reached, left, missing)
}

fn holds(goal: &Goal, object: &Value) -> bool {
    match goal {
        Goal::Deleted => false,
        Goal::Created => true,
        Goal::Condition(kind, status) => {
            let kinds = items(object).find(|c| c.eq_ignore_ascii_case(kind));
            kinds.is_some_and(|kind| {
                go(&condition(object, &kind)["status"]).eq_ignore_ascii_case(status)
            })
        }
        Goal::Path(path, want) => {
            let is = json_path::values(path, object, " ");
            want.as_ref().map_or(!is.is_empty(), |want| is == *want)
        }
    }
}

fn items(object: &Value) -> impl Iterator<Item = String> {
    let all = object["status"]["conditions"].as_array().into_iter().flatten();
    all.map(|condition| go(&condition["type"]))
}

impl World {
    /// Begins to wait; objects that a selector means are those of now.
    pub(super) fn wait(&mut self, args: &str, of: &WaitFor) {
        let (_, left, _) = look(of, &self.objects());
        let of = WaitFor { targets: left, ..of.clone() };
        let until = self.now + of.timeout;
        self.wire.schedule(until, Queued::of_none(SimEvent::Waited));
        self.waits.push(Pending { args: args.to_string(), of, until });
    }

    /// Ends the commands whose wait is over.
    pub(in crate::engine) fn end_waits(&mut self, trace: &mut Trace) {
        if self.waits.is_empty() {
            return;
        }
        let objects = self.objects();
        for pending in std::mem::take(&mut self.waits) {
            let late = || (self.now >= pending.until).then(|| too_late(&pending.of, &objects));
            match met(&pending.of, &objects).or_else(late) {
                Some(answer) => print(&pending.args, answer, self, trace),
                None => self.waits.push(pending),
            }
        }
    }
}
