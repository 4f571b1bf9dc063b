//! The world: a plain value that can be cloned, compared and run.

use super::action::Action;
use super::apiserver::ApiServer;
use super::client::Client;
use super::controllers::Controllers;
use super::endpoints::Endpoints;
use super::limits;
use super::machine::{Machine, NodeConfig};
use super::message::NodeId;
use super::nodes::Nodes;
use super::reading::Pending;
use super::runtime::images::Said;
use super::scheduler::Scheduler;
use super::taints::TaintEviction;
use super::trace::Trace;
use super::traffic::{Plan, Traffic};
use super::wire::{EventKey, Wire};
use crate::api::Pod;
use crate::api::node::Node;
use crate::base::SimTime;
use crate::shell::Network;
use std::rc::Rc;

/// What a run starts from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// Fixes every draw.
    pub seed: u64,
    /// The nodes.
    pub nodes: Rc<Vec<NodeConfig>>,
    /// Whether the cluster has more nodes, which are healthy and take no Pods.
    pub others: bool,
    /// How many terminated Pods the garbage collector keeps.
    pub finished_most: usize,
    /// What is said of images.
    pub images: Rc<Vec<Said>>,
    /// Requests that clients outside of the Pods send.
    pub traffic: Rc<Vec<Rc<Plan>>>,
}

impl Default for Config {
    fn default() -> Self {
        let nodes = Rc::new(vec![NodeConfig::new("node-1")]);
        Config {
            seed: 1,
            nodes,
            others: true,
            // Source: kube-controller-manager --terminated-pod-gc-threshold
            finished_most: 12_500,
            images: Rc::default(),
            traffic: Rc::default(),
        }
    }
}

/// Why a run cannot go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stopped {
    /// Too many events in the whole run.
    Events,
    /// Too many events at one instant.
    Livelock,
    /// The longest time a run may last.
    Time,
}

/// The simulated cluster at one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct World {
    /// Now.
    pub now: SimTime,
    /// What the run started from.
    pub config: Config,
    /// What is to come.
    pub wire: Wire,
    /// The person's command line.
    pub client: Client,
    /// kube-apiserver.
    pub api: ApiServer,
    /// kube-scheduler.
    pub scheduler: Scheduler,
    /// It runs.
    pub scheduler_up: bool,
    /// The taint eviction controller.
    pub taints: TaintEviction,
    /// The controllers of workloads, quotas, budgets and owners.
    pub controllers: Controllers,
    /// The node lifecycle controller and the garbage collector of Pods.
    pub nodes: Nodes,
    /// The endpoint slice controller.
    pub endpoints: Endpoints,
    /// The machines, by [`NodeId`].
    pub machines: Vec<Machine>,
    /// The clients outside of the Pods.
    pub traffic: Traffic,
    /// The network below the Pods.
    pub network: Network,
    pub(super) network_due: Option<EventKey>,
    /// kubectl commands that wait.
    pub(super) waits: Vec<Pending>,
    /// A bound that was reached.
    pub stopped: Option<Stopped>,
    pub(super) events: u64,
    pub(super) events_now: u32,
}

impl World {
    /// An empty cluster with its nodes Ready, at time zero.
    pub fn new(config: Config) -> Self {
        let id = |at: usize| NodeId(u16::try_from(at).unwrap_or(u16::MAX));
        let object = |(at, node): (usize, &NodeConfig)| node.object(id(at));
        let nodes: Vec<_> = config.nodes.iter().enumerate().map(object).collect();
        let mut network = Machine::network(config.seed);
        let machine =
            |(at, node)| Machine::new(id(at), node, &config.images, config.seed, &mut network);
        let machines: Vec<Machine> = nodes.iter().enumerate().map(machine).collect();
        let mut wire = Wire::default();
        World {
            now: SimTime::ZERO,
            traffic: Traffic::new(&config.traffic, &mut wire),
            wire,
            client: Client::default(),
            api: ApiServer::new(config.seed, nodes.clone(), config.finished_most),
            scheduler: Scheduler::new(nodes.iter().map(Node::read)),
            scheduler_up: true,
            nodes: Nodes::new(
                nodes.iter().map(Node::read),
                config.others,
                config.finished_most,
                config.seed,
            ),
            taints: TaintEviction::default(),
            controllers: Controllers::default(),
            endpoints: Endpoints::default(),
            machines,
            network,
            network_due: None,
            waits: Vec::new(),
            stopped: None,
            events: 0,
            events_now: 0,
            config,
        }
    }

    /// Runs everything that happens up to and including `until`, then stands at `until`.
    pub fn run_until(&mut self, until: SimTime, trace: &mut Trace) {
        while self.stopped.is_none() && self.wire.next_at().is_some_and(|at| at <= until) {
            self.step(trace);
        }
        if self.stopped.is_none() {
            self.now = self.now.max(until.min(limits::RUN));
            if until > limits::RUN {
                self.stopped = Some(Stopped::Time);
            }
        }
    }

    /// A person acts now; events of this moment went before.
    pub fn act(&mut self, action: &Action, trace: &mut Trace) {
        self.dispatch_action(action, trace);
    }

    /// The machine of the node of this name.
    pub fn machine(&self, node: &str) -> Option<&Machine> {
        self.machines.iter().find(|machine| machine.name == node)
    }

    /// The machine that a Pod is on.
    pub fn machine_of(&self, pod: &Pod) -> Option<&Machine> {
        self.machine(&pod.spec.node_name)
    }

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        self.events
    }
}
