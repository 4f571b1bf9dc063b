//! The scenarios, to be searched and opened: a dialog with a field, the topics, and the list of
//! what is found (the pattern of a combobox: the focus stays in the field, the arrows move in the
//! list). The learner's own texts stand first, so that none is lost behind a scenario.

mod dialog;
mod found;
mod list;
mod search;

pub use dialog::{Picker, PickerProps};
pub use found::Choice;
