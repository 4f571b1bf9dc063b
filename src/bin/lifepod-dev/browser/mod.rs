//! Drives Chromium over WebDriver. A thin client of our own: the dozen calls we need, blocking,
//! instead of an async framework with a hundred crates.

mod driver;
mod keys;
mod session;

pub use driver::{CHROME_ARGS, Driver};
pub use session::{Element, Session};
