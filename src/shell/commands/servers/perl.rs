//! `perl -Mbignum=bpi -wle 'print bpi(2000)'`: the little that is told to perl on a command line.
//!
//! Source: perlrun(1); Math::BigFloat bpi: so many digits in all, the last one rounded.

/// The limbs of a number, the most significant first; the first is what is before the point.
type Limbs = Vec<u64>;

/// What a limb holds: nine digits.
const LIMB: u64 = 1_000_000_000;
/// More digits of pi than this are left to a real perl.
const MOST_DIGITS: usize = 10_000;

/// What this command line prints, and its exit code; `None` if it says more than is known here.
pub fn one_liner(args: &[String]) -> Option<(String, i32)> {
    let (mut program, mut newline, mut bpi) = (None, false, false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let letters = arg.strip_prefix('-')?;
        match letters.strip_prefix('M') {
            Some(module) => bpi |= module == "bignum=bpi",
            None if letters.chars().all(|c| "wleE".contains(c)) => {
                newline |= letters.contains('l');
                if letters.ends_with(['e', 'E']) {
                    program = Some(args.next()?);
                }
            }
            None => return None,
        }
    }
    let mut text = String::new();
    for statement in program?.split(';').map(str::trim).filter(|s| !s.is_empty()) {
        let (verb, rest) = statement.split_once([' ', '(']).unwrap_or((statement, ""));
        let rest = rest.trim();
        match verb {
            "exit" => return Some((text, rest.trim_end_matches(')').parse().ok()?)),
            "print" | "say" => {
                text.push_str(&value(rest, bpi)?);
                text.push_str(if newline || verb == "say" { "\n" } else { "" });
            }
            _ => return None,
        }
    }
    Some((text, 0))
}

/// A number, a text without anything to fill in, or pi.
fn value(text: &str, bpi: bool) -> Option<String> {
    if let Some(digits) = text.strip_prefix("bpi(").and_then(|t| t.strip_suffix(')')) {
        let digits: usize = digits.parse().ok().filter(|n| *n <= MOST_DIGITS)?;
        return bpi.then(|| pi(digits.max(1)));
    }
    let inside = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    let plain = |t: &&str| !t.contains(['"', '\'', '$', '@', '\\']);
    match inside('"').or_else(|| inside('\'')) {
        Some(quoted) => Some(quoted.replace("\\n", "\n")).filter(|t| plain(&t.as_str())),
        None => text.parse::<u64>().ok().map(|number| number.to_string()),
    }
}

/// Pi with so many digits in all, by Machin's formula.
fn pi(digits: usize) -> String {
    // Two limbs more than are wanted keep what the divisions drop away from the last digit.
    let size = digits / 9 + 4;
    let (fifth, other) = (inverse_tangent(5, size), inverse_tangent(239, size));
    let mut sum: Limbs = vec![0; size];
    for at in 0..size {
        sum[at] = 16 * fifth[at] + 4 * (LIMB - other[at]);
    }
    // Each limb lent one to the limb before it.
    for at in (0..size).rev() {
        let lent = if at + 1 < size { 4 } else { 0 };
        sum[at] -= lent;
        if at > 0 {
            let carry = sum[at] / LIMB;
            sum[at] %= LIMB;
            sum[at - 1] += carry;
        }
    }
    sum[0] %= LIMB;
    let fraction: String = sum[1..].iter().map(|limb| format!("{limb:09}")).collect();
    rounded(&format!("{}{fraction}", sum[0]), digits)
}

/// The first `digits` digits of `all`, of which one is before the point.
fn rounded(all: &str, digits: usize) -> String {
    let mut kept = all.as_bytes()[..digits].to_vec();
    let mut up = all.as_bytes()[digits] >= b'5';
    for digit in kept.iter_mut().rev() {
        if !up {
            break;
        }
        up = *digit == b'9';
        *digit = if up { b'0' } else { *digit + 1 };
    }
    let kept = String::from_utf8(kept).unwrap_or_default();
    if digits == 1 { kept } else { [&kept[..1], ".", &kept[1..]].concat() }
}

/// The angle whose tangent is one part of `of`: 1/x - 1/3x³ + 1/5x⁵ …
fn inverse_tangent(of: u64, size: usize) -> Limbs {
    let mut power: Limbs = vec![0; size];
    power[0] = 1;
    divide(&mut power, of);
    let mut sum = power.clone();
    let mut nth = 1;
    while power.iter().any(|limb| *limb != 0) {
        divide(&mut power, of * of);
        nth += 2;
        let mut term = power.clone();
        divide(&mut term, nth);
        add(&mut sum, &term, nth % 4 == 3);
    }
    sum
}

fn divide(number: &mut Limbs, by: u64) {
    let mut rest = 0;
    for limb in number {
        let whole = rest * LIMB + *limb;
        (*limb, rest) = (whole / by, whole % by);
    }
}

/// Adds a number, or takes it away if `minus`.
fn add(sum: &mut Limbs, term: &Limbs, minus: bool) {
    let mut carry = 0;
    for at in (0..sum.len()).rev() {
        if minus {
            let take = term[at] + carry;
            carry = u64::from(sum[at] < take);
            sum[at] = sum[at] + carry * LIMB - take;
        } else {
            let all = sum[at] + term[at] + carry;
            (sum[at], carry) = (all % LIMB, all / LIMB);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(line: &str) -> Option<(String, i32)> {
        let args: Vec<String> = line.split('|').map(String::from).collect();
        one_liner(&args)
    }

    #[test]
    fn pi_has_the_digits_it_should() {
        assert_eq!(pi(1), "3");
        assert_eq!(pi(5), "3.1416");
        assert_eq!(pi(50), "3.1415926535897932384626433832795028841971693993751");
        let long = pi(1001);
        assert_eq!(long.len(), 1002);
        // The digits from 991 to 1000 behind the point are 2164201989.
        assert!(long.ends_with("2164201989"), "{long}");
    }

    #[test]
    fn what_is_known_is_printed_and_nothing_else_is_guessed() {
        assert_eq!(run("-Mbignum=bpi|-wle|print bpi(3)"), Some(("3.14\n".into(), 0)));
        assert_eq!(run("-e|print \"hi\\n\"; exit 3"), Some(("hi\n".into(), 3)));
        assert_eq!(run("-le|print 'a'; print 7"), Some(("a\n7\n".into(), 0)));
        for line in ["-wle|print bpi(3)", "-e|print $x", "-e|sleep 3", "-ne|print", "x.pl"] {
            assert_eq!(run(line), None, "{line}");
        }
    }
}
