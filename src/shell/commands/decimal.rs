//! Decimal fractions without floating point: whole numbers of billionths.
//!
//! Floating point could round differently natively and in a browser; `awk`, `printf %f` and `sort
//! -n` need only so much.

/// One, as a number of billionths.
pub const ONE: i128 = 1_000_000_000;

const DIGITS: usize = 9;

/// The number a text starts with, 0 without one, and the bytes it takes.
pub fn prefix(text: &str) -> (i128, usize) {
    let body = text.trim_start();
    let skipped = text.len() - body.len();
    let unsigned = body.strip_prefix(['-', '+']).unwrap_or(body);
    if let Some(hex) = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X")) {
        let len = hex.len() - hex.trim_start_matches(|c: char| c.is_ascii_hexdigit()).len();
        if let Ok(value) = u64::from_str_radix(&hex[..len], 16) {
            let sign = if body.starts_with('-') { -ONE } else { ONE };
            return (i128::from(value) * sign, text.len() - hex.len() + len);
        }
    }
    let digits = |t: &str| t.len() - t.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = digits(unsigned);
    let fraction = unsigned[whole..].strip_prefix('.').map_or(0, digits);
    if whole + fraction == 0 {
        return (0, 0);
    }
    let dot = usize::from(unsigned[whole..].starts_with('.'));
    let mut value: i128 = 0;
    for digit in unsigned[..whole].bytes().take(28) {
        value = value * 10 + i128::from(digit - b'0');
    }
    value = value.saturating_mul(ONE);
    let mut unit = ONE / 10;
    for digit in unsigned[whole + dot..whole + dot + fraction].bytes() {
        value = value.saturating_add(i128::from(digit - b'0') * unit);
        unit /= 10;
    }
    let mut len = whole + dot + fraction;
    if let Some((power, more)) = exponent(&unsigned[len..]) {
        for _ in 0..power.unsigned_abs().min(40) {
            value = if power < 0 { value / 10 } else { value.saturating_mul(10) };
        }
        len += more;
    }
    let sign = if body.starts_with('-') { -1 } else { 1 };
    (value * sign, skipped + body.len() - unsigned.len() + len)
}

fn exponent(text: &str) -> Option<(i32, usize)> {
    let rest = text.strip_prefix(['e', 'E'])?;
    let unsigned = rest.strip_prefix(['-', '+']).unwrap_or(rest);
    let len = unsigned.len() - unsigned.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let power: i32 = unsigned[..len].parse().ok()?;
    let sign = if rest.starts_with('-') { -1 } else { 1 };
    Some((power * sign, 1 + rest.len() - unsigned.len() + len))
}

/// The number a text starts with.
pub fn leading(text: &str) -> i128 {
    prefix(text).0
}

/// The number a text is, and nothing else.
pub fn exact(text: &str) -> Option<i128> {
    let (value, len) = prefix(text);
    (len > 0 && text[len..].trim().is_empty()).then_some(value)
}

/// The product.
pub fn times(a: i128, b: i128) -> i128 {
    let (whole, rest) = (a / ONE, a % ONE);
    whole.saturating_mul(b).saturating_add(rest.saturating_mul(b) / ONE)
}

/// The quotient; `None` by zero.
pub fn over(a: i128, b: i128) -> Option<i128> {
    match a.checked_mul(ONE) {
        Some(scaled) => scaled.checked_div(b),
        None => (a / b.checked_div(ONE).filter(|b| *b != 0)?).into(),
    }
}

/// With so many digits after the point, as `%f` prints it; halves go to the even digit.
pub fn fixed(value: i128, precision: usize) -> String {
    let kept = precision.min(DIGITS);
    let unit = 10_i128.pow((DIGITS - kept) as u32);
    let size = value.unsigned_abs() as i128;
    let (mut whole, rest) = (size / unit, size % unit);
    if rest * 2 > unit || rest * 2 == unit && whole % 2 == 1 {
        whole += 1;
    }
    let mut text = format!("{whole:0width$}", width = kept + 1);
    if precision > 0 {
        text.insert(text.len() - kept, '.');
        text.push_str(&"0".repeat(precision - kept));
    }
    if value < 0 { ["-", &text].concat() } else { text }
}

/// With an exponent, as `%e` prints it.
pub fn scientific(value: i128, precision: usize) -> String {
    let (mut digits, mut power) = significant(value, precision + 1);
    if value == 0 {
        power = 0;
    }
    if precision > 0 {
        digits.insert(1, '.');
    }
    let sign = if value < 0 { "-" } else { "" };
    let mark = if power < 0 { '-' } else { '+' };
    format!("{sign}{digits}e{mark}{:02}", power.abs())
}

/// As short as `%g` prints it, with so many digits that count.
pub fn general(value: i128, precision: usize) -> String {
    let precision = precision.max(1);
    let (_, power) = significant(value, precision);
    let trimmed = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text.to_string(),
    };
    if value != 0 && (power < -4 || power >= precision as i32) {
        let text = scientific(value, precision - 1);
        let (number, tail) = text.split_once('e').unwrap_or((&text, "+00"));
        return [&trimmed(number), "e", tail].concat();
    }
    let places = (precision as i32 - 1 - power).max(0) as usize;
    trimmed(&fixed(value, if value == 0 { 0 } else { places }))
}

/// The first digits that count, rounded, and the power of ten of the first.
fn significant(value: i128, count: usize) -> (String, i32) {
    let all = value.unsigned_abs().to_string();
    let mut power = all.len() as i32 - 1 - DIGITS as i32;
    let mut digits: Vec<u8> = all.bytes().take(count).collect();
    digits.resize(count, b'0');
    if all.as_bytes().get(count).is_some_and(|b| *b >= b'5') {
        let mut at = count;
        loop {
            if at == 0 {
                digits.insert(0, b'1');
                digits.truncate(count);
                power += 1;
                break;
            }
            at -= 1;
            if digits[at] < b'9' {
                digits[at] += 1;
                break;
            }
            digits[at] = b'0';
        }
    }
    (digits.into_iter().map(char::from).collect(), power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_printed_as_printf_has_them() {
        let third = over(ONE, 3 * ONE).unwrap();
        assert_eq!(fixed(third, 2), "0.33");
        assert_eq!(fixed(leading("-1.5"), 2), "-1.50");
        assert_eq!(fixed(leading("2.5"), 0), "2");
        assert_eq!(fixed(leading("1e3x"), 6), "1000.000000");
        assert_eq!(scientific(leading("12345.678"), 6), "1.234568e+04");
        for (text, shown) in [
            ("100000", "100000"),
            ("1000000", "1e+06"),
            ("0.0001", "0.0001"),
            ("0.00001", "1e-05"),
            ("3.14159265", "3.14159"),
            ("0", "0"),
            ("99999.94", "99999.9"),
        ] {
            assert_eq!(general(leading(text), 6), shown);
        }
        assert_eq!(exact(" 12 "), Some(12 * ONE));
        assert_eq!(exact("12x"), None);
        assert_eq!(times(leading("1.5"), leading("-4")), -6 * ONE);
    }
}
