//! Words every layer shares; nothing of Kubernetes is here.

pub mod draw;
pub mod lang;
pub mod path;
pub mod text;
pub mod time;

pub use draw::draw;
pub use lang::Lang;
pub use path::{FieldPath, PathStep};
pub use text::{LineColumn, LineIndex, Span};
pub use time::SimTime;
