//! The processes of a container: a value that is stepped.
//!
//! A [`Kernel`] is one PID namespace: its processes, their open files and file systems. It is
//! plain data (`Clone + PartialEq`), so the engine may copy it between any two steps and run both
//! copies to the same end. The engine spawns processes, sends signals and calls
//! [`Kernel::run`] whenever [`Kernel::next_wake`] says so; it takes output, exits and notes.
//!
//! All work takes no virtual time, except sleeping. What a process can do is in [`sys`] (system
//! calls; those on sockets in [`sys_net`]); what it runs is a shell ([`sh`]) or a command
//! ([`commands`]).
//!
//! Below all kernels of a cluster is one [`Network`] ([`net`]), another plain value, which the
//! engine lends to a kernel that runs. Programs that speak HTTP share [`http`].

pub mod behaviour;
pub mod cgroup;
pub mod cgroup_files;
pub mod commands;
pub mod errno;
pub mod exec;
pub mod files;
pub mod http;
pub mod image;
pub mod images;
pub mod kernel;
pub mod limits;
pub mod namespace;
pub mod net;
pub mod open_files;
pub mod proc;
pub mod process;
mod resolve;
pub mod sched;
pub mod sh;
pub mod signal;
pub mod spawn;
pub mod syntax;
pub mod sys;
pub mod sys_files;
pub mod sys_net;
pub mod tree;
pub mod types;
pub mod user;
pub mod view;
pub mod volume;

pub use cgroup::{Cgroup, CpuStat, Limits, OomKill};
pub use errno::Errno;
pub use files::FileSystem;
pub use kernel::Kernel;
pub use net::{NetId, Network};
pub use signal::Signal;
pub use spawn::Spawn;
pub use tree::{Content, Node, NodeKind, Tree};
pub use types::{Exit, Limit, Note, NoteKind, Output, Pid, SignalEffect, StartError, Stream};
pub use user::User;
pub use view::{Activity, ProcessInfo};
pub use volume::{Mount, VolumeId, Volumes};
