//! The shell against real ones: each case of `tests/shell/*.yaml` has a script and what busybox
//! `sh` printed for it as PID 1 of its own namespace; where dash differs, what dash printed. The
//! simulator follows busybox, which is what tutorials run. The cases of `bash.yaml` are bash's.
//!
//! `cargo dev record` records all cases anew (as root on Linux, with busybox, dash and bash
//! installed: it uses `unshare`, `chroot` and `mknod`). It runs this test with `RECORD_SHELL`,
//! `RECORD_DASH` and `RECORD_BASH` in the environment; `RECORD_ONLY` names one file.

mod bounds;
mod buffering;
mod cases;
mod clients;
mod network;
mod record;
mod scenarios;
mod signal_table;
mod signals;
pub mod simulate;
mod snapshots;
mod spawn;

use cases::Case;

#[test]
fn recorded_cases_agree() {
    for path in cases::files() {
        let (busybox, dash) = (std::env::var("RECORD_SHELL"), std::env::var("RECORD_DASH"));
        let only = std::env::var("RECORD_ONLY").unwrap_or_default();
        let bash = std::env::var("RECORD_BASH");
        match (busybox, dash, bash) {
            _ if !path.ends_with(&only) && !only.is_empty() => {}
            (Ok(busybox), _, Ok(bash)) if cases::shell(&path) == "bash" => {
                record::bash_file(&path, &busybox, &bash);
            }
            (Ok(busybox), Ok(dash), _) => record::file(&path, &busybox, &dash),
            _ => {}
        }
    }
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in cases::files() {
        for case in cases::read(&path) {
            count += 1;
            wrong.extend(difference(cases::shell(&path), &case));
        }
    }
    assert!(count > 400, "only {count} cases were found");
    assert!(wrong.is_empty(), "{} of {count} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn difference(shell: &str, case: &Case) -> Option<String> {
    let got = simulate::run(shell, &case.script);
    if got == case.expected {
        return None;
    }
    Some(format!(
        "--- {}\n{}\nexpected {:#?}\ngot {:#?}",
        case.name, case.script, case.expected, got
    ))
}
