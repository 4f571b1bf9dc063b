//! Where two traces first differ by meaning: not by ids, addresses and versions.

use std::cmp::Ordering;

use super::names::Names;
use crate::base::{SimTime, sort_by};
use crate::engine::{Record, Row, RowKind, Trace};
use crate::session::make::records::row_view;
use crate::session::manifest::Manuscript;
use crate::session::marks;
use crate::session::view::{DifferenceView, HappeningView};

/// Things that happen no farther apart happen at the same time: the way of a message takes some
/// milliseconds more or less, and no field of a manifest is finer than a second.
pub const SAME_TIME: SimTime = SimTime::ms(600);

/// Facts by which a decision is another one. What the manifest says (thresholds, periods) and what
/// is drawn (addresses, ids) are none of them: they show in what comes of them.
const TELLING: [&str; 8] = ["code", "effect", "kind", "node", "phase", "reason", "signal", "why"];

/// Something that happens in a run.
struct Item<'a> {
    /// What, whatever its time.
    key: String,
    at: SimTime,
    row: &'a Row,
    /// Whether the other run has it too, at the same time.
    met: bool,
}

/// Where the runs first differ up to `horizon`; `names` are those of the right run.
pub fn difference(traces: [&Trace; 2], names: &Names, horizon: SimTime) -> Option<DifferenceView> {
    let mut left = items(traces[0], &Names::default(), horizon);
    let mut right = items(traces[1], names, horizon);
    meet(&mut left, &mut right);
    let first = |all: &[Item<'_>], from: SimTime| {
        let alone = all.iter().filter(|item| !item.met && item.at >= from);
        alone.min_by_key(|item| item.at).map(|item| (item.at, view(item.row)))
    };
    // What happens at the very end may happen in the other run a moment later.
    let end = horizon.since(SAME_TIME);
    let both = [first(&left, SimTime::ZERO), first(&right, SimTime::ZERO)];
    let at = both.iter().flatten().map(|(at, _)| *at).filter(|at| *at < end).min()?;
    let from = at.since(SAME_TIME);
    let sides = [&left, &right].map(|all| first(all, from).and_then(|(_, view)| view));
    Some(DifferenceView { at, sides })
}

/// What happens in a run, by what it is and then by time.
fn items<'a>(trace: &'a Trace, names: &Names, horizon: SimTime) -> Vec<Item<'a>> {
    let rows = trace.rows.iter().take_while(|row| row.at <= horizon);
    let item = |row: &'a Row| {
        let key = key(&row.kind, names)?;
        Some(Item { key, at: row.at, row, met: false })
    };
    let mut all: Vec<Item<'a>> = rows.filter_map(item).collect();
    sort_by(&mut all, |a, b| (&a.key, a.at).cmp(&(&b.key, b.at)));
    all
}

/// The nth of a kind in one run is the nth in the other, if both are at the same time.
fn meet(left: &mut [Item<'_>], right: &mut [Item<'_>]) {
    let (mut i, mut j) = (0, 0);
    while let (Some(one), Some(other)) = (left.get_mut(i), right.get_mut(j)) {
        match one.key.cmp(&other.key) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                let apart = one.at.max(other.at).since(one.at.min(other.at));
                (one.met, other.met) = (apart <= SAME_TIME, apart <= SAME_TIME);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
}

fn key(kind: &RowKind, names: &Names) -> Option<String> {
    Some(match kind {
        RowKind::Rule(record) if marks::group(kind).is_some() => of_rule(record, names),
        RowKind::Log { pod, container, line, .. } => {
            ["log", names.pod(pod), names.container(container), line].join("\t")
        }
        RowKind::Kubectl { args, code, .. } => ["kubectl", args, &code.to_string()].join("\t"),
        _ => return None,
    })
}

fn of_rule(record: &Record, names: &Names) -> String {
    let subject = &record.subject;
    let (pod, container) = (names.pod(&subject.pod), names.container(&subject.container));
    let mut key = [record.rule.id(), pod, container, &subject.node].join("\t");
    for (name, fact) in record.facts.iter().filter(|(name, _)| TELLING.contains(name)) {
        key = [&key, "\t", name, "=", &fact.to_string()].concat();
    }
    key
}

fn view(row: &Row) -> Option<HappeningView> {
    Some(match &row.kind {
        RowKind::Rule(record) => {
            HappeningView::Rule(row_view(row.at, record, &Manuscript::default()))
        }
        RowKind::Log { pod, container, line, .. } => HappeningView::Log {
            at: row.at,
            of: [pod, "/", container].concat(),
            line: line.clone(),
        },
        RowKind::Kubectl { args, code, .. } => {
            HappeningView::Kubectl { at: row.at, args: args.clone(), code: *code }
        }
        _ => return None,
    })
}
