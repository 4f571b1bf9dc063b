//! Time goes both ways: `seek(t) == run(t)`, for the world and for the trace.

use lifepod::base::{SimTime, draw};
use lifepod::course::kubectl;
use lifepod::engine::{Config, Trace, World};
use lifepod::session::history::{History, Input};
use lifepod::session::manifest::apply_action;
use lifepod::session::{Command, DeleteMode, Session};

const MANIFESTS: &[&str] = &[
    include_str!("../golden/live-exec-trap.yaml"),
    include_str!("../golden/rp-always-exit0.yaml"),
    include_str!("../golden/ready-success-threshold.yaml"),
    include_str!("../golden/del-trap-slow.yaml"),
    include_str!("../golden/sidecar-delete-order.yaml"),
    include_str!("../golden/pre-then-term.yaml"),
];

fn new_run(nth: usize, seed: u64) -> History {
    let scenario = lifepod::course::Scenario::read(MANIFESTS[nth]).expect("it is one");
    let action = apply_action(&scenario.manifest).expect("it is accepted");
    let input = Input { at: SimTime::ZERO, action, authored: false, deed: None };
    History::new(Config { seed, ..Config::default() }, vec![input])
}

/// The world and the trace of a run with these inputs, straight to `at`.
fn straight(inputs: &[Input], seed: u64, at: SimTime) -> (World, Trace) {
    let mut world = World::new(Config { seed, ..Config::default() });
    let mut trace = Trace::default();
    for input in inputs.iter().filter(|input| input.at <= at) {
        world.run_until(input.at, &mut trace);
        world.act(&input.action, &mut trace);
    }
    world.run_until(at, &mut trace);
    (world, trace)
}

fn check_at(history: &History, seed: u64, at: SimTime) {
    let at = at.min(history.tip());
    let (world, trace) = straight(history.inputs(), seed, at);
    let seen = history.at(at);
    assert_eq!(seen.now, world.now, "seed {seed}, at {at}");
    assert!(seen == world, "seed {seed}, at {at}: the world differs");
    let rows = history.trace().rows.partition_point(|row| row.at <= at);
    assert!(
        history.trace().rows[..rows] == trace.rows[..],
        "seed {seed}, at {at}: the trace differs"
    );
}

#[test]
fn seek_equals_run_over_random_histories() {
    for seed in 0..24 {
        let pick = |what: &str, nth: u64, bound: u64| draw(seed, what, "seek", nth, bound);
        let mut history = new_run(pick("manifest", 0, MANIFESTS.len() as u64) as usize, seed);
        for nth in 0..5 {
            history.extend(SimTime::ms(pick("extend", nth, 400_000)));
            let line = match pick("act", nth, 6) {
                0 => "delete pod web --wait=false",
                1 => "delete pod web --grace-period=3 --wait=false",
                2 => "delete pod web --grace-period=0 --force",
                3 => "delete pod absent",
                _ => "",
            };
            let at = SimTime::ms(pick("act-at", nth, history.tip().as_ms() + 1));
            if !line.is_empty() {
                history.act_at(at, kubectl::parse(line), None);
            }
            for seek in 0..4 {
                let at = pick("seek", nth * 10 + seek, history.tip().as_ms() + 1);
                check_at(&history, seed, SimTime::ms(at));
            }
        }
        check_at(&history, seed, history.tip());
    }
}

#[test]
fn a_day_of_a_crash_loop_can_be_sought() {
    let mut history = new_run(1, 7);
    history.extend(SimTime::secs(6 * 3600));
    for nth in 0..12 {
        check_at(&history, 7, SimTime::ms(draw(7, "day", "seek", nth, 6 * 3_600_000)));
    }
}

/// The session's cursor, driven back and forth, shows what a straight run shows.
#[test]
fn the_session_shows_the_same_whichever_way_it_came() {
    let mut there = Session::new();
    there.apply(Command::Seek(SimTime::secs(90)));
    there.apply(Command::Seek(SimTime::secs(20)));
    there.apply(Command::StepBy(15_000));
    there.apply(Command::PreviousMark);
    there.apply(Command::Seek(SimTime::secs(47)));
    let mut straight = Session::new();
    straight.apply(Command::Seek(SimTime::secs(47)));
    assert_eq!(there.stage(), straight.stage());
    assert_eq!(there.records().rows, straight.records().rows);
    assert_eq!(there.transport().get_pods, straight.transport().get_pods);
}

#[test]
fn acting_in_the_past_forks_and_undo_brings_the_branch_back() {
    let mut session = Session::new();
    session.apply(Command::Seek(SimTime::secs(100)));
    let before = session.timeline();
    session.apply(Command::Seek(SimTime::secs(10)));
    session.apply(Command::Delete { pod: "liveness".into(), mode: DeleteMode::Now });
    assert!(session.history().tip() < SimTime::secs(11), "what came later is gone");
    session.apply(Command::Seek(SimTime::secs(30)));
    assert!(session.transport().pods.is_empty(), "the Pod is gone");
    session.apply(Command::Undo);
    assert_eq!(session.timeline(), before);
    assert_eq!(*session.transport().pods, ["liveness"]);
    session.apply(Command::Redo);
    assert!(session.transport().pods.is_empty());
}

/// What is kept from frame to frame shows what would be made anew, wherever the cursor goes.
#[test]
fn what_is_kept_is_what_would_be_made() {
    let crowd = include_str!("../../static/scenarios/rollout-quota.yaml");
    for (nth, scenario) in [None, Some(crowd)].into_iter().enumerate() {
        let load = |session: &mut Session| {
            scenario.map(|text| session.apply(Command::Load(text.to_string())));
        };
        let mut there = Session::new();
        load(&mut there);
        there.apply(Command::Kubectl("get pods -w".to_string()));
        there.apply(Command::SetSpeed(240));
        for step in 0..60 {
            match draw(nth as u64, "step", "kept", step, 4) {
                0 => {
                    let at = SimTime::ms(draw(nth as u64, "at", "kept", step, 90_000));
                    let _ = there.apply(Command::Seek(at));
                }
                _ => {
                    there.apply(Command::Play);
                    there.advance(draw(nth as u64, "ms", "kept", step, 40));
                }
            }
            let mut anew = Session::new();
            load(&mut anew);
            anew.apply(Command::Kubectl("get pods -w".to_string()));
            anew.apply(Command::Seek(there.transport().tip));
            anew.apply(Command::Seek(there.transport().cursor));
            assert_eq!(there.stage(), anew.stage(), "{nth}, step {step}");
            assert_eq!(there.records(), anew.records());
            assert_eq!(there.timeline(), anew.timeline());
            let (there, anew) = (there.transport(), anew.transport());
            assert_eq!((&there.get_pods, &there.pods), (&anew.get_pods, &anew.pods));
            assert_eq!(there.echo, anew.echo);
        }
    }
}
