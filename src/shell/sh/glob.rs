//! File names from patterns: `*.txt`, `/etc/*/conf`.

use crate::base::sort;
use crate::shell::limits;
use crate::shell::sh::fields::Field;
use crate::shell::sh::pattern::Pattern;
use crate::shell::sys::Sys;

/// The names a field stands for: those that match, sorted, or the field itself.
pub fn names(sys: &Sys, field: Field) -> Vec<String> {
    if !field.pattern.contains(['*', '?', '[']) || !Pattern::is_magic(&field.pattern) {
        return vec![field.text];
    }
    let absolute = field.pattern.starts_with('/');
    let mut found = vec![if absolute { "/".to_string() } else { String::new() }];
    let parts: Vec<&str> = field.pattern.split('/').filter(|p| !p.is_empty()).collect();
    let dirs = field.pattern.ends_with('/');
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len() && !dirs;
        found = found.iter().flat_map(|dir| matches(sys, dir, part, last)).collect();
        found.truncate(limits::ARGUMENTS);
    }
    sort(&mut found);
    if found.is_empty() { vec![field.text] } else { found }
}

fn matches(sys: &Sys, dir: &str, part: &str, last: bool) -> Vec<String> {
    let end = if last { "" } else { "/" };
    if !Pattern::is_magic(part) {
        let mut chars = part.chars();
        let mut name = String::new();
        while let Some(c) = chars.next() {
            name.extend(if c == '\\' { chars.next() } else { Some(c) });
        }
        let path = format!("{dir}{name}");
        return if sys.stat(&path, false).is_ok() { vec![path + end] } else { vec![] };
    }
    let pattern = Pattern::new(part);
    let mut names = sys.list(if dir.is_empty() { "." } else { dir }).unwrap_or_default();
    if part.starts_with('.') {
        names.extend([".".to_string(), "..".to_string()]);
    }
    names
        .iter()
        .filter(|name| !name.starts_with('.') || part.starts_with('.'))
        .filter(|name| pattern.matches(name))
        .map(|name| format!("{dir}{name}"))
        .filter(|path| last || sys.is_dir(path))
        .map(|path| path + end)
        .collect()
}
