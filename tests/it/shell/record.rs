//! Records what a real busybox does: in namespaces and a root directory of its own.

use super::cases::{self, Case, Outcome};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Records a file's cases anew with this busybox.
pub fn file(path: &PathBuf, busybox: &str) {
    let root = std::env::temp_dir().join(format!("lifepod-shell-{}", std::process::id()));
    build_root(&root, busybox);
    let mut text = format!("# Recorded with {}\n", version(busybox));
    for case in cases::read(path) {
        let outcome = run(&root, busybox, &case.script);
        text.push_str(&render(&Case { expected: outcome, ..case }));
    }
    fs::write(path, text).unwrap();
    fs::remove_dir_all(&root).unwrap();
}

fn version(busybox: &str) -> String {
    let output = Command::new(busybox).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split(" multi-call").next().unwrap_or_default().to_string() + " sh"
}

fn build_root(root: &Path, busybox: &str) {
    for dir in ["bin", "dev", "proc", "etc", "root"] {
        fs::create_dir_all(root.join(dir)).unwrap();
    }
    fs::copy(busybox, root.join("bin/busybox")).unwrap();
    let list = Command::new(busybox).arg("--list").output().unwrap();
    for name in String::from_utf8_lossy(&list.stdout).lines().filter(|n| *n != "busybox") {
        fs::hard_link(root.join("bin/busybox"), root.join("bin").join(name)).unwrap();
    }
    fs::write(root.join("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n").unwrap();
    fs::write(root.join("etc/group"), "root:x:0:\n").unwrap();
    for (name, minor) in [("null", "3"), ("zero", "5"), ("full", "7")] {
        let path = root.join("dev").join(name);
        run_command(Command::new("mknod").arg("-m666").arg(path).args(["c", "1", minor]));
    }
    for (name, to) in [("stdin", "0"), ("stdout", "1"), ("stderr", "2")] {
        let target = format!("/proc/self/fd/{to}");
        std::os::unix::fs::symlink(target, root.join("dev").join(name)).unwrap();
    }
}

fn run_command(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?}");
}

fn run(root: &Path, busybox: &str, script: &str) -> Outcome {
    let tmp = root.join("tmp");
    if tmp.exists() {
        fs::remove_dir_all(&tmp).unwrap();
    }
    fs::create_dir(&tmp).unwrap();
    let enter = "hostname web; mount -t proc proc \"$1/proc\"; exec chroot \"$1\" /bin/env -i \
                 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
                 HOSTNAME=web sh -c \"$2\"";
    let output = Command::new("unshare")
        .args(["--pid", "--fork", "--mount", "--uts", "--net", busybox, "sh", "-c", enter, "enter"])
        .arg(root)
        .arg(script)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let exit = i64::from(output.status.code().unwrap_or(-1));
    Outcome { stdout: text(output.stdout), stderr: text(output.stderr), exit }
}

fn render(case: &Case) -> String {
    format!(
        "- name: {}\n  script: {}\n  stdout: {}\n{}  exit: {}\n",
        case.name,
        scalar(&case.script),
        scalar(&case.expected.stdout),
        match case.expected.stderr.as_str() {
            "" => String::new(),
            text => format!("  stderr: {}\n", scalar(text)),
        },
        case.expected.exit
    )
}

/// A block where the text is plain lines, else a quoted scalar.
fn scalar(text: &str) -> String {
    let plain =
        |line: &str| !line.ends_with(' ') && line.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    let block = !text.is_empty()
        && !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && text.lines().all(plain);
    if !block {
        return lifepod::base::json::Value::from(text).to_string();
    }
    let mark = if text.ends_with('\n') { "|" } else { "|-" };
    let lines: String = text.lines().map(|line| format!("\n    {line}")).collect();
    format!("{mark}{}", lines.replace("\n    \n", "\n\n"))
}
