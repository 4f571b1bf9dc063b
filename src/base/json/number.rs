//! JSON numbers without floating arithmetic: whole, or decimal digits as text.

use std::fmt;

/// A number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number(Kind);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    /// Zero and up.
    Whole(u64),
    /// Below zero.
    Negative(i64),
    /// Anything else, as Go prints it.
    Decimal(Box<str>),
}

/// Digits that a double holds; further ones are rounded away.
const DIGITS_MAX: usize = 17;

impl Number {
    /// The number `-whole.fraction × 10^exponent`; all but the sign are digits.
    ///
    /// DIFFERENCE: Go goes through a double and prints the shortest digits that give it again;
    /// here more than 17 digits are cut to 17.
    pub fn decimal(negative: bool, whole: &str, fraction: &str, exponent: i64) -> Option<Self> {
        let all = format!("{whole}{fraction}");
        let leading = all.len() - all.trim_start_matches('0').len();
        // The value is 0.DIGITS × 10^point.
        let point = whole.len() as i64 - leading as i64 + exponent;
        let digits = &all[leading..all.len().min(leading + DIGITS_MAX)];
        let digits = digits.trim_end_matches('0');
        let sign = if negative { "-" } else { "" };
        let count = digits.len() as i64;
        let text = match point {
            _ if digits.is_empty() => return Some(Number::from(0_u64)),
            310.. => return None,
            ..-330 => return Some(Number::from(0_u64)),
            22..310 | -330..-5 => scientific(digits, point - 1),
            -5..1 => format!("0.{}{digits}", zeros(-point)),
            _ if point >= count => format!("{digits}{}", zeros(point - count)),
            _ => format!("{}.{}", &digits[..point as usize], &digits[point as usize..]),
        };
        let text = format!("{sign}{text}");
        Some(match (text.parse::<i64>(), text.parse::<u64>()) {
            (Ok(whole), _) => Number::from(whole),
            (_, Ok(whole)) => Number::from(whole),
            _ => Number(Kind::Decimal(text.into())),
        })
    }

    /// The number that JSON text spells, if it does.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(whole) = text.parse::<i64>() {
            return Some(Number::from(whole));
        }
        if let Ok(whole) = text.parse::<u64>() {
            return Some(Number::from(whole));
        }
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let shaped = !whole.is_empty() && digits(whole) && digits(fraction);
        let exponent = exponent.parse::<i32>().ok().filter(|_| shaped)?;
        Number::decimal(text.starts_with('-'), whole, fraction, exponent.into())
    }

    /// As a signed whole number, if it is one.
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Kind::Whole(number) => i64::try_from(number).ok(),
            Kind::Negative(number) => Some(number),
            Kind::Decimal(_) => None,
        }
    }

    /// As a whole number of zero and up, if it is one.
    pub fn as_u64(&self) -> Option<u64> {
        match self.0 {
            Kind::Whole(number) => Some(number),
            _ => None,
        }
    }
}

fn zeros(count: i64) -> String {
    "0".repeat(usize::try_from(count).unwrap_or(0))
}

/// `1.25e+21`, as Go has it.
fn scientific(digits: &str, exponent: i64) -> String {
    let (first, rest) = digits.split_at(1);
    let dot = if rest.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{dot}{rest}e{sign}{:02}", exponent.unsigned_abs())
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Number(Kind::Whole(number))
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Number(u64::try_from(number).map_or(Kind::Negative(number), Kind::Whole))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Whole(number) => number.fmt(f),
            Kind::Negative(number) => number.fmt(f),
            Kind::Decimal(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_printed_as_go_prints_them() {
        let rows = [
            ("1.50", "1.5"),
            ("-0.125", "-0.125"),
            ("5.0", "5"),
            ("-5e0", "-5"),
            ("0.000", "0"),
            ("1e3", "1000"),
            ("12.5e1", "125"),
            ("1e21", "1e+21"),
            ("1.25e22", "1.25e+22"),
            ("100000000000000000000", "100000000000000000000"),
            ("18446744073709551615", "18446744073709551615"),
            ("99999999999999999999e-1", "9999999999999999900"),
            ("0.000001", "0.000001"),
            ("0.00000012", "1.2e-07"),
        ];
        for (text, printed) in rows {
            assert_eq!(Number::parse(text).unwrap().to_string(), printed, "{text}");
        }
        for text in ["", "-", "1.x", "e5", "1e", "0x1", "1e400"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
