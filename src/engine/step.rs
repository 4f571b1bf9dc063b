//! The one dispatch: takes what comes next and hands it to the component it is for.

use super::action::Action;
use super::cx::Cx;
use super::limits;
use super::message::{Component, Message};
use super::trace::Trace;
use super::wire::SimEvent;
use super::world::{Stopped, World};
use crate::shell::NetId;

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

impl World {
    /// Handles the next event, if there is one.
    pub fn step(&mut self, trace: &mut Trace) {
        let Some((at, event, cause)) = self.wire.pop() else { return };
        self.count(at);
        let before = self.runtime.version();
        match event {
            SimEvent::Arrive(id) => {
                if let Some(message) = self.wire.receive(id) {
                    self.deliver(message, cause, trace);
                }
            }
            SimEvent::Kubelet(timer) => {
                self.kubelet.fire(timer, cx!(self, Component::Kubelet, cause, trace));
            }
            SimEvent::Scheduler(timer) => {
                self.scheduler.fire(timer, cx!(self, Component::Scheduler, cause, trace));
            }
            SimEvent::Taints(timer) => {
                self.taints.fire(timer, cx!(self, Component::Taints, cause, trace));
            }
            SimEvent::Runtime(timer) => {
                self.runtime.fire(timer, cx!(self, Component::Runtime, cause, trace));
            }
            SimEvent::Network => {
                self.network_due = None;
                self.network.deliver(self.now);
            }
            SimEvent::Agents(timer) => {
                self.agents.fire(timer, cx!(self, Component::Network, cause, trace));
            }
            SimEvent::Traffic(timer) => {
                self.traffic.fire(timer, cx!(self, Component::Clients, cause, trace));
            }
        }
        self.after_runtime(before, trace);
        self.after_network(trace);
        #[cfg(debug_assertions)]
        super::invariants::check(self);
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
        let cx = cx!(self, to, cause, trace);
        match to {
            Component::Kubectl => self.client.handle(message, cx),
            Component::ApiServer => self.api.handle(message, cx),
            Component::Scheduler => self.scheduler.handle(message, cx),
            Component::Endpoints => self.endpoints.handle(message, cx),
            Component::Taints => self.taints.handle(message, cx),
            Component::Kubelet => self.kubelet.handle(message, cx),
            Component::Runtime => self.runtime.handle(message, cx),
            Component::Network => {
                self.traffic.watch(&message.call, cx);
                self.agents.handle(message, cx);
            }
            Component::Clients => {}
        }
    }

    /// A relist is worth simulating only after the runtime has changed.
    fn after_runtime(&mut self, before: u64, trace: &mut Trace) {
        if self.runtime.version() != before {
            self.kubelet.runtime_changed(cx!(self, Component::Kubelet, None, trace));
        }
    }

    /// Whom the network has woken runs, and what is under way has its event.
    fn after_network(&mut self, trace: &mut Trace) {
        for net in self.network.take_woken() {
            if net == NetId::HOST {
                self.agents.wake(cx!(self, Component::Network, None, trace));
            }
            if Some(net) == self.traffic.space() {
                self.traffic.wake(cx!(self, Component::Clients, None, trace));
            }
            self.runtime.wake_space(net, cx!(self, Component::Runtime, None, trace));
        }
        let next = self.network.next_at();
        if self.network_due.map(|(at, _)| at) != next {
            if let Some(old) = self.network_due.take() {
                self.wire.cancel(old);
            }
            self.network_due = next.map(|at| self.wire.schedule(at, SimEvent::Network, None));
        }
    }

    /// Hands a person's act to the component it is for.
    pub(super) fn dispatch_action(&mut self, action: &Action, trace: &mut Trace) {
        let before = self.runtime.version();
        match action {
            Action::Kubectl { args, requests } => {
                self.client.start(args, requests, cx!(self, Component::Kubectl, None, trace));
            }
            Action::Refused { args, error } => {
                self.client.refused(args, error, cx!(self, Component::Kubectl, None, trace));
            }
            Action::Image { image, gone } => self.runtime.set_image_gone(image, *gone),
            Action::Kill { pod, container, signal } => {
                let uid = self.api.pod(pod).map(|p| p.meta.uid.clone()).unwrap_or_default();
                let cx = cx!(self, Component::Runtime, None, trace);
                self.runtime.kill_from_outside(&uid, container, signal, cx);
            }
            Action::Oom { pod, container } => {
                let uid = self.api.pod(pod).map(|p| p.meta.uid.clone()).unwrap_or_default();
                let cx = cx!(self, Component::Runtime, None, trace);
                self.runtime.oom_from_outside(&uid, container, cx);
            }
        }
        self.after_runtime(before, trace);
        self.after_network(trace);
    }
}
