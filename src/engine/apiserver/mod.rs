//! kube-apiserver: the store, its writes, and the watches on it.

pub mod addresses;
pub mod admit;
pub mod delete;
pub mod exec;
pub mod patch;
pub mod plain;
mod store;
pub mod update;

pub use store::ApiServer;
