//! Running a scenario from its text to its end, without a person.

use super::history::{History, Input};
use super::jsonl;
use super::manifest::{acts_of, apply_action};
use crate::base::SimTime;
use crate::course::Scenario;
use crate::engine::Config;

/// Runs a scenario (or a bare manifest) to its end.
pub fn simulate(text: &str, until: Option<SimTime>, seed: Option<u64>) -> Result<History, String> {
    let scenario = Scenario::read(text).map_err(|e| format!("error: {e}\n"))?;
    let apply = apply_action(&scenario.manifest)?;
    let config = scenario.config();
    let config = Config { seed: seed.unwrap_or(config.seed), ..config };
    let mut inputs = vec![Input::authored(SimTime::ZERO, apply)];
    inputs.extend(acts_of(&scenario));
    let mut history = History::new(config, inputs);
    history.extend(until.unwrap_or(scenario.until()));
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
