//! The lanes of requests: what was served and what was lost, second by second.

use super::timeline::Builder;
use crate::base::SimTime;
use crate::engine::trace::Answered;
use crate::engine::traffic::Outcome;
use crate::session::view::{Lane, LaneKind, Mark, MarkKind, Tone};
use std::rc::Rc;

/// What the open state of a lane of requests counts: from its start, and in its last second.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    whole: [u64; 2],
    second: u64,
    last: [u64; 2],
}

/// A lane marks at most one lost request in this time.
const MARK_EVERY: SimTime = SimTime::secs(1);

impl Builder {
    pub(super) fn take_request(&mut self, at: SimTime, end: &Answered) {
        let lost = usize::from(end.outcome != Outcome::Served);
        let title = match end.path.as_str() {
            "/" => end.to.clone(),
            path => format!("{} {path}", end.to),
        };
        let mut tally = self.requests.get(&title).copied().unwrap_or_default();
        let lane = self.lane("", LaneKind::Traffic, &title);
        tally.add(lane, at, lost, u64::from(end.count));
        if lost == 1 && is_due(lane, at) {
            lane.mark(mark(at, end));
        }
        if lost == 1 && !end.pod.is_empty() {
            let lane = self.lane(&end.pod, LaneKind::Traffic, &title);
            if is_due(lane, at) {
                lane.mark(mark(at, end));
            }
        }
        self.requests.insert(title, tally);
    }
}

fn is_due(lane: &Lane, at: SimTime) -> bool {
    lane.marks.last().is_none_or(|mark| mark.at + MARK_EVERY <= at)
}

fn mark(at: SimTime, end: &Answered) -> Mark {
    let way = if end.address.is_empty() { "–" } else { &end.address };
    Mark {
        at,
        kind: MarkKind::Lost,
        label: end.outcome.word().to_string(),
        detail: format!("{} {} → {way}", end.rule.id(), end.to),
        record: end.cause.map(|id| id as usize),
    }
}

impl Tally {
    /// Counts requests; the lane's state is the same as long as its seconds are of one tone.
    fn add(&mut self, lane: &mut Lane, at: SimTime, lost: usize, count: u64) {
        let second = at.as_secs();
        let begins = SimTime::secs(second).max(lane.phases.last().map_or(at, |p| p.start));
        if lane.phases.is_empty() {
            *self = Tally { second, ..Tally::default() };
        } else if second != self.second {
            (self.second, self.last) = (second, [0; 2]);
        }
        let before = tone(self.whole);
        self.last[lost] += count;
        self.whole[lost] += count;
        let whole_second = self.whole == self.last;
        if !whole_second && tone(self.last) != before && before != Tone::Idle {
            // This second is of another tone: it becomes a state of its own.
            let rest = [self.whole[0] - self.last[0], self.whole[1] - self.last[1]];
            if let Some(open) = lane.phases.last_mut() {
                Rc::make_mut(open).label = label(rest);
            }
            self.whole = self.last;
            lane.begin(begins, &label(self.whole), "", tone(self.whole));
            return;
        }
        let (text, tone) = (label(self.whole), tone(self.whole));
        match lane.phases.last_mut() {
            Some(open) => {
                let open = Rc::make_mut(open);
                (open.label, open.tone) = (text, tone);
            }
            None => lane.begin(at, &text, "", tone),
        }
    }
}

/// All served, some lost, all lost.
fn tone([served, lost]: [u64; 2]) -> Tone {
    match (served, lost) {
        (0, 0) => Tone::Idle,
        (_, 0) => Tone::Good,
        (0, _) => Tone::Bad,
        _ => Tone::Backoff,
    }
}

/// `✓120 ✗3`
fn label([served, lost]: [u64; 2]) -> String {
    match (served, lost) {
        (_, 0) => format!("✓{served}"),
        (0, _) => format!("✗{lost}"),
        _ => format!("✓{served} ✗{lost}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane() -> Lane {
        let (id, pod, title) = (String::new(), String::new(), String::new());
        Lane { id, kind: LaneKind::Traffic, pod, title, phases: Vec::new(), marks: Vec::new() }
    }

    #[test]
    fn seconds_of_one_tone_are_one_state() {
        let (mut lane, mut tally) = (lane(), Tally::default());
        for ms in (500..10_000).step_by(500) {
            let lost = usize::from((5_000..6_000).contains(&ms));
            tally.add(&mut lane, SimTime::ms(ms), lost, 1);
        }
        let states: Vec<(u64, &str)> =
            lane.phases.iter().map(|p| (p.start.as_ms(), p.label.as_str())).collect();
        assert_eq!(states, [(500, "✓9"), (5_000, "✗2"), (6_000, "✓8")]);
        assert_eq!(lane.phases[1].end, Some(SimTime::secs(6)));
    }

    #[test]
    fn a_second_with_both_is_of_its_own_tone() {
        let (mut lane, mut tally) = (lane(), Tally::default());
        for (ms, lost) in [(0, 0), (1_000, 0), (1_400, 1), (1_600, 0), (2_000, 0), (2_500, 0)] {
            tally.add(&mut lane, SimTime::ms(ms), lost, 1);
        }
        let states: Vec<(u64, &str, Tone)> =
            lane.phases.iter().map(|p| (p.start.as_ms(), p.label.as_str(), p.tone)).collect();
        assert_eq!(
            states,
            [(0, "✓1", Tone::Good), (1_000, "✓2 ✗1", Tone::Backoff), (2_000, "✓2", Tone::Good)]
        );
    }
}
