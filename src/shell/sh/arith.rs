//! Arithmetic: `$((…))` over 64-bit integers that wrap, as busybox has it.

use crate::shell::limits;
use crate::shell::sh::vars::Vars;
use crate::shell::syntax::cursor::name_len;

/// The value of an expression; assignments in it change `vars`.
///
/// Errors: the text ash prints after its name.
pub fn evaluate(text: &str, vars: &mut Vars) -> Result<i64, String> {
    if !vars.is_bash() {
        return Parser { text, at: 0, vars, depth: 0, skip: 0, within: Vec::new() }.all();
    }
    let text = &text.replace('"', "");
    let depth = vars.bash.as_ref().map_or(0, |state| state.depth);
    let mut parser = Parser { text, at: 0, vars, depth, skip: 0, within: Vec::new() };
    parser.all().map_err(|error| {
        let at = parser.at;
        let rest = text[at..].trim_start();
        match error.as_str() {
            "arithmetic syntax error" if rest.is_empty() => {
                let token = &text[text.trim_end().len().saturating_sub(1)..];
                format!("{text}: syntax error: operand expected (error token is \"{token}\")")
            }
            "arithmetic syntax error" => {
                format!(
                    "{text}: syntax error: invalid arithmetic operator (error token is \"{rest}\")"
                )
            }
            "divide by zero" => {
                let from = text[..at].rfind(['/', '%', '=']).map_or(0, |slash| slash + 1);
                let token = text[from..].trim_start();
                format!("{text}: division by 0 (error token is \"{token}\")")
            }
            _ => error,
        }
    })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    vars: &'a mut Vars,
    depth: usize,
    /// Above zero inside a branch that is not taken.
    skip: u32,
    /// The variables whose values this is inside of.
    within: Vec<String>,
}

type Value = Result<i64, String>;

const RECURSION: &str = "expression recursion loop detected";

/// Binary operators, weakest first; longer spellings before their beginnings.
const LEVELS: [&[&str]; 10] = [
    &["||"],
    &["&&"],
    &["|"],
    &["^"],
    &["&"],
    &["==", "!="],
    &["<=", ">=", "<", ">"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
];

const ALL: [&str; 30] = [
    "<<=", ">>=", "**", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=",
    "*=", "/=", "%=", "&=", "|=", "^=", "=", "<", ">", "+", "-", "*", "/", "%", "&",
];

impl Parser<'_> {
    /// The value of the whole text.
    fn all(&mut self) -> Value {
        self.blanks();
        if self.rest().is_empty() {
            return Ok(0);
        }
        let value = self.comma()?;
        self.blanks();
        match self.rest().chars().next() {
            None => Ok(value),
            Some(':') => Err("malformed ?: operator".to_string()),
            Some(_) => Err(self.error()),
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn operator(&mut self) -> &'static str {
        self.blanks();
        let rest = self.rest();
        // `++` and `--` count before a variable or after one; else they are two signs.
        let twice = rest.starts_with("++") || rest.starts_with("--");
        if twice && name_len(rest[2..].trim_start()) == 0 {
            return if rest.starts_with('+') { "+" } else { "-" };
        }
        let known = ALL.iter().find(|op| rest.starts_with(**op));
        known
            .or_else(|| ["|", "^", "?", ":", ","].iter().find(|op| rest.starts_with(**op)))
            .copied()
            .unwrap_or("")
    }

    fn eat(&mut self, operator: &str) -> bool {
        let found = self.operator() == operator;
        if found {
            self.at += operator.len();
        }
        found
    }

    /// What is wrong here: a variable inside of its own value is said first.
    fn error(&self) -> String {
        let name = &self.rest()[..name_len(self.rest())];
        let again = self.within.iter().any(|outer| outer == name);
        if again { RECURSION } else { "arithmetic syntax error" }.to_string()
    }

    fn comma(&mut self) -> Value {
        let mut value = self.assign()?;
        while self.eat(",") {
            value = self.assign()?;
        }
        Ok(value)
    }

    fn assign(&mut self) -> Value {
        self.depth += 1;
        if self.depth > limits::ARITH_DEPTH {
            return Err(self.error());
        }
        let start = self.at;
        if let Some(name) = self.name() {
            let op = self.operator();
            let assigns = op.ends_with('=') && !matches!(op, "==" | "!=" | "<=" | ">=");
            if assigns {
                self.at += op.len();
                let right = self.assign()?;
                let value = match &op[..op.len() - 1] {
                    "" => right,
                    operator => {
                        let left = self.variable(&name)?;
                        self.apply(operator, left, right)?
                    }
                };
                self.set(&name, value)?;
                self.depth -= 1;
                return Ok(value);
            }
            self.at = start;
        }
        let value = self.ternary();
        self.depth -= 1;
        value
    }

    fn ternary(&mut self) -> Value {
        let test = self.binary(0)?;
        if !self.eat("?") {
            return Ok(test);
        }
        self.skip += u32::from(test == 0);
        let yes = self.assign()?;
        self.skip -= u32::from(test == 0);
        if !self.eat(":") {
            return Err("malformed ?: operator".to_string());
        }
        self.skip += u32::from(test != 0);
        let no = self.assign()?;
        self.skip -= u32::from(test != 0);
        Ok(if test != 0 { yes } else { no })
    }

    fn binary(&mut self, level: usize) -> Value {
        let Some(operators) = LEVELS.get(level) else { return self.power() };
        let mut left = self.binary(level + 1)?;
        loop {
            let op = self.operator();
            if !operators.contains(&op) {
                return Ok(left);
            }
            self.at += op.len();
            // DIFFERENCE: busybox 1.35 works out both sides; POSIX and newer ones do not.
            let skip = u32::from(op == "&&" && left == 0 || op == "||" && left != 0);
            self.skip += skip;
            let right = self.binary(level + 1)?;
            self.skip -= skip;
            left = self.apply(op, left, right)?;
        }
    }

    fn power(&mut self) -> Value {
        let base = self.unary()?;
        if !self.eat("**") {
            return Ok(base);
        }
        self.depth += 1;
        if self.depth > limits::ARITH_DEPTH {
            return Err(self.error());
        }
        let exponent = self.power()?;
        self.depth -= 1;
        if exponent < 0 {
            return Err("exponent less than 0".to_string());
        }
        Ok(base.wrapping_pow(exponent.min(i64::from(u32::MAX)) as u32))
    }

    fn unary(&mut self) -> Value {
        self.depth += 1;
        if self.depth > limits::ARITH_DEPTH {
            return Err(self.error());
        }
        self.blanks();
        let value = self.unary_here();
        self.depth -= 1;
        value
    }

    fn unary_here(&mut self) -> Value {
        for (op, by) in [("++", 1), ("--", -1)] {
            if self.eat(op) {
                self.blanks();
                let Some(name) = self.name() else { return Err(self.error()) };
                let value = self.variable(&name)?.wrapping_add(by);
                self.set(&name, value)?;
                return Ok(value);
            }
        }
        let Some(first) = self.rest().chars().next() else { return Err(self.error()) };
        if matches!(first, '-' | '+' | '!' | '~') {
            self.at += 1;
            let value = self.unary()?;
            return Ok(match first {
                '-' => value.wrapping_neg(),
                '!' => i64::from(value == 0),
                '~' => !value,
                _ => value,
            });
        }
        self.primary()
    }

    fn primary(&mut self) -> Value {
        if self.rest().starts_with('(') {
            self.at += 1;
            let value = self.comma()?;
            self.blanks();
            if !self.rest().starts_with(')') {
                return Err(self.error());
            }
            self.at += 1;
            return Ok(value);
        }
        if let Some(name) = self.name() {
            let value = self.variable(&name)?;
            self.blanks();
            for (op, by) in [("++", 1), ("--", -1)] {
                if self.rest().starts_with(op) {
                    self.at += op.len();
                    self.set(&name, value.wrapping_add(by))?;
                    break;
                }
            }
            return Ok(value);
        }
        let len =
            self.rest().find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest().len());
        let digits = self.rest()[..len].to_string();
        self.at += len;
        if let Some(rest) = self.rest().strip_prefix('#') {
            let base = digits.parse().ok().filter(|base| (2..=64).contains(base));
            let base = base.filter(|_| !digits.starts_with('0')).ok_or_else(|| self.error())?;
            let (mut value, mut len) = (0_i64, 1);
            for digit in rest.chars().map_while(|c| digit(c, base)) {
                value = value.wrapping_mul(base).wrapping_add(digit);
                len += 1;
            }
            self.at += len;
            return Ok(value);
        }
        number(&digits).ok_or_else(|| self.error())
    }

    fn name(&mut self) -> Option<String> {
        self.blanks();
        let len = name_len(self.rest());
        let name = self.rest()[..len].to_string();
        self.at += len;
        if len > 0 && self.vars.is_bash() && self.rest().starts_with('[') {
            let index = self.subscript();
            return Some([&name, index].concat());
        }
        (len > 0).then_some(name)
    }

    /// Works out an index: another expression, as deep as this one.
    fn deeper<R>(&mut self, act: impl FnOnce(&mut Vars) -> R) -> R {
        let depth = self.depth + 1;
        let before =
            self.vars.state().map_or(0, |state| std::mem::replace(&mut state.depth, depth));
        let result = act(self.vars);
        if let Some(state) = self.vars.state() {
            state.depth = before;
        }
        result
    }

    /// `[…]` of bash.
    fn subscript(&mut self) -> &str {
        let (from, mut open) = (self.at, 0);
        for (at, c) in self.text[from..].char_indices() {
            open += i32::from(c == '[') - i32::from(c == ']');
            if open == 0 {
                self.at = from + at + 1;
                break;
            }
        }
        &self.text[from..self.at]
    }

    /// A variable's value is itself an expression.
    fn variable(&mut self, name: &str) -> Value {
        self.vars.refresh(name);
        let text = match element(name) {
            Some((name, index)) => {
                self.deeper(|vars| vars.element(name, index))?.unwrap_or_default()
            }
            None => self.vars.get(name).unwrap_or_default().to_string(),
        };
        let text = text.trim().to_string();
        if text.is_empty() {
            return Ok(0);
        }
        if let Some(value) = number(&text) {
            return Ok(value);
        }
        if self.within.len() >= 16 || self.within.iter().any(|outer| outer == name) {
            return Err(RECURSION.to_string());
        }
        let mut inner = Parser {
            text: &text,
            at: 0,
            vars: self.vars,
            depth: self.depth,
            skip: 0,
            within: [&self.within[..], &[name.to_string()]].concat(),
        };
        inner.all()
    }

    fn set(&mut self, name: &str, value: i64) -> Result<(), String> {
        let value = value.to_string();
        match element(name) {
            _ if self.skip > 0 => Ok(()),
            Some((name, index)) => self.deeper(|vars| vars.put(name, index, &value, false)),
            None => self.vars.set(name, &value),
        }
    }

    fn apply(&self, op: &str, a: i64, b: i64) -> Value {
        Ok(match op {
            "||" => i64::from(a != 0 || b != 0),
            "&&" => i64::from(a != 0 && b != 0),
            "|" => a | b,
            "^" => a ^ b,
            "&" => a & b,
            "==" => i64::from(a == b),
            "!=" => i64::from(a != b),
            "<=" => i64::from(a <= b),
            ">=" => i64::from(a >= b),
            "<" => i64::from(a < b),
            ">" => i64::from(a > b),
            "<<" => a.wrapping_shl(b as u32),
            ">>" => a.wrapping_shr(b as u32),
            "+" => a.wrapping_add(b),
            "-" => a.wrapping_sub(b),
            "*" => a.wrapping_mul(b),
            "/" | "%" if b == 0 && self.skip > 0 => 0,
            "/" | "%" if b == 0 => return Err("divide by zero".to_string()),
            "/" => a.wrapping_div(b),
            "%" => a.wrapping_rem(b),
            _ => return Err(self.error()),
        })
    }
}

/// `a[i]`, taken apart.
pub fn element(name: &str) -> Option<(&str, &str)> {
    name.strip_suffix(']')?.split_once('[')
}

/// A variable, or the array and the index of an element.
pub fn target(name: &str) -> (&str, Option<&str>) {
    match element(name) {
        Some((array, index)) => (array, Some(index)),
        None => (name, None),
    }
}

/// Decimal, `0x` hexadecimal or `0` octal.
fn number(digits: &str) -> Option<i64> {
    if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        return u64::from_str_radix(hex, 16).ok().map(|v| v as i64);
    }
    if digits.len() > 1 && digits.starts_with('0') {
        return u64::from_str_radix(digits, 8).ok().map(|v| v as i64);
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse::<u64>().map_or(0, |v| v as i64))
}

/// The value of a digit of `base#…`: letters count without case up to base 36, and after the small
/// ones above it. Source: busybox, math.c
fn digit(c: char, base: i64) -> Option<i64> {
    let value = match c {
        '@' => 62,
        '_' => 63,
        'A'..='Z' if base > 36 => i64::from(c as u32 - u32::from('A')) + 36,
        c => i64::from(c.to_digit(36)?),
    };
    (value < base).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<i64, &str>) {
        let mut vars = Vars::default();
        vars.set("x", "5").unwrap();
        assert_eq!(evaluate(text, &mut vars), expected.map_err(str::to_string), "{text}");
    }

    #[test]
    fn expressions() {
        check("1 + 2 * 3", Ok(7));
        check("(1+2)*3 - -4", Ok(13));
        check("x > 3 && x < 9", Ok(1));
        check("x == 5 ? 10 : 20", Ok(10));
        check("y = x++ + ++x, x + y", Ok(19));
        check("x += 2", Ok(7));
        check("2 ** 3 ** 2", Ok(512));
        check("0x10 + 010", Ok(24));
        check("1 || 1/0", Ok(1));
        check("", Ok(0));
        check("1/0", Err("divide by zero"));
        check("1 +", Err("arithmetic syntax error"));
        check("9223372036854775807 + 1", Ok(i64::MIN));
        check("-9223372036854775807 - 1 / -1", Ok(i64::MIN + 2));
        check("!x + ~0", Ok(-1));
        check("1 << 3 | 1", Ok(9));
    }

    #[test]
    fn deep_nesting_is_an_error() {
        for unit in ["(", "-", "!", "1?", "x=", "2**", "1+("] {
            check(&unit.repeat(100_000), Err("arithmetic syntax error"));
        }
    }
}
