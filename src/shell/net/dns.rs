//! Names: the cluster's name server and questions to it.
//!
//! Source: the Kubernetes DNS specification; CoreDNS plugin kubernetes.
//! DIFFERENCE: CoreDNS asks other name servers about names outside of the cluster; here there are
//! no such names.

use crate::base::{Map, SimTime};
use crate::shell::errno::Errno;
use crate::shell::net::address::{Addr, Ip};
use crate::shell::net::network::{LATENCY, NetId, Network};
use crate::shell::net::socket::{Kind, SocketId};
use crate::shell::net::transport::Packet;

/// A question to a name server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The name, in full, without the last dot.
    pub name: String,
    /// Whether IPv6 addresses are asked for: there are none.
    pub six: bool,
}

/// Its answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The name stands for this other one, if any, which has these addresses.
    Found(Option<String>, Vec<Ip>),
    /// An address has this name.
    Pointer(String),
    /// There is no such name.
    Missing,
}

/// What the cluster's name server knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Names {
    /// Where it listens.
    pub server: Ip,
    /// The cluster's domain.
    pub domain: String,
    /// Addresses by full name.
    pub addresses: Map<String, Vec<Ip>>,
    /// Names that stand for others.
    pub aliases: Map<String, String>,
}

impl Default for Names {
    fn default() -> Names {
        Names {
            server: Ip(0x0a60_000a),
            domain: "cluster.local".to_string(),
            addresses: Map::default(),
            aliases: Map::default(),
        }
    }
}

impl Names {
    /// The answer to a question. A name has no case.
    pub fn answer(&self, question: &Question) -> Answer {
        let name = question.name.to_ascii_lowercase();
        if let Some(rest) = name.strip_suffix(".in-addr.arpa") {
            return self.pointer(rest);
        }
        let pods = format!(".default.pod.{}", self.domain);
        if let Some(ip) = name.strip_suffix(&pods).and_then(|ip| Ip::parse(&ip.replace('-', "."))) {
            // Source: CoreDNS kubernetes, `pods insecure`: any address has its name.
            let all = if question.six { Vec::new() } else { vec![ip] };
            return Answer::Found(None, all);
        }
        let alias = self.aliases.get(&name);
        let found = self.addresses.get(alias.unwrap_or(&name));
        match (found, alias) {
            (None, None) if !self.is_empty_node(&name) => Answer::Missing,
            (found, alias) => {
                let all = found.filter(|_| !question.six).cloned().unwrap_or_default();
                Answer::Found(alias.cloned(), all)
            }
        }
    }

    /// Whether longer names end with it: it exists, and has no address.
    fn is_empty_node(&self, name: &str) -> bool {
        let below = |known: &String| known.strip_suffix(name).is_some_and(|r| r.ends_with('.'));
        self.addresses.keys().chain(self.aliases.keys()).any(below)
    }

    fn pointer(&self, reversed: &str) -> Answer {
        let parts: Vec<&str> = reversed.rsplit('.').collect();
        let Some(ip) = Ip::parse(&parts.join(".")) else { return Answer::Missing };
        let has = |(_, ips): &(&String, &Vec<Ip>)| ips.len() == 1 && ips[0] == ip;
        match self.addresses.iter().find(has) {
            Some((name, _)) => Answer::Pointer(name.clone()),
            None => Answer::Missing,
        }
    }
}

impl Network {
    /// Asks a name server; [`Network::answer`] has what it says. Nobody answers at other addresses.
    ///
    /// Errors: the namespace has too many sockets.
    pub fn ask(
        &mut self,
        now: SimTime,
        space: NetId,
        server: Ip,
        question: Question,
    ) -> Result<SocketId, Errno> {
        let local = Addr::new(self.address(space), 0);
        let kind = Kind::Query(question, None);
        let id = self.add_socket(space, local, Addr::new(server, 53), kind)?;
        if server == self.names.server && !self.cut.contains(&self.host_of(space)) {
            self.send_at(now + LATENCY + LATENCY, Packet::Answer(id));
        }
        Ok(id)
    }

    /// The answer to a question, once it is there.
    pub fn answer(&self, id: SocketId) -> Option<&Answer> {
        match &self.sockets.get(&id)?.kind {
            Kind::Query(_, answer) => answer.as_ref(),
            _ => None,
        }
    }

    pub(super) fn answered(&mut self, id: SocketId) {
        let Some(Kind::Query(question, _)) = self.socket(id).map(|s| &s.kind) else { return };
        let known = self.names.answer(question);
        if let Some(Kind::Query(_, answer)) = self.sockets.get_mut(&id).map(|s| &mut s.kind) {
            *answer = Some(known);
        }
        self.tell(id);
    }
}
