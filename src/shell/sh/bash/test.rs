//! `[[ … ]]`

use crate::shell::commands::regex::Regex;
use crate::shell::commands::{self, Call};
use crate::shell::sh::arith;
use crate::shell::sh::bash::Items;
use crate::shell::sh::expand::{Expansion, Stop};
use crate::shell::sh::fields::Run;
use crate::shell::sh::pattern::Pattern;
use crate::shell::syntax::Word;
use crate::shell::syntax::ast::Test;

impl Expansion<'_, '_> {
    /// Whether it is so.
    pub(in crate::shell::sh) fn test(&mut self, test: &Test) -> Result<bool, Stop> {
        Ok(match test {
            Test::Not(inner) => !self.test(inner)?,
            Test::And(left, right) => self.test(left)? && self.test(right)?,
            Test::Or(left, right) => self.test(left)? || self.test(right)?,
            Test::Filled(word) => !self.text(word)?.is_empty(),
            Test::Unary(letter, word) => {
                let text = self.text(word)?;
                self.traced(&[&format!("-{letter}"), &text]);
                match letter {
                    'v' => self.is_set(&text)?,
                    'o' => self.shell.options.named(&text),
                    'R' => self.shell.vars.real(&text) != text,
                    _ => self.asks(&[format!("-{letter}"), text]),
                }
            }
            Test::Binary(left, operator, right) => self.compare(left, operator, right)?,
        })
    }

    /// Whether a text fits a pattern of `case`.
    pub(in crate::shell::sh) fn fits_arm(&mut self, word: &Word, text: &str) -> Result<bool, Stop> {
        if self.shell.shopt("nocasematch") {
            let source = self.pattern(word)?.to_lowercase();
            return Ok(Pattern::with(&source, true).matches(&text.to_lowercase()));
        }
        Ok(self.compiled(word)?.matches(text))
    }

    fn compare(&mut self, left: &Word, operator: &str, right: &Word) -> Result<bool, Stop> {
        let mut left = self.text(left)?;
        let fold = self.shell.shopt("nocasematch");
        match operator {
            "=" | "==" | "!=" => {
                let mut pattern = self.pattern(right)?;
                self.traced(&[&left, operator, &pattern]);
                if fold {
                    (left, pattern) = (left.to_lowercase(), pattern.to_lowercase());
                }
                return Ok(Pattern::with(&pattern, true).matches(&left) == (operator != "!="));
            }
            "=~" => return self.regex(&left, right, fold),
            _ => {}
        }
        let right = self.text(right)?;
        self.traced(&[&left, operator, &right]);
        Ok(match operator {
            "<" => left < right,
            ">" => left > right,
            "-nt" | "-ot" | "-ef" => self.asks(&[left, operator.to_string(), right]),
            _ => {
                let (left, right) = (self.number(&left)?, self.number(&right)?);
                match operator {
                    "-eq" => left == right,
                    "-ne" => left != right,
                    "-lt" => left < right,
                    "-le" => left <= right,
                    "-gt" => left > right,
                    _ => left >= right,
                }
            }
        })
    }

    /// `a =~ b`: what matched goes to `BASH_REMATCH`.
    fn regex(&mut self, text: &str, right: &Word, fold: bool) -> Result<bool, Stop> {
        let mut source = String::new();
        for run in self.runs(right)? {
            match run {
                Run::Literal(text) | Run::Split(text) => source.push_str(&text),
                Run::Break => source.push(' '),
                Run::Quoted(text) => {
                    for c in text.chars() {
                        source.extend("\\^$.[]|()*+?{}".contains(c).then_some('\\'));
                        source.push(c);
                    }
                }
            }
        }
        self.traced(&[text, "=~", &source]);
        // A malformed one is neither true nor false, and nothing is said.
        let regex = Regex::new(&source, true, fold).ok_or(Stop::Fail(String::new()))?;
        let groups = regex.captures(text, 0);
        let count = source.matches('(').count() - source.matches("\\(").count();
        let texts = groups.iter().flat_map(|groups| groups.iter().take(1 + count));
        let texts = texts.map(|group| group.map_or("", |(from, to)| &text[from..to]).to_string());
        let items = Items::listed(texts);
        let var = self.shell.vars.entry("BASH_REMATCH");
        var.more.get_or_insert_default().items = Some(items);
        Ok(groups.is_some())
    }

    /// `-v`: whether a variable, an element or any element is set.
    pub(in crate::shell::sh) fn is_set(&mut self, name: &str) -> Result<bool, Stop> {
        let vars = &mut self.shell.vars;
        Ok(match arith::element(name) {
            Some((name, "@" | "*")) => !vars.elements(name).is_empty(),
            Some((name, index)) => vars.element(name, index).map_err(Stop::Fail)?.is_some(),
            None => {
                vars.refresh(name);
                self.shell.parameter(name).is_some()
            }
        })
    }

    /// Shows what is asked under `set -x`.
    fn traced(&mut self, words: &[&str]) {
        if self.shell.options.on('x') {
            let shown = |word: &&str| if word.is_empty() { "''" } else { *word }.to_string();
            let words: Vec<String> = words.iter().map(shown).collect();
            self.shell.trace_line(self.sys, &["[[ ", &words.join(" "), " ]]"].concat());
        }
    }

    /// What `test` says.
    fn asks(&mut self, args: &[String]) -> bool {
        let act = commands::instant("test");
        let mut call = Call { sys: self.sys, applet: "bash", name: "test", args };
        act.is_some_and(|act| act(&mut call) == 0)
    }
}
