//! Quoting as bash writes it: `'a b'`, `a\ b`, `$'a\nb'`, `"a b"`.

/// Whether it has characters that only `$'…'` can show.
fn is_odd(text: &str) -> bool {
    text.chars().any(char::is_control)
}

/// `$'a\nb'`
fn dollar(text: &str) -> String {
    let mut out = String::from("$'");
    for c in text.chars() {
        match "\u{7}\u{8}\u{b}\u{c}\n\r\t\u{1b}".find(c) {
            Some(at) => out.extend(['\\', char::from(b"abvfnrtE"[at])]),
            None if c.is_control() => out.push_str(&format!("\\{:03o}", u32::from(c))),
            None if matches!(c, '\'' | '\\') => out.extend(['\\', c]),
            None => out.push(c),
        }
    }
    out + "'"
}

/// `'a b'`, as `${x@Q}` and `set` show a value.
pub fn single(text: &str) -> String {
    if is_odd(text) { dollar(text) } else { ["'", &text.replace('\'', "'\\''"), "'"].concat() }
}

/// The value of a variable as `set` and `set -x` show it: in quotes only if it needs them.
pub fn needed(text: &str) -> String {
    let special = |c: char| " \t\n'\"\\|&;()<>*?[]$`!{}^~#=%".contains(c) || c.is_control();
    if !text.is_empty() && !text.contains(special) { text.to_string() } else { single(text) }
}

/// `"a b"`, as `declare -p` shows a value.
pub fn double(text: &str) -> String {
    if is_odd(text) {
        return dollar(text);
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        out.extend(matches!(c, '"' | '\\' | '$' | '`').then_some('\\'));
        out.push(c);
    }
    out + "\""
}

/// `a\ b`, as `printf %q` shows it.
pub fn escaped(text: &str) -> String {
    if text.is_empty() {
        return "''".to_string();
    }
    if is_odd(text) {
        return dollar(text);
    }
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        let special = " '\"\\|&;()<>*?[]$`!{}^,".contains(c) || at == 0 && matches!(c, '~' | '#');
        out.extend(special.then_some('\\'));
        out.push(c);
    }
    out
}
