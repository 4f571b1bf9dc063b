//! Texts that are made to hurt: each is answered with a diagnostic that has a place.
//!
//! Their time is printed, not asserted; the bounds that keep it short are.

use lifepod::base::{Lang, LineIndex, Texts};
use lifepod::manifest::{Reading, read};

fn hostile() -> Vec<(&'static str, String)> {
    let bomb: String = (1..20)
        .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(",")))
        .collect();
    let chain: String = (1..500).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1)).collect();
    let deep_block: String = (0..10_000).map(|n| format!("{}a:\n", " ".repeat(n % 500))).collect();
    vec![
        ("5 MB of text", "a: b # filler\n".repeat(5 * 1024 * 1024 / 14)),
        ("5 MB in one line", "x".repeat(5 * 1024 * 1024)),
        ("10,000 brackets", "[".repeat(10_000)),
        ("10,000 brackets, closed", format!("a: {}{}", "[".repeat(10_000), "]".repeat(10_000))),
        ("10,000 braces", "{a: ".repeat(10_000)),
        ("1 MB of brackets", "[".repeat(1 << 20)),
        ("alias bomb", format!("a0: &a0 [x,x,x,x,x,x,x,x,x]\n{bomb}")),
        ("chain of aliases", format!("a0: &a0 x\n{chain}")),
        ("alias of itself", "a: &a [*a]\n".to_string()),
        (
            "deep indentation",
            (0..5_000)
                .map(|n| format!("{}a:\n", " ".repeat(n)))
                .collect::<String>()
                .chars()
                .take(1 << 20)
                .collect(),
        ),
        ("deep and shallow", deep_block.chars().take(1 << 20).collect()),
        ("deep dashes", "- ".repeat(100_000)),
        ("deep questions", "? ".repeat(100_000)),
        ("1 MB of keys", (0..70_000).map(|n| format!("k{n}: 1\n")).collect()),
        ("1 MB of items", format!("[{}]", "1,".repeat(500_000))),
        ("1 MB of documents", "---\na: 1\n".repeat(100_000)),
        ("1 MB of quotes", "\"".repeat(1 << 20)),
        ("1 MB of one plain scalar", "word ".repeat(200_000)),
        ("1 MB of anchors", (0..60_000).map(|n| format!("- &a{n} x\n")).collect()),
        ("1 MB of exclamation marks", "!".repeat(1 << 20)),
        ("1 MB of percent signs", "%\n".repeat(1 << 19)),
        ("1 MB of colons", ": ".repeat(1 << 19)),
        ("tabs", "a:\n\tb: 1\n".to_string()),
        ("control characters", "a: \u{1}\u{7f}\u{0}\n".to_string()),
        ("a zero byte", "\u{0}".to_string()),
        ("byte order mark in the middle", "a: 1\nb: \u{feff}\n- c".to_string()),
        ("unclosed quote", "a: \"b\nc: d\n".to_string()),
        ("a quote that is none", "{ep[\n\n%'%\u{fffd}\n['\n\u{fffd}\u{fffd}\n\n; e$?".to_string()),
        ("only an alias", "*a".to_string()),
        ("a key that is a list", "[a]: b\n".to_string()),
        ("merge of a word", "<<: a\n".to_string()),
    ]
}

/// The first diagnostic's place lies inside the text.
fn check(name: &str, text: &str, reading: &Reading) {
    let first = reading.diagnostics.first();
    let first = first.unwrap_or_else(|| panic!("{name}: no diagnostic"));
    assert!(first.span.start <= first.span.end && first.span.end <= text.len(), "{name}");
    let place = LineIndex::new(text).place(text, first.span.start);
    assert!(place.line >= 1 && place.column >= 1, "{name}");
    assert!(!first.message().tell(&Texts::compiled(Lang::En)).is_empty(), "{name}");
}

#[test]
#[allow(clippy::disallowed_types, reason = "the time is printed for people, nothing depends on it")]
fn every_hostile_text_is_answered_with_a_place() {
    for (name, text) in hostile() {
        let start = std::time::Instant::now();
        let reading = read(&text);
        println!("{:>6} ms {name}", start.elapsed().as_millis());
        assert!(reading.has_errors(), "{name}");
        check(name, &text, &reading);
    }
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let plain = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: \
                 app\n    image: busybox\n    comand: [a]\n";
    let value = &read(plain).documents[0].value;
    for text in [plain.replace('\n', "\r\n"), format!("\u{feff}{plain}")] {
        let reading = read(&text);
        assert_eq!(&reading.documents[0].value, value);
        let span = reading.diagnostics[0].span;
        assert_eq!(&text[span.start..span.end], "comand");
    }
}
