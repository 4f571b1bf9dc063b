//! A JSON value and the ways into it.

use super::{Map, Number};
use std::ops::{Index, IndexMut};

/// A JSON value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true`, `false`
    Bool(bool),
    /// `5`, `0.5`
    Number(Number),
    /// `"text"`
    String(String),
    /// `[…]`
    Array(Vec<Value>),
    /// `{…}`
    Object(Map<String, Value>),
}

static NULL: Value = Value::Null;

impl Value {
    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Whether it is text.
    pub fn is_string(&self) -> bool {
        matches!(self, Value::String(_))
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Value::Number(_))
    }

    /// Whether it is a whole number of zero and up.
    pub fn is_u64(&self) -> bool {
        self.as_u64().is_some()
    }

    /// Whether it is a list.
    pub fn is_array(&self) -> bool {
        matches!(self, Value::Array(_))
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Value::Object(_))
    }

    /// Truth, if it is that.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(truth) = self { Some(*truth) } else { None }
    }

    /// Text, if it is that.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = self { Some(text) } else { None }
    }

    /// A whole number, if it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        if let Value::Number(number) = self { number.as_i64() } else { None }
    }

    /// A whole number of zero and up, if it is one that fits.
    pub fn as_u64(&self) -> Option<u64> {
        if let Value::Number(number) = self { number.as_u64() } else { None }
    }

    /// The items, if it is a list.
    pub fn as_array(&self) -> Option<&Vec<Value>> {
        if let Value::Array(items) = self { Some(items) } else { None }
    }

    /// The items, to be changed.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        if let Value::Array(items) = self { Some(items) } else { None }
    }

    /// The entries, if it is an object.
    pub fn as_object(&self) -> Option<&Map<String, Value>> {
        if let Value::Object(entries) = self { Some(entries) } else { None }
    }

    /// The entries, to be changed.
    pub fn as_object_mut(&mut self) -> Option<&mut Map<String, Value>> {
        if let Value::Object(entries) = self { Some(entries) } else { None }
    }

    /// What is at a key or an index.
    pub fn get(&self, at: impl At) -> Option<&Value> {
        at.of(self)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, at: impl At) -> Option<&mut Value> {
        at.of_mut(self)
    }

    /// Takes it out; null stays behind.
    pub fn take(&mut self) -> Value {
        std::mem::take(self)
    }

    /// What is at `/key/0/…` (`~1` is a slash, `~0` a tilde).
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        steps(pointer)?.iter().try_fold(self, |value, step| match value {
            Value::Object(entries) => entries.get(step),
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The same, to be changed.
    pub fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Value> {
        steps(pointer)?.iter().try_fold(self, |value, step| match value {
            Value::Object(entries) => entries.get_mut(step),
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

/// The steps of a pointer; `None` if it does not begin with a slash.
fn steps(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let steps = pointer.strip_prefix('/')?.split('/');
    Some(steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect())
}

/// Where something is in a value: a key or an index.
pub trait At {
    /// What is there.
    fn of(self, value: &Value) -> Option<&Value>;
    /// The same, to be changed.
    fn of_mut(self, value: &mut Value) -> Option<&mut Value>;
    /// The same; an object gets the key.
    fn made_in(self, value: &mut Value) -> &mut Value;
}

impl At for &str {
    fn of(self, value: &Value) -> Option<&Value> {
        value.as_object()?.get(self)
    }

    fn of_mut(self, value: &mut Value) -> Option<&mut Value> {
        value.as_object_mut()?.get_mut(self)
    }

    fn made_in(self, value: &mut Value) -> &mut Value {
        if value.is_null() {
            *value = Value::Object(Map::new());
        }
        let entries = value.as_object_mut().expect("only an object has keys");
        entries.entry(self).or_default()
    }
}

impl At for &String {
    fn of(self, value: &Value) -> Option<&Value> {
        self.as_str().of(value)
    }

    fn of_mut(self, value: &mut Value) -> Option<&mut Value> {
        self.as_str().of_mut(value)
    }

    fn made_in(self, value: &mut Value) -> &mut Value {
        self.as_str().made_in(value)
    }
}

impl At for usize {
    fn of(self, value: &Value) -> Option<&Value> {
        value.as_array()?.get(self)
    }

    fn of_mut(self, value: &mut Value) -> Option<&mut Value> {
        value.as_array_mut()?.get_mut(self)
    }

    fn made_in(self, value: &mut Value) -> &mut Value {
        self.of_mut(value).expect("only a list has indices, up to its length")
    }
}

/// What is there, or null.
impl<I: At> Index<I> for Value {
    type Output = Value;

    fn index(&self, at: I) -> &Value {
        at.of(self).unwrap_or(&NULL)
    }
}

/// What is there; an object gets the key, and null becomes an object.
impl<I: At> IndexMut<I> for Value {
    fn index_mut(&mut self, at: I) -> &mut Value {
        at.made_in(self)
    }
}

macro_rules! from {
    ($($type:ty: $value:ident => $made:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $made
            }
        }
    )*};
}

from! {
    &str: text => Value::String(text.to_string());
    String: text => Value::String(text);
    bool: truth => Value::Bool(truth);
    i32: number => Value::Number(i64::from(number).into());
    i64: number => Value::Number(number.into());
    u16: number => Value::Number(u64::from(number).into());
    u32: number => Value::Number(u64::from(number).into());
    u64: number => Value::Number(number.into());
    usize: number => Value::Number((number as u64).into());
    Number: number => Value::Number(number);
    Map<String, Value>: entries => Value::Object(entries);
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Value::Array(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Value::Array(items.into_iter().map(Into::into).collect())
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<String> for Value {
    fn eq(&self, text: &String) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<bool> for Value {
    fn eq(&self, truth: &bool) -> bool {
        self.as_bool() == Some(*truth)
    }
}

impl PartialEq<bool> for &Value {
    fn eq(&self, truth: &bool) -> bool {
        **self == *truth
    }
}

macro_rules! equal {
    ($($type:ty)*) => {$(
        impl PartialEq<$type> for Value {
            fn eq(&self, number: &$type) -> bool {
                let other = Value::from(*number);
                *self == other
            }
        }
    )*};
}

equal!(i32 i64 u16 u32 u64 usize);
