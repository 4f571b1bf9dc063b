//! The world: a plain value that can be cloned, compared and run.

use super::action::Action;
use super::apiserver::ApiServer;
use super::client::Client;
use super::endpoints::Endpoints;
use super::kubelet::Kubelet;
use super::limits;
use super::network::Agents;
use super::runtime::{Runtime, images::Said};
use super::scheduler::Scheduler;
use super::taints::TaintEviction;
use super::trace::Trace;
use super::traffic::{Plan, Traffic};
use super::wire::{EventKey, Wire};
use crate::api::PlainObject;
use crate::api::node::Node;
use crate::base::SimTime;
use crate::shell::Network;
use crate::shell::net::Ip;
use std::rc::Rc;

/// What a run starts from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// Fixes every draw.
    pub seed: u64,
    /// The node's name.
    pub node: String,
    /// The node's address.
    pub node_ip: String,
    /// The node's labels.
    pub labels: Vec<(String, String)>,
    /// What is said of images.
    pub images: Rc<Vec<Said>>,
    /// Requests that clients outside of the Pods send.
    pub traffic: Rc<Vec<Rc<Plan>>>,
}

impl Default for Config {
    fn default() -> Self {
        let label = |key: &str, value: &str| (key.to_string(), value.to_string());
        Config {
            seed: 1,
            node: "node-1".into(),
            node_ip: "192.0.2.2".into(),
            labels: vec![
                label("kubernetes.io/arch", "amd64"),
                label("kubernetes.io/hostname", "node-1"),
                label("kubernetes.io/os", "linux"),
            ],
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
    /// The taint eviction controller.
    pub taints: TaintEviction,
    /// The endpoint slice controller.
    pub endpoints: Endpoints,
    /// The node's kubelet.
    pub kubelet: Kubelet,
    /// The node's container runtime.
    pub runtime: Runtime,
    /// What works on the network: the kubelet's connections, kube-proxy, the name server.
    pub agents: Agents,
    /// The clients outside of the Pods.
    pub traffic: Traffic,
    /// The network below the Pods.
    pub network: Network,
    pub(super) network_due: Option<EventKey>,
    /// A bound that was reached.
    pub stopped: Option<Stopped>,
    pub(super) events: u64,
    pub(super) events_now: u32,
}

impl World {
    /// An empty cluster with one Ready node, at time zero.
    pub fn new(config: Config) -> Self {
        let labels = config.labels.iter().cloned().collect();
        let node = PlainObject::of_a_node(&config.node, &config.node_ip, labels);
        let mut wire = Wire::default();
        World {
            now: SimTime::ZERO,
            traffic: Traffic::new(&config.traffic, &mut wire),
            wire,
            client: Client::default(),
            api: ApiServer::new(config.seed, node.clone()),
            scheduler: Scheduler::new(std::iter::once(Node::read(&node))),
            taints: TaintEviction::default(),
            endpoints: Endpoints::default(),
            kubelet: Kubelet::new(&config, Node::read(&node)),
            runtime: Runtime::new(&config.images),
            agents: Agents::default(),
            network: Network::new(config.seed, Ip::parse(&config.node_ip).unwrap_or(Ip::ANY)),
            network_due: None,
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

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        self.events
    }
}
