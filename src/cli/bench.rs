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

/// How many Pods at once.
const CROWDS: [u64; 4] = [1, 10, 100, 1000];
const CROWD: SimTime = SimTime::secs(120);
/// A node larger than any, and the Service of the crowd.
const ROOM: &str = "\
\x20 apiVersion: v1
  kind: Node
  metadata: {name: node-1, labels: {kubernetes.io/hostname: node-1, kubernetes.io/os: linux}}
  status:
    capacity: {cpu: '4', memory: 8Gi, pods: '2000'}
    allocatable: {cpu: '4', memory: 8Gi, pods: '2000'}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: crowd}
  spec:
    selector: {app: a}
    ports: [{port: 80}]
";
/// A Pod of the crowd, short: a thousand of them must be a text that the editor takes.
const HEAD: &str = "apiVersion: v1,kind: Pod";
const BODY: &str = "labels: {app: a}},spec: {containers: [{name: c,image: busybox,\
    args: [sh,-c,touch /a; sleep 30; rm /a; sleep 600],\
    livenessProbe: {exec: {command: [cat,/a]},initialDelaySeconds: 5,periodSeconds: 5}}]}";

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
    let crowds: String = CROWDS.iter().map(|pods| crowd_row(*pods)).collect::<Result<_, _>>()?;
    Ok(format!(
        "| what | here |\n|---|---|\n\
         | classic liveness Pod, an hour of virtual time (median of {RUNS}) | {hour:.1?} |\n\
         | the same as virtual time per real time | {ratio} × |\n\
         | seek in 24 h of a crash loop, {SEEKS} random moments, median | {middle:.1?} |\n\
         | the same, worst | {worst:.1?} |\n\
         | rows of the trace after those 24 h | {rows} |\n{crowds}"
    ))
}

/// What a number of Pods costs: two minutes of their life, so starts, failures and restarts are
/// in it. The last column is flat if the cost grows as the number does.
fn crowd_row(pods: u64) -> Result<String, String> {
    let text = crowd(pods);
    // Whether it is taken at all.
    simulate(&text, Some(SimTime::ZERO), None)?;
    let took = median((0..RUNS).map(|_| timed(|| simulate(&text, Some(CROWD), None))).collect());
    let nanos = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX).max(1);
    let ratio = CROWD.as_ms() * 1_000_000 / nanos;
    let each = nanos / 1000 / pods / (CROWD.as_ms() / 1000);
    let seconds = CROWD.as_ms() / 1000;
    Ok(format!(
        "| {pods} Pods like it behind a Service, their first {seconds} s: real time; virtual per \
         real time; per Pod and virtual second | {took:.1?}; {ratio} ×; {each} µs |\n"
    ))
}

/// That many Pods like the classic one, a Service that selects them, and a node with room for them.
fn crowd(pods: u64) -> String {
    let one = |nth| format!("  ---\n  {{{HEAD},metadata: {{name: p{nth},{BODY}}}\n");
    format!("manifest: |\n{ROOM}{}", (0..pods).map(one).collect::<String>())
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
