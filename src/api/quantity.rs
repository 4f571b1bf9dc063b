//! Resource amounts: `500m`, `64Mi`, `1e3`.
//!
//! Source: apimachinery api/resource/quantity.go, suffix.go. Amounts are exact, in billionths,
//! and print in the canonical form in which the API server gives them back.

use std::cmp::Ordering;
use std::fmt;

/// What the API server answers to text that is no amount.
pub const FORMAT_ERROR: &str = "quantities must match the regular expression \
    '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

const NANOS: i128 = 1_000_000_000;
/// Larger amounts are cut to this, as upstream does (2⁶³−1 units).
const MAX: i128 = (i64::MAX as i128) * NANOS;

/// Which family of suffixes an amount was written with, and is printed with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    /// `m k M G …`
    Decimal,
    /// `Ki Mi Gi …`
    Binary,
    /// `1e3`
    Exponent,
}

/// An amount of a resource.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    nanos: i128,
    format: Format,
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.nanos == other.nanos
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nanos.cmp(&other.nanos)
    }
}

impl Quantity {
    /// Nothing.
    pub const ZERO: Quantity = Quantity { nanos: 0, format: Format::Decimal };

    /// Reads an amount; `None` if the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let split = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, suffix) = unsigned.split_at(split.unwrap_or(unsigned.len()));
        let (format, base, exponent) = suffix_meaning(suffix)?;
        let magnitude = scaled(number, base, exponent)?.min(MAX);
        Some(Quantity { nanos: if negative { -magnitude } else { magnitude }, format })
    }

    /// The amount in billionths of its unit.
    pub fn nanos(self) -> i128 {
        self.nanos
    }

    /// In thousandths of its unit, rounded up: millicores for `cpu`.
    pub fn milli(self) -> i64 {
        i64::try_from(div_up(self.nanos, NANOS / 1000)).unwrap_or(i64::MAX)
    }

    /// In whole units, rounded up: bytes for `memory`.
    pub fn whole(self) -> i64 {
        i64::try_from(div_up(self.nanos, NANOS)).unwrap_or(i64::MAX)
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.nanos % NANOS == 0
    }

    /// Rounded up to thousandths, the finest that the API server keeps.
    pub fn round_up_to_milli(self) -> Self {
        let step = NANOS / 1000;
        Quantity { nanos: div_up(self.nanos, step) * step, ..self }
    }

    /// The sum of two amounts, printed like the first.
    pub fn plus(self, other: Quantity) -> Self {
        let format = if self.nanos == 0 { other.format } else { self.format };
        Quantity { nanos: self.nanos.saturating_add(other.nanos).min(MAX), format }
    }
}

/// Rounds away from zero, as upstream does.
fn div_up(value: i128, by: i128) -> i128 {
    let sign = value.signum();
    sign * ((value.abs() + by - 1) / by)
}

/// The family, base and exponent of a suffix.
fn suffix_meaning(suffix: &str) -> Option<(Format, i128, i32)> {
    let decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    let binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    if let Some(at) = decimal.iter().position(|s| *s == suffix) {
        return Some((Format::Decimal, 10, (at as i32 - 3) * 3));
    }
    if let Some(at) = binary.iter().position(|s| *s == suffix) {
        return Some((Format::Binary, 2, (at as i32 + 1) * 10));
    }
    let exponent = suffix.strip_prefix(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok()?;
    (exponent.abs() < 1000).then_some((Format::Exponent, 10, exponent))
}

/// `number × base^exponent` in billionths, rounded up; `None` if `number` is none.
fn scaled(number: &str, base: i128, exponent: i32) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    let digits: Vec<i128> =
        whole.bytes().chain(fraction.bytes()).map(|b| i128::from(b - b'0')).collect();
    let mut value: i128 = 0;
    // More digits than this are beyond the cut at the top or below a billionth.
    for digit in digits.iter().take(24) {
        value = value * 10 + digit;
    }
    let dropped = digits.len().saturating_sub(24) as i32;
    let mut tens = 9 + dropped - fraction.len() as i32;
    if base == 10 {
        tens += exponent;
    } else {
        value = value.checked_mul(1_i128.checked_shl(exponent as u32)?).unwrap_or(MAX);
    }
    while tens > 0 && value != 0 && value < MAX {
        value = value.saturating_mul(10);
        tens -= 1;
    }
    while tens < 0 && value > 1 {
        value = div_up(value, 10);
        tens += 1;
    }
    Some(value)
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let small = self.nanos.abs() < 1024 * NANOS;
        match self.format {
            Format::Binary if !small && self.is_whole() => self.print_binary(f),
            Format::Exponent => self.print_decimal(f, true),
            _ => self.print_decimal(f, false),
        }
    }
}

impl Quantity {
    fn print_binary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut value = self.nanos / NANOS;
        let mut step = 0;
        while step < 6 && value != 0 && value % 1024 == 0 {
            value /= 1024;
            step += 1;
        }
        write!(f, "{value}{}", ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][step])
    }

    fn print_decimal(&self, f: &mut fmt::Formatter<'_>, exponent: bool) -> fmt::Result {
        let mut value = self.nanos;
        let mut step = 0;
        while step < 9 && value != 0 && value % 1000 == 0 {
            value /= 1000;
            step += 1;
        }
        if value == 0 {
            return write!(f, "0");
        }
        match (exponent, step) {
            (true, 3) => write!(f, "{value}"),
            (true, _) => write!(f, "{value}e{}", (step - 3) * 3),
            (false, _) => {
                let suffix = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"][step as usize];
                write!(f, "{value}{suffix}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, printed: &str) {
        let quantity = Quantity::parse(text);
        assert_eq!(quantity.map(|q| q.to_string()).as_deref(), Some(printed), "{text}");
    }

    #[test]
    fn amounts_print_in_canonical_form() {
        let rows = [
            ("0", "0"),
            ("1", "1"),
            ("1000m", "1"),
            ("0.1", "100m"),
            ("1500m", "1500m"),
            ("64Mi", "64Mi"),
            ("1024Mi", "1Gi"),
            ("0.5Gi", "512Mi"),
            ("1.5Gi", "1536Mi"),
            ("512Ki", "512Ki"),
            ("1000", "1k"),
            ("1000000", "1M"),
            ("1e3", "1e3"),
            ("12e6", "12e6"),
            ("-1", "-1"),
            (".5", "500m"),
            ("5.", "5"),
            ("100n", "100n"),
            ("0.0000000001", "1n"),
            ("128974848", "128974848"),
            ("1E", "1E"),
        ];
        for (text, printed) in rows {
            check(text, printed);
        }
    }

    #[test]
    fn other_text_is_no_amount() {
        for text in ["", "64Mb", "a", "1 Gi", ".", "1.2.3", "--1", "1ki", "1e", "MI", "1m1"] {
            assert!(Quantity::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn amounts_compare_by_size_and_round_up() {
        let q = |t| Quantity::parse(t).expect("an amount");
        assert!(q("1Gi") > q("1G") && q("1000m") == q("1"));
        assert_eq!(q("1.0001").milli(), 1001);
        assert_eq!(q("1.5").whole(), 2);
        assert_eq!(q("0.0001").round_up_to_milli().to_string(), "1m");
        assert_eq!(q("1Gi").plus(q("1Mi")).to_string(), "1025Mi");
        assert_eq!(q("99999999999999999999999999").whole(), i64::MAX);
    }
}
