//! Records what a real busybox, a real dash and a real bash do: in namespaces and root directories
//! of their own.

use super::cases::{self, Case, Outcome};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Records a file's cases anew with this bash, among the tools of this busybox.
pub fn bash_file(path: &PathBuf, busybox: &str, bash: &str) {
    let root = std::env::temp_dir().join(format!("lifepod-shellbash-{}", std::process::id()));
    build_root(&root, busybox);
    put_shell(&root, bash, &["bash"]);
    let output = Command::new(bash).arg("--version").output().unwrap();
    let version = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut text = format!("# Recorded with {}.\n", version.lines().next().unwrap_or_default());
    for case in cases::read(path) {
        let expected = run(&root, busybox, &case.script, ["bash", "bash"]);
        text.push_str(&render(&Case { expected, dash: None, ..case }));
    }
    fs::write(path, text).unwrap();
    fs::remove_dir_all(root).unwrap();
}

/// Records a file's cases anew with this busybox and, where it differs, with this dash.
pub fn file(path: &PathBuf, busybox: &str, dash: &str) {
    let roots = [("", busybox), ("dash", dash)].map(|(name, program)| {
        let root = std::env::temp_dir().join(format!("lifepod-shell{name}-{}", std::process::id()));
        build_root(&root, busybox);
        if !name.is_empty() {
            fs::remove_file(root.join("bin/sh")).unwrap();
            put_shell(&root, program, &["sh", "dash"]);
        }
        root
    });
    let mut text =
        format!("# Recorded with {}; what dash does otherwise is said.\n", version(busybox));
    for case in cases::read(path) {
        // busybox runs what it knows itself, whatever is in `/bin`; it does not know `dash`.
        let expected = run(&roots[0], busybox, &case.script, ["sh", ""]);
        let dash = run(&roots[1], busybox, &case.script, ["dash", "sh"]);
        let differs = (&expected.stdout, expected.exit) != (&dash.stdout, dash.exit);
        let dash = differs.then_some(dash);
        text.push_str(&render(&Case { expected, dash, ..case }));
    }
    fs::write(path, text).unwrap();
    roots.iter().for_each(|root| fs::remove_dir_all(root).unwrap());
}

/// Adds another shell by these names, with the libraries it wants.
fn put_shell(root: &Path, program: &str, names: &[&str]) {
    for name in names {
        fs::copy(program, root.join("bin").join(name)).unwrap();
    }
    let list = Command::new("ldd").arg(program).output().unwrap();
    for word in String::from_utf8_lossy(&list.stdout).split_whitespace() {
        let library = Path::new(word);
        if let Some(dir) = library.parent().filter(|_| library.is_absolute()) {
            fs::create_dir_all(root.join(dir.strip_prefix("/").unwrap())).unwrap();
            fs::copy(library, root.join(library.strip_prefix("/").unwrap())).unwrap();
        }
    }
}

fn version(busybox: &str) -> String {
    let output = Command::new(busybox).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split(" multi-call").next().unwrap_or_default().to_string() + " sh"
}

/// Makes a root directory with this busybox in it.
pub fn build_root(root: &Path, busybox: &str) {
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
    for (name, to) in [("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")] {
        let target = format!("/proc/self/fd{to}");
        std::os::unix::fs::symlink(target, root.join("dev").join(name)).unwrap();
    }
}

fn run_command(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?}");
}

/// Runs a script in the shell of this name, which is told that it is called by the other one.
fn run(root: &Path, busybox: &str, script: &str, shell: [&str; 2]) -> Outcome {
    let tmp = root.join("tmp");
    if tmp.exists() {
        fs::remove_dir_all(&tmp).unwrap();
    }
    fs::create_dir(&tmp).unwrap();
    // A script must not be able to set the clock or to end the machine.
    let enter = "hostname web; mount -t proc proc \"$1/proc\"; \
                 exec /usr/bin/setpriv --bounding-set -sys_time,-sys_boot chroot \"$1\" /bin/env -i \
                 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
                 HOSTNAME=web $3 -c \"$2\" $4";
    let output = Command::new("unshare")
        .args(["--pid", "--fork", "--mount", "--uts", "--net", busybox, "sh", "-c", enter, "enter"])
        .arg(root)
        .arg(script)
        .args(shell.into_iter().filter(|name| !name.is_empty()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let exit = i64::from(output.status.code().unwrap_or(-1));
    Outcome { stdout: text(output.stdout), stderr: text(output.stderr), exit }
}

fn render(case: &Case) -> String {
    let mut text = format!("- name: {}\n  script: {}\n", case.name, scalar(&case.script));
    let stdout = |outcome: &Outcome| scalar(&outcome.stdout);
    text.push_str(&format!("  stdout: {}\n", stdout(&case.expected)));
    if !case.expected.stderr.is_empty() {
        text.push_str(&format!("  stderr: {}\n", scalar(&case.expected.stderr)));
    }
    text.push_str(&format!("  exit: {}\n", case.expected.exit));
    if let Some(dash) = &case.dash {
        let quoted = lifepod::base::json::Value::from(dash.stdout.as_str()).to_string();
        text.push_str(&format!("  dash: {{stdout: {quoted}, exit: {}}}\n", dash.exit));
    }
    text
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
