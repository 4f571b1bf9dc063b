//! `kubectl get`.

use super::answer::{Answer, found, not_found, nothing};
use super::ask::{Get, Output};
use super::output;
use super::place::Place;
use crate::api::print::Wish;
use crate::api::print::kinds::{Kind, OTHER};
use crate::api::print::table::{kind_of, table};
use crate::api::print::values::{at, go};
use crate::api::time::Timestamp;
use crate::base::json::Value;
use crate::base::sort_by_key;

/// Answers it. Source: kubectl cmd/get/get.go Run
pub fn get(ask: &Get, objects: &[Value], now: Timestamp) -> Answer {
    let mut answer = Answer::default();
    let mut chosen: Vec<&Value> = Vec::new();
    if ask.targets.is_empty() {
        chosen.extend(objects.iter().filter(|o| ask.place.has(o) && ask.selector.takes(o)));
    }
    for target in &ask.targets {
        let found = found(target, &ask.place, objects).filter(|o| ask.selector.takes(o));
        let mut found: Vec<&Value> = found.collect();
        // As the API server lists them.
        if ask.place != Place::List {
            let key = |path: &str, object: &Value| go(at(object, path));
            sort_by_key(&mut found, |o| (key("metadata.namespace", o), key("metadata.name", o)));
        }
        let missing = found.is_empty();
        chosen.extend(found);
        if let (Some(name), true) = (&target.name, missing && !ask.ignore_not_found) {
            answer.fail(&[&not_found(target.kind, name)]);
        }
    }
    sort(&mut chosen, &ask.order);
    let single = ask.targets.len() == 1 && ask.targets[0].name.is_some();
    if chosen.is_empty() && matches!(ask.output, Output::Table) {
        if answer.code == 0 && !ask.ignore_not_found {
            answer.err.push_str(&nothing(&ask.targets, &ask.place));
        }
        return answer;
    }
    if chosen.is_empty() && answer.code != 0 {
        return answer;
    }
    answer.out = match &ask.output {
        Output::Table => tables(&chosen, several(ask), ask.wish, now),
        other => output::print(other, &chosen, single),
    };
    answer
}

/// Whether several kinds were asked for.
fn several(ask: &Get) -> bool {
    let mut kinds = ask.targets.iter().map(|target| target.kind.kind);
    let first = kinds.next();
    kinds.any(|kind| Some(kind) != first)
}

/// By the text, or the number, at a path.
fn sort(objects: &mut [&Value], path: &str) {
    let path = path.trim_matches(['{', '}', '\'']).trim_start_matches('.');
    if !path.is_empty() {
        sort_by_key(objects, |object| (at(object, path).as_i64(), go(at(object, path))));
    }
}

/// A table a kind, a blank line between them.
fn tables(objects: &[&Value], several: bool, wish: Wish, now: Timestamp) -> String {
    let mut kinds: Vec<&Kind> = Vec::new();
    for object in objects {
        if !kinds.iter().any(|kind| kind.kind == kind_of(object).kind) {
            kinds.push(kind_of(object));
        }
    }
    let wish = Wish { with_kind: several || kinds.len() > 1, ..wish };
    let one = |kind: &&Kind| {
        let of_kind = |object: &&&Value| kind_of(object).kind == kind.kind;
        let rows: Vec<&Value> = objects.iter().filter(of_kind).copied().collect();
        table(kind, &rows, Wish { with_kind: wish.with_kind && **kind != OTHER, ..wish }, now)
    };
    kinds.iter().map(one).collect::<Vec<_>>().join("\n")
}
