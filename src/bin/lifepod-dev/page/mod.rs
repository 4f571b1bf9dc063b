//! Compiles the page and lays out `dist/`: index.html, `lifepod-HASH.js`, `lifepod_bg-HASH.wasm`,
//! and the files that index.html names. `trunk build` makes the same page of the same index.html.

mod build;
mod compile;
mod html;
mod layout;
mod names;
mod rooms;
mod sizes;

pub use build::{build, run};
pub use compile::Profile;
pub use html::policy;
pub use rooms::run as size;
