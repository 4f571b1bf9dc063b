//! The judge held against what is known of the recordings: how often the real node agrees with
//! itself.

use super::goldens::{all, folder};
use super::{Golden, Part, Story, Verdict, judge};
use std::fs;

/// Each recording in turn is judged by the other recordings of its scenario.
fn verdicts() -> Vec<(String, Verdict)> {
    all().iter().flat_map(leave_one_out).collect()
}

fn leave_one_out(golden: &Golden) -> Vec<(String, Verdict)> {
    let held = |nth: usize| {
        let others = golden.recordings.iter().enumerate().filter(|(i, _)| *i != nth);
        let others: Vec<&Story> = others.map(|(_, story)| story).collect();
        let name = format!("{}.{}", golden.name, nth + 1);
        (name, judge(&others, &golden.recordings[nth]))
    };
    (0..golden.recordings.len()).map(held).collect()
}

/// The figures are those of the Python judge that came with the recordings, on the same files.
#[test]
fn the_node_agrees_with_itself_as_often_as_the_first_judge_found() {
    let verdicts = verdicts();
    for (name, verdict) in &verdicts {
        let bad: Vec<&Part> =
            verdict.iter().filter(|(_, d)| !d.is_empty()).map(|(p, _)| p).collect();
        println!("{name} {bad:?}");
    }
    let agree = |part: Part| verdicts.iter().filter(|(_, v)| v[&part].is_empty()).count();
    let whole = verdicts.iter().filter(|(_, v)| v.values().all(Vec::is_empty)).count();
    assert_eq!(verdicts.len(), 208, "recordings");
    assert_eq!(whole, 185, "agree in all seven parts");
    assert_eq!(
        Part::ALL.map(agree),
        [202, 200, 201, 200, 206, 207, 190],
        "agree in {:?}",
        Part::ALL
    );
}

/// Every kind of row is read as it was when the stories were condensed.
#[test]
fn a_whole_recording_condenses_to_its_story() {
    let goldens = all();
    for (name, nth) in [("del-endpoints", 2), ("rp-never-exit0", 0)] {
        let file = folder().join(format!("raw/{name}.{}.jsonl", nth + 1));
        let story = Story::of_trace(&fs::read_to_string(file).unwrap()).unwrap();
        let golden = goldens.iter().find(|golden| golden.name == name).unwrap();
        assert_eq!(story, golden.recordings[nth]);
    }
}

/// A judge that never objects is worth nothing: change one thing, and one part must object.
#[test]
fn one_changed_thing_is_one_part_that_differs() {
    let goldens = all();
    let golden = goldens.iter().find(|golden| golden.name == "del-endpoints").unwrap();
    let recordings: Vec<&Story> = golden.recordings.iter().collect();
    let objects = |change: fn(&mut Story)| {
        let mut story = golden.recordings[0].clone();
        change(&mut story);
        let verdict = judge(&recordings, &story);
        Part::ALL.into_iter().filter(|part| !verdict[part].is_empty()).collect::<Vec<Part>>()
    };
    assert_eq!(objects(|_| ()), []);
    assert_eq!(
        objects(|s| s.phase.values_mut().for_each(|t| t[1].state = "Failed".into())),
        [Part::Phase]
    );
    assert_eq!(objects(|s| s.conditions.clear()), [Part::Conditions]);
    assert_eq!(objects(|s| s.endpoints.clear()), [Part::Endpoints]);
    assert_eq!(objects(|s| s.containers.clear()), [Part::Containers]);
    assert_eq!(objects(|s| s.events.values_mut().for_each(|e| e.count += 2.0)), [Part::Events]);
    assert_eq!(objects(|s| s.events.values_mut().for_each(|e| e.first += 9.0)), [Part::Timing]);

    assert_eq!(
        objects(|s| drop(s.logs.insert("web/new#0".into(), vec![(1.0, "more".into())]))),
        [Part::Logs]
    );
}
