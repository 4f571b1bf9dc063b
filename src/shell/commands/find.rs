//! `find path -name '*.txt' -type f -exec command {} \;`

use crate::shell::commands::call::Call;
use crate::shell::commands::chmod::changed;
use crate::shell::commands::rm;
use crate::shell::commands::task::Work;
use crate::shell::commands::xargs::Xargs;
use crate::shell::limits;
use crate::shell::sh::pattern::Pattern;
use crate::shell::tree::{Node, NodeKind};

/// A test or an action.
enum Term {
    Name(Pattern, bool),
    Path(Pattern),
    Type(char),
    Size(char, u64, u64),
    Minutes(char, u64),
    Newer(u64),
    Perm(u16, bool),
    Empty,
    True(bool),
    Print(char),
    Delete,
    Prune,
    Exec,
}

enum Test {
    Term(Term),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
}

struct Search {
    out: String,
    found: Vec<String>,
    doomed: Vec<String>,
    pruned: bool,
    now: u64,
}

/// Visits a path and what is below it, a directory before its entries.
pub fn walk(call: &mut Call, root: &str, visit: &mut dyn FnMut(&str, &Node)) {
    down(call, root, 0, &mut |path, node, _| {
        visit(path, node);
        true
    });
}

/// As [`walk`], with the depth; a directory is gone into if `visit` says so.
fn down(
    call: &mut Call,
    path: &str,
    depth: usize,
    visit: &mut dyn FnMut(&str, &Node, usize) -> bool,
) {
    let node = match call.sys.stat(path, depth == 0) {
        Ok(node) => node,
        Err(error) => {
            call.fail([path, ": ", error.text()].concat());
            return;
        }
    };
    call.sys.spend(1);
    if !visit(path, &node, depth) || !node.is_dir() || depth > limits::LINKS {
        return;
    }
    let base = path.trim_end_matches('/');
    for name in call.sys.list(path).unwrap_or_default() {
        down(call, &[base, "/", &name].concat(), depth + 1, visit);
    }
}

/// Reads the command line and looks; what is to be executed becomes the work.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    let split = call.args.iter().position(|a| a.starts_with(['-', '(', '!']));
    let (paths, words) = call.args.split_at(split.unwrap_or(call.args.len()));
    let paths = if paths.is_empty() { vec![".".to_string()] } else { paths.to_vec() };
    let mut parser = Parser { words, at: 0, depths: (0, usize::MAX), acts: false, exec: None };
    let expression = match parser.any(call, 0) {
        Ok(expression) if parser.at == words.len() => expression,
        Ok(_) => {
            return Err(Some(call.fail([&words[parser.at], ": unexpected argument"].concat())));
        }
        Err(message) => return Err(Some(call.fail(message))),
    };
    let (least, most) = parser.depths;
    let mut search = Search {
        out: String::new(),
        found: Vec::new(),
        doomed: Vec::new(),
        pruned: false,
        now: call.sys.now().as_secs(),
    };
    let mut status = 0;
    for path in &paths {
        if call.sys.stat(path, false).is_err() {
            status = call.fail([path, ": No such file or directory"].concat());
            continue;
        }
        let acts = parser.acts;
        let mut visit = |path: &str, node: &Node, depth: usize| {
            search.pruned = false;
            if depth >= least && search.meets(&expression, path, node) && !acts {
                search.out.push_str(path);
                search.out.push('\n');
            }
            depth < most && !search.pruned
        };
        down(call, path, 0, &mut visit);
    }
    call.out(std::mem::take(&mut search.out));
    for path in search.doomed.iter().rev() {
        let dir = call.sys.stat(path, false).is_ok_and(|n| n.is_dir());
        if call.sys.unlink(path, dir).is_err() && rm::remove(call, path, false, 0).is_err() {
            status = 1;
        }
    }
    match parser.exec {
        Some((command, each)) if !search.found.is_empty() => {
            let mark = each.then(|| "{}".to_string());
            Ok(Work::Xargs(Box::new(Xargs::over(command, search.found, mark))))
        }
        _ => Err(Some(status)),
    }
}

impl Search {
    fn meets(&mut self, expression: &Test, path: &str, node: &Node) -> bool {
        match expression {
            Test::Term(term) => self.term(term, path, node),
            Test::Not(inner) => !self.meets(inner, path, node),
            Test::All(all) => all.iter().all(|one| self.meets(one, path, node)),
            Test::Any(any) => any.iter().any(|one| self.meets(one, path, node)),
        }
    }

    // tidy: dispatch
    fn term(&mut self, term: &Term, path: &str, node: &Node) -> bool {
        let compare = |sign: char, have: u64, wanted: u64| match sign {
            '+' => have > wanted,
            '-' => have < wanted,
            _ => have == wanted,
        };
        match term {
            Term::Name(pattern, fold) => {
                let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
                let name = if name.is_empty() { "/" } else { name };
                if *fold {
                    pattern.matches(&name.to_ascii_lowercase())
                } else {
                    pattern.matches(name)
                }
            }
            Term::Path(pattern) => pattern.matches(path),
            Term::Type(letter) => {
                *letter
                    == match node.kind {
                        NodeKind::Directory(_) => 'd',
                        NodeKind::Link(_) => 'l',
                        NodeKind::Device(_) => 'c',
                        _ => 'f',
                    }
            }
            Term::Size(sign, unit, count) => compare(*sign, node.size(), *count * *unit),
            Term::Minutes(sign, minutes) => {
                compare(*sign, self.now.saturating_sub(node.modified.as_secs()) / 60, *minutes)
            }
            Term::Newer(than) => node.modified.as_secs() > *than,
            Term::Perm(mode, all) if *all => node.mode & mode == *mode,
            Term::Perm(mode, _) => node.mode & 0o7777 == *mode,
            Term::Empty => match &node.kind {
                NodeKind::Directory(entries) => entries.is_empty(),
                _ => node.size() == 0,
            },
            Term::True(value) => *value,
            Term::Print(end) => {
                self.out.push_str(path);
                self.out.push(*end);
                true
            }
            Term::Delete => {
                self.doomed.push(path.to_string());
                true
            }
            Term::Prune => {
                self.pruned = true;
                true
            }
            Term::Exec => {
                self.found.push(path.to_string());
                true
            }
        }
    }
}

struct Parser<'a> {
    words: &'a [String],
    at: usize,
    /// The least and the greatest depth.
    depths: (usize, usize),
    /// Whether there is an action, so that nothing is printed of itself.
    acts: bool,
    /// The command of `-exec`, and whether it runs for each path.
    exec: Option<(Vec<String>, bool)>,
}

type Parsed = Result<Test, String>;

impl Parser<'_> {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).map(String::as_str)
    }

    fn any(&mut self, call: &mut Call, depth: usize) -> Parsed {
        if depth > limits::ARITH_DEPTH {
            return Err("nesting too deep".to_string());
        }
        let mut any = Vec::new();
        loop {
            let mut all = Vec::new();
            while self.peek().is_some_and(|w| !matches!(w, "-o" | "-or" | ")")) {
                if matches!(self.peek(), Some("-a" | "-and")) {
                    self.at += 1;
                    continue;
                }
                all.push(self.one(call, depth)?);
            }
            any.push(Test::All(all));
            if !matches!(self.peek(), Some("-o" | "-or")) {
                return Ok(Test::Any(any));
            }
            self.at += 1;
        }
    }

    fn value(&mut self, word: &str) -> Result<String, String> {
        let value = self.peek().map(str::to_string);
        self.at += 1;
        value.ok_or_else(|| [word, " requires an argument"].concat())
    }

    // tidy: dispatch
    fn one(&mut self, call: &mut Call, depth: usize) -> Parsed {
        let word = self.words[self.at].clone();
        self.at += 1;
        let signed = |text: &str| {
            let sign = text.chars().next().filter(|c| matches!(c, '+' | '-')).unwrap_or('=');
            let digits = text.trim_start_matches(['+', '-']);
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            (sign, digits[..end].parse::<u64>().unwrap_or(0), digits[end..].to_string())
        };
        Ok(Test::Term(match word.as_str() {
            "!" | "-not" => {
                if depth > limits::ARITH_DEPTH || self.peek().is_none() {
                    return Err("missing argument to '!'".to_string());
                }
                return Ok(Test::Not(Box::new(self.one(call, depth + 1)?)));
            }
            "(" => {
                let inner = self.any(call, depth + 1)?;
                if self.peek() != Some(")") {
                    return Err("missing ')'".to_string());
                }
                self.at += 1;
                return Ok(inner);
            }
            "-name" => Term::Name(Pattern::new(&self.value(&word)?), false),
            "-iname" => Term::Name(Pattern::new(&self.value(&word)?.to_ascii_lowercase()), true),
            "-path" | "-wholename" => Term::Path(Pattern::new(&self.value(&word)?)),
            "-type" => Term::Type(self.value(&word)?.chars().next().unwrap_or('f')),
            "-size" => {
                let (sign, count, unit) = signed(&self.value(&word)?);
                let unit = match unit.as_str() {
                    "c" => 1,
                    "k" => 1024,
                    "M" => 1 << 20,
                    "G" => 1 << 30,
                    _ => 512,
                };
                Term::Size(sign, unit, count)
            }
            "-mmin" | "-amin" | "-cmin" => {
                let (sign, count, _) = signed(&self.value(&word)?);
                Term::Minutes(sign, count)
            }
            "-mtime" | "-atime" | "-ctime" => {
                let (sign, count, _) = signed(&self.value(&word)?);
                Term::Minutes(sign, count * 1440)
            }
            "-newer" => {
                let path = self.value(&word)?;
                let node = call.sys.stat(&path, true);
                Term::Newer(node.map_err(|e| [&path, ": ", e.text()].concat())?.modified.as_secs())
            }
            "-perm" => {
                let text = self.value(&word)?;
                let mode = changed(text.trim_start_matches('-'), 0);
                Term::Perm(
                    mode.ok_or_else(|| ["invalid mode '", &text, "'"].concat())?,
                    text.starts_with('-'),
                )
            }
            "-maxdepth" => {
                self.depths.1 = self.value(&word)?.parse().unwrap_or(usize::MAX);
                Term::True(true)
            }
            "-mindepth" => {
                self.depths.0 = self.value(&word)?.parse().unwrap_or(0);
                Term::True(true)
            }
            "-empty" => Term::Empty,
            "-true" | "-depth" | "-follow" | "-xdev" => Term::True(true),
            "-false" => Term::True(false),
            "-prune" => Term::Prune,
            "-user" | "-group" => Term::True(matches!(self.value(&word)?.as_str(), "root" | "0")),
            "-print" | "-print0" | "-delete" => {
                self.acts = true;
                match word.as_str() {
                    "-print" => Term::Print('\n'),
                    "-print0" => Term::Print('\0'),
                    _ => Term::Delete,
                }
            }
            "-exec" | "-ok" => {
                self.acts = true;
                let rest = &self.words[self.at..];
                let end = rest.iter().position(|w| w == ";" || w == "+");
                let end = end.ok_or("-exec requires an argument")?;
                let each = rest[end] == ";";
                let mut command = rest[..end].to_vec();
                if !each && command.last().is_some_and(|w| w == "{}") {
                    command.pop();
                }
                self.at += end + 1;
                self.exec = Some((command, each));
                Term::Exec
            }
            other => return Err(["unrecognized: ", other].concat()),
        }))
    }
}
