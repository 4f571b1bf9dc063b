//! The scenarios of the content folder, run once, looked at by several tests.

use lifepod::base::SimTime;
use lifepod::base::json::{Value, parse};
use lifepod::course::Scenario;
use lifepod::course::goal::Rows;
use lifepod::course::scenario::parse_time;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

/// The scenarios by name.
pub static SCENARIOS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/scenarios");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let scenarios = files.filter(|path| path.extension().is_some_and(|e| e == "yaml"));
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_string();
        (name, std::fs::read_to_string(path).unwrap())
    };
    scenarios.map(read).collect()
});

static RUN: Mutex<BTreeMap<String, Arc<Rows>>> = Mutex::new(BTreeMap::new());

/// The trace of a scenario of the content; `None` if there is no such scenario.
pub fn rows_of(name: &str) -> Option<Arc<Rows>> {
    let text = SCENARIOS.get(name)?;
    if let Some(rows) = RUN.lock().unwrap().get(name) {
        return Some(rows.clone());
    }
    let rows = Arc::new(run(name, text));
    RUN.lock().unwrap().insert(name.to_string(), rows.clone());
    Some(rows)
}

fn run(name: &str, text: &str) -> Rows {
    let trace = lifepod::cli::run_scenario_jsonl(text).unwrap_or_else(|e| panic!("{name}: {e}"));
    let until = Scenario::read(text).unwrap().until();
    Rows::new(trace.lines().map(row).collect(), until)
}

fn row(line: &str) -> (SimTime, Value) {
    let row = parse(line).unwrap();
    (parse_time(&row["t"].to_string()).unwrap(), row)
}
