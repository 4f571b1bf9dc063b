//! What bash knows beside variables, and the variables that tell of it.

use std::rc::Rc;

use crate::shell::sh::bash::{Extra, Items, shopt};
use crate::shell::sh::frame::{Frame, SourceKind};
use crate::shell::sh::shell::Shell;
use crate::shell::sh::vars::Vars;
use crate::shell::sys::Sys;

/// The version it says it is.
pub const VERSION: &str = "5.2.15(1)-release";

/// What bash knows of itself; copies are shared until one changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The functions that run, the outermost first, each with the line it was called from.
    pub calls: Vec<(String, u32)>,
    /// How the commands of the last pipeline ended.
    pub statuses: Vec<i32>,
    /// The same of a job that has just ended, until its command has.
    pub fresh: Vec<i32>,
    /// When it is, in milliseconds since the start and in seconds since 1970.
    pub now: (u64, u64),
    /// What `SECONDS` counts from, in milliseconds.
    pub since: i64,
    /// The line that runs.
    pub line: u32,
    /// This process, and how many shells deep it is.
    pub process: (u32, u32),
    /// What `shopt` has switched on, by its place in the table.
    pub shopts: u32,
    /// How deep the expression is whose index is worked out.
    pub depth: usize,
    /// What `pushd` remembers, the last one at the end.
    pub directories: Vec<String>,
    /// The script, for `BASH_SOURCE`.
    pub script: String,
}

impl Shell {
    /// Begins as bash: its state and its variables.
    pub(in crate::shell::sh) fn begin_bash(&mut self, sys: &mut Sys) {
        let shopts = shopt::from_start();
        let process = (sys.pid().0, 0);
        self.vars.bash = Some(Rc::new(State { shopts, process, ..State::default() }));
        self.tell_bash(sys);
        let user = sys.me().user.uid.to_string();
        let group = sys.me().user.gid.to_string();
        let users = sys.read_whole("/etc/passwd").unwrap_or_default();
        let users = String::from_utf8_lossy(&users).into_owned();
        let own = users.lines().find(|line| line.split(':').nth(2) == Some(&user));
        let login = own.and_then(|line| line.rsplit(':').next()).unwrap_or("/bin/sh");
        if self.vars.get("SHELL").is_none() {
            self.vars.entry("SHELL").value = Some(login.to_string());
        }
        for (name, value) in [
            ("BASH", "/bin/bash"),
            ("BASH_VERSION", VERSION),
            ("EUID", &user),
            ("UID", &user),
            ("HOSTTYPE", "x86_64"),
            ("MACHTYPE", "x86_64-pc-linux-gnu"),
            ("OPTERR", "1"),
            ("OSTYPE", "linux-gnu"),
        ] {
            self.vars.entry(name).value = Some(value.to_string());
        }
        let version = ["5", "2", "15", "1", "release", "x86_64-pc-linux-gnu"].map(String::from);
        let extra = Extra { items: Some(Items::listed(version)), ..Extra::default() };
        self.vars.entry("BASH_VERSINFO").more = Some(Box::new(extra));
        let groups = Extra { items: Some(Items::listed([group])), ..Extra::default() };
        self.vars.entry("GROUPS").more = Some(Box::new(groups));
        for name in ["UID", "EUID", "BASH_VERSINFO"] {
            self.vars.entry(name).read_only = true;
        }
    }

    /// Remembers how the command that has just ended did, for `PIPESTATUS`.
    pub(in crate::shell::sh) fn keep_status(&mut self) {
        let status = self.status;
        let Some(state) = self.vars.state() else { return };
        state.statuses = std::mem::take(&mut state.fresh);
        if state.statuses.is_empty() {
            state.statuses.push(status);
        }
    }

    /// The value of `$-`: small letters first, and how it was started at the end.
    pub(in crate::shell::sh) fn bash_letters(&self) -> String {
        let on = |letter: &char| self.options.on(*letter) || matches!(letter, 'h' | 'B');
        "abefhimnuvxBCEcs".chars().filter(on).collect()
    }

    /// What a message of a built-in command begins with.
    pub(in crate::shell::sh) fn message_start(&self, name: &str) -> String {
        format!("{}: line {}: {name}", self.arg0, self.line.max(1))
    }

    /// Whether a function or the file of `.` runs.
    pub(in crate::shell::sh) fn may_return(&self) -> bool {
        // A subshell in a function has no frame of it.
        let called = self.vars.bash.as_ref().is_some_and(|state| !state.calls.is_empty());
        called
            || self.frames.iter().any(|frame| match frame {
                Frame::Call(..) => true,
                Frame::Source(source) => source.kind == SourceKind::Dot,
                _ => false,
            })
    }
}

impl Vars {
    /// Whether they are those of bash.
    pub fn is_bash(&self) -> bool {
        self.bash.is_some()
    }

    /// Makes the variables that bash reckons anew each time what they are now.
    pub(in crate::shell::sh) fn reckon(&mut self, name: &str) {
        let Some(state) = self.bash.as_deref() else { return };
        let text = match name {
            "SECONDS" => ((state.now.0 as i64 - state.since) / 1000).to_string(),
            "EPOCHSECONDS" => state.now.1.to_string(),
            "EPOCHREALTIME" => format!("{}.{:06}", state.now.1, state.now.0 % 1000 * 1000),
            "LINENO" => state.line.max(1).to_string(),
            "BASHPID" => state.process.0.to_string(),
            "BASH_SUBSHELL" => state.process.1.to_string(),
            _ => return self.reckon_list(name),
        };
        if self.var(name).is_none_or(|var| var.more.is_none()) {
            self.entry(name).value = Some(text);
        }
    }

    fn reckon_list(&mut self, name: &str) {
        let Some(state) = self.bash.as_deref() else { return };
        let calls = || state.calls.iter().rev();
        let main = || (!state.script.is_empty()).then_some("main");
        let list: Vec<String> = match name {
            "PIPESTATUS" => state.statuses.iter().map(i32::to_string).collect(),
            "FUNCNAME" if state.calls.is_empty() => Vec::new(),
            "FUNCNAME" => {
                calls().map(|(n, _)| n.as_str()).chain(main()).map(String::from).collect()
            }
            "BASH_LINENO" => calls().map(|(_, l)| l.to_string()).chain(["0".to_string()]).collect(),
            "BASH_SOURCE" => match main() {
                Some(_) => vec![state.script.clone(); state.calls.len() + 1],
                None => vec!["environment".to_string(); state.calls.len()],
            },
            _ => return,
        };
        let extra = self.entry(name).more.get_or_insert_default();
        extra.items = Some(Items::listed(list));
    }
}
