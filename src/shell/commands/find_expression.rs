//! The tests and actions of `find`: `-name '*.txt' -o -type d`.

use crate::shell::commands::call::Call;
use crate::shell::commands::chmod::changed;
use crate::shell::commands::regex::Regex;
use crate::shell::limits;
use crate::shell::sh::pattern::Pattern;

/// A test or an action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Term {
    /// `-name`; with the flag `-iname`
    Name(Pattern, bool),
    /// `-path`; with the flag `-ipath`
    Path(Pattern, bool),
    /// `-regex`
    Regex(Regex),
    /// `-type`
    Type(char),
    /// `-size`: the sign, the unit, the count
    Size(char, u64, u64),
    /// `-mtime`, `-mmin`: the sign, the seconds of a unit, how many.
    Age(char, u64, u64),
    /// `-links`
    Links(char, u64),
    /// `-newer`: the seconds of that file
    Newer(i64),
    /// `-perm`: the sign and the bits
    Perm(char, u16),
    /// `-user`, `-group`: whether it is root
    Root(bool),
    /// `-executable`
    Executable,
    /// `-empty`
    Empty,
    /// `-true`, and what only sets something
    True(bool),
    /// `-print`, `-print0`: what ends a line
    Print(char),
    /// `-delete`
    Delete,
    /// `-prune`
    Prune,
    /// `-quit`
    Quit,
    /// `-exec … ;`
    Exec(Vec<String>),
    /// `-exec … +`: which of them
    ExecAll(usize),
}

/// Tests joined.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    /// One.
    Term(Term),
    /// `! a`
    Not(Box<Test>),
    /// `a -a b`
    All(Vec<Test>),
    /// `a -o b`
    Any(Vec<Test>),
}

/// Reads an expression.
pub struct Parser<'a> {
    /// The words.
    pub words: &'a [String],
    /// The next word.
    pub at: usize,
    /// The least and the greatest depth.
    pub depths: (usize, usize),
    /// Whether there is an action, so that nothing is printed of itself.
    pub acts: bool,
    /// Whether a directory comes after what is in it.
    pub last: bool,
    /// The commands of `-exec … +`.
    pub batches: Vec<Vec<String>>,
}

type Parsed = Result<Test, String>;

impl Parser<'_> {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).map(String::as_str)
    }

    /// Reads tests joined by `-o`.
    ///
    /// Errors: the message.
    pub fn any(&mut self, call: &mut Call, depth: usize) -> Parsed {
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
            "-path" | "-wholename" => Term::Path(Pattern::new(&self.value(&word)?), false),
            "-ipath" => Term::Path(Pattern::new(&self.value(&word)?.to_ascii_lowercase()), true),
            "-regex" => {
                let whole = ["^\\(", &self.value(&word)?, "\\)$"].concat();
                Term::Regex(Regex::new(&whole, false, false).ok_or("bad regex")?)
            }
            "-links" => {
                let (sign, count, _) = signed(&self.value(&word)?);
                Term::Links(sign, count)
            }
            "-type" => {
                let text = self.value(&word)?;
                let mut letters = text.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter @ ('f' | 'd' | 'l' | 'b' | 'c' | 's' | 'p')), None) => {
                        Term::Type(letter)
                    }
                    _ => return Err(["invalid argument '", &text, "' to '-type'"].concat()),
                }
            }
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
                Term::Age(sign, 60, count)
            }
            "-mtime" | "-atime" | "-ctime" => {
                let (sign, count, _) = signed(&self.value(&word)?);
                Term::Age(sign, 86_400, count)
            }
            "-newer" => {
                let path = self.value(&word)?;
                let node = call.sys.stat(&path, true);
                Term::Newer(node.map_err(|e| [&path, ": ", e.text()].concat())?.time())
            }
            "-perm" => {
                let text = self.value(&word)?;
                let sign = text.chars().next().filter(|c| matches!(c, '-' | '/' | '+'));
                let mode = changed(text.trim_start_matches(['-', '/', '+']), 0);
                let mode = mode.ok_or_else(|| ["invalid mode '", &text, "'"].concat())?;
                Term::Perm(sign.unwrap_or('='), mode)
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
            "-depth" | "-d" => {
                self.last = true;
                Term::True(true)
            }
            "-true" | "-follow" | "-xdev" => Term::True(true),
            "-false" => Term::True(false),
            "-prune" => Term::Prune,
            "-user" | "-group" => Term::Root(matches!(self.value(&word)?.as_str(), "root" | "0")),
            "-executable" => Term::Executable,
            "-print" | "-print0" | "-delete" | "-quit" => {
                self.acts = true;
                self.last |= word == "-delete";
                match word.as_str() {
                    "-print" => Term::Print('\n'),
                    "-print0" => Term::Print('\0'),
                    "-quit" => Term::Quit,
                    _ => Term::Delete,
                }
            }
            "-exec" => {
                self.acts = true;
                let rest = &self.words[self.at..];
                let end = rest.iter().position(|w| w == ";" || w == "+");
                let end = end.ok_or("-exec requires an argument")?;
                let mut command = rest[..end].to_vec();
                let each = rest[end] == ";";
                self.at += end + 1;
                if each {
                    return Ok(Test::Term(Term::Exec(command)));
                }
                command.pop_if(|word| word == "{}");
                self.batches.push(command);
                Term::ExecAll(self.batches.len() - 1)
            }
            other => return Err(["unrecognized: ", other].concat()),
        }))
    }
}
