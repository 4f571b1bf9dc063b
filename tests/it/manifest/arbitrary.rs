//! Random texts: reading never panics, and every span lies inside the text on whole characters.

use lifepod::base::{FieldPath, Lang, Span, draw};
use lifepod::manifest::{SourceMap, read};
use lifepod::session::apply_answer::answer;
use serde_json::Value;

/// Pieces that YAML is made of, so that random texts are not all refused at once.
const PIECES: &[&str] = &[
    "a",
    "spec",
    "kind: Pod\n",
    "apiVersion: v1\n",
    "metadata:\n",
    "  name: web\n",
    ": ",
    ":\n",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "|\n",
    ">\n",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!str ",
    "# c\n",
    "---\n",
    "--- ",
    "...\n",
    "%YAML 1.2\n",
    "? ",
    "~",
    "yes",
    "0x1F",
    "1e3",
    "64Mi",
    "期",
    "é",
    "😀",
    "\r\n",
    "\u{feff}",
    "\u{0}",
    "\\",
    "\\x",
    "@",
    "`",
    "null",
    "containers:\n  - name: app\n    image: busybox\n",
    "spec:\n  containers: []\n",
    "image: nginx\n",
];

fn random_text(seed: u64) -> String {
    let length = draw(seed, "length", "text", 0, 60);
    let piece = |n| PIECES[draw(seed, "piece", "text", n, PIECES.len() as u64) as usize];
    (0..length).map(piece).collect()
}

/// A sound manifest with a few bytes changed.
fn mutated(seed: u64) -> String {
    let sound = include_str!("../../manifests/sound.yaml");
    let mut bytes = sound.as_bytes().to_vec();
    for n in 0..=draw(seed, "changes", "bytes", 0, 4) {
        let at = draw(seed, "place", "bytes", n, bytes.len() as u64) as usize;
        match draw(seed, "how", "bytes", n, 3) {
            0 => bytes[at] = draw(seed, "byte", "bytes", n, 128) as u8,
            1 => drop(bytes.remove(at)),
            _ => {
                let piece = PIECES[draw(seed, "piece", "bytes", n, PIECES.len() as u64) as usize];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn check(text: &str) {
    let reading = read(text);
    let inside = |span: Span, what: &str| {
        let sound = span.start <= span.end && text.get(span.start..span.end).is_some();
        assert!(sound, "{what}: {span:?} in {text:?}");
    };
    for diagnostic in &reading.diagnostics {
        inside(diagnostic.span, diagnostic.rule);
        for lang in [Lang::En, Lang::Zh] {
            assert!(!diagnostic.message(lang).is_empty(), "{text:?}");
            assert!(diagnostic.help(lang).is_none_or(|h| !h.is_empty()), "{text:?}");
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

#[test]
fn random_pieces_never_break_the_reader() {
    for seed in 0..4_000 {
        check(&random_text(seed));
    }
}

#[test]
fn a_sound_manifest_with_changed_bytes_never_breaks_the_reader() {
    for seed in 0..1_500 {
        check(&mutated(seed));
    }
}

#[test]
fn printed_json_reads_back_as_the_same_value() {
    let sound = read(include_str!("../../manifests/sound.yaml"));
    assert_eq!(sound.diagnostics, []);
    for document in &sound.documents {
        let printed = serde_json::to_string_pretty(&document.value).expect("JSON prints");
        assert_eq!(read(&printed).documents[0].value, document.value);
    }
}
