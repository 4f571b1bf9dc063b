//! Words every layer shares; nothing of Kubernetes is here.

pub mod base64;
pub mod draw;
pub mod json;
pub mod lang;
pub mod map;
pub mod nearest;
pub mod path;
pub mod set;
pub mod shared;
pub mod sort;
pub mod text;
pub mod texts;
pub mod time;

pub use draw::draw;
pub use lang::Lang;
pub use map::Map;
pub use nearest::nearest;
pub use path::{FieldPath, PathStep};
pub use set::Set;
pub use shared::Shared;
pub use sort::{sort, sort_by, sort_by_key};
pub use text::{LineColumn, LineIndex, Span, TextEdit};
pub use texts::{Said, Text, Texts};
pub use time::SimTime;
