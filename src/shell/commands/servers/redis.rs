//! What Redis answers: enough for `redis-cli` in probes and hooks.
//!
//! Source: the Redis serialization protocol; redis.io/commands.

/// Keys it keeps; the oldest goes first.
const KEYS: usize = 1_000;

/// Redis' data.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Redis {
    keys: Vec<(String, String)>,
    /// `SHUTDOWN` was asked for.
    pub ended: bool,
}

impl Redis {
    /// Takes whole commands out of what a client sent, and answers them.
    pub fn answer(&mut self, inbox: &mut Vec<u8>) -> Vec<u8> {
        let mut out = String::new();
        while let Some((words, used)) = command(inbox) {
            inbox.drain(..used);
            out.push_str(&self.run(&words));
        }
        out.into_bytes()
    }

    fn run(&mut self, words: &[String]) -> String {
        let Some(name) = words.first() else { return String::new() };
        let lower = name.to_ascii_lowercase();
        let rest: Vec<&str> = words[1..].iter().map(String::as_str).collect();
        let bulk = |text: &str| format!("${}\r\n{text}\r\n", text.len());
        match (lower.as_str(), &rest[..]) {
            ("ping", []) => "+PONG\r\n".into(),
            ("ping" | "echo", [text]) => bulk(text),
            ("set", [key, value, ..]) => {
                self.keys.retain(|(k, _)| k != key);
                if self.keys.len() == KEYS {
                    self.keys.remove(0);
                }
                self.keys.push((key.to_string(), value.to_string()));
                "+OK\r\n".into()
            }
            ("get", [key]) => match self.keys.iter().find(|(k, _)| k == key) {
                Some((_, value)) => bulk(value),
                None => "$-1\r\n".into(),
            },
            ("del" | "exists", keys) => {
                let found = self.keys.iter().filter(|(k, _)| keys.contains(&k.as_str())).count();
                if lower == "del" {
                    self.keys.retain(|(k, _)| !keys.contains(&k.as_str()));
                }
                format!(":{found}\r\n")
            }
            ("incr", [key]) => {
                let old = self.keys.iter().find(|(k, _)| k == key).map_or("0", |(_, v)| v);
                let Ok(number) = old.parse::<i64>() else {
                    return "-ERR value is not an integer or out of range\r\n".into();
                };
                let number = number.saturating_add(1);
                self.run(&["set".into(), key.to_string(), number.to_string()]);
                format!(":{number}\r\n")
            }
            ("dbsize", []) => format!(":{}\r\n", self.keys.len()),
            ("info", _) => {
                bulk("# Server\r\nredis_mode:standalone\r\n# Replication\r\nrole:master\r\n")
            }
            ("select" | "auth" | "save" | "bgsave" | "config" | "client", _) => "+OK\r\n".into(),
            ("shutdown", _) => {
                self.ended = true;
                String::new()
            }
            _ => format!("-ERR unknown command '{name}', with args beginning with: \r\n"),
        }
    }
}

/// One command and its bytes: an array of bulk strings, or a line of words.
fn command(inbox: &[u8]) -> Option<(Vec<String>, usize)> {
    let line = |from: usize| {
        let end = from + inbox[from..].iter().position(|b| *b == b'\n')?;
        Some((String::from_utf8_lossy(&inbox[from..end]).trim_end().to_string(), end + 1))
    };
    let (first, mut at) = line(0)?;
    let Some(count) = first.strip_prefix('*') else {
        return Some((first.split_whitespace().map(str::to_string).collect(), at));
    };
    let mut words = Vec::new();
    for _ in 0..count.parse::<usize>().unwrap_or(0).min(100) {
        let (head, start) = line(at)?;
        let length: usize = head.strip_prefix('$')?.parse().ok()?;
        let end = start.checked_add(length)?;
        words.push(String::from_utf8_lossy(inbox.get(start..end)?).into_owned());
        at = end + 2;
    }
    (at <= inbox.len()).then_some((words, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_answered() {
        let mut redis = Redis::default();
        let mut ask = |text: &str| {
            let mut inbox = text.as_bytes().to_vec();
            let out = String::from_utf8(redis.answer(&mut inbox)).unwrap();
            (out, inbox.len())
        };
        assert_eq!(ask("PING\r\n"), ("+PONG\r\n".into(), 0));
        assert_eq!(ask("*3\r\n$3\r\nset\r\n$1\r\na\r\n$2\r\n41\r\n").0, "+OK\r\n");
        assert_eq!(ask("INCR a\r\nGET a\r\nGET b\r\n").0, ":42\r\n$2\r\n42\r\n$-1\r\n");
        assert_eq!(ask("*1\r\n$4\r\nPI"), (String::new(), 10));
        assert!(ask("frob\r\n").0.starts_with("-ERR unknown command 'frob'"));
    }
}
