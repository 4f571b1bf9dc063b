//! Sockets: what one end of a connection knows.

use std::collections::VecDeque;

use crate::shell::errno::Errno;
use crate::shell::net::address::Addr;
use crate::shell::net::dns::{Answer, Question};
use crate::shell::net::fifo::FifoEnd;
use crate::shell::net::network::NetId;

/// The number of a socket, unique in the network.
pub type SocketId = u64;

/// One socket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Socket {
    /// Its namespace.
    pub space: NetId,
    /// Its own address.
    pub local: Addr,
    /// The other end's address, as the program named it.
    pub remote: Addr,
    /// The network's history when something last happened to it.
    pub news: u64,
    /// What it is.
    pub kind: Kind,
}

/// What a socket is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// It listens; connections wait to be accepted.
    Listener(VecDeque<SocketId>),
    /// One end of a connection.
    Stream(Stream),
    /// A question to a name server, and its answer.
    Query(Question, Option<Answer>),
    /// One end of a named pipe.
    Fifo(FifoEnd),
}

/// One end of a connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stream {
    /// How far it is.
    pub link: Link,
    /// The other end, once it is known.
    pub peer: Option<SocketId>,
    /// The address it really leads to, of an end that has asked for the connection: what stands
    /// for others was resolved once, at its beginning. `None`: nobody is there.
    pub target: Option<Addr>,
    /// What has arrived and was not read.
    pub inbox: VecDeque<u8>,
    /// Bytes under way to it.
    pub coming: usize,
    /// The other end sends no more.
    pub ended: bool,
    /// This end sends no more.
    pub shut: bool,
}

impl Stream {
    /// An end in this state.
    pub fn new(link: Link, peer: Option<SocketId>) -> Stream {
        let (inbox, target) = (VecDeque::new(), None);
        Stream { link, peer, target, inbox, coming: 0, ended: false, shut: false }
    }
}

/// How far a connection is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link {
    /// The other side has not answered.
    Connecting,
    /// It stands.
    Up,
    /// It could not be made, or was reset.
    Failed(Errno),
}

/// What was received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Received {
    /// Bytes, at least one.
    Data(Vec<u8>),
    /// The other end sends no more.
    End,
    /// Nothing yet.
    Wait,
    /// The connection is broken.
    Failed(Errno),
}
