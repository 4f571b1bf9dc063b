//! `cargo dev frames`: what the built page costs in Chromium: frames while time runs and while it
//! is scrubbed, the engine in Wasm, memory, the cold start. It prints and asserts nothing.

mod measure;
mod run;

pub use run::run;
