//! `-o jsonpath`: a template with paths into an object.
//!
//! Paths have names, `['names']`, indices, `*` and filters `?(@.a=="b")`. Slices and `..` are not
//! read. Source: client-go util/jsonpath

use crate::base::json::Value;

/// Fills a template: `{.a.b}`, `{"text"}`, `{range .items[*]}…{end}`.
pub fn fill(template: &str, object: &Value) -> String {
    let mut out = String::new();
    let whole =
        if template.contains('{') { template.to_string() } else { ["{", template, "}"].concat() };
    part(&whole, object, object, &mut out);
    out
}

/// The values at a path, with `by` between them.
pub fn values(path: &str, object: &Value, by: &str) -> String {
    let path = path.trim_matches(['{', '}']);
    at(path, object, object).iter().map(|value| text(value)).collect::<Vec<_>>().join(by)
}

/// Writes a template for an object; gives what is behind its `{end}`.
fn part<'t>(mut template: &'t str, object: &Value, root: &Value, out: &mut String) -> &'t str {
    while let Some((before, rest)) = template.split_once('{') {
        out.push_str(before);
        let (hole, behind) = closed(rest);
        template = behind;
        let hole = hole.trim();
        if hole == "end" {
            return template;
        }
        if let Some(path) = hole.strip_prefix("range ") {
            let items = at(path.trim(), object, root);
            let mut end = part(template, &Value::Null, root, &mut String::new());
            for item in items {
                end = part(template, item, root, out);
            }
            template = end;
        } else if let Some(literal) = hole.strip_prefix(['"', '\'']) {
            out.push_str(
                &literal.trim_end_matches(['"', '\'']).replace("\\n", "\n").replace("\\t", "\t"),
            );
        } else {
            let found = at(hole, object, root);
            out.push_str(&found.iter().map(|value| text(value)).collect::<Vec<_>>().join(" "));
        }
    }
    out.push_str(template);
    ""
}

/// Up to the brace that closes, and what is behind it; braces in quotes close nothing.
fn closed(text: &str) -> (&str, &str) {
    let mut quote = None;
    let end = text.find(|c| match quote {
        Some(open) => {
            quote = quote.filter(|_| c != open);
            false
        }
        None => {
            quote = Some(c).filter(|c| ['"', '\''].contains(c));
            c == '}'
        }
    });
    end.map_or((text, ""), |end| (&text[..end], &text[end + 1..]))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

fn at<'a>(path: &str, object: &'a Value, root: &'a Value) -> Vec<&'a Value> {
    let (path, start) = match (path.strip_prefix('$'), path.strip_prefix('@')) {
        (Some(path), _) => (path, root),
        (None, Some(path)) => (path, object),
        (None, None) => (path, object),
    };
    let mut found = vec![start];
    let mut rest = path;
    while !rest.is_empty() {
        let step;
        (step, rest) = next(rest);
        if !step.is_empty() {
            found = found.into_iter().flat_map(|value| below(value, &step, root)).collect();
        }
    }
    found
}

/// The next step of a path, and what is behind it.
fn next(path: &str) -> (String, &str) {
    if let Some(rest) = path.strip_prefix('[') {
        let end = rest.find(']').unwrap_or(rest.len());
        let step = rest[..end].trim();
        let name = step.strip_prefix(['\'', '"']).map(|s| s.trim_end_matches(['\'', '"']));
        let step = name.map_or_else(|| ["[", step].concat(), str::to_string);
        return (step, rest.get(end + 1..).unwrap_or(""));
    }
    let path = path.strip_prefix('.').unwrap_or(path);
    let (mut step, mut escaped) = (String::new(), false);
    for (nth, c) in path.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            '.' | '[' if !escaped => return (step, &path[nth..]),
            c => {
                escaped = false;
                step.push(c);
            }
        }
    }
    (step, "")
}

fn below<'a>(value: &'a Value, step: &str, root: &'a Value) -> Vec<&'a Value> {
    let all = || match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(entries) => entries.values().collect(),
        _ => Vec::new(),
    };
    match step.strip_prefix('[') {
        None if step == "*" => all(),
        None => value.get(step).into_iter().collect(),
        Some("*") => all(),
        Some(filter) if filter.starts_with("?(") => {
            let filter = filter[2..].trim_end_matches(')');
            all().into_iter().filter(|item| holds(filter, item, root)).collect()
        }
        Some(index) => {
            let len = value.as_array().map_or(0, Vec::len) as i64;
            let index: i64 = index.parse().unwrap_or(len);
            let index = if index < 0 { len + index } else { index };
            usize::try_from(index).ok().and_then(|index| value.get(index)).into_iter().collect()
        }
    }
}

fn holds(filter: &str, item: &Value, root: &Value) -> bool {
    let (operator, equal) = if filter.contains("!=") { ("!=", false) } else { ("==", true) };
    match filter.split_once(operator) {
        None => !at(filter.trim(), item, root).is_empty(),
        Some((path, want)) => {
            let want = want.trim().trim_matches(['"', '\'']);
            at(path.trim(), item, root).iter().any(|value| (text(value) == want) == equal)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn paths_are_followed() {
        let pod = |name: &str, phase: &str| {
            json!({"metadata": {"name": name, "labels": {"a.b/c": "x"}},
            "status": {"phase": phase, "ips": ["1", "2"]}})
        };
        let list = json!({"items": [pod("web", "Running"), pod("db", "Pending")]});
        let rows = [
            ("{.items[*].metadata.name}", "web db"),
            ("{.items[0].status.phase}{\"\\n\"}", "Running\n"),
            (
                "{range .items[*]}{.metadata.name}={.status.phase};{end}.",
                "web=Running;db=Pending;.",
            ),
            ("{.items[?(@.status.phase==\"Pending\")].metadata.name}", "db"),
            ("{.items[-1].metadata.labels.a\\.b/c}", "x"),
            ("{.items[1].metadata['labels']['a.b/c']}", "x"),
            ("{.items[0].status.ips}", "[\"1\",\"2\"]"),
            (".items[0].metadata.name", "web"),
            ("{.no.such}", ""),
        ];
        for (template, want) in rows {
            assert_eq!(fill(template, &list), want, "{template}");
        }
        assert_eq!(values(".status.ips[*]", &list["items"][0], ","), "1,2");
    }
}
