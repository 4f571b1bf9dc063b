//! `printf '%s %d\n' a 1`

use crate::shell::commands::call::Call;
use crate::shell::commands::date::Moment;
use crate::shell::commands::decimal;
use crate::shell::commands::echo::unescape;
use crate::shell::limits;
use crate::shell::sh::bash::quote::escaped;

/// Prints by a format, which is used again while arguments are left.
pub fn run(call: &mut Call) -> i32 {
    show(call, None)
}

/// The same in bash, which knows `%q` and `%(%F)T`, and says what is wrong in its own words.
pub fn bash(call: &mut Call) -> i32 {
    let now = call.sys.wall_secs();
    show(call, Some(now))
}

fn show(call: &mut Call, bash: Option<u64>) -> i32 {
    let args = call.args.strip_prefix(&["--".to_string()]).unwrap_or(call.args);
    let Some((format, args)) = args.split_first() else {
        call.fail("usage: printf FORMAT [ARGUMENT...]");
        return 2;
    };
    let mut printer = Printer::new(args, false);
    printer.bash = bash;
    loop {
        let before = printer.args.len();
        let go_on = printer.round(format);
        let used = printer.args.len() < before;
        if !go_on || !used || printer.args.len() == 0 || printer.out.len() > limits::TEXT_BYTES {
            break;
        }
    }
    let (out, wrong, status) = (printer.out, printer.wrong, printer.status);
    // What was printed before a complaint is there before it.
    let mut from = 0;
    for (at, message) in wrong {
        call.out(&out[from..at]);
        call.fail(message);
        from = at;
    }
    call.out(&out[from..]);
    status
}

/// Goes through a format once, as awk does: numbers are what a text starts with.
/// What an argument is as a number is told beside it, as its text has fewer digits.
pub fn once(format: &str, args: &[String], numbers: &[Option<i128>]) -> String {
    let mut printer = Printer { numbers, ..Printer::new(args, true) };
    printer.round(format);
    String::from_utf8_lossy(&printer.out).into_owned()
}

struct Printer<'a> {
    args: std::slice::Iter<'a, String>,
    out: Vec<u8>,
    status: i32,
    /// Complaints, each with how much was printed before it.
    wrong: Vec<(usize, String)>,
    /// In bash: the seconds since 1970.
    bash: Option<u64>,
    /// Numbers are fractions, and nothing is wrong with a text.
    awk: bool,
    /// What those of the arguments are that are numbers.
    numbers: &'a [Option<i128>],
}

impl<'a> Printer<'a> {
    fn new(args: &'a [String], awk: bool) -> Printer<'a> {
        let (out, wrong, numbers) = (Vec::new(), Vec::new(), &[]);
        Printer { args: args.iter(), out, status: 0, wrong, bash: None, awk, numbers }
    }

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
            if let Some(now) = self.bash
                && let Some((format, after)) =
                    rest.strip_prefix('(').and_then(|r| r.split_once(")T"))
            {
                self.moment(format, now);
                rest = after;
                continue;
            }
            let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let long = rest[end..].trim_start_matches(['l', 'h', 'L', 'z']);
            let long = rest[end..].len() - long.len();
            let letter = rest[end + long..].chars().next().unwrap_or(' ');
            match self.directive(&rest[..end], letter) {
                Some(true) => {}
                Some(false) => return false,
                None => {
                    // Source: busybox, printf.c: what follows is shown, without the modifiers.
                    let (before, after) = (&rest[..end], &rest[end + long..]);
                    self.complain(["%", before, after, ": invalid format"].concat());
                    return false;
                }
            }
            if letter == ' ' {
                return false;
            }
            rest = &rest[end + long + letter.len_utf8()..];
        }
        self.text(rest)
    }

    /// `%(…)T`: the argument is a moment; -1 or none is now.
    fn moment(&mut self, format: &str, now: u64) {
        let given = self.args.next().map_or("-1", String::as_str);
        let secs = given.parse::<u64>().unwrap_or(now);
        self.out.extend(Moment::new(secs.min(253_402_300_799)).format(format).into_bytes());
    }

    fn text(&mut self, text: &str) -> bool {
        if self.awk {
            self.out.extend(text.bytes());
            return true;
        }
        let (bytes, stop) = unescape(text, false);
        self.out.extend(bytes);
        !stop
    }

    /// Prints an argument; whether to go on, as `\c` ends all. `None` if it is malformed.
    fn directive(&mut self, spec: &str, letter: char) -> Option<bool> {
        let shape = self.shape(spec)?;
        let (text, go_on) = match letter {
            's' => (self.string().into_bytes(), true),
            'b' if spec.is_empty() => {
                let (text, stop) = unescape(&self.string(), true);
                (text, !stop)
            }
            'q' if self.bash.is_some() => (escaped(&self.string()).into_bytes(), true),
            'c' => (self.character(), true),
            'd' | 'i' | 'u' | 'x' | 'X' | 'o' => {
                let number = if self.awk { whole(self.fraction()) } else { self.number() };
                self.pad(integer(number, letter, &shape).into_bytes(), &shape, true);
                return Some(true);
            }
            'f' | 'F' | 'e' | 'E' | 'g' | 'G' => {
                let number = self.fraction();
                let text = float(number, letter, &shape);
                self.pad(text.into_bytes(), &Shape { precision: None, ..shape }, true);
                return Some(true);
            }
            _ => return None,
        };
        let text = match shape.precision.filter(|_| letter == 's') {
            Some(max) => text.into_iter().take(max).collect(),
            None => text,
        };
        self.pad(text, &shape, false);
        Some(go_on)
    }

    fn character(&mut self) -> Vec<u8> {
        let number = self.given();
        let text = self.string();
        match number {
            Some(code) => {
                let c = u32::try_from(code / decimal::ONE).ok().and_then(char::from_u32);
                c.map(String::from).unwrap_or_default().into_bytes()
            }
            None if self.awk => text.chars().take(1).collect::<String>().into_bytes(),
            None if text.is_empty() => vec![0],
            None => text.bytes().take(1).collect(),
        }
    }

    /// What the next argument is as a number, if that is told.
    fn given(&self) -> Option<i128> {
        let nth = self.numbers.len().checked_sub(self.args.len())?;
        self.numbers.get(nth).copied().flatten()
    }

    fn fraction(&mut self) -> i128 {
        let given = self.given();
        let text = self.string();
        if let Some(number) = given {
            return number;
        }
        if !self.awk && (text.starts_with(['"', '\'']) || text.starts_with("0x")) {
            return i128::from(self.read(&text)) * decimal::ONE;
        }
        match decimal::exact(&text) {
            Some(value) => value,
            None if self.awk || text.is_empty() => decimal::leading(&text),
            None => {
                let message = self.bad_number(&text);
                self.complain(message);
                0
            }
        }
    }

    fn complain(&mut self, message: String) {
        self.wrong.push((self.out.len(), message));
        self.status = 1;
    }

    fn bad_number(&self, text: &str) -> String {
        match self.bash {
            Some(_) => [text, ": invalid number"].concat(),
            None => ["invalid number '", text, "'"].concat(),
        }
    }

    fn string(&mut self) -> String {
        self.args.next().cloned().unwrap_or_default()
    }

    /// The next argument as a number; `'a` is the code of a character.
    fn number(&mut self) -> i64 {
        let text = self.string();
        self.read(&text)
    }

    fn read(&mut self, text: &str) -> i64 {
        if let Some(c) = text.strip_prefix(['"', '\'']) {
            return c.chars().next().map_or(0, |c| i64::from(u32::from(c)));
        }
        let body = text.trim_start();
        let (sign, digits) = body.strip_prefix('-').map_or((1, body), |d| (-1, d));
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        let value = match digits.strip_prefix("0x") {
            Some(hex) => i64::from_str_radix(hex, 16),
            None if digits.len() > 1 && digits.starts_with('0') => i64::from_str_radix(digits, 8),
            None => digits.parse(),
        };
        match value {
            Ok(value) => value.wrapping_mul(sign),
            Err(_) => {
                let message = self.bad_number(text);
                self.complain(message);
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
            "*" if self.args.len() == 0 => Some(0),
            "*" if self.awk => Some(whole(self.fraction())),
            "*" => Some(self.number()),
            digits => digits.parse().ok(),
        };
        let (width, precision) = (size(width)?, precision.map(&mut size));
        let precision = precision.map_or(Some(None), |p| p.map(Some))?;
        let small = |n: i64| n.unsigned_abs().min(10_000) as usize;
        Some(Shape {
            left: flags.contains('-') || width < 0,
            plus: flags.contains('+'),
            blank: flags.contains(' '),
            mark: flags.contains('#'),
            zero: flags.contains('0') && !flags.contains('-'),
            width: small(width),
            // Source: C17 7.21.6.1: a negative one is as if there were none.
            precision: precision.filter(|p| *p >= 0).map(small),
        })
    }

    fn pad(&mut self, text: Vec<u8>, shape: &Shape, number: bool) {
        let missing = shape.width.saturating_sub(text.len());
        let zero = number && shape.zero && shape.precision.is_none();
        if shape.left {
            self.out.extend(text);
            self.out.extend(vec![b' '; missing]);
        } else if zero {
            let sign = usize::from(text.first().is_some_and(|b| matches!(b, b'-' | b'+' | b' ')));
            self.out.extend(&text[..sign]);
            self.out.extend(vec![b'0'; missing]);
            self.out.extend(&text[sign..]);
        } else {
            self.out.extend(vec![b' '; missing]);
            self.out.extend(text);
        }
    }
}

#[derive(Clone, Copy)]
struct Shape {
    left: bool,
    plus: bool,
    blank: bool,
    mark: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

fn sign(negative: bool, shape: &Shape) -> &'static str {
    match (negative, shape.plus, shape.blank) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    }
}

fn integer(number: i64, letter: char, shape: &Shape) -> String {
    let digits = match letter {
        'x' => format!("{number:x}"),
        'X' => format!("{number:X}"),
        'o' => format!("{number:o}"),
        'u' => (number as u64).to_string(),
        _ => number.unsigned_abs().to_string(),
    };
    let digits = if number == 0 && shape.precision == Some(0) { String::new() } else { digits };
    let zeros = "0".repeat(shape.precision.unwrap_or(0).saturating_sub(digits.len()));
    let before = match letter {
        'd' | 'i' => sign(number < 0, shape),
        'x' if shape.mark && number != 0 => "0x",
        'X' if shape.mark && number != 0 => "0X",
        'o' if shape.mark && number != 0 => "0",
        _ => "",
    };
    [before, &zeros, &digits].concat()
}

fn float(number: i128, letter: char, shape: &Shape) -> String {
    let precision = shape.precision.unwrap_or(6);
    let size = number.abs();
    let text = match letter {
        'f' | 'F' => decimal::fixed(size, precision),
        'e' | 'E' => decimal::scientific(size, precision),
        _ => decimal::general(size, precision),
    };
    let text = if letter.is_ascii_uppercase() { text.to_ascii_uppercase() } else { text };
    [sign(number < 0, shape), &text].concat()
}

fn whole(number: i128) -> i64 {
    i64::try_from(number / decimal::ONE).unwrap_or(i64::MAX)
}
