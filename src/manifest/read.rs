//! The one door: text to documents and diagnostics.

use serde_json::Value;

use super::decode::{Finding, FindingKind, decode};
use super::diagnostic::{Diagnostic, ProblemKind, Severity};
use super::json::convert;
use super::kinds;
use super::schema::Schema;
use super::source_map::SourceMap;
use super::suggest;
use crate::api::defaults;
use crate::api::validate::{self, ErrorKind, FieldError};
use crate::base::{FieldPath, PathStep, Span, sort_by_key};
use crate::yaml::limits::{MAX_DOCUMENTS, MAX_FINDINGS, MAX_TEXT_BYTES};
use crate::yaml::problem::ProblemKind as TextProblem;
use crate::yaml::{self, Chunk};

/// What a text holds, and everything that is wrong with it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reading {
    /// The documents whose text could be read, in order, those with other errors included.
    pub documents: Vec<Document>,
    /// All problems of all documents, in order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// Whether anything is wrong that a cluster refuses.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// One object of a manifest.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// The JSON that kubectl sends: nothing filled in, nothing dropped.
    pub value: Value,
    /// `apiVersion`, empty if there is none.
    pub api_version: String,
    /// `kind`, empty if there is none.
    pub kind: String,
    /// `metadata.name`, empty if there is none.
    pub name: String,
    /// `metadata.namespace`.
    pub namespace: Option<String>,
    /// Its part of the text.
    pub span: Span,
    /// The place of every field.
    pub source_map: SourceMap,
}

/// Reads a manifest. Never fails: whatever the text, documents and diagnostics come back, and
/// the work is bounded.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    if text.len() > MAX_TEXT_BYTES {
        let span = yaml_start(text);
        let kind = ProblemKind::TooLarge { bytes: text.len() };
        reading.diagnostics.push(Diagnostic::new(span, None, kind));
        return reading;
    }
    let schema = Schema::load();
    for (n, chunk) in yaml::split(text).into_iter().enumerate() {
        if n == MAX_DOCUMENTS {
            let kind = ProblemKind::TooManyDocuments;
            reading.diagnostics.push(Diagnostic::new(chunk.span, None, kind));
            break;
        }
        read_chunk(&schema, text, chunk, &mut reading);
    }
    if reading.documents.is_empty() && reading.diagnostics.is_empty() {
        let span = yaml_start(text);
        reading.diagnostics.push(Diagnostic::new(span, None, ProblemKind::Empty));
    }
    sort_by_key(&mut reading.diagnostics, |d| (d.span.start, d.span.end));
    reading
}

fn yaml_start(text: &str) -> Span {
    let first = text.chars().next().map_or(0, char::len_utf8);
    Span::new(0, first)
}

fn read_chunk(schema: &Schema, text: &str, chunk: Chunk, reading: &mut Reading) {
    let (tree, problems) = yaml::parse(text, chunk);
    let broken = problems.iter().any(|p| p.kind.is_error());
    for problem in problems {
        let kind = text_problem(problem.kind);
        reading.diagnostics.push(Diagnostic::new(problem.span, None, kind));
    }
    if broken {
        return;
    }
    let converted = convert(&tree);
    for (span, kind) in converted.problems {
        reading.diagnostics.push(Diagnostic::new(span, None, kind));
    }
    if converted.value.is_null() {
        return;
    }
    let span = converted.source_map.get(&FieldPath::root()).map_or(chunk.span, |s| s.value);
    let document = document(converted.value, converted.source_map, span);
    for document in items_of_list(document) {
        examine(schema, &document, &mut reading.diagnostics);
        if document.value.is_object() {
            reading.documents.push(document);
        }
    }
}

/// The objects in a `List`, as kubectl takes it apart, or the document itself.
fn items_of_list(list: Document) -> Vec<Document> {
    let is_list = list.api_version == "v1" && list.kind == "List";
    let Some(items) = list.value["items"].as_array().filter(|_| is_list) else {
        return vec![list];
    };
    let path = FieldPath::root().field("items");
    let one = |(i, item): (usize, &Value)| {
        let map = list.source_map.at(&path.index(i)).cloned().unwrap_or_default();
        let span = map.get(&FieldPath::root()).map_or(list.span, |s| s.value);
        document(item.clone(), map, span)
    };
    items.iter().enumerate().map(one).collect()
}

fn document(value: Value, source_map: SourceMap, span: Span) -> Document {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
    let metadata = &value["metadata"];
    Document {
        api_version: text(&value["apiVersion"]),
        kind: text(&value["kind"]),
        name: text(&metadata["name"]),
        namespace: metadata["namespace"].as_str().map(str::to_string),
        span,
        source_map,
        value,
    }
}

fn text_problem(kind: TextProblem) -> ProblemKind {
    match kind {
        TextProblem::Syntax(error) => ProblemKind::Syntax(error),
        TextProblem::UnknownAlias(name) => ProblemKind::UnknownAlias(name),
        TextProblem::AliasOfItself => ProblemKind::AliasOfItself,
        TextProblem::TooDeep => ProblemKind::TooDeep,
        TextProblem::TooManyNodes => ProblemKind::TooManyNodes,
        TextProblem::LostDocument => ProblemKind::LostDocument,
    }
}

/// Everything about one document beyond its text: its kind, its fields, its values.
fn examine(schema: &Schema, document: &Document, out: &mut Vec<Diagnostic>) {
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
    if document.name.is_empty()
        && let Some(name) = document.value["metadata"]["generateName"].as_str()
    {
        let path = FieldPath::parse("metadata.generateName");
        out.push(at_key(document, path, ProblemKind::GenerateName(name.to_string())));
    }
    let findings = decode(schema, kind, &document.value);
    let refused: Vec<FieldPath> = findings.iter().map(|f| f.path.clone()).collect();
    let meant: Vec<FieldPath> = findings.iter().flat_map(meant).collect();
    for finding in findings {
        out.push(found(document, finding));
    }
    for error in validated(document, &refused, &meant) {
        let path = error.path.clone();
        out.push(at_value(document, path, ProblemKind::Invalid(error)));
    }
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
fn validated(document: &Document, refused: &[FieldPath], meant: &[FieldPath]) -> Vec<FieldError> {
    let mut stored = document.value.clone();
    for path in refused {
        if let Some(value) = value_at_mut(&mut stored, path) {
            *value = Value::Null;
        }
    }
    defaults::fill(&mut stored, "xxxxx");
    let generated = document.value["metadata"]["generateName"].is_string();
    let (volumes, name) = (FieldPath::parse("spec.volumes"), FieldPath::parse("metadata.name"));
    let told = |error: &FieldError| {
        let steps = &error.path.0;
        let about = |p: &FieldPath| p.0.starts_with(steps) || steps.starts_with(&p.0);
        // A mount may name a volume that could not be read.
        let lost = |p: &FieldPath| error.kind == ErrorKind::NotFound && p.0.starts_with(&volumes.0);
        refused.iter().any(|p| about(p) || lost(p))
            || error.kind == ErrorKind::Required && meant.contains(&error.path)
            || generated && error.path == name
    };
    let errors = validate::object(&stored).into_iter().filter(|e| !told(e));
    errors.take(MAX_FINDINGS).collect()
}

fn found(document: &Document, finding: Finding) -> Diagnostic {
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

fn unknown_kind(schema: &Schema, document: &Document) -> Diagnostic {
    let same_kind = schema.kinds().iter().find(|(_, kind)| *kind == document.kind);
    let near = suggest::nearest(&document.kind, schema.kinds().iter().map(|(_, kind)| *kind));
    let near = near.and_then(|n| schema.kinds().iter().find(|(_, kind)| *kind == n));
    let kind = ProblemKind::UnknownKind {
        api_version: document.api_version.clone(),
        kind: document.kind.clone(),
        meant: same_kind.or(near).copied(),
    };
    let field = if same_kind.is_some() { "apiVersion" } else { "kind" };
    at_value(document, FieldPath::root().field(field), kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;

    fn messages(text: &str) -> Vec<String> {
        let reading = read(text);
        reading.diagnostics.iter().map(|d| d.message(Lang::En)).collect()
    }

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
        - name: app\n    image: busybox\n";

    #[test]
    fn a_sound_pod_has_no_diagnostics_and_all_its_fields_have_places() {
        let reading = read(POD);
        assert_eq!(reading.diagnostics, []);
        let document = &reading.documents[0];
        assert_eq!((document.kind.as_str(), document.name.as_str()), ("Pod", "web"));
        let path = FieldPath::parse("spec.containers[0].image");
        let spans = document.source_map.get(&path).expect("it is in the text");
        assert_eq!(&POD[spans.value.start..spans.value.end], "busybox");
        let missing = FieldPath::parse("spec.containers[0].livenessProbe.periodSeconds");
        let (near, _) = document.source_map.nearest(&missing).expect("its container is there");
        assert_eq!(near.to_string(), "spec.containers[0]");
        assert_eq!(document.source_map.path_at(spans.value.start), path);
    }

    #[test]
    fn several_documents_are_read_and_a_broken_one_hides_no_other() {
        let text = format!("{POD}---\na: [\n---\n# nothing\n---\n{POD}");
        let reading = read(&text);
        assert_eq!(reading.documents.len(), 2);
        assert_eq!(reading.diagnostics.len(), 1, "{:?}", reading.diagnostics);
        assert!(reading.has_errors());
    }

    #[test]
    fn an_empty_text_is_told_from_a_wrong_one() {
        for text in ["", "\n", "# nothing\n", "---\n---\n"] {
            assert_eq!(messages(text), ["there is no object here"], "{text:?}");
        }
        let scalar = "an object with `apiVersion` and `kind` is expected here, not text";
        assert_eq!(messages("hello"), [scalar]);
    }
}
