//! Making the views from the run.

pub mod cache;
pub mod compare;
pub mod echo;
pub mod field;
pub mod focus;
pub mod inspector;
pub mod journey;
pub mod line_diff;
pub mod live;
mod owners;
pub mod pods;
pub mod records;
pub mod sharing;
pub mod stage;
pub mod stage_container;
pub mod stage_processes;
pub mod timeline;
pub mod timeline_lanes;
pub mod timeline_node;
pub mod timeline_traffic;
pub mod traffic;
pub mod transport;
pub mod truths;

pub use cache::{Kept, Made};
