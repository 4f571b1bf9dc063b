//! `kubectl explain`: the fields of a kind, from the API server's schema.

use super::targets::kind;
use crate::api::print::Kind;
use crate::api::print::tabs::{Gap, align};
use crate::api::query::Answer;
use crate::manifest::schema::{Field, Schema, Shape, TypeCode};

/// What is told of `pods.spec.containers`. The texts of fields are no part of the program: the
/// page shows them at the field in the editor.
pub fn explain(words: &[String]) -> Result<Answer, String> {
    let names: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    let [path] = names.as_slice() else {
        return Err("error: You must specify the type of resource to explain. Use \"kubectl \
                    api-resources\" for a complete list of supported resources.\n"
            .into());
    };
    let (name, fields) = path.split_once('.').unwrap_or((path, ""));
    let kind = kind(name)?;
    let schema = Schema::load();
    let Some(mut owner) = schema.kind(kind.version, kind.kind) else {
        return Err(format!("error: couldn't find resource for {:?}\n", kind.version));
    };
    let mut found = None;
    for step in fields.split('.').filter(|step| !step.is_empty()) {
        let Some(field) = schema.field(owner, step) else {
            return Err(format!("error: field {step:?} does not exist\n"));
        };
        owner = object_of(field.code).unwrap_or_default();
        found = Some(field);
    }
    Ok(Answer { out: tell(kind, found, owner, &schema), ..Answer::default() })
}

/// The type of the objects in a field, in its list or its map.
fn object_of(code: TypeCode) -> Option<&'static str> {
    match code.shape() {
        Shape::Object(name) => Some(name),
        Shape::List(item) | Shape::Map(item) => object_of(item),
        _ => None,
    }
}

/// Source: kubectl explain/v2/templates/plaintext.tmpl
fn tell(kind: &Kind, found: Option<Field>, owner: &str, schema: &Schema) -> String {
    let mut text = String::new();
    let (group, version) = kind.version.split_once('/').unwrap_or(("", kind.version));
    if !group.is_empty() {
        text.push_str(&["GROUP:\t", group, "\n"].concat());
    }
    text.push_str(&["KIND:\t", kind.kind, "\nVERSION:\t", version, "\n"].concat());
    let mut text = align(&text, Gap { least: 12, padding: 1 });
    if let Some(field) = found {
        text.push_str(&["\nFIELD: ", field.name, " <", &typed(field.code), ">\n"].concat());
        let values: Vec<&str> = field.code.values().collect();
        if !values.is_empty() {
            text.push_str(&["ENUM:\n    ", &values.join("\n    "), "\n"].concat());
        }
    }
    text.push_str(
        "\nDESCRIPTION:\n    <not in Lifepod's kubectl: look at the field in the editor>\n",
    );
    let line = |f: Field| {
        let needed = if f.required { " -required-" } else { "" };
        ["  ", f.name, "\t<", &typed(f.code), ">", needed, "\n"].concat()
    };
    let fields: String = schema.fields(owner).map(line).collect();
    if !fields.is_empty() {
        text.push_str("\nFIELDS:\n");
        text.push_str(&fields);
    }
    text
}

/// A type in explain's words: `[]Container`, `map[string]string`, `integer`.
fn typed(code: TypeCode) -> String {
    match code.shape() {
        Shape::Text | Shape::Bytes | Shape::Quantity | Shape::Time => "string".into(),
        Shape::Bool => "boolean".into(),
        Shape::Int32 | Shape::Int64 => "integer".into(),
        Shape::IntOrString => "IntOrString".into(),
        Shape::Any => "Object".into(),
        Shape::Object(name) => name.into(),
        Shape::List(item) => ["[]", &typed(item)].concat(),
        Shape::Map(item) => ["map[string]", &typed(item)].concat(),
    }
}
