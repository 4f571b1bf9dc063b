//! `grep -q -i -v -c -n -o -E -F -x -w -e`

use crate::base::sort;
use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::lines::Lines;
use crate::shell::commands::regex::Regex;
use crate::shell::sys::Sys;

/// `grep`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grep {
    patterns: Vec<Regex>,
    quiet: bool,
    invert: bool,
    count: bool,
    number: bool,
    only: bool,
    names: bool,
    whole: bool,
    word: bool,
    max: u64,
    prefix: Option<String>,
    lines: Lines,
    line: u64,
    found: u64,
    name: String,
    any: bool,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("qivcnoEFxwe:lhHsm:raA:B:C:").map_err(|_| 2)?;
    let mut rest = options.rest.clone();
    let mut sources: Vec<String> =
        options.flags.iter().filter(|(l, _)| *l == 'e').map(|(_, v)| v.clone()).collect();
    if sources.is_empty() {
        if rest.is_empty() {
            call.usage("grep [-HhnlLoqvsrRiwFE] PATTERN [FILE]...");
            return Err(2);
        }
        sources.push(rest.remove(0));
    }
    for option in ['r', 'A', 'B', 'C'] {
        if options.has(option) {
            call.unsupported(&format!("-{option}"));
        }
    }
    let fold = options.has('i');
    let fixed = options.has('F') || call.name == "fgrep";
    let extended = options.has('E') || call.name == "egrep";
    let mut patterns = Vec::new();
    for source in sources.iter().flat_map(|s| s.split('\n')) {
        let regex = if fixed {
            Some(Regex::literal(source, fold))
        } else {
            Regex::new(source, extended, fold)
        };
        let Some(regex) = regex else {
            call.fail(format!("bad regex '{source}': Invalid regexp"));
            return Err(2);
        };
        patterns.push(regex);
    }
    let named = options.has('H') || rest.len() > 1 && !options.has('h');
    Ok((
        Kind::Grep(Grep {
            patterns,
            quiet: options.has('q'),
            invert: options.has('v'),
            count: options.has('c'),
            number: options.has('n'),
            only: options.has('o'),
            names: options.has('l'),
            whole: options.has('x'),
            word: options.has('w'),
            max: options.value('m').and_then(|m| m.parse().ok()).unwrap_or(u64::MAX),
            prefix: named.then(String::new),
            lines: Lines::default(),
            line: 0,
            found: 0,
            name: String::new(),
            any: false,
        }),
        rest,
    ))
}

impl Grep {
    fn matches(&self, line: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for regex in &self.patterns {
            let mut from = 0;
            while let Some((start, end)) = regex.find(line, from) {
                if self.fits(line, start, end) {
                    found.push((start, end));
                    if !self.only {
                        return found;
                    }
                }
                let step = line[start..].chars().next().map_or(1, char::len_utf8);
                from = if end > start { end } else { start + step };
                if from > line.len() {
                    break;
                }
            }
        }
        sort(&mut found);
        found
    }

    fn fits(&self, line: &str, start: usize, end: usize) -> bool {
        let is_word = |c: char| c == '_' || c.is_alphanumeric();
        let before = line[..start].chars().next_back().is_some_and(is_word);
        let after = line[end..].chars().next().is_some_and(is_word);
        (!self.whole || start == 0 && end == line.len()) && (!self.word || !before && !after)
    }

    fn line(&mut self, sys: &mut Sys, line: &str) -> Flow {
        self.line += 1;
        sys.spend(line.len() as u64 / 64);
        let plain = !self.only && !self.whole && !self.word;
        let found = if plain && self.patterns.iter().any(|p| p.is_match(line)) {
            vec![(0, line.len())]
        } else if plain {
            Vec::new()
        } else {
            self.matches(line)
        };
        if found.is_empty() != self.invert {
            return Flow::More;
        }
        self.any = true;
        self.found += 1;
        if self.quiet {
            return Flow::Exit(0);
        }
        if self.names {
            sys.out(format!("{}\n", self.name));
            return Flow::NextFile;
        }
        if !self.count {
            self.print(sys, line, &found);
        }
        if self.found >= self.max { Flow::NextFile } else { Flow::More }
    }

    fn print(&self, sys: &mut Sys, line: &str, found: &[(usize, usize)]) {
        let mut prefix = self.prefix.as_ref().map(|p| format!("{p}:")).unwrap_or_default();
        if self.number {
            prefix.push_str(&format!("{}:", self.line));
        }
        if self.only && !self.invert {
            for (start, end) in found.iter().filter(|(start, end)| end > start) {
                sys.out(format!("{prefix}{}\n", &line[*start..*end]));
            }
        } else {
            sys.out(format!("{prefix}{line}\n"));
        }
    }
}

impl Stage for Grep {
    fn begin(&mut self, _sys: &mut Sys, name: &str) {
        let name = if name == "-" { "(standard input)" } else { name };
        self.name = name.to_string();
        if let Some(prefix) = &mut self.prefix {
            *prefix = name.to_string();
        }
        (self.line, self.found) = (0, 0);
    }

    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        for line in self.lines.feed(data) {
            match self.line(sys, &line) {
                Flow::More => {}
                other => return other,
            }
        }
        Flow::More
    }

    fn end_file(&mut self, sys: &mut Sys) {
        if let Some(line) = self.lines.rest() {
            self.line(sys, &line);
        }
        if self.count && !self.quiet {
            let prefix = self.prefix.as_ref().map(|p| format!("{p}:")).unwrap_or_default();
            sys.out(format!("{prefix}{}\n", self.found));
        }
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        i32::from(!self.any)
    }
}
