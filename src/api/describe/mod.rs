//! What `kubectl describe` prints, of the kinds that it describes.
//!
//! Two kubectls are spoken: 1.32, with which the recordings were made, and 1.36, where it says
//! more: names of ports, fields of Events, resources of Pods, `Optional` of projected sources.

pub mod container;
pub mod dispatch;
pub mod events;
pub mod network;
pub mod node;
pub mod plain;
pub mod pod;
pub mod probe;
pub mod storage;
pub mod text;
pub mod volume;
pub mod workload;

pub use dispatch::{describe, describe_gone};
pub use text::Text;
