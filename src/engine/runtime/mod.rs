//! The node's container runtime: sandboxes, images, containers and the processes in them.

pub mod disk;
pub mod exec;
pub mod images;
pub mod instance;
pub mod launch;
pub mod namespace;
pub mod oom;
pub mod power;
pub mod pump;
pub mod sandbox;
pub mod service;
pub mod stop;
pub mod storage;

pub use instance::{Instance, LogLine, SignalSeen};
pub use namespace::{Home, Namespace};
pub use service::{Runtime, RuntimeTimer};
