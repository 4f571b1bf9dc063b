//! What the page's editor is made of: the bundle fits its sources, the words fit the schema.

use lifepod::base::json::{Value, parse};
use lifepod::manifest::schema::{Schema, Shape, TypeCode};
use lifepod::rules::Rule;
use std::fs;

fn text(path: &str) -> String {
    let file = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// FNV-1a, as `tools/editor/build.mjs` sums names and texts up.
fn sum(names: &[String]) -> u64 {
    names.iter().fold(0xcbf2_9ce4_8422_2325, |sum, name| {
        let all = [name, "\0", &text(&format!("tools/editor/{name}")), "\0"].concat();
        all.bytes().fold(sum, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    })
}

#[test]
fn the_editors_bundle_is_made_of_the_sources_that_are_here() {
    let mut names =
        vec!["build.mjs".to_string(), "package-lock.json".into(), "package.json".into()];
    let folder = format!("{}/tools/editor/src", env!("CARGO_MANIFEST_DIR"));
    let mut sources: Vec<String> = fs::read_dir(folder)
        .expect("the sources are here")
        .map(|entry| format!("src/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .collect();
    sources.sort();
    names.extend(sources);
    let recorded = text("static/editor/sources.txt");
    assert_eq!(
        format!("{:016x}\n", sum(&names)),
        recorded,
        "run `npm ci && node build.mjs` in tools/editor"
    );
    assert!(text("static/editor/editor.js").contains("lifepod-editor"));
    let licences = text("static/editor/LICENSES.txt");
    assert!(licences.contains("@codemirror/view") && licences.contains("@lezer/yaml"));
    assert!(!text("tools/editor/package-lock.json").contains("\"resolved\""));
}

fn words(lang: &str) -> Value {
    parse(&text(&format!("static/docs/fields.{lang}.json"))).expect("it is JSON")
}

#[test]
fn our_words_on_fields_are_of_fields_that_there_are_and_in_both_languages() {
    let (schema, en, zh) = (Schema::load(), words("en"), words("zh"));
    let mut count = 0;
    for (owner, fields) in en.as_object().expect("types") {
        for (name, text) in fields.as_object().expect("fields") {
            assert!(schema.field(owner, name).is_some(), "{owner} has no {name}");
            let other = zh[owner][name].as_str().unwrap_or_default();
            assert!(!text.as_str().unwrap_or_default().is_empty(), "{owner}.{name}");
            assert!(other.chars().any(|c| c > '\u{2e80}'), "{owner}.{name}: {other}");
            count += 1;
        }
    }
    assert!(count > 120, "only {count}");
    let of = |value: &Value| value.as_object().map_or(0, |map| map.keys().count());
    assert_eq!(of(&en), of(&zh));
}

/// Type and name of the field at the end of a path below one of these types.
fn field(schema: &Schema, first: &str, path: &str) -> Option<(String, String)> {
    let mut owner = first.to_string();
    let mut found = None;
    for name in path.split('.') {
        let field = schema.field(&owner, name)?;
        found = Some((owner.clone(), name.to_string()));
        let inner = |code: TypeCode| match code.shape() {
            Shape::List(item) => item,
            _ => code,
        };
        if let Shape::Object(name) = inner(field.code).shape() {
            owner = name.to_string();
        }
    }
    found
}

#[test]
fn fields_that_a_rule_reads_are_described_in_our_words() {
    let (schema, en) = (Schema::load(), words("en"));
    let mut missing: Vec<String> = Vec::new();
    for path in Rule::ALL.iter().flat_map(|rule| rule.info().fields) {
        let plain = path.replace("{probe}", "livenessProbe");
        let (first, rest) = match plain.strip_prefix("{c}") {
            Some("") => ("Pod", "spec.containers"),
            Some(rest) => ("Container", &rest[1..]),
            None => ("Pod", plain.as_str()),
        };
        // Map keys such as `limits.memory` end at the map.
        let rest = rest.strip_suffix(".memory").or(rest.strip_suffix(".cpu")).unwrap_or(rest);
        let kinds = [first, "Container", "Deployment", "Job"];
        let Some((owner, name)) = kinds.iter().find_map(|kind| field(&schema, kind, rest)) else {
            continue;
        };
        if en[&owner][&name].as_str().is_none() {
            missing.push(format!("{owner}.{name}"));
        }
    }
    missing.sort();
    missing.dedup();
    assert_eq!(missing, Vec::<String>::new());
}
