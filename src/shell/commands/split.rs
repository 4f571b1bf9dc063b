//! `split -l 1000 -b 1k -a 2 file prefix`
//!
//! Source: busybox coreutils/split.c

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::numbers;
use crate::shell::commands::whole::Text;
use crate::shell::sys_files::OpenMode;

/// Writes its input to files, piece by piece.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let number = |letter| options.value(letter).map(|text| (text, numbers::size(text)));
    let (mut lines, mut bytes) = (1000, None);
    for letter in ['l', 'b', 'a'] {
        match number(letter) {
            Some((_, Some(count @ 1..))) if letter == 'l' => lines = count,
            Some((_, Some(count @ 1..))) if letter == 'b' => bytes = Some(count),
            Some((_, Some(_))) | None if letter == 'a' => {}
            Some((text, _)) => return call.fail(format!("invalid number '{text}'")),
            None => {}
        }
    }
    let letters = number('a').and_then(|(_, count)| count).unwrap_or(2);
    let prefix = options.rest.get(1).map_or("x", String::as_str);
    if letters + prefix.len() as u64 > 255 {
        return call.fail("suffix too long");
    }
    let text: &[u8] = texts.first().map_or(&[], |(_, text)| text);
    let pieces: Vec<&[u8]> = match bytes {
        Some(bytes) => text.chunks(usize::try_from(bytes).unwrap_or(usize::MAX)).collect(),
        None => by_lines(text, lines),
    };
    for (nth, piece) in pieces.into_iter().enumerate() {
        let Some(suffix) = suffix(nth, letters as usize) else {
            return call.fail("suffixes exhausted");
        };
        let name = [prefix, &suffix].concat();
        match call.sys.open(&name, OpenMode::Write) {
            Ok(file) => call.sys.set_descriptor(1, file),
            Err(error) => return call.fail(format!("{name}: {error}")),
        }
        call.out(piece);
    }
    0
}

/// A text in pieces of so many lines.
fn by_lines(text: &[u8], lines: u64) -> Vec<&[u8]> {
    let (mut pieces, mut from, mut at, mut count) = (Vec::new(), 0, 0, 0);
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        (at, count) = (at + line.len(), count + 1);
        if count == lines {
            pieces.push(&text[from..at]);
            (from, count) = (at, 0);
        }
    }
    if from < at {
        pieces.push(&text[from..at]);
    }
    pieces
}

/// The letters after the prefix: `aa`, `ab` …
fn suffix(nth: usize, letters: usize) -> Option<String> {
    let (mut rest, mut out) = (nth, vec![b'a'; letters]);
    for letter in out.iter_mut().rev() {
        *letter += (rest % 26) as u8;
        rest /= 26;
    }
    (rest == 0).then(|| String::from_utf8_lossy(&out).into_owned())
}
