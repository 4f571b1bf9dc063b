//! Waiting: rows come one after the other, and it is asked with which of them something begins.

use super::condition::{Goal, Moment, ObjectIs, What};
use super::place::Place;
use super::test::{Test, matches};
use crate::base::Map;
use crate::base::json::Value;

/// Waits for something that holds, or happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watch {
    what: What,
    /// Of each part that asks for objects, in their order: which of them are so.
    objects: Vec<Objects>,
    held: bool,
}

impl Watch {
    /// Waits for what a goal asks to be seen sometime. `None` for a goal that asks for more: such
    /// a one is known to be met at the end of a run only.
    pub fn of(goal: Goal) -> Option<Self> {
        let Goal::Sometime(moment) = goal else { return None };
        let Moment { what, from: None, by: None, after: None, before: None, .. } = moment else {
            return None;
        };
        if moment.within.or(moment.lasting).is_some() || !moment.times.is_empty() {
            return None;
        }
        let objects = vec![Objects::default(); parts(&what)];
        Some(Watch { what, objects, held: false })
    }

    /// Whether a row of this kind can change anything: the `type` of a row, or for rows that tell
    /// of an object, its kind in lower case.
    pub fn asks(&self, kind: &str) -> bool {
        // Of parts that must hold together, each row tells whether they still do.
        matches!(self.what, What::Together(_)) || asks(&self.what, kind)
    }

    /// Takes the next row; whether what is waited for begins with it. What happens begins each
    /// time anew.
    pub fn takes(&mut self, row: &Value) -> bool {
        let holds = holds(&self.what, &mut self.objects.iter_mut(), row);
        let begins = holds && !(self.held && self.what.lasts());
        self.held = holds;
        begins
    }
}

fn parts(what: &What) -> usize {
    match what {
        What::Object(_) => 1,
        What::Row { .. } => 0,
        What::Together(all) => all.iter().map(parts).sum(),
    }
}

fn asks(what: &What, kind: &str) -> bool {
    match what {
        What::Object(state) => state.kind.eq_ignore_ascii_case(kind),
        What::Row { kind: "", .. } => kind == "event",
        What::Row { kind: wanted, .. } => *wanted == kind,
        What::Together(parts) => parts.iter().any(|part| asks(part, kind)),
    }
}

fn holds(what: &What, objects: &mut std::slice::IterMut<'_, Objects>, row: &Value) -> bool {
    match what {
        What::Object(state) => objects.next().is_some_and(|so| so.take(state, row)),
        What::Row { kind, values } => is_like(row, kind, values),
        // Each part takes the row, whatever the others say.
        What::Together(parts) => {
            let mut all = true;
            for part in parts {
                all &= holds(part, objects, row);
            }
            all
        }
    }
}

/// Which objects are as a goal asks, by name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Objects(Map<String, bool>);

impl Objects {
    /// Takes a row; whether enough objects are so.
    pub(super) fn take(&mut self, state: &ObjectIs, row: &Value) -> bool {
        let object = &row["object"];
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        if is_of_kind(object, &state.kind) && matches(name, &state.name) {
            let found = state.place.find(object);
            let there = row["type"] != "DELETED";
            let asked = !found.is_empty() || !state.tests.is_empty();
            let holds = there && asked && state.tests.iter().all(|t| t.passes(&found));
            self.0.insert(name.to_string(), holds);
        }
        let count = self.0.values().filter(|holds| **holds).count();
        match state.count.as_slice() {
            [] => count > 0,
            tests => tests.iter().all(|test| test.passes_number(count)),
        }
    }
}

pub(super) fn is_of_kind(object: &Value, kind: &str) -> bool {
    object["kind"].as_str().is_some_and(|k| k.eq_ignore_ascii_case(kind))
}

/// Whether a row is of a kind and has these values.
pub(super) fn is_like(row: &Value, kind: &str, values: &[(Place, Test)]) -> bool {
    let fits = match kind {
        "" => row["object"]["kind"] == "Event" && row["type"] != "DELETED",
        kind => row["type"] == kind,
    };
    fits && values.iter().all(|(place, test)| test.passes(&place.find(row)))
}

#[cfg(test)]
mod tests {
    use super::super::read::read;
    use super::*;
    use crate::base::json::json;

    fn watch(goal: Value) -> Option<Watch> {
        Watch::of(read(&goal).expect("a goal"))
    }

    fn pod(phase: &str) -> Value {
        json!({"type": "MODIFIED", "object": {"kind": "Pod", "metadata": {"name": "web"},
               "status": {"phase": phase}}})
    }

    #[test]
    fn a_state_begins_once_and_again_after_it_ended() {
        let goal = json!({"object": "pod/web", "path": "status.phase", "is": "Running"});
        let mut watch = watch(goal).expect("it can be waited for");
        let phases = ["Pending", "Running", "Running", "Failed", "Running"];
        let begins = phases.map(|phase| watch.takes(&pod(phase)));
        assert_eq!(begins, [false, true, false, false, true]);
        assert!(watch.asks("pod") && !watch.asks("RULE"));
    }

    #[test]
    fn what_happens_begins_each_time() {
        let mut watch = watch(json!({"rule": "stop.signal"})).expect("it can be waited for");
        let row = json!({"type": "RULE", "rule": "stop.signal", "subject": "pod/web/app"});
        assert!(watch.takes(&row) && watch.takes(&row) && !watch.takes(&pod("Running")));
        assert!(watch.asks("RULE") && !watch.asks("event"));
    }

    #[test]
    fn parts_that_must_hold_together_are_asked_with_each_row() {
        let running = json!({"object": "pod/web", "path": "status.phase", "is": "Running"});
        let goal = json!({"together": [running, {"log": "hello"}]});
        let mut watch = watch(goal).expect("it can be waited for");
        let log = json!({"type": "LOG", "line": "hello"});
        let rows = [log.clone(), pod("Running"), log.clone(), pod("Failed"), log];
        let begins = rows.map(|row| watch.takes(&row));
        assert_eq!(begins, [false, false, true, false, false]);
    }

    #[test]
    fn goals_over_a_whole_run_cannot_be_waited_for() {
        for goal in [
            json!({"never": {"event": "Killing"}}),
            json!({"event": "Killing", "within": "20s"}),
            json!({"event": "Killing", "times": 2}),
            json!({"all": [{"event": "Killing"}]}),
        ] {
            assert_eq!(watch(goal.clone()), None, "{goal}");
        }
    }
}
