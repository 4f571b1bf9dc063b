//! A class is dressed in one sheet: two sheets that give one name two looks dress each other's
//! elements.

use std::collections::BTreeMap;

/// The classes that stand alone before a block outside of every `@` block, one a rule.
fn dressed(sheet: &str) -> Vec<String> {
    let (mut found, mut depth, mut selector) = (Vec::new(), 0_usize, String::new());
    for part in without_comments(sheet).chars() {
        match part {
            '{' => {
                if depth == 0 {
                    found.extend(selector.split(',').filter_map(alone));
                }
                depth += 1;
                selector.clear();
            }
            '}' => {
                depth = depth.saturating_sub(1);
                selector.clear();
            }
            other => selector.push(other),
        }
    }
    found
}

/// `x` of `.x`.
fn alone(selector: &str) -> Option<String> {
    let class = selector.trim().strip_prefix('.')?;
    let plain = class.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then(|| class.to_owned())
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("*/").map_or("", |(_, after)| after))
}

/// Classes that more than one of the sheets dresses.
pub fn dressed_twice(sheets: &[(String, String)]) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, text) in sheets {
        for class in dressed(text) {
            let paths = places.entry(class).or_default();
            if !paths.contains(&path.as_str()) {
                paths.push(path);
            }
        }
    }
    let twice = places.into_iter().filter(|(_, paths)| paths.len() > 1);
    twice.map(|(class, paths)| format!(".{class} is dressed in {}", paths.join(" and "))).collect()
}

#[test]
fn a_planted_name_is_found() {
    let sheet = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let one = sheet("a.css", "/* .y {} */ .x, .z { color: red; }\n.w .x { top: 0; }");
    let clash = sheet("b.css", ".x { color: blue; }");
    let none = sheet("c.css", ".y { top: 0; } @media print { .x { top: 0; } } .z.on { top: 0; }");
    assert_eq!(dressed_twice(&[one.clone(), clash]), [".x is dressed in a.css and b.css"]);
    assert_eq!(dressed_twice(&[one, none]), Vec::<String>::new());
}
