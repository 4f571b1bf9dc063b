//! Which commands there are.

use crate::shell::commands::call::Plain;
use crate::shell::commands::{
    basename, chmod, constant, cp, date, echo, expr, id, kill, ln, ls, mkdir, mktemp, mv, net_info,
    pgrep, printf, ps, readlink, rm, seq, stat, test, touch, uname, which,
};

/// The commands done at once.
const PLAIN: [(&str, Plain); 45] = [
    ("[", test::run),
    ("[[", test::run),
    ("arch", uname::arch),
    ("basename", basename::base),
    ("chgrp", chmod::owner),
    ("chmod", chmod::run),
    ("chown", chmod::owner),
    ("cp", cp::run),
    ("date", date::run),
    ("dirname", basename::dir),
    ("echo", echo::run),
    ("expr", expr::run),
    ("false", constant::no),
    ("hostname", uname::hostname),
    ("id", id::run),
    ("ifconfig", net_info::ifconfig),
    ("ip", net_info::ip),
    ("kill", kill::run),
    ("killall", kill::all),
    ("ln", ln::run),
    ("ls", ls::run),
    ("mkdir", mkdir::run),
    ("mktemp", mktemp::run),
    ("mv", mv::run),
    ("netstat", net_info::netstat),
    ("nproc", uname::nproc),
    ("pgrep", pgrep::list),
    ("pidof", pgrep::pid_of),
    ("pkill", pgrep::kill),
    ("printenv", id::printenv),
    ("printf", printf::run),
    ("ps", ps::run),
    ("pwd", id::pwd),
    ("readlink", readlink::run),
    ("realpath", readlink::real),
    ("rm", rm::run),
    ("rmdir", mkdir::remove),
    ("seq", seq::run),
    ("stat", stat::run),
    ("sync", constant::yes),
    ("test", test::run),
    ("touch", touch::run),
    ("true", constant::yes),
    ("uname", uname::run),
    ("which", which::run),
];

/// The names of all commands of the image, apart from the shell's.
pub const NAMES: [&str; 72] = [
    "[", "[[", "arch", "basename", "cat", "chgrp", "chmod", "chown", "cp", "cut", "date", "dd",
    "dirname", "echo", "env", "expr", "false", "grep", "head", "hostname", "httpd", "id",
    "ifconfig", "ip", "kill", "killall", "ln", "ls", "mkdir", "mktemp", "mv", "nc", "netstat",
    "nice", "nohup", "nproc", "nslookup", "pgrep", "pidof", "ping", "pkill", "printenv", "printf",
    "ps", "pwd", "readlink", "realpath", "rm", "rmdir", "sed", "seq", "setsid", "sleep", "sort",
    "stat", "sync", "tail", "tee", "test", "timeout", "touch", "tr", "true", "uname", "uniq",
    "usleep", "wc", "wget", "which", "whoami", "xargs", "yes",
];

/// The function of a command that is done at once.
pub fn instant(name: &str) -> Option<Plain> {
    match name {
        "whoami" => Some(id::whoami),
        name => PLAIN.iter().find(|(n, _)| *n == name).map(|(_, act)| *act),
    }
}

/// The last part of the name a command line starts with.
pub fn base_name(argv: &[String]) -> &str {
    let first = argv.first().map_or("", |a| a.as_str());
    without_dash(first.rsplit('/').next().unwrap_or(first))
}

/// The name without the dash of a login shell.
pub fn without_dash(name: &str) -> &str {
    name.strip_prefix('-').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instant_command_is_in_the_image() {
        for (name, _) in PLAIN {
            assert!(NAMES.contains(&name), "{name}");
        }
        assert!(NAMES.is_sorted(), "names in order");
    }
}
