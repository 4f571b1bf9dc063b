//! The one dispatch: takes what comes next and hands it to the component it is for.

use super::action::Action;
use super::cx::Cx;
use super::limits;
use super::machine::Machine;
use super::message::{Component, Message, NodeId};
use super::runtime::RuntimeTimer;
use super::trace::Trace;
use super::wire::{Queued, SimEvent};
use super::world::{Stopped, World};
use crate::api::Pod;
use std::rc::Rc;

/// A context for component `$who`; the parts of the world stay apart.
macro_rules! cx {
    ($world:expr, $who:expr, $cause:expr, $trace:expr) => {
        &mut Cx {
            now: $world.now,
            me: $who,
            seed: $world.config.seed,
            cause: $cause,
            wire: &mut $world.wire,
            trace: $trace,
            network: &mut $world.network,
        }
    };
}

pub(super) use cx;

impl World {
    /// Handles the next event, if there is one.
    pub fn step(&mut self, trace: &mut Trace) {
        let Some((at, Queued { event, node, cause })) = self.wire.pop() else { return };
        self.count(at);
        match event {
            // Who is down does not hear; what is for the container runtime waits for it.
            SimEvent::Arrive(id) if self.is_deaf(id, node) => {}
            SimEvent::Arrive(id) => {
                if let Some(message) = self.wire.receive(id) {
                    self.deliver(message, cause, trace);
                }
            }
            SimEvent::Kubelet(timer) => {
                let cx = cx!(self, Component::Kubelet(node), cause, trace);
                self.machines[usize::from(node.0)].kubelet.fire(timer, cx);
            }
            SimEvent::PowerOn => self.power_on(usize::from(node.0), trace),
            SimEvent::KubeletStart => self.start_kubelet(usize::from(node.0), trace),
            SimEvent::Nodes(timer) => {
                self.nodes.fire(timer, cx!(self, Component::Nodes, cause, trace));
            }
            SimEvent::Scheduler(timer) => {
                self.scheduler.fire(timer, cx!(self, Component::Scheduler, cause, trace));
            }
            SimEvent::Taints(timer) => {
                self.taints.fire(timer, cx!(self, Component::Taints, cause, trace));
            }
            SimEvent::Client(timer) => {
                self.client.fire(timer, cx!(self, Component::Kubectl, cause, trace));
            }
            SimEvent::Controllers(timer) => {
                self.controllers.fire(timer, cx!(self, Component::Controllers, cause, trace));
            }
            SimEvent::Runtime(timer) if self.waits_for_runtime(&timer, node) => {
                self.machines[usize::from(node.0)].waiting.push(SimEvent::Runtime(timer));
            }
            SimEvent::Runtime(timer) => {
                self.fetch_volumes(node);
                let cx = cx!(self, Component::Runtime(node), cause, trace);
                self.machines[usize::from(node.0)].runtime.fire(timer, cx);
            }
            SimEvent::Network => {
                self.network_due = None;
                self.network.deliver(self.now);
            }
            SimEvent::Waited => {}
            SimEvent::Agents(timer) => {
                let cx = cx!(self, Component::Network(node), cause, trace);
                self.machines[usize::from(node.0)].agents.fire(timer, cx);
            }
            SimEvent::Traffic(timer) => {
                self.traffic.fire(timer, cx!(self, Component::Clients, cause, trace));
            }
        }
        self.show_client(trace);
        self.after_runtimes(trace);
        self.after_network(trace);
        self.end_waits(trace);
        #[cfg(debug_assertions)]
        super::invariants::check(self);
    }

    /// kubectl looks at what it asked to see.
    fn show_client(&mut self, trace: &mut Trace) {
        while let Some((command, pod)) = self.client.curious() {
            let sight = self.sight(&pod);
            self.client.seen(command, &sight, cx!(self, Component::Kubectl, None, trace));
        }
    }

    /// Whether nobody hears this message now.
    fn is_deaf(&mut self, id: u64, node: NodeId) -> bool {
        let Some(to) = self.wire.addressee(id) else { return true };
        if to == Component::Scheduler && !self.scheduler_up {
            self.wire.receive(id);
            return true;
        }
        let machine = &mut self.machines[usize::from(node.0)];
        match to {
            Component::Kubelet(_) if !machine.kubelet_up => drop(self.wire.receive(id)),
            Component::Network(_) if !machine.powered => drop(self.wire.receive(id)),
            Component::Runtime(_) if !machine.powered => drop(self.wire.receive(id)),
            Component::Runtime(_) if !machine.runtime_up => {
                machine.waiting.push(SimEvent::Arrive(id));
            }
            _ => return false,
        }
        true
    }

    /// Containers run without their runtime; all else waits for it.
    fn waits_for_runtime(&self, timer: &RuntimeTimer, node: NodeId) -> bool {
        let up = self.machines[usize::from(node.0)].runtime_up;
        !up && !matches!(timer, RuntimeTimer::Wake(_))
    }

    fn count(&mut self, at: crate::base::SimTime) {
        self.events += 1;
        self.events_now = if at > self.now { 0 } else { self.events_now + 1 };
        self.now = self.now.max(at);
        if self.events > limits::EVENTS_PER_RUN {
            self.stopped = Some(Stopped::Events);
        }
        if self.events_now > limits::EVENTS_AT_ONE_INSTANT {
            self.stopped = Some(Stopped::Livelock);
        }
    }

    fn deliver(&mut self, message: Message, cause: Option<u64>, trace: &mut Trace) {
        let to = message.to;
        if let Component::Runtime(node) = to {
            self.fetch_volumes(node);
        }
        let cx = cx!(self, to, cause, trace);
        match to {
            Component::Kubectl => self.client.handle(message, cx),
            Component::ApiServer => self.api.handle(message, cx),
            Component::Scheduler => self.scheduler.handle(message, cx),
            Component::Endpoints => self.endpoints.handle(message, cx),
            Component::Nodes => self.nodes.handle(message, cx),
            Component::Taints => self.taints.handle(message, cx),
            Component::Controllers => self.controllers.handle(message, cx),
            Component::Kubelet(node) => {
                self.machines[usize::from(node.0)].kubelet.handle(message, cx);
            }
            Component::Runtime(node) => {
                self.machines[usize::from(node.0)].runtime.handle(message, cx);
            }
            Component::Network(node) => {
                // The clients hear of Services as one of the nodes does.
                if self.api.watching.first().is_some_and(|first| first.id == node) {
                    self.traffic.watch(&message.call, cx);
                }
                self.machines[usize::from(node.0)].agents.handle(message, cx);
            }
            Component::Clients => {}
        }
    }

    /// Volumes of the network are where a machine is about to work.
    fn fetch_volumes(&mut self, node: NodeId) {
        let (before, rest) = self.machines.split_at_mut(usize::from(node.0));
        let Some((here, after)) = rest.split_first_mut() else { return };
        for other in before.iter_mut().chain(after) {
            here.runtime.fetch_volumes(&mut other.runtime);
        }
    }

    /// A relist is worth simulating only after the runtime has changed.
    fn after_runtimes(&mut self, trace: &mut Trace) {
        for at in 0..self.machines.len() {
            let machine = &mut self.machines[at];
            let version = machine.runtime.version();
            if machine.runtime.take_strained() {
                self.look_at_memory(at, trace);
            }
            let machine = &mut self.machines[at];
            if std::mem::replace(&mut machine.told, version) != version && machine.kubelet_up {
                let cx = cx!(self, Component::Kubelet(node_id(at)), None, trace);
                self.machines[at].kubelet.runtime_changed(cx);
            }
        }
    }

    /// Containers of a machine hold memory that may grow: is there enough for all?
    fn look_at_memory(&mut self, at: usize, trace: &mut Trace) {
        let cx = cx!(self, Component::Runtime(node_id(at)), None, trace);
        let machine = &mut self.machines[at];
        machine.runtime.relieve(cx);
        let ooms = std::mem::take(&mut machine.runtime.system_ooms);
        if !machine.kubelet_up {
            return;
        }
        let cx = cx!(self, Component::Kubelet(node_id(at)), None, trace);
        let machine = &mut self.machines[at];
        for (command, pid) in ooms {
            machine.kubelet.system_oom(&command, pid, cx);
        }
        machine.kubelet.watch_node(cx);
    }

    /// The machine that the Pod of this name is on, with its number.
    fn machine_with(&mut self, pod: &str) -> Option<(NodeId, Rc<Pod>)> {
        let pod = self.api.pod(pod)?.clone();
        let at = self.machines.iter().position(|m| m.name == pod.spec.node_name)?;
        Some((node_id(at), pod))
    }

    /// Whom the network has woken runs, and what is under way has its event.
    fn after_network(&mut self, trace: &mut Trace) {
        for net in self.network.take_woken() {
            if Some(net) == self.traffic.space() {
                self.traffic.wake(cx!(self, Component::Clients, None, trace));
            }
            let host = self.network.host_of(net);
            let Some(at) = self.machines.iter().position(|m| m.host == host) else { continue };
            if net == host {
                let cx = cx!(self, Component::Network(node_id(at)), None, trace);
                self.machines[at].agents.wake(cx);
            }
            self.fetch_volumes(node_id(at));
            let cx = cx!(self, Component::Runtime(node_id(at)), None, trace);
            self.machines[at].runtime.wake_space(net, cx);
        }
        let next = self.network.next_at();
        if self.network_due.map(|(at, _)| at) != next {
            if let Some(old) = self.network_due.take() {
                self.wire.cancel(old);
            }
            self.network_due =
                next.map(|at| self.wire.schedule(at, Queued::of_none(SimEvent::Network)));
        }
    }

    /// Hands a person's act to the component it is for.
    pub(super) fn dispatch_action(&mut self, action: &Action, trace: &mut Trace) {
        match action {
            Action::Kubectl { args, namespace, requests } => {
                self.client.start(
                    args,
                    namespace,
                    requests,
                    cx!(self, Component::Kubectl, None, trace),
                );
            }
            Action::Refused { args, error } => {
                self.client.refused(args, error, cx!(self, Component::Kubectl, None, trace));
            }
            Action::Read { args, reading } => self.read_into(args, reading, trace),
            Action::Node { node, fault } => self.fault(node, fault, trace),
            Action::Scheduler(on) => self.switch_scheduler(*on, trace),
            Action::Image { image, gone } => {
                let all = self.machines.iter_mut();
                all.for_each(|machine| machine.runtime.set_image_gone(image, *gone));
            }
            Action::Kill { pod, container, signal } => {
                let Some((node, pod)) = self.machine_with(pod) else { return };
                let cx = cx!(self, Component::Runtime(node), None, trace);
                let machine: &mut Machine = &mut self.machines[usize::from(node.0)];
                machine.runtime.kill_from_outside(&pod.meta.uid, container, signal, cx);
            }
            Action::Oom { pod, container } => {
                let Some((node, pod)) = self.machine_with(pod) else { return };
                let cx = cx!(self, Component::Runtime(node), None, trace);
                let machine: &mut Machine = &mut self.machines[usize::from(node.0)];
                machine.runtime.oom_from_outside(&pod.meta.uid, container, cx);
            }
        }
        self.after_runtimes(trace);
        self.after_network(trace);
    }
}

/// The number of the machine at this place.
pub(super) fn node_id(at: usize) -> NodeId {
    NodeId(u16::try_from(at).unwrap_or(u16::MAX))
}
