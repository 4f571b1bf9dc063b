//! Addresses that stand for others: what kube-proxy's and the port mapper's rules do.

use crate::base::draw;
use crate::shell::net::address::Addr;
use crate::shell::net::network::{NetId, Network};

/// An address that connections are turned away from, to others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Virtual {
    /// The address.
    pub at: Addr,
    /// Where connections go; none: they are refused.
    pub to: Vec<Addr>,
    /// Whether all connections from one address go to the same one.
    pub sticky: bool,
}

impl Network {
    /// Whether an address stands for others.
    pub(super) fn is_virtual(&self, at: Addr) -> bool {
        self.virtuals.iter().any(|v| v.at == at) || self.forward(at).is_some()
    }

    /// Where a port of the node leads to. Source: CNI plugin portmap.
    fn forward(&self, at: Addr) -> Option<Addr> {
        let of_node = at.ip == self.address(NetId::HOST);
        let forwards = self.host_ports.iter().filter(|_| of_node);
        forwards.rev().find(|(port, _)| *port == at.port).map(|(_, to)| *to)
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
        let rule = self.virtuals.iter().find(|v| v.at == at)?;
        let nth = if rule.sticky { u64::from(self.address(from).0) } else { nth };
        let pick = draw(self.seed, "endpoint", &at.to_string(), nth, rule.to.len() as u64);
        Some(rule.to.get(pick as usize).copied())
    }
}
