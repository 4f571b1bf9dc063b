//! The whole manifest front: reading, decoding, defaults, validation, all messages.

use lifepod::base::Lang;
use lifepod::manifest::read;
use std::hint::black_box;

fn main() {
    let text = black_box(include_str!("../manifest-300.yaml"));
    let reading = read(text);
    for diagnostic in &reading.diagnostics {
        black_box((diagnostic.message(Lang::En), diagnostic.help(Lang::Zh)));
    }
    black_box(&reading.documents);
}
