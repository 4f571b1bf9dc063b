//! The clients on the stage.

use crate::base::SimTime;
use crate::engine::World;
use crate::engine::traffic::{Counts, Generator, Outcome};
use crate::session::view::{CountsView, REQUEST_SHOWN, RequestView, TrafficView};

/// Requests of one generator that are given at most.
const MOST: usize = 24;

/// The clients at `world.now`.
pub fn traffic(world: &World) -> Vec<TrafficView> {
    let all = world.traffic.generators().iter().enumerate();
    all.map(|(index, generator)| view(world, index, generator)).collect()
}

fn view(world: &World, index: usize, generator: &Generator) -> TrafficView {
    let plan = &generator.plan;
    TrafficView {
        to: plan.to.to_string(),
        path: plan.path.clone(),
        every: plan.every,
        keep_alive: plan.keep_alive,
        total: counts(&generator.counts),
        pods: generator.pods.iter().map(|(pod, of_pod)| (pod.clone(), counts(of_pod))).collect(),
        recent: recent(world, index, generator),
    }
}

fn recent(world: &World, index: usize, generator: &Generator) -> Vec<RequestView> {
    let seen = |sent: SimTime| sent + REQUEST_SHOWN >= world.now;
    let over = generator.recent.iter().filter(|r| seen(r.sent) || seen(r.ended));
    let over = over.map(|r| RequestView {
        nth: r.nth,
        pod: r.pod.clone(),
        sent: r.sent,
        served: Some(r.outcome == Outcome::Served),
        outcome: r.outcome.word(),
    });
    let open = world.traffic.flights().filter(|flight| flight.generator == index);
    let open = open.map(|flight| RequestView {
        nth: flight.nth,
        pod: flight.pod.clone(),
        sent: flight.sent,
        served: None,
        outcome: "",
    });
    let mut all: Vec<RequestView> = over.chain(open).collect();
    all.drain(..all.len().saturating_sub(MOST));
    all
}

fn counts(counts: &Counts) -> CountsView {
    CountsView {
        sent: counts.sent,
        open: counts.open(),
        served: counts.of(Outcome::Served),
        refused: counts.of(Outcome::Refused),
        cut: counts.of(Outcome::Cut),
        timed_out: counts.of(Outcome::TimedOut),
        error: counts.of(Outcome::Error),
        broken: counts.broken,
    }
}
