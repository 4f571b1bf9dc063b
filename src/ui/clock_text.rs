//! Virtual time as people read and write it.

use crate::base::{Lang, SimTime};
use crate::ui::i18n::frame;

/// `0:31.4`, `12:05.0`, `1:02:03.5`: a moment, to the tenth of a second.
pub fn clock(t: SimTime) -> String {
    let tenths = t.as_ms() / 100 % 10;
    let (h, m, s) = (t.as_secs() / 3600, t.as_secs() / 60 % 60, t.as_secs() % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}.{tenths}") } else { format!("{m}:{s:02}.{tenths}") }
}

/// `31.2 s`, `2 min 5 s`, `1 h 2 min 5 s`: a moment in words, for screen readers and messages.
pub fn spoken(t: SimTime, lang: Lang) -> String {
    let (h, m, s) = (t.as_secs() / 3600, t.as_secs() / 60 % 60, t.as_secs() % 60);
    let tenths = t.as_ms() / 100 % 10;
    let secs = if h == 0 && tenths > 0 { format!("{s}.{tenths}") } else { s.to_string() };
    let text = match (h, m) {
        (0, 0) => frame::SPOKEN_S,
        (0, _) => frame::SPOKEN_MIN,
        _ => frame::SPOKEN_H,
    };
    text.fill(lang, &[("h", &h.to_string()), ("m", &m.to_string()), ("s", &secs)])
}

/// Reads `90`, `12.5`, `90s`, `1m30s`, `2h`, `1:30`, `1:02:03.5`, `1分30秒`; `None` if it is none of
/// these.
pub fn parse(text: &str) -> Option<SimTime> {
    let text = text.trim().to_ascii_lowercase();
    if text.is_empty() || text.len() > 20 {
        return None;
    }
    let ms = if text.contains(':') { colons(&text)? } else { units(&text)? };
    Some(SimTime::ms(ms))
}

fn colons(text: &str) -> Option<u64> {
    let parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 3 {
        return None;
    }
    let (last, whole) = parts.split_last()?;
    let mut total: u64 = 0;
    for part in whole {
        total = total.checked_mul(60)?.checked_add(part.parse::<u32>().ok()?.into())?;
    }
    total.checked_mul(60_000)?.checked_add(decimal_ms(last, 1000)?)
}

fn units(text: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let letters = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        total = total.checked_add(decimal_ms(number, unit_ms(unit.trim())?)?)?;
        rest = tail;
    }
    Some(total)
}

fn unit_ms(unit: &str) -> Option<u64> {
    Some(match unit {
        "" | "s" | "秒" => 1000,
        "ms" => 1,
        "m" | "min" | "分" | "分钟" => 60_000,
        "h" | "小时" => 3_600_000,
        _ => return None,
    })
}

/// A decimal number of units of `scale` milliseconds, in milliseconds.
fn decimal_ms(text: &str, scale: u64) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || fraction.len() > 6 {
        return None;
    }
    let mut ms = u64::from(whole.parse::<u32>().ok()?).checked_mul(scale)?;
    if !fraction.is_empty() {
        let parts: u64 = u64::from(fraction.parse::<u32>().ok()?);
        ms = ms.checked_add(
            parts.checked_mul(scale)? / 10u64.pow(u32::try_from(fraction.len()).ok()?),
        )?;
    }
    Some(ms)
}

/// The end of the scale that shows a run of this length: the next of a row of round numbers.
pub fn horizon(tip: SimTime) -> SimTime {
    const ROUND: [u64; 10] = [60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200];
    let secs = tip.as_ms().div_ceil(1000);
    let day = 86_400;
    SimTime::secs(ROUND.into_iter().find(|r| *r > secs).unwrap_or((secs / day + 1) * day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_shortly() {
        assert_eq!(clock(SimTime::ms(31_449)), "0:31.4");
        assert_eq!(clock(SimTime::secs(3723)), "1:02:03.0");
        assert_eq!(spoken(SimTime::ms(31_449), Lang::En), "31.4 s");
        assert_eq!(spoken(SimTime::secs(125), Lang::Zh), "2 分 5 秒");
        assert_eq!(spoken(SimTime::secs(3600), Lang::En), "1 h 0 min 0 s");
    }

    #[test]
    fn moments_are_read_in_the_ways_people_write_them() {
        for (text, ms) in [
            ("90", 90_000),
            (" 12.5 ", 12_500),
            ("90s", 90_000),
            ("1m30s", 90_000),
            ("1M30", 90_000),
            ("1.5m", 90_000),
            ("2h", 7_200_000),
            ("250ms", 250),
            ("1:30", 90_000),
            ("90 秒", 90_000),
            ("1 分 30 秒", 90_000),
            ("2小时", 7_200_000),
            ("1:02:03.5", 3_723_500),
        ] {
            assert_eq!(parse(text), Some(SimTime::ms(ms)), "{text}");
        }
        for text in ["", "abc", "-5", "1:2:3:4", "5x", ".", "99999999999", "1..2"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_scale_ends_at_a_round_number_after_the_run() {
        assert_eq!(horizon(SimTime::ZERO), SimTime::secs(60));
        assert_eq!(horizon(SimTime::secs(60)), SimTime::secs(120));
        assert_eq!(horizon(SimTime::secs(90_000)), SimTime::secs(172_800));
    }
}
