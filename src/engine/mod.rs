//! The simulated cluster: a value, and the one function that changes it.
//!
//! Reading order: [`world`] (the value), [`wire`] (queue and messages under way), [`step`] (the one
//! dispatch), [`trace`] (what happened and why), then the components, each of which sees only its
//! own state, its input and [`cx::Cx`]. Containers meet on the network ([`crate::shell::net`]);
//! what the cluster itself does there is in [`network`], and the clients outside in [`traffic`].

pub mod action;
pub mod apiserver;
pub mod bandwidth;
pub mod client;
pub mod controllers;
pub mod cri;
pub mod cx;
pub mod endpoints;
pub mod faults;
pub mod invariants;
pub mod kubelet;
pub mod latency;
pub mod limits;
pub mod machine;
pub mod message;
pub mod network;
pub mod nodes;
pub mod reading;
pub mod recorder;
pub mod runtime;
pub mod scheduler;
pub mod step;
pub mod taints;
pub mod trace;
pub mod traffic;
pub mod wire;
pub mod world;

pub use action::{
    Action, Cascade, Change, DeleteOptions, Drain, ExecRequest, Look, PatchRequest, Request,
    Rollout,
};
pub use faults::NodeFault;
pub use machine::{Machine, NodeConfig};
pub use message::{Call, Component, Message, NodeId};
pub use trace::{Record, Row, RowKind, Subject, Trace, WatchType};
pub use world::{Config, World};
