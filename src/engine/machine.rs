//! The machines of the cluster: each with a kubelet, a container runtime and its network.

use super::kubelet::Kubelet;
use super::message::NodeId;
use super::network::{Agents, names};
use super::runtime::{Runtime, images::Said};
use super::wire::SimEvent;
use crate::api::node::Node;
use crate::api::taint::Taint;
use crate::api::{PlainObject, node};
use crate::base::json::{Map, Value, json};
use crate::shell::net::Ip;
use crate::shell::{NetId, Network};
use std::rc::Rc;

/// The addresses of all Pods: 10.244.0.0/16, of which each node has 256.
const PODS: u32 = 0x0af4_0000;

/// A node that a run starts with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeConfig {
    /// Its name.
    pub name: String,
    /// Its labels, beside those that every node has.
    pub labels: Vec<(String, String)>,
    /// Its taints.
    pub taints: Vec<Taint>,
    /// What it has, where that is not the common size: `cpu`, `memory`, `pods` …
    pub capacity: Map<String, Value>,
}

impl NodeConfig {
    /// A node of the common size.
    pub fn new(name: &str) -> Self {
        NodeConfig {
            name: name.to_string(),
            labels: Vec::new(),
            taints: Vec::new(),
            capacity: Map::new(),
        }
    }

    /// The Node object that its kubelet registers.
    pub(super) fn object(&self, id: NodeId) -> PlainObject {
        let pair = |key: &str, value: &str| (key.to_string(), value.to_string());
        let common = [
            pair("kubernetes.io/arch", "amd64"),
            pair("kubernetes.io/hostname", &self.name),
            pair("kubernetes.io/os", "linux"),
        ];
        let labels = common.into_iter().chain(self.labels.iter().cloned()).collect();
        let mut object = PlainObject::of_a_node(&self.name, &address(id).to_string(), labels);
        node::set_capacity(&mut object.body, &self.capacity);
        if !self.taints.is_empty() {
            object.body["spec"] = json!({"taints": node::taints_json(&self.taints)});
        }
        object
    }
}

/// The address of a node.
fn address(id: NodeId) -> Ip {
    Ip(0xc000_0202 + u32::from(id.0))
}

/// A machine of the cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Machine {
    /// The name of its node.
    pub name: String,
    /// The Node object that its kubelet registers.
    pub object: PlainObject,
    /// Its network to all others is cut.
    pub cut: bool,
    /// It has power.
    pub powered: bool,
    /// Its kubelet runs.
    pub kubelet_up: bool,
    /// Its container runtime runs.
    pub runtime_up: bool,
    /// Its kubelet talks to the API server.
    pub(super) online: bool,
    /// It was started anew, and the kubelet has not told so.
    pub(super) booted: bool,
    /// What waits for the container runtime.
    pub(super) waiting: Vec<SimEvent>,
    /// Its network namespace.
    pub host: NetId,
    /// Its kubelet.
    pub kubelet: Kubelet,
    /// Its container runtime.
    pub runtime: Runtime,
    /// What works on its network: the kubelet's connections, kube-proxy.
    pub agents: Agents,
    /// The version of the runtime that the kubelet has been told of.
    pub(super) told: u64,
}

impl Machine {
    /// The machine of this node, up for a long time.
    pub fn new(
        id: NodeId,
        node: &PlainObject,
        said: &Rc<Vec<Said>>,
        seed: u64,
        net: &mut Network,
    ) -> Self {
        // The first node comes with the network.
        let host = match id.0 {
            0 => NetId::HOST,
            _ => net.add_host(address(id)),
        };
        let range = Ip(PODS + (u32::from(id.0) << 8));
        let kubelet = Kubelet::new(seed, &address(id).to_string(), Node::read(node));
        let mut runtime = Runtime::new(said, host, range);
        runtime.memory = kubelet.memory_of_pods();
        Machine {
            name: node.meta.name.clone(),
            object: node.clone(),
            cut: false,
            powered: true,
            kubelet_up: true,
            runtime_up: true,
            online: true,
            booted: false,
            waiting: Vec::new(),
            host,
            kubelet,
            runtime,
            agents: Agents::new(host),
            told: 0,
        }
    }

    /// A network whose first node is the first machine. Its name server knows from the start what
    /// every cluster has.
    pub fn network(seed: u64) -> Network {
        let mut network = Network::new(seed, address(NodeId(0)));
        network.names = names::of(std::iter::empty(), &|_| Vec::new());
        network
    }
}
