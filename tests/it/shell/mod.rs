//! The shell against a real one: each case of `tests/shell/*.yaml` has a script and what busybox
//! `sh` printed for it as PID 1 of its own namespace.
//!
//! With `RECORD_SHELL=/usr/bin/busybox` in the environment the test records all cases anew
//! before it compares (as root on Linux: it uses `unshare`, `chroot` and `mknod`).

mod bounds;
mod cases;
mod clients;
mod network;
mod record;
mod signals;
pub mod simulate;
mod snapshots;
mod spawn;

use cases::Case;

#[test]
fn recorded_cases_agree() {
    for path in cases::files() {
        if let Ok(busybox) = std::env::var("RECORD_SHELL") {
            record::file(&path, &busybox);
        }
    }
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in cases::files() {
        for case in cases::read(&path) {
            count += 1;
            wrong.extend(difference(&case));
        }
    }
    assert!(count > 150, "only {count} cases were found");
    assert!(wrong.is_empty(), "{} of {count} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn difference(case: &Case) -> Option<String> {
    let got = simulate::run(&case.script);
    if got == case.expected {
        return None;
    }
    Some(format!(
        "--- {}\n{}\nexpected {:#?}\ngot {:#?}",
        case.name, case.script, case.expected, got
    ))
}
