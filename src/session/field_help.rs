//! What is known of the field at a place of the text.

use super::make::field::level;
use super::manifest::template_of;
use super::view::FieldView;
use super::{knobs, not_simulated};
use crate::api::defaults;
use crate::base::json::Value;
use crate::base::{FieldPath, PathStep, Span};
use crate::manifest::schema::{Field, Schema, Shape, TypeCode};
use crate::manifest::{self, Document, Reading, json};

/// The field at byte `offset` of `text`; `None` where no known field stands.
///
/// It reads the text anew, about a millisecond for 300 lines: ask when someone looks.
pub fn at(text: &str, offset: usize) -> Option<FieldView> {
    of(text, &manifest::read(text), offset)
}

/// The same, of a text that was read.
pub fn of(text: &str, reading: &Reading, offset: usize) -> Option<FieldView> {
    let before = text.get(..offset)?;
    // On an empty line, and behind the end of one, it is the field before.
    let blank = text[offset..].chars().next().is_none_or(char::is_whitespace);
    let offset = if blank { before.trim_end().len() } else { offset };
    let holds = |d: &&Document| d.span.start <= offset && offset <= d.span.end;
    let document = reading.documents.iter().find(holds)?;
    let schema = Schema::load();
    let kind = schema.kind(&document.api_version, &document.kind)?;
    let path = document.source_map.path_at(offset);
    let (path, owner, field) = walk(&schema, kind, &path)?;
    let of = |p: &FieldPath| path.0.starts_with(&p.0);
    let spans = document.source_map.get(&path)?;
    let name = |at: &FieldPath| container_name(document, at);
    Some(FieldView {
        level: level(of_pod(&document.kind, &path.to_string()).as_ref(), name),
        knob: knobs::knob(owner, field.name, text, spans.value),
        span: Span::new(spans.key.unwrap_or(spans.value).start, spans.value.end),
        rules: Vec::new(),
        records: Vec::new(),
        owner: owner.to_string(),
        name: field.name.to_string(),
        of_type: field.code.go_type(),
        required: field.required,
        values: field.code.values().collect(),
        default: default(document, &path),
        not_simulated: not_simulated::fields(&document.value).iter().any(of),
        path: path.to_string(),
    })
}

/// A field of an object of this kind as its Pods have it; `None` if it is not theirs.
pub fn of_pod(kind: &str, path: &str) -> Option<FieldPath> {
    match template_of(kind) {
        _ if kind == "Pod" => Some(FieldPath::parse(path)),
        Some(template) => path.strip_prefix(template).map(FieldPath::parse),
        None => None,
    }
}

/// The name of the container at the path of a Pod.
fn container_name(document: &Document, at: &FieldPath) -> String {
    let template = template_of(&document.kind).unwrap_or_default();
    let path = FieldPath::parse(&[template, &at.to_string()].concat());
    let found = path.0.iter().try_fold(&document.value, |value, step| match step {
        PathStep::Field(name) | PathStep::Key(name) => value.get(name.as_str()),
        PathStep::Index(index) => value.get(*index),
    });
    let name = found.and_then(|container| container["name"].as_str());
    name.unwrap_or_default().to_string()
}

/// The last field on `path` that the schema has, with its path and the type that has it.
fn walk(
    schema: &Schema,
    kind: &'static str,
    path: &FieldPath,
) -> Option<(FieldPath, &'static str, Field)> {
    let mut found = None;
    let (mut owner, mut code): (&'static str, Option<TypeCode>) = (kind, None);
    for (nth, step) in path.0.iter().enumerate() {
        code = match (code.map(TypeCode::shape), step) {
            (Some(Shape::List(item)), PathStep::Index(_)) => Some(item),
            (Some(Shape::Map(item)), PathStep::Field(_) | PathStep::Key(_)) => Some(item),
            (shape, PathStep::Field(name)) => {
                if let Some(Shape::Object(inner)) = shape {
                    owner = inner;
                } else if nth > 0 {
                    break;
                }
                let Some(field) = schema.field(owner, name) else { break };
                found = Some((FieldPath(path.0[..=nth].to_vec()), owner, field));
                Some(field.code)
            }
            _ => break,
        };
    }
    found
}

/// What the API server fills in when the field is left out of this very document.
fn default(document: &Document, path: &FieldPath) -> String {
    let mut value = document.value.clone();
    let Some((PathStep::Field(name), above)) = path.0.split_last() else { return String::new() };
    let owner = above.iter().try_fold(&mut value, |value, step| match step {
        PathStep::Field(name) | PathStep::Key(name) => value.get_mut(name.as_str()),
        PathStep::Index(index) => value.get_mut(*index),
    });
    let Some(owner) = owner.and_then(Value::as_object_mut) else { return String::new() };
    owner.remove(name);
    defaults::fill(&mut value, "xxxxx");
    let filled = above.iter().try_fold(&value, |value, step| match step {
        PathStep::Field(name) | PathStep::Key(name) => value.get(name.as_str()),
        PathStep::Index(index) => value.get(*index),
    });
    let filled = filled.and_then(|owner| owner.get(name)).filter(|v| !v.is_null());
    filled.map(json::print).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {app: web}\nspec:\n  \
        activeDeadlineSeconds: 5\n  containers:\n  - name: app\n    image: nginx\n    \
        imagePullPolicy: Never\n    livenessProbe:\n      tcpSocket: {port: 80}\n      \
        periodSeconds: 3\n    foo: 1\n";

    fn check(word: &str) -> FieldView {
        at(TEXT, TEXT.find(word).expect("it is there")).unwrap_or_default()
    }

    #[test]
    fn a_field_tells_its_type_its_values_and_its_default() {
        let policy = check("imagePullPolicy");
        assert_eq!(policy.path, "spec.containers[0].imagePullPolicy");
        assert_eq!(
            (policy.owner.as_str(), policy.of_type.as_str()),
            ("Container", "v1.PullPolicy")
        );
        assert_eq!(policy.values, ["Always", "IfNotPresent", "Never"]);
        assert_eq!(policy.default, "\"Always\"", "the tag is latest");
        let period = check("periodSeconds");
        assert_eq!((period.default.as_str(), period.owner.as_str()), ("10", "Probe"));
        assert!(check("app\n").required && !period.required);
    }

    #[test]
    fn a_place_inside_a_map_is_told_as_the_map_and_an_unknown_field_as_what_holds_it() {
        assert_eq!(check("app: web").path, "metadata.labels");
        assert_eq!(check("foo").path, "spec.containers");
        assert_eq!(at("a: [", 2), None);
        assert_eq!(at("", 0), None);
        assert_eq!(at(TEXT, TEXT.len()).map(|f| f.name), Some("containers".to_string()));
    }
}
