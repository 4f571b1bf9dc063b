//! What people ask of a cluster without changing it: `kubectl get`, `describe`, `events`.
//!
//! A question is plain data and is answered from a list of objects, so that the objects of a file,
//! those of a scenario at a moment, and those that the page shows are answered by the same code.

pub mod answer;
pub mod ask;
pub mod custom;
pub mod describe;
pub mod events;
pub mod get;
pub mod json_path;
pub mod output;
pub mod place;
pub mod select;

pub use answer::{Answer, answer};
pub use ask::{Describe, EventsOf, Get, Output, Query, Target};
pub use place::Place;
pub use select::Selector;
