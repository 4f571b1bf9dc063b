//! The root: it owns the session, turns wishes into commands, and hands views to the leaves.

mod acts;
mod announce;
mod compare;
mod content;
mod exercise;
mod inspect;
mod listen;
mod message;
mod own;
mod root;
mod settings;
mod speaker;
mod tour;
mod view;

pub use message::Msg;
pub use root::App;
