//! The common story of two tracks.

use super::story::{Step, Track};
use lifepod::base::json::Value;

/// A state that lasted less than this many seconds may be missing on either side.
pub const SHORT: f64 = 1.2;
/// A moment may differ by this many seconds, and the end of a recording may cut this much off.
pub const SLACK: f64 = 2.5;
/// What skipping a state costs beside being a difference: of equal alignments the fullest wins.
const SKIP: f64 = 0.001;

/// A state both tracks show, and when each did.
pub struct Pair<'a> {
    /// Seconds, in the recording.
    pub real: f64,
    /// Seconds, in the judged trace.
    pub judged: f64,
    /// What was seen.
    pub state: &'a Value,
}

/// Two tracks laid side by side.
pub struct Alignment<'a> {
    /// States that are missing or extra, in words.
    pub differences: Vec<String>,
    /// States that both show.
    pub pairs: Vec<Pair<'a>>,
}

/// Longest common subsequence in which only short states, and states cut by the end of the
/// recording, may be skipped without being a difference.
pub fn align<'a>(real: Side<'a>, judged: Side<'a>) -> Alignment<'a> {
    let best = costs(&real, &judged);
    let (mut i, mut j) = (0, 0);
    let mut out = Alignment { differences: Vec::new(), pairs: Vec::new() };
    while i < real.track.len() || j < judged.track.len() {
        if same(&real, &judged, i, j) && best[i][j] == best[i + 1][j + 1] {
            let (a, b) = (&real.track[i], &judged.track[j]);
            out.pairs.push(Pair { real: a.at, judged: b.at, state: &a.state });
            (i, j) = (i + 1, j + 1);
        } else if i < real.track.len() && best[i][j] == best[i + 1][j] + real.cost(i) + SKIP {
            out.differences.extend(real.difference("missing", i));
            i += 1;
        } else {
            out.differences.extend(judged.difference("extra", j));
            j += 1;
        }
    }
    out
}

/// One track and the end of its trace in seconds.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    track: &'a [Step],
    end: f64,
}

impl<'a> Side<'a> {
    /// A subject that a trace never shows has an empty track.
    pub fn new(track: Option<&'a Track>, end: f64) -> Self {
        Side { track: track.map_or(&[], Vec::as_slice), end }
    }

    fn lasted(&self, nth: usize) -> f64 {
        let until = self.track.get(nth + 1).map_or(self.end, |next| next.at);
        until - self.track[nth].at
    }

    fn cost(&self, nth: usize) -> f64 {
        let skippable = self.lasted(nth) < SHORT || self.end - self.track[nth].at < SLACK;
        if skippable { 0.0 } else { 1.0 }
    }

    fn difference(&self, word: &str, nth: usize) -> Option<String> {
        let Step { at, state } = &self.track[nth];
        let lasted = self.lasted(nth);
        let words = format!("{word} at {at:.1}s: {state} (lasted {lasted:.1}s)");
        (self.cost(nth) > 0.0).then_some(words)
    }
}

fn same(real: &Side, judged: &Side, i: usize, j: usize) -> bool {
    match (real.track.get(i), judged.track.get(j)) {
        (Some(a), Some(b)) => a.state == b.state,
        _ => false,
    }
}

/// The least cost of aligning what is left from (i, j) on.
fn costs(real: &Side, judged: &Side) -> Vec<Vec<f64>> {
    let (n, m) = (real.track.len(), judged.track.len());
    let mut best = vec![vec![f64::MAX; m + 1]; n + 1];
    best[n][m] = 0.0;
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            if i < n {
                best[i][j] = best[i][j].min(best[i + 1][j] + real.cost(i) + SKIP);
            }
            if j < m {
                best[i][j] = best[i][j].min(best[i][j + 1] + judged.cost(j) + SKIP);
            }
            if same(real, judged, i, j) {
                best[i][j] = best[i][j].min(best[i + 1][j + 1]);
            }
        }
    }
    best
}

#[test]
fn only_short_or_cut_states_may_be_missing() {
    let track = |steps: &[(f64, &str)]| -> Track {
        steps.iter().map(|(at, s)| Step { at: *at, state: Value::from(*s) }).collect()
    };
    let real = track(&[(0.0, "a"), (5.0, "b"), (6.0, "c"), (20.0, "d")]);
    let differences = |judged: &Track, end: f64| {
        align(Side::new(Some(&real), end), Side::new(Some(judged), end)).differences
    };
    assert_eq!(differences(&track(&[(0.0, "a"), (6.0, "c")]), 22.0), Vec::<String>::new());
    assert_eq!(
        differences(&track(&[(0.0, "a"), (6.0, "c")]), 40.0),
        ["missing at 20.0s: \"d\" (lasted 20.0s)"]
    );
    assert_eq!(
        differences(&track(&[(0.0, "a"), (3.0, "x"), (6.0, "c"), (20.0, "d")]), 40.0),
        ["extra at 3.0s: \"x\" (lasted 3.0s)"]
    );
}
