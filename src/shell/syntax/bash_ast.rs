//! The nodes of the syntax tree that only bash has.

use std::rc::Rc;

use crate::shell::syntax::ast::{Command, Word};

/// A command that only bash has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bash {
    /// `((a))`
    Arithmetic(Word, u32),
    /// `for ((a; b; c)); do d; done`
    For(Box<[Word; 3]>, Rc<Command>),
    /// `[[ a ]]`
    Test(Test, u32),
    /// `time a`; with the flag in the form of POSIX
    Time(Rc<Command>, bool),
}

/// What `[[ … ]]` asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    /// `! a`
    Not(Box<Test>),
    /// `a && b`
    And(Box<Test>, Box<Test>),
    /// `a || b`
    Or(Box<Test>, Box<Test>),
    /// `-f a`, by its letter
    Unary(char, Word),
    /// `a == b`
    Binary(Word, String, Word),
    /// `a`
    Filled(Word),
}

/// What an assignment of bash sets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The variable.
    pub name: String,
    /// `[1]`
    pub index: Option<Word>,
    /// `+=`
    pub append: bool,
    /// `(…)`
    pub items: Option<Vec<Item>>,
}

impl Target {
    /// Whether a command must run to expand it.
    pub fn substitutes(&self) -> bool {
        let items = self.items.iter().flatten();
        let words = items.flat_map(|item| item.target.iter().map(|(w, _)| w).chain([&item.value]));
        self.index.iter().chain(words).any(Word::substitutes)
    }
}

/// `v` or `[i]=v` in `a=(…)`; the flag says `[i]+=v`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// `[i]=`
    pub target: Option<(Word, bool)>,
    /// `v`
    pub value: Word,
}

/// What bash does to the value of a parameter, beside what ash does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum More {
    /// `${x^a}`, `${x^^a}`, `${x,a}`: to capitals or not, everywhere or not
    Case(bool, bool, Word),
    /// `${x/#a/b}`, `${x/%a/b}`
    ReplaceAt(char, Word, Word),
    /// `${x@Q}`
    Transform(char),
    /// `${!a[@]}`
    Keys,
    /// `${!a*}`, `${!a@}`
    Names,
    /// What cannot be understood, which is an error when it is needed
    Bad(String),
}
