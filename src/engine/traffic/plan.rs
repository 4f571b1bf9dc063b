//! What a person declares: who is asked for what, how often.

use crate::base::SimTime;
use crate::shell::behaviour::read::time;
use crate::shell::behaviour::{Mistake, Wanted};

/// The annotation of a Service that declares requests to it.
pub const ANNOTATION: &str = "lifepod.dev/traffic";
/// The shortest time between two requests.
const EVERY_LEAST: SimTime = SimTime::ms(10);
/// The longest that a client waits.
const TIMEOUT_MOST: SimTime = SimTime::secs(3600);

/// Who is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// A Service, by name.
    Service(String),
    /// A Pod, by name: its own address, past all Services.
    Pod(String),
}

impl std::fmt::Display for Target {
    /// `service/web`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Target::Service(name) => write!(f, "service/{name}"),
            Target::Pod(name) => write!(f, "pod/{name}"),
        }
    }
}

/// Requests that are sent again and again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Whom they are for.
    pub to: Target,
    /// The port; a Service's first one if none is named.
    pub port: Option<u16>,
    /// The path.
    pub path: String,
    /// From one request to the next.
    pub every: SimTime,
    /// When the first is sent, but not before its target is there.
    pub from: SimTime,
    /// After this none is sent.
    pub until: Option<SimTime>,
    /// How long the client waits for an answer.
    pub timeout: SimTime,
    /// Whether the connection is kept for the next request.
    pub keep_alive: bool,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            to: Target::Service(String::new()),
            port: None,
            path: "/".into(),
            every: SimTime::secs(1),
            from: SimTime::ZERO,
            until: None,
            timeout: SimTime::secs(1),
            keep_alive: false,
        }
    }
}

impl Plan {
    /// The words there are.
    pub const WORDS: [&str; 8] =
        ["to", "port", "path", "every", "from", "until", "timeout", "keep-alive"];

    /// Takes what one word says. The mistake is the value's; nothing was taken then.
    pub fn set(&mut self, word: &str, value: &str) -> Result<(), Mistake> {
        let wrong = |wanted| Mistake { start: 0, end: value.len(), wanted };
        let read = || time(value).ok_or(wrong(Wanted::Time));
        match word {
            "to" => self.to = target(value).ok_or(wrong(Wanted::Target))?,
            "port" => {
                let port = value.parse().ok().filter(|port| *port > 0);
                self.port = Some(port.ok_or(wrong(Wanted::PortNumber))?);
            }
            "path" => {
                let sound = value.starts_with('/') && !value.contains([' ', '\n']);
                self.path = sound.then(|| value.to_string()).ok_or(wrong(Wanted::UrlPath))?;
            }
            "every" => self.every = read().map(|every| every.max(EVERY_LEAST))?,
            "from" => self.from = read()?,
            "until" => self.until = Some(read()?),
            "timeout" => {
                let sound = |t: &SimTime| *t > SimTime::ZERO && *t <= TIMEOUT_MOST;
                self.timeout = read().ok().filter(sound).ok_or(wrong(Wanted::Time))?;
            }
            "keep-alive" => {
                self.keep_alive = value.parse().map_err(|_| wrong(Wanted::Bool))?;
            }
            _ => return Err(wrong(Wanted::TrafficWord)),
        }
        Ok(())
    }

    /// Reads an annotation of the Service `name`: `every=200ms; path=/; timeout=1s`.
    pub fn of_annotation(name: &str, text: &str) -> Result<Plan, Mistake> {
        let mut plan = Plan { to: Target::Service(name.to_string()), ..Plan::default() };
        let mut at = 0;
        for part in text.split(';') {
            let start = at + part.len() - part.trim_start().len();
            at += part.len() + 1;
            let part = part.trim();
            let (word, value) = part.split_once('=').unwrap_or((part, ""));
            let (word, value) = (word.trim_end(), value.trim_start());
            let end = start + part.len();
            if word == "to" || !Plan::WORDS.contains(&word) {
                return Err(Mistake {
                    start,
                    end: start + word.len(),
                    wanted: Wanted::TrafficWord,
                });
            }
            let moved = |m: Mistake| Mistake { start: end - value.len(), end, ..m };
            plan.set(word, value).map_err(moved)?;
        }
        Ok(plan)
    }
}

/// `web`, `service/web`, `svc/web`, `pod/web`.
fn target(text: &str) -> Option<Target> {
    let (kind, name) = text.split_once('/').unwrap_or(("service", text));
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let name = (!name.is_empty() && name.chars().all(letter)).then(|| name.to_string())?;
    match kind {
        "service" | "services" | "svc" => Some(Target::Service(name)),
        "pod" | "pods" | "po" => Some(Target::Pod(name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annotation_is_read() {
        let text = "every=200ms; path=/slow?x=1;timeout = 3s; keep-alive=true";
        let plan = Plan::of_annotation("web", text).expect("it can be read");
        assert_eq!((plan.every, plan.timeout), (SimTime::ms(200), SimTime::secs(3)));
        assert_eq!((plan.path.as_str(), plan.keep_alive), ("/slow?x=1", true));
        assert_eq!(plan.to.to_string(), "service/web");
    }

    #[test]
    fn mistakes_know_their_place() {
        for (text, culprit, wanted) in [
            ("every=200", "200", Wanted::Time),
            ("every=1s; to=x", "to", Wanted::TrafficWord),
            ("", "", Wanted::TrafficWord),
            ("every=1s; evry=2s", "evry", Wanted::TrafficWord),
            ("path=x", "x", Wanted::UrlPath),
            ("port=0", "0", Wanted::PortNumber),
            ("keep-alive = yes", "yes", Wanted::Bool),
            ("timeout=0s", "0s", Wanted::Time),
        ] {
            let error = Plan::of_annotation("web", text).expect_err(text);
            assert_eq!((&text[error.start..error.end], error.wanted), (culprit, wanted), "{text}");
        }
    }

    #[test]
    fn targets_are_services_unless_said_otherwise() {
        let shown = |text| target(text).map(|t| t.to_string());
        assert_eq!(shown("web").as_deref(), Some("service/web"));
        assert_eq!(shown("svc/web").as_deref(), Some("service/web"));
        assert_eq!(shown("pod/web-0").as_deref(), Some("pod/web-0"));
        assert_eq!((shown(""), shown("node/a"), shown("a b")), (None, None, None));
    }
}
