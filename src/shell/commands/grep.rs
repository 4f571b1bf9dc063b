//! `grep -q -i -v -c -n -o -E -F -x -w -e -f -A -B -C -r -l -L -s -m`

use std::collections::VecDeque;

use crate::base::sort;
use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::find::walk;
use crate::shell::commands::lines::Lines;
use crate::shell::commands::regex::{Regex, bad_regex};
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
    /// Names of files without a match instead.
    without: bool,
    /// Whether such a name was shown.
    listed: bool,
    silent: bool,
    /// How many lines after and before a match are shown.
    context: (usize, usize),
    /// Lines before, in case a match comes.
    before: VecDeque<(u64, String)>,
    /// How many lines after the last match are still to be shown.
    after: usize,
    /// The last line that was shown.
    shown: u64,
}

/// The patterns: of `-e`, of the file of `-f`, or the first argument.
fn sources(call: &mut Call, options: &Options, rest: &mut Vec<String>) -> Result<Vec<String>, i32> {
    let mut sources: Vec<String> =
        options.flags.iter().filter(|(l, _)| *l == 'e').map(|(_, v)| v.clone()).collect();
    if let Some(file) = options.value('f').map(str::to_string) {
        match call.sys.read_script(&file) {
            Ok(bytes) => sources.extend(crate::shell::commands::whole::lines(&bytes)),
            Err(error) => {
                call.fail([&file, ": ", error.text()].concat());
                return Err(2);
            }
        }
    } else if sources.is_empty() {
        if rest.is_empty() {
            call.usage("grep [-HhnlLoqvsrRiwFE] PATTERN [FILE]...");
            return Err(2);
        }
        sources.push(rest.remove(0));
    }
    Ok(sources)
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("qivcnoEFxwe:f:lLhHsm:rRaA:B:C:z").map_err(|_| 2)?;
    let mut rest = options.rest.clone();
    let sources = sources(call, &options, &mut rest)?;
    let recursive = options.has('r') || options.has('R');
    if recursive {
        let roots = if rest.is_empty() { vec![".".to_string()] } else { std::mem::take(&mut rest) };
        for root in roots {
            walk(call, &root, &mut |path, node| {
                if !node.is_dir() {
                    rest.push(path.to_string());
                }
            });
        }
    }
    let lines = |letter| options.value(letter).or(options.value('C')).and_then(|n| n.parse().ok());
    let fold = options.has('i');
    let fixed = options.has('F') || call.name == "fgrep";
    let extended = options.has('E') || call.name == "egrep";
    let mut patterns = Vec::new();
    for source in sources.iter().flat_map(|s| s.split('\n')) {
        let regex = if fixed {
            Some(Regex::literal(source, fold))
        } else {
            // What repeats nothing is left out, where others complain.
            let repeats = |c: char| extended && matches!(c, '*' | '+' | '?');
            Regex::new(source.trim_start_matches(repeats), extended, fold)
        };
        let Some(regex) = regex else {
            call.fail(bad_regex(source));
            return Err(2);
        };
        patterns.push(regex);
    }
    let named = options.has('H') || (rest.len() > 1 || recursive) && !options.has('h');
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
            without: options.has('L'),
            listed: false,
            silent: options.has('s'),
            context: (lines('A').unwrap_or(0), lines('B').unwrap_or(0)),
            before: VecDeque::new(),
            after: 0,
            shown: 0,
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
        let is_word = |c: char| c == '_' || c.is_ascii_alphanumeric();
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
            self.near(sys, line);
            return Flow::More;
        }
        self.any = true;
        self.found += 1;
        if self.quiet {
            return Flow::Exit(0);
        }
        if self.without {
            return Flow::NextFile;
        }
        if self.names {
            sys.out(format!("{}\n", self.name));
            return Flow::NextFile;
        }
        if !self.count {
            self.lead(sys);
            self.print(sys, line, &found);
            self.shown = self.line;
            self.after = self.context.0;
        }
        if self.is_done() { Flow::NextFile } else { Flow::More }
    }

    /// Whether the file has nothing more to say.
    fn is_done(&self) -> bool {
        self.found > 0 && (self.names || self.without) || self.found >= self.max
    }

    /// A line without a match: shown after one, or kept in case one follows.
    fn near(&mut self, sys: &mut Sys, line: &str) {
        if self.context == (0, 0) || self.count || self.names || self.quiet {
            return;
        }
        if self.after > 0 {
            self.after -= 1;
            self.shown = self.line;
            sys.out([&self.prefix(self.line, '-'), line, "\n"].concat());
        } else {
            self.before.push_back((self.line, line.to_string()));
            if self.before.len() > self.context.1 {
                self.before.pop_front();
            }
        }
    }

    /// Shows the lines before a match, with a mark where lines are left out.
    fn lead(&mut self, sys: &mut Sys) {
        if self.context == (0, 0) {
            return;
        }
        let first = self.before.front().map_or(self.line, |(nth, _)| *nth);
        if self.shown > 0 && first.wrapping_sub(self.shown) > 1 {
            sys.out("--\n");
        }
        while let Some((nth, line)) = self.before.pop_front() {
            sys.out([&self.prefix(nth, '-'), line.as_str(), "\n"].concat());
        }
    }

    fn prefix(&self, line: u64, mark: char) -> String {
        let mut text = String::new();
        if let Some(name) = &self.prefix {
            text.push_str(name);
            text.push(mark);
        }
        if self.number {
            text.push_str(&line.to_string());
            text.push(mark);
        }
        text
    }

    /// Whether it says nothing about files it cannot read.
    pub fn is_silent(&self) -> bool {
        self.silent
    }

    fn print(&self, sys: &mut Sys, line: &str, found: &[(usize, usize)]) {
        let prefix = self.prefix(self.line, ':');
        if self.only && !self.invert {
            for (start, end) in found.iter().filter(|(start, end)| end > start) {
                sys.out([&prefix, &line[*start..*end], "\n"].concat());
            }
        } else {
            sys.out([&prefix, line, "\n"].concat());
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
        (self.line, self.found, self.after) = (0, 0, 0);
        self.before.clear();
        if self.shown > 0 {
            // The mark stands between files too.
            self.shown = u64::MAX;
        }
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
        if let Some(line) = self.lines.rest().filter(|_| !self.is_done()) {
            self.line(sys, &line);
        }
        if self.without && self.found == 0 {
            self.listed = true;
            sys.out([&self.name, "\n"].concat());
        }
        if self.count && !self.names && !self.without {
            let prefix = self.prefix.as_ref().map(|p| format!("{p}:")).unwrap_or_default();
            sys.out(format!("{prefix}{}\n", self.found));
        }
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        i32::from(!if self.without { self.listed } else { self.any })
    }
}
