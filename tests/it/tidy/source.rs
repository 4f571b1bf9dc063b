//! A Rust file seen three ways: as written, as code alone, and as the paths it names.

/// A Rust file.
pub struct Source {
    /// From the root of the package, with `/`.
    pub path: String,
    /// As written.
    pub text: String,
    /// The same lines with comments and the insides of strings blanked.
    pub code: String,
}

impl Source {
    /// Reads a file's text.
    pub fn new(path: &str, text: &str) -> Source {
        Source { path: path.to_string(), text: text.to_string(), code: code_of(text) }
    }

    /// The code before the tests, which come last in a file. A file of tests has none.
    pub fn shipped(&self) -> &str {
        if self.path.starts_with("tests/") || self.path.ends_with("/tests.rs") {
            return "";
        }
        &self.code[..self.tests_at()]
    }

    /// Where the tests of this file begin.
    fn tests_at(&self) -> usize {
        let mut at = 0;
        let mut lines = self.code.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let next = lines.peek().map_or("", |next| next.trim());
            let one_line = next.ends_with(';');
            if line.trim() == "#[test]" || line.trim() == "#[cfg(test)]" && !one_line {
                return at;
            }
            at += line.len();
        }
        at
    }

    /// The room of a file in `src`: `base`, `engine`, `bin`; nothing for `src/lib.rs`, nor for a
    /// program of several files (`src/bin/lifepod-dev/`), which is a crate of its own.
    pub fn room(&self) -> Option<&str> {
        if self.path.strip_prefix("src/bin/").is_some_and(|program| program.contains('/')) {
            return None;
        }
        let (room, rest) = self.path.strip_prefix("src/")?.split_once('/')?;
        (!rest.is_empty()).then_some(room)
    }

    /// The module this file is, from the root of its crate.
    pub fn module(&self) -> Vec<String> {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let inside = inside.trim_end_matches(".rs").trim_end_matches("/mod");
        inside.split('/').filter(|name| *name != "lib").map(str::to_string).collect()
    }

    /// Every path of the library that the code names, by `crate`, `super` or `lifepod`, from the
    /// crate's root, groups in braces taken apart. Each with its line.
    pub fn paths(&self) -> Vec<(usize, Vec<String>)> {
        let tokens = tokens(&self.code);
        // A binary is a crate of its own.
        let other = self.path.starts_with("src/bin/");
        let tests_from = self.code[..self.tests_at()].lines().count();
        let mut paths = Vec::new();
        for (nth, (line, token)) in tokens.iter().enumerate() {
            let starts = *token == "lifepod" || !other && matches!(*token, "crate" | "super");
            let inner = nth > 0 && tokens[nth - 1].1 == "::";
            if starts && !inner && tokens.get(nth + 1).is_some_and(|(_, next)| *next == "::") {
                let mut found = Vec::new();
                expand(&tokens, nth, Vec::new(), &mut found);
                let in_tests = *line > tests_from;
                paths.extend(found.into_iter().map(|path| (*line, self.resolve(path, in_tests))));
            }
        }
        paths
    }

    fn resolve(&self, path: Vec<String>, in_tests: bool) -> Vec<String> {
        let ups = path.iter().take_while(|name| *name == "super").count();
        let mut base = if ups > 0 { self.module() } else { Vec::new() };
        if in_tests && ups > 0 {
            base.push("tests".to_string());
        }
        base.truncate(base.len().saturating_sub(ups));
        base.extend(path.into_iter().skip(ups.max(1)));
        base
    }
}

/// Follows `a::b::{c, d::e}` from one token on; returns where it ends.
fn expand(
    tokens: &[(usize, &str)],
    mut at: usize,
    mut path: Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |(_, token)| *token);
    loop {
        if word(at) == "{" {
            at += 1;
            while !matches!(word(at), "}" | "") {
                let end = expand(tokens, at, path.clone(), found);
                at = end.max(at + 1);
            }
            return at + 1;
        }
        path.push(word(at).to_string());
        at += 1;
        if word(at) != "::" {
            found.push(path);
            return at;
        }
        at += 1;
    }
}

/// Names, `::`, braces, and other letters one by one, each with its line from 1.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    for (nth, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let len = match first {
                _ if is_name(first) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                _ => first.len_utf8(),
            };
            if first != ',' {
                tokens.push((nth + 1, &rest[..len]));
            }
            rest = rest[len..].trim_start();
        }
    }
    tokens
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether the code has this name as a whole word.
pub fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

/// The text with comments and the insides of strings and letters blanked, line for line.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (len, keep) = match blank_len(rest, code.chars().next_back()) {
            Some(len) => (len, false),
            None => (first.len_utf8(), true),
        };
        for letter in rest[..len].chars() {
            code.push(if keep || letter == '\n' { letter } else { ' ' });
        }
        rest = &rest[len..];
    }
    code
}

/// How long the comment, string or letter is that begins here, if one does.
fn blank_len(rest: &str, before: Option<char>) -> Option<usize> {
    let raw = !before.is_some_and(is_name);
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    if raw && (rest.starts_with("r\"") || rest.starts_with("r#")) {
        let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
        let inside = rest[1 + hashes..].strip_prefix('"')?;
        let end = inside.find(&format!("\"{}", "#".repeat(hashes))).unwrap_or(inside.len());
        return Some((2 + hashes + end + 1 + hashes).min(rest.len()));
    }
    if rest.starts_with('"') {
        return Some(quoted_len(rest, '"').unwrap_or(rest.len()));
    }
    let letter = rest.strip_prefix('\'')?;
    let is_letter = letter.starts_with('\\') || letter.chars().nth(1) == Some('\'');
    if is_letter { quoted_len(rest, '\'') } else { None }
}

fn quoted_len(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if letter == quote && !escaped {
            return Some(at + 1);
        }
        escaped = letter == '\\' && !escaped;
    }
    None
}

#[test]
fn strings_and_comments_are_not_code() {
    let text = "let a = \"x // \\\" y\"; // f64\nlet b = 'c'; let c: &'a str = r#\"\"f64\"\"#;";
    let blank = |n: usize| " ".repeat(n);
    let code = format!(
        "let a = {}; {}\nlet b = {}; let c: &'a str = {};",
        blank(11),
        blank(6),
        blank(3),
        blank(10)
    );
    assert_eq!(code_of(text), code);
}

#[test]
fn paths_are_found_in_groups_and_from_below() {
    let text = "use crate::{base::Span, engine::{cx::Cx, world}};\n\
                fn f(x: super::probe::Probe) {}\n\
                #[cfg(test)]\nmod tests {\n use super::f;\n use super::super::cx;\n}";
    let source = Source::new("src/engine/kubelet/plan.rs", text);
    let paths: Vec<String> = source.paths().iter().map(|(_, path)| path.join("::")).collect();
    assert_eq!(
        paths,
        [
            "base::Span",
            "engine::cx::Cx",
            "engine::world",
            "engine::kubelet::probe::Probe",
            "engine::kubelet::plan::f",
            "engine::kubelet::cx",
        ]
    );
}

#[test]
fn tests_are_not_shipped() {
    let source = Source::new(
        "src/base/a.rs",
        "fn a() {}\n#[cfg(test)]\nmod b;\nfn c() {}\n#[test]\nfn d() {}\n",
    );
    assert!(source.shipped().contains("fn c") && !source.shipped().contains("fn d"));
}
