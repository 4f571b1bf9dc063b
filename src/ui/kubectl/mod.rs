//! What kubectl says: the pods at this moment, beside the phase, and the commands so far.

mod console;
mod echo;
pub mod line;
mod panel;
mod truths;

pub use console::Completion;
pub use line::{Line, Typed};
pub use panel::{KubectlPanel, KubectlPanelProps};
