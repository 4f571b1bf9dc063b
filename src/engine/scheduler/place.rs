//! A node as a Pod that looks for one finds it: with the Pods that count there.

use crate::api::Pod;
use crate::api::node::Node;
use crate::api::requests::Amounts;
use std::rc::Rc;

/// A node and its Pods.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The node.
    pub node: &'a Node,
    /// The Pods that are there, or are to be.
    pub pods: Vec<&'a Rc<Pod>>,
    /// What they ask for together.
    pub asked: Amounts,
    /// The same, as nodes are compared.
    pub scored: Amounts,
    /// What the Pod's volumes say against the node.
    pub volumes: Option<&'static str>,
}

impl<'a> Place<'a> {
    /// A node with these Pods.
    pub fn new(node: &'a Node, pods: Vec<&'a Rc<Pod>>) -> Self {
        let sum = |of: fn(&Pod) -> &Amounts| {
            pods.iter().fold(Amounts::default(), |sum, pod| sum.plus(of(pod)))
        };
        let asked = sum(|pod| &pod.spec.needs.asked);
        let scored = sum(|pod| &pod.spec.needs.scored);
        Place { node, pods, asked, scored, volumes: None }
    }

    /// The same node with other Pods.
    pub fn with(&self, pods: Vec<&'a Rc<Pod>>) -> Self {
        Place { volumes: self.volumes, ..Place::new(self.node, pods) }
    }

    /// Whether both nodes are in one domain of this kind.
    pub fn shares(&self, other: &Place, topology_key: &str) -> bool {
        let label = self.node.labels.get(topology_key);
        label.is_some() && label == other.node.labels.get(topology_key)
    }
}
