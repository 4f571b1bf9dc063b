//! Exercises, as front ends see them.

pub use crate::course::exercise::{Edit, EditKind, Exercise, Mistake, read};
