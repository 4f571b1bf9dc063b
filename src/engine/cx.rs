//! What a component may touch besides its own state.

use super::latency::Work;
use super::message::{Call, Component, Message, NodeId};
use super::trace::{Record, RowKind, Subject, Trace};
use super::wire::{EventKey, Queued, SimEvent, Wire};
use crate::base::{SimTime, draw};
use crate::rules::{Facts, Rule};
use crate::shell::Network;

/// The moment, the way out, and the trace.
pub struct Cx<'a> {
    /// Now.
    pub now: SimTime,
    /// Who acts.
    pub me: Component,
    /// The run's seed.
    pub seed: u64,
    /// The record that led here.
    pub cause: Option<u64>,
    /// Queue and messages.
    pub wire: &'a mut Wire,
    /// What happened.
    pub trace: &'a mut Trace,
    /// The network below: sockets and addresses.
    pub network: &'a mut Network,
}

impl Cx<'_> {
    /// Sends a message that takes `hop` to arrive.
    pub fn send(&mut self, to: Component, hop: SimTime, call: Call) {
        self.send_after(SimTime::ZERO, to, hop, call);
    }

    /// Sends a message that leaves after `wait` and then takes `hop`.
    pub fn send_after(&mut self, wait: SimTime, to: Component, hop: SimTime, call: Call) {
        let (from, sent) = (self.me, self.now + wait);
        let arrives = sent + hop;
        self.trace.push(self.now, || RowKind::Sent {
            sent,
            from,
            to,
            arrives,
            label: call.label(),
        });
        self.wire.send(Message { from, to, sent, arrives, call }, self.cause);
    }

    /// Queues a timer.
    pub fn after(&mut self, wait: SimTime, event: SimEvent) -> EventKey {
        self.at(self.now + wait, event)
    }

    /// Queues a timer at a moment (now, if the moment is past).
    pub fn at(&mut self, at: SimTime, event: SimEvent) -> EventKey {
        let queued = Queued { event, node: self.node(), cause: self.cause };
        self.wire.schedule(at.max(self.now), queued)
    }

    /// Queues a timer that nothing in the trace has caused.
    pub fn alone(&mut self, at: SimTime, event: SimEvent) -> EventKey {
        self.wire.schedule(at, Queued { event, node: self.node(), cause: None })
    }

    /// The node of who acts.
    pub fn node(&self) -> NodeId {
        self.me.node()
    }

    /// Cites the rule that decided; what follows has this record as its cause.
    pub fn cite(&mut self, subject: Subject, rule: Rule, facts: Facts) -> u64 {
        self.cite_fields(subject, rule, facts, Vec::new())
    }

    /// Cites a rule that read these fields.
    pub fn cite_fields(
        &mut self,
        subject: Subject,
        rule: Rule,
        facts: Facts,
        fields: Vec<String>,
    ) -> u64 {
        let id = self.wire.next_record();
        let (by, cause) = (self.me, self.cause);
        let record = || RowKind::Rule(Record { id, by, subject, rule, facts, fields, cause });
        self.trace.push(self.now, record);
        self.cause = Some(id);
        id
    }

    /// How long this piece of work takes, the `nth` time for `subject`.
    pub fn work(&self, work: Work, subject: &str, nth: u64) -> SimTime {
        SimTime::ms(work.least + draw(self.seed, work.name, subject, nth, work.spread + 1))
    }

    /// `base` plus a part of `percent` percent of it, drawn from near the middle of the range.
    /// Source: apimachinery util/wait Jitter
    ///
    /// DIFFERENCE: upstream draws from the whole range. A draw near the middle is one that upstream
    /// makes too, and keeps runs comparable when a learner changes a field.
    pub fn jitter(
        &self,
        base: SimTime,
        percent: u64,
        purpose: &str,
        key: &str,
        nth: u64,
    ) -> SimTime {
        let most = base.as_ms() * percent / 100;
        base + SimTime::ms(most / 2 + draw(self.seed, purpose, key, nth, most / 5 + 1))
    }
}
