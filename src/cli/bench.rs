//! `lifepod bench`: the engine's speed, as ratios and medians. Nothing is asserted.
#![expect(clippy::disallowed_types, reason = "a bench measures real time; no room below does")]

use crate::base::{SimTime, draw};
use crate::session::history::History;
use crate::session::simulate::simulate;
use std::io::Write;
use std::time::{Duration, Instant};

/// The classic Pod of the documents: 30 s healthy, then its liveness probe fails.
const CLASSIC: &str = include_str!("../../static/scenarios/liveness-classic.yaml");
/// A Pod that crashes at once, for ever.
const CRASHING: &str = include_str!("../../static/scenarios/restart-crash-loop.yaml");
const RUNS: usize = 5;
const SEEKS: u64 = 40;
const DAY: SimTime = SimTime::secs(24 * 3600);
const HOUR: SimTime = SimTime::secs(3600);

/// Runs the bench; gives its exit code: 0, or 1 if a scenario was refused.
pub fn run(out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    let printed = bench().map(|lines| writeln!(out, "{lines}"));
    match printed {
        Ok(_) => 0,
        Err(message) => {
            let _ = write!(err, "{message}");
            1
        }
    }
}

fn bench() -> Result<String, String> {
    let hour = median((0..RUNS).map(|_| timed(|| simulate(CLASSIC, Some(HOUR), None))).collect());
    let ratio = HOUR.as_ms() * 1_000_000 / u64::try_from(hour.as_nanos()).unwrap_or(1).max(1);
    let day = simulate(CRASHING, Some(DAY), None)?;
    let mut seeks: Vec<Duration> = (0..SEEKS).map(|nth| seek(&day, nth)).collect();
    seeks.sort_unstable();
    let (middle, worst) = (seeks[seeks.len() / 2], seeks[seeks.len() - 1]);
    let rows = day.trace().rows.len();
    Ok(format!(
        "| what | here |\n|---|---|\n\
         | classic liveness Pod, an hour of virtual time (median of {RUNS}) | {hour:.1?} |\n\
         | the same as virtual time per real time | {ratio} × |\n\
         | seek in 24 h of a crash loop, {SEEKS} random moments, median | {middle:.1?} |\n\
         | the same, worst | {worst:.1?} |\n\
         | rows of the trace after those 24 h | {rows} |"
    ))
}

fn seek(day: &History, nth: u64) -> Duration {
    let at = SimTime::ms(draw(1, "bench", "seek", nth, DAY.as_ms()));
    timed(|| day.at(at))
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begin = Instant::now();
    let done = work();
    let took = begin.elapsed();
    drop(done);
    took
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all[all.len() / 2]
}
