//! Reading the words. Each mistake knows its place in the value.

use crate::base::SimTime;
use crate::shell::behaviour::mistake::{Mistake, Wanted};
use crate::shell::behaviour::words::{Answer, Behaviour, Port, PortKind, Reaction, Reply, Route};
use crate::shell::commands::numbers;
use crate::shell::signal::Signal;

/// A part of a value and where it begins.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Part<'a> {
    /// Without the blanks around it.
    fn new(text: &'a str, start: usize) -> Part<'a> {
        let blanks = text.len() - text.trim_start().len();
        Part { text: text.trim(), start: start + blanks }
    }

    fn wanted(self, wanted: Wanted) -> Mistake {
        Mistake { start: self.start, end: self.start + self.text.len(), wanted }
    }

    /// The parts between `separator`s.
    fn split(self, separator: char) -> impl Iterator<Item = Part<'a>> {
        let mut at = self.start;
        self.text.split(separator).map(move |text| {
            let part = Part::new(text, at);
            at += text.len() + separator.len_utf8();
            part
        })
    }

    /// What is before the last `mark` and what is behind it.
    fn cut(self, mark: &str) -> (Part<'a>, Option<Part<'a>>) {
        match self.text.rfind(mark) {
            None => (self, None),
            Some(at) => {
                let behind = at + mark.len();
                let rest = Part::new(&self.text[behind..], self.start + behind);
                (Part::new(&self.text[..at], self.start), Some(rest))
            }
        }
    }

    fn time(self) -> Result<SimTime, Mistake> {
        time(self.text).ok_or_else(|| self.wanted(Wanted::Time))
    }

    fn number<T: std::str::FromStr>(self) -> Option<T> {
        let digits = !self.text.is_empty() && self.text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| self.text.parse().ok())?
    }
}

impl Behaviour {
    /// The words there are.
    pub const WORDS: [&str; 9] =
        ["start", "ports", "http", "grpc", "signals", "exit", "memory", "size", "pull"];

    /// Takes what one word says. The mistake is the first there is; nothing was taken then.
    pub fn set(&mut self, word: &str, value: &str) -> Result<(), Mistake> {
        let part = Part::new(value, 0);
        match word {
            "start" => self.start = Some(part.time()?),
            "pull" => self.pull = Some(part.time()?),
            "size" => self.size = Some(bytes(part)?),
            "ports" => self.ports = Some(part.split(',').map(port).collect::<Result<_, _>>()?),
            "http" => self.http = part.split(';').map(route).collect::<Result<_, _>>()?,
            "signals" => self.signals = part.split(';').map(signal).collect::<Result<_, _>>()?,
            "grpc" => self.grpc = over_time(part, serving)?,
            "memory" => self.memory = over_time(part, bytes)?,
            "exit" => self.exit = Some(exit(part)?),
            _ => return Err(part.wanted(Wanted::Word)),
        }
        Ok(())
    }
}

/// `500ms`, `3s`, `1m30s`, `1.5h`; the unit is never left out.
pub fn time(text: &str) -> Option<SimTime> {
    let (mut rest, mut total) = (text, 0_u64);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(end);
        let unit_end = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, next) = tail.split_at(unit_end);
        let thousandths = numbers::thousandths(number)?;
        let ms = match unit {
            "ms" => thousandths / 1000,
            "s" => thousandths,
            "m" => thousandths.checked_mul(60)?,
            "h" => thousandths.checked_mul(3_600)?,
            _ => return None,
        };
        total = total.checked_add(ms)?;
        rest = next;
    }
    (!text.is_empty()).then_some(SimTime::ms(total))
}

/// `VALUE@TIME, VALUE@TIME`: the first may leave its time out, later ones come later.
fn over_time<'a, T>(
    part: Part<'a>,
    read: impl Fn(Part<'a>) -> Result<T, Mistake>,
) -> Result<Vec<(SimTime, T)>, Mistake> {
    let mut steps: Vec<(SimTime, T)> = Vec::new();
    for step in part.split(',') {
        let (value, at) = step.cut("@");
        let time = match at {
            Some(at) => at.time()?,
            None if steps.is_empty() => SimTime::ZERO,
            None => return Err(step.wanted(Wanted::LaterTime)),
        };
        if steps.last().is_some_and(|(before, _)| *before >= time) {
            return Err(at.unwrap_or(step).wanted(Wanted::LaterTime));
        }
        steps.push((time, read(value)?));
    }
    Ok(steps)
}

fn bytes(part: Part) -> Result<u64, Mistake> {
    let wrong = || part.wanted(Wanted::Size);
    let end = part.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.text.len());
    let factor: u64 = match &part.text[end..] {
        "" => 1,
        "k" => 1_000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        "Ki" => 1 << 10,
        "Mi" => 1 << 20,
        "Gi" => 1 << 30,
        _ => return Err(wrong()),
    };
    let number: Option<u64> = part.text[..end].parse().ok();
    number.and_then(|n| n.checked_mul(factor)).ok_or_else(wrong)
}

fn port(part: Part) -> Result<Port, Mistake> {
    let (number, kind) = part.cut("/");
    let kind = match kind.map_or("http", |k| k.text) {
        "http" => PortKind::Http,
        "grpc" => PortKind::Grpc,
        "tcp" => PortKind::Tcp,
        _ => return Err(part.wanted(Wanted::Port)),
    };
    match number.number() {
        Some(number) if number > 0 => Ok(Port { number, kind }),
        _ => Err(part.wanted(Wanted::Port)),
    }
}

fn route(part: Part) -> Result<Route, Mistake> {
    let Some((path, steps)) = part.text.split_once('=') else {
        return Err(part.wanted(Wanted::Path));
    };
    let path = path.trim();
    if path != "*" && !path.starts_with('/') {
        return Err(Part::new(path, part.start).wanted(Wanted::Path));
    }
    let steps = Part::new(steps, part.start + part.text.len() - steps.len());
    Ok(Route { path: path.to_string(), answers: over_time(steps, answer)? })
}

fn answer(part: Part) -> Result<Answer, Mistake> {
    let (what, after) = part.cut(" after ");
    let after = after.map_or(Ok(SimTime::ZERO), Part::time)?;
    let status = |part: Part| {
        let wrong = part.wanted(Wanted::Answer);
        part.number().filter(|code| (100..600).contains(code)).ok_or(wrong)
    };
    let reply = match (what.text, what.cut(">")) {
        ("hang", _) => Reply::Hang,
        ("reset", _) => Reply::Reset,
        (_, (code, Some(to))) => Reply::Redirect(status(code)?, to.text.to_string()),
        _ => Reply::Status(status(what)?),
    };
    Ok(Answer { reply, after })
}

fn serving(part: Part) -> Result<bool, Mistake> {
    match part.text {
        "serving" => Ok(true),
        "not-serving" => Ok(false),
        _ => Err(part.wanted(Wanted::Serving)),
    }
}

fn signal(part: Part) -> Result<(Signal, Reaction), Mistake> {
    let Some((name, what)) = part.text.split_once('=') else {
        return Err(part.wanted(Wanted::Signal));
    };
    let name = Part::new(name, part.start);
    let signal = Signal::from_name(name.text).filter(|s| !s.is_forced());
    let signal = signal.ok_or_else(|| name.wanted(Wanted::Signal))?;
    let what = Part::new(what, part.start + part.text.len() - what.len());
    if what.text == "ignore" {
        return Ok((signal, Reaction::Ignore));
    }
    let Some(rest) = what.text.strip_prefix("exit ") else {
        return Err(what.wanted(Wanted::Reaction));
    };
    let (code, after) = exit(Part::new(rest, what.start + 5))?;
    Ok((signal, Reaction::Exit(code, after)))
}

/// `CODE after TIME`; at once if no time is named.
fn exit(part: Part) -> Result<(i32, SimTime), Mistake> {
    let (code, after) = part.cut(" after ");
    let number: u8 = code.number().ok_or_else(|| code.wanted(Wanted::Exit))?;
    Ok((i32::from(number), after.map_or(Ok(SimTime::ZERO), Part::time)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(word: &str, value: &str) -> Behaviour {
        let mut behaviour = Behaviour::default();
        behaviour.set(word, value).unwrap_or_else(|m| panic!("{word}: {value}: {m:?}"));
        behaviour
    }

    #[test]
    fn the_words_are_read() {
        let secs = SimTime::secs;
        assert_eq!(read("start", " 1m30s ").start, Some(secs(90)));
        let ports = read("ports", "8080, 9090/grpc,6379/tcp").ports.unwrap();
        assert_eq!(ports.iter().map(|p| p.number).collect::<Vec<_>>(), [8080, 9090, 6379]);
        assert_eq!(ports[1].kind, PortKind::Grpc);
        let http = read("http", "/healthz=200,500@10s; /slow = 200 after 2s; *=302>/x");
        let status = |path, at| http.answer(path, secs(at)).map(|a| a.reply.clone());
        assert_eq!(status("/healthz", 9), Some(Reply::Status(200)));
        assert_eq!(status("/healthz?x=1", 10), Some(Reply::Status(500)));
        assert_eq!(http.answer("/slow", SimTime::ZERO).unwrap().after, secs(2));
        assert_eq!(status("/", 0), Some(Reply::Redirect(302, "/x".into())));
        let signals = read("signals", "TERM=exit 0 after 3s; SIGHUP=ignore");
        assert_eq!(signals.reaction(Signal::Term), Some(Reaction::Exit(0, secs(3))));
        assert_eq!(signals.reaction(Signal::Hup), Some(Reaction::Ignore));
        assert_eq!(signals.reaction(Signal::Usr1), None);
        assert_eq!(read("exit", "1 after 30s").exit, Some((1, secs(30))));
        assert!(!read("grpc", "serving,not-serving@5s").is_serving(secs(5)));
        assert_eq!(read("size", "180Mi").size, Some(180 << 20));
    }

    #[test]
    fn steps_come_one_after_the_other() {
        let memory = read("memory", "100, 2k@10s, 150@20s").memory;
        let secs = SimTime::secs;
        assert_eq!(memory, [(secs(0), 100), (secs(10), 2_000), (secs(20), 150)]);
    }

    #[test]
    fn mistakes_know_their_place() {
        for (word, value, culprit, wanted) in [
            ("start", "3", "3", Wanted::Time),
            ("start", "", "", Wanted::Time),
            ("start", "soon", "soon", Wanted::Time),
            ("ports", "80, http", "http", Wanted::Port),
            ("ports", "80/udp", "80/udp", Wanted::Port),
            ("ports", "0", "0", Wanted::Port),
            ("ports", "70000", "70000", Wanted::Port),
            ("http", "/a=200; healthz=200", "healthz", Wanted::Path),
            ("http", "/a", "/a", Wanted::Path),
            ("http", "/a=200,99@3s", "99", Wanted::Answer),
            ("http", "/a=200,500", "500", Wanted::LaterTime),
            ("http", "/a=200@5s,500@3s", "3s", Wanted::LaterTime),
            ("http", "/a=200 after long", "long", Wanted::Time),
            ("grpc", "up", "up", Wanted::Serving),
            ("signals", "TERM", "TERM", Wanted::Signal),
            ("signals", "TERMINATE=ignore", "TERMINATE", Wanted::Signal),
            ("signals", "KILL=ignore", "KILL", Wanted::Signal),
            ("signals", "HUP=ignore; TERM= die ", "die", Wanted::Reaction),
            ("signals", "TERM=exit 300", "300", Wanted::Exit),
            ("signals", "TERM=exit 0 after 3", "3", Wanted::Time),
            ("exit", "1 in 3s", "1 in 3s", Wanted::Exit),
            ("memory", "64MB", "64MB", Wanted::Size),
            ("memory", "é@1s", "é", Wanted::Size),
            ("size", "1.5Gi", "1.5Gi", Wanted::Size),
            ("htpp", "x", "x", Wanted::Word),
        ] {
            let error = Behaviour::default().set(word, value).expect_err(value);
            assert_eq!(
                (&value[error.start..error.end], error.wanted),
                (culprit, wanted),
                "{value}"
            );
        }
    }
}
