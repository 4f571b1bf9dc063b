//! API timestamps: whole seconds, written as RFC 3339.

use crate::base::SimTime;
use crate::base::json::{Read, Value, Write, expected};

/// A moment of an API object: whole seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Timestamp(pub i64);

/// The wall clock at the start of every run: 2026-01-01T00:00:00Z.
pub const EPOCH: Timestamp = Timestamp(1_767_225_600);

/// When the cluster was made that a run starts from: a day before.
pub const STOOD: Timestamp = Timestamp(EPOCH.0 - 86_400);

impl Timestamp {
    /// The timestamp at `now`: what is left of a second is cut off.
    /// Source: kubelet status/status_manager.go normalizeStatus
    pub fn at(now: SimTime) -> Self {
        Timestamp(EPOCH.0 + now.as_secs() as i64)
    }

    /// The virtual time at which this second begins (zero if before the run).
    pub fn sim(self) -> SimTime {
        SimTime::secs(u64::try_from(self.0 - EPOCH.0).unwrap_or(0))
    }

    /// This moment, `secs` later.
    pub fn plus(self, secs: i64) -> Self {
        Timestamp(self.0.saturating_add(secs))
    }

    /// `2026-01-01T00:00:00Z`.
    pub fn rfc3339(self) -> String {
        let (days, secs) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        let (h, m, s) = (secs / 3600, secs / 60 % 60, secs % 60);
        format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
    }

    /// `Thu, 01 Jan 2026 00:00:00 +0000`. Source: Go time.RFC1123Z, in UTC
    pub fn rfc1123(self) -> String {
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
        let days = self.0.div_euclid(86_400);
        let (year, month, day) = civil(days);
        let month = &MONTHS[(month as usize - 1) * 3..month as usize * 3];
        let day_name = DAYS[days.rem_euclid(7) as usize];
        let clock = &self.rfc3339();
        let clock = &clock[clock.len() - 9..clock.len() - 1];
        format!("{day_name}, {day:02} {month} {year:04} {clock} +0000")
    }

    /// Reads `2026-01-01T00:00:00Z` (fractions of a second are cut off).
    pub fn parse(text: &str) -> Option<Self> {
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
        let days = days_from_civil(number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let secs = number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?;
        Some(Timestamp(days * 86_400 + secs))
    }
}

/// Year, month and day of a count of days since 1970-01-01 (proleptic Gregorian).
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let (era, yoe) = (y.div_euclid(400), y.rem_euclid(400));
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

impl Read for Timestamp {
    fn read(&mut self, value: &Value) -> Result<(), String> {
        match value.as_str().and_then(Timestamp::parse) {
            Some(time) => *self = time,
            None => return expected("an RFC 3339 time", value),
        }
        Ok(())
    }
}

impl Write for Timestamp {
    fn write(&self) -> Value {
        Value::from(self.rfc3339())
    }
}

/// A length of time as Go prints it: `10s`, `1m20s`, `5m0s`, `1h0m0s`.
/// Source: Go time.Duration.String, for whole seconds
pub fn go_duration(secs: u64) -> String {
    match (secs / 3600, secs / 60 % 60, secs % 60) {
        (0, 0, s) => format!("{s}s"),
        (0, m, s) => format!("{m}m{s}s"),
        (h, m, s) => format!("{h}h{m}m{s}s"),
    }
}

/// A length of time as Go prints it, for milliseconds: `850ms`, `1.234s`, `1m2.5s`.
pub fn go_duration_ms(ms: u64) -> String {
    if ms == 0 {
        return "0s".to_string();
    }
    if ms < 1000 {
        return format!("{ms}ms");
    }
    let whole = go_duration(ms / 1000);
    if ms.is_multiple_of(1000) {
        return whole;
    }
    let fraction = format!("{:03}", ms % 1000);
    format!("{}.{}s", whole.trim_end_matches('s'), fraction.trim_end_matches('0'))
}

/// An age as kubectl prints it: `45s`, `2m5s`, `3h`, `2d4h`.
/// Source: apimachinery pkg/util/duration/duration.go HumanDuration
pub fn human_duration(secs: i64) -> String {
    if secs < -1 {
        return "<invalid>".to_string();
    }
    let s = secs.max(0);
    let (m, h, d) = (s / 60, s / 3600, s / 86_400);
    let pair = |a: i64, au: &str, b: i64, bu: &str| {
        if b == 0 { format!("{a}{au}") } else { format!("{a}{au}{b}{bu}") }
    };
    match () {
        () if s < 120 => format!("{s}s"),
        () if m < 10 => pair(m, "m", s % 60, "s"),
        () if m < 180 => format!("{m}m"),
        () if h < 8 => pair(h, "h", m % 60, "m"),
        () if h < 48 => format!("{h}h"),
        () if d < 8 => pair(d, "d", h % 24, "h"),
        () if d < 365 * 2 => format!("{d}d"),
        () if d < 365 * 8 => pair(d / 365, "y", d % 365, "d"),
        () => format!("{}y", d / 365),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_read_back() {
        for text in ["2026-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "1970-01-01T00:00:00Z"] {
            assert_eq!(Timestamp::parse(text).map(Timestamp::rfc3339).as_deref(), Some(text));
        }
        assert_eq!(EPOCH.rfc3339(), "2026-01-01T00:00:00Z");
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn durations_are_written_as_go_writes_them() {
        assert_eq!(go_duration(10), "10s");
        assert_eq!(go_duration(80), "1m20s");
        assert_eq!(go_duration(300), "5m0s");
        assert_eq!(go_duration_ms(850), "850ms");
        assert_eq!(go_duration_ms(1234), "1.234s");
        assert_eq!(go_duration_ms(62_500), "1m2.5s");
    }

    #[test]
    fn ages_are_written_as_kubectl_writes_them() {
        let rows = [(-2, "<invalid>"), (-1, "0s"), (119, "119s"), (125, "2m5s"), (600, "10m")];
        for (secs, text) in rows {
            assert_eq!(human_duration(secs), text);
        }
        assert_eq!(human_duration(3 * 3600 + 60), "3h1m");
        assert_eq!(human_duration(50 * 3600), "2d2h");
    }
}
