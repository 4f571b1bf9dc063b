//! The whole manifest front: reading, decoding, defaults, validation, all messages but their words, which are data.

use lifepod::manifest::read;
use std::hint::black_box;

fn main() {
    let text = black_box(include_str!("../manifest-300.yaml"));
    let reading = read(text);
    for diagnostic in &reading.diagnostics {
        black_box((diagnostic.message(), diagnostic.help()));
    }
    black_box(&reading.documents);
}
