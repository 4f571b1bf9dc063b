//! What the engine makes of the recorded scenarios: run once, looked at by several tests.

use crate::judge::{Golden, all_goldens};
use std::sync::LazyLock;

/// A scenario and its trace in JSON lines, or why there is none.
pub struct Run {
    /// The scenario and what was recorded of it.
    pub golden: Golden,
    /// What the engine made of it.
    pub trace: Result<String, String>,
}

/// Every scenario of `tests/golden`, run.
pub static RUNS: LazyLock<Vec<Run>> =
    LazyLock::new(|| all_goldens().into_iter().map(run).collect());

fn run(golden: Golden) -> Run {
    let trace = lifepod::cli::run_scenario_jsonl(&golden.scenario);
    Run { golden, trace }
}
