//! The list that validation writes to, and the place where it is.

use serde_json::Value;

use super::{ErrorKind, FieldError};
use crate::base::{FieldPath, PathStep};

/// Errors that are kept: far more than anyone reads.
const MOST: usize = 1_000;

/// Errors so far, and the path of the field that is looked at.
#[derive(Default)]
pub(super) struct Errors {
    list: Vec<FieldError>,
    path: FieldPath,
}

impl Errors {
    /// Looks at field `name` of the present object.
    pub(super) fn at<R>(&mut self, name: &str, look: impl FnOnce(&mut Self) -> R) -> R {
        self.enter_field(name);
        let result = look(self);
        self.leave();
        result
    }

    /// Looks at item `index` of the present list.
    pub(super) fn index<R>(&mut self, index: usize, look: impl FnOnce(&mut Self) -> R) -> R {
        self.within(PathStep::Index(index), look)
    }

    /// Looks at entry `key` of the present map.
    pub(super) fn key<R>(&mut self, key: &str, look: impl FnOnce(&mut Self) -> R) -> R {
        self.within(PathStep::Key(key.to_string()), look)
    }

    /// Looks at each item of the list `name` of `object`.
    pub(super) fn each(
        &mut self,
        object: &Value,
        name: &str,
        mut look: impl FnMut(&mut Self, &Value),
    ) {
        let Some(items) = object[name].as_array() else { return };
        self.at(name, |e| {
            for (i, item) in items.iter().enumerate() {
                e.within(PathStep::Index(i), |e| look(e, item));
            }
        });
    }

    fn within<R>(&mut self, step: PathStep, look: impl FnOnce(&mut Self) -> R) -> R {
        self.enter(step);
        let result = look(self);
        self.leave();
        result
    }

    // Kept out of line: there is a copy of `within` for each place that is looked at.
    #[inline(never)]
    fn enter(&mut self, step: PathStep) {
        self.path.0.push(step);
    }

    #[inline(never)]
    fn enter_field(&mut self, name: &str) {
        self.enter(PathStep::Field(name.to_string()));
    }

    #[inline(never)]
    fn leave(&mut self) {
        self.path.0.pop();
    }

    /// The present field must be set.
    #[inline(never)]
    pub(super) fn required(&mut self, detail: &str, rule: &'static str) {
        self.push(ErrorKind::Required, Value::Null, detail.to_string(), rule);
    }

    /// The present field may not be set.
    #[inline(never)]
    pub(super) fn forbidden(&mut self, detail: &str, rule: &'static str) {
        self.push(ErrorKind::Forbidden, Value::Null, detail.to_string(), rule);
    }

    /// The present field has a value that is not acceptable.
    pub(super) fn invalid(
        &mut self,
        value: impl Into<Value>,
        detail: impl Into<String>,
        rule: &'static str,
    ) {
        self.push(ErrorKind::Invalid, value.into(), detail.into(), rule);
    }

    /// The present field's value has these `complaints`.
    #[inline(never)]
    pub(super) fn all(&mut self, value: &str, complaints: Vec<String>, rule: &'static str) {
        for complaint in complaints {
            self.invalid(value, complaint, rule);
        }
    }

    /// As [`all`](Self::all), for a number.
    #[inline(never)]
    pub(super) fn all_of_number(
        &mut self,
        value: i64,
        complaints: Vec<String>,
        rule: &'static str,
    ) {
        for complaint in complaints {
            self.invalid(value, complaint, rule);
        }
    }

    /// Field `name` of `object` must not be empty; gives whether it is not.
    #[inline(never)]
    pub(super) fn must_have(&mut self, object: &Value, name: &str, rule: &'static str) -> bool {
        let there = !text(object, name).is_empty();
        if !there {
            self.at(name, |e| e.required("", rule));
        }
        there
    }

    /// Field `name` of `object` must be one of `supported`.
    #[inline(never)]
    pub(super) fn one_of(
        &mut self,
        object: &Value,
        name: &str,
        supported: &[&str],
        rule: &'static str,
    ) {
        let value = text(object, name);
        if value.is_empty() {
            self.at(name, |e| e.required("", rule));
        } else if !supported.contains(&value) {
            self.at(name, |e| e.not_supported(value, supported, rule));
        }
    }

    /// The present field has a value that stands somewhere else already.
    pub(super) fn duplicate(&mut self, value: impl Into<Value>, rule: &'static str) {
        self.push(ErrorKind::Duplicate, value.into(), String::new(), rule);
    }

    /// The present field names something that is not there.
    pub(super) fn not_found(&mut self, value: impl Into<Value>, rule: &'static str) {
        self.push(ErrorKind::NotFound, value.into(), String::new(), rule);
    }

    /// The present field has none of the values that there are.
    #[inline(never)]
    pub(super) fn not_supported(&mut self, value: &str, supported: &[&str], rule: &'static str) {
        let quoted: Vec<String> = supported.iter().map(|s| format!("{s:?}")).collect();
        let detail = format!("supported values: {}", quoted.join(", "));
        self.push(ErrorKind::NotSupported, value.into(), detail, rule);
    }

    /// The present field is longer than `bytes`.
    pub(super) fn too_long(&mut self, bytes: usize, rule: &'static str) {
        let detail = format!("may not be more than {bytes} bytes");
        self.push(ErrorKind::TooLong, Value::Null, detail, rule);
    }

    #[inline(never)]
    fn push(&mut self, kind: ErrorKind, bad_value: Value, detail: String, rule: &'static str) {
        if self.list.len() >= MOST {
            return;
        }
        self.list.push(FieldError { kind, path: self.path.clone(), bad_value, detail, rule });
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
