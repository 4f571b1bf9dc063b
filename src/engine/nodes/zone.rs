//! A zone of nodes, and how fast they are tainted.
//!
//! Source: nodelifecycle/scheduler/rate_limited_queue.go

use super::plan::{ZoneState, plan_interval};
use crate::base::SimTime;

/// From one look at the queues to the next. Source: scheduler NodeEvictionPeriod
pub const EVERY: SimTime = SimTime::ms(100);

/// A zone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Zone {
    /// How disrupted it is.
    pub state: ZoneState,
    /// Nodes to taint, the first come first.
    pub queue: Vec<String>,
    /// Nothing is tainted, whatever the state: all zones are lost.
    pub stopped: bool,
    /// How many nodes it has.
    pub size: usize,
    last: Option<SimTime>,
}

impl Zone {
    /// Puts a node into the queue, if it is not there.
    pub fn add(&mut self, node: &str) {
        if !self.queue.iter().any(|n| n == node) {
            self.queue.push(node.to_string());
        }
    }

    /// When the next of the queue may be tainted; `None`: there is none, or not now.
    pub fn next_at(&self, now: SimTime) -> Option<SimTime> {
        let interval = plan_interval(self.state, self.size)?;
        if self.queue.is_empty() || self.stopped {
            return None;
        }
        Some(self.last.map_or(now, |last| last + interval).max(now))
    }

    /// Takes the next of the queue, if it may be tainted now.
    pub fn take(&mut self, now: SimTime) -> Option<String> {
        if self.next_at(now)? > now {
            return None;
        }
        self.last = Some(now);
        Some(self.queue.remove(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_node_is_tainted_at_once_and_the_next_ten_seconds_later() {
        let at = SimTime::secs;
        let mut zone = Zone { size: 3, ..Zone::default() };
        ["a", "b", "a"].iter().for_each(|node| zone.add(node));
        assert_eq!(zone.take(at(100)).as_deref(), Some("a"));
        assert_eq!(zone.take(at(109)), None);
        assert_eq!(zone.next_at(at(109)), Some(at(110)));
        assert_eq!(zone.take(at(110)).as_deref(), Some("b"));
        zone.add("c");
        zone.stopped = true;
        assert_eq!((zone.take(at(200)), zone.next_at(at(200))), (None, None));
    }
}
