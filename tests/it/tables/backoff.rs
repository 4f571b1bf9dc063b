//! Back-off: delays that double, and when they begin anew.

use super::{rows, text};
use lifepod::base::json::Value;
use lifepod::base::{Map, SimTime};
use lifepod::engine::kubelet::backoff::{Backoff, CAP, INITIAL};

/// Rows about what the simulated kubelet does not have, with the reason.
const NOT_OURS: &[(&str, &str)] = &[
    ("jitter", "the kubelet's back-off has none"),
    ("expiry of", "the kubelet's entries expire after twice the longest delay"),
    ("an expiry of", "the same"),
    ("reduced default", "a gate that is off in 1.36"),
    ("node maximum", "a gate that needs a node's own configuration"),
];

/// One entry under a clock that starts at 0.
struct Bench {
    entry: Option<Backoff>,
    now: SimTime,
    first: SimTime,
    longest: SimTime,
    marks: Map<String, SimTime>,
}

impl Bench {
    fn delay(&self) -> SimTime {
        self.entry.map_or(SimTime::ZERO, |e| e.delay)
    }

    /// Whether now is still inside the delay counted from a moment.
    fn waits_since(&self, moment: SimTime) -> bool {
        let live = self.entry.filter(|e| !e.has_expired(moment, self.longest));
        live.is_some_and(|e| self.now.since(moment) < e.delay)
    }

    fn step(&mut self, name: &str, step: &Value) {
        let ms = || SimTime::ms(step["ms"].as_u64().unwrap_or_default());
        let want = step["expect"].as_bool();
        match text(step, "op") {
            "advance" => self.now = self.now + ms(),
            "at" => self.now = ms(),
            "next" => {
                let live = self.entry.filter(|e| !e.has_expired(self.now, self.longest));
                self.entry = Some(Backoff::within(live, self.now, self.first, self.longest));
            }
            "get" => {
                let got = self.delay().as_ms();
                let least = step["expect_at_least_ms"].as_u64();
                assert!(least.is_none_or(|least| got >= least), "{name}: {got}");
                let exact = step["expect_ms"].as_u64();
                assert!(exact.is_none_or(|exact| got == exact), "{name}: {got} at {}", self.now);
            }
            "reset" => self.entry = None,
            "gc" => self.entry = self.entry.filter(|e| !e.has_expired(self.now, self.longest)),
            "has_entry" => assert_eq!(Some(self.entry.is_some()), want, "{name}"),
            "mark" => drop(self.marks.insert(text(step, "name").into(), self.now)),
            "in_backoff_since" => {
                let at = self.marks.get(text(step, "event")).copied().unwrap_or(self.now);
                assert_eq!(Some(self.waits_since(at)), want, "{name} at {}", self.now);
            }
            "in_backoff_since_update" => {
                let at = self.entry.map_or(SimTime::ZERO, |e| e.updated);
                let waits = self.entry.is_some() && self.now.since(at) < self.delay();
                assert_eq!(Some(waits), want, "{name} at {}", self.now);
            }
            other => panic!("{name}: no operation {other}"),
        }
    }
}

#[test]
fn delays_are_as_their_rows_say() {
    let rows = rows(include_str!("../../tables/backoff.json"));
    let mut seen = 0;
    for row in &rows {
        let name = text(row, "name");
        if NOT_OURS.iter().any(|(words, _)| name.contains(words)) {
            continue;
        }
        seen += 1;
        if text(row, "kind") == "crash_loop_config" {
            let seconds = |field: &str| row["expect"][field].as_u64();
            assert_eq!(
                (Some(INITIAL.as_secs()), Some(CAP.as_secs())),
                (seconds("initial_s"), seconds("max_s"))
            );
            continue;
        }
        let ms = |field: &str| SimTime::ms(row[field].as_u64().expect("milliseconds"));
        let mut bench = Bench {
            entry: None,
            now: SimTime::ZERO,
            first: ms("initial_ms"),
            longest: ms("max_ms"),
            marks: Map::new(),
        };
        for step in row["steps"].as_array().expect("steps") {
            bench.step(name, step);
        }
    }
    assert!(seen >= 8, "only {seen} rows");
}
