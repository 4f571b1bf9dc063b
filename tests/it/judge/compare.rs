//! The seven parts and their tolerances.

use super::align::{SLACK, Side, align};
use super::story::{Line, Sighting, Story, Track};
use std::collections::{BTreeMap, BTreeSet};

/// A moment may differ by this part of its value.
const SLACK_PART: f64 = 0.06;
/// A moment may differ by this many times what the recordings themselves differ by.
const SPREAD: f64 = 1.5;
/// A count may differ by this part of its value.
const COUNT_PART: f64 = 0.15;

/// What is compared, each on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The sequence of status.phase.
    Phase,
    /// The sequence of states of each container.
    Containers,
    /// The sequence of states of each condition.
    Conditions,
    /// The kinds of Event and their final counts.
    Events,
    /// The sequence of states of the pod's endpoint.
    Endpoints,
    /// The lines of each container instance.
    Logs,
    /// The moments of phases, container states and first Events.
    Timing,
}

impl Part {
    /// All parts, in the order in which they are reported.
    pub const ALL: [Part; 7] = [
        Part::Phase,
        Part::Containers,
        Part::Conditions,
        Part::Events,
        Part::Endpoints,
        Part::Logs,
        Part::Timing,
    ];
}

/// The differences of each part; an empty list is agreement.
pub type Verdict = BTreeMap<Part, Vec<String>>;

/// Judges a trace against the recordings of its scenario: for each part the differences from the
/// recording it is nearest to.
pub fn judge(recordings: &[&Story], trace: &Story) -> Verdict {
    let mut verdict = Verdict::new();
    for (nth, real) in recordings.iter().enumerate() {
        let others: Vec<&Story> =
            recordings.iter().enumerate().filter(|(i, _)| *i != nth).map(|(_, r)| *r).collect();
        for (part, differences) in compare(real, trace, &others) {
            let known = verdict.entry(part).or_insert_with(|| differences.clone());
            if differences.len() < known.len() {
                *known = differences;
            }
        }
    }
    verdict
}

fn compare(real: &Story, trace: &Story, others: &[&Story]) -> Verdict {
    let spread = Spread::of(real, others);
    let mut timing = Vec::new();
    let mut verdict = Verdict::new();
    for part in [Part::Phase, Part::Containers, Part::Conditions, Part::Endpoints] {
        verdict.insert(part, compare_tracks(part, real, trace, &spread, &mut timing));
    }
    verdict.insert(Part::Events, compare_events(real, trace, others, &spread, &mut timing));
    verdict.insert(Part::Logs, compare_logs(real, trace));
    verdict.insert(Part::Timing, timing);
    verdict
}

fn tracks(story: &Story, part: Part) -> &BTreeMap<String, Track> {
    match part {
        Part::Phase => &story.phase,
        Part::Containers => &story.containers,
        Part::Conditions => &story.conditions,
        _ => &story.endpoints,
    }
}

fn sides<'a>(a: &'a Story, b: &'a Story, part: Part, key: &str) -> (Side<'a>, Side<'a>) {
    let side = |story: &'a Story| Side::new(tracks(story, part).get(key), story.end);
    (side(a), side(b))
}

fn is_timed(part: Part) -> bool {
    matches!(part, Part::Phase | Part::Containers)
}

fn compare_tracks(
    part: Part,
    real: &Story,
    trace: &Story,
    spread: &Spread,
    timing: &mut Vec<String>,
) -> Vec<String> {
    let keys: BTreeSet<&String> =
        tracks(real, part).keys().chain(tracks(trace, part).keys()).collect();
    let mut differences = Vec::new();
    for key in keys {
        let (a, b) = sides(real, trace, part, key);
        let alignment = align(a, b);
        differences.extend(alignment.differences.iter().map(|words| format!("{key}: {words}")));
        for pair in alignment.pairs.iter().filter(|_| is_timed(part)) {
            let varies = spread.of_step(part, key, pair.real);
            if !is_close(pair.real, pair.judged, varies) {
                let (state, judged, real) = (pair.state, pair.judged, pair.real);
                timing.push(format!("{key}: {state} at {judged:.1}s, real {real:.1}s"));
            }
        }
    }
    differences
}

fn is_close(real: f64, judged: f64, varies: f64) -> bool {
    let apart = (real - judged).abs();
    apart <= SLACK.max(SLACK_PART * real.max(judged)) || apart <= SPREAD * varies
}

fn compare_events(
    real: &Story,
    trace: &Story,
    others: &[&Story],
    spread: &Spread,
    timing: &mut Vec<String>,
) -> Vec<String> {
    let mut differences = Vec::new();
    for (key, seen) in &real.events {
        let (first, count) = (seen.first, seen.count);
        let Some(judged) = trace.events.get(key) else {
            let always = others.iter().all(|other| other.events.contains_key(key));
            if real.end - first > SLACK && always {
                differences.push(format!("missing Event {key} x{count} (first at {first:.1}s)"));
            }
            continue;
        };
        let (first_varies, count_varies) = spread.of_event(key);
        if (judged.count - count).abs() > 1f64.max(COUNT_PART * count).max(count_varies) {
            differences.push(format!("Event {key}: count {}, real {count}", judged.count));
        }
        if !is_close(first, judged.first, first_varies) {
            timing.push(format!("Event {key}: first at {:.1}s, real {first:.1}s", judged.first));
        }
    }
    differences.extend(extra_events(real, trace, others));
    differences
}

fn extra_events(real: &Story, trace: &Story, others: &[&Story]) -> Vec<String> {
    let known = |key: &String| {
        real.events.contains_key(key) || others.iter().any(|other| other.events.contains_key(key))
    };
    let extra = |(key, Sighting { first, count }): (&String, &Sighting)| {
        let cut = trace.end - first <= SLACK;
        let words = format!("extra Event {key} x{count} (first at {first:.1}s)");
        (!cut && !known(key)).then_some(words)
    };
    trace.events.iter().filter_map(extra).collect()
}

fn compare_logs(real: &Story, trace: &Story) -> Vec<String> {
    let keys: BTreeSet<&String> = real.logs.keys().chain(trace.logs.keys()).collect();
    let mut differences = Vec::new();
    for key in keys {
        let (a, b) = (lines(real, key), lines(trace, key));
        let agree = is_noisy(a, b) || begins(b, a, real.end) && begins(a, b, trace.end);
        if !agree {
            let shown = |lines: &[Line]| -> Vec<String> {
                lines.iter().take(6).map(|(_, line)| line.clone()).collect()
            };
            differences.push(format!("{key}: {:?} real {:?}", shown(b), shown(a)));
        }
    }
    differences
}

fn lines<'a>(story: &'a Story, key: &str) -> &'a [Line] {
    story.logs.get(key).map_or(&[], Vec::as_slice)
}

/// A server's access log interleaves with its probes by chance.
fn is_noisy(a: &[Line], b: &[Line]) -> bool {
    let noise = |(_, line): &Line| line.contains("kube-probe") || line.contains("[notice]");
    a.iter().chain(b).any(noise)
}

/// Whether `whole` begins with the lines of `part`, those cut by the end of its trace left out.
fn begins(whole: &[Line], part: &[Line], end: f64) -> bool {
    let sure: Vec<&String> =
        part.iter().filter(|(at, _)| end - at > SLACK).map(|(_, line)| line).collect();
    sure.len() <= whole.len() && sure.iter().zip(whole).all(|(a, (_, b))| *a == b)
}

/// How far the moments and counts of one recording lie from those of the others.
struct Spread {
    /// (part, subject, milliseconds of the step) → seconds.
    steps: BTreeMap<(Part, String, i64), f64>,
    /// Event → (seconds, count).
    events: BTreeMap<String, (f64, f64)>,
}

impl Spread {
    fn of(real: &Story, others: &[&Story]) -> Spread {
        let mut spread = Spread { steps: BTreeMap::new(), events: BTreeMap::new() };
        for other in others {
            spread.add_steps(Part::Phase, real, other);
            spread.add_steps(Part::Containers, real, other);
            spread.add_events(real, other);
        }
        spread
    }

    fn add_steps(&mut self, part: Part, real: &Story, other: &Story) {
        for key in tracks(real, part).keys() {
            let (a, b) = sides(real, other, part, key);
            for pair in align(a, b).pairs {
                let step = (part, key.clone(), step_id(pair.real));
                let known = self.steps.entry(step).or_default();
                *known = known.max((pair.real - pair.judged).abs());
            }
        }
    }

    fn add_events(&mut self, real: &Story, other: &Story) {
        for (key, a) in &real.events {
            if let Some(b) = other.events.get(key) {
                let known = self.events.entry(key.clone()).or_default();
                known.0 = known.0.max((b.first - a.first).abs());
                known.1 = known.1.max((b.count - a.count).abs());
            }
        }
    }

    fn of_step(&self, part: Part, key: &str, real: f64) -> f64 {
        let step = (part, key.to_string(), step_id(real));
        self.steps.get(&step).copied().unwrap_or(0.0)
    }

    fn of_event(&self, key: &str) -> (f64, f64) {
        self.events.get(key).copied().unwrap_or_default()
    }
}

fn step_id(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}
