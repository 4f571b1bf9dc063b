//! Addresses that stand for others: what kube-proxy's and the port mapper's rules do.

use crate::base::draw;
use crate::shell::net::address::{Addr, Ip};
use crate::shell::net::network::Network;

/// An address that connections are turned away from, to others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Virtual {
    /// The address.
    pub at: Addr,
    /// Where connections go; none: they are refused.
    pub to: Vec<Addr>,
}

impl Network {
    /// Whether an address stands for others.
    pub(super) fn is_virtual(&self, at: Addr) -> bool {
        self.virtuals.iter().any(|v| v.at == at)
    }

    /// What is behind an address: `None`, nothing special; `Some(None)`, nobody.
    ///
    /// Each connection takes any endpoint with the same chance.
    /// Source: pkg/proxy/iptables/proxier.go writeServiceToEndpointRules (statistic mode random),
    /// and its REJECT rules for Services without endpoints.
    pub(super) fn behind(&self, at: Addr, nth: u64) -> Option<Option<Addr>> {
        let rule = self.virtuals.iter().find(|v| v.at == at)?;
        let pick = draw(self.seed, "endpoint", &at.to_string(), nth, rule.to.len() as u64);
        Some(rule.to.get(pick as usize).copied())
    }

    /// The virtual addresses with this IP.
    pub fn ports_of(&self, ip: Ip) -> impl Iterator<Item = u16> {
        self.virtuals.iter().filter(move |v| v.at.ip == ip).map(|v| v.at.port)
    }
}
