//! The editor: its text, what is wrong with it, and what the selected record lights up.

use crate::base::{Said, Span, TextEdit};

/// What the editor shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EditorView {
    /// The learner's text, never changed by us.
    pub text: String,
    /// What is wrong with it, in text order.
    pub problems: Vec<ProblemView>,
    /// Whether the text differs from what was applied last.
    pub dirty: bool,
    /// Lines (from 1) that are not as they were applied last, in order; empty before the first
    /// apply.
    pub changed_lines: Vec<usize>,
    /// Lines (from 1) that the selected record reads; empty if the text changed since.
    pub lit_lines: Vec<usize>,
    /// What the API server answered to the last apply that it refused, word for word.
    pub refused: Option<String>,
    /// The objects of the text, as `Pod/web`.
    pub objects: Vec<String>,
}

/// How bad a problem is, the worst last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// Nothing is wrong; the field is kept and nothing here acts on it.
    Note,
    /// Taken, and hardly meant.
    Warning,
    /// The manifest is refused.
    Error,
}

/// One problem of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProblemView {
    /// Rule id.
    pub rule: String,
    /// How bad it is.
    pub level: Level,
    /// Where, in bytes of the text.
    pub span: Span,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: Said,
    /// What to do, where something can be said.
    pub help: Option<Said>,
    /// The keys that could stand there instead; empty where that is no question of keys.
    pub known: Vec<&'static str>,
    /// What can be done about it, the most likely first.
    pub fixes: Vec<FixView>,
    /// Another place that belongs to it, in bytes of the text, and its line.
    pub related: Option<(Span, usize)>,
}

/// A way to mend a problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FixView {
    /// What it does, in a few words.
    pub title: Said,
    /// How.
    pub edit: TextEdit,
}

impl ProblemView {
    /// Whether the manifest is refused for it.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}
