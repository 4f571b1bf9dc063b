//! Structures as JSON objects: a list of names instead of generated code for each type.
//!
//! [`fields!`] and [`words!`] say what a type's fields and variants are
//! called; one function reads them all and one writes them.

use crate::base::Map;
use crate::base::json::Value;

/// What can be read from a JSON value.
pub trait Read {
    /// Takes the value over.
    ///
    /// # Errors
    /// What was found where something else was expected.
    fn read(&mut self, value: &Value) -> Result<(), String>;
}

/// What can be written as a JSON value.
pub trait Write {
    /// The value.
    fn write(&self) -> Value;

    /// Whether a field may be left out that has this value.
    fn is_unset(&self) -> bool {
        false
    }
}

/// Reads a value of any readable type.
///
/// # Errors
/// What was found where something else was expected.
pub fn read<T: Read + Default>(value: &Value) -> Result<T, String> {
    let mut new = T::default();
    new.read(value)?;
    Ok(new)
}

/// Reads an object into fields; null and keys that nobody asks for are passed over.
///
/// # Errors
/// What was found where something else was expected, with the field's name.
pub fn read_fields(value: &Value, fields: &mut [(&str, &mut dyn Read)]) -> Result<(), String> {
    let Some(object) = value.as_object() else { return expected("an object", value) };
    for (key, value) in object {
        let field = fields.iter_mut().find(|(name, _)| is_named(key, name));
        if let Some((_, field)) = field.filter(|_| !value.is_null()) {
            field.read(value).map_err(|problem| format!("{key}: {problem}"))?;
        }
    }
    Ok(())
}

/// Writes an object; of the fields marked `true`, only those that are set.
pub fn write_fields(fields: &[(&str, bool, &dyn Write)]) -> Value {
    let set = fields.iter().filter(|(_, may_lack, field)| !(*may_lack && field.is_unset()));
    Value::Object(set.map(|(name, _, field)| (json_name(name), field.write())).collect())
}

/// Whether a key is a field's name: `hostNetwork` is `host_network`.
fn is_named(key: &str, name: &str) -> bool {
    let mut letters = name.bytes();
    key.bytes().all(|k| match letters.next() {
        Some(b'_') => letters.next().is_some_and(|l| l.to_ascii_uppercase() == k),
        letter => letter == Some(k),
    }) && letters.next().is_none()
}

/// A field's name as a key: `host_network` becomes `hostNetwork`.
fn json_name(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for (nth, word) in name.split('_').enumerate() {
        let first = usize::from(nth > 0 && !word.is_empty());
        key.push_str(&word[..first].to_ascii_uppercase());
        key.push_str(&word[first..]);
    }
    key
}

/// The error of a value that is something else.
///
/// # Errors
/// Always.
pub fn expected<T>(what: &str, found: &Value) -> Result<T, String> {
    Err(format!("expected {what}, found {found}"))
}

impl Read for String {
    fn read(&mut self, value: &Value) -> Result<(), String> {
        let Some(text) = value.as_str() else { return expected("a string", value) };
        text.clone_into(self);
        Ok(())
    }
}

impl Write for String {
    fn write(&self) -> Value {
        Value::from(self.as_str())
    }

    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}

impl Read for bool {
    fn read(&mut self, value: &Value) -> Result<(), String> {
        let Some(set) = value.as_bool() else { return expected("true or false", value) };
        *self = set;
        Ok(())
    }
}

impl Write for bool {
    fn write(&self) -> Value {
        Value::from(*self)
    }
}

macro_rules! whole {
    ($($type:ty)*) => {$(
        impl Read for $type {
            fn read(&mut self, value: &Value) -> Result<(), String> {
                let number = value.as_i64().and_then(|number| number.try_into().ok());
                let Some(number) = number else { return expected("a whole number", value) };
                *self = number;
                Ok(())
            }
        }

        impl Write for $type {
            fn write(&self) -> Value {
                Value::from(*self)
            }

            fn is_unset(&self) -> bool {
                *self == 0
            }
        }
    )*};
}

whole!(i32 i64 u16 u32 u64);

impl Write for usize {
    fn write(&self) -> Value {
        Value::from(*self)
    }
}

impl Write for str {
    fn write(&self) -> Value {
        Value::from(self)
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self) -> Value {
        (**self).write()
    }

    fn is_unset(&self) -> bool {
        (**self).is_unset()
    }
}

impl<T: Write> Write for [T] {
    fn write(&self) -> Value {
        Value::Array(self.iter().map(T::write).collect())
    }
}

impl<T: Write, const N: usize> Write for [T; N] {
    fn write(&self) -> Value {
        self.as_slice().write()
    }
}

impl Read for Value {
    fn read(&mut self, value: &Value) -> Result<(), String> {
        self.clone_from(value);
        Ok(())
    }
}

impl Write for Value {
    fn write(&self) -> Value {
        self.clone()
    }
}

impl<T: Read + Default> Read for Option<T> {
    fn read(&mut self, value: &Value) -> Result<(), String> {
        self.insert(T::default()).read(value)
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }

    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

impl<T: Read> Read for Box<T> {
    fn read(&mut self, value: &Value) -> Result<(), String> {
        (**self).read(value)
    }
}

impl<T: Read + Default> Read for Vec<T> {
    fn read(&mut self, value: &Value) -> Result<(), String> {
        let Some(items) = value.as_array() else { return expected("a list", value) };
        for item in items {
            self.push(read(item)?);
        }
        Ok(())
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self) -> Value {
        self.as_slice().write()
    }

    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Read + Default> Read for Map<String, T> {
    fn read(&mut self, value: &Value) -> Result<(), String> {
        let Some(object) = value.as_object() else { return expected("an object", value) };
        for (key, item) in object {
            self.insert(key.clone(), read(item)?);
        }
        Ok(())
    }
}

impl<T: Write> Write for Map<String, T> {
    fn write(&self) -> Value {
        Value::Object(self.iter().map(|(key, item)| (key.clone(), item.write())).collect())
    }

    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}

/// Lists the fields of a structure, all of them: `fields!(read Type { … })` makes it readable,
/// `fields!(Type { …; … })` writable too; the fields before the semicolon are left out while
/// they are unset. `host_ip` is called `hostIp` unless one says `host_ip = "hostIP"`.
macro_rules! fields {
    (read $type:ident { $($field:ident $(= $key:literal)?),* $(,)? }) => {
        impl $crate::base::json::Read for $type {
            fn read(&mut self, value: &$crate::base::json::Value) -> Result<(), String> {
                let $type { $($field),* } = self;
                $crate::base::json::read_fields(
                    value,
                    &mut [$(($crate::base::json::fields!(@ $field $($key)?), $field)),*],
                )
            }
        }
    };
    ($type:ident {
        $($field:ident $(= $key:literal)?),*;
        $($always:ident $(= $name:literal)?),* $(,)?
    }) => {
        $crate::base::json::fields!(read $type {
            $($field $(= $key)?,)* $($always $(= $name)?,)*
        });
        impl $crate::base::json::Write for $type {
            fn write(&self) -> $crate::base::json::Value {
                $crate::base::json::write_fields(&[
                    $(($crate::base::json::fields!(@ $field $($key)?), true, &self.$field),)*
                    $(($crate::base::json::fields!(@ $always $($name)?), false, &self.$always),)*
                ])
            }
        }
    };
    (@ $field:ident) => { stringify!($field) };
    (@ $field:ident $key:literal) => { $key };
}

/// Lists the variants of an enumeration that is spelled as a string, all of them.
macro_rules! words {
    ($type:ident { $($word:ident),* $(,)? }) => {
        impl $crate::base::json::Read for $type {
            fn read(&mut self, value: &$crate::base::json::Value) -> Result<(), String> {
                *self = match value.as_str() {
                    $(Some(stringify!($word)) => $type::$word,)*
                    _ => return $crate::base::json::expected(stringify!($type), value),
                };
                Ok(())
            }
        }

        impl $crate::base::json::Write for $type {
            fn write(&self) -> $crate::base::json::Value {
                match self {
                    $($type::$word => stringify!($word).into(),)*
                }
            }
        }
    };
}

pub(crate) use {fields, words};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[derive(Default, PartialEq, Debug)]
    struct Part {
        host_ip: String,
        host_network: bool,
        sizes: Vec<u16>,
        next: Option<Box<Part>>,
    }
    fields!(read Part { host_ip = "hostIP", host_network, sizes, next });

    #[derive(Default, PartialEq, Debug)]
    struct Both {
        started_at: Option<i64>,
        exit_code: i32,
        reason: String,
    }
    fields!(Both { started_at, reason; exit_code });

    #[test]
    fn names_are_those_of_the_api() {
        let json = json!({"hostIP": "10.0.0.1", "hostNetwork": true, "sizes": [1, 2], "more": {},
                          "next": {"hostIp": 5, "host_network": 5, "sizes": null}});
        let part: Part = read(&json).unwrap();
        assert_eq!((part.host_ip.as_str(), part.host_network), ("10.0.0.1", true));
        assert_eq!((part.sizes, part.next), (vec![1, 2], Some(Box::default())));
        let wrong = json!({"next": {"sizes": [70_000]}});
        let problem = "next: sizes: expected a whole number, found 70000";
        assert_eq!(read::<Part>(&wrong), Err(problem.to_string()));
    }

    #[test]
    fn what_is_unset_is_left_out_where_it_may() {
        assert_eq!(Both::default().write(), json!({"exitCode": 0}));
        let both = Both { started_at: Some(3), exit_code: 1, reason: "Error".to_string() };
        assert_eq!(both.write(), json!({"exitCode": 1, "startedAt": 3, "reason": "Error"}));
        assert_eq!(read(&both.write()), Ok(both));
    }
}
