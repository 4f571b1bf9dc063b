//! The transport: the clock, the scale of time, and the keys of a player.

mod bar;
mod clock_field;
mod scrub;
mod speeds;

pub use bar::{TransportBar, TransportBarProps};
