//! The functions that are part of the language.

use crate::shell::commands::awk::machine::{Machine, Stop};
use crate::shell::commands::awk::syntax::Expr;
use crate::shell::commands::awk::value::Value;
use crate::shell::commands::date::Moment;
use crate::shell::commands::decimal::ONE;
use crate::shell::commands::printf;
use crate::shell::commands::regex::Regex;
use std::rc::Rc;

const NAMES: [&str; 30] = [
    "length", "substr", "index", "split", "sub", "gsub", "match", "sprintf", "tolower", "toupper",
    "int", "rand", "srand", "systime", "strftime", "system", "close", "fflush", "sqrt", "exp",
    "log", "sin", "cos", "atan2", "and", "or", "xor", "lshift", "rshift", "compl",
];

/// Whether a name is such a function.
pub fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

impl Machine<'_, '_, '_> {
    /// Calls a function of the language.
    pub fn builtin(&mut self, name: &str, args: &[Expr]) -> Result<Value, Stop> {
        if name == "length"
            && let Some(Expr::Var(array)) = args.first()
        {
            let array = self.array_name(array);
            if let Some(array) = self.state.arrays.get(&array) {
                return Ok(Value::whole(array.len()));
            }
        }
        if let ("split" | "sub" | "gsub", [first, second, ..]) = (name, args) {
            return if name == "split" {
                self.split_into(first, second, args.get(2))
            } else {
                let target = args.get(2).cloned();
                self.substitute(name == "gsub", first, second, target)
            };
        }
        if let ("match", [text, pattern]) = (name, args) {
            return self.matched(text, pattern);
        }
        self.plain(name, args)
    }

    /// A function of values.
    fn plain(&mut self, name: &str, args: &[Expr]) -> Result<Value, Stop> {
        let mut values = Vec::new();
        for arg in args {
            values.push(self.eval(arg)?);
        }
        let whole = if values.is_empty() {
            self.eval(&Expr::Field(Box::new(Expr::Number(0))))?
        } else {
            values[0].clone()
        };
        let text = whole.text();
        Ok(match name {
            "length" => Value::whole(text.len()),
            "substr" => Value::Text(substr(&text, &values)),
            "index" => {
                let wanted = values.get(1).map(Value::text).unwrap_or_default();
                text.find(&wanted)
                    .map_or(Value::Number(0), |at| Value::whole(text[..at].chars().count() + 1))
            }
            "sprintf" => Value::Text(formatted(&values)),
            "tolower" => Value::Text(text.to_ascii_lowercase()),
            "toupper" => Value::Text(text.to_ascii_uppercase()),
            "int" => Value::Number(whole.number() / ONE * ONE),
            "sqrt" => Value::Number(root(whole.number())),
            "systime" => Value::whole(self.time()? as usize),
            "strftime" => {
                let secs = match values.get(1) {
                    Some(secs) => secs.int().max(0) as u64,
                    None => self.time()?,
                };
                Value::Text(Moment::new(secs).format(&text))
            }
            "srand" => {
                let old = std::mem::replace(&mut self.state.random, whole.int() as u64);
                Value::whole(old as usize)
            }
            "rand" => {
                self.state.random = self
                    .state
                    .random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                Value::Number((i128::from(self.state.random >> 33) * ONE) >> 31)
            }
            "close" => Value::Number(i128::from(self.close(&text)?) * ONE),
            "system" => Value::Number(i128::from(self.system(&text)?) * ONE),
            "fflush" => Value::Number(0),
            "and" | "or" | "xor" | "lshift" | "rshift" | "compl" => {
                let (a, b) = (whole.int() as u64, values.get(1).map_or(0, Value::int) as u64);
                let bits = match name {
                    "and" => a & b,
                    "or" => a | b,
                    "xor" => a ^ b,
                    "lshift" => a.wrapping_shl(b as u32),
                    "rshift" => a.wrapping_shr(b as u32),
                    _ => !a,
                };
                Value::Number(i128::from(bits) * ONE)
            }
            name => {
                self.call.unsupported(&[name, "()"].concat());
                return Err(Stop::Fail("Call to undefined function"));
            }
        })
    }

    /// The time, which is the same when a statement is run once more.
    fn time(&mut self) -> Result<u64, Stop> {
        self.number_of(|machine| Ok(machine.call.sys.wall_secs() as i64)).map(|secs| secs as u64)
    }

    fn split_into(
        &mut self,
        text: &Expr,
        array: &Expr,
        separator: Option<&Expr>,
    ) -> Result<Value, Stop> {
        let text = self.eval(text)?.text();
        let Expr::Var(array) = array else { return Err(Stop::Fail("not an array")) };
        let parts = match separator {
            None => self.state.split(&text, None),
            Some(Expr::Text(blank)) if blank == " " => {
                text.split_whitespace().map(str::to_string).collect()
            }
            Some(Expr::Text(none)) if none.is_empty() => text.chars().map(String::from).collect(),
            Some(Expr::Text(one)) if one.chars().count() == 1 => {
                self.state.split(&text, Some(&Regex::literal(one, false)))
            }
            Some(other) => {
                let regex = self.regex(other)?;
                self.state.split(&text, Some(&regex))
            }
        };
        let count = parts.len();
        let name = self.array_name(array);
        let keyed = parts
            .into_iter()
            .enumerate()
            .map(|(at, part)| ((at + 1).to_string(), Value::Input(part)));
        self.state.arrays.insert(name, Rc::new(keyed.collect()));
        Ok(Value::whole(count))
    }

    fn substitute(
        &mut self,
        all: bool,
        pattern: &Expr,
        new: &Expr,
        target: Option<Expr>,
    ) -> Result<Value, Stop> {
        let regex = self.regex(pattern)?;
        let new = self.eval(new)?.text();
        let target = target.unwrap_or(Expr::Field(Box::new(Expr::Number(0))));
        let text = self.eval(&target)?.text();
        let (mut out, mut at, mut count) = (String::new(), 0, 0);
        while at <= text.len() {
            let Some((start, end)) = regex.find(&text, at) else { break };
            out.push_str(&text[at..start]);
            count += 1;
            insert(&mut out, &new, &text[start..end]);
            at = end;
            if start == end {
                let c = text[at..].chars().next();
                out.extend(c);
                at += c.map_or(1, char::len_utf8);
            }
            if !all {
                break;
            }
        }
        out.push_str(text.get(at..).unwrap_or(""));
        if count > 0 {
            self.assign(&target, Value::Input(out))?;
        }
        Ok(Value::whole(count))
    }

    fn matched(&mut self, text: &Expr, pattern: &Expr) -> Result<Value, Stop> {
        let (text, regex) = (self.eval(text)?.text(), self.regex(pattern)?);
        let found = regex.find(&text, 0).map(|(start, end)| {
            (text[..start].chars().count() + 1, text[start..end].chars().count())
        });
        let start = found.map_or(Value::Number(0), |(start, _)| Value::whole(start));
        let len = found.map_or(Value::Number(-ONE), |(_, len)| Value::whole(len));
        self.assign(&Expr::Var("RSTART".to_string()), start.clone())?;
        self.assign(&Expr::Var("RLENGTH".to_string()), len)?;
        Ok(start)
    }
}

/// Adds a replacement; only before `&` does a backslash mean anything: two are one, one takes the
/// meaning of the `&`.
fn insert(out: &mut String, new: &str, found: &str) {
    let mut slashes = 0_usize;
    for c in new.chars() {
        if c == '&' {
            out.truncate(out.len() - slashes.div_ceil(2));
            out.push_str(if slashes % 2 == 1 { "&" } else { found });
        } else {
            out.push(c);
        }
        slashes = if c == '\\' { slashes + 1 } else { 0 };
    }
}

/// What `printf` prints: a format and its arguments.
pub fn formatted(values: &[Value]) -> String {
    let texts: Vec<String> = values.iter().map(Value::text).collect();
    let number = |value: &Value| value.as_number().filter(|_| *value != Value::Unset);
    let numbers: Vec<Option<i128>> = values.iter().skip(1).map(number).collect();
    texts.split_first().map_or(String::new(), |(format, args)| printf::once(format, args, &numbers))
}

/// Source: busybox, awk.c: a start before the text is its start, and the length stays.
fn substr(text: &str, values: &[Value]) -> String {
    let skip = values.get(1).map_or(1, Value::int).max(1) as usize - 1;
    let most = values.get(2).map_or(i64::MAX, Value::int).max(0) as usize;
    text.chars().skip(skip).take(most).collect()
}

/// The square root by Newton's method.
fn root(value: i128) -> i128 {
    if value <= 0 {
        return 0;
    }
    let scaled = value.saturating_mul(ONE);
    let mut guess = scaled;
    for _ in 0..200 {
        let next = (guess + scaled / guess) / 2;
        if next >= guess {
            break;
        }
        guess = next;
    }
    guess
}
