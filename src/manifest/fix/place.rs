//! Fixes that move, remove or add lines.

use super::Fix;
use super::lines::{block_end, entry, insert, line_end, line_start, shifted};
use crate::base::json::Value;
use crate::base::{FieldPath, PathStep, Span, TextEdit};
use crate::manifest::schema::Schema;
use crate::manifest::texts::*;
use crate::manifest::{Document, kinds};

/// The entry at `path` moved to `place`: into a mapping around it or beside it, or into a new one.
pub fn moved(text: &str, document: &Document, path: &FieldPath, place: &FieldPath) -> Option<Fix> {
    let from = entry(text, document, path)?;
    let target = place.parent()?;
    let lines = &text[from.lines.start..from.lines.end];
    let title = name_of(&target)?;
    if document.source_map.get(&target).is_none() {
        let wrapped = format!("{}{title}:\n{}", " ".repeat(from.column), shifted(lines, 0, 2));
        let edit = TextEdit::new(from.lines.start, from.lines.end, wrapped);
        return Some(Fix::new(FIX_MOVE, &[&title], edit));
    }
    let value = value_at(&document.value, &path.parent()?)?;
    let (below, column) = behind(text, document, &target, path)?;
    // A mapping that loses its only entry would be left empty.
    if value.as_object().is_none_or(|map| map.len() < 2) {
        return None;
    }
    let mut edits = [
        TextEdit::new(from.lines.start, from.lines.end, ""),
        insert(text, below, &shifted(lines, from.column, column)),
    ];
    crate::base::sort_by_key(&mut edits, |edit| edit.span.start);
    Some(Fix::new(FIX_MOVE, &[&title], TextEdit::joined(text, &edits)?))
}

/// Where a new entry of the mapping at `target` goes, and its column: behind the entry that holds
/// `near`, else behind the last.
fn behind(
    text: &str,
    document: &Document,
    target: &FieldPath,
    near: &FieldPath,
) -> Option<(usize, usize)> {
    let keys = value_at(&document.value, target)?.as_object()?;
    let spans = |name: &str| document.source_map.get(&target.field(name));
    let all = || keys.iter().filter_map(|(name, _)| spans(name));
    let first = all().filter_map(|s| s.key).min()?;
    let holding = match near.0.get(target.0.len()) {
        Some(PathStep::Field(name)) if near.0.starts_with(&target.0) => spans(name),
        _ => None,
    };
    let last = holding.or_else(|| all().max_by_key(|s| s.value.end))?;
    let start = line_start(text, first.start);
    // Behind a brace there are no lines.
    let block = text[start..first.start].bytes().all(|b| b == b' ' || b == b'-');
    block.then(|| (block_end(text, last), first.start - start))
}

/// The entry at `path` taken out.
pub fn removed(text: &str, document: &Document, path: &FieldPath) -> Option<Fix> {
    let lines = entry(text, document, path)?.lines;
    let name = name_of(path)?;
    Some(Fix::new(FIX_REMOVE, &[&name], TextEdit::new(lines.start, lines.end, "")))
}

/// The line of a key whose value is not used, if it is one line.
pub fn line(text: &str, key: Span) -> Option<Fix> {
    let (start, end) = (line_start(text, key.start), line_end(text, key.start));
    let column = key.start - start;
    let next = text[end..].lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let alone = text[start..key.start].bytes().all(|b| b == b' ');
    let one = super::lines::indent(next) <= column && !next.trim_start().starts_with("- ");
    let name = text.get(key.start..key.end)?;
    (alone && one).then(|| Fix::new(FIX_REMOVE, &[name], TextEdit::new(start, end, "")))
}

/// `name:` with a value, in the metadata.
pub fn name(text: &str, document: &Document, name: &str) -> Option<Fix> {
    let root = FieldPath::root();
    let metadata = root.field("metadata");
    let title = ["name: ", name].concat();
    let edit = match document.source_map.get(&metadata) {
        None => {
            let spec = document.source_map.get(&root.field("spec")).and_then(|s| s.key);
            let at = spec.map_or(block_end_of(text, document), |key| key.start);
            insert(text, at, &["metadata:\n  ", &title, "\n"].concat())
        }
        Some(_) if document.value["metadata"].is_object() => {
            let (_, column) = behind(text, document, &metadata, &metadata)?;
            let first = document.source_map.get(&metadata)?.value.start;
            let at = line_start(text, first);
            insert(text, at, &[&" ".repeat(column), title.as_str(), "\n"].concat())
        }
        Some(spans) => {
            let at = line_end(text, spans.key?.start);
            insert(text, at, &["  ", &title, "\n"].concat())
        }
    };
    Some(Fix::new(FIX_ADD, &[&title], edit))
}

fn block_end_of(text: &str, document: &Document) -> usize {
    let end = document.span.end;
    line_end(text, end.saturating_sub(usize::from(text[..end].ends_with('\n'))))
}

/// `apiVersion` and `kind`, where the rest tells them.
pub fn kind(text: &str, document: &Document) -> Option<Fix> {
    let schema = Schema::load();
    let (version, kind) = match (document.api_version.as_str(), document.kind.as_str()) {
        ("", "") => guess(&document.value, "")?,
        ("", kind) => *schema.kinds().iter().find(|(_, k)| *k == kind)?,
        (version, _) => guess(&document.value, version)?,
    };
    let mut lines = String::new();
    if document.api_version.is_empty() {
        lines += &["apiVersion: ", version, "\n"].concat();
    }
    if document.kind.is_empty() {
        lines += &["kind: ", kind, "\n"].concat();
    }
    let title = lines.trim_end().replace('\n', ", ");
    Some(Fix::new(FIX_ADD, &[&title], insert(text, line_start(text, document.span.start), &lines)))
}

/// The kind that an object looks like.
fn guess(value: &Value, version: &str) -> Option<(&'static str, &'static str)> {
    let spec = &value["spec"];
    let kind = match version {
        "" | "v1" if spec["containers"].is_array() => "Pod",
        "" | "v1" if spec["ports"].is_array() => "Service",
        "apps/v1" if spec["template"].is_object() && spec["serviceName"].is_null() => "Deployment",
        "batch/v1" if spec["template"].is_object() => "Job",
        "batch/v1" if spec["jobTemplate"].is_object() => "CronJob",
        _ => return None,
    };
    kinds::all(&Schema::load()).find(|(_, k)| *k == kind)
}

/// An entry put into the mapping at `owner`: before its first one, or behind its last.
pub fn added(
    text: &str,
    document: &Document,
    owner: &FieldPath,
    lines: &str,
    first: bool,
) -> Option<Fix> {
    let (at, column) = behind(text, document, owner, owner)?;
    let title = lines.lines().next().unwrap_or_default().to_string();
    let deeper = shifted(lines, 0, column);
    let edit = match first {
        false => insert(text, at, &deeper),
        true => {
            let at = document.source_map.get(owner)?.value.start;
            TextEdit::new(
                at,
                at,
                [deeper.trim_start_matches(' '), "\n", &" ".repeat(column)].concat(),
            )
        }
    };
    Some(Fix::new(FIX_ADD, &[&title], edit))
}

fn name_of(path: &FieldPath) -> Option<String> {
    match path.0.last()? {
        PathStep::Field(name) | PathStep::Key(name) => Some(name.clone()),
        PathStep::Index(_) => None,
    }
}

fn value_at<'v>(value: &'v Value, path: &FieldPath) -> Option<&'v Value> {
    path.0.iter().try_fold(value, |value, step| match step {
        PathStep::Field(name) | PathStep::Key(name) => value.get(name.as_str()),
        PathStep::Index(index) => value.get(*index),
    })
}
