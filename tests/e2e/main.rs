//! The built page in real Chromium, end to end. `cargo dev test` builds the page and runs this;
//! by hand: `cargo dev build && cargo test --features dev --test e2e`.
//!
//! Chromium and its driver are `CHROME` and `CHROMEDRIVER` or those on `PATH`; the page is
//! `LIFEPOD_DIST` or `dist/`. Parts of the page are named by their `data-testid`.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a browser needs real time and processes"
)]

mod axe;
// The parts of the developer binary that drive a browser and serve the page.
mod bounds;
#[allow(dead_code, unused_imports, reason = "the developer binary uses the rest")]
#[path = "../../src/bin/lifepod-dev/browser/mod.rs"]
mod browser;
mod compare;
mod console;
mod editor;
mod embed;
mod exercise;
mod fidelity;
#[path = "../../src/bin/lifepod-dev/page/html.rs"]
#[allow(dead_code, reason = "the developer binary uses the rest")]
mod html;
mod inspector;
mod library;
mod life;
#[allow(dead_code, reason = "what a test can do, whether or not one does it today")]
mod page;
mod picker;
mod rest;
#[path = "../../src/bin/lifepod-dev/server.rs"]
mod server;
mod share;
mod smoke;
#[path = "../../src/bin/lifepod-dev/states/mod.rs"]
mod states;
mod still;
mod timeline;
mod tour;
mod transport;
mod why;
mod words;
