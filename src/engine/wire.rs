//! What is to come: timers and messages under way, in order of time.

use super::client::ClientTimer;
use super::controllers::ControllerTimer;
use super::kubelet::KubeletTimer;
use super::message::{Call, Component, Message, NodeId};
use super::network::AgentTimer;
use super::nodes::NodeTimer;
use super::runtime::RuntimeTimer;
use super::scheduler::SchedulerTimer;
use super::taints::TaintTimer;
use super::traffic::TrafficTimer;
use crate::base::{Map, SimTime};
use std::cmp::Reverse;

/// Something that will happen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SimEvent {
    /// A message arrives.
    Arrive(u64),
    /// A timer of a kubelet.
    Kubelet(KubeletTimer),
    /// A timer of the scheduler.
    Scheduler(SchedulerTimer),
    /// A timer of the taint eviction controller.
    Taints(TaintTimer),
    /// A timer of kubectl.
    Client(ClientTimer),
    /// A timer of the controllers.
    Controllers(ControllerTimer),
    /// A timer of the controllers of nodes.
    Nodes(NodeTimer),
    /// A timer of a container runtime.
    Runtime(RuntimeTimer),
    /// A machine has its power back.
    PowerOn,
    /// A kubelet starts.
    KubeletStart,
    /// Something under way in the network arrives.
    Network,
    /// A timer of what works on a node's network.
    Agents(AgentTimer),
    /// The time of a command that waits is up.
    Waited,
    /// A timer of the clients outside of the Pods.
    Traffic(TrafficTimer),
}

/// The key of a queued event: when, and in which order at that moment.
pub type EventKey = (SimTime, u64);

/// A queued event: on which node, and the record that caused it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Queued {
    /// What.
    pub event: SimEvent,
    /// On which node, if it is on one.
    pub node: NodeId,
    /// The record that caused it.
    pub cause: Option<u64>,
}

impl Queued {
    /// An event that is on no node, and that nothing in the trace has caused.
    pub fn of_none(event: SimEvent) -> Queued {
        Queued { event, node: NodeId::default(), cause: None }
    }
}

/// The queue and the messages under way. Ties in time go by order of creation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wire {
    // The next one last, where taking it costs nothing.
    queue: Map<Reverse<EventKey>, Queued>,
    in_flight: Map<u64, Message>,
    next: u64,
    records: u64,
}

impl Wire {
    /// When the next event happens.
    pub fn next_at(&self) -> Option<SimTime> {
        self.queue.last_key_value().map(|(key, _)| key.0.0)
    }

    /// Takes the next event, with its time.
    pub fn pop(&mut self) -> Option<(SimTime, Queued)> {
        let (Reverse((at, _)), queued) = self.queue.pop_last()?;
        Some((at, queued))
    }

    /// Queues an event.
    pub fn schedule(&mut self, at: SimTime, queued: Queued) -> EventKey {
        self.next += 1;
        let key = (at, self.next);
        self.queue.insert(Reverse(key), queued);
        key
    }

    /// Takes back a queued event; nothing happens if it is over.
    pub fn cancel(&mut self, key: EventKey) {
        self.queue.remove(&Reverse(key));
    }

    /// Sends a message.
    pub fn send(&mut self, message: Message, cause: Option<u64>) {
        self.next += 1;
        let id = self.next;
        let (arrives, node) = (message.arrives, message.to.node());
        self.in_flight.insert(id, message);
        let queued = Queued { event: SimEvent::Arrive(id), node, cause };
        self.queue.insert(Reverse((arrives, id)), queued);
    }

    /// Takes back all that would happen to a part of the cluster that is no more.
    pub fn forget(&mut self, gone: &dyn Fn(Component) -> bool) {
        let in_flight = &mut self.in_flight;
        self.queue.retain(|_, queued| {
            let node = queued.node;
            let whose = match &queued.event {
                SimEvent::Arrive(id) => in_flight.get(id).map(|message| message.to),
                SimEvent::Kubelet(_) => Some(Component::Kubelet(node)),
                SimEvent::Runtime(_) => Some(Component::Runtime(node)),
                SimEvent::Scheduler(_) => Some(Component::Scheduler),
                SimEvent::Agents(_) => Some(Component::Network(node)),
                SimEvent::KubeletStart => Some(Component::Kubelet(node)),
                _ => None,
            };
            let goes = whose.is_some_and(gone);
            if let (true, SimEvent::Arrive(id)) = (goes, &queued.event) {
                in_flight.remove(id);
            }
            !goes
        });
    }

    /// Takes back what the kubelet of a node has begun to start in its container runtime, with what
    /// waits for it: calls end with who made them.
    /// Source: cri-client remote_runtime.go; a gRPC call is cancelled with its connection
    pub fn forget_starts(&mut self, node: NodeId, waiting: &mut Vec<SimEvent>) {
        let in_flight = &mut self.in_flight;
        let mut stays = |event: &SimEvent| match event {
            SimEvent::Runtime(RuntimeTimer::Done(_, call)) => !call.starts(),
            SimEvent::Arrive(id) => {
                let message = in_flight.get(id).filter(|m| m.from == Component::Kubelet(node));
                let starts = |m: &Message| matches!(&m.call, Call::Runtime(_, c) if c.starts());
                let goes = message.is_some_and(starts);
                if goes {
                    in_flight.remove(id);
                }
                !goes
            }
            _ => true,
        };
        self.queue.retain(|_, queued| queued.node != node || stays(&queued.event));
        waiting.retain(stays);
    }

    /// To whom the message of this number goes.
    pub fn addressee(&self, id: u64) -> Option<Component> {
        self.in_flight.get(&id).map(|message| message.to)
    }

    /// Takes a message that arrives.
    pub fn receive(&mut self, id: u64) -> Option<Message> {
        self.in_flight.remove(&id)
    }

    /// Messages under way.
    pub fn in_flight(&self) -> impl Iterator<Item = (u64, &Message)> {
        self.in_flight.iter().map(|(id, message)| (*id, message))
    }

    /// A number for a new record.
    pub fn next_record(&mut self) -> u64 {
        self.records += 1;
        self.records - 1
    }

    /// Records so far.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// A number that was not given before, for ids of calls.
    pub fn fresh(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}
