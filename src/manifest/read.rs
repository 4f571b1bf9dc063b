//! The one door: text to documents and diagnostics.

use crate::base::json::Value;

use super::diagnostic::{Diagnostic, ProblemKind, Severity};
use super::examine::{changed, examine};
use super::json::{self, convert};
use super::kinds;
use super::schema::Schema;
use super::source_map::SourceMap;
use crate::base::{FieldPath, Span, sort_by_key};
use crate::yaml::limits::{MAX_DOCUMENTS, MAX_TEXT_BYTES};
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
    same_names(&schema, &mut reading);
    sort_by_key(&mut reading.diagnostics, |d| (d.span.start, d.span.end));
    reading
}

/// Objects of one kind and name: kubectl applies the later one over the earlier.
fn same_names(schema: &Schema, reading: &mut Reading) {
    let path = FieldPath::parse("metadata.name");
    let mut seen: Vec<(String, &str, Span, &Document)> = Vec::new();
    for document in &reading.documents {
        let (version, kind) = (&document.api_version, &document.kind);
        if document.name.is_empty() || kinds::mapped(schema, version, kind).is_none() {
            continue;
        }
        let name = kinds::answer_name(&document.api_version, &document.kind, &document.name);
        let namespace = document.namespace.as_deref().unwrap_or("default");
        let Some(place) = document.source_map.get(&path).map(|s| s.value) else { continue };
        match seen.iter().find(|(n, ns, ..)| *n == name && *ns == namespace) {
            Some((_, _, first, earlier)) => {
                let kind = ProblemKind::SameName { name, first: *first };
                reading.diagnostics.push(Diagnostic::new(place, Some(path.clone()), kind));
                reading.diagnostics.extend(changed(earlier, document));
            }
            None => seen.push((name, namespace, place, document)),
        }
    }
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
    for document in items_of_list(schema, document) {
        examine(schema, &document, &mut reading.diagnostics);
        if document.value.is_object() {
            reading.documents.push(document);
        }
    }
}

/// The objects in a list, as kubectl takes it apart, or the document itself.
fn items_of_list(schema: &Schema, list: Document) -> Vec<Document> {
    let item_kind = kinds::of_items(schema, &list.api_version, &list.kind);
    let (Some(kind), Some(items)) = (item_kind, list.value.get("items")) else {
        return vec![list];
    };
    let path = FieldPath::root().field("items");
    let one = |(i, item): (usize, &Value)| {
        let map = list.source_map.at(&path.index(i)).cloned().unwrap_or_default();
        let span = map.get(&FieldPath::root()).map_or(list.span, |s| s.value);
        items_of_list(schema, document(json::item(item, &list.api_version, kind), map, span))
    };
    items.as_array().into_iter().flatten().enumerate().flat_map(one).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Lang, Texts};

    fn messages(text: &str) -> Vec<String> {
        let (reading, texts) = (read(text), Texts::compiled(Lang::En));
        reading.diagnostics.iter().map(|d| d.message().tell(&texts)).collect()
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
        let other = POD.replace("web", "other");
        let text = format!("{POD}---\na: [\n---\n# nothing\n---\n{other}");
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
