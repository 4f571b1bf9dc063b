//! `printf '%s %d\n' a 1`

use crate::shell::commands::call::Call;
use crate::shell::commands::echo::unescape;
use crate::shell::limits;

/// Prints by a format, which is used again while arguments are left.
pub fn run(call: &mut Call) -> i32 {
    let args = call.args.strip_prefix(&["--".to_string()]).unwrap_or(call.args);
    let Some((format, args)) = args.split_first() else {
        return call.usage("printf FORMAT [ARG]...");
    };
    let mut printer = Printer { args: args.iter(), out: Vec::new(), status: 0, wrong: Vec::new() };
    loop {
        let before = printer.args.len();
        let go_on = printer.round(format);
        let used = printer.args.len() < before;
        if !go_on || !used || printer.args.len() == 0 || printer.out.len() > limits::TEXT_BYTES {
            break;
        }
    }
    let (out, wrong, status) = (printer.out, printer.wrong, printer.status);
    for message in wrong {
        call.fail(message);
    }
    call.out(out);
    status
}

struct Printer<'a> {
    args: std::slice::Iter<'a, String>,
    out: Vec<u8>,
    status: i32,
    wrong: Vec<String>,
}

impl Printer<'_> {
    /// Goes through the format once; false if `\c` or an error ended everything.
    fn round(&mut self, format: &str) -> bool {
        let mut rest = format;
        while let Some(at) = rest.find('%') {
            if !self.text(&rest[..at]) {
                return false;
            }
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('%') {
                self.out.push(b'%');
                rest = after;
                continue;
            }
            let end = rest.find(|c: char| c.is_ascii_alphabetic());
            let Some(end) = end else {
                self.wrong.push(format!("%{rest}: invalid format"));
                self.status = 1;
                return false;
            };
            if !self.directive(&rest[..end], &rest[end..=end]) {
                return false;
            }
            rest = &rest[end + 1..];
        }
        self.text(rest)
    }

    fn text(&mut self, text: &str) -> bool {
        let (bytes, stop) = unescape(text, false);
        self.out.extend(bytes);
        !stop
    }

    fn directive(&mut self, spec: &str, letter: &str) -> bool {
        let Some(shape) = self.shape(spec) else {
            self.wrong.push(format!("%{spec}{letter}: invalid format"));
            self.status = 1;
            return false;
        };
        let (text, stop) = match letter {
            "s" => (self.string().into_bytes(), false),
            "b" => unescape(&self.string(), true),
            "c" => (self.string().bytes().take(1).collect(), false),
            "d" | "i" | "u" | "x" | "X" | "o" => {
                let number = self.number();
                let text = integer(number, letter, &shape);
                self.pad(text.into_bytes(), &shape, true);
                return true;
            }
            _ => {
                self.wrong.push(format!("%{spec}{letter}: invalid format"));
                self.status = 1;
                return false;
            }
        };
        let text = match shape.precision {
            Some(max) => text.into_iter().take(max).collect(),
            None => text,
        };
        self.pad(text, &shape, false);
        !stop
    }

    fn string(&mut self) -> String {
        self.args.next().cloned().unwrap_or_default()
    }

    /// The next argument as a number; `'a` is the code of a character.
    fn number(&mut self) -> i64 {
        let text = self.string();
        if let Some(c) = text.strip_prefix(['"', '\'']) {
            return c.chars().next().map_or(0, |c| i64::from(u32::from(c)));
        }
        let (sign, digits) =
            text.trim_start().strip_prefix('-').map_or((1, text.as_str()), |d| (-1, d));
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        let value = match digits.strip_prefix("0x") {
            Some(hex) => i64::from_str_radix(hex, 16),
            None if digits.len() > 1 && digits.starts_with('0') => i64::from_str_radix(digits, 8),
            None => digits.parse(),
        };
        match value {
            Ok(value) => value.wrapping_mul(sign),
            Err(_) if text.is_empty() => 0,
            Err(_) => {
                self.wrong.push(format!("invalid number '{text}'"));
                self.status = 1;
                0
            }
        }
    }

    fn shape(&mut self, spec: &str) -> Option<Shape> {
        let body = spec.trim_start_matches(['-', '+', ' ', '0', '#']);
        let flags = &spec[..spec.len() - body.len()];
        let (width, precision) = match body.split_once('.') {
            Some((width, precision)) => (width, Some(precision)),
            None => (body, None),
        };
        let mut size = |text: &str| match text {
            "" => Some(0),
            "*" => Some(self.number().clamp(0, 10_000) as usize),
            digits => digits.parse::<usize>().ok().map(|n| n.min(10_000)),
        };
        Some(Shape {
            left: flags.contains('-'),
            plus: flags.contains('+'),
            zero: flags.contains('0') && !flags.contains('-'),
            width: size(width)?,
            precision: precision.map(&mut size).map_or(Some(None), |p| p.map(Some))?,
        })
    }

    fn pad(&mut self, text: Vec<u8>, shape: &Shape, number: bool) {
        let missing = shape.width.saturating_sub(text.len());
        let zero = number && shape.zero && shape.precision.is_none();
        if shape.left {
            self.out.extend(text);
            self.out.extend(vec![b' '; missing]);
        } else if zero {
            let sign = usize::from(text.first().is_some_and(|b| matches!(b, b'-' | b'+')));
            self.out.extend(&text[..sign]);
            self.out.extend(vec![b'0'; missing]);
            self.out.extend(&text[sign..]);
        } else {
            self.out.extend(vec![b' '; missing]);
            self.out.extend(text);
        }
    }
}

struct Shape {
    left: bool,
    plus: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

fn integer(number: i64, letter: &str, shape: &Shape) -> String {
    let digits = match letter {
        "x" => format!("{number:x}"),
        "X" => format!("{number:X}"),
        "o" => format!("{number:o}"),
        "u" => (number as u64).to_string(),
        _ => number.unsigned_abs().to_string(),
    };
    let zeros = "0".repeat(shape.precision.unwrap_or(0).saturating_sub(digits.len()));
    let signed = matches!(letter, "d" | "i");
    let sign = match signed {
        true if number < 0 => "-",
        true if shape.plus => "+",
        _ => "",
    };
    format!("{sign}{zeros}{digits}")
}
