//! Random texts: reading never panics, and every span lies inside the text on whole characters.

use super::sound::check;
use lifepod::base::draw;
use lifepod::manifest::read;

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
        let printed = document.value.to_string();
        assert_eq!(read(&printed).documents[0].value, document.value);
    }
}
