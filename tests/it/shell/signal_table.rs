//! What signals do, by who gets them: PID 1 or a process that the runtime started beside it (as
//! under a shared PID namespace, where PID 1 is somebody else); with a handler, with a child in the
//! foreground, after `exec`; sent by the runtime from outside of the namespace or from inside.
//!
//! The rows of `tests/shell/signals.tsv` were recorded from busybox in real PID namespaces by
//! `cargo dev record signals`. A row says how the process is half a second after the signal and
//! how it is 1.6 seconds after it (`on`, or its exit code), and what it printed.

use super::record;
use super::simulate::Machine;
use lifepod::base::SimTime;
use lifepod::shell::{Pid, Signal};
use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const FILE: &str = "tests/shell/signals.tsv";
const SIGNALS: [&str; 5] = ["TERM", "KILL", "INT", "USR1", "QUIT"];

/// The programs by name; `SIG` is the signal.
const PROGRAMS: [(&str, &[&str]); 10] = [
    ("a command", &["sleep", "5"]),
    ("a shell", &["sh", "-c", "while :; do sleep 0.1; done"]),
    ("a handler", &["sh", "-c", "trap 'echo trap' SIG; while :; do sleep 0.1; done"]),
    ("a handler that exits", &["sh", "-c", "trap 'exit 7' SIG; while :; do sleep 0.1; done"]),
    ("ignored", &["sh", "-c", "trap '' SIG; while :; do sleep 0.1; done"]),
    (
        "a foreground child",
        &["sh", "-c", "trap 'echo trap; exit 7' SIG; sleep 1.5; echo late; exit 8"],
    ),
    ("waiting", &["sh", "-c", "trap 'echo trap; exit 7' SIG; sleep 5 & wait; exit 8"]),
    ("exec", &["sh", "-c", "echo up; exec sleep 5"]),
    ("exec after a handler", &["sh", "-c", "trap 'echo trap' SIG; exec sleep 5"]),
    ("exec after ignoring", &["sh", "-c", "trap '' SIG; exec sleep 5"]),
];

/// Who gets the signal, who sends it, the program and the signal.
type Row = [&'static str; 4];

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for role in ["PID 1", "beside PID 1"] {
        for sender in ["outside", "inside"] {
            for (program, _) in PROGRAMS {
                rows.extend(SIGNALS.map(|signal| [role, sender, program, signal]));
            }
        }
    }
    rows
}

fn argv(row: Row) -> Vec<String> {
    let program = PROGRAMS.iter().find(|(name, _)| *name == row[2]).unwrap().1;
    program.iter().map(|word| word.replace("SIG", row[3])).collect()
}

fn state(code: Option<i32>) -> String {
    code.map_or("on".to_string(), |code| code.to_string())
}

/// What the simulator does: the three columns.
fn simulated(row: Row) -> String {
    let owned = argv(row);
    let words: Vec<&str> = owned.iter().map(String::as_str).collect();
    let beside = row[0] != "PID 1";
    let mut machine = Machine::new(if beside { &["sleep", "60"] } else { &words });
    let target = if beside { machine.spawn(&words) } else { Pid::INIT };
    machine.run_until(SimTime::ms(500));
    let signal = Signal::from_name(row[3]).unwrap();
    if row[1] == "outside" {
        machine.kernel.signal(machine.now, target, signal);
    } else {
        machine.spawn(&["kill", &["-", row[3]].concat(), &target.to_string()]);
    }
    machine.run_until(SimTime::ms(1_000));
    let soon = state(machine.code(target));
    machine.run_until(SimTime::ms(2_100));
    let late = state(machine.code(target));
    [&soon, "\t", &late, "\t", &machine.out.replace('\n', " ")].concat()
}

#[allow(clippy::disallowed_methods, reason = "it records programs of the real machine")]
fn pause(ms: u64) {
    std::thread::sleep(Duration::from_millis(ms));
}

fn start(command: &mut Command, words: &[String]) -> Child {
    let silent = command.args(words).stdin(Stdio::null()).stderr(Stdio::null());
    silent.stdout(Stdio::piped()).spawn().unwrap()
}

/// The only child of a process, waited for.
fn child_of(pid: u32) -> u32 {
    for _ in 0..200 {
        let path = format!("/proc/{pid}/task/{pid}/children");
        let text = std::fs::read_to_string(path).unwrap_or_default();
        if let Some(child) = text.split_whitespace().next() {
            return child.parse().unwrap();
        }
        pause(5);
    }
    panic!("{pid} has no child");
}

fn code(child: &mut Child) -> Option<i32> {
    let status = child.try_wait().unwrap()?;
    // Where its child dies of SIGKILL, unshare fails to do the same and says 1; no program here
    // does.
    let code = status.code().map(|code| if code == 1 { 137 } else { code });
    code.or_else(|| status.signal().map(|signal| 128 + signal))
}

/// What busybox does in a namespace of its own.
fn real(row: Row, root: &Path) -> String {
    let beside = row[0] != "PID 1";
    let owned = argv(row);
    let init = if beside { vec!["sleep".to_string(), "60".to_string()] } else { owned.clone() };
    let mut unshare = Command::new("unshare");
    unshare.args(["--pid", "--fork", "--mount", "chroot"]).arg(root);
    let mut first = start(&mut unshare, &init);
    let inner = child_of(first.id());
    let enter = |words: &[String]| {
        let mut nsenter = Command::new("nsenter");
        let pid = inner.to_string();
        start(nsenter.args(["-t", &pid, "-p", "-m", "chroot"]).arg(root), words)
    };
    let mut target = if beside { Some(enter(&owned)) } else { None };
    let host = target.as_ref().map_or(inner, |t| child_of(t.id()));
    pause(500);
    if row[1] == "outside" {
        let kill = ["-s", row[3], &host.to_string()].map(String::from);
        Command::new("kill").args(kill).status().unwrap();
    } else {
        let status = std::fs::read_to_string(format!("/proc/{host}/status")).unwrap();
        let line = status.lines().find(|l| l.starts_with("NSpid")).unwrap();
        let inside = line.split_whitespace().last().unwrap();
        enter(&["kill", &["-", row[3]].concat(), inside].map(String::from)).wait().unwrap();
    }
    pause(500);
    let who = target.as_mut().unwrap_or(&mut first);
    let soon = state(code(who));
    pause(1_100);
    let late = state(code(who));
    let _ = Command::new("kill").args(["-9", &inner.to_string()]).status();
    let mut out = String::new();
    let pipe = target.as_mut().unwrap_or(&mut first).stdout.take();
    std::io::Read::read_to_string(&mut pipe.unwrap(), &mut out).unwrap();
    first.wait().unwrap();
    target.map(|mut target| target.wait().unwrap());
    [&soon, "\t", &late, "\t", &out.replace('\n', " ")].concat()
}

fn record_all(busybox: &str) {
    let root = std::env::temp_dir().join(format!("lifepod-signals-{}", std::process::id()));
    record::build_root(&root, busybox);
    let rows = rows();
    let mut text =
        String::from("# Recorded with busybox in real PID namespaces: cargo dev record signals\n");
    for batch in rows.chunks(20) {
        let results: Vec<String> = std::thread::scope(|scope| {
            let runs: Vec<_> = batch.iter().map(|row| scope.spawn(|| real(*row, &root))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        for (row, result) in batch.iter().zip(results) {
            text.push_str(&[&row.join("\t"), "\t", &result, "\n"].concat());
        }
    }
    std::fs::write(FILE, text).unwrap();
    std::fs::remove_dir_all(root).unwrap();
}

#[test]
fn signals_do_what_they_do_in_real_namespaces() {
    if let (Ok(busybox), Ok("signals")) =
        (std::env::var("RECORD_SHELL"), std::env::var("RECORD_ONLY").as_deref())
    {
        record_all(&busybox);
    }
    let text = std::fs::read_to_string(FILE).unwrap();
    let recorded: BTreeMap<String, &str> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.splitn(5, '\t').collect();
            (cells[..4].join("\t"), cells[4])
        })
        .collect();
    let rows = rows();
    assert_eq!(recorded.len(), rows.len(), "each row once");
    let differ: Vec<String> = rows
        .into_iter()
        .filter_map(|row| {
            let (key, got) = (row.join("\t"), simulated(row));
            let expected = recorded[&key];
            (expected != got).then(|| [&key, ": expected ", expected, ", got ", &got].concat())
        })
        .collect();
    assert!(differ.is_empty(), "{} rows differ:\n{}", differ.len(), differ.join("\n"));
}
