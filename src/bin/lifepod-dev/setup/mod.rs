//! Finds or installs what a build or a test needs. Says what it installs before it does; what is
//! there is used as it is, so that a second call changes nothing.

mod all;
mod chromium;
mod debian;
mod optimizer;
mod python;
mod trunk;
mod wasm;

pub use all::run;
pub use chromium::Chromium;
pub use optimizer::wasm_opt;
pub use python::python;
pub use trunk::Trunk;
pub use wasm::WasmToolchain;
