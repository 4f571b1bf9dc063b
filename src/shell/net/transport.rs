//! Connecting, sending, closing: what travels and what its arrival does.

use crate::base::SimTime;
use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::net::address::{Addr, Ip};
use crate::shell::net::network::{LATENCY, NetId, Network};
use crate::shell::net::socket::{Kind, Link, Socket, SocketId, Stream};

/// How long Linux asks for the hardware address of a neighbour before it gives up: three times a
/// second. Source: arp(7) mcast_solicit, retrans_time.
const NEIGHBOUR: SimTime = SimTime::secs(3);
/// How long Linux tries to connect before it gives up: six retries, the wait doubling.
/// Source: tcp(7) tcp_syn_retries.
const CONNECT: SimTime = SimTime::secs(127);
/// How long it waits before it tries again. Source: RFC 6298.
const RETRY: SimTime = SimTime::secs(1);
/// The addresses of the node's Pods. Source: kubeadm's usual `--pod-network-cidr`.
const PODS: (Ip, u32) = (Ip(0x0af4_0000), 16);

/// Something under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Packet {
    /// A connection is asked for at this address of a namespace, by this socket.
    Syn(NetId, Addr, SocketId),
    /// The connection stands; the other end is this one.
    Accepted(SocketId, SocketId),
    /// The connection cannot be made.
    Failed(SocketId, Errno),
    /// Bytes, from one end to the other.
    Data(SocketId, SocketId, Vec<u8>),
    /// No more bytes.
    End(SocketId),
    /// The connection is broken.
    Reset(SocketId),
    /// An answer of a name server is due.
    Answer(SocketId),
}

/// Where an address leads.
enum Route {
    /// To a namespace.
    To(NetId),
    /// Nowhere: refused at once.
    Refused,
    /// To a Pod of this node that is not there.
    NoNeighbour,
    /// Out of the cluster, or nowhere: there is no answer.
    ///
    /// DIFFERENCE: there is no world outside of the cluster, as on a node without a route to it;
    /// the API server's own address does not answer either.
    Silence,
}

impl Network {
    /// Begins a connection. Its [`Network::link`] tells what becomes of it.
    ///
    /// Errors: the namespace has too many sockets.
    pub fn connect(&mut self, now: SimTime, space: NetId, to: Addr) -> Result<SocketId, Errno> {
        let remote = if to.ip == Ip::ANY { Addr::new(Ip::LOCALHOST, to.port) } else { to };
        let own = match self.is_own(space, remote.ip) {
            true => remote.ip,
            false => self.address(space),
        };
        let local = Addr::new(own, self.free_port(space));
        let stream = Kind::Stream(Stream::new(Link::Connecting, None));
        let id = self.add_socket(space, local, remote, stream)?;
        let (target, route) = self.route(space, remote, id);
        if let Some(Kind::Stream(stream)) = self.sockets.get_mut(&id).map(|s| &mut s.kind) {
            stream.target = Some(target).filter(|_| !matches!(route, Route::Refused));
        }
        match route {
            Route::To(there) => self.send_to(now, there == space, Packet::Syn(there, target, id)),
            Route::Refused => self.arrive(now, Packet::Failed(id, Errno::Refused)),
            Route::NoNeighbour => {
                self.send_at(now + NEIGHBOUR, Packet::Failed(id, Errno::HostUnreachable));
            }
            Route::Silence => self.send_at(now + CONNECT, Packet::Failed(id, Errno::TimedOut)),
        }
        Ok(id)
    }

    /// Where an address leads from a namespace, behind Services and host ports.
    fn route(&self, space: NetId, to: Addr, nth: u64) -> (Addr, Route) {
        if self.is_own(space, to.ip) && !(self.is_host(space) && self.is_virtual(space, to)) {
            return (to, Route::To(space));
        }
        let target = match self.behind(space, to, nth) {
            Some(Some(target)) => target,
            Some(None) => return (to, Route::Refused),
            None => to,
        };
        let route = match self.space_of(target.ip) {
            Some(there) if self.is_cut(space, there) => Route::Silence,
            Some(there) => Route::To(there),
            None if target.ip.is_in(PODS.0, PODS.1) => Route::NoNeighbour,
            None => Route::Silence,
        };
        (target, route)
    }

    /// The address that a connection asked for really leads to.
    pub fn target(&self, id: SocketId) -> Option<Addr> {
        match &self.sockets.get(&id)?.kind {
            Kind::Stream(stream) => stream.target,
            _ => None,
        }
    }

    fn free_port(&mut self, space: NetId) -> u16 {
        let Some(own) = self.spaces.get_mut(&space) else { return limits::FIRST_PORT };
        let port = own.next_port;
        own.next_port = if port >= limits::LAST_PORT { limits::FIRST_PORT } else { port + 2 };
        port
    }

    /// Sends as much as there is room for; how much that was. Errors: the connection is broken.
    pub fn send(&mut self, now: SimTime, id: SocketId, data: &[u8]) -> Result<usize, Errno> {
        let count = self.room(id)?.min(data.len());
        if let Some(end) = self.fifo_end(id) {
            self.fifo_send(id, end, &data[..count]);
            return Ok(count);
        }
        let Some(peer) = self.peer(id).filter(|_| count > 0) else { return Ok(0) };
        if let Some(Kind::Stream(other)) = self.sockets.get_mut(&peer).map(|s| &mut s.kind) {
            other.coming += count;
        }
        self.send_from(now, id, Packet::Data(id, peer, data[..count].to_vec()));
        Ok(count)
    }

    /// This end sends no more.
    pub fn shut(&mut self, now: SimTime, id: SocketId) {
        let Some(Kind::Stream(stream)) = self.sockets.get_mut(&id).map(|s| &mut s.kind) else {
            return;
        };
        if std::mem::replace(&mut stream.shut, true) || stream.link != Link::Up {
            return;
        }
        if let Some(peer) = stream.peer {
            self.send_from(now, id, Packet::End(peer));
        }
    }

    /// Closes a socket. Bytes nobody read make it a reset.
    /// Source: RFC 2525 section 2.17; Linux tcp_close.
    pub fn close(&mut self, now: SimTime, id: SocketId) {
        if let Some(end) = self.fifo_end(id) {
            return self.fifo_close(id, end);
        }
        let waiting = match self.sockets.get(&id).map(|s| &s.kind) {
            Some(Kind::Listener(waiting)) => waiting.iter().copied().collect(),
            Some(Kind::Stream(stream)) if stream.link == Link::Up => {
                let unread = !stream.inbox.is_empty() || stream.coming > 0;
                let (peer, shut) = (stream.peer, stream.shut);
                match peer {
                    Some(peer) if unread => self.send_from(now, id, Packet::Reset(peer)),
                    Some(peer) if !shut => self.send_from(now, id, Packet::End(peer)),
                    _ => {}
                }
                Vec::new()
            }
            _ => Vec::new(),
        };
        self.sockets.remove(&id);
        for connection in waiting {
            self.reset(now, connection);
        }
    }

    /// Breaks a connection: the other end is reset.
    pub fn reset(&mut self, now: SimTime, id: SocketId) {
        if let Some(peer) = self.peer(id) {
            self.send_from(now, id, Packet::Reset(peer));
        }
        self.sockets.remove(&id);
    }

    fn peer(&self, id: SocketId) -> Option<SocketId> {
        match &self.sockets.get(&id)?.kind {
            Kind::Stream(stream) => stream.peer,
            _ => None,
        }
    }

    /// Cuts a node off from all others, or ends that.
    pub fn cut(&mut self, now: SimTime, host: NetId, on: bool) {
        self.cut.retain(|id| *id != host);
        if on {
            return self.cut.push(host);
        }
        for (from, to, packet) in std::mem::take(&mut self.held) {
            match self.is_cut(from, to) {
                true => self.held.push((from, to, packet)),
                false => self.send_at(now + LATENCY, packet),
            }
        }
    }

    /// Whether nothing gets from one namespace to another.
    pub(super) fn is_cut(&self, from: NetId, to: NetId) -> bool {
        let (from, to) = (self.host_of(from), self.host_of(to));
        from != to && (self.cut.contains(&from) || self.cut.contains(&to))
    }

    /// Sends what comes from this socket to the other end. What does not get there is sent again
    /// until it does.
    ///
    /// DIFFERENCE: Linux tries for about 15 minutes, with longer and longer waits; here it arrives
    /// as soon as it can. Source: tcp(7) tcp_retries2
    fn send_from(&mut self, now: SimTime, from: SocketId, packet: Packet) {
        let space = |id| self.sockets.get(&id).map(|s| s.space);
        let ends = space(from).zip(self.peer(from).and_then(space));
        if let Some((near, far)) = ends.filter(|(near, far)| self.is_cut(*near, *far)) {
            return self.held.push((near, far, packet));
        }
        self.send_to(now, self.ends_near(from), packet);
    }

    /// Whether the other end is in the same namespace.
    fn ends_near(&self, id: SocketId) -> bool {
        self.sockets.get(&id).is_some_and(|s| self.is_own(s.space, s.remote.ip))
    }

    fn send_to(&mut self, now: SimTime, near: bool, packet: Packet) {
        match near {
            true => self.arrive(now, packet),
            false => self.send_at(now + LATENCY, packet),
        }
    }

    pub(super) fn send_at(&mut self, at: SimTime, packet: Packet) {
        self.next += 1;
        self.under_way.insert((at, self.next), packet);
    }

    /// When something arrives next.
    pub fn next_at(&self) -> Option<SimTime> {
        self.under_way.first_key_value().map(|((at, _), _)| *at)
    }

    /// Lets everything arrive that is due.
    pub fn deliver(&mut self, now: SimTime) {
        while self.next_at().is_some_and(|at| at <= now) {
            if let Some((_, packet)) = self.under_way.pop_first() {
                self.arrive(now, packet);
            }
        }
    }

    fn arrive(&mut self, now: SimTime, packet: Packet) {
        match packet {
            Packet::Syn(space, at, from) => self.asked(now, space, at, from),
            Packet::Accepted(id, peer) => self.set_link(id, Link::Up, Some(peer)),
            Packet::Failed(id, error) => self.set_link(id, Link::Failed(error), None),
            Packet::Reset(id) => self.set_link(id, Link::Failed(Errno::Reset), None),
            Packet::Data(from, to, data) => self.take_in(now, from, to, &data),
            Packet::End(id) => {
                if let Some(Kind::Stream(stream)) = self.sockets.get_mut(&id).map(|s| &mut s.kind) {
                    stream.ended = true;
                    self.tell(id);
                }
            }
            Packet::Answer(id) => self.answered(id),
        }
    }

    /// A connection is asked for: somebody listens, or it is refused.
    fn asked(&mut self, now: SimTime, space: NetId, at: Addr, from: SocketId) {
        let Some(asking) = self.sockets.get(&from) else { return };
        let (remote, near) = (asking.local, asking.space == space);
        let fits = |s: &Socket| {
            let here = s.local.ip == at.ip || s.local.ip == Ip::ANY;
            matches!(s.kind, Kind::Listener(_)) && s.local.port == at.port && here
        };
        let Some(listener) = self.sockets_of(space).find(|(_, s)| fits(s)).map(|(id, _)| id) else {
            return self.send_to(now, near, Packet::Failed(from, Errno::Refused));
        };
        let stream = Kind::Stream(Stream::new(Link::Up, Some(from)));
        let new = match self.backlog(listener) {
            true => self.add_socket(space, at, remote, stream).ok(),
            false => None,
        };
        let Some(new) = new else {
            // No room: the request is dropped, and the other side asks again.
            return self.send_at(now + RETRY, Packet::Syn(space, at, from));
        };
        if let Some(Kind::Listener(waiting)) = self.sockets.get_mut(&listener).map(|s| &mut s.kind)
        {
            waiting.push_back(new);
        }
        self.tell(listener);
        self.send_to(now, near, Packet::Accepted(from, new));
    }

    /// Whether a listener has room for one more.
    fn backlog(&self, listener: SocketId) -> bool {
        match self.sockets.get(&listener).map(|s| &s.kind) {
            Some(Kind::Listener(waiting)) => waiting.len() < limits::BACKLOG,
            _ => false,
        }
    }

    fn set_link(&mut self, id: SocketId, link: Link, peer: Option<SocketId>) {
        let Some(Kind::Stream(stream)) = self.sockets.get_mut(&id).map(|s| &mut s.kind) else {
            // Who asked is gone: the new connection is of no use to anybody.
            if let Some(peer) = peer {
                self.set_link(peer, Link::Failed(Errno::Reset), None);
            }
            return;
        };
        stream.link = link;
        stream.peer = peer;
        self.tell(id);
    }

    fn take_in(&mut self, now: SimTime, from: SocketId, to: SocketId, data: &[u8]) {
        let Some(Kind::Stream(stream)) = self.sockets.get_mut(&to).map(|s| &mut s.kind) else {
            // A closed socket answers with a reset.
            return self.send_from(now, from, Packet::Reset(from));
        };
        stream.coming = stream.coming.saturating_sub(data.len());
        stream.inbox.extend(data);
        self.tell(to);
    }
}
