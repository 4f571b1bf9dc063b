//! Words become text: parameters, substitutions, arithmetic, tildes.

use std::rc::Rc;

use crate::shell::limits;
use crate::shell::sh::arith;
use crate::shell::sh::fields::{self, Run};
use crate::shell::sh::glob;
use crate::shell::sh::pattern::Pattern;
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::{Command, Part, Word};
use crate::shell::sys::Sys;
use crate::shell::types::{Limit, NoteKind};

/// Why an expansion did not come to its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The text of this command is needed first.
    Substitute(Rc<Command>),
    /// This command must run beside it; with the flag it reads what is written to its name.
    Process(Rc<Command>, bool),
    /// It failed; the message after the shell's name.
    Fail(String),
}

/// An expansion of some words, with the texts its substitutions have given so far.
pub struct Expansion<'a, 'b> {
    pub(super) shell: &'a mut Shell,
    pub(super) sys: &'a mut Sys<'b>,
    texts: &'a [String],
    used: usize,
    /// Bytes that have been expanded so far.
    bytes: usize,
}

impl<'a, 'b> Expansion<'a, 'b> {
    /// Starts an expansion.
    pub fn new(shell: &'a mut Shell, sys: &'a mut Sys<'b>, texts: &'a [String]) -> Self {
        Expansion { shell, sys, texts, used: 0, bytes: 0 }
    }

    /// The fields a word becomes, file names included.
    pub fn fields(&mut self, word: &Word) -> Result<Vec<String>, Stop> {
        let runs = self.runs_from(word, 1)?;
        let ifs = self.shell.ifs();
        let fields = fields::split(&runs, &ifs);
        if self.shell.options.on('f') {
            return Ok(fields.into_iter().map(|f| f.text).collect());
        }
        let options = glob::Options {
            null: self.shell.shopt("nullglob"),
            hidden: self.shell.shopt("dotglob"),
            fold: self.shell.shopt("nocaseglob"),
            extended: self.shell.shopt("extglob"),
            deep: self.shell.shopt("globstar"),
        };
        Ok(fields.into_iter().flat_map(|f| glob::names(self.sys, f, options)).collect())
    }

    /// The fields of several words.
    pub fn all_fields(&mut self, words: &[Word]) -> Result<Vec<String>, Stop> {
        let mut all = Vec::new();
        for word in words {
            all.extend(self.fields(word)?);
            if all.len() > limits::ARGUMENTS {
                self.sys.note(NoteKind::Limit(Limit::Arguments));
                return Err(Stop::Fail("Argument list too long".to_string()));
            }
        }
        Ok(all)
    }

    /// The one text a word becomes where nothing is split.
    pub fn text(&mut self, word: &Word) -> Result<String, Stop> {
        Ok(fields::join(&self.runs(word)?, &self.shell.separator()))
    }

    /// The pattern a word becomes.
    pub fn pattern(&mut self, word: &Word) -> Result<String, Stop> {
        Ok(fields::as_pattern(&self.runs(word)?, &self.shell.separator()))
    }

    /// The pattern a word becomes, read as the shell reads patterns.
    pub fn compiled(&mut self, word: &Word) -> Result<Pattern, Stop> {
        let extended = self.shell.shopt("extglob");
        Ok(Pattern::with(&self.pattern(word)?, extended))
    }

    /// The runs a word becomes.
    pub fn runs(&mut self, word: &Word) -> Result<Vec<Run>, Stop> {
        self.runs_from(word, usize::MAX)
    }

    /// The runs; tildes count only in the first `tildes` parts: in `echo x=~` the tilde stays.
    fn runs_from(&mut self, word: &Word, tildes: usize) -> Result<Vec<Run>, Stop> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, part) in word.parts.iter().enumerate() {
            let before = runs.len();
            match part {
                Part::Tilde(name) if at >= tildes => runs.push(Run::Literal(format!("~{name}"))),
                Part::Text(text) => runs.push(Run::Literal(text.clone())),
                Part::Quoted(text) => runs.push(Run::Quoted(text.clone())),
                Part::Tilde(name) => runs.push(self.tilde(name)),
                Part::Param(param, quoted) => runs.extend(self.param(param, *quoted)?),
                Part::Substitution(command, quoted) => {
                    let text = self.given().ok_or_else(|| Stop::Substitute(command.clone()))?;
                    runs.push(value(text, *quoted));
                }
                Part::Process(command, writes) => {
                    let stop = || Stop::Process(command.clone(), *writes);
                    runs.push(Run::Quoted(self.given().ok_or_else(stop)?));
                }
                Part::Assign(target) => {
                    let text = self.declared(target, &[])?;
                    runs.push(Run::Literal(text));
                }
                Part::Arithmetic(word, quoted) => {
                    let number = self.arithmetic(word)?;
                    runs.push(value(number.to_string(), *quoted));
                }
            }
            self.measure(&runs[before..])?;
        }
        Ok(runs)
    }

    /// Counts what was expanded, before the next part may make it many times as long.
    fn measure(&mut self, runs: &[Run]) -> Result<(), Stop> {
        self.bytes += runs.iter().map(Run::bytes).sum::<usize>();
        if self.bytes <= limits::COMMAND_BYTES {
            return Ok(());
        }
        self.sys.note(NoteKind::Limit(Limit::Arguments));
        Err(Stop::Fail("Argument list too long".to_string()))
    }

    /// The value of an arithmetic expression.
    pub fn arithmetic(&mut self, word: &Word) -> Result<i64, Stop> {
        let text = self.text(word)?;
        arith::evaluate(&text, &mut self.shell.vars).map_err(Stop::Fail)
    }

    /// What the next substitution has given, if it was made before.
    fn given(&mut self) -> Option<String> {
        self.used += 1;
        self.texts.get(self.used - 1).cloned()
    }

    fn tilde(&self, name: &str) -> Run {
        let home = match name {
            "" => self.shell.vars.get("HOME").map(str::to_string),
            "root" => Some("/root".to_string()),
            _ => None,
        };
        match home {
            Some(home) => Run::Quoted(home),
            None => Run::Literal(format!("~{name}")),
        }
    }
}

/// The value of an expansion as a run.
pub fn value(text: String, quoted: bool) -> Run {
    if quoted { Run::Quoted(text) } else { Run::Split(text) }
}
