//! A run as text for people.

use crate::api::Timestamp;
use crate::api::print::{pod_row, pods_table};
use crate::engine::trace::Object;
use crate::engine::{RowKind, Trace};
use std::io::{Result, Write};

/// Which rules decided, what containers said, and kubectl's answers, a line each.
pub fn print_records(trace: &Trace, out: &mut dyn Write) -> Result<()> {
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
            RowKind::Watch(..) | RowKind::Sent { .. } => {}
        }
    }
    Ok(())
}

/// What `kubectl get pods -w` prints, with the moment before each line.
pub fn print_watch(trace: &Trace, out: &mut dyn Write) -> Result<()> {
    let mut last = String::new();
    for row in &trace.rows {
        let RowKind::Watch(_, Object::Pod(pod)) = &row.kind else { continue };
        let table = pods_table(&[pod_row(pod, Timestamp::at(row.at))]);
        let line = table.lines().nth(1).unwrap_or_default().to_string();
        if line != last {
            writeln!(out, "{:>10}s  {line}", row.at.to_string())?;
            last = line;
        }
    }
    Ok(())
}
