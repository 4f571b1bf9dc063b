//! The field under the editor's caret.

use super::records::FactView;
use crate::base::{SimTime, Span, TextEdit};

/// What is known of a field without its description, which the page loads by type and name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldView {
    /// Where it is: `spec.containers[0].image`.
    pub path: String,
    /// Its key and value, in bytes of the text.
    pub span: Span,
    /// The type that has it: `Container`.
    pub owner: String,
    /// Its name: `image`.
    pub name: String,
    /// Its type in the words of the API: `string`, `[]v1.Container`.
    pub of_type: String,
    /// Whether the schema requires it.
    pub required: bool,
    /// The values that it may have; empty if any.
    pub values: Vec<&'static str>,
    /// What it is when left out here, as YAML in one line; empty if nothing is filled in.
    pub default: String,
    /// Whether it is taken and kept, but nothing here acts on it.
    pub not_simulated: bool,
    /// Whom it concerns.
    pub level: FieldLevel,
    /// Its number, where it is one to be turned.
    pub knob: Option<KnobView>,
    /// The rules that read it, in the order of the rules' table.
    pub rules: Vec<RuleUse>,
    /// The records of the run that read it, by number: their marks are its marks.
    pub records: Vec<usize>,
}

/// Whom a field concerns.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum FieldLevel {
    /// The object itself: its name, its labels, how many Pods there are to be.
    #[default]
    Object,
    /// The Pod as a whole.
    Pod,
    /// One container, by name.
    Container(String),
}

/// A rule that reads a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleUse {
    /// Rule id.
    pub rule: &'static str,
    /// How often it read the field in this run.
    pub times: usize,
    /// The last time: the record's number, and when.
    pub last: Option<(usize, SimTime)>,
    /// The numbers that decided then.
    pub facts: Vec<FactView>,
}

/// A number that can be turned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KnobView {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// What it is.
    pub value: i64,
    /// The least it is turned to.
    pub least: i64,
    /// The most.
    pub most: i64,
    /// One step.
    pub step: i64,
}

impl KnobView {
    /// The edit that sets it to a value within its bounds; `None` if that is what it is.
    pub fn to(&self, value: i64) -> Option<TextEdit> {
        let value = value.clamp(self.least, self.most);
        let edit = || TextEdit { span: self.span, text: value.to_string() };
        (value != self.value).then(edit)
    }
}
