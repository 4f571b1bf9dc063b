//! A run as text for people.

use crate::api::Timestamp;
use crate::api::print::{Wish, kinds, table};
use crate::base::Map;
use crate::engine::trace::{Answered, Object};
use crate::engine::traffic::Outcome;
use crate::engine::{RowKind, Trace};
use std::io::{Result, Write};

/// Which rules decided, what containers said, and kubectl's answers, a line each.
pub fn print_records(trace: &Trace, out: &mut dyn Write) -> Result<()> {
    let mut requests = Requests::default();
    for row in &trace.rows {
        match &row.kind {
            RowKind::Rule(r) => {
                let facts: Vec<String> = r.facts.iter().map(|(n, f)| format!("{n}={f}")).collect();
                let cause = r.cause.map_or(String::new(), |c| format!("  ← #{c}"));
                writeln!(
                    out,
                    "{:>10}s {:<24} {:<16} {:<30} {}  #{}{cause}",
                    row.at.to_string(),
                    r.by.name(),
                    r.subject.to_string(),
                    r.rule.id(),
                    facts.join(" "),
                    r.id
                )?;
            }
            RowKind::Log { pod, container, line, .. } => {
                writeln!(out, "{:>10}s log {pod}/{container}: {line}", row.at.to_string())?;
            }
            RowKind::Kubectl { args, out: answer, err, .. } => {
                writeln!(out, "{:>10}s $ kubectl {args}", row.at.to_string())?;
                write!(out, "{answer}{err}")?;
            }
            RowKind::Request(end) => requests.add(end),
            RowKind::Watch(..) | RowKind::Sent { .. } => {}
        }
    }
    requests.print(out)
}

/// Requests of clients, by target and outcome: they are too many for a line each.
#[derive(Default)]
struct Requests(Map<(String, Outcome), u64>);

impl Requests {
    fn add(&mut self, end: &Answered) {
        *self.0.entry((end.to.clone(), end.outcome)).or_default() += u64::from(end.count);
    }

    fn print(&self, out: &mut dyn Write) -> Result<()> {
        for ((to, outcome), count) in &self.0 {
            writeln!(out, "requests to {to:<16} {:<10} {count:>8}", outcome.word())?;
        }
        Ok(())
    }
}

/// What `kubectl get pods -w` prints, with the moment before each line.
pub fn print_watch(trace: &Trace, out: &mut dyn Write) -> Result<()> {
    let mut last = String::new();
    for row in &trace.rows {
        let RowKind::Watch(_, Object::Pod(pod)) = &row.kind else { continue };
        let Some(kind) = kinds::of("Pod") else { continue };
        let table = table(kind, &[&pod.to_json()], Wish::default(), Timestamp::at(row.at));
        let line = table.lines().nth(1).unwrap_or_default().to_string();
        if line != last {
            writeln!(out, "{:>10}s  {line}", row.at.to_string())?;
            last = line;
        }
    }
    Ok(())
}
