//! The list that validation writes to, and the place where it is.

use serde_json::Value;

use super::{ErrorKind, FieldError};
use crate::base::{FieldPath, PathStep};

/// Errors so far, and the path of the field that is looked at.
#[derive(Default)]
pub(super) struct Errors {
    list: Vec<FieldError>,
    path: FieldPath,
}

impl Errors {
    /// Looks at field `name` of the present object.
    pub(super) fn at<R>(&mut self, name: &str, look: impl FnOnce(&mut Self) -> R) -> R {
        self.within(PathStep::Field(name.to_string()), look)
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
        self.path.0.push(step);
        let result = look(self);
        self.path.0.pop();
        result
    }

    /// The present field must be set.
    pub(super) fn required(&mut self, detail: &str, rule: &'static str) {
        self.push(ErrorKind::Required, Value::Null, detail.to_string(), rule);
    }

    /// The present field may not be set.
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

    /// The present field has a value that stands somewhere else already.
    pub(super) fn duplicate(&mut self, value: impl Into<Value>, rule: &'static str) {
        self.push(ErrorKind::Duplicate, value.into(), String::new(), rule);
    }

    /// The present field names something that is not there.
    pub(super) fn not_found(&mut self, value: impl Into<Value>, rule: &'static str) {
        self.push(ErrorKind::NotFound, value.into(), String::new(), rule);
    }

    /// The present field has none of the values that there are.
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

    /// The present list has more than `most` items.
    pub(super) fn too_many(&mut self, count: usize, most: usize, rule: &'static str) {
        let detail = format!("must have at most {most} items");
        self.push(ErrorKind::TooMany, count.into(), detail, rule);
    }

    fn push(&mut self, kind: ErrorKind, bad_value: Value, detail: String, rule: &'static str) {
        self.list.push(FieldError { kind, path: self.path.clone(), bad_value, detail, rule });
    }

    /// All errors, in order.
    pub(super) fn done(self) -> Vec<FieldError> {
        self.list
    }
}
