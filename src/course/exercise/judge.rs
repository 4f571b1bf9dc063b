//! Which goals a run reaches, when, and what was seen.

use super::format::Exercise;
use crate::base::SimTime;
use crate::base::json::Value;
use crate::course::goal::condition::ObjectIs;
use crate::course::goal::test::Test;
use crate::course::goal::{Goal, Moment, Rows, Verdict, What, check};

/// A longer account of what was seen is told with its beginning.
const SEEN_MOST: usize = 200;

/// A goal, held against a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Judged {
    /// The goal's name.
    pub id: String,
    /// Reached?
    pub passed: bool,
    /// The moment that decided; `None` if there was none: what never came has no moment.
    pub at: Option<SimTime>,
    /// The position of the row of that moment.
    pub row: Option<usize>,
    /// What was seen, in the words of the trace; empty if nothing was.
    pub saw: String,
}

/// Holds all goals against the rows of a run.
pub fn judge(exercise: &Exercise, rows: &Rows) -> Vec<Judged> {
    let one = |goal: &super::Goal| {
        let verdict = check(&goal.that, rows);
        let (row, at, saw) = deciding(&goal.that, &verdict, rows);
        Judged { id: goal.id.clone(), passed: verdict.met, at, row, saw }
    };
    exercise.goals.iter().map(one).collect()
}

/// The position and the moment that decided, and what was seen there.
type Decided = (Option<usize>, Option<SimTime>, String);

/// What decided: of the first part that was missed, or of the
/// last one that had to come.
fn deciding(goal: &Goal, verdict: &Verdict, rows: &Rows) -> Decided {
    let part = |at: Option<usize>, goals: &[Goal]| match at {
        Some(at) => deciding(&goals[at], &verdict.parts[at], rows),
        None => (verdict.row, verdict.at, String::new()),
    };
    let first = |met: bool| verdict.parts.iter().position(|part| part.met == met);
    match goal {
        Goal::All(goals) if verdict.met => part(last(verdict), goals),
        Goal::All(goals) => part(first(false), goals),
        Goal::Any(goals) => part(first(true).or(first(false)), goals),
        Goal::Not(goal) => deciding(goal, &verdict.parts[0], rows),
        Goal::Sometime(moment) | Goal::Always(moment) | Goal::Never(moment) => {
            let row = row_of(moment, verdict, rows);
            let at = if row == verdict.row { verdict.at } else { row.map(|row| rows.time(row)) };
            (row, at, cut(seen(moment, verdict, row, rows)))
        }
    }
}

fn last(verdict: &Verdict) -> Option<usize> {
    let rows = verdict.parts.iter().enumerate();
    rows.filter(|(_, part)| part.row.is_some()).max_by_key(|(_, part)| part.row).map(|(at, _)| at)
}

fn cut(text: String) -> String {
    match text.char_indices().nth(SEEN_MOST) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None => text,
    }
}

fn seen(moment: &Moment, verdict: &Verdict, row: Option<usize>, rows: &Rows) -> String {
    let end = row.map_or(rows.window(moment).end, |row| row + 1);
    match &moment.what {
        What::Object(state) if state.count.is_empty() => value_of(state, verdict.saw.as_deref()),
        What::Together(parts) => {
            let states = parts.iter().filter_map(|part| match part {
                What::Object(state) => Some(value_of(state, rows.last_seen(state, end).as_deref())),
                _ => None,
            });
            states.collect::<Vec<_>>().join(", ")
        }
        _ => row.and_then(|row| rows.row(row)).map(told).unwrap_or_default(),
    }
}

/// The value that was looked for: `pod/web status.phase: "Running"`.
fn value_of(state: &ObjectIs, saw: Option<&str>) -> String {
    let place = state.place.to_string();
    let value = saw.filter(|saw| !saw.is_empty()).unwrap_or("—");
    match place.is_empty() {
        true => [&state.kind, "/", &state.name].concat(),
        false => [&state.kind, "/", &state.name, " ", &place, ": ", value].concat(),
    }
}

/// The position that decided: where something was asked for often, that of the time that was
/// enough, or one too many.
fn row_of(moment: &Moment, verdict: &Verdict, rows: &Rows) -> Option<usize> {
    let nth = moment.times.iter().find_map(|test| match (test, verdict.met) {
        (Test::AtLeast(n), true) => usize::try_from(n - 1).ok(),
        (Test::AtMost(n), false) => usize::try_from(*n).ok(),
        _ => None,
    });
    let at_nth = nth.and_then(|nth| rows.find(moment).get(nth).map(|span| span.start));
    at_nth.or(verdict.row)
}

/// A row in its own words.
fn told(row: &Value) -> String {
    let word = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let parts: Vec<String> = match row["type"].as_str().unwrap_or_default() {
        "LOG" => vec![word(&row["pod"]) + "/" + &word(&row["container"]) + ":", word(&row["line"])],
        "RULE" => vec![word(&row["rule"]), word(&row["subject"]), facts(&row["facts"])],
        "REQUEST" => {
            vec![
                word(&row["to"]) + word(&row["path"]).as_str(),
                word(&row["outcome"]),
                word(&row["pod"]),
            ]
        }
        "KUBECTL" => {
            let said = [word(&row["out"]), word(&row["err"])].concat();
            let first = said.lines().next().unwrap_or_default().to_string();
            vec!["kubectl ".to_string() + &word(&row["args"]) + ":", first]
        }
        kind => object(kind, &row["object"], &word),
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn facts(facts: &Value) -> String {
    let all = facts.as_object().into_iter().flatten();
    all.map(|(name, fact)| format!("{name}={fact}")).collect::<Vec<_>>().join(" ")
}

fn object(kind: &str, object: &Value, word: &dyn Fn(&Value) -> String) -> Vec<String> {
    if object["kind"] == "Event" {
        let about = &object["involvedObject"];
        let whom = word(&about["kind"]).to_ascii_lowercase() + "/" + &word(&about["name"]) + ":";
        return vec![word(&object["reason"]), whom, word(&object["message"])];
    }
    let name =
        word(&object["kind"]).to_ascii_lowercase() + "/" + &word(&object["metadata"]["name"]);
    vec![name, word(&object["status"]["phase"]), kind.to_string()]
}
