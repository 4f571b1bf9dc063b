//! The stage: the cluster at one moment, drawn.

mod scene;

pub use scene::{Stage, StageProps};
