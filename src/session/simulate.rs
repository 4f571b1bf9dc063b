//! Running a scenario from its text to its end, without a person.

use super::history::{History, Input};
use super::jsonl;
use super::manifest::{action_of, apply_action};
use crate::base::SimTime;
use crate::course::Scenario;
use crate::engine::Config;

/// How long a scenario without `until` runs.
const UNTIL_DEFAULT: SimTime = SimTime::secs(120);

/// Runs a scenario (or a bare manifest) to its end.
pub fn simulate(text: &str, until: Option<SimTime>, seed: Option<u64>) -> Result<History, String> {
    let scenario = Scenario::read(text).map_err(|e| format!("error: {e}\n"))?;
    let apply = apply_action(&scenario.manifest)?;
    let config = scenario.config();
    let config = Config { seed: seed.unwrap_or(config.seed), ..config };
    let input = |at, action| Input { at, action, authored: true, words: None };
    let mut inputs = vec![input(SimTime::ZERO, apply)];
    inputs.extend(scenario.actions.into_iter().map(|a| input(a.at, action_of(a.deed))));
    let mut history = History::new(config, inputs);
    history.extend(until.or(scenario.until).unwrap_or(UNTIL_DEFAULT));
    Ok(history)
}

/// The trace of a scenario as JSON lines. The error is what kubectl says of its manifest, or what
/// is wrong with the scenario.
pub fn run_scenario_jsonl(text: &str) -> Result<String, String> {
    scenario_jsonl(text, None)
}

/// The same with another seed.
pub fn scenario_jsonl(text: &str, seed: Option<u64>) -> Result<String, String> {
    let history = simulate(text, None, seed)?;
    let lines = history.trace().rows.iter().filter_map(jsonl::json_line);
    Ok(lines.map(|line| line.to_string() + "\n").collect())
}

pub use crate::course::scenario::parse_time;
