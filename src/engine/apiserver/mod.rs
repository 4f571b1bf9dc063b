//! kube-apiserver: the store, its writes, and the watches on it.

pub mod addresses;
pub mod admit;
mod belonging;
mod claims;
pub mod delete;
pub mod evict;
pub mod exec;
mod limit_range;
pub mod list;
pub mod namespaces;
mod nodes;
mod patch;
mod place;
pub mod plain;
mod priority;
pub mod quota;
mod store;
pub mod update;
pub mod workload;

pub use store::ApiServer;
