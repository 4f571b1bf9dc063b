//! What happens to machines: cut off, without power, without kubelet or container runtime; and to
//! the scheduler.

use super::cx::Cx;
use super::latency;
use super::machine::{Machine, NodeConfig};
use super::message::{Call, Component, NodeCall};
use super::scheduler::Scheduler;
use super::step::{cx, node_id};
use super::trace::{Subject, Trace};
use super::wire::{Queued, SimEvent};
use super::world::World;
use crate::api::node::healthy;
use crate::api::{NodeCondition, Timestamp};
use crate::base::SimTime;
use crate::rules::Rule;
use std::rc::Rc;

/// From power on to the start of the kubelet; the machine is taken to be ready for it at once.
const BOOT: SimTime = SimTime::secs(2);

/// What happens to a machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeFault {
    /// Its network to all others is cut, or whole again.
    Partition(bool),
    /// It loses its power, or gets it back.
    Power(bool),
    /// It is started anew, and is back after this long.
    Reboot(SimTime),
    /// Its kubelet runs, or not.
    Kubelet(bool),
    /// Its container runtime runs, or not.
    Runtime(bool),
    /// Something outside of Pods takes all of its memory (0) or disk (1) that is left, or gives
    /// it back.
    Pressure(usize, bool),
    /// It is a new machine of the cluster.
    Join(Rc<NodeConfig>),
}

impl World {
    /// Lets something happen to the machine of this node; nothing, if there is none.
    pub(super) fn fault(&mut self, node: &str, fault: &NodeFault, trace: &mut Trace) {
        let at = self.machines.iter().position(|m| m.name == node);
        match (fault, at) {
            (NodeFault::Join(config), None) => self.join(config, trace),
            (NodeFault::Partition(on), Some(at)) => self.partition(at, *on, trace),
            (NodeFault::Power(false), Some(at)) => self.power_off(at, trace),
            (NodeFault::Power(true), Some(at)) => self.power_on(at, trace),
            (NodeFault::Reboot(time), Some(at)) => {
                self.power_off(at, trace);
                let queued = Queued { node: node_id(at), ..Queued::of_none(SimEvent::PowerOn) };
                self.wire.schedule(self.now + *time, queued);
            }
            (NodeFault::Pressure(which, on), Some(at)) => {
                self.machines[at].runtime.hogged[*which] = *on;
                if self.machines[at].kubelet_up {
                    let cx = cx!(self, Component::Kubelet(node_id(at)), None, trace);
                    self.machines[at].kubelet.watch_node(cx);
                }
            }
            (NodeFault::Kubelet(on), Some(at)) => self.switch_kubelet(at, *on, trace),
            (NodeFault::Runtime(on), Some(at)) => self.switch_runtime(at, *on, trace),
            _ => {}
        }
    }

    /// Cites a rule about a machine.
    fn cite(&mut self, at: usize, rule: Rule, trace: &mut Trace) {
        let name = self.machines[at].name.clone();
        let facts = vec![("node", name.as_str().into())];
        cx!(self, Component::Kubelet(node_id(at)), None, trace).cite(
            Subject::node(&name),
            rule,
            facts,
        );
    }

    fn partition(&mut self, at: usize, on: bool, trace: &mut Trace) {
        if self.machines[at].cut == on {
            return;
        }
        self.machines[at].cut = on;
        self.cite(at, if on { Rule::NodeCutOff } else { Rule::NodeReconnected }, trace);
        let host = self.machines[at].host;
        self.network.cut(self.now, host, on);
        self.update_link(at, trace);
    }

    /// The kubelet's watch and lease follow from what state the machine is in.
    fn update_link(&mut self, at: usize, trace: &mut Trace) {
        let (id, name) = (node_id(at), self.machines[at].name.clone());
        let online = self.machines[at].is_online();
        let before = std::mem::replace(&mut self.machines[at].online, online);
        if before && !online {
            match self.machines[at].powered && !self.machines[at].cut {
                true => self.api.drop_kubelet(id),
                false => self.api.disconnect(id),
            }
            self.machines[at].kubelet.cut_off();
            let last = self.machines[at].kubelet.last_renewal(self.now);
            let cx = cx!(self, Component::Nodes, None, trace);
            self.nodes.silent(&name, last, cx);
        } else if online && !before {
            self.nodes.heard(&name);
            let cx = cx!(self, Component::ApiServer, None, trace);
            self.api.connect(id, &name, cx);
            let cx = cx!(self, Component::Kubelet(id), None, trace);
            self.machines[at].kubelet.back(cx);
        }
    }

    fn power_off(&mut self, at: usize, trace: &mut Trace) {
        if !std::mem::replace(&mut self.machines[at].powered, false) {
            return;
        }
        self.cite(at, Rule::NodePowerLost, trace);
        self.update_link(at, trace);
        let id = node_id(at);
        let on_it = |c: Component| {
            [Component::Kubelet(id), Component::Runtime(id), Component::Network(id)].contains(&c)
        };
        self.wire.forget(&on_it);
        let host = self.machines[at].host;
        self.network.cut(self.now, host, true);
        let cx = cx!(self, Component::Runtime(id), None, trace);
        self.machines[at].lose_power(cx);
    }

    /// The machine has its power back, and boots.
    pub(super) fn power_on(&mut self, at: usize, trace: &mut Trace) {
        if std::mem::replace(&mut self.machines[at].powered, true) {
            return;
        }
        self.cite(at, Rule::NodeBooted, trace);
        let (host, cut) = (self.machines[at].host, self.machines[at].cut);
        self.network.cut(self.now, host, cut);
        let (id, now) = (node_id(at), self.now);
        self.machines[at].runtime_up = true;
        self.machines[at].booted = true;
        self.machines[at].runtime.boot(now, &mut self.network);
        let queued = Queued { node: id, ..Queued::of_none(SimEvent::KubeletStart) };
        self.wire.schedule(now + BOOT, queued);
    }

    fn switch_kubelet(&mut self, at: usize, on: bool, trace: &mut Trace) {
        if !self.machines[at].powered || self.machines[at].kubelet_up == on {
            return;
        }
        if on {
            return self.start_kubelet(at, trace);
        }
        self.machines[at].kubelet_up = false;
        self.cite(at, Rule::KubeletStopped, trace);
        self.update_link(at, trace);
        let id = node_id(at);
        self.wire.forget(&|c| c == Component::Kubelet(id));
        self.wire.forget_starts(id, &mut self.machines[at].waiting);
        let cx = cx!(self, Component::Network(id), None, trace);
        self.machines[at].agents.hang_up(cx);
    }

    /// A kubelet starts: of what the one before knew, it has nothing.
    pub(super) fn start_kubelet(&mut self, at: usize, trace: &mut Trace) {
        if !self.machines[at].powered || self.machines[at].kubelet_up {
            return;
        }
        let (id, seed) = (node_id(at), self.config.seed);
        self.machines[at].kubelet_up = true;
        self.machines[at].kubelet = self.machines[at].kubelet.started_anew(seed);
        self.cite(at, Rule::KubeletStarted, trace);
        let cx = cx!(self, Component::Kubelet(id), None, trace);
        self.machines[at].start_kubelet(cx);
        self.update_link(at, trace);
    }

    /// A scheduler that starts lists all that there is before it schedules anything; of what the
    /// one before knew, it has nothing.
    /// Source: kube-scheduler app/server.go Run; scheduler/eventhandlers.go WaitForHandlersSync
    pub(super) fn switch_scheduler(&mut self, on: bool, trace: &mut Trace) {
        if std::mem::replace(&mut self.scheduler_up, on) == on {
            return;
        }
        self.wire.forget(&|c| c == Component::Scheduler);
        self.scheduler = Scheduler::default();
        let cx = cx!(self, Component::Scheduler, None, trace);
        let rule = if on { Rule::SchedulerStarted } else { Rule::SchedulerStopped };
        cx.cite(Subject::default(), rule, Vec::new());
        if on {
            let cx = cx!(self, Component::ApiServer, cx.cause, trace);
            self.api.tell_scheduler(cx);
        }
    }

    fn switch_runtime(&mut self, at: usize, on: bool, trace: &mut Trace) {
        if !self.machines[at].powered || self.machines[at].runtime_up == on {
            return;
        }
        self.machines[at].runtime_up = on;
        self.cite(at, if on { Rule::RuntimeStarted } else { Rule::RuntimeStopped }, trace);
        let id = node_id(at);
        let cx = cx!(self, Component::Kubelet(id), None, trace);
        if self.machines[at].kubelet_up {
            self.machines[at].kubelet.runtime_answers(on, cx);
        }
        for event in std::mem::take(&mut self.machines[at].waiting) {
            self.wire.schedule(self.now, Queued { node: id, ..Queued::of_none(event) });
        }
    }

    fn join(&mut self, config: &Rc<NodeConfig>, trace: &mut Trace) {
        let at = self.machines.len();
        let id = node_id(at);
        let mut object = config.object(id);
        let not_yet = NodeCondition {
            kind: "Ready",
            status: "False",
            reason: "KubeletNotReady",
            message: "container runtime status check may not have completed yet".into(),
        };
        let but_ready = healthy().into_iter().filter(|c| c.kind != "Ready");
        let conditions = but_ready.chain([not_yet]).map(|c| c.to_json(Timestamp::at(self.now)));
        object.body["status"]["conditions"] = conditions.collect();
        let (images, seed) = (self.config.images.clone(), self.config.seed);
        let mut machine = Machine::new(id, &object, &images, seed, &mut self.network);
        (machine.kubelet_up, machine.online) = (false, false);
        machine.kubelet.cut_off();
        self.machines.push(machine);
        self.start_kubelet(at, trace);
    }
}

impl Machine {
    /// Whether its kubelet talks to the API server.
    fn is_online(&self) -> bool {
        self.powered && self.kubelet_up && !self.cut
    }

    /// All that runs on it is gone; what is on its disk stays.
    fn lose_power(&mut self, cx: &mut Cx) {
        (self.kubelet_up, self.runtime_up) = (false, false);
        self.waiting.clear();
        self.agents.lose_power(cx);
        self.runtime.lose_power(cx);
    }

    fn start_kubelet(&mut self, cx: &mut Cx) {
        let object = Rc::new(self.object.clone());
        cx.send(Component::ApiServer, latency::API_HOP, Call::Node(NodeCall::Register(object)));
        if !self.runtime_up {
            self.kubelet.runtime_answers(false, cx);
        }
        if self.booted {
            self.booted = false;
            self.kubelet.tell_reboot(cx);
        }
        self.kubelet.begin_anew(cx);
    }
}
