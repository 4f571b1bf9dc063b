//! The syntax tree of a program.

use crate::shell::commands::regex::Regex;

/// An expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expr {
    /// A number, in billionths.
    Number(i128),
    /// A text.
    Text(String),
    /// `/regex/`
    Regex(Regex),
    /// `$1`
    Field(Box<Expr>),
    /// `name`
    Var(String),
    /// `name[a, b]`
    Index(String, Vec<Expr>),
    /// `(a)`
    Group(Box<Expr>),
    /// `a = b`, `a += b`: the operator is what stands before the `=`, or nothing.
    Assign(Box<Expr>, &'static str, Box<Expr>),
    /// `a ? b : c`
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a + b`, `a b` (the empty operator), `a ~ b` …
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `!a`, `-a`, `+a`
    Unary(&'static str, Box<Expr>),
    /// `++a`, `a--`: by how much, and whether before.
    Step(Box<Expr>, i128, bool),
    /// `(a, b) in name`
    In(Vec<Expr>, String),
    /// `name(a, b)`
    Call(String, Vec<Expr>),
    /// `getline a < file`
    Getline(Option<Box<Expr>>, Option<Box<Expr>>),
    /// `command | getline a`
    Command(Box<Expr>, Option<Box<Expr>>),
}

/// A statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stmt {
    /// An expression for its effect.
    Expr(Expr),
    /// A statement that may have to wait for a command.
    Asking(Box<Stmt>),
    /// `print`, `printf` (the flag), and where to.
    Print(bool, Vec<Expr>, Option<(&'static str, Expr)>),
    /// `if (a) b else c`
    If(Expr, Vec<Stmt>, Vec<Stmt>),
    /// `while (a) b`; with the flag `do b while (a)`; after each turn the last part.
    While(Option<Expr>, Vec<Stmt>, bool, Vec<Stmt>),
    /// `for (a in b) c`
    ForIn(String, String, Vec<Stmt>),
    /// `break continue next exit return`, with a value.
    Jump(&'static str, Option<Expr>),
    /// `delete a[b]`, `delete a`
    Delete(String, Vec<Expr>),
}

/// When an action runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum When {
    /// `BEGIN`
    Begin,
    /// `END`
    End,
    /// Every line.
    Always,
    /// Lines for which this is true.
    If(Expr),
    /// From one line to another.
    Range(Expr, Expr),
}

/// A program.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Program {
    /// What runs when.
    pub rules: Vec<(When, Vec<Stmt>)>,
    /// Functions by name, with parameters and body.
    pub functions: Vec<(String, Vec<String>, Vec<Stmt>)>,
    /// Whether it asks for input in the middle of an action (a plain `getline`), so that all of it
    /// must be there before it begins.
    pub waits: bool,
    /// Whether it may have to wait for commands.
    pub asks: bool,
}

impl Program {
    /// Whether it looks at input.
    pub fn reads(&self) -> bool {
        self.waits || self.rules.iter().any(|(when, _)| !matches!(when, When::Begin))
    }
}
