//! The editor: its text, what is wrong with it, and what the selected record lights up.

use crate::base::Span;

/// What the editor shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EditorView {
    /// The learner's text, never changed by us.
    pub text: String,
    /// What is wrong with it, in text order.
    pub problems: Vec<ProblemView>,
    /// Whether the text differs from what was applied last.
    pub dirty: bool,
    /// Lines (from 1) that the selected record reads; empty if the text changed since.
    pub lit_lines: Vec<usize>,
    /// What the API server answered to the last apply that it refused, word for word.
    pub refused: Option<String>,
    /// The objects of the text, as `Pod/web`.
    pub objects: Vec<String>,
}

/// One problem of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProblemView {
    /// Rule id.
    pub rule: String,
    /// An error refuses the manifest; a warning does not.
    pub error: bool,
    /// Where, in bytes of the text.
    pub span: Span,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong: English, Chinese.
    pub message: [String; 2],
    /// What to do: English, Chinese; may be empty.
    pub help: [String; 2],
}
