//! Back-off before restarts and pulls.

use crate::base::SimTime;

/// First delay. Source: kubelet.go newCrashLoopBackOff, imageBackOffPeriod
pub const INITIAL: SimTime = SimTime::secs(10);
/// Longest delay. Source: kubelet.go MaxCrashLoopBackOff, MaxImageBackOff
pub const CAP: SimTime = SimTime::secs(300);
/// Quiet time after which the delay starts anew. Source: kubelet.go, 2 × the longest delay
pub const RESET: SimTime = SimTime::secs(600);

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
        let delay = before.map_or(INITIAL, |e| SimTime::ms(e.delay.as_ms() * 2).min(CAP));
        Backoff { delay, updated: now }
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
    let live = entry.filter(|e| ended.since(e.updated) <= RESET);
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
