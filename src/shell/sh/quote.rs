//! Quoting a word so that a shell reads it back as it is.

use crate::shell::syntax::cursor::RESERVED;

/// The word in single quotes if it needs them. Source: busybox ash, maybe_single_quote.
pub fn maybe(word: &str) -> String {
    if RESERVED.contains(&word) { always(word) } else { value(word) }
}

/// The value of an assignment in single quotes if it needs them.
pub fn value(text: &str) -> String {
    let plain = |c: char| ('+'..='z').contains(&c) && !matches!(c, ';'..='?' | '`' | '[' | '\\');
    if text.chars().all(plain) { text.to_string() } else { always(text) }
}

/// The word in single quotes. Source: busybox ash, single_quote.
pub fn always(word: &str) -> String {
    let mut out = String::new();
    let mut rest = word;
    loop {
        let end = rest.find('\'').unwrap_or(rest.len());
        out.push('\'');
        out.push_str(&rest[..end]);
        out.push('\'');
        rest = &rest[end..];
        let quotes = rest.len() - rest.trim_start_matches('\'').len();
        if quotes == 0 {
            return out;
        }
        out.push('"');
        out.push_str(&rest[..quotes]);
        out.push('"');
        rest = &rest[quotes..];
        if rest.is_empty() {
            return out;
        }
    }
}
