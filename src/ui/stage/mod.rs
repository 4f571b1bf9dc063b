//! The stage: the cluster at one moment, drawn.
//!
//! [`layout`], [`flight`] and [`tone`] are arithmetic without web types; the rest draws, from the
//! whole ([`scene`]) to its parts. Everything drawn is a function of the view and its moment.

mod actor;
mod conditions;
mod container;
mod crowd;
mod crumbs;
mod empty;
mod flight;
mod glyph;
mod inspect;
mod layout;
mod logs;
mod map;
mod node;
mod owners;
mod phase;
mod pod;
mod probe;
mod process_tree;
mod ring;
mod scene;
mod service;
mod sharing;
mod signals;
mod tone;
mod traffic;
mod truth;
mod usage;
mod zoom;

pub use crumbs::key_focus;
pub use process_tree::view_all as view_all_processes;
pub use scene::{Stage, StageProps};
pub use sharing::view_spaces;
pub use usage::{milli, size};
pub use zoom::Focus;
