//! `find path -name '*.txt' -type f -exec command {} \;`
//!
//! A path whose tests run a command is looked at from the start again when that command has ended,
//! with the results so far.

use crate::shell::commands::call::Call;
use crate::shell::commands::find_expression::{Parser, Term, Test};
use crate::shell::commands::rm;
use crate::shell::commands::task::Work;
use crate::shell::commands::xargs;
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sys::Sys;
use crate::shell::tree::{Node, NodeKind};
use crate::shell::types::Pid;

/// Paths that are still to be looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Place {
    path: String,
    depth: usize,
    /// Whether what is in it was looked at before it.
    last: bool,
}

/// `find`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Find {
    test: Test,
    /// The least and the greatest depth.
    depths: (usize, usize),
    acts: bool,
    last: bool,
    stack: Vec<Place>,
    /// What the commands for the current path came to.
    results: Vec<bool>,
    /// How much of what the current path prints was printed.
    printed: usize,
    /// The commands of `-exec … +`, each with its paths.
    batches: Vec<Vec<String>>,
    /// The command that runs.
    child: Option<Pid>,
    status: i32,
}

/// One look at a path.
#[derive(Default)]
struct Look {
    out: String,
    /// How many commands it has asked for.
    asked: usize,
    /// The command whose result it needs.
    needs: Option<Vec<String>>,
    batches: Vec<usize>,
    delete: bool,
    prune: bool,
    quit: bool,
}

/// Visits a path and what is below it, a directory before its entries.
pub fn walk(call: &mut Call, root: &str, visit: &mut dyn FnMut(&str, &Node)) {
    down(call, root, 0, visit);
}

fn down(call: &mut Call, path: &str, depth: usize, visit: &mut dyn FnMut(&str, &Node)) {
    let node = match call.sys.stat(path, depth == 0) {
        Ok(node) => node,
        Err(error) => {
            call.fail([path, ": ", error.text()].concat());
            return;
        }
    };
    call.sys.spend(1);
    visit(path, &node);
    if !node.is_dir() || depth > limits::LINKS {
        return;
    }
    let base = path.trim_end_matches('/');
    for name in call.sys.list(path).unwrap_or_default() {
        down(call, &[base, "/", &name].concat(), depth + 1, visit);
    }
}

/// Reads the command line.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    let follows = call.args.iter().take_while(|a| matches!(a.as_str(), "-L" | "-H")).count();
    let args = &call.args[follows..];
    let split = args.iter().position(|a| a.starts_with(['-', '(', '!']));
    let (paths, words) = args.split_at(split.unwrap_or(args.len()));
    let paths = if paths.is_empty() { vec![".".to_string()] } else { paths.to_vec() };
    let mut parser = Parser {
        words,
        at: 0,
        depths: (0, usize::MAX),
        acts: false,
        last: false,
        batches: Vec::new(),
    };
    let test = match parser.any(call, 0) {
        Ok(test) if parser.at == words.len() => test,
        Ok(_) => {
            return Err(Some(call.fail([&words[parser.at], ": unexpected argument"].concat())));
        }
        Err(message) => return Err(Some(call.fail(message))),
    };
    let place = |path| Place { path, depth: 0, last: false };
    Ok(Work::Find(Box::new(Find {
        test,
        depths: parser.depths,
        acts: parser.acts,
        last: parser.last,
        stack: paths.into_iter().rev().map(place).collect(),
        results: Vec::new(),
        printed: 0,
        batches: parser.batches,
        child: None,
        status: 0,
    })))
}

impl Find {
    /// Looks at the next path, or waits for a command.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if let Some(child) = self.child {
            return self.wait(sys, child);
        }
        let Some(place) = self.stack.pop() else { return self.finish(sys) };
        let node = match sys.stat(&place.path, false) {
            Ok(node) => node,
            Err(error) => {
                sys.err(["find: ", &place.path, ": ", error.text(), "\n"].concat());
                self.status = 1;
                return Step::Continue;
            }
        };
        sys.spend(1);
        let inside = node.is_dir() && place.depth < self.depths.1;
        if inside && self.last && !place.last {
            self.stack.push(Place { last: true, ..place.clone() });
            self.enter(sys, &place);
            return Step::Continue;
        }
        self.look(sys, place, &node, inside)
    }

    fn enter(&mut self, sys: &Sys, place: &Place) {
        let base = place.path.trim_end_matches('/');
        let below = |name: &String| Place {
            path: [base, "/", name].concat(),
            depth: place.depth + 1,
            last: false,
        };
        let names = sys.list(&place.path).unwrap_or_default();
        if place.depth <= limits::LINKS {
            self.stack.extend(names.iter().rev().map(below));
        }
    }

    fn look(&mut self, sys: &mut Sys, place: Place, node: &Node, inside: bool) -> Step {
        let mut look = Look::default();
        if place.depth >= self.depths.0 {
            let now = sys.now().as_secs();
            let holds = self.meets(&self.test, &mut look, &place.path, node, now);
            if holds && !self.acts {
                look.out.push_str(&place.path);
                look.out.push('\n');
            }
        }
        sys.out(look.out.get(self.printed..).unwrap_or_default());
        self.printed = look.out.len();
        if let Some(command) = look.needs {
            let argv = command.iter().map(|word| word.replace("{}", &place.path)).collect();
            self.stack.push(place);
            match self.run(sys, argv) {
                true => {}
                false => self.results.push(false),
            }
            return Step::Continue;
        }
        look.batches.iter().for_each(|at| self.batches[*at].push(place.path.clone()));
        (self.printed, self.results) = (0, Vec::new());
        if look.delete {
            self.delete(sys, &place.path, node.is_dir());
        }
        if look.quit {
            return Step::Exit(self.status);
        }
        if inside && !place.last && !look.prune {
            self.enter(sys, &place);
        }
        Step::Continue
    }

    fn delete(&mut self, sys: &mut Sys, path: &str, dir: bool) {
        let mut call = Call { sys, applet: "find", name: "find", args: &[] };
        let gone =
            call.sys.unlink(path, dir).is_ok() || rm::remove(&mut call, path, false, 0).is_ok();
        self.status |= i32::from(!gone);
    }

    /// Starts a command; whether there is one.
    fn run(&mut self, sys: &mut Sys, argv: Vec<String>) -> bool {
        let name = argv.first().cloned().unwrap_or_default();
        match xargs::spawn(sys, argv) {
            Ok(pid) => {
                self.child = Some(pid);
                true
            }
            Err(error) => {
                sys.err(["find: ", &name, ": ", error.text(), "\n"].concat());
                false
            }
        }
    }

    fn wait(&mut self, sys: &mut Sys, child: Pid) -> Step {
        while let Some((pid, exit)) = sys.reap() {
            if pid == child {
                self.child = None;
                self.results.push(exit.code == 0);
                return Step::Continue;
            }
        }
        Step::Block(State::Child(Some(child)))
    }

    /// Runs what was put off to the end.
    fn finish(&mut self, sys: &mut Sys) -> Step {
        self.status |= i32::from(std::mem::take(&mut self.results).contains(&false));
        if self.batches.is_empty() {
            return Step::Exit(self.status);
        }
        let argv = self.batches.remove(0);
        if argv.last().is_some_and(|path| sys.exists(path)) && !self.run(sys, argv) {
            self.status = 1;
        }
        Step::Continue
    }

    fn meets(&self, test: &Test, look: &mut Look, path: &str, node: &Node, now: u64) -> bool {
        let mut one = |one: &Test| look.needs.is_none() && self.meets(one, look, path, node, now);
        match test {
            Test::Term(term) => self.term(term, look, path, node, now),
            Test::Not(inner) => !one(inner),
            Test::All(all) => all.iter().all(one),
            Test::Any(any) => any.iter().any(one),
        }
    }

    // tidy: dispatch
    fn term(&self, term: &Term, look: &mut Look, path: &str, node: &Node, now: u64) -> bool {
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
            Term::Path(pattern, true) => pattern.matches(&path.to_ascii_lowercase()),
            Term::Path(pattern, false) => pattern.matches(path),
            Term::Regex(regex) => regex.is_match(path),
            Term::Type(letter) => {
                *letter
                    == match node.kind {
                        NodeKind::Directory(_) => 'd',
                        NodeKind::Link(_) => 'l',
                        NodeKind::Device(_) => 'c',
                        NodeKind::Fifo(_) => 'p',
                        _ => 'f',
                    }
            }
            Term::Size(sign, unit, count) => compare(*sign, node.size(), *count * *unit),
            Term::Age(sign, unit, count) => {
                let age = (now as i64).saturating_sub(node.time()).max(0) as u64;
                compare(*sign, age / unit, *count)
            }
            Term::Links(sign, count) => compare(*sign, u64::from(node.links), *count),
            Term::Newer(than) => node.time() > *than,
            Term::Perm('-', mode) => node.mode & mode == *mode,
            Term::Perm('=', mode) => node.mode & 0o7777 == *mode,
            Term::Perm(_, mode) => node.mode & mode != 0,
            Term::Root(root) => (node.uid == 0) == *root,
            Term::Executable => node.mode & 0o111 != 0,
            Term::Empty => match &node.kind {
                NodeKind::Directory(entries) => entries.is_empty(),
                NodeKind::Link(_) | NodeKind::Fifo(_) => false,
                _ => node.size() == 0,
            },
            Term::True(value) => *value,
            Term::Print(end) => {
                look.out.push_str(path);
                look.out.push(*end);
                true
            }
            Term::Delete => {
                look.delete = true;
                true
            }
            Term::Prune => {
                look.prune = true;
                true
            }
            Term::Quit => {
                look.quit = true;
                true
            }
            Term::Exec(command) => {
                look.asked += 1;
                let known = self.results.get(look.asked - 1).copied();
                if known.is_none() {
                    look.needs = Some(command.clone());
                }
                known.unwrap_or(false)
            }
            Term::ExecAll(at) => {
                look.batches.push(*at);
                true
            }
        }
    }
}
