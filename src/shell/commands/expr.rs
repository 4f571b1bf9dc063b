//! `expr 1 + 2`

use crate::shell::commands::call::Call;
use crate::shell::commands::regex::Regex;
use crate::shell::limits;

/// Prints the value; 1 if it is empty or zero, 2 for a mistake.
pub fn run(call: &mut Call) -> i32 {
    if call.args.is_empty() {
        call.fail("too few arguments");
        return 2;
    }
    let mut parser = Parser { args: call.args, at: 0, depth: 0 };
    let value = parser.level(0);
    match value {
        Ok(value) if parser.at == call.args.len() => {
            call.out(format!("{value}\n"));
            i32::from(value.is_empty() || value == "0")
        }
        Ok(_) => {
            call.fail("syntax error");
            2
        }
        Err(message) => {
            call.fail(message);
            2
        }
    }
}

struct Parser<'a> {
    args: &'a [String],
    at: usize,
    depth: usize,
}

type Value = Result<String, &'static str>;

const LEVELS: [&[&str]; 6] = [
    &["|"],
    &["&"],
    &["<", "<=", "=", "==", "!=", ">=", ">"],
    &["+", "-"],
    &["*", "/", "%"],
    &[":"],
];

impl Parser<'_> {
    fn level(&mut self, level: usize) -> Value {
        let Some(operators) = LEVELS.get(level) else { return self.primary() };
        let mut left = self.level(level + 1)?;
        while let Some(op) = self.args.get(self.at).filter(|a| operators.contains(&a.as_str())) {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = apply(op, &left, &right)?;
        }
        Ok(left)
    }

    fn primary(&mut self) -> Value {
        let Some(first) = self.args.get(self.at) else { return Err("syntax error") };
        self.at += 1;
        self.depth += 1;
        if self.depth > limits::ARITH_DEPTH {
            return Err("syntax error");
        }
        if first != "(" {
            let value = self.word(first);
            self.depth -= 1;
            return value;
        }
        let value = self.level(0)?;
        self.depth -= 1;
        if self.args.get(self.at).is_none_or(|a| a != ")") {
            return Err("syntax error");
        }
        self.at += 1;
        Ok(value)
    }
}

impl Parser<'_> {
    /// A value, or one of the functions if its arguments follow.
    fn word(&mut self, first: &str) -> Value {
        let count = match first {
            "length" | "quote" => 1,
            "match" | "index" => 2,
            "substr" => 3,
            _ => 0,
        };
        if count == 0 {
            return Ok(first.to_string());
        }
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(self.level(LEVELS.len())?);
        }
        let text = &values[0];
        Ok(match first {
            "length" => text.chars().count().to_string(),
            "match" => apply(":", text, &values[1])?,
            "index" => {
                let at = text.chars().position(|c| values[1].contains(c));
                at.map_or(0, |at| at + 1).to_string()
            }
            "substr" => {
                let number = |at: usize| values[at].parse::<usize>().unwrap_or(0);
                let (start, len) = (number(1), number(2));
                let skip = if start == 0 { usize::MAX } else { start - 1 };
                text.chars().skip(skip).take(len).collect()
            }
            _ => text.clone(),
        })
    }
}

fn apply(op: &str, a: &str, b: &str) -> Value {
    let empty = |text: &str| text.is_empty() || text == "0";
    let numbers = (a.parse::<i64>(), b.parse::<i64>());
    Ok(match op {
        "|" => if empty(a) { b } else { a }.to_string(),
        "&" => if empty(a) || empty(b) { "0" } else { a }.to_string(),
        ":" => {
            let regex = Regex::new(&format!("^{b}"), false, false).ok_or("syntax error")?;
            let grouped = b.contains("\\(");
            match regex.captures(a, 0) {
                Some(groups) if grouped => {
                    groups[1].map_or("", |(start, end)| &a[start..end]).to_string()
                }
                None if grouped => String::new(),
                found => found.and_then(|g| g[0]).map_or(0, |(_, end)| end).to_string(),
            }
        }
        "+" | "-" | "*" | "/" | "%" => {
            let (Ok(a), Ok(b)) = numbers else { return Err("non-numeric argument") };
            if b == 0 && matches!(op, "/" | "%") {
                return Err("division by zero");
            }
            match op {
                "+" => a.wrapping_add(b),
                "-" => a.wrapping_sub(b),
                "*" => a.wrapping_mul(b),
                "/" => a.wrapping_div(b),
                _ => a.wrapping_rem(b),
            }
            .to_string()
        }
        _ => {
            let order = match numbers {
                (Ok(a), Ok(b)) => a.cmp(&b),
                _ => a.cmp(b),
            };
            let holds = match op {
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                "!=" => order.is_ne(),
                ">=" => order.is_ge(),
                ">" => order.is_gt(),
                _ => order.is_eq(),
            };
            i32::from(holds).to_string()
        }
    })
}
