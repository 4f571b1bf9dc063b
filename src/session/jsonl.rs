//! The trace as JSON lines: the contract of `-o jsonl`.

use crate::base::SimTime;
use crate::base::json::{Map, Value, json, parse};
use crate::engine::{Row, RowKind, Trace};
use std::io::Write;

/// Writes the trace, one JSON object a line.
pub fn print_jsonl(trace: &Trace, out: &mut dyn Write) -> std::io::Result<()> {
    for line in trace.rows.iter().filter_map(json_line) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// A row in the form of the trace contract; rows for the stage alone have none.
pub(super) fn json_line(row: &Row) -> Option<Value> {
    let t = seconds(row.at);
    Some(match &row.kind {
        RowKind::Watch(kind, object) => {
            if matches!(object, crate::engine::trace::Object::Service(_)) {
                return None;
            }
            json!({"t": t, "type": kind.as_str(), "object": object.to_json()})
        }
        RowKind::Log { pod, container, restart, stderr, line } => {
            let stream = if *stderr { "stderr" } else { "stdout" };
            json!({"t": t, "type": "LOG", "pod": pod, "container": container,
                   "restart": restart, "stream": stream, "line": line})
        }
        RowKind::Kubectl { args, out, err, code, .. } => {
            json!({"t": t, "type": "KUBECTL", "args": args, "out": out, "err": err, "code": code})
        }
        RowKind::Rule(record) => {
            let facts = record.facts.iter().map(|(name, f)| (name.to_string(), fact(f)));
            let facts: Map<String, Value> = facts.collect();
            json!({"t": t, "type": "RULE", "id": record.id, "by": record.by.name(),
                   "rule": record.rule.id(), "subject": record.subject.to_string(),
                   "facts": facts, "fields": record.fields, "cause": record.cause})
        }
        RowKind::Request(end) => request(t, end, row.at),
        RowKind::Sent { .. } => return None,
    })
}

fn request(t: Value, end: &crate::engine::trace::Answered, at: SimTime) -> Value {
    let mut row = json!({"t": t, "type": "REQUEST", "to": end.to, "path": end.path, "pod": end.pod,
        "address": end.address, "sent": seconds(end.sent), "took": seconds(at.since(end.sent)),
        "outcome": end.outcome.word(), "rule": end.rule.id(), "cause": end.cause,
        "count": end.count});
    if end.status > 0 {
        row["status"] = json!(end.status);
    }
    row
}

fn fact(fact: &crate::rules::Fact) -> Value {
    match fact {
        crate::rules::Fact::Number(n) => json!(n),
        crate::rules::Fact::Duration(d) => seconds(*d),
        crate::rules::Fact::Text(text) => json!(text),
    }
}

/// Seconds as a JSON number with at most three decimals, without going through a float.
pub fn seconds(at: SimTime) -> Value {
    let text = format!("{}.{:03}", at.as_ms() / 1000, at.as_ms() % 1000);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    parse(text).unwrap_or_default()
}
