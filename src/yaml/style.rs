//! How a text is written so that it is read as that text again: plain, in quotes, or as lines.
//!
//! Source: goyaml.v2 encode.go stringv, emitterc.go yaml_emitter_analyze_scalar and
//! yaml_emitter_select_scalar_style.

use super::scalar;

/// A way to write a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes, where all letters stand for themselves.
    Single,
    /// In double quotes, with escapes.
    Double,
    /// `|`: its lines as they are.
    Literal,
}

/// The way to write `text`, as a value or as a key.
pub(super) fn style(text: &str, is_key: bool) -> Style {
    let found = Findings::of(text);
    if text.contains('\n') {
        let literal = !is_key && !found.trailing_space && !found.space_break && !found.special;
        return if literal { Style::Literal } else { Style::Double };
    }
    if is_ambiguous(text) || found.special {
        return Style::Double;
    }
    let edge = text.starts_with(' ') || text.ends_with(' ');
    if edge || found.indicators { Style::Single } else { Style::Plain }
}

/// What stands in the way of a style.
#[derive(Default)]
struct Findings {
    /// Letters that mean something where they stand.
    indicators: bool,
    /// Letters that only an escape can write.
    special: bool,
    trailing_space: bool,
    /// A space before a line end.
    space_break: bool,
}

impl Findings {
    fn of(text: &str) -> Findings {
        let mut found = Findings {
            indicators: text.starts_with("---") || text.starts_with("..."),
            trailing_space: text.ends_with(' '),
            space_break: text.contains(" \n"),
            ..Findings::default()
        };
        let mut before = ' ';
        let mut chars = text.chars().enumerate().peekable();
        while let Some((nth, c)) = chars.next() {
            let blank_next = chars.peek().is_none_or(|(_, n)| is_blank(*n));
            found.special |= !is_printable(c);
            found.indicators |= match c {
                ':' => blank_next,
                '?' | '-' if nth == 0 => blank_next,
                '#' => is_blank(before),
                ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
                | '@' | '`' => nth == 0,
                _ => false,
            };
            before = c;
        }
        found
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Source: goyaml.v2 yamlprivateh.go is_printable. Line ends beside `\n` never stand plain.
fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{fffd}')
        && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')
}

/// `c` as it stands in double quotes.
pub(super) fn escaped(c: char) -> String {
    let letter = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' | '\\' => c,
        '\u{85}' => 'N',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        c if is_printable(c) => return c.to_string(),
        c => {
            let code = u32::from(c);
            return match code {
                0..=0xff => format!("\\x{code:02X}"),
                0x100..=0xffff => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            };
        }
    };
    format!("\\{letter}")
}

/// Whether `text` without quotes would be read as something else: a number, a boolean, a date.
fn is_ambiguous(text: &str) -> bool {
    let special = matches!(text.trim_start_matches(['+', '-']), ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN" | "<<");
    special || !scalar::resolve(text).is_string() || is_date(text) || is_base_60(text)
}

/// `1:30` was ninety in YAML 1.1.
///
/// Source: goyaml.v2 encode.go base60float.
fn is_base_60(text: &str) -> bool {
    let mut parts = text.strip_prefix(['+', '-']).unwrap_or(text).split(':');
    let first = parts.next().unwrap_or_default();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let mut rest: Vec<&str> = parts.collect();
    let fraction = rest.last().and_then(|last| last.split_once('.'));
    if let Some((whole, fraction)) = fraction {
        rest.pop();
        rest.push(if digits(fraction) { whole } else { "" });
    }
    first.starts_with(|c: char| c.is_ascii_digit())
        && digits(first)
        && !rest.is_empty()
        && rest.iter().all(|part| is_number(part, 59))
}

/// A date, or a date with a time.
///
/// Source: goyaml.v2 resolve.go parseTimestamp.
fn is_date(text: &str) -> bool {
    let letter = text.find(['T', 't', ' ']);
    let (date, time) = letter.map_or((text, None), |at| (&text[..at], Some(&text[at..])));
    let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else { return false };
    let some = |part: &str, most| is_number(part, most) && !part.trim_matches('0').is_empty();
    let year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    year && some(month, 12) && some(day, 31) && time.is_none_or(is_time)
}

/// `T03:04:05Z`, `T03:04:05.5+01:00` or ` 03:04:05`.
fn is_time(text: &str) -> bool {
    let (zoned, text) = (!text.starts_with(' '), &text[1..]);
    let zone = text.find(['Z', '+', '-']);
    let (clock, zone) = zone.map_or((text, ""), |at| text.split_at(at));
    let offset = |zone: &str| match zone.get(1..).and_then(|z| z.split_once(':')) {
        Some((hours, minutes)) => is_number(hours, 24) && is_number(minutes, 60),
        None => zone == "Z",
    };
    let [hours, minutes, seconds] = clock.split(':').collect::<Vec<_>>()[..] else { return false };
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let digits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    let sound = is_number(hours, 23) && is_number(minutes, 59) && is_number(seconds, 59);
    sound && digits && if zoned { offset(zone) } else { zone.is_empty() }
}

/// One or two digits, at most `most`.
fn is_number(text: &str, most: u8) -> bool {
    let short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    short && text.parse::<u8>().is_ok_and(|n| n <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_told_from_what_looks_like_them() {
        for text in ["2026-1-2", "2026-01-02T03:04:05.5+01:00", "2026-01-02 3:4:5"] {
            assert!(is_date(text), "{text}");
        }
        for text in
            ["2026-01", "2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "20-01-02", "2026-00-01"]
        {
            assert!(!is_date(text), "{text}");
        }
        assert!(is_base_60("1:30") && is_base_60("-1_0:59:3.5") && !is_base_60("1:60"));
        assert!(!is_base_60("a:30") && !is_base_60("1") && !is_base_60("1:30.x"));
    }

    #[test]
    fn only_an_escape_writes_what_cannot_be_seen() {
        let escapes: Vec<String> = "a\0\u{7f}\u{85}\u{2028}\u{feff}".chars().map(escaped).collect();
        assert_eq!(escapes, ["a", "\\0", "\\x7F", "\\N", "\\L", "\\uFEFF"]);
    }
}
