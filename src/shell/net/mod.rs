//! The network below the programs: namespaces with one address each, TCP sockets, names.
//!
//! A [`Network`] is one for the whole cluster and a plain value; the engine keeps it and lends it
//! to each [`Kernel`](super::Kernel) that runs, as it lends volumes. A [`NetId`] is a network
//! namespace: a Pod's sandbox, or a node itself ([`NetId::HOST`] is the first). What goes to
//! another namespace is under way for [`LATENCY`]; inside of one it arrives at once. The engine
//! calls [`Network::deliver`] when [`Network::next_at`] has come and wakes the namespaces that
//! [`Network::take_woken`] names.
//!
//! Source of its behaviour: tcp(7), ip(7), connect(2) of Linux; kube-proxy in iptables mode.

pub mod address;
pub mod dns;
pub mod fifo;
pub mod nat;
pub mod network;
pub mod socket;
pub mod transport;

pub use address::{Addr, Ip};
pub use dns::{Answer, Names, Question};
pub use fifo::FifoId;
pub use nat::Virtual;
pub use network::{Befell, Fate, LATENCY, NetId, Network};
pub use socket::{Link, Received, Socket, SocketId};
