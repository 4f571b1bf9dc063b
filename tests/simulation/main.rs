//! Random Pods, random acts, random faults: what must always hold holds in every run.
//!
//! `LIFEPOD_SIMULATIONS` runs, from seed `LIFEPOD_SIMULATION` on (300 from 0 if not given). A run
//! that breaks a law leaves its scenario in `target/simulation/` and prints the command that
//! replays it.

mod generate;
mod laws;
mod rivals;
mod shops;

use lifepod::session::simulate::simulate;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// The laws that the run of this seed breaks.
fn broken(scenario: &str, seed: u64) -> Vec<String> {
    let run = catch_unwind(AssertUnwindSafe(|| simulate(scenario, None, Some(seed))));
    match run {
        Ok(Ok(history)) => laws::broken(history.trace(), history.tip_world()),
        Ok(Err(refused)) => vec![format!("the scenario is refused: {refused}")],
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            vec![text.unwrap_or_else(|| "a panic".into())]
        }
    }
}

/// Keeps the scenario of a failure and says how to see it again.
fn told(scenario: &str, seed: u64, broken: &[String]) -> String {
    let folder = std::path::Path::new("target/simulation");
    let file = folder.join(format!("{seed}.yaml"));
    let kept = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, scenario));
    let replay = match kept {
        Ok(()) => format!("cargo run -- run {} --seed {seed}", file.display()),
        Err(e) => format!("(could not be written: {e})\n{scenario}"),
    };
    let link = lifepod::session::link::of(&lifepod::session::Shared::of_scenario(scenario));
    let broken = broken.join("; ");
    format!("seed {seed}: {broken}\n  replay: {replay}\n  in the page: #{link}\n")
}

fn share(from: u64, to: u64, step: usize) -> String {
    let mut problems = String::new();
    for seed in (from..to).step_by(step) {
        let scenario = generate::scenario(seed);
        let broken = broken(&scenario, seed);
        if !broken.is_empty() {
            problems.push_str(&told(&scenario, seed, &broken));
        }
    }
    problems
}

#[test]
fn laws_hold_in_random_runs() {
    let from = number("LIFEPOD_SIMULATION", 0);
    let to = from + number("LIFEPOD_SIMULATIONS", 300);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let problems: String = std::thread::scope(|scope| {
        let nth = |n: u64| scope.spawn(move || share(from + n, to, workers));
        let all: Vec<_> = (0..workers as u64).map(nth).collect();
        all.into_iter().map(|w| w.join().expect("a worker that does not panic")).collect()
    });
    let lines: Vec<&str> = problems.lines().take(40).collect();
    assert!(problems.is_empty(), "\n{}", lines.join("\n"));
}

#[test]
fn a_broken_law_is_found() {
    let history = simulate(&generate::scenario(3), None, Some(3)).expect("it is accepted");
    let mut trace = history.trace().clone();
    assert_eq!(laws::broken(&trace, history.tip_world()), Vec::<String>::new());
    trace.rows.reverse();
    assert!(!laws::broken(&trace, history.tip_world()).is_empty(), "time that runs backwards");
}
