//! What is wrong with one document beyond its text: its kind, its fields, their values.

use crate::base::json::Value;

use super::decode::{Finding, FindingKind, decode};
use super::diagnostic::{Diagnostic, ProblemKind, Severity};
use super::kinds;
use super::read::Document;
use super::schema::Schema;
use crate::api::defaults;
use crate::api::validate::{self, ErrorKind, FieldError};
use crate::base::{FieldPath, PathStep};
use crate::yaml::limits::MAX_FINDINGS;

/// Everything about one document beyond its text: its kind, its fields, its values.
pub(super) fn examine(schema: &Schema, document: &Document, out: &mut Vec<Diagnostic>) {
    let whole = document.source_map.head(&FieldPath::root());
    if !document.value.is_object() {
        let found = super::decode::type_word(&document.value);
        out.push(Diagnostic::new(whole, None, ProblemKind::NotAnObject(found)));
        return;
    }
    for (field, text, kind) in [
        ("apiVersion", &document.api_version, ProblemKind::NoApiVersion),
        ("kind", &document.kind, ProblemKind::NoKind),
    ] {
        if text.is_empty() {
            let path = FieldPath::root().field(field);
            let span = document.source_map.head(&path);
            out.push(Diagnostic::new(span, Some(path), kind));
        }
    }
    if document.api_version.is_empty() || document.kind.is_empty() {
        return;
    }
    let (api_version, kind) = (document.api_version.as_str(), document.kind.as_str());
    match schema.kind(api_version, kind) {
        Some(kind) => examine_kind(schema, document, kind, out),
        None if kinds::is_taken_as_written(kind) => {}
        None if kinds::is_not_modelled(api_version, kind) => {
            let path = FieldPath::root().field("kind");
            out.push(at_value(document, path, ProblemKind::NotModelled(kind.to_string())));
        }
        None => out.push(unknown_kind(schema, document)),
    }
}

fn examine_kind(
    schema: &Schema,
    document: &Document,
    kind: &'static str,
    out: &mut Vec<Diagnostic>,
) {
    let before = out.len();
    let findings = decode(schema, kind, &document.value);
    if document.name.is_empty() {
        out.extend(nameless(document, &findings));
    }
    let refused: Vec<FieldPath> = findings.iter().map(|f| f.path.clone()).collect();
    let meant: Vec<FieldPath> = findings.iter().flat_map(meant).collect();
    for finding in findings {
        out.push(found(document, finding));
    }
    let mut stored = document.value.clone();
    for path in &refused {
        let lost = is_annotation(path).then(|| FieldPath::parse("metadata.annotations"));
        if let Some(value) = value_at_mut(&mut stored, lost.as_ref().unwrap_or(path)) {
            *value = Value::Null;
        }
    }
    defaults::fill(&mut stored, "xxxxx");
    for error in validated(&stored, &refused, &meant) {
        out.push(invalid(document, error));
    }
    if out[before..].iter().all(|d| d.severity == Severity::Warning) {
        out.extend(validate::warnings(&stored).into_iter().map(|words| warned(document, &words)));
    }
}

/// What the API server refuses of the change when `later` is applied over `earlier`.
pub(super) fn changed(earlier: &Document, later: &Document) -> Vec<Diagnostic> {
    let stored = |document: &Document| {
        let mut stored = document.value.clone();
        defaults::fill(&mut stored, "xxxxx");
        stored
    };
    let (old, new) = (stored(earlier), stored(later));
    let anyway = validate::object(&new);
    let errors = validate::update(&old, &new).into_iter().filter(|e| !anyway.contains(e));
    errors.map(|error| invalid(later, error)).collect()
}

/// An object without a name, unless what stands there is told already.
fn nameless(document: &Document, findings: &[Finding]) -> Option<Diagnostic> {
    let name = FieldPath::parse("metadata.name");
    if findings.iter().any(|f| name.0.starts_with(&f.path.0) || meant(f).contains(&name)) {
        return None;
    }
    match document.value["metadata"]["generateName"].as_str() {
        Some(prefix) => {
            let kind = ProblemKind::GenerateName(prefix.to_string());
            Some(at_key(document, FieldPath::parse("metadata.generateName"), kind))
        }
        None => Some(at_key(document, name, ProblemKind::NoName)),
    }
}

/// A warning of the API server; most begin with the path of a field.
fn warned(document: &Document, words: &str) -> Diagnostic {
    let (path, rest) = words.split_once(": ").filter(|(p, _)| !p.contains(' ')).unzip();
    let path = path.map_or_else(FieldPath::root, FieldPath::parse);
    at_value(document, path, ProblemKind::Warned(rest.unwrap_or(words).to_string()))
}

fn is_annotation(path: &FieldPath) -> bool {
    path.0.starts_with(&FieldPath::parse("metadata.annotations").0)
}

/// The fields that an unknown one was meant to be.
fn meant(finding: &Finding) -> Vec<FieldPath> {
    let FindingKind::UnknownField(unknown) = &finding.kind else { return Vec::new() };
    let mut meant = unknown.elsewhere.clone();
    if let (Some(nearest), Some(owner)) = (unknown.nearest, finding.path.parent()) {
        meant.push(owner.field(nearest));
    }
    meant
}

/// What validation has to say about the fields that decoding has not refused. A field that is
/// missing only because it is misspelt (one of `meant`) is not told twice.
fn validated(stored: &Value, refused: &[FieldPath], meant: &[FieldPath]) -> Vec<FieldError> {
    let (volumes, name) = (FieldPath::parse("spec.volumes"), FieldPath::parse("metadata.name"));
    let told = |error: &FieldError| {
        let steps = &error.path.0;
        let about = |p: &FieldPath| p.0.starts_with(steps) || steps.starts_with(&p.0);
        // A mount may name a volume that could not be read.
        let lost = |p: &FieldPath| error.kind == ErrorKind::NotFound && p.0.starts_with(&volumes.0);
        refused.iter().any(|p| about(p) || lost(p))
            || error.kind == ErrorKind::Required
                && (meant.contains(&error.path) || error.path == name)
    };
    let errors = validate::object(stored).into_iter().filter(|e| !told(e));
    errors.take(MAX_FINDINGS).collect()
}

fn found(document: &Document, finding: Finding) -> Diagnostic {
    if is_annotation(&finding.path) {
        return at_value(document, finding.path, ProblemKind::LostAnnotations);
    }
    let kind = match finding.kind {
        FindingKind::UnknownField(unknown) => {
            return at_key(document, finding.path, ProblemKind::UnknownField(unknown));
        }
        FindingKind::WrongType(wrong) => ProblemKind::WrongType(wrong),
        FindingKind::BadQuantity => ProblemKind::BadQuantity,
        FindingKind::BadTime(_) => ProblemKind::BadTime,
        FindingKind::BadBase64(_) => ProblemKind::BadBase64,
    };
    at_value(document, finding.path, kind)
}

fn at_key(document: &Document, path: FieldPath, kind: ProblemKind) -> Diagnostic {
    let span = document.source_map.head(&path);
    Diagnostic::new(span, Some(path), kind)
}

/// At the value of a scalar; at the key of anything longer, and of a field that is missing at
/// the key of what should have it.
fn at_value(document: &Document, path: FieldPath, kind: ProblemKind) -> Diagnostic {
    let is_scalar =
        value_at(&document.value, &path).is_some_and(|v| !v.is_object() && !v.is_array());
    let spans = document.source_map.get(&path).filter(|s| is_scalar && s.value.start < s.value.end);
    match spans {
        Some(spans) => Diagnostic::new(spans.value, Some(path), kind),
        None => at_key(document, path, kind),
    }
}

/// At the field that a refusal names or, where that is a whole collection, at the one part of
/// it that the refusal quotes: upstream names `metadata.labels` when one label is wrong.
fn invalid(document: &Document, error: FieldError) -> Diagnostic {
    let path = error.path.clone();
    let quoted = document.source_map.at(&path).zip(value_at(&document.value, &path));
    let mut places = Vec::new();
    if let Some((map, value)) = quoted.filter(|_| error.bad_value.is_string()) {
        map.quoting(value, &error.bad_value, &mut places);
    }
    match places[..] {
        [place] => Diagnostic::new(place, Some(path), ProblemKind::Invalid(error)),
        _ => at_value(document, path, ProblemKind::Invalid(error)),
    }
}

/// The value at `path` of `value`.
fn value_at<'v>(value: &'v Value, path: &FieldPath) -> Option<&'v Value> {
    path.0.iter().try_fold(value, |value, step| match step {
        PathStep::Field(name) | PathStep::Key(name) => value.get(name.as_str()),
        PathStep::Index(index) => value.get(*index),
    })
}

fn value_at_mut<'v>(value: &'v mut Value, path: &FieldPath) -> Option<&'v mut Value> {
    path.0.iter().try_fold(value, |value, step| match step {
        PathStep::Field(name) | PathStep::Key(name) => value.get_mut(name.as_str()),
        PathStep::Index(index) => value.get_mut(*index),
    })
}

/// A kind that the cluster does not have, with what is known of it.
fn unknown_kind(schema: &Schema, document: &Document) -> Diagnostic {
    let (api_version, kind) = (document.api_version.clone(), document.kind.clone());
    let is_version = |text: &str| kinds::all(schema).any(|(v, _)| v.eq_ignore_ascii_case(text));
    let is_kind = |text: &str| kinds::all(schema).any(|(_, k)| k.eq_ignore_ascii_case(text));
    let (field, problem) = if let Some(gone) = kinds::gone(&api_version, &kind) {
        let field = if gone.now.is_some() { "apiVersion" } else { "kind" };
        (field, ProblemKind::GoneKind { api_version, kind, gone })
    } else if is_version(&kind) && is_kind(&api_version) {
        ("kind", ProblemKind::Swapped { api_version, kind })
    } else {
        let meant = kinds::meant(schema, &api_version, &kind);
        let field = if meant.is_some_and(|(_, k)| k == kind) { "apiVersion" } else { "kind" };
        (field, ProblemKind::UnknownKind { api_version, kind, meant })
    };
    at_value(document, FieldPath::root().field(field), problem)
}
