//! Goals over a small trace: what holds, when, and what is reported.

use lifepod::base::SimTime;
use lifepod::base::json::{Value, json, parse};
use lifepod::course::goal::{Rows, Verdict, check, read};

fn pod(t: u64, kind: &str, phase: &str, restarts: i64) -> (SimTime, Value) {
    let row = json!({"type": kind, "object": {"kind": "Pod", "metadata": {"name": "web"},
        "status": {"phase": phase,
                   "containerStatuses": [{"name": "app", "restartCount": restarts}]}}});
    (SimTime::secs(t), row)
}

fn event(t: u64, reason: &str) -> (SimTime, Value) {
    let row = json!({"type": "ADDED", "object": {"kind": "Event", "reason": reason,
        "message": "Container app failed", "involvedObject": {"kind": "Pod", "name": "web"}}});
    (SimTime::secs(t), row)
}

fn request(t: u64, outcome: &str) -> (SimTime, Value) {
    (SimTime::secs(t), json!({"type": "REQUEST", "to": "service/web", "outcome": outcome}))
}

fn rows() -> Rows {
    let rule = json!({"type": "RULE", "rule": "probe.liveness-kills", "subject": "pod/web/app",
                      "facts": {"failures": 3}});
    let log = json!({"type": "LOG", "pod": "web", "container": "app", "line": "got TERM"});
    let rows = vec![
        pod(0, "ADDED", "Pending", 0),
        event(1, "Pulled"),
        pod(2, "MODIFIED", "Running", 0),
        (SimTime::secs(20), rule),
        event(20, "Killing"),
        (SimTime::secs(20), log),
        pod(22, "MODIFIED", "Running", 1),
        event(40, "Killing"),
        request(40, "served"),
        request(41, "cut"),
        pod(50, "DELETED", "Running", 1),
    ];
    Rows::new(rows, SimTime::secs(60))
}

fn verdict(goal: &str) -> Verdict {
    let goal = parse(goal).unwrap_or_else(|e| panic!("{goal}: {e:?}"));
    check(&read(&goal).unwrap_or_else(|e| panic!("{e}")), &rows())
}

const MET: &[(&str, u64)] = &[
    (r#"{"object": "pod/web", "path": "status.phase", "is": "Running"}"#, 2),
    (r#"{"object": "pod/w*", "path": "status.phase", "is": "Running", "by": "2s"}"#, 2),
    (r#"{"object": "pod/web", "path": "status.phase", "isNot": "Pending", "for": "40s"}"#, 2),
    (
        r#"{"object": "pod/web", "path": "status.containerStatuses[app].restartCount",
         "atLeast": 1, "after": {"event": "Killing"}, "within": "3s"}"#,
        22,
    ),
    (r#"{"event": "Killing", "about": "pod/web", "message": "app", "times": 2}"#, 20),
    (r#"{"event": "Killing", "from": "30s"}"#, 40),
    (
        r#"{"rule": "probe.liveness-kills", "subject": "pod/*/app",
         "facts": {"failures": {"atLeast": 3}}, "before": {"event": "Killing"}}"#,
        20,
    ),
    (r#"{"log": "TERM", "container": "app"}"#, 20),
    (r#"{"object": "pod/*", "count": {"is": 0}, "from": "10s"}"#, 50),
    (
        r#"{"object": "pod/web", "path": "status.phase", "is": "Running", "from": "25s",
         "by": "30s"}"#,
        25,
    ),
    (
        r#"{"event": "Killing", "during": {"object": "pod/web",
         "path": "status.containerStatuses[app].restartCount", "is": 1}}"#,
        40,
    ),
    (r#"{"request": "lost", "to": "service/web"}"#, 41),
    (r#"{"all": [{"event": "Pulled"}, {"log": "TERM"}]}"#, 20),
    (r#"{"any": [{"event": "Nothing"}, {"event": "Pulled"}]}"#, 1),
    (
        r#"{"together": [{"object": "pod/web", "path": "status.phase", "is": "Running"},
                      {"event": "Killing"}]}"#,
        20,
    ),
];

#[test]
fn what_holds_is_found_at_its_moment() {
    for (goal, at) in MET {
        let found = verdict(goal);
        assert!(found.met, "{goal}: {found:?}");
        assert_eq!(found.at, Some(SimTime::secs(*at)), "{goal}");
    }
}

#[test]
fn what_holds_throughout_or_never() {
    let running = r#"{"object": "pod/web", "path": "status.phase", "is": "Running"}"#;
    assert!(verdict(&format!(r#"{{"always": {running}, "from": "2s", "by": "40s"}}"#)).met);
    let broken = verdict(&format!(r#"{{"always": {running}, "from": "1s"}}"#));
    assert_eq!((broken.met, broken.at), (false, Some(SimTime::secs(1))));
    assert!(verdict(r#"{"never": {"event": "Killing"}, "by": "19s"}"#).met);
    let restarted = r#"{"object": "pod/web", "path": "status.containerStatuses[app].restartCount",
        "atLeast": 1}"#;
    assert!(verdict(&format!(r#"{{"always": {running}, "during": {restarted}}}"#)).met);
    let early = verdict(&format!(r#"{{"always": {restarted}, "during": {running}}}"#));
    assert_eq!((early.met, early.at), (false, Some(SimTime::secs(2))));
    assert!(!verdict(r#"{"always": {"event": "x"}, "during": {"event": "None"}}"#).met);
    assert!(verdict(&format!(r#"{{"never": {{"log": "TERM"}}, "during": {restarted}}}"#)).met);
    let seen = verdict(r#"{"never": {"event": "Killing"}}"#);
    assert_eq!((seen.met, seen.at, seen.times), (false, Some(SimTime::secs(20)), 2));
}

#[test]
fn what_is_missed_says_what_was_seen() {
    let found = verdict(r#"{"object": "pod/web", "path": "status.phase", "is": "Succeeded"}"#);
    assert_eq!((found.met, found.saw.as_deref()), (false, Some("\"Running\"")));
    assert!(!verdict(r#"{"event": "Pulled", "after": {"event": "Killing"}}"#).met);
    assert!(!verdict(r#"{"event": "Pulled", "before": {"event": "Nothing"}}"#).met);
    assert!(!verdict(r#"{"event": "Killing", "times": 1}"#).met);
    assert!(!verdict(r#"{"not": {"event": "Killing"}}"#).met);
    assert!(
        !verdict(r#"{"object": "pod/web", "path": "status.phase", "is": "Running", "for": "59s"}"#)
            .met
    );
}

#[test]
fn a_goal_that_cannot_be_read_says_why() {
    for (goal, words) in [
        (r#"{"objekt": "pod/web"}"#, "nothing that is known"),
        (r#"{"object": "web"}"#, "KIND/NAME"),
        (r#"{"event": "Killing", "by": "soon"}"#, "no time"),
        (r#"{"event": "Killing", "path": "status"}"#, "\"path\" cannot stand"),
        (r#"{"object": "pod/web", "path": "a[", "is": 1}"#, "no path"),
        (r#"{"all": []}"#, "need a list"),
        (r#"{"object": "pod/web", "atLeast": "x"}"#, "cannot stand in \"atLeast\""),
    ] {
        let error = read(&parse(goal).unwrap()).expect_err(goal);
        assert!(error.contains(words), "{goal}: {error}");
    }
}
