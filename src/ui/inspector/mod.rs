//! The inspector: one object from all its sides.

mod copy;
mod files;
mod logs;
mod network;
mod pane;
mod resources;
mod tables;
mod yaml;

pub use copy::{copy, download};
pub use pane::{Inspector, InspectorProps};
