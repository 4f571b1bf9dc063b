//! `echo -n -e`

use crate::shell::commands::call::Call;

/// Prints the arguments. Source: busybox, echo.c.
pub fn run(call: &mut Call) -> i32 {
    let (mut newline, mut escapes) = (true, false);
    let mut args = call.args;
    while let Some(first) = args.first().filter(|a| is_option(a)) {
        for letter in first.chars().skip(1) {
            match letter {
                'n' => newline = false,
                'e' => escapes = true,
                _ => escapes = false,
            }
        }
        args = &args[1..];
    }
    let text = args.join(" ");
    let (mut bytes, stop) =
        if escapes { unescape(&text, true) } else { (text.into_bytes(), false) };
    if newline && !stop {
        bytes.push(b'\n');
    }
    match call.sys.write(1, bytes) {
        Ok(()) => 0,
        Err(error) => call.fail(format!("write error: {error}")),
    }
}

fn is_option(arg: &str) -> bool {
    arg.len() > 1
        && arg.starts_with('-')
        && arg.chars().skip(1).all(|c| matches!(c, 'n' | 'e' | 'E'))
}

/// The text with its backslash escapes as bytes; whether `\c` said to stop. With `zero`, octal
/// numbers start with a zero that does not count.
pub fn unescape(text: &str, zero: bool) -> (Vec<u8>, bool) {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' || at + 1 == bytes.len() {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        if bytes[at + 1] == b'c' {
            return (out, true);
        }
        at += 1 + escape(&bytes[at + 1..], zero, &mut out);
    }
    (out, false)
}

/// One escape after its backslash; how many bytes it took.
fn escape(rest: &[u8], zero: bool, out: &mut Vec<u8>) -> usize {
    let plain = match rest[0] {
        b'a' => 7,
        b'b' => 8,
        b'e' => 27,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' => b'\\',
        b'x' => {
            let digits = rest[1..].iter().take(2).take_while(|b| b.is_ascii_hexdigit()).count();
            if digits == 0 {
                out.extend(b"\\x");
                return 1;
            }
            out.push(value(&rest[1..1 + digits], 16));
            return 1 + digits;
        }
        b'0'..=b'7' => {
            let skip = usize::from(zero && rest[0] == b'0');
            let digits =
                rest[skip..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
            out.push(value(&rest[skip..skip + digits], 8));
            return skip + digits;
        }
        other => {
            out.extend([b'\\', other]);
            return 1;
        }
    };
    out.push(plain);
    1
}

fn value(digits: &[u8], base: u32) -> u8 {
    digits.iter().fold(0_u32, |sum, b| sum * base + char::from(*b).to_digit(base).unwrap_or(0))
        as u8
}
