//! A manifest, as kubectl and the API server take it: strictly, and with a place for every
//! problem.
//!
//! Text → documents with their JSON, a [`SourceMap`] from field to text, and all diagnostics
//! at once. The schema that directs it is the API server's own, as a table.

pub mod decode;
pub mod diagnostic;
mod examine;
mod fix;
pub mod json;
pub mod kinds;
mod mend;
pub mod messages;
pub mod read;
pub mod refusal;
pub mod schema;
pub mod source_map;
pub mod suggest;
pub mod texts;

pub use diagnostic::{Diagnostic, ProblemKind, Severity};
pub use fix::{Fix, fixes};
pub use read::{Document, Reading, read};
pub use source_map::{FieldSpans, SourceMap};
