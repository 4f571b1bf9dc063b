//! Time running in a session: to aims, to breakpoints, from mark to mark, round a loop; and the
//! branches, bookmarks and marks that a learner has to find the way.

use lifepod::base::SimTime;
use lifepod::session::view::{MarkGroup, Passed, Why};
use lifepod::session::{Aim, Bookmarking, Command, Deed, DeleteMode, Edge, Session, Shared};

const CRASHING: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
                        - name: app\n    image: busybox:1.36\n    command: [sh, -c, 'exit 1']\n";

fn until(session: &mut Session, aim: Aim) {
    session.apply(Command::RunUntil { aim, at_once: false });
}

/// Plays, frame by frame, until time stands or so many frames have passed.
fn play(session: &mut Session, frames: usize) {
    for _ in 0..frames {
        session.advance(16);
        if !session.transport().playing {
            return;
        }
    }
}

fn why(session: &mut Session) -> Option<Why> {
    session.transport().halt.as_ref().map(|halt| halt.why.clone())
}

fn cursor(session: &mut Session) -> SimTime {
    session.transport().cursor
}

fn crashing() -> Session {
    let mut session = Session::new();
    session.apply(Command::Load(CRASHING.into()));
    session
}

fn sigterm() -> Aim {
    Aim::Signal("SIGTERM".into())
}

#[test]
fn playing_stops_at_the_very_moment_and_no_later_one_is_simulated() {
    let mut session = Session::new();
    session.apply(Command::SetSpeed(2400));
    until(&mut session, sigterm());
    assert!(session.transport().playing);
    let (_, at) = session.transport().aim.clone().expect("it is on its way");
    play(&mut session, 10_000);
    assert_eq!(cursor(&mut session), at);
    assert_eq!(session.history().tip(), at, "what comes later is not known yet");
    let halt = session.transport().halt.clone().expect("it tells why");
    assert_eq!(halt.why, Why::Reached(sigterm()));
    assert_eq!(halt.about, "pod/liveness/liveness");
    let failed = halt.skipped.counts.iter().find(|(kind, _)| *kind == Passed::ProbesFailed);
    assert_eq!(failed.map(|(_, n)| *n), Some(3));
    let records = session.records();
    let now: Vec<&str> =
        records.rows.iter().filter(|row| row.at == at).map(|row| row.rule.as_str()).collect();
    assert!(now.contains(&"stop.signal"), "{now:?}");
}

#[test]
fn what_never_comes_is_told_and_nothing_moves() {
    let mut session = Session::new();
    session.apply(Command::Seek(SimTime::secs(3)));
    let before = session.history().clone();
    for aim in [Aim::Phase { pod: "liveness".into(), phase: "Succeeded".into() }, Aim::Lost] {
        until(&mut session, aim.clone());
        assert_eq!(why(&mut session), Some(Why::Never(aim, SimTime::secs(600))));
        assert!(!session.transport().playing);
        assert_eq!(*session.history(), before, "looking ahead leaves no trace");
    }
    until(&mut session, Aim::At(SimTime::secs(2)));
    assert_eq!(why(&mut session), Some(Why::Past(SimTime::secs(2))));
    session.apply(Command::StepBy(1000));
    assert_eq!(why(&mut session), None, "what is old is not told any more");
}

#[test]
fn every_kind_of_aim_comes() {
    let pod = || "web".to_string();
    let aims = [
        Aim::At(SimTime::secs(30)),
        Aim::Condition { pod: pod(), kind: "Initialized".into() },
        Aim::Phase { pod: pod(), phase: "Running".into() },
        Aim::Restart { pod: pod(), container: "*".into() },
        Aim::Event("BackOff".into()),
        Aim::Rule("backoff.wait".into()),
        Aim::Goal(r#"{"object":"pod/web","path":"status.containerStatuses[app].restartCount","atLeast":3}"#.into()),
    ];
    let mut last = SimTime::ZERO;
    for aim in aims {
        let mut session = crashing();
        session.apply(Command::RunUntil { aim: aim.clone(), at_once: true });
        assert_eq!(why(&mut session), Some(Why::Reached(aim.clone())), "{aim:?}");
        last = cursor(&mut session);
        assert!(last > SimTime::ms(15), "{aim:?}");
    }
    assert!(last > SimTime::secs(30), "the third restart: {last}");
    let mut session = crashing();
    session.apply(Command::Delete { pod: pod(), mode: DeleteMode::Now });
    session.apply(Command::RunUntil { aim: Aim::Gone(pod()), at_once: true });
    assert_eq!(why(&mut session), Some(Why::Reached(Aim::Gone(pod()))));
    assert!(session.transport().pods.is_empty());
}

#[test]
fn what_is_met_already_is_waited_for_again() {
    let mut session = crashing();
    let aim = Aim::Restart { pod: "web".into(), container: "app".into() };
    let mut times = Vec::new();
    for _ in 0..4 {
        session.apply(Command::RunUntil { aim: aim.clone(), at_once: true });
        times.push(cursor(&mut session));
    }
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{times:?}");
    assert!(times[3].since(times[2]) >= SimTime::secs(40), "back-off: {times:?}");
}

#[test]
fn what_is_skipped_is_summed_up() {
    let mut session = crashing();
    session.apply(Command::RunUntil { aim: Aim::At(SimTime::secs(300)), at_once: true });
    let halt = session.transport().halt.clone().expect("it tells");
    let count =
        |kind| halt.skipped.counts.iter().find(|(other, _)| *other == kind).map_or(0, |(_, n)| *n);
    assert_eq!(count(Passed::Restarts), 5, "{:?}", halt.skipped);
    assert_eq!(count(Passed::Exits), 6);
    assert!((250_000..300_000).contains(&count(Passed::Backoff)), "{:?}", halt.skipped);
    // From inside the back-off to its end: all of it is back-off.
    session.apply(Command::RunUntil { aim: Aim::At(SimTime::secs(310)), at_once: true });
    let halt = session.transport().halt.clone().expect("it tells");
    assert_eq!(halt.skipped.counts.first(), Some(&(Passed::Backoff, 10_000)));
}

#[test]
fn breakpoints_stop_time_whenever_they_come_also_in_the_past() {
    let mut session = crashing();
    session.apply(Command::SetSpeed(2400));
    let aim = Aim::Restart { pod: "*".into(), container: "*".into() };
    session.apply(Command::ToggleStop(aim.clone()));
    assert_eq!(session.journey().stops, std::slice::from_ref(&aim));
    let walk = |session: &mut Session| -> Vec<SimTime> {
        session.apply(Command::Seek(SimTime::ZERO));
        let round = |session: &mut Session| {
            session.apply(Command::Play);
            play(session, 10_000);
            assert_eq!(why(session), Some(Why::Reached(aim.clone())));
            cursor(session)
        };
        (0..4).map(|_| round(session)).collect()
    };
    let first = walk(&mut session);
    assert_eq!(session.history().tip(), first[3]);
    session.apply(Command::Seek(SimTime::secs(200)));
    assert_eq!(walk(&mut session), first);
    session.apply(Command::ToggleStop(aim));
    session.apply(Command::Seek(SimTime::ZERO));
    session.apply(Command::Play);
    play(&mut session, 30);
    assert!(session.transport().playing && session.journey().stops.is_empty());
}

#[test]
fn an_act_on_the_way_keeps_the_aim() {
    let mut session = Session::new();
    until(&mut session, sigterm());
    session.apply(Command::Seek(SimTime::secs(10)));
    session.apply(Command::Delete { pod: "liveness".into(), mode: DeleteMode::Default });
    let (_, at) = session.transport().aim.clone().expect("it is still on its way");
    assert!(at < SimTime::secs(11), "the deletion sends one earlier: {at}");
}

#[test]
fn from_mark_to_mark_and_never_over_one() {
    let mut session = Session::new();
    session.apply(Command::Seek(SimTime::secs(60)));
    session.apply(Command::Seek(SimTime::ZERO));
    let mut marks = Vec::new();
    for _ in 0..20 {
        session.apply(Command::NextMark);
        marks.push(cursor(&mut session));
    }
    session.apply(Command::Seek(SimTime::ZERO));
    session.apply(Command::SetSpeed(0));
    session.apply(Command::Play);
    let mut seen = Vec::new();
    while seen.len() < 20 {
        session.advance(200);
        let now = cursor(&mut session);
        if now > SimTime::ZERO && seen.last() != Some(&now) {
            seen.push(now);
        }
    }
    assert_eq!(seen, marks);
    assert!(session.transport().playing, "time goes on running");
}

#[test]
fn hidden_marks_are_passed_over() {
    let mut session = Session::new();
    session.apply(Command::Seek(SimTime::secs(20)));
    let groups = [MarkGroup::Passes, MarkGroup::Decisions, MarkGroup::Failures];
    for group in groups {
        session.apply(Command::ToggleMarks(group));
    }
    session.apply(Command::NextMark);
    let here = cursor(&mut session);
    let records = session.records();
    assert!(records.rows.iter().any(|row| row.at == here && row.rule == "stop.signal"));
    session.apply(Command::PreviousMark);
    let rule = session.records().rows.last().map(|row| row.rule.clone());
    assert_eq!(rule.as_deref(), Some("container.started"));
}

#[test]
fn a_stretch_is_played_again_and_again_until_it_is_given_up() {
    let mut session = Session::new();
    session.apply(Command::Seek(SimTime::secs(10)));
    session.apply(Command::SetEdge(Edge::Start));
    session.apply(Command::Seek(SimTime::secs(12)));
    session.apply(Command::SetEdge(Edge::End));
    assert_eq!(session.journey().span.whole(), Some((SimTime::secs(10), SimTime::secs(12))));
    session.apply(Command::SetSpeed(40));
    session.apply(Command::Play);
    let mut back = 0;
    let mut before = cursor(&mut session);
    for _ in 0..100 {
        session.advance(16);
        let now = cursor(&mut session);
        assert!(now >= SimTime::secs(10) && now <= SimTime::secs(12), "{now}");
        back += usize::from(now < before);
        before = now;
    }
    assert!(back >= 6, "{back}");
    session.apply(Command::GiveUp);
    play(&mut session, 100);
    assert!(cursor(&mut session) > SimTime::secs(12));
}

#[test]
fn branches_stand_in_a_tree_and_undo_brings_one_back() {
    let mut session = crashing();
    let act = |session: &mut Session, at: u64, line: &str| {
        session.apply(Command::Seek(SimTime::secs(at)));
        session.apply(Command::Kubectl(line.into()));
    };
    act(&mut session, 10, "label pod web a=1");
    act(&mut session, 30, "label pod web b=2");
    act(&mut session, 20, "label pod web c=3");
    let tree = |session: &mut Session| -> Vec<(usize, Option<String>, u64, bool)> {
        let line = |deed: &Option<Deed>| match deed {
            Some(Deed::Kubectl(line)) => Some(line.replace("label pod web ", "")),
            _ => None,
        };
        let view = session.journey();
        let row = |b: &lifepod::session::view::BranchView| {
            (b.depth, line(&b.deed), b.at.as_secs(), b.shown)
        };
        view.branches.iter().map(row).collect()
    };
    let word = |text: &str| Some(text.to_string());
    let whole = [
        (0, None, 0, false),
        (1, word("a=1"), 10, false),
        (2, word("b=2"), 30, false),
        (2, word("c=3"), 20, true),
    ];
    assert_eq!(tree(&mut session), whole);
    session.apply(Command::Undo);
    assert_eq!(tree(&mut session)[2], (2, word("b=2"), 30, true));
    let tip = session.history().tip();
    assert!(tip >= SimTime::secs(30), "{tip}");
    let first = session.journey().branches[0].id;
    session.apply(Command::Branch(first));
    assert_eq!(tree(&mut session)[0], (0, None, 0, true));
    assert!(session.history().inputs().iter().all(|input| input.deed.is_none()));
    session.apply(Command::Undo);
    assert!(tree(&mut session)[2].3, "undo goes back to the one that was left");
    for at in 0..30 {
        act(&mut session, at, "get pods -A --watch=false");
        act(&mut session, at, "label pod web d=4 --overwrite");
    }
    assert!(session.journey().branches.len() <= 12);
}

#[test]
fn bookmarks_are_kept_and_handed_on() {
    let mut session = Session::new();
    let mark = |session: &mut Session, what| session.apply(Command::Bookmark(what));
    for at in [40, 10, 25] {
        session.apply(Command::Seek(SimTime::secs(at)));
        mark(&mut session, Bookmarking::Set);
    }
    mark(&mut session, Bookmarking::Name(SimTime::secs(10), "the first\nprobe".into()));
    mark(&mut session, Bookmarking::Drop(SimTime::secs(25)));
    mark(&mut session, Bookmarking::Previous);
    assert_eq!(cursor(&mut session), SimTime::secs(10));
    mark(&mut session, Bookmarking::Next);
    assert_eq!(cursor(&mut session), SimTime::secs(40));
    mark(&mut session, Bookmarking::Next);
    assert_eq!(cursor(&mut session), SimTime::secs(40));
    let payload = session.shared().write();
    let mut other = Session::new();
    other.apply(Command::Open(Shared::read(&payload).expect("it was just written")));
    assert_eq!(other.journey().bookmarks, session.journey().bookmarks);
    assert_eq!(other.journey().bookmarks[0].name, "the firstprobe");
    let strange = payload.replace("\"bookmarks\":[[10000", "\"bookmarks\":[3,[\"x\"],[10000");
    assert_ne!(strange, payload);
    assert_eq!(Shared::read(&strange).map(|shared| shared.bookmarks.len()), Some(2));
}

#[test]
fn what_is_offered_is_what_the_run_has() {
    let mut session = crashing();
    session.apply(Command::Seek(SimTime::secs(5)));
    let offered = session.aims();
    assert!(offered.aims.contains(&Aim::Condition { pod: "web".into(), kind: "Ready".into() }));
    let restart = Aim::Restart { pod: "web".into(), container: "app".into() };
    assert!(offered.aims.contains(&restart));
    assert!(offered.events.contains(&"Pulled".to_string()));
    assert!(offered.rules.contains(&"stop.killed"));
}

/// As much as happens when a hundred Pods start is simulated over several frames, and comes to the
/// same as all at once.
#[test]
fn a_burst_is_spread_over_frames() {
    let text = std::fs::read_to_string("static/scenarios/hundred-pods.yaml").expect("there");
    let (mut played, mut sought) = (Session::new(), Session::new());
    for session in [&mut played, &mut sought] {
        session.apply(Command::Load(text.clone()));
    }
    played.apply(Command::SetSpeed(40));
    played.apply(Command::Play);
    let mut steps = Vec::new();
    while played.transport().cursor < SimTime::secs(3) {
        let before = played.transport().cursor;
        played.advance(16);
        steps.push(played.transport().cursor.since(before));
    }
    assert!(steps.iter().all(|step| *step > SimTime::ZERO && *step <= SimTime::ms(160)));
    let slowed = steps.iter().filter(|step| **step < SimTime::ms(160)).count();
    assert!(slowed > 5 && steps.len() - slowed > 5, "{steps:?}");
    sought.apply(Command::Seek(played.transport().cursor));
    assert_eq!(played.stage(), sought.stage());
}
