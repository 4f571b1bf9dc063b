//! What is printed as YAML reads back as the same value: random JSON, and whole objects of runs.

use crate::traces::RUNS;
use lifepod::base::draw;
use lifepod::base::json::{Map, Value, json};
use lifepod::manifest::json::convert;
use lifepod::yaml::{parse, print, split};

/// Texts that are easily read as something else, or that YAML makes something of.
const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "nginx:1.27",
    "yes",
    "No",
    "on",
    "~",
    "null",
    "true",
    "010",
    "0x1F",
    "1_000",
    "1e3",
    ".5",
    "5.",
    "-",
    "--",
    "---",
    "...",
    "- a",
    "? a",
    ": a",
    "a: b",
    "a #b",
    "#a",
    "[a",
    "{a",
    "a]",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "'a'",
    "\"a\"",
    "it's",
    "a\\b",
    "a\tb",
    "a\nb",
    "a\n",
    "a\n\n",
    "\na",
    "\n",
    "\n\n",
    " a\nb",
    "a \nb",
    "a\n b\n",
    "a\r\nb",
    "2026-01-02T03:04:05Z",
    "2026-01-02",
    "1:30",
    "<<",
    "=",
    "期望",
    "é",
    "😀",
    "\u{0}",
    "\u{1b}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "64Mi",
    "-5",
    "+5",
    ".inf",
    ".NaN",
    "a,b",
    "a:",
    ":",
    "#",
    "--- a",
    "a: b\nc: d\n",
    "key: |\n  x\n",
    "echo started; trap 'echo bye; exit 0' TERM; while true; do sleep 1; done # and so on and on and on",
    "words that go on and on, with  two spaces  here and there, until column eighty is passed by far",
    "\"quoted words that go on and on\" until the line is so long that it has to be folded somewhere, or is not",
];

struct Draws {
    seed: u64,
    nth: u64,
}

impl Draws {
    fn below(&mut self, bound: usize) -> usize {
        self.nth += 1;
        draw(self.seed, "print", "value", self.nth, bound as u64) as usize
    }

    fn text(&mut self) -> String {
        let one = TEXTS[self.below(TEXTS.len())];
        match self.below(4) {
            0 => format!("{one}{}", TEXTS[self.below(TEXTS.len())]),
            1 => format!("{one} {}", TEXTS[self.below(TEXTS.len())]).repeat(1 + self.below(3)),
            _ => one.to_string(),
        }
    }

    fn number(&mut self) -> Value {
        let texts = ["0", "-1", "80", "0.5", "1e21", "-1.25e-9", "9999999999999999900", "1e30"];
        match self.below(texts.len() + 2) {
            0 => json!(i64::MIN),
            1 => json!(u64::MAX),
            nth => lifepod::base::json::parse(texts[nth - 2]).expect("JSON"),
        }
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 5 } else { 9 }) {
            0 => Value::Null,
            1 => Value::Bool(self.below(2) == 0),
            2 => self.number(),
            3 | 4 => Value::String(self.text()),
            5 | 6 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => {
                let entry = |d: &mut Draws| (d.text(), d.value(depth - 1));
                let entries: Map<String, Value> = (0..self.below(5)).map(|_| entry(self)).collect();
                Value::Object(entries)
            }
        }
    }
}

fn check(value: &Value) {
    let printed = print(value);
    let chunks = split(&printed);
    assert_eq!(chunks.len(), 1, "{value}\n{printed}");
    let (tree, problems) = parse(&printed, chunks[0]);
    assert_eq!(problems, [], "{value}\n{printed}");
    let read = convert(&tree);
    assert_eq!(read.problems, [], "{value}\n{printed}");
    assert_eq!(&read.value, value, "\n{printed}");
}

#[test]
fn random_json_reads_back() {
    for seed in 0..6_000 {
        check(&Draws { seed, nth: 0 }.value(4));
    }
}

#[test]
fn every_text_reads_back_wherever_it_stands() {
    for text in TEXTS {
        let long = format!("{text}{}", "k".repeat(130));
        for value in [
            json!(text),
            json!([text]),
            json!({"a": text}),
            json!({(*text): text}),
            json!({"a": [{"b": [text, text]}]}),
            json!([[text], {(*text): [text]}]),
            json!({(long.as_str()): {"a": text}, "b": {(long.as_str()): [text]}}),
        ] {
            check(&value);
        }
    }
}

/// Whole objects, as a watcher receives them.
#[test]
fn objects_of_a_run_read_back() {
    let mut objects = 0;
    for run in RUNS.iter() {
        for line in run.trace.as_deref().unwrap_or_default().lines().step_by(5) {
            let row: Value = lifepod::base::json::parse(line).expect("a row is JSON");
            if row["object"].is_object() {
                objects += 1;
                check(&row["object"]);
            }
        }
    }
    assert!(objects > 100, "only {objects} objects");
}
