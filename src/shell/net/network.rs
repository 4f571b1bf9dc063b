//! The network of the cluster as a value: namespaces, sockets, what is under way.

use std::collections::VecDeque;

use crate::base::{Map, SimTime};
use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::net::address::{Addr, Ip};
use crate::shell::net::dns::Names;
use crate::shell::net::fifo::{Fifo, FifoId};
use crate::shell::net::nat::Virtual;
use crate::shell::net::socket::{Kind, Link, Received, Socket, SocketId};
use crate::shell::net::transport::Packet;

/// How long a packet needs from one namespace to another.
pub const LATENCY: SimTime = SimTime::ms(1);

/// A network namespace.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct NetId(pub u32);

impl NetId {
    /// The first node's own.
    pub const HOST: NetId = NetId(0);
}

/// A namespace: its address, its node's own, the next port for a connection from it, and whose it
/// is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Space {
    pub(super) ip: Ip,
    pub(super) host: NetId,
    pub(super) next_port: u16,
    pub(super) owner: String,
    pub(super) fate: Fate,
}

/// What befell the programs of a namespace last: why connections to it break.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fate {
    /// What.
    pub what: Befell,
    /// The record that tells of it.
    pub record: Option<u64>,
}

/// What can befall programs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Befell {
    /// Nothing: they run.
    #[default]
    Nothing,
    /// They were told to stop.
    Stopping,
    /// They were told to stop, and ended.
    Stopped,
    /// They were killed when their time was over.
    Killed,
    /// They ended by themselves, or for want of memory.
    Ended,
}

/// The network of the cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Network {
    pub(super) seed: u64,
    pub(super) spaces: Map<NetId, Space>,
    pub(super) sockets: Map<SocketId, Socket>,
    pub(super) fifos: Map<FifoId, Fifo>,
    pub(super) under_way: Map<(SimTime, u64), Packet>,
    pub(super) next: u64,
    pub(super) history: u64,
    woken: Vec<NetId>,
    /// Addresses that stand for others: those of Services.
    pub virtuals: Vec<Virtual>,
    pub(super) nodes: Vec<NetId>,
    /// Nodes that nothing reaches, and what waits until it does.
    pub(super) cut: Vec<NetId>,
    pub(super) held: Vec<(NetId, NetId, Packet)>,
    /// Ports of the nodes that lead to their Pods.
    pub host_ports: Vec<(u16, Addr)>,
    /// What the cluster's name server knows.
    pub names: Names,
}

impl Default for Network {
    /// A network with a node that has no address but localhost.
    fn default() -> Network {
        Network::new(0, Ip::ANY)
    }
}

impl Network {
    /// A network whose first node has this address; `seed` fixes which endpoint of a Service a
    /// connection goes to.
    pub fn new(seed: u64, host: Ip) -> Network {
        let mut network = Network {
            seed,
            spaces: Map::default(),
            sockets: Map::default(),
            fifos: Map::default(),
            under_way: Map::default(),
            next: 0,
            history: 0,
            woken: Vec::new(),
            virtuals: Vec::new(),
            nodes: Vec::new(),
            cut: Vec::new(),
            held: Vec::new(),
            host_ports: Vec::new(),
            names: Names::default(),
        };
        network.add_host(host);
        network
    }

    /// A new node with this address.
    pub fn add_host(&mut self, ip: Ip) -> NetId {
        let id = self.add_outside(ip);
        self.nodes.push(id);
        id
    }

    /// A new namespace with this address, outside of the cluster.
    pub fn add_outside(&mut self, ip: Ip) -> NetId {
        let id = NetId(self.spaces.last_key_value().map_or(0, |(id, _)| id.0 + 1));
        let (owner, fate) = (String::new(), Fate::default());
        let next_port = limits::FIRST_PORT;
        self.spaces.insert(id, Space { ip, host: id, next_port, owner, fate });
        id
    }

    /// A new namespace with this address, on the node with this namespace.
    pub fn add_space(&mut self, host: NetId, ip: Ip) -> NetId {
        let id = self.add_outside(ip);
        if let Some(space) = self.spaces.get_mut(&id) {
            space.host = host;
        }
        id
    }

    /// The own namespace of the node that a namespace is on.
    pub fn host_of(&self, id: NetId) -> NetId {
        self.spaces.get(&id).map_or(id, |space| space.host)
    }

    /// Whether a namespace is a node's own.
    pub fn is_host(&self, id: NetId) -> bool {
        self.nodes.contains(&id)
    }

    /// Takes a namespace away with all its sockets; nobody is told.
    pub fn remove_space(&mut self, id: NetId) {
        if let Some(space) = self.spaces.get_mut(&id).filter(|space| space.host != id) {
            // The number is kept, so that it is not given again.
            let gone = std::mem::take(&mut space.ip);
            self.host_ports.retain(|(_, to)| to.ip != gone);
            let fifos = self.sockets_of(id).filter(|(_, s)| matches!(s.kind, Kind::Fifo(_)));
            let fifos: Vec<SocketId> = fifos.map(|(id, _)| id).collect();
            fifos.into_iter().for_each(|end| self.close(SimTime::ZERO, end));
            self.sockets.retain(|_, socket| socket.space != id);
        }
    }

    /// Says whose a namespace is, and what befell its programs. The node's own is nobody's.
    pub fn tell_fate(&mut self, id: NetId, owner: &str, fate: Fate) {
        if let Some(space) = self.spaces.get_mut(&id).filter(|space| space.host != id) {
            (space.owner, space.fate) = (owner.to_string(), fate);
        }
    }

    /// Whose an address is, and what befell the programs there; `None`: nobody has it.
    pub fn owner(&self, ip: Ip) -> Option<(&str, Fate)> {
        let space = self.spaces.get(&self.space_of(ip)?)?;
        Some((&space.owner, space.fate))
    }

    /// The address of this owner's namespace.
    pub fn address_of(&self, owner: &str) -> Option<Ip> {
        let has = |s: &&Space| s.owner == owner && s.ip != Ip::ANY;
        self.spaces.values().find(has).map(|space| space.ip)
    }

    /// The address of a namespace.
    pub fn address(&self, id: NetId) -> Ip {
        self.spaces.get(&id).map_or(Ip::ANY, |space| space.ip)
    }

    /// Whether an address is one of this namespace's own.
    pub(super) fn is_own(&self, id: NetId, ip: Ip) -> bool {
        ip.is_loopback() || ip == Ip::ANY || ip == self.address(id)
    }

    /// The namespace that has this address.
    pub(super) fn space_of(&self, ip: Ip) -> Option<NetId> {
        let has = |(_, space): &(&NetId, &Space)| space.ip == ip && ip != Ip::ANY;
        self.spaces.iter().find(has).map(|(id, _)| *id)
    }

    /// Whether no namespace has this address.
    pub fn is_free(&self, ip: Ip) -> bool {
        self.space_of(ip).is_none()
    }

    /// Whether an address is in this namespace itself; `None`: nobody answers there.
    pub fn is_near(&self, space: NetId, ip: Ip) -> Option<bool> {
        match self.is_own(space, ip) {
            true => Some(true),
            false => self.space_of(ip).map(|_| false),
        }
    }

    /// The socket of this number.
    pub fn socket(&self, id: SocketId) -> Option<&Socket> {
        self.sockets.get(&id)
    }

    /// The sockets of a namespace.
    pub fn sockets_of(&self, space: NetId) -> impl Iterator<Item = (SocketId, &Socket)> {
        self.sockets.iter().filter(move |(_, s)| s.space == space).map(|(id, s)| (*id, s))
    }

    /// Begins to listen. Errors: the port is taken, the address is not the namespace's, or it has
    /// too many sockets.
    ///
    /// Source: bind(2), listen(2) with SO_REUSEADDR: a wildcard and an address clash.
    pub fn listen(&mut self, space: NetId, at: Addr) -> Result<SocketId, Errno> {
        if !self.is_own(space, at.ip) {
            return Err(Errno::NoAddress);
        }
        let clashes = |s: &Socket| {
            let same = s.local.ip == at.ip || s.local.ip == Ip::ANY || at.ip == Ip::ANY;
            matches!(s.kind, Kind::Listener(_)) && s.local.port == at.port && same
        };
        if self.sockets_of(space).any(|(_, s)| clashes(s)) {
            return Err(Errno::AddressInUse);
        }
        self.add_socket(space, at, Addr::default(), Kind::Listener(VecDeque::new()))
    }

    pub(super) fn add_socket(
        &mut self,
        space: NetId,
        local: Addr,
        remote: Addr,
        kind: Kind,
    ) -> Result<SocketId, Errno> {
        if self.sockets_of(space).count() >= limits::SOCKETS {
            return Err(Errno::TooManyFiles);
        }
        self.next += 1;
        let socket = Socket { space, local, remote, news: self.history, kind };
        self.sockets.insert(self.next, socket);
        Ok(self.next)
    }

    /// Takes a waiting connection of a listener.
    pub fn accept(&mut self, id: SocketId) -> Option<SocketId> {
        match &mut self.sockets.get_mut(&id)?.kind {
            Kind::Listener(waiting) => waiting.pop_front(),
            _ => None,
        }
    }

    /// How far a connection is; a socket that is gone is closed.
    pub fn link(&self, id: SocketId) -> Link {
        match self.sockets.get(&id).map(|s| &s.kind) {
            Some(Kind::Stream(stream)) => stream.link,
            Some(_) => Link::Up,
            None => Link::Failed(Errno::BadDescriptor),
        }
    }

    /// Takes at most `max` bytes that have arrived.
    pub fn receive(&mut self, id: SocketId, max: usize) -> Received {
        if let Some(end) = self.fifo_end(id) {
            return self.fifo_receive(id, end, max);
        }
        let stream = match self.sockets.get_mut(&id).map(|s| &mut s.kind) {
            Some(Kind::Stream(stream)) => stream,
            _ => return Received::Failed(Errno::NotConnected),
        };
        if !stream.inbox.is_empty() {
            let count = max.min(stream.inbox.len());
            let data = stream.inbox.drain(..count).collect();
            if let Some(peer) = stream.peer {
                self.tell(peer);
            }
            return Received::Data(data);
        }
        match stream.link {
            Link::Failed(error) => Received::Failed(error),
            Link::Up if stream.ended => Received::End,
            _ => Received::Wait,
        }
    }

    /// Whether receiving or accepting would not have to wait.
    pub fn can_read(&self, id: SocketId) -> bool {
        match self.sockets.get(&id).map(|s| &s.kind) {
            Some(Kind::Listener(waiting)) => !waiting.is_empty(),
            Some(Kind::Stream(s)) => {
                !s.inbox.is_empty() || s.ended || matches!(s.link, Link::Failed(_))
            }
            Some(Kind::Query(_, answer)) => answer.is_some(),
            Some(Kind::Fifo(end)) => self.fifo_can_read(*end),
            None => true,
        }
    }

    /// Bytes that sending takes at once. Errors: the connection is broken.
    pub fn room(&self, id: SocketId) -> Result<usize, Errno> {
        let stream = match self.sockets.get(&id).map(|s| &s.kind) {
            Some(Kind::Stream(stream)) => stream,
            Some(Kind::Fifo(end)) => return self.fifo_room(*end),
            _ => return Err(Errno::NotConnected),
        };
        match stream.link {
            Link::Failed(_) => return Err(Errno::BrokenPipe),
            Link::Connecting => return Ok(0),
            Link::Up if stream.shut => return Err(Errno::BrokenPipe),
            Link::Up => {}
        }
        let other = stream.peer.and_then(|peer| self.sockets.get(&peer)).map(|s| &s.kind);
        let used = match other {
            Some(Kind::Stream(other)) => other.inbox.len() + other.coming,
            // The other end is gone: what is sent will be answered with a reset.
            _ => 0,
        };
        Ok(limits::SOCKET_BYTES.saturating_sub(used))
    }

    /// Something has happened to a socket: its namespace is to be woken.
    pub(super) fn tell(&mut self, id: SocketId) {
        self.history += 1;
        if let Some(socket) = self.sockets.get_mut(&id) {
            socket.news = self.history;
            if !self.woken.contains(&socket.space) {
                self.woken.push(socket.space);
            }
        }
    }

    /// The point in its history at which the network is.
    pub fn history(&self) -> u64 {
        self.history
    }

    /// Namespaces to which something has happened since the last call.
    pub fn take_woken(&mut self) -> Vec<NetId> {
        std::mem::take(&mut self.woken)
    }
}
