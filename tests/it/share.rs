//! A run that is handed on is the same run.

use lifepod::base::SimTime;
use lifepod::session::{Command, DeleteMode, Session, Shared};

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
                   - name: app\n    image: busybox:1.36\n    command: [sleep, '60']\n";

fn sent(session: &Session) -> Session {
    let payload = session.shared().write();
    let mut other = Session::new();
    other.apply(Command::Open(Shared::read(&payload).expect("it was just written")));
    other
}

fn same(mut a: Session, mut b: Session) {
    assert_eq!(a.transport().cursor, b.transport().cursor);
    assert_eq!(a.editor().text, b.editor().text);
    assert_eq!(a.editor().dirty, b.editor().dirty);
    for session in [&mut a, &mut b] {
        session.apply(Command::Seek(SimTime::secs(90)));
    }
    assert_eq!(a.history().trace(), b.history().trace());
    assert_eq!(a.history().tip_world(), b.history().tip_world());
}

#[test]
fn a_scenario_with_acts_and_an_edited_text() {
    let mut session = Session::new();
    session.apply(Command::Seek(SimTime::secs(20)));
    session.apply(Command::Delete { pod: "liveness".into(), mode: DeleteMode::Grace(7) });
    session.apply(Command::SetText("kind: Pod # not done".into()));
    session.apply(Command::Seek(SimTime::secs(33)));
    let other = sent(&session);
    same(session, other);
}

#[test]
fn an_own_text_in_an_emptied_cluster_with_a_fork() {
    let mut session = Session::new();
    for command in [
        Command::Restart,
        Command::SetText(POD.into()),
        Command::Apply,
        Command::Seek(SimTime::secs(30)),
        Command::Delete { pod: "web".into(), mode: DeleteMode::Force },
        Command::Seek(SimTime::secs(10)),
        Command::SetText(POD.replace("'60'", "'70'")),
        Command::Apply,
    ] {
        session.apply(command);
    }
    assert_eq!(session.shared().acts.len(), 2, "what was done later is of another branch");
    let other = sent(&session);
    same(session, other);
}

#[test]
fn a_text_that_was_run_anew() {
    let mut session = Session::new();
    session.apply(Command::SetText(POD.into()));
    session.apply(Command::Rerun);
    let other = sent(&session);
    same(session, other);
}

#[test]
fn what_is_no_run_is_not_read() {
    let good = Session::new().shared().write();
    assert!(Shared::read(&good).is_some());
    let many = format!("[{}[1,\"kubectl\",\"x\"]]", "[1,\"kubectl\",\"x\"],".repeat(2000));
    for bad in [
        "",
        "{}",
        "null",
        &good.replace("\"at\":", "\"when\":"),
        &good.replace("\"acts\":[]", "\"acts\":[[1,\"fault\",\"earthquake\"]]"),
        &good.replace("\"acts\":[]", "\"acts\":[[-1,\"kubectl\",\"get pods\"]]"),
        &good.replace("\"acts\":[]", &format!("\"acts\":{many}")),
        &good.replace("kind: Pod", &"x".repeat(600_000)),
    ] {
        assert_eq!(Shared::read(bad), None, "{}", &bad[..bad.len().min(80)]);
    }
}
