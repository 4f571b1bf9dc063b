//! What holds of the reading of any text at all. Tests and the fuzz target `manifest` check it.

use lifepod::base::json::Value;
use lifepod::base::{FieldPath, Lang, Span, Texts};
use lifepod::manifest::{SourceMap, read};
use lifepod::session::apply_answer::answer;
use lifepod::yaml::print;
use std::sync::LazyLock;

static TEXTS: LazyLock<[Texts; 2]> = LazyLock::new(|| [Lang::En, Lang::Zh].map(Texts::compiled));

/// Reads `text` and panics if a span lies outside of it, a message is empty, a field has no
/// place, or the two voices (editor and `kubectl apply`) disagree on whether it is refused.
pub fn check(text: &str) {
    let reading = read(text);
    let inside = |span: Span, what: &str| {
        let sound = span.start <= span.end && text.get(span.start..span.end).is_some();
        assert!(sound, "{what}: {span:?} in {text:?}");
    };
    for diagnostic in &reading.diagnostics {
        inside(diagnostic.span, diagnostic.rule);
        for texts in TEXTS.iter() {
            assert!(!diagnostic.message().tell(texts).is_empty(), "{text:?}");
            assert!(diagnostic.help().is_none_or(|h| !h.tell(texts).is_empty()), "{text:?}");
        }
    }
    for document in &reading.documents {
        inside(document.span, "document");
        let mut places = 0;
        walk(&document.value, &document.source_map, &FieldPath::root(), &mut |path, spans| {
            places += 1;
            inside(spans, &path.to_string());
        });
        assert!(places > 0);
        let printed = print(&document.value);
        if printed.len() < 10_000 {
            let again = read(&printed);
            let same = again.documents.iter().any(|d| d.value == document.value);
            assert!(same, "{}\n{printed}", document.value);
        }
    }
    let answered = answer(text, "pod.yaml");
    if reading.has_errors() {
        assert_eq!(answered.code, 1, "{text:?}: {answered:?} {:?}", reading.diagnostics);
    }
}

/// Every field of `value` has a place.
fn walk(value: &Value, map: &SourceMap, path: &FieldPath, see: &mut dyn FnMut(&FieldPath, Span)) {
    let spans = map.get(path).unwrap_or_else(|| panic!("no place for {path}"));
    see(path, spans.value);
    if let Some(key) = spans.key {
        see(path, key);
    }
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                walk(value, map, &path.field(key), see);
            }
        }
        Value::Array(items) => {
            for (i, value) in items.iter().enumerate() {
                walk(value, map, &path.index(i), see);
            }
        }
        _ => {}
    }
}
