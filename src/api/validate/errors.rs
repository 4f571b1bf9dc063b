//! The list that validation writes to, and the place where it is.

use crate::base::json::Value;

use super::names::{self, Complaints};
use super::{ErrorKind, FieldError};
use crate::base::{FieldPath, PathStep};

/// Errors that are kept: far more than anyone reads.
const MOST: usize = 1_000;

/// Errors so far, and what is looked at.
pub(super) struct Errors<'v> {
    list: Vec<FieldError>,
    path: FieldPath,
    /// The rule that an error breaks now.
    pub(super) rule: &'static str,
    /// Values that items of the present list have taken.
    pub(super) taken: Vec<&'v str>,
    /// The Pod's spec that is looked at.
    pub(super) spec: &'v Value,
    /// Whether that is the spec of a Pod, not of a template.
    pub(super) is_pod: bool,
    /// Its volumes that have no errors.
    pub(super) volumes: Vec<&'v Value>,
}

impl<'v> Errors<'v> {
    /// No errors, at the root.
    pub(super) fn new() -> Self {
        Errors {
            list: Vec::new(),
            path: FieldPath::root(),
            rule: "api.metadata",
            taken: Vec::new(),
            spec: &Value::Null,
            is_pod: true,
            volumes: Vec::new(),
        }
    }

    /// Looks at field `name` of the present object; a dot in it leads deeper.
    pub(super) fn at(&mut self, name: &str, look: impl FnOnce(&mut Self)) {
        let depth = self.path.0.len();
        self.enter(name);
        look(self);
        self.leave(depth);
    }

    /// Looks at item `index` of the present list.
    pub(super) fn index(&mut self, index: usize, look: impl FnOnce(&mut Self)) {
        self.within(PathStep::Index(index), look);
    }

    /// Looks at entry `key` of the present map.
    pub(super) fn key(&mut self, key: &str, look: impl FnOnce(&mut Self)) {
        self.within(PathStep::Key(key.to_string()), look);
    }

    /// Looks at each item of the present `list`.
    pub(super) fn each(&mut self, list: &'v Value, look: &mut dyn FnMut(&mut Self, &'v Value)) {
        let taken = std::mem::take(&mut self.taken);
        for (i, item) in list.as_array().into_iter().flatten().enumerate() {
            self.index(i, |e| look(e, item));
        }
        self.taken = taken;
    }

    fn within(&mut self, step: PathStep, look: impl FnOnce(&mut Self)) {
        let depth = self.path.0.len();
        self.step(step);
        look(self);
        self.leave(depth);
    }

    // Kept out of line: there is a copy of `within` for each place that is looked at.
    #[inline(never)]
    fn step(&mut self, step: PathStep) {
        self.path.0.push(step);
    }

    /// Goes to field `name`; [`leave`](Self::leave) comes back.
    #[inline(never)]
    pub(super) fn enter(&mut self, name: &str) {
        for field in name.split('.').filter(|f| !f.is_empty()) {
            self.path.0.push(PathStep::Field(field.to_string()));
        }
    }

    /// Steps that lead to the present place.
    pub(super) fn depth(&self) -> usize {
        self.path.0.len()
    }

    /// Goes back up to `depth`.
    #[inline(never)]
    pub(super) fn leave(&mut self, depth: usize) {
        self.path.0.truncate(depth);
    }

    /// An error at field `name` of the present object, or with no name at the object itself.
    #[inline(never)]
    fn add(&mut self, kind: ErrorKind, name: &str, bad_value: Value, detail: &str) {
        if self.list.len() >= MOST {
            return;
        }
        let depth = self.path.0.len();
        self.enter(name);
        let (path, detail) = (self.path.clone(), detail.to_string());
        let rule = self.rule;
        self.list.push(FieldError { kind, path, bad_value, is_structure: false, detail, rule });
        self.leave(depth);
    }

    /// Field `name` must be set.
    pub(super) fn required(&mut self, name: &str, detail: &str) {
        self.add(ErrorKind::Required, name, Value::Null, detail);
    }

    /// Field `name` may not be set.
    pub(super) fn forbidden(&mut self, name: &str, detail: &str) {
        self.add(ErrorKind::Forbidden, name, Value::Null, detail);
    }

    /// Field `name` has a `value` that is not acceptable.
    pub(super) fn invalid(&mut self, name: &str, value: &Value, detail: &str) {
        self.add(ErrorKind::Invalid, name, value.clone(), detail);
    }

    /// As [`invalid`](Self::invalid), for a text.
    pub(super) fn bad_text(&mut self, name: &str, value: &str, detail: &str) {
        self.add(ErrorKind::Invalid, name, value.into(), detail);
    }

    /// The present field has a structure that is not acceptable, as the API server prints it.
    pub(super) fn bad_structure(&mut self, kind: ErrorKind, printed: String, detail: &str) {
        let before = self.list.len();
        self.add(kind, "", printed.into(), detail);
        for error in &mut self.list[before..] {
            error.is_structure = true;
        }
    }

    /// The present field's `value` has these `complaints`.
    #[inline(never)]
    pub(super) fn complain(&mut self, value: &str, complaints: Complaints) {
        for complaint in complaints {
            self.bad_text("", value, &complaint);
        }
    }

    /// The present field's `value` should have the `form` that [`names`] knows.
    #[inline(never)]
    pub(super) fn form(&mut self, form: &str, value: &str) {
        self.complain(value, names::complaints(form, value));
    }

    /// Field `name` has a value that stands somewhere else already.
    pub(super) fn duplicate(&mut self, name: &str, value: &Value) {
        self.add(ErrorKind::Duplicate, name, value.clone(), "");
    }

    /// Field `name` names something that is not there.
    pub(super) fn not_found(&mut self, name: &str, value: &str, detail: &str) {
        self.add(ErrorKind::NotFound, name, value.into(), detail);
    }

    /// Field `name` has none of the values that there are: `supported`, with bars between them.
    #[inline(never)]
    pub(super) fn not_supported(&mut self, name: &str, value: &Value, supported: &str) {
        let quoted: Vec<String> = supported.split('|').map(|s| format!("\"{s}\"")).collect();
        let detail = format!("supported values: {}", quoted.join(", "));
        self.add(ErrorKind::NotSupported, name, value.clone(), &detail);
    }

    /// Field `name` is longer than `bytes`.
    pub(super) fn too_long(&mut self, name: &str, bytes: usize) {
        let detail = format!("may not be more than {bytes} bytes");
        self.add(ErrorKind::TooLong, name, Value::Null, &detail);
    }

    /// The present list has more than `most` items: `has`.
    pub(super) fn too_many(&mut self, has: usize, most: &str) {
        let detail = format!("must have at most {most} items");
        self.add(ErrorKind::TooMany, "", has.into(), &detail);
    }

    /// Errors so far.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// All errors, in order.
    pub(super) fn done(self) -> Vec<FieldError> {
        self.list
    }
}

/// The text in field `name` of `object`, empty if it has none.
#[inline(never)]
pub(super) fn text<'v>(object: &'v Value, name: &str) -> &'v str {
    object[name].as_str().unwrap_or_default()
}

/// The number in field `name` of `object`, 0 if it has none.
#[inline(never)]
pub(super) fn number(object: &Value, name: &str) -> i64 {
    object[name].as_i64().unwrap_or_default()
}

/// Whether field `name` of `object` is set.
#[inline(never)]
pub(super) fn is_set(object: &Value, name: &str) -> bool {
    !object[name].is_null()
}

/// The items of the list in field `name` of `object`.
#[inline(never)]
pub(super) fn items<'v>(object: &'v Value, name: &str) -> &'v [Value] {
    object[name].as_array().map_or(&[], Vec::as_slice)
}

/// The entries of a map.
pub(super) fn entries(map: &Value) -> impl Iterator<Item = (&String, &Value)> {
    map.as_object().into_iter().flatten()
}
