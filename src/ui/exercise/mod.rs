//! Exercises: the list of them, and the player. What is decided is decided by the session
//! (`session::sitting`); prose and solutions are loaded when they are wanted (`static/exercises`).

mod entries;
pub mod kept;

mod goals;
mod hints;
mod list;
mod parts;
mod player;
mod prose;
mod solution;

pub use goals::verdict;
pub use list::{Exercises, ExercisesProps};
pub use parts::{said_locked, short_edit};
pub use player::{Player, PlayerProps};
