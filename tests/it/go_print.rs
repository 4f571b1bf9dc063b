//! The table by which Pod templates are printed for their hash, against the API server's schemas.

use lifepod::engine::controllers::go_print::{TYPES, fields_of, type_name};
use lifepod::manifest::schema::Schema;
use std::collections::{BTreeMap, BTreeSet};

/// Fields by the API's name, with Go's type without `*`; embedded structs are opened.
fn of_table(name: &str) -> BTreeMap<String, String> {
    let each = fields_of(name).flat_map(|(_, api, code)| match api.is_empty() {
        true => of_table(&code[1..]),
        false => [(api, type_name(code.trim_start_matches('*')))].into(),
    });
    each.collect()
}

/// Names of types that the schemas tell as plain text or numbers only.
const PLAIN: [(&str, &str); 4] = [
    ("types.UID", "string"),
    ("v1.Time", "string"),
    ("intstr.IntOrString", "int32"),
    ("v1.ResourceList", "v1.ResourceList"),
];

#[test]
fn the_printed_fields_are_those_of_the_api() {
    let schema = Schema::load();
    let names: BTreeSet<&str> = TYPES.lines().filter_map(|line| line.split('\t').next()).collect();
    let mut checked = 0;
    for name in names {
        let known: BTreeMap<String, String> =
            schema.fields(name).map(|f| (f.name.to_string(), f.code.go_type())).collect();
        if known.is_empty() {
            // Embedded in another, which is checked with it.
            assert!(["ProbeHandler", "VolumeSource"].contains(&name), "{name}");
            continue;
        }
        let ours = of_table(name);
        assert_eq!(ours.keys().collect::<Vec<_>>(), known.keys().collect::<Vec<_>>(), "{name}");
        for (field, ours) in &ours {
            let plain = PLAIN.iter().find(|(go, _)| go == ours).map_or(&**ours, |(_, p)| p);
            // The schemas do not name every type of strings.
            let text = known[field].trim_start_matches("[]") == "string";
            let same = plain == known[field] || text && plain.contains("v1.");
            assert!(same, "{name}.{field}: {ours}, {}", known[field]);
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked}");
}
