//! What components use: Yew's names, and this room's `html!`.

#[allow(hidden_glob_reexports, reason = "it stands in for Yew's")]
pub(crate) use super::{html, part};
pub use yew::prelude::*;
