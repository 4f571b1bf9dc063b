//! `test -f file`, `[ a = b ]`

use crate::shell::commands::call::Call;
use crate::shell::commands::regex::Regex;
use crate::shell::limits;
use crate::shell::sh::pattern::Pattern;
use crate::shell::tree::{Node, NodeKind};
use crate::shell::user::Access;

/// Answers 0 for true, 1 for false, 2 for a mistake. Source: busybox, test.c.
pub fn run(call: &mut Call) -> i32 {
    match answer(call) {
        Ok(value) => i32::from(!value),
        Err(message) => {
            call.fail(message);
            2
        }
    }
}

/// Whether it is so. Errors: the words for what is wrong.
pub fn answer(call: &mut Call) -> Result<bool, String> {
    let mut args: Vec<&str> = call.args.iter().map(String::as_str).collect();
    let close = match call.name.rsplit('/').next() {
        Some("[") => "]",
        Some("[[") => "]]",
        _ => "",
    };
    if !close.is_empty() && args.pop() != Some(close) {
        return Err(format!("missing {close}"));
    }
    Parser { call, args: &args, at: 0, depth: 0 }.whole()
}

struct Parser<'a, 'b, 'c, 'd> {
    call: &'a mut Call<'c, 'd>,
    args: &'b [&'b str],
    at: usize,
    depth: usize,
}

type Answer = Result<bool, String>;

const BINARY: [&str; 17] = [
    "=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "=~",
    "-a", "-o",
];

impl Parser<'_, '_, '_, '_> {
    fn peek(&self, offset: usize) -> Option<&str> {
        self.args.get(self.at + offset).copied()
    }

    fn left(&self) -> usize {
        self.args.len() - self.at
    }

    fn whole(&mut self) -> Answer {
        let value = match self.args {
            [] => return Ok(false),
            [one] => return Ok(!one.is_empty()),
            ["!", one] => return Ok(one.is_empty()),
            [_, operator, _] if BINARY[..15].contains(operator) => self.binary(),
            [first, operator] if BINARY[..15].contains(operator) && !first.starts_with('-') => {
                return Err(format!("{operator}: argument expected"));
            }
            _ => self.or(),
        }?;
        match self.peek(0) {
            None => Ok(value),
            Some(extra) => Err(format!("{extra}: unknown operand")),
        }
    }

    fn or(&mut self) -> Answer {
        let mut value = self.and()?;
        while matches!(self.peek(0), Some("-o" | "||")) {
            self.at += 1;
            value |= self.and()?;
        }
        Ok(value)
    }

    fn and(&mut self) -> Answer {
        let mut value = self.not()?;
        while matches!(self.peek(0), Some("-a" | "&&")) {
            self.at += 1;
            value &= self.not()?;
        }
        Ok(value)
    }

    fn not(&mut self) -> Answer {
        self.depth += 1;
        if self.depth > limits::ARITH_DEPTH {
            return Err("too many arguments".to_string());
        }
        let pair = self.left() == 3 && self.peek(1).is_some_and(|o| BINARY[..15].contains(&o));
        let value = if self.peek(0) == Some("!") && self.left() > 1 && !pair {
            self.at += 1;
            self.not().map(|value| !value)
        } else {
            self.primary()
        };
        self.depth -= 1;
        value
    }

    fn primary(&mut self) -> Answer {
        let opens = self.peek(0) == Some("(") && self.left() != 3;
        if self.peek(1).is_some_and(|o| BINARY[..15].contains(&o)) && self.left() > 2 && !opens {
            return self.binary();
        }
        if self.peek(0) == Some("(") {
            self.at += 1;
            let value = self.or()?;
            if self.peek(0) != Some(")") {
                return Err("closing paren expected".to_string());
            }
            self.at += 1;
            return Ok(value);
        }
        let Some(first) = self.peek(0).map(str::to_string) else {
            return Err("argument expected".to_string());
        };
        self.at += 1;
        let letter =
            first.strip_prefix('-').filter(|l| l.len() == 1 && "bcdefghkLnprsStuwxzOG".contains(l));
        match letter {
            Some(letter) if self.peek(0).is_some() => {
                let operand = self.peek(0).unwrap_or_default().to_string();
                self.at += 1;
                Ok(self.unary(letter, &operand))
            }
            _ => Ok(!first.is_empty()),
        }
    }

    fn unary(&mut self, letter: &str, operand: &str) -> bool {
        let follow = !matches!(letter, "L" | "h");
        let node = self.call.sys.stat(operand, follow).ok();
        let is = |test: fn(&Node) -> bool| node.as_ref().is_some_and(test);
        match letter {
            "n" => !operand.is_empty(),
            "z" => operand.is_empty(),
            "e" => node.is_some(),
            "r" | "x" => {
                let what = if letter == "r" { Access::Read } else { Access::Execute };
                node.is_some_and(|n| self.call.sys.may(&n, what))
            }
            "w" => {
                let place = self.call.sys.place(operand, true);
                let written = place.is_ok_and(|p| !p.read_only);
                written && node.is_some_and(|n| self.call.sys.may(&n, Access::Write))
            }
            "O" => node.is_some_and(|n| n.uid == self.call.sys.me().user.uid),
            "G" => node.is_some_and(|n| n.gid == self.call.sys.me().user.gid),
            "f" => is(|n| matches!(n.kind, NodeKind::File(_) | NodeKind::Binary(_))),
            "d" => is(Node::is_dir),
            "s" => is(|n| n.size() > 0),
            "L" | "h" => is(|n| matches!(n.kind, NodeKind::Link(_))),
            "p" => is(|n| matches!(n.kind, NodeKind::Fifo(_))),
            "c" => is(|n| matches!(n.kind, NodeKind::Device(_))),
            _ => false,
        }
    }

    fn binary(&mut self) -> Answer {
        let (a, op, b) = (self.args[self.at], self.args[self.at + 1], self.args[self.at + 2]);
        self.at += 3;
        let double = self.call.name.ends_with("[[");
        let time =
            |parser: &Self, path: &str| parser.call.sys.stat(path, true).map(|n| n.time()).ok();
        Ok(match op {
            "=" | "==" if double => Pattern::new(b).matches(a),
            "!=" if double => !Pattern::new(b).matches(a),
            "=~" if double => Regex::new(b, true, false).is_some_and(|r| r.is_match(a)),
            "=" | "==" => a == b,
            "!=" => a != b,
            "<" => a < b,
            ">" => a > b,
            "-nt" | "-ot" => match (time(self, a), time(self, b)) {
                (Some(a), Some(b)) => {
                    if op == "-nt" {
                        a > b
                    } else {
                        a < b
                    }
                }
                _ => false,
            },
            "-ef" => {
                let place = |path| self.call.sys.place(path, true).ok().and_then(|p| p.node);
                place(a).is_some() && place(a) == place(b)
            }
            _ => {
                let (a, b) = (number(a)?, number(b)?);
                match op {
                    "-eq" => a == b,
                    "-ne" => a != b,
                    "-lt" => a < b,
                    "-le" => a <= b,
                    "-gt" => a > b,
                    "-ge" => a >= b,
                    _ => return Err(format!("{op}: unknown operand")),
                }
            }
        })
    }
}

fn number(text: &str) -> Result<i64, String> {
    let before = if text.is_empty() { "" } else { ": " };
    text.trim().parse().map_err(|_| [text, before, "bad number"].concat())
}
