//! Numbers on command lines.

/// A size with a suffix, as `head -c 1k` and `dd bs=1M` have it. Source: busybox, xatonum.
pub fn size(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..end].parse().ok()?;
    let unit = match &text[end..] {
        "" | "c" => 1,
        "w" => 2,
        "b" => 512,
        "k" | "K" | "kB" | "KiB" => 1 << 10,
        "M" | "MiB" | "m" => 1 << 20,
        "G" | "GiB" | "g" => 1 << 30,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

/// The arguments with a leading `-5` as `-n 5`.
pub fn dashed(args: &[String]) -> Vec<String> {
    let mut out = args.to_vec();
    if let Some(first) = out.first().and_then(|a| a.strip_prefix('-'))
        && !first.is_empty()
        && first.bytes().all(|b| b.is_ascii_digit())
    {
        out[0] = format!("-n{first}");
    }
    out
}

/// A decimal fraction in thousandths, rounded up: `0.25` is 250.
pub fn thousandths(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let head: String = fraction.chars().chain("000".chars()).take(3).collect();
    let rest = fraction.bytes().skip(3).any(|b| b != b'0');
    let part: u64 = head.parse().ok()?;
    whole.checked_mul(1000)?.checked_add(part + u64::from(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sizes_and_fractions() {
        assert_eq!(size("1M"), Some(1_048_576));
        assert_eq!(size("x"), None);
        assert_eq!(thousandths("0.5"), Some(500));
        assert_eq!(thousandths(".0001"), Some(1));
        assert_eq!(thousandths("."), None);
        assert_eq!(thousandths("1e3"), None);
        assert_eq!(dashed(&["-5".into(), "f".into()]), ["-n5", "f"]);
    }
}
