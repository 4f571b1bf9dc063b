//! The node's container runtime: sandboxes, images, containers and the processes in them.

pub mod disk;
pub mod exec;
pub mod images;
pub mod instance;
pub mod launch;
pub mod log;
pub mod namespace;
pub mod oom;
pub mod power;
pub mod pump;
pub mod sandbox;
pub mod service;
pub mod stop;
pub mod storage;

pub use instance::{Instance, SignalSeen};
pub use log::{Log, LogLine};
pub use namespace::{Home, Namespace};
pub use service::{Runtime, RuntimeTimer};
