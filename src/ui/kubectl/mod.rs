//! What kubectl says: the pods at this moment, beside the phase, and the commands so far.

mod echo;
mod panel;
mod truths;

pub use panel::{KubectlPanel, KubectlPanelProps};
