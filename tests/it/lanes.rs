//! The lanes of the timeline: each kind of thing that happens has its place.

use lifepod::base::SimTime;
use lifepod::session::view::{Lane, LaneKind, MarkKind, TimelineView, Tone};
use lifepod::session::{Command, Session};
use std::rc::Rc;

/// The lanes of a scenario of the page after so many seconds.
fn lanes(scenario: &str, secs: u64) -> Rc<TimelineView> {
    let path = format!("{}/static/scenarios/{scenario}.yaml", env!("CARGO_MANIFEST_DIR"));
    lanes_of(&std::fs::read_to_string(path).expect("the scenario is there"), secs)
}

fn lanes_of(text: &str, secs: u64) -> Rc<TimelineView> {
    let mut session = Session::new();
    session.apply(Command::Load(text.to_string()));
    session.apply(Command::Seek(SimTime::secs(secs)));
    session.timeline()
}

fn of(view: &TimelineView, kind: LaneKind) -> Vec<&Lane> {
    view.lanes.iter().map(AsRef::as_ref).filter(|lane: &&Lane| lane.kind == kind).collect()
}

fn labels(lane: &Lane) -> Vec<&str> {
    lane.phases.iter().map(|phase| phase.label.as_str()).collect()
}

fn marks(lane: &Lane) -> Vec<(MarkKind, &str)> {
    lane.marks.iter().map(|mark| (mark.kind, mark.label.as_str())).collect()
}

#[test]
fn the_classic_has_every_attempt_with_its_counter_and_the_grace_from_its_start() {
    let view = lanes("liveness-classic", 90);
    let [probe] = of(&view, LaneKind::Probe)[..] else { panic!("one probe") };
    let failed: Vec<&str> = marks(probe)
        .into_iter()
        .filter(|(kind, _)| *kind == MarkKind::ProbeFailure)
        .map(|(_, label)| label)
        .collect();
    assert_eq!(failed, ["1/3", "2/3", "3/3"]);
    let [signals] = of(&view, LaneKind::Signal)[..] else { panic!("one container") };
    assert_eq!(labels(signals), ["grace 30s"]);
    let (grace, term) = (&signals.phases[0], &signals.marks[0]);
    assert!(grace.start <= term.at, "the grace period begins before the signal");
    assert_eq!(
        signals.marks.iter().map(|m| m.kind).collect::<Vec<_>>(),
        [MarkKind::Signal, MarkKind::Kill]
    );
    let [images] = of(&view, LaneKind::Image)[..] else { panic!("one container") };
    assert_eq!(labels(images)[0], "Pulling");
    assert!(images.phases[0].end.is_some());
    let [node] = of(&view, LaneKind::Node)[..] else { panic!("one node") };
    assert_eq!((labels(node), node.title.as_str()), (vec!["Ready"], "node-1"));
}

#[test]
fn init_containers_sidecars_and_images_that_fail_have_lanes_of_their_own() {
    let view = lanes_of(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  initContainers:\n  \
         - {name: first, image: 'busybox:1.36', command: [sleep, '2']}\n  \
         - {name: side, image: 'busybox:1.36', command: [sleep, '600'], restartPolicy: Always}\n  \
         containers:\n  - {name: app, image: 'nosuch:9'}\n",
        60,
    );
    let titles = |kind| of(&view, kind).iter().map(|l| l.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(LaneKind::Init), ["first"]);
    assert_eq!(titles(LaneKind::Sidecar), ["side"]);
    assert_eq!(titles(LaneKind::Container), ["app"]);
    let first = of(&view, LaneKind::Init)[0];
    let kinds: Vec<MarkKind> = first.marks.iter().map(|mark| mark.kind).collect();
    assert_eq!(kinds, [MarkKind::Start, MarkKind::ExitOk]);
    let app = of(&view, LaneKind::Image).into_iter().find(|l| l.title == "app").expect("app's");
    assert!(labels(app).contains(&"ImagePullBackOff"), "{:?}", labels(app));
    assert!(marks(app).contains(&(MarkKind::EventWarning, "failed")), "{:?}", marks(app));
}

#[test]
fn a_probe_without_an_answer_in_time_is_told_from_one_that_failed() {
    let view = lanes("attr-timeout", 60);
    let all = of(&view, LaneKind::Probe).into_iter().flat_map(|lane| &lane.marks);
    let late: Vec<_> = all.filter(|mark| mark.kind == MarkKind::ProbeTimeout).collect();
    assert!(!late.is_empty() && late.iter().all(|mark| mark.label.contains('/')), "{late:?}");
}

#[test]
fn hooks_are_bars_inside_the_grace_period() {
    let view = lanes("hook-in-grace", 120);
    let hooks = of(&view, LaneKind::Hook);
    let bar = hooks.iter().flat_map(|l| &l.phases).find(|p| p.label == "preStop");
    let bar = bar.expect("a preStop hook");
    let signals = of(&view, LaneKind::Signal);
    let graces = signals.iter().flat_map(|l| &l.phases);
    let mut around = graces.filter(|grace| grace.start <= bar.start && grace.end >= bar.end);
    assert!(around.next().is_some());
}

#[test]
fn a_lost_node_is_seen_in_its_lane_and_its_events_are_no_pods() {
    let view = lanes("node-lost", 400);
    let nodes = of(&view, LaneKind::Node);
    let lost = nodes.iter().find(|lane| lane.phases.iter().any(|p| p.tone == Tone::Bad));
    let lost = lost.expect("a node is lost");
    assert!(!lost.marks.is_empty(), "what was decided of it");
    assert!(view.lanes.iter().all(|lane| !lane.pod.starts_with("node-")), "no Pod is called so");
}

#[test]
fn endpoints_and_requests_have_lanes() {
    let view = lanes("traffic-readiness", 60);
    assert!(!of(&view, LaneKind::Endpoint).is_empty());
    assert!(of(&view, LaneKind::Traffic).iter().any(|lane| lane.pod.is_empty()));
}
