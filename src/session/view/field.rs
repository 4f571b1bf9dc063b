//! The field under the editor's caret.

/// What is known of a field without its description, which the page loads by type and name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldView {
    /// Where it is: `spec.containers[0].image`.
    pub path: String,
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
}
