//! Log lines and bodies with their values filled in.

use crate::shell::commands::date::Moment;
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;
use crate::shell::types::Pid;

/// Values of a line that the process does not know itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Values<'a> {
    /// The signal it is about.
    pub signal: Option<Signal>,
    /// The child it is about.
    pub child: Option<Pid>,
    /// A text of the command line.
    pub text: &'a str,
}

/// The value of a variable of the environment; empty without it.
pub fn variable(sys: &Sys, name: &str) -> String {
    let found = sys.me().env.iter().find(|(n, _)| n == name);
    found.map_or(String::new(), |(_, value)| value.clone())
}

/// A text with `{…}` replaced.
pub fn fill(sys: &Sys, text: &str, values: Values) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| Some((value(sys, name, values)?, tail)))
        {
            Some((value, tail)) => {
                out.push_str(&value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn value(sys: &Sys, name: &str, values: Values) -> Option<String> {
    let signal = values.signal.unwrap_or(Signal::Term);
    Some(match name {
        "pid" => sys.pid().to_string(),
        "child" => values.child.map_or("0".into(), |pid| pid.to_string()),
        "ms" => format!("{:03}", sys.now().as_ms() % 1000),
        "h" => sys.hostname().to_string(),
        "ip" => sys.address().to_string(),
        "text" => values.text.to_string(),
        "signal" => signal.name().to_string(),
        "number" => signal.number().to_string(),
        "word" => signal.description().to_string(),
        "how" if signal == Signal::Quit => ", shutting down".into(),
        "how" => ", exiting".into(),
        "worker" if signal == Signal::Quit => "gracefully shutting down".into(),
        "worker" => "exiting".into(),
        "apache" if signal == Signal::Winch => {
            "AH00492: caught SIGWINCH, shutting down gracefully".into()
        }
        "apache" => format!("AH00491: caught SIG{}, shutting down", signal.name()),
        "postgres" => match signal {
            Signal::Term => "smart",
            Signal::Quit => "immediate",
            _ => "fast",
        }
        .into(),
        "v" => {
            let all = sys.me().env.iter();
            let mut versions = all.filter(|(n, _)| n.ends_with("_VERSION"));
            versions.next().map_or(String::new(), |(_, v)| v.clone())
        }
        _ => return None,
    })
}

/// Writes log lines: parted by `^`, `!` sends one to standard error.
pub fn log<'a>(sys: &mut Sys, lines: impl Iterator<Item = &'a str>, values: Values) {
    for line in lines.filter(|line| !line.is_empty()) {
        let (error, line) = match line.strip_prefix('!') {
            Some(line) => (true, line),
            None => (false, line),
        };
        let now = Moment::new(sys.wall_secs());
        let mut text = fill(sys, &now.format(line), values);
        text.push('\n');
        if error { sys.err(text) } else { sys.out(text) }
    }
}
