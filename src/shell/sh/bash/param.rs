//! `${…}` in bash: arrays, `${!x}`, `${x^^}`, `${x@Q}`, and all that ash has for lists too.

use crate::shell::commands::echo::unescape;
use crate::shell::sh::bash::messages::FATAL;
use crate::shell::sh::bash::quote;
use crate::shell::sh::expand::{Expansion, Stop, value};
use crate::shell::sh::fields::Run;
use crate::shell::sh::pattern::Pattern;
use crate::shell::syntax::ast::More;
use crate::shell::syntax::cursor::is_name;
use crate::shell::syntax::{Param, ParamOp, Word};

/// What a parameter is before anything is done to it.
enum Values {
    One(Option<String>),
    /// All of a list; the flag says that they are joined, as by `$*`.
    All(Vec<String>, bool),
}

impl Values {
    fn is_set(&self, colon: bool) -> bool {
        match self {
            Values::One(one) => one.as_ref().is_some_and(|text| !colon || !text.is_empty()),
            Values::All(all, _) => match all.as_slice() {
                [] => false,
                [one] => !colon || !one.is_empty(),
                _ => true,
            },
        }
    }
}

/// The name of a parameter and its index.
type Place = (String, Option<String>);

impl Expansion<'_, '_> {
    /// The runs a parameter becomes in bash.
    pub(in crate::shell::sh) fn bash_param(
        &mut self,
        param: &Param,
        quoted: bool,
    ) -> Result<Vec<Run>, Stop> {
        if let ParamOp::Bash(More::Bad(text)) = &param.op {
            return Err(Stop::Fail([text, ": bad substitution"].concat()));
        }
        let place = self.place(param)?;
        let values = self.values(&place)?;
        let name = match &place {
            (name, Some(index)) => format!("{name}[{index}]"),
            (name, None) => name.clone(),
        };
        match &param.op {
            ParamOp::Default(colon, word) if !values.is_set(*colon) => self.word(word, quoted),
            ParamOp::Assign(colon, word) if !values.is_set(*colon) => {
                let text = self.text(word)?;
                let vars = &mut self.shell.vars;
                match &place {
                    (name, Some(index)) => vars.put(name, index, &text, false),
                    (name, None) => vars.set(name, &text),
                }
                .map_err(Stop::Fail)?;
                Ok(vec![value(text, quoted)])
            }
            ParamOp::Error(colon, word) if !values.is_set(*colon) => {
                let text = self.text(word)?;
                let default =
                    if *colon { "parameter null or not set" } else { "parameter not set" };
                let text = if word.parts.is_empty() { default } else { &text };
                Err(Stop::Fail(format!("{FATAL}{name}: {text}")))
            }
            ParamOp::Alternative(colon, word) if values.is_set(*colon) => self.word(word, quoted),
            ParamOp::Alternative(..) => Ok(shown(Values::One(Some(String::new())), quoted, "")),
            op => {
                let quiet = matches!(op, ParamOp::Bash(More::Keys | More::Names));
                let unset = matches!(&values, Values::One(None)) && !quiet;
                if unset && self.shell.options.on('u') {
                    return Err(Stop::Fail(format!("{FATAL}{name}: unbound variable")));
                }
                let values = self.done(op, values, &place)?;
                let between = self.shell.separator();
                Ok(shown(values, quoted, &between))
            }
        }
    }

    fn word(&mut self, word: &Word, quoted: bool) -> Result<Vec<Run>, Stop> {
        let mut runs = self.inner(word, quoted)?;
        if runs.is_empty() && quoted {
            runs.push(Run::Quoted(String::new()));
        }
        Ok(runs)
    }

    /// What is asked for, by way of the name that another variable holds.
    fn place(&mut self, param: &Param) -> Result<Place, Stop> {
        let mut index = None;
        if let Some(word) = &param.index {
            index = Some(self.text(word)?);
        }
        let place = (param.name.clone(), index);
        if !param.indirect {
            return Ok(place);
        }
        let reference =
            self.shell.vars.raw(&place.0).and_then(|var| Some((var.more.as_ref()?, var)));
        if let Some((_, var)) = reference.filter(|(more, _)| more.reference) {
            // The name itself: as a text that nobody else has.
            let text = var.value.clone().unwrap_or_default();
            self.shell.vars.entry("_").value = Some(text);
            return Ok(("_".to_string(), None));
        }
        let text = match self.values(&place)? {
            Values::One(text) => text.unwrap_or_default(),
            Values::All(all, _) => all.join(" "),
        };
        let (name, index) = crate::shell::sh::arith::target(&text);
        let index = index.map(str::to_string);
        let special = name.len() == 1 && "@*#?-$!".contains(name);
        if !is_name(name) && !special && !name.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Stop::Fail([&text, ": invalid variable name"].concat()));
        }
        if name.is_empty() {
            return Err(Stop::Fail([&place.0, ": invalid indirect expansion"].concat()));
        }
        Ok((name.to_string(), index))
    }

    fn values(&mut self, (name, index): &Place) -> Result<Values, Stop> {
        let shell = &mut *self.shell;
        shell.vars.refresh(name);
        Ok(match (name.as_str(), index.as_deref()) {
            ("@" | "*", _) => Values::All(shell.args.to_vec(), name == "*"),
            (_, Some(all @ ("@" | "*"))) => {
                let elements = shell.vars.elements(name).into_iter();
                Values::All(elements.map(|(_, value)| value).collect(), all == "*")
            }
            (_, Some(index)) => Values::One(shell.vars.element(name, index).map_err(Stop::Fail)?),
            _ => Values::One(shell.parameter(name)),
        })
    }

    fn done(&mut self, op: &ParamOp, values: Values, place: &Place) -> Result<Values, Stop> {
        let vars = &mut self.shell.vars;
        let star = place.1.as_deref().unwrap_or(&place.0) == "*";
        let all = |texts: Vec<String>| Ok(Values::All(texts, star));
        match (op, values) {
            (ParamOp::Bash(More::Keys), _) => {
                all(vars.elements(&place.0).into_iter().map(|(index, _)| index).collect())
            }
            (ParamOp::Bash(More::Names), _) => {
                let names = vars.all().map(|(name, _)| name).filter(|n| n.starts_with(&place.0));
                all(names.cloned().collect())
            }
            (ParamOp::Length, Values::All(list, _)) => {
                Ok(Values::One(Some(list.len().to_string())))
            }
            (ParamOp::Substring(offset, length), Values::All(list, _)) => {
                let offset = self.arithmetic(offset)?;
                let length = length.as_ref().map(|l| self.arithmetic(l)).transpose()?;
                all(self.slice(list, place, offset, length))
            }
            (ParamOp::Bash(More::Transform(letter @ ('A' | 'a' | 'K' | 'k'))), _) => {
                Ok(Values::One(Some(self.described(*letter, &place.0))))
            }
            (op, Values::All(list, _)) => {
                let list = list.into_iter().map(|text| self.changed(op, Some(text)));
                all(list.collect::<Result<_, _>>()?)
            }
            (ParamOp::Bash(More::Transform(_)), Values::One(None)) => Ok(Values::One(None)),
            (op, Values::One(text)) => Ok(Values::One(Some(self.changed(op, text)?))),
        }
    }

    /// `${a[@]:1:2}`, `${@:1:2}`: from this index on so many.
    fn slice(
        &mut self,
        list: Vec<String>,
        (name, _): &Place,
        offset: i64,
        length: Option<i64>,
    ) -> Vec<String> {
        let numbered: Vec<(i64, String)> = if matches!(name.as_str(), "@" | "*") {
            (0..).zip([self.shell.arg0.clone()].into_iter().chain(list)).collect()
        } else if self.shell.vars.is_keyed(name) {
            (1..).zip(list).collect()
        } else {
            let elements = self.shell.vars.elements(name).into_iter();
            elements.map(|(index, value)| (index.parse().unwrap_or(0), value)).collect()
        };
        let end = numbered.last().map_or(0, |(last, _)| last + 1);
        let from = if offset < 0 { end.saturating_add(offset) } else { offset };
        let most = length.map_or(usize::MAX, |length| length.max(0) as usize);
        let inside = numbered.into_iter().filter(|(at, _)| from >= 0 && *at >= from);
        inside.map(|(_, value)| value).take(most).collect()
    }

    /// `${x@A}`, `${x@a}`, `${x@K}`
    fn described(&mut self, letter: char, name: &str) -> String {
        if letter == 'A' {
            let text = self.shell.vars.declaration(name).unwrap_or_default();
            let list = !self.shell.vars.marks(name).starts_with(['a', 'A']);
            let value = self.shell.vars.get(name).filter(|_| list).map(quote::single);
            let text = match (text.split_once('='), value) {
                (Some((start, _)), Some(value)) => [start, "=", &value].concat(),
                _ => text,
            };
            return text.strip_prefix("declare -- ").map_or(text.clone(), str::to_string);
        }
        if letter == 'a' {
            return self.shell.vars.marks(name);
        }
        let elements = self.shell.vars.elements(name).into_iter();
        let pairs = elements.map(|(index, value)| format!("{index} {}", quote::double(&value)));
        pairs.collect::<Vec<_>>().join(" ")
    }

    /// What bash does to one text.
    pub(in crate::shell::sh) fn bash_changed(
        &mut self,
        more: &More,
        old: String,
    ) -> Result<String, Stop> {
        Ok(match more {
            More::Case(upper, all, pattern) => {
                let wanted = self.pattern(pattern)?;
                let wanted = Pattern::new(if wanted.is_empty() { "?" } else { &wanted });
                let mut buffer = [0; 4];
                let change = |(at, c): (usize, char)| {
                    if (at == 0 || *all) && wanted.matches(c.encode_utf8(&mut buffer)) {
                        return fold(c, *upper);
                    }
                    c.to_string()
                };
                old.char_indices().map(change).collect()
            }
            More::ReplaceAt(end, pattern, new) => {
                let pattern = self.compiled(pattern)?;
                let new = self.text(new)?;
                match end {
                    '#' => match pattern.prefixes(&old).last() {
                        Some(len) => new + &old[*len..],
                        None => old,
                    },
                    _ => match pattern.suffixes(&old).last() {
                        Some(at) => old[..*at].to_string() + &new,
                        None => old,
                    },
                }
            }
            More::Transform('Q') => quote::single(&old),
            More::Transform('U') => old.to_uppercase(),
            More::Transform('L') => old.to_lowercase(),
            More::Transform('u') => {
                let mut chars = old.chars();
                chars.next().map_or(String::new(), |c| fold(c, true)) + chars.as_str()
            }
            More::Transform('E') => String::from_utf8_lossy(&unescape(&old, false).0).into_owned(),
            _ => old,
        })
    }
}

fn fold(c: char, upper: bool) -> String {
    if upper { c.to_uppercase().collect() } else { c.to_lowercase().collect() }
}

fn shown(values: Values, quoted: bool, between: &str) -> Vec<Run> {
    match values {
        Values::One(text) => vec![value(text.unwrap_or_default(), quoted)],
        Values::All(all, true) if quoted => vec![Run::Quoted(all.join(between))],
        Values::All(all, _) => {
            let mut runs = Vec::new();
            for (nth, text) in all.into_iter().enumerate() {
                runs.extend((nth > 0).then_some(Run::Break));
                runs.push(value(text, quoted));
            }
            runs
        }
    }
}
