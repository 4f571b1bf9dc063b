//! `base64`, `base64 -d`

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::Text;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes, or decodes with `-d`; `-w` says how long the lines are, 0 for one.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let bytes = texts.first().map_or(&[][..], |(_, text)| text);
    if !options.has('d') {
        let width = options.value('w').and_then(|w| w.parse().ok()).unwrap_or(76);
        call.out(encode(bytes, width));
        return 0;
    }
    let mut out = Vec::new();
    let (mut bits, mut count, mut padding) = (0_u32, 0, 0);
    // Source: busybox, uuencode.c, read_base64: what is no digit does not count.
    for byte in bytes {
        let digit = DIGITS.iter().position(|d| d == byte);
        let ends = *byte == b'=';
        if digit.is_none() && !ends {
            continue;
        }
        padding += usize::from(ends);
        bits = bits << 6 | digit.unwrap_or(0) as u32;
        count += 1;
        if count == 4 {
            out.extend(
                bits.to_be_bytes().into_iter().skip(1).take(3_usize.saturating_sub(padding)),
            );
            (bits, count, padding) = (0, 0, 0);
        }
    }
    call.out(out);
    if count == 0 { 0 } else { call.fail("truncated input") }
}

fn encode(bytes: &[u8], width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for chunk in bytes.chunks(3) {
        let byte = |at| u32::from(chunk.get(at).copied().unwrap_or(0_u8));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            if width > 0 && column == width {
                out.push('\n');
                column = 0;
            }
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { char::from(digit) } else { '=' });
            column += 1;
        }
    }
    if !bytes.is_empty() && width > 0 {
        out.push('\n');
    }
    out
}
