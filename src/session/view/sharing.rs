//! Who shares what: the namespaces of a Pod's containers, its network and its address.

/// What the containers of a Pod share with each other and with the node.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SharingView {
    /// `pause`, which holds the namespaces of the Pod open, then the containers that are there.
    pub members: Vec<MemberView>,
    /// The devices of the network that all of them see: name and address.
    pub devices: Vec<(String, String)>,
    /// Who listens in that network: port, and the container whose program does.
    pub ports: Vec<(u16, String)>,
    /// Bits a second that may come in and go out, as the annotations ask; empty: not said.
    pub bandwidth: Option<[String; 2]>,
}

/// `pause` or a container, and the namespaces it is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemberView {
    /// `pause`, or the container's name.
    pub name: String,
    /// Its namespaces, in the order of [`SpaceKind::ALL`].
    pub spaces: [SpaceView; 5],
}

/// A namespace that something is in. Who shows the same number shares it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpaceView {
    /// Whose it is.
    pub scope: Scope,
    /// Its number, as `/proc/PID/ns` has it on the node.
    pub number: u64,
}

/// Whose a namespace is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// The container's alone.
    Own,
    /// All containers of the Pod are in it.
    Pod,
    /// The node's own.
    Node,
}

/// A kind of namespace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpaceKind {
    /// Network: addresses, ports, routes.
    Net,
    /// Shared memory, semaphores, queues.
    Ipc,
    /// The host name.
    Uts,
    /// Processes.
    Pid,
    /// The file system.
    Mnt,
}

impl SpaceKind {
    /// All of them.
    pub const ALL: [SpaceKind; 5] =
        [SpaceKind::Net, SpaceKind::Ipc, SpaceKind::Uts, SpaceKind::Pid, SpaceKind::Mnt];

    /// Its word in `/proc/PID/ns`.
    pub const fn word(self) -> &'static str {
        match self {
            SpaceKind::Net => "net",
            SpaceKind::Ipc => "ipc",
            SpaceKind::Uts => "uts",
            SpaceKind::Pid => "pid",
            SpaceKind::Mnt => "mnt",
        }
    }
}
