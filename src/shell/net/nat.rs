//! Addresses that stand for others: what kube-proxy's and the port mapper's rules do.

use crate::base::draw;
use crate::shell::net::address::{Addr, Ip};
use crate::shell::net::network::{NetId, Network};

/// An address that connections are turned away from, to others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Virtual {
    /// The own namespace of the node that turns them.
    pub host: NetId,
    /// The address.
    pub at: Addr,
    /// Where connections go; none: they are refused.
    pub to: Vec<Addr>,
    /// Whether all connections from one address go to the same one.
    pub sticky: bool,
}

impl Network {
    /// Whether an address stands for others, for who is on this node.
    pub(super) fn is_virtual(&self, host: NetId, at: Addr) -> bool {
        let stands = |v: &Virtual| v.host == host && v.at == at;
        self.virtuals.iter().any(stands) || self.forward(at).is_some()
    }

    /// Where a port of a node leads to. Source: CNI plugin portmap.
    fn forward(&self, at: Addr) -> Option<Addr> {
        let fits = |(port, _): &&(u16, Addr)| *port == at.port;
        let found = self.host_ports.iter().rev().filter(fits);
        let host = self.node_with(at.ip)?;
        let on_it = |to: &Addr| self.space_of(to.ip).map(|id| self.host_of(id)) == Some(host);
        found.map(|(_, to)| *to).find(on_it)
    }

    /// The node that has this address.
    fn node_with(&self, ip: Ip) -> Option<NetId> {
        self.space_of(ip).filter(|id| self.is_host(*id))
    }

    /// The node of a namespace. Who is outside comes in through any, as by a load balancer.
    fn entry(&self, from: NetId, nth: u64) -> NetId {
        let host = self.host_of(from);
        if self.is_host(host) {
            return host;
        }
        // A load balancer leaves out nodes that do not answer it.
        let up: Vec<NetId> = self.nodes.iter().copied().filter(|n| !self.cut.contains(n)).collect();
        let pick = draw(self.seed, "entry", "clients", nth, up.len().max(1) as u64);
        up.get(pick as usize).copied().unwrap_or(host)
    }

    /// What is behind an address: `None`, nothing special; `Some(None)`, nobody.
    ///
    /// Each connection takes any endpoint with the same chance.
    /// Source: pkg/proxy/iptables/proxier.go writeServiceToEndpointRules (statistic mode random),
    /// and its REJECT rules for Services without endpoints.
    pub(super) fn behind(&self, from: NetId, at: Addr, nth: u64) -> Option<Option<Addr>> {
        if let Some(to) = self.forward(at) {
            return Some(Some(to));
        }
        // A node's port is turned on that node, all others on the sender's.
        let host = self.node_with(at.ip).unwrap_or_else(|| self.entry(from, nth));
        let rule = self.virtuals.iter().find(|v| v.host == host && v.at == at)?;
        let nth = if rule.sticky { u64::from(self.address(from).0) } else { nth };
        let pick = draw(self.seed, "endpoint", &at.to_string(), nth, rule.to.len() as u64);
        Some(rule.to.get(pick as usize).copied())
    }
}
