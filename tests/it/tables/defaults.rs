//! Defaults, field by field.

use super::{rows, text};
use lifepod::api::defaults;
use lifepod::base::json::{Value, json};
use lifepod::base::{FieldPath, PathStep};

/// Rows about a gate that stands otherwise in 1.36, and what is stored there instead at the
/// row's one path: for the first the gate is gone, for the others a real cluster stores only the
/// resizePolicy that it is given (see the recordings).
fn otherwise(row: &Value) -> Option<Value> {
    let given = &row["input"]["spec"]["containers"][0]["resizePolicy"];
    match text(row, "name") {
        "host port in a bare pod spec, hostNetwork True, template gate True" => Some(json!(0)),
        name if !name.starts_with("resize policy") => None,
        _ if given.is_null() => Some(json!("(absent)")),
        _ => Some(given.clone()),
    }
}

fn at<'v>(value: &'v Value, path: &FieldPath) -> Option<&'v Value> {
    path.0.iter().try_fold(value, |value, step| match step {
        PathStep::Field(name) | PathStep::Key(name) => value.get(name.as_str()),
        PathStep::Index(index) => value.get(*index),
    })
}

/// An object in which the parent of `path` exists, and nothing else.
fn with_parent(path: &[PathStep]) -> Value {
    match path {
        [] | [_] => json!({}),
        [PathStep::Field(name), PathStep::Index(_), rest @ ..] => {
            let inner = if rest.is_empty() { json!({}) } else { with_parent_of(rest) };
            json!({ name: [inner] })
        }
        [PathStep::Field(name), rest @ ..] => json!({ name: with_parent_of(rest) }),
        _ => json!({}),
    }
}

fn with_parent_of(rest: &[PathStep]) -> Value {
    with_parent(rest)
}

fn filled(row: &Value, object: Value) -> Value {
    let mut whole = match text(row, "object") {
        "PodTemplateSpec" => json!({"kind": "Deployment", "spec": {"template": object}}),
        // A bare spec is no object that one can apply; in a template it stands alone.
        "PodSpec" => json!({"kind": "Deployment", "spec": {"template": {"spec": object}}}),
        _ => object,
    };
    if whole["kind"].is_null() {
        whole["kind"] = json!("Pod");
    }
    defaults::fill(&mut whole, "abcde");
    match text(row, "object") {
        "PodTemplateSpec" => whole["spec"]["template"].clone(),
        "PodSpec" => whole["spec"]["template"]["spec"].clone(),
        _ => whole,
    }
}

/// Zero and absent are one where Go leaves zeros out.
fn agrees(got: Option<&Value>, want: &Value) -> bool {
    match (got, want) {
        (got, Value::Object(want)) => {
            want.iter().all(|(k, v)| agrees(got.and_then(|g| g.get(k)), v))
        }
        (None, want) => *want == json!(0) || *want == json!(false) || *want == "(absent)",
        (Some(got), want) => got == want,
    }
}

#[test]
fn every_field_gets_its_default() {
    let rows = rows(include_str!("../../tables/defaults.json"));
    let mut seen = 0;
    for row in rows.iter().filter(|r| text(r, "kind") == "field_default") {
        seen += 1;
        let path = FieldPath::parse(text(row, "path"));
        let mut object = with_parent(&path.0);
        let copied = row["expect"] == "(copied from resources.limits)";
        if copied {
            let list = text(row, "path").split(['.', '[']).nth(1).unwrap_or_default();
            object["spec"][list][0]["resources"]["limits"] = json!({"cpu": "1"});
        }
        let want = if copied { json!({"cpu": "1"}) } else { row["expect"].clone() };
        let got = filled(row, object);
        assert!(agrees(at(&got, &path), &want), "{}: {:?}", text(row, "name"), at(&got, &path));
    }
    assert!(seen > 100, "only {seen} rows");
}

#[test]
fn every_object_is_filled_in_as_its_row_says() {
    let rows = rows(include_str!("../../tables/defaults.json"));
    let (mut seen, mut others) = (0, 0);
    for row in rows.iter().filter(|r| text(r, "kind") == "object_default") {
        let name = text(row, "name");
        seen += 1;
        let got = filled(row, row["input"].clone());
        for (path, want) in row["expect"].as_object().expect("paths and values") {
            let found = at(&got, &FieldPath::parse(path));
            let other = otherwise(row);
            others += usize::from(other.is_some());
            let want = other.as_ref().unwrap_or(want);
            assert!(agrees(found, want), "{name}: {path}: {found:?}, want {want}");
        }
    }
    assert!(seen >= 30 && others <= 7, "{others} of {seen} rows stand otherwise");
}
