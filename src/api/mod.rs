//! Kubernetes objects as plain data, and the laws that need no cluster.

pub mod affinity;
pub mod container;
pub mod defaults;
pub mod describe;
pub mod event;
pub mod meta;
pub mod node;
pub mod object;
pub mod patch;
pub mod pod;
pub mod print;
pub mod qos;
pub mod quantity;
pub mod query;
pub mod requests;
pub mod resource;
pub mod revision;
pub mod selector;
pub mod service;
pub mod status;
pub mod storage;
pub mod taint;
pub mod time;
pub mod usage;
pub mod validate;

pub use container::{Container, ExecAction, Handler, Lifecycle, Probe, PullPolicy, Resources};
pub use event::{Event, EventType, ObjectReference};
pub use meta::ObjectMeta;
pub use node::{Node, NodeCondition};
pub use object::PlainObject;
pub use pod::{Pod, PodFields, PodSpec, RestartPolicy};
pub use service::{Endpoint, EndpointSlice, Service};
pub use status::{
    Address, Condition, ContainerState, ContainerStatus, Phase, PodStatus, Running, Terminated,
    Waiting,
};
pub use taint::Taint;
pub use time::{EPOCH, STOOD, Timestamp};
