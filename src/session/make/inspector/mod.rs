//! Making the inspector's view: only the side that is looked at.

mod events;
mod files;
mod logs;
mod network;
mod resources;
mod text;
mod versions;
mod view;
mod yaml;

pub use view::view;
