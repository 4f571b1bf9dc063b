//! Compiles the page and lays out `dist/`: index.html, `lifepod-HASH.js`, `lifepod_bg-HASH.wasm`,
//! a second half of the program that the page loads later (`split`, release builds only), and the
//! files that index.html names. `trunk build` makes the same page of the same index.html, with the
//! program in one file.

mod build;
mod compile;
mod first;
mod html;
mod layout;
mod names;
mod rooms;
mod sizes;
mod split;

pub use build::{build, run};
pub use compile::Profile;
pub use first::run as first;
pub use html::policy;
pub use rooms::run as size;
