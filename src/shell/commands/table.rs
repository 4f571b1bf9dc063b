//! Which commands there are.

use crate::shell::commands::call::Plain;
use crate::shell::commands::{
    basename, chmod, constant, cp, date, echo, expr, id, kill, ln, ls, mkdir, mkfifo, mktemp, mv,
    net_info, pgrep, printf, ps, readlink, rm, seq, stat, system, test, touch, uname, which,
};

/// The commands done at once.
const PLAIN: [(&str, Plain); 74] = [
    ("[", test::run),
    ("[[", test::run),
    ("arch", uname::arch),
    ("basename", basename::base),
    ("chgrp", chmod::owner),
    ("chmod", chmod::run),
    ("chown", chmod::owner),
    ("clear", system::clear),
    ("cp", cp::run),
    ("date", date::run),
    ("df", system::df),
    ("dirname", basename::dir),
    ("dmesg", system::nothing),
    ("du", system::du),
    ("echo", echo::run),
    ("expr", expr::run),
    ("false", constant::no),
    ("free", system::free),
    ("fsync", constant::yes),
    ("groups", system::groups),
    ("hostid", system::hostid),
    ("hostname", uname::hostname),
    ("id", id::run),
    ("ifconfig", net_info::ifconfig),
    ("ip", net_info::ip),
    ("kill", kill::run),
    ("killall", kill::all),
    ("last", system::nothing),
    ("less", system::terminal),
    ("ln", ln::run),
    ("logname", system::logname),
    ("ls", ls::run),
    ("mkdir", mkdir::run),
    ("mkfifo", mkfifo::run),
    ("mknod", mkfifo::node),
    ("mktemp", mktemp::run),
    ("more", system::terminal),
    ("mount", system::nothing),
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
    ("renice", constant::yes),
    ("reset", system::clear),
    ("rm", rm::run),
    ("rmdir", mkdir::remove),
    ("seq", seq::run),
    ("stat", stat::run),
    ("stty", system::nothing),
    ("sync", constant::yes),
    ("sysctl", system::nothing),
    ("test", test::run),
    ("top", system::top),
    ("touch", touch::run),
    ("true", constant::yes),
    ("truncate", system::truncate),
    ("tty", system::tty),
    ("umount", system::nothing),
    ("uname", uname::run),
    ("unlink", rm::run),
    ("uptime", system::uptime),
    ("vi", system::terminal),
    ("w", system::uptime),
    ("which", which::run),
    ("who", system::nothing),
    ("whoami", id::whoami),
];

/// The names of all others, apart from the shell's.
const OTHERS: [&str; 62] = [
    "awk",
    "base64",
    "cat",
    "cmp",
    "comm",
    "cut",
    "dd",
    "diff",
    "dos2unix",
    "egrep",
    "env",
    "expand",
    "factor",
    "fgrep",
    "find",
    "fold",
    "grep",
    "gunzip",
    "gzip",
    "hd",
    "head",
    "hexdump",
    "httpd",
    "md5sum",
    "nc",
    "nice",
    "nl",
    "nohup",
    "nslookup",
    "od",
    "paste",
    "ping",
    "rev",
    "sed",
    "setsid",
    "sha1sum",
    "sha256sum",
    "sha512sum",
    "shuf",
    "sleep",
    "sort",
    "split",
    "strings",
    "tac",
    "tail",
    "tar",
    "tee",
    "telnet",
    "time",
    "timeout",
    "tr",
    "unexpand",
    "uniq",
    "unix2dos",
    "usleep",
    "watch",
    "wc",
    "wget",
    "xargs",
    "xxd",
    "yes",
    "zcat",
];

/// The names of all commands of the image, apart from the shell's.
pub fn names() -> impl Iterator<Item = &'static str> {
    PLAIN.iter().map(|(name, _)| *name).chain(OTHERS)
}

/// The function of a command that is done at once.
pub fn instant(name: &str) -> Option<Plain> {
    PLAIN.iter().find(|(n, _)| *n == name).map(|(_, act)| *act)
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
    fn every_name_is_there_once() {
        let mut all: Vec<&str> = names().collect();
        crate::base::sort(&mut all);
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
