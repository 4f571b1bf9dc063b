//! The sandbox of a Pod: pause, which holds the network and the address.

use crate::base::SimTime;
use crate::engine::cri::PidMode;
use crate::shell::NetId;

/// A Pod's sandbox.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sandbox {
    /// Host name of its containers.
    pub hostname: String,
    /// The Pod's address.
    pub ip: String,
    /// Its network namespace.
    pub net: NetId,
    /// When it was made.
    pub created: SimTime,
    /// Whether it is up.
    pub ready: bool,
    /// Which processes its containers see.
    pub pid_mode: PidMode,
    /// The number of the PID namespace that its containers share, if they do.
    pub namespace: Option<u64>,
    /// The `/etc/resolv.conf` of its containers.
    pub resolv: String,
}
