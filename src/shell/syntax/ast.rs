//! The syntax tree. Nodes are shared (`Rc`) and never change, so frames may hold them.

use std::rc::Rc;

pub use crate::shell::syntax::bash_ast::{Bash, Item, More, Target, Test};

/// A command of any kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// `A=1 name argument > file`
    Simple(Simple),
    /// `a | b | c`
    Pipeline(Vec<Rc<Command>>),
    /// `! a`
    Not(Rc<Command>),
    /// `a && b || c`: each further one with what joins it
    AndOr(Rc<Command>, Vec<(Join, Rc<Command>)>),
    /// `a; b; c`
    List(Vec<Rc<Command>>),
    /// `a &`
    Background(Rc<Command>),
    /// `( a )`
    Subshell(Rc<Command>),
    /// `{ a; } > file`, and other compound commands with redirections
    Redirected(Rc<Command>, Vec<Redirect>),
    /// `if a; then b; else c; fi`
    If(Rc<Command>, Rc<Command>, Option<Rc<Command>>),
    /// `while a; do b; done`; `until` if the flag is set
    Loop(bool, Rc<Command>, Rc<Command>),
    /// `for x in a b; do c; done`; without `in`, the positional parameters
    For(String, Option<Vec<Word>>, Rc<Command>),
    /// `case a in b|c) d;; esac`
    Case(Word, Vec<Arm>),
    /// `name() { a; }`
    Function(String, Rc<Command>),
    /// What only bash has: `((…))`, `[[ … ]]` …
    Bash(Bash),
    /// Nothing: an empty body.
    Empty,
}

/// What joins two commands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Join {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// `A=1 name argument > file`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Simple {
    /// `A=1`
    pub assignments: Vec<(String, Word)>,
    /// The name and the arguments.
    pub words: Vec<Word>,
    /// `> file`
    pub redirects: Vec<Redirect>,
    /// The line it starts on, from 1.
    pub line: u32,
}

impl Simple {
    /// Whether a command must run to expand it.
    pub fn substitutes(&self) -> bool {
        let redirects = self.redirects.iter().map(|r| &r.word);
        let assigned = self.assignments.iter().map(|(_, word)| word);
        self.words.iter().chain(redirects).chain(assigned).any(Word::substitutes)
    }
}

/// `b|c) d;;`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arm {
    /// `b|c`
    pub patterns: Vec<Word>,
    /// `d`
    pub body: Rc<Command>,
    /// What comes after it.
    pub end: End,
}

/// What comes after an arm of a `case`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// `;;`: nothing
    Stop,
    /// `;&` of bash: the next body
    Next,
    /// `;;&` of bash: the next patterns
    Test,
}

/// `2> file`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redirect {
    /// Which descriptor.
    pub fd: u32,
    /// How.
    pub kind: RedirectKind,
    /// The file, the other descriptor, or the text of a here-document.
    pub word: Word,
}

/// The kinds of redirection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RedirectKind {
    /// `<`
    Read,
    /// `>`
    Write,
    /// `>|`
    Clobber,
    /// `>>`
    Append,
    /// `<>`
    ReadWrite,
    /// `<&` and `>&`
    Duplicate,
    /// `&>`
    Both,
    /// `&>>`
    BothAppend,
    /// `<<`
    Here,
    /// A here-document whose text could not be expanded; the text is why.
    Failed,
}

/// A word: its parts follow each other without blanks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// The parts.
    pub parts: Vec<Part>,
}

impl Word {
    /// Whether a command must run to expand it.
    pub fn substitutes(&self) -> bool {
        self.parts.iter().any(|part| match part {
            Part::Substitution(..) | Part::Process(..) => true,
            Part::Arithmetic(word, _) => word.substitutes(),
            Part::Param(param, _) => {
                let index = param.index.iter();
                index.chain(param.op.words()).any(Word::substitutes)
            }
            Part::Assign(target) => target.substitutes(),
            Part::Text(_) | Part::Quoted(_) | Part::Tilde(_) => false,
        })
    }

    /// The text, if the word is nothing but plain unquoted text.
    pub fn plain(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }
}

/// A part of a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// `abc`: it may be a pattern
    Text(String),
    /// `'abc'`, `\a`, or plain text inside double quotes
    Quoted(String),
    /// `$x`, `${x:-word}`; the flag says that it is inside double quotes
    Param(Rc<Param>, bool),
    /// `$(a)` and `` `a` ``; the flag says that it is inside double quotes
    Substitution(Rc<Command>, bool),
    /// `<(a)`; with the flag `>(a)`
    Process(Rc<Command>, bool),
    /// `$((1 + x))`; the flag says that it is inside double quotes
    Arithmetic(Word, bool),
    /// `~`, `~name`
    Tilde(String),
    /// `a[1]=`, `a+=`, `a=(…)` of bash, before the value
    Assign(Rc<Target>),
}

/// `${name…}`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Param {
    /// The name of a variable, a digit string or one of `@*#?-$!`.
    pub name: String,
    /// `[1]` after its name, in bash.
    pub index: Option<Word>,
    /// `${!x}` of bash: its value is the name.
    pub indirect: bool,
    /// What is done to its value.
    pub op: ParamOp,
}

impl ParamOp {
    /// The words in it.
    fn words(&self) -> impl Iterator<Item = &Word> {
        let (first, second) = match self {
            ParamOp::Value | ParamOp::Length | ParamOp::Bad => (None, None),
            ParamOp::Default(_, word)
            | ParamOp::Assign(_, word)
            | ParamOp::Error(_, word)
            | ParamOp::Alternative(_, word)
            | ParamOp::RemovePrefix(_, word)
            | ParamOp::RemoveSuffix(_, word) => (Some(word), None),
            ParamOp::Substring(offset, length) => (Some(offset), length.as_ref()),
            ParamOp::Replace(_, pattern, new) | ParamOp::Bash(More::ReplaceAt(_, pattern, new)) => {
                (Some(pattern), Some(new))
            }
            ParamOp::Bash(More::Case(_, _, pattern)) => (Some(pattern), None),
            ParamOp::Bash(_) => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// What is done to the value of a parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ParamOp {
    /// `$x`
    Value,
    /// `${#x}`
    Length,
    /// `${x-word}`, with the flag `${x:-word}`
    Default(bool, Word),
    /// `${x=word}`, with the flag `${x:=word}`
    Assign(bool, Word),
    /// `${x?word}`, with the flag `${x:?word}`
    Error(bool, Word),
    /// `${x+word}`, with the flag `${x:+word}`
    Alternative(bool, Word),
    /// `${x#word}`, with the flag `${x##word}`
    RemovePrefix(bool, Word),
    /// `${x%word}`, with the flag `${x%%word}`
    RemoveSuffix(bool, Word),
    /// `${x:1}`, `${x:1:2}`
    Substring(Word, Option<Word>),
    /// `${x/a/b}`, with the flag `${x//a/b}`
    Replace(bool, Word, Word),
    /// What only bash does.
    Bash(More),
    /// Nothing known, which is an error only when it is expanded.
    Bad,
}
