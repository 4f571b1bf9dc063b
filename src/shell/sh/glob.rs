//! File names from patterns: `*.txt`, `/etc/*/conf`.

use crate::base::sort;
use crate::shell::limits;
use crate::shell::sh::fields::Field;
use crate::shell::sh::pattern::Pattern;
use crate::shell::sys::Sys;

/// What bash's `shopt` says about file names.
#[derive(Clone, Copy, Default)]
pub struct Options {
    /// A pattern that matches nothing is nothing.
    pub null: bool,
    /// A star matches names that begin with a dot.
    pub hidden: bool,
    /// Small and capital letters are the same.
    pub fold: bool,
    /// `@(a|b)` is a pattern.
    pub extended: bool,
    /// `**` is any way down.
    pub deep: bool,
}

/// The names a field stands for: those that match, sorted, or the field itself.
pub fn names(sys: &Sys, field: Field, options: Options) -> Vec<String> {
    let magic = |source: &str| Pattern::with(source, options.extended).is_special();
    if !field.pattern.contains(['*', '?', '[', '(']) || !magic(&field.pattern) {
        return vec![field.text];
    }
    let absolute = field.pattern.starts_with('/');
    let mut found = vec![if absolute { "/".to_string() } else { String::new() }];
    let parts: Vec<&str> = field.pattern.split('/').filter(|p| !p.is_empty()).collect();
    let dirs = field.pattern.ends_with('/');
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len() && !dirs;
        found = found.iter().flat_map(|dir| matches(sys, dir, part, last, options)).collect();
        found.truncate(limits::ARGUMENTS);
    }
    sort(&mut found);
    if found.is_empty() && !options.null { vec![field.text] } else { found }
}

fn matches(sys: &Sys, dir: &str, part: &str, last: bool, options: Options) -> Vec<String> {
    let end = if last { "" } else { "/" };
    if options.deep && part == "**" {
        return below(sys, dir, last, 0);
    }
    if !Pattern::with(part, options.extended).is_special() {
        let mut chars = part.chars();
        let mut name = String::new();
        while let Some(c) = chars.next() {
            name.extend(if c == '\\' { chars.next() } else { Some(c) });
        }
        let path = format!("{dir}{name}");
        return if sys.stat(&path, false).is_ok() { vec![path + end] } else { vec![] };
    }
    let source = if options.fold { part.to_lowercase() } else { part.to_string() };
    let pattern = Pattern::with(&source, options.extended);
    let mut names = sys.list(if dir.is_empty() { "." } else { dir }).unwrap_or_default();
    if part.starts_with('.') {
        names.extend([".".to_string(), "..".to_string()]);
    }
    names
        .iter()
        .filter(|name| !name.starts_with('.') || part.starts_with('.') || options.hidden)
        .filter(|name| match options.fold {
            true => pattern.matches(&name.to_lowercase()),
            false => pattern.matches(name),
        })
        .map(|name| format!("{dir}{name}"))
        .filter(|path| last || sys.is_dir(path))
        .map(|path| path + end)
        .collect()
}

/// `**`: the directory and all below it; as the last part, all names below it.
fn below(sys: &Sys, dir: &str, last: bool, depth: usize) -> Vec<String> {
    let mut all = Vec::new();
    if !last {
        all.push(dir.to_string());
    }
    let names = sys.list(if dir.is_empty() { "." } else { dir }).unwrap_or_default();
    for name in names.iter().filter(|name| !name.starts_with('.')) {
        let path = [dir, name].concat();
        let is_dir = sys.stat(&path, false).is_ok_and(|node| node.is_dir());
        if last {
            all.push(path.clone());
        }
        if is_dir && depth < limits::LINKS && all.len() < limits::ARGUMENTS {
            all.extend(below(sys, &(path + "/"), last, depth + 1));
        }
    }
    all
}
