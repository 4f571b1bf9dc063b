//! History is inputs: manifests and acts at their times, and a seed. Snapshots are a cache.

use crate::base::{SimTime, sort_by_key};
use crate::course::Deed;
use crate::engine::{Action, Config, Trace, World};
use std::rc::Rc;

/// Snapshots that are kept at most; beyond that every second one goes, one at a time.
const SNAPSHOTS_MAX: usize = 128;
/// Events from snapshot to snapshot, at first.
const STRIDE_FIRST: u64 = 128;
/// At least so many events for each Pod: a snapshot costs what some events of its Pods do.
const STRIDE_OF_POD: u64 = 6;

/// An act of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    /// When; events of the same moment go before it.
    pub at: SimTime,
    /// What.
    pub action: Action,
    /// Whether the scenario's author wrote it: those outlive a fork.
    pub authored: bool,
    /// A person's words for it; none if the scenario's file has them.
    pub deed: Option<Deed>,
}

impl Input {
    /// An act that the scenario's author wrote.
    pub fn authored(at: SimTime, action: Action) -> Self {
        Input { at, action, authored: true, deed: None }
    }

    /// The apply with which a run of the learner's own text begins.
    pub fn begun_with(text: &str, action: Action) -> Self {
        let deed = Some(Deed::Apply(text.to_string()));
        Input { at: SimTime::ZERO, action, authored: true, deed }
    }

    /// The text, if it is such an apply.
    pub fn begins(&self) -> Option<&str> {
        match &self.deed {
            Some(Deed::Apply(text)) if self.authored => Some(text),
            _ => None,
        }
    }
}

/// A run: its inputs, how far it was simulated, and what happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct History {
    inputs: Vec<Input>,
    done: usize,
    tip: World,
    trace: Trace,
    snapshots: Vec<Rc<Snapshot>>,
    stride: u64,
    /// How many snapshots were taken away since the stride was doubled last.
    thinned: usize,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Snapshot {
    done: usize,
    world: World,
}

impl History {
    /// A run of an empty cluster, with the acts that its author wrote.
    pub fn new(config: Config, inputs: Vec<Input>) -> Self {
        let world = World::new(config);
        let first = Rc::new(Snapshot { done: 0, world: world.clone() });
        let mut history = History {
            inputs,
            done: 0,
            tip: world,
            trace: Trace::default(),
            snapshots: vec![first],
            stride: STRIDE_FIRST,
            thinned: 0,
        };
        sort_by_key(&mut history.inputs, |input| input.at);
        history.extend(SimTime::ZERO);
        history
    }

    /// How far it was simulated.
    pub fn tip(&self) -> SimTime {
        self.tip.now
    }

    /// The world at the tip.
    pub fn tip_world(&self) -> &World {
        &self.tip
    }

    /// What happened up to the tip.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The inputs, by time.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Simulates on to `until`, if that is later than the tip.
    pub fn extend(&mut self, until: SimTime) {
        let mut last = self.snapshots.last().map_or(0, |s| s.world.events());
        while let Some(next) = self.next_moment(until) {
            if self.tip.events() - last >= self.wait() && self.tip.now < next {
                last = self.tip.events();
                self.keep_snapshot();
            }
            self.tip.run_until(next, &mut self.trace);
            self.act_due();
            if self.tip.stopped.is_some() {
                return;
            }
        }
        if self.tip.now < until {
            self.tip.run_until(until, &mut self.trace);
        }
    }

    /// Simulates on to `until`, but not much more than so many events. How far it came; a moment is
    /// never left half done, so that it comes on in any case.
    pub fn extend_some(&mut self, until: SimTime, events: u64) -> SimTime {
        let most = self.tip.events() + events;
        while self.tip.now < until && self.tip.events() < most {
            match self.next_moment(until) {
                Some(moment) => self.extend(moment),
                None => self.extend(until),
            }
            if self.tip.stopped.is_some() {
                break;
            }
        }
        until.min(self.tip.now)
    }

    /// The same run from its tip on, to look ahead: its trace begins there, and it keeps nothing
    /// to go back to.
    pub fn scout(&self) -> History {
        History {
            inputs: self.inputs.clone(),
            done: self.done,
            tip: self.tip.clone(),
            trace: Trace::default(),
            snapshots: Vec::new(),
            stride: u64::MAX,
            thinned: 0,
        }
    }

    /// The next moment at which something happens, not after `until`.
    pub fn next_moment(&self, until: SimTime) -> Option<SimTime> {
        let input = self.inputs.get(self.done).map(|input| input.at.max(self.tip.now));
        let event = self.tip.wire.next_at();
        let next = input.into_iter().chain(event).min()?;
        (next <= until && self.tip.stopped.is_none()).then_some(next)
    }

    fn act_due(&mut self) {
        let now = self.tip.now;
        let quiet = self.tip.wire.next_at().is_none_or(|at| at > now);
        while quiet && self.inputs.get(self.done).is_some_and(|input| input.at <= now) {
            self.tip.act(&self.inputs[self.done].action, &mut self.trace);
            self.done += 1;
        }
    }

    /// Events to the next snapshot.
    fn wait(&self) -> u64 {
        self.stride.max(STRIDE_OF_POD * self.tip.api.pods().count() as u64)
    }

    /// Keeps a snapshot. When there are too many, those that come are farther apart, and of those
    /// that are there every second one goes.
    fn keep_snapshot(&mut self) {
        self.snapshots.push(Rc::new(Snapshot { done: self.done, world: self.tip.clone() }));
        if self.snapshots.len() <= SNAPSHOTS_MAX {
            return;
        }
        if self.thinned == 0 {
            self.stride *= 2;
        }
        self.thinned += 1;
        self.snapshots.remove(self.thinned);
        if self.thinned >= SNAPSHOTS_MAX / 2 {
            self.thinned = 0;
        }
    }

    /// The world at `at` (the tip's, if that is later).
    pub fn at(&self, at: SimTime) -> World {
        if at >= self.tip.now {
            return self.tip.clone();
        }
        let after = self.snapshots.partition_point(|s| s.world.now <= at);
        let from = &self.snapshots[after.saturating_sub(1)];
        self.replay(from.world.clone(), from.done, at)
    }

    /// The world at `at`, from one that this run has shown before, if no snapshot is much nearer.
    pub fn onward(&self, from: World, at: SimTime) -> World {
        let after = self.snapshots.partition_point(|s| s.world.now <= at);
        let far = from.events() + STRIDE_FIRST;
        if self.snapshots[..after].last().is_some_and(|s| s.world.events() > far) {
            return self.at(at);
        }
        let done = self.inputs[..self.done].partition_point(|input| input.at <= from.now);
        self.replay(from, done, at)
    }

    fn replay(&self, mut world: World, mut done: usize, at: SimTime) -> World {
        let mut muted = Trace::muted();
        while let Some(input) = self.inputs[..self.done].get(done).filter(|i| i.at <= at) {
            world.run_until(input.at, &mut muted);
            world.act(&input.action, &mut muted);
            done += 1;
        }
        world.run_until(at, &mut muted);
        world
    }

    /// Acts at `at`. Before the tip that forks: what a person did later, and what came of it, goes;
    /// the acts that the scenario's author wrote stay.
    pub fn act_at(&mut self, at: SimTime, action: Action, deed: Option<Deed>) {
        self.extend(at);
        if at < self.tip.now {
            self.cut(at);
        }
        self.inputs.insert(self.done, Input { at, action, authored: false, deed });
        self.tip.act(&self.inputs[self.done].action, &mut self.trace);
        self.done += 1;
    }

    fn cut(&mut self, at: SimTime) {
        self.tip = self.at(at);
        self.snapshots.retain(|s| s.world.now <= at);
        let rows = self.trace.rows.partition_point(|row| row.at <= at);
        self.trace.rows.truncate(rows);
        self.inputs.retain(|input| input.at <= at || input.authored);
        self.done = self.inputs.partition_point(|input| input.at <= at);
    }
}
