//! Text to a tree in which every key and value knows its place.
//!
//! Reading never fails: what is wrong comes back as problems beside the tree. The text is cut
//! into documents and its scalars are read as kubectl does it, so that a learner sees here what
//! a cluster would get. Everything is bounded: size, depth, nodes.

mod escape;
mod join;
pub mod limits;
mod look;
mod mistake;
pub mod offsets;
pub mod parse;
pub mod print;
pub mod problem;
pub mod scalar;
pub mod split;
mod style;
pub mod tree;

pub use parse::parse;
pub use print::print;
pub use problem::{Problem, SyntaxError};
pub use split::{Chunk, split};
pub use tree::{Entry, Node, NodeId, NodeKind, Tree};
