//! `od`, `hexdump`, `xxd`: bytes made visible.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::numbers;
use crate::shell::commands::whole::Text;

fn bytes(options: &Options, letter: char, texts: &[Text]) -> Vec<u8> {
    let most = options.value(letter).and_then(numbers::size).unwrap_or(u64::MAX);
    let all = texts.iter().flat_map(|(_, text)| text.iter().copied());
    all.skip(skipped(options)).take(most.min(1 << 20) as usize).collect()
}

/// Bytes that are passed over (`-j`, `-s`).
fn skipped(options: &Options) -> usize {
    let skip = options.value('j').or(options.value('s')).and_then(numbers::size).unwrap_or(0);
    skip.min(1 << 30) as usize
}

/// How `od` shows a group of bytes.
#[derive(Clone, Copy)]
struct Shape {
    letter: char,
    size: usize,
}

/// `od -c`, `od -An -tx1`, `od -N4 -tu4`
pub fn od(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let data = bytes(options, 'N', texts);
    let named = options.value('t').unwrap_or("");
    let size = named.get(1..2).and_then(|s| s.parse().ok()).unwrap_or(match named.get(..1) {
        Some("c" | "a") => 1,
        Some(_) => 4,
        None => 2,
    });
    let letter = named.chars().next();
    let short = ['c', 'x', 'b', 'd'].into_iter().find(|l| options.has(*l));
    let shape = match (letter, short) {
        (Some(letter), _) => Shape { letter, size },
        (None, Some('c')) => Shape { letter: 'c', size: 1 },
        (None, Some('b')) => Shape { letter: 'o', size: 1 },
        (None, Some('d')) => Shape { letter: 'u', size: 2 },
        (None, other) => Shape { letter: other.unwrap_or('o'), size: 2 },
    };
    let address = |at: usize| match options.value('A') {
        Some("n") => String::new(),
        Some("x") => format!("{at:06x}"),
        Some("d") => format!("{at:07}"),
        _ => format!("{at:07o}"),
    };
    let mut out = String::new();
    let (mut last, mut starred) = (None, false);
    for (nth, row) in data.chunks(16).enumerate() {
        if last == Some(row) && !options.has('v') && row.len() == 16 {
            if !std::mem::replace(&mut starred, true) {
                out.push_str("*\n");
            }
            continue;
        }
        (last, starred) = (Some(row), false);
        out.push_str(&address(skipped(options) + nth * 16));
        for group in row.chunks(shape.size) {
            out.push_str(&cell(shape, group));
        }
        out.push('\n');
    }
    if options.value('A') != Some("n") {
        out.push_str(&address(skipped(options) + data.len()));
        out.push('\n');
    }
    call.out(out);
    0
}

fn cell(shape: Shape, group: &[u8]) -> String {
    let value = group.iter().rev().fold(0_u64, |v, b| v << 8 | u64::from(*b));
    let bits = shape.size * 8;
    match shape.letter {
        'c' | 'a' => format!("{:>4}", character(group[0])),
        'x' => format!(" {value:0width$x}", width = shape.size * 2),
        'o' => format!(" {value:0width$o}", width = bits.div_ceil(3)),
        'n' => format!(" {value:05}"),
        letter => {
            let signed = (value << (64 - bits)) as i64 >> (64 - bits);
            let text = if letter == 'd' { signed.to_string() } else { value.to_string() };
            let width = match shape.size {
                1 => 3,
                2 => 5,
                4 => 10,
                _ => 20,
            } + usize::from(letter == 'd');
            format!(" {text:>width$}")
        }
    }
}

fn character(byte: u8) -> String {
    let escape = b"\x00\x07\x08\t\n\x0b\x0c\r".iter().position(|b| *b == byte);
    match escape {
        Some(at) => ["\\0", "\\a", "\\b", "\\t", "\\n", "\\v", "\\f", "\\r"][at].to_string(),
        None if (32..127).contains(&byte) => char::from(byte).to_string(),
        None => format!("{byte:03o}"),
    }
}

fn printable(row: &[u8]) -> String {
    row.iter().map(|b| if (32..127).contains(b) { char::from(*b) } else { '.' }).collect()
}

/// `hexdump -C`, and `hexdump` with words of two bytes.
pub fn hex(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let data = bytes(options, 'n', texts);
    let canonical = options.has('C') || call.name == "hd";
    let width = if canonical { 8 } else { 7 };
    let (letter, size, gap) = match "xdobc".find(|letter| options.has(letter)) {
        Some(0) => ('x', 2, "   "),
        Some(1) => ('n', 2, "  "),
        Some(2) => ('o', 2, " "),
        Some(3) => ('o', 1, ""),
        Some(_) => ('c', 1, ""),
        None => ('x', 2, ""),
    };
    let shape = Shape { letter, size };
    let mut out = String::new();
    let (mut last, mut starred) = (None, false);
    for (nth, row) in data.chunks(16).enumerate() {
        if last == Some(row) && row.len() == 16 {
            if !std::mem::replace(&mut starred, true) {
                out.push_str("*\n");
            }
            continue;
        }
        (last, starred) = (Some(row), false);
        out.push_str(&format!("{:0width$x}", skipped(options) + nth * 16));
        if canonical {
            let mut cells = String::new();
            for (at, byte) in row.iter().enumerate() {
                cells.push_str(if at % 8 == 0 { "  " } else { " " });
                cells.push_str(&format!("{byte:02x}"));
            }
            out.push_str(&format!("{cells:<50}  |{}|\n", printable(row)));
        } else {
            let cells: String = row.chunks(size).map(|g| [gap, &cell(shape, g)].concat()).collect();
            let full = (gap.len() + cell(shape, &[0; 2][..size]).len()) * (16 / size);
            out.push_str(&format!("{cells:<full$}\n"));
        }
    }
    if !data.is_empty() {
        out.push_str(&format!("{:0width$x}\n", skipped(options) + data.len()));
    }
    call.out(out);
    0
}

/// `xxd`, `xxd -p`
pub fn xxd(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let data = bytes(options, 'l', texts);
    if options.has('r') {
        let text = String::from_utf8_lossy(&data);
        // A line is its address, the bytes, and the bytes as a text behind two blanks.
        let cells = text.lines().flat_map(|line| match line.split_once(": ") {
            Some((_, rest)) if !options.has('p') => rest.split("  ").next().unwrap_or("").chars(),
            _ => line.chars(),
        });
        let digits: Vec<u8> =
            cells.filter_map(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
        let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
        call.out(bytes);
        return 0;
    }
    let number = |letter, default| {
        options.value(letter).and_then(|n| n.parse().ok()).filter(|n| *n > 0).unwrap_or(default)
    };
    let (columns, group): (usize, usize) = (number('c', 16).min(256), number('g', 2));
    let width = columns * 2 + columns.div_ceil(group);
    let mut out = String::new();
    if options.has('p') {
        for row in data.chunks(30) {
            out.extend(row.iter().map(|b| format!("{b:02x}")));
            out.push('\n');
        }
    } else {
        for (nth, row) in data.chunks(columns).enumerate() {
            let cells: String = row
                .chunks(group)
                .map(|g| g.iter().map(|b| format!("{b:02x}")).collect::<String>() + " ")
                .collect();
            out.push_str(&format!(
                "{:08x}: {cells:<width$} {}\n",
                skipped(options) + nth * columns,
                printable(row)
            ));
        }
    }
    call.out(out);
    0
}
