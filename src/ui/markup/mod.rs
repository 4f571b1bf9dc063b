//! `html!` in a small way: the markup is one text, read when it is first drawn; only the values in
//! it are code.
//!
//! Yew's own macro makes code of every tag and attribute, some hundred bytes each, which is a large
//! part of the page. This one takes the same syntax but for components (`{ part! { <Name … /> } }`)
//! and gives the same nodes.

mod build;
pub mod prelude;
mod slot;
mod syntax;
mod template;

pub use build::build;
pub use slot::{IntoSlot, Slot, each, on};
pub(crate) use syntax::{hole, html, part};
pub use template::checked;
