//! What can be written at a place of the text.

use crate::base::Span;

/// What can stand in the place of `span`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompletionView {
    /// The word that is begun there, in bytes of the text.
    pub span: Span,
    /// What can stand there, the most likely first.
    pub options: Vec<OptionView>,
}

/// One way to go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OptionView {
    /// The word.
    pub label: String,
    /// What is put in.
    pub insert: String,
    /// Where the caret is in it then, in bytes.
    pub caret: usize,
    /// The type of a field; empty for a value.
    pub of_type: String,
    /// The type that has the field, for its description; empty for a value.
    pub owner: &'static str,
    /// Whether the schema requires the field.
    pub required: bool,
}
