//! The node's kubelet: one worker a Pod, which syncs it; the relist that notices what happened;
//! probe workers; and the status manager.
//!
//! `plan*` files decide and are pure; `carry*` files act.

pub mod admission;
pub mod backoff;
pub mod carry_kill;
pub mod carry_reset;
pub mod carry_start;
pub mod carry_sync;
pub mod carry_terminate;
pub mod carry_volumes;
pub mod claims;
pub mod conditions;
pub mod container_config;
pub mod deadline;
pub mod downward;
pub mod env_file;
pub mod environment;
pub mod eviction;
pub mod exec;
pub mod expansion;
pub mod hooks;
pub mod link;
mod node_eviction;
mod node_profiles;
pub mod objects;
pub mod oom_score;
pub mod over_network;
pub mod payload;
pub mod phase;
pub mod plan;
pub mod plan_init;
pub mod pleg;
pub mod pod_files;
pub mod pressure;
pub mod probe_run;
pub mod prober;
pub mod reconcile;
pub mod restart;
pub mod said;
pub mod service;
pub mod status;
pub mod status_last;
pub mod status_manager;
pub mod status_resources;
pub mod sysctl;
pub mod worker;

pub use prober::{ProbeKind, Prober};
pub use service::{Kubelet, KubeletTimer};
pub use worker::{HookRun, Worker};
