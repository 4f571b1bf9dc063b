//! Back-off before restarts and pulls.

use crate::base::SimTime;

/// First delay. Source: kubelet.go newCrashLoopBackOff, imageBackOffPeriod
pub const INITIAL: SimTime = SimTime::secs(10);
/// Longest delay. Source: kubelet.go MaxCrashLoopBackOff, MaxImageBackOff
pub const CAP: SimTime = SimTime::secs(300);

/// An entry of a back-off table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backoff {
    /// The delay that holds.
    pub delay: SimTime,
    /// When it was set.
    pub updated: SimTime,
}

impl Backoff {
    /// The entry after one more failure at `now`: the first delay, then twice the last, up to the
    /// longest.
    pub fn after(before: Option<Backoff>, now: SimTime) -> Self {
        Backoff::within(before, now, INITIAL, CAP)
    }

    /// The same with another first and another longest delay.
    pub fn within(before: Option<Backoff>, now: SimTime, first: SimTime, longest: SimTime) -> Self {
        let delay = before.map_or(first, |e| SimTime::ms(e.delay.as_ms() * 2).min(longest));
        Backoff { delay, updated: now }
    }

    /// Whether so much time has passed without a failure that the next one counts as the first.
    /// Source: client-go util/flowcontrol/backoff.go hasExpired
    pub fn has_expired(self, seen: SimTime, longest: SimTime) -> bool {
        seen.since(self.updated).as_ms() > 2 * longest.as_ms()
    }
}

/// What back-off says to a start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BackoffPlan {
    /// Start now; the next delay is this entry's.
    Start {
        /// The entry to keep.
        entry: Backoff,
        /// Whether a quiet time of more than ten minutes wiped an older entry.
        reset: bool,
    },
    /// Wait until this moment.
    Wait {
        /// When the delay is over.
        until: SimTime,
        /// The delay.
        delay: SimTime,
    },
}

/// Decides on a start at `now`, when the last instance ended at `ended`.
/// Source: kuberuntime_manager.go doBackOff; client-go util/flowcontrol/backoff.go Next
pub fn plan_backoff(entry: Option<Backoff>, ended: SimTime, now: SimTime) -> BackoffPlan {
    let live = entry.filter(|e| !e.has_expired(ended, CAP));
    match live {
        Some(e) if now.since(ended) < e.delay => {
            BackoffPlan::Wait { until: ended + e.delay, delay: e.delay }
        }
        live => BackoffPlan::Start {
            entry: Backoff::after(live, now),
            reset: live.is_none() && entry.is_some(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_from_ten_seconds_to_five_minutes() {
        let (mut entry, mut now, mut delays) = (None, SimTime::ZERO, Vec::new());
        for _ in 0..8 {
            let BackoffPlan::Start { entry: next, .. } = plan_backoff(entry, now, now + CAP) else {
                panic!("the delay is over")
            };
            delays.push(next.delay.as_secs());
            now = now + CAP;
            entry = Some(next);
        }
        assert_eq!(delays, [10, 20, 40, 80, 160, 300, 300, 300]);
    }

    #[test]
    fn the_delay_counts_from_the_end_of_the_last_instance() {
        let entry = Some(Backoff { delay: INITIAL, updated: SimTime::secs(1) });
        let plan = plan_backoff(entry, SimTime::secs(50), SimTime::secs(59));
        let wait = BackoffPlan::Wait { until: SimTime::secs(60), delay: INITIAL };
        assert_eq!(plan, wait);
        let over = plan_backoff(entry, SimTime::secs(50), SimTime::secs(60));
        assert!(matches!(over, BackoffPlan::Start { .. }));
    }

    #[test]
    fn ten_quiet_minutes_begin_anew() {
        let entry = Some(Backoff { delay: CAP, updated: SimTime::secs(0) });
        let plan = plan_backoff(entry, SimTime::secs(601), SimTime::secs(602));
        let BackoffPlan::Start { entry, reset } = plan else { panic!("no delay holds") };
        assert!(reset && entry.delay == INITIAL);
    }
}
