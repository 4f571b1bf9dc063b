//! `kubectl describe`.

use super::answer::{Answer, found, not_found, nothing};
use super::ask::{Describe, Target};
use crate::api::describe::{Text, describe_gone};
use crate::api::print::values::{at, go};
use crate::api::time::Timestamp;
use crate::base::json::Value;

/// Answers it. Source: kubectl cmd/describe/describe.go Run, DescribeMatchingResources
pub fn describe(ask: &Describe, objects: &[Value], now: Timestamp) -> Answer {
    let mut answer = Answer::default();
    let mut parts: Vec<String> = Vec::new();
    let text = || Text::new(now, ask.newer);
    for target in &ask.targets {
        let mut chosen: Vec<&Value> =
            found(target, &ask.place, objects).filter(|o| ask.selector.takes(o)).collect();
        let name = target.name.as_deref().unwrap_or_default();
        if chosen.is_empty() && !name.is_empty() {
            let gone = Some(name).filter(|_| target.kind.kind == "Pod");
            if let Some(left) = gone.and_then(|name| describe_gone(name, objects, text())) {
                parts.push(left);
                continue;
            }
            chosen = beginning_with(target, name, ask, objects);
        }
        if chosen.is_empty() && !name.is_empty() {
            answer.fail(&[&not_found(target.kind, name)]);
        }
        parts.extend(chosen.iter().map(|o| crate::api::describe::describe(o, objects, text())));
    }
    if parts.is_empty() && answer.code == 0 {
        answer.err = nothing(&ask.targets, &ask.place);
    }
    answer.out = parts.join("\n\n");
    answer
}

/// The objects of the kind whose names begin so.
fn beginning_with<'a>(
    target: &Target,
    name: &str,
    ask: &Describe,
    objects: &'a [Value],
) -> Vec<&'a Value> {
    let begins =
        |o: &&Value| o["kind"] == target.kind.kind && go(at(o, "metadata.name")).starts_with(name);
    objects.iter().filter(|o| ask.place.has(o)).filter(begins).collect()
}
