//! `date`, `date +%s`

use crate::shell::commands::call::Call;

const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A moment in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// Seconds since 1970.
    pub secs: u64,
    year: u64,
    month: u64,
    day: u64,
}

impl Moment {
    /// From seconds since 1970. Source: Howard Hinnant's civil_from_days.
    pub fn new(secs: u64) -> Moment {
        let days = secs / 86_400 + 719_468;
        let era = days / 146_097;
        let doe = days % 146_097;
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + u64::from(month <= 2);
        Moment { secs, year, month, day: doy - (153 * mp + 2) / 5 + 1 }
    }

    fn hour(&self) -> u64 {
        self.secs % 86_400 / 3_600
    }

    fn weekday(&self) -> usize {
        ((self.secs / 86_400 + 4) % 7) as usize
    }

    fn year_day(&self) -> u64 {
        let start = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        let leap = self.year.is_multiple_of(4) && !self.year.is_multiple_of(100)
            || self.year.is_multiple_of(400);
        start[self.month as usize - 1] + self.day + u64::from(leap && self.month > 2)
    }

    /// The year and the week of ISO 8601, which begin on a Monday.
    fn week(&self) -> (u64, u64) {
        let thursday = self.secs / 86_400 + 3 - (self.weekday() as u64 + 6) % 7;
        let middle = Moment::new(thursday * 86_400);
        (middle.year, middle.year_day().div_ceil(7))
    }

    /// The moment by a format of `strftime`.
    pub fn format(&self, format: &str) -> String {
        let mut out = String::new();
        let mut chars = format.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                out.push(c);
                continue;
            }
            match chars.next() {
                Some('-') if let Some(letter) = chars.next() => {
                    let text = self.field(letter);
                    let short = text.trim_start_matches(['0', ' ']);
                    out.push_str(if short.is_empty() { "0" } else { short });
                }
                Some(letter) => out.push_str(&self.field(letter)),
                None => out.push('%'),
            }
        }
        out
    }

    fn field(&self, letter: char) -> String {
        // tidy: dispatch
        let (hour, minute, second) = (self.hour(), self.secs % 3_600 / 60, self.secs % 60);
        let half = if hour % 12 == 0 { 12 } else { hour % 12 };
        let day_name = DAYS[self.weekday()];
        let month_name = MONTHS[self.month as usize - 1];
        match letter {
            'Y' => self.year.to_string(),
            'm' => format!("{:02}", self.month),
            'd' => format!("{:02}", self.day),
            'e' => format!("{:2}", self.day),
            'H' => format!("{hour:02}"),
            'I' => format!("{half:02}"),
            'M' => format!("{minute:02}"),
            'S' => format!("{second:02}"),
            's' => self.secs.to_string(),
            'y' => format!("{:02}", self.year % 100),
            'C' => format!("{:02}", self.year / 100),
            'j' => format!("{:03}", self.year_day()),
            'a' => day_name[..3].to_string(),
            'A' => day_name.to_string(),
            'b' | 'h' => month_name[..3].to_string(),
            'B' => month_name.to_string(),
            'p' => if hour < 12 { "AM" } else { "PM" }.to_string(),
            'u' => (if self.weekday() == 0 { 7 } else { self.weekday() }).to_string(),
            'w' => self.weekday().to_string(),
            'Z' => "UTC".to_string(),
            'z' => "+0000".to_string(),
            'T' | 'X' => self.format("%H:%M:%S"),
            'R' => self.format("%H:%M"),
            'D' | 'x' => self.format("%m/%d/%y"),
            'F' => self.format("%Y-%m-%d"),
            'c' => self.format("%a %b %e %H:%M:%S %Y"),
            'r' => self.format("%I:%M:%S %p"),
            'n' => "\n".to_string(),
            't' => "\t".to_string(),
            '%' => "%".to_string(),
            'U' => format!("{:02}", (self.year_day() + 6 - self.weekday() as u64) / 7),
            'W' => format!("{:02}", (self.year_day() + 6 - (self.weekday() as u64 + 6) % 7) / 7),
            'V' => format!("{:02}", self.week().1),
            'G' => self.week().0.to_string(),
            'g' => format!("{:02}", self.week().0 % 100),
            'k' => format!("{hour:2}"),
            'l' => format!("{half:2}"),
            'P' => self.field('p').to_lowercase(),
            other => format!("%{other}"),
        }
    }
}

/// Forms of a date without dashes. Source: busybox, parse_datestr.
const DATES: [&str; 6] = [
    "%Y.%m.%d-%H:%M:%S",
    "%Y.%m.%d-%H:%M",
    "%m.%d-%H:%M:%S",
    "%m.%d-%H:%M",
    "%m%d%H%M",
    "%Y%m%d%H%M",
];

/// A date as `date -d` takes it: `@secs`, `YYYY-MM-DD HH:MM:SS`, `HH:MM`. Days past the end of
/// a month run into the next.
pub fn parse(text: &str, now: u64) -> Option<u64> {
    if let Some(secs) = text.strip_prefix('@') {
        return secs.parse().ok();
    }
    let year = Moment::new(now).year;
    let known = DATES.iter().find_map(|format| by_format(text, format, year));
    if known.is_some() {
        return known;
    }
    let mut parts = text.split(' ');
    let mut first = parts.next()?;
    let mut days = now / 86_400;
    if first.contains('-') {
        let mut fields = first.split('-').map(|f| f.parse::<u64>().ok());
        let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day)
        {
            return None;
        }
        days = days_before(year, month) + day - 1;
        first = parts.next().unwrap_or("0:0");
    }
    let mut fields = first.split(':').map(|f| f.parse::<u64>().ok());
    let hour = fields.next()??;
    let minute = fields.next().unwrap_or(Some(0))?;
    let second = fields.next().unwrap_or(Some(0))?;
    let valid = hour < 24 && minute < 60 && second < 61 && parts.next().is_none();
    valid.then_some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// A date as `touch -t` takes it: `[[CC]YY]MMDDhhmm[.ss]`.
pub fn stamp(text: &str, now: u64) -> Option<u64> {
    let (digits, secs) = text.split_once('.').unwrap_or((text, "00"));
    let year = Moment::new(now).format("%Y");
    let digits = match digits.len() {
        8 => [&year, digits].concat(),
        10 => [&year[..2], digits].concat(),
        12 => digits.to_string(),
        _ => return None,
    };
    if !digits.bytes().chain(secs.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| &digits[from..to];
    let day = [part(0, 4), part(4, 6), part(6, 8)].join("-");
    parse(&format!("{day} {}:{}:{secs}", part(8, 10), part(10, 12)), now)
}

/// A date by a format, as `date -D` takes it, of this year if it names none.
fn by_format(text: &str, format: &str, year: u64) -> Option<u64> {
    let mut fields = [year, 1, 1, 0, 0, 0];
    let format = format.replace("%T", "%H:%M:%S").replace("%F", "%Y-%m-%d").replace("%R", "%H:%M");
    let (mut rest, mut chars) = (text, format.chars());
    while let Some(c) = chars.next() {
        let letter = if c == '%' { chars.next()? } else { '%' };
        let Some(at) = "YmdHMS".find(letter) else {
            if letter == 's' {
                return rest.parse().ok();
            }
            rest = rest.strip_prefix(c)?;
            continue;
        };
        let most = if at == 0 { 4 } else { 2 };
        let len = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        fields[at] = rest[..len].parse().ok()?;
        rest = &rest[len..];
    }
    let [year, month, day, hour, minute, second] = fields;
    let valid = rest.is_empty()
        && (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 62;
    let days = if valid { days_before(year, month) + day - 1 } else { 0 };
    valid.then_some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// The name of a time zone and its seconds west of Greenwich, by `TZ` as POSIX has it: `CST-8`.
/// Without a database of zones a name like `Asia/Shanghai` is just a name. Source: POSIX, 8.3.
fn zone(text: &str) -> (String, i64) {
    let (name, rest) = match text.strip_prefix('<').and_then(|t| t.split_once('>')) {
        Some(parts) => parts,
        None => {
            let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
            text.split_at(end)
        }
    };
    if name.len() < 3 {
        return ("UTC".to_string(), 0);
    }
    let (sign, digits) = match rest.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, rest.trim_start_matches('+')),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(digits.len());
    let parts = digits[..end].split(':').map(|part| part.parse::<i64>().unwrap_or(0));
    let west = parts.zip([3_600, 60, 1]).map(|(part, unit)| part * unit).sum::<i64>();
    (name.to_string(), sign * west)
}

/// The days from 1970 to the first of a month. Source: Howard Hinnant's days_from_civil.
fn days_before(year: u64, month: u64) -> u64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, yoe) = (year / 400, year % 400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Prints the virtual time.
pub fn run(call: &mut Call) -> i32 {
    let iso = call.args.iter().find_map(|a| a.strip_prefix("-I")).map(str::to_string);
    let short = |arg: &String| match arg.split_once('=') {
        Some(("--date", text)) => ["-d", text].concat(),
        Some(("--reference", text)) => ["-r", text].concat(),
        _ if arg == "--utc" => "-u".to_string(),
        _ => arg.clone(),
    };
    let args: Vec<String> = call.args.iter().filter(|a| !a.starts_with("-I")).map(short).collect();
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = match call.options("ud:D:Rs:r:") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let mut secs = call.sys.wall_secs();
    let given =
        call.sys.me().env.iter().find(|(name, _)| name == "TZ").map(|(_, zone)| zone.clone());
    let (name, west) = match given.filter(|_| !options.has('u')) {
        Some(text) if text.is_empty() => ("Universal".to_string(), 0),
        Some(text) => zone(&text),
        None => ("UTC".to_string(), 0),
    };
    if let Some(path) = options.value('r') {
        match call.sys.stat(path, true) {
            Ok(node) => secs = (secs - call.sys.now().as_secs()).saturating_add_signed(node.time()),
            Err(error) => return call.fail_path("can't stat ", path, error),
        }
    }
    if let Some(text) = options.value('d') {
        let date = match options.value('D') {
            Some(format) => by_format(text, format, 1970),
            None => parse(text, secs),
        };
        let local = !text.starts_with('@') && options.value('D') != Some("%s");
        match date {
            Some(given) => secs = given.min(253_402_300_799),
            None => return call.fail(format!("invalid date '{text}'")),
        }
        secs = secs.saturating_add_signed(if local { west } else { 0 });
    }
    let format = match options.rest.first() {
        Some(format) => match format.strip_prefix('+') {
            Some(format) => format.to_string(),
            None => return call.fail(format!("invalid date '{format}'")),
        },
        None if iso.is_some() => match iso.as_deref() {
            Some("hours") => "%Y-%m-%dT%H+00:00".to_string(),
            Some("minutes") => "%Y-%m-%dT%H:%M+00:00".to_string(),
            Some("seconds" | "s") => "%Y-%m-%dT%H:%M:%S+00:00".to_string(),
            Some("ns") => "%Y-%m-%dT%H:%M:%S,000000000+00:00".to_string(),
            _ => "%Y-%m-%d".to_string(),
        },
        None if options.has('R') => "%a, %d %b %Y %H:%M:%S %z".to_string(),
        None => "%a %b %e %H:%M:%S %Z %Y".to_string(),
    };
    let (hours, minutes) = (west.abs() / 3_600, west.abs() % 3_600 / 60);
    let shift = format!("{}{hours:02}{minutes:02}", if west > 0 { '-' } else { '+' });
    let format = format.replace("%s", &secs.to_string()).replace("%z", &shift);
    let text = Moment::new(secs.saturating_add_signed(-west)).format(&format.replace("%Z", &name));
    call.out(format!("{text}\n"));
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        let moment = Moment::new(1_767_225_600 + 58 * 86_400 + 3_661);
        assert_eq!(moment.format("%F %T %a %j"), "2026-02-28 01:01:01 Sat 059");
        assert_eq!(Moment::new(0).format("%c"), "Thu Jan  1 00:00:00 1970");
        assert_eq!(Moment::new(951_782_400).format("%F %j"), "2000-02-29 060");
    }
}
