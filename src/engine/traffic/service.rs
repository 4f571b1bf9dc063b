//! Sends the requests and notices how they end.

use super::count::{Counts, Outcome, Recent};
use super::flight::{Flight, request};
use super::plan::{ANNOTATION, Plan, Target};
use super::why::{End, There, field, why};
use crate::api::Service;
use crate::base::{Map, SimTime};
use crate::engine::cx::Cx;
use crate::engine::message::Call;
use crate::engine::trace::{Answered, RowKind, Subject, WatchType};
use crate::engine::wire::{EventKey, Queued, SimEvent, Wire};
use crate::rules::{Fact, Facts, Rule};
use crate::shell::NetId;
use crate::shell::net::{Addr, Fate, Ip, SocketId};
use std::collections::VecDeque;
use std::rc::Rc;

/// Requests under way at most; above, clients wait with the next.
const OPEN_MOST: usize = 400;
/// Ended requests that the stage can see.
const RECENT: usize = 24;
/// Rows of the trace for single requests of one generator; later ones are summed up.
const ROWS_SINGLE: u64 = 5_000;
/// Time that one row sums up.
const ROWS_EVERY: SimTime = SimTime::secs(1);
/// The clients' address: outside of the cluster.
const CLIENTS: Ip = Ip(0xc633_6401);

/// A timer of the clients.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrafficTimer {
    /// A generator's next request.
    Tick(usize),
    /// The time of a request is over.
    Deadline(u64),
}

/// A plan and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Generator {
    /// What was declared.
    pub plan: Rc<Plan>,
    /// The totals.
    pub counts: Counts,
    /// By Pod; an empty name: no Pod was reached.
    pub pods: Map<String, Counts>,
    /// What ended last, the newest last.
    pub recent: VecDeque<Recent>,
    /// Whether its target was there once.
    begun: bool,
    of_annotation: bool,
    due: Option<EventKey>,
    /// The connection that is kept, where it leads, and the Pod there.
    kept: Option<(SocketId, Option<Addr>, String)>,
    /// The rule that was cited last, by Pod.
    told: Map<String, Rule>,
    /// The kept connection of which it was told that it stays.
    told_stays: Option<SocketId>,
    /// Requests that no row has told of yet, by outcome, and since when.
    unwritten: ([u32; 5], SimTime),
}

/// All clients.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Traffic {
    generators: Vec<Generator>,
    flights: Map<u64, Flight>,
    next: u64,
    space: Option<NetId>,
    /// Whose an address was when a request was led there last.
    known: Map<Ip, String>,
    services: Map<String, Rc<Service>>,
}

impl Generator {
    fn new(plan: Rc<Plan>, of_annotation: bool) -> Generator {
        Generator {
            plan,
            counts: Counts::default(),
            pods: Map::default(),
            recent: VecDeque::new(),
            begun: false,
            of_annotation,
            due: None,
            kept: None,
            told: Map::default(),
            told_stays: None,
            unwritten: ([0; 5], SimTime::ZERO),
        }
    }
}

impl Traffic {
    /// The clients that a scenario declares.
    pub fn new(plans: &[Rc<Plan>], wire: &mut Wire) -> Traffic {
        let mut traffic = Traffic::default();
        for (index, plan) in plans.iter().enumerate() {
            let mut generator = Generator::new(plan.clone(), false);
            let tick = SimEvent::Traffic(TrafficTimer::Tick(index));
            generator.due = Some(wire.schedule(plan.from, Queued::of_none(tick)));
            traffic.generators.push(generator);
        }
        traffic
    }

    /// What each generator has counted.
    pub fn generators(&self) -> &[Generator] {
        &self.generators
    }

    /// Requests under way.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        self.flights.values()
    }

    /// The clients' namespace, once they have sent something.
    pub fn space(&self) -> Option<NetId> {
        self.space
    }

    /// Takes in what changed of a Service, its annotation among it.
    pub fn watch(&mut self, call: &Call, cx: &mut Cx) {
        let Call::ServiceChanged(kind, service) = call else { return };
        let name = service.meta.name.as_str();
        let declared = match kind {
            WatchType::Deleted => {
                self.services.remove(name);
                None
            }
            _ => {
                self.services.insert(name.to_string(), service.clone());
                // The editor tells of mistakes.
                let text = service.meta.annotations.get(ANNOTATION);
                text.and_then(|text| Plan::of_annotation(name, text).ok())
            }
        };
        self.declare(name, declared, cx);
    }

    fn declare(&mut self, service: &str, declared: Option<Plan>, cx: &mut Cx) {
        let to = Target::Service(service.to_string());
        let ours = |g: &Generator| g.of_annotation && g.plan.to == to;
        let index = self.generators.iter().position(ours);
        let same = index.is_some_and(|i| declared.as_ref() == Some(&*self.generators[i].plan));
        if same && index.is_some_and(|i| self.generators[i].due.is_some()) {
            return;
        }
        if let Some(due) = index.and_then(|i| self.generators[i].due.take()) {
            cx.wire.cancel(due);
        }
        let Some(plan) = declared.map(Rc::new) else { return };
        let index = index.unwrap_or(self.generators.len());
        if index == self.generators.len() {
            self.generators.push(Generator::new(plan.clone(), true));
        }
        let tick = SimEvent::Traffic(TrafficTimer::Tick(index));
        self.generators[index].due = Some(cx.after(plan.from, tick));
        self.generators[index].plan = plan;
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: TrafficTimer, cx: &mut Cx) {
        match timer {
            TrafficTimer::Tick(index) => self.tick(index, cx),
            TrafficTimer::Deadline(id) => self.finish(id, End::Late, false, cx),
        }
    }

    /// Something has happened on the clients' sockets.
    pub fn wake(&mut self, cx: &mut Cx) {
        let all: Vec<u64> = self.flights.keys().copied().collect();
        all.into_iter().for_each(|id| self.look(id, cx));
        for generator in &mut self.generators {
            generator.look_at_kept(cx);
        }
    }

    fn look(&mut self, id: u64, cx: &mut Cx) {
        let over = self.flights.get_mut(&id).and_then(|flight| flight.look(cx));
        if let Some((end, keep)) = over {
            self.finish(id, end, keep, cx);
        }
    }

    fn tick(&mut self, index: usize, cx: &mut Cx) {
        let Some(generator) = self.generators.get_mut(index) else { return };
        let plan = generator.plan.clone();
        let next = cx.now + plan.every;
        let tick = SimEvent::Traffic(TrafficTimer::Tick(index));
        let goes_on = plan.until.is_none_or(|until| next <= until);
        generator.due = goes_on.then(|| cx.alone(next, tick));
        let target = self.target(&plan, cx);
        let generator = &mut self.generators[index];
        generator.begun |= target.is_some();
        if !generator.begun || self.flights.len() >= OPEN_MOST {
            return;
        }
        generator.counts.sent += 1;
        match target {
            Some(target) => self.send(index, target, cx),
            None => {
                generator.pods.entry(String::new()).or_default().sent += 1;
                let end = generator.ended(End::NoTarget, (There::Nobody, None), "", cx.now);
                generator.write(end, cx);
            }
        }
    }

    /// The address to ask, as names and Services have it now.
    fn target(&self, plan: &Plan, cx: &Cx) -> Option<Addr> {
        let name = match &plan.to {
            Target::Pod(name) => {
                return Some(Addr::new(cx.network.address_of(name)?, plan.port.unwrap_or(80)));
            }
            Target::Service(name) => name,
        };
        let service = self.services.get(name)?;
        let first = service.spec["ports"][0]["port"].as_u64();
        let port = plan.port.or(first.and_then(|port| port.try_into().ok())).unwrap_or(80);
        let names = &cx.network.names;
        let full = format!("{name}.{}.svc.{}", service.meta.namespace, names.domain);
        // A headless Service has the addresses of its Pods, asked in turn.
        let ips = names.addresses.get(&full).filter(|ips| !ips.is_empty())?;
        let nth = self.next as usize % ips.len();
        Some(Addr::new(ips[nth], port))
    }

    fn send(&mut self, index: usize, to: Addr, cx: &mut Cx) {
        let space = *self.space.get_or_insert_with(|| cx.network.add_outside(CLIENTS));
        let generator = &mut self.generators[index];
        let plan = generator.plan.clone();
        let kept = generator.kept.take();
        let is_kept = kept.is_some();
        let found = match kept {
            Some(kept) => Some(kept),
            None => {
                let socket = cx.network.connect(cx.now, space, to).ok();
                socket
                    .map(|socket| (socket, cx.network.target(socket)))
                    .map(|(socket, target)| (socket, target, owner(&mut self.known, target, cx)))
            }
        };
        let Some((socket, target, pod)) = found else {
            // The clients have no sockets left; the request is not made.
            generator.counts.sent -= 1;
            return;
        };
        generator.pods.entry(pod.clone()).or_default().sent += 1;
        if is_kept {
            generator.cite_kept(to, (socket, target), &pod, cx);
        }
        self.next += 1;
        let id = self.next;
        let deadline = SimEvent::Traffic(TrafficTimer::Deadline(id));
        let host = plan.to.to_string();
        let host = host.rsplit('/').next().unwrap_or_default();
        let flight = Flight {
            generator: index,
            nth: generator.counts.sent,
            sent: cx.now,
            socket,
            kept: is_kept,
            target,
            pod,
            deadline: cx.alone(cx.now + plan.timeout, deadline),
            unsent: request(host, &plan.path, plan.keep_alive),
            inbox: Vec::new(),
        };
        self.flights.insert(id, flight);
        self.look(id, cx);
    }

    /// Whether an address is a Service's, which no rule has turned into a Pod's.
    fn is_cluster_ip(&self, target: Option<Addr>) -> bool {
        let ip = target.map(|target| target.ip.to_string());
        self.services.values().any(|service| service.spec["clusterIP"].as_str() == ip.as_deref())
    }

    fn finish(&mut self, id: u64, end: End, keep: bool, cx: &mut Cx) {
        let Some(flight) = self.flights.remove(&id) else { return };
        cx.wire.cancel(flight.deadline);
        let owner = flight.target.map(|target| cx.network.owner(target.ip));
        let there = match owner {
            None => (There::Nobody, None),
            Some(None) if self.is_cluster_ip(flight.target) => (There::Nobody, None),
            Some(None) => (There::Gone, None),
            Some(Some((_, Fate { what, record }))) => (There::Pod(what), record),
        };
        let generator = &mut self.generators[flight.generator];
        let pod = match owner.flatten() {
            Some((owner, _)) if flight.pod.is_empty() => owner.to_string(),
            _ => flight.pod.clone(),
        };
        if keep && generator.plan.keep_alive && generator.kept.is_none() {
            generator.kept = Some((flight.socket, flight.target, pod));
        } else {
            generator.counts.broken +=
                u64::from(flight.kept && matches!(end, End::Cut | End::Answer(_)));
            cx.network.close(cx.now, flight.socket);
        }
        generator.counts_of(&flight, end, there, cx);
    }
}

/// Whose an address is, or was.
fn owner(known: &mut Map<Ip, String>, target: Option<Addr>, cx: &Cx) -> String {
    let Some(Addr { ip, .. }) = target else { return String::new() };
    if let Some((owner, _)) = cx.network.owner(ip) {
        known.insert(ip, owner.to_string());
    }
    known.get(&ip).cloned().unwrap_or_default()
}

impl Generator {
    fn counts_of(&mut self, flight: &Flight, end: End, there: (There, Option<u64>), cx: &mut Cx) {
        let address = flight.target.map_or(String::new(), |target| target.to_string());
        let mut answered = self.ended(end, there, &flight.pod, flight.sent);
        answered.address = address;
        self.recent.push_back(Recent {
            nth: flight.nth,
            sent: flight.sent,
            ended: cx.now,
            pod: flight.pod.clone(),
            outcome: answered.outcome,
            rule: answered.rule,
        });
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
        self.write(answered, cx);
    }

    /// Counts the end of a request.
    fn ended(
        &mut self,
        end: End,
        (there, cause): (There, Option<u64>),
        pod: &str,
        sent: SimTime,
    ) -> Answered {
        let (outcome, rule) = why(end, there);
        self.counts.ended[outcome as usize] += 1;
        self.pods.entry(pod.to_string()).or_default().ended[outcome as usize] += 1;
        Answered {
            to: self.plan.to.to_string(),
            path: self.plan.path.clone(),
            pod: pod.to_string(),
            address: String::new(),
            sent,
            outcome,
            status: if let End::Answer(status) = end { status } else { 0 },
            rule,
            cause,
            count: 1,
        }
    }

    /// Cites the rule if it is another one than the last for this Pod, and writes a row; when
    /// there have been many, one row for all of a second.
    fn write(&mut self, mut answered: Answered, cx: &mut Cx) {
        cx.cause = answered.cause;
        if self.told.insert(answered.pod.clone(), answered.rule) != Some(answered.rule) {
            self.cite(&answered, cx);
        }
        answered.cause = cx.cause;
        if self.counts.sent <= ROWS_SINGLE {
            cx.trace.push(cx.now, || RowKind::Request(answered));
            return;
        }
        let (counts, since) = &mut self.unwritten;
        counts[answered.outcome as usize] += 1;
        if cx.now.since(*since) >= ROWS_EVERY {
            *since = cx.now;
            for (outcome, count) in Outcome::ALL.into_iter().zip(std::mem::take(counts)) {
                let row = Answered { outcome, count, pod: String::new(), ..answered.clone() };
                if count > 0 {
                    cx.trace.push(cx.now, || RowKind::Request(row));
                }
            }
        }
    }

    fn cite(&self, answered: &Answered, cx: &mut Cx) {
        let took: Fact = cx.now.since(answered.sent).into();
        let status = match answered.status {
            0 => "–".to_string(),
            status => status.to_string(),
        };
        let all: [(&'static str, Fact); 5] = [
            ("target", answered.to.as_str().into()),
            ("pod", answered.pod.as_str().into()),
            ("address", answered.address.as_str().into()),
            ("took", took),
            ("status", status.into()),
        ];
        cite(answered.rule, &answered.pod, all.into(), cx);
    }

    /// A kept connection leads where it led at its beginning, whatever the rules say now.
    fn cite_kept(
        &mut self,
        to: Addr,
        (socket, target): (SocketId, Option<Addr>),
        pod: &str,
        cx: &mut Cx,
    ) {
        let Some(target) = target.filter(|target| target.ip != to.ip) else { return };
        let mut rules = cx.network.virtuals.iter().filter(|rule| rule.at == to);
        let led = rules.any(|rule| rule.to.contains(&target));
        if led || self.told_stays.replace(socket) == Some(socket) {
            return;
        }
        let facts = vec![
            ("target", self.plan.to.to_string().into()),
            ("pod", pod.into()),
            ("address", target.to_string().into()),
        ];
        cx.cause = None;
        cite(Rule::TrafficStays, pod, facts, cx);
    }

    /// The other side may end a connection on which nothing is under way.
    fn look_at_kept(&mut self, cx: &mut Cx) {
        let ended = |(socket, ..): &(SocketId, Option<Addr>, String)| cx.network.can_read(*socket);
        if self.kept.as_ref().is_some_and(ended)
            && let Some((socket, _, pod)) = self.kept.take()
        {
            self.counts.broken += 1;
            self.pods.entry(pod).or_default().broken += 1;
            cx.network.close(cx.now, socket);
        }
    }
}

/// Cites a rule of the clients with those of the facts that it has.
fn cite(rule: Rule, pod: &str, mut facts: Facts, cx: &mut Cx) {
    facts.retain(|(name, _)| rule.info().facts.contains(name));
    let fields = field(rule).map(str::to_string).into_iter().collect();
    cx.cite_fields(Subject::pod(pod), rule, facts, fields);
}
