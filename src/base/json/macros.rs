//! JSON as one writes it.

use super::{Map, Value};

/// Puts an entry into an object; for [`json!`](crate::base::json::json).
pub fn put(entries: &mut Map<String, Value>, key: &str, value: Value) {
    entries.insert(key.to_string(), value);
}

/// A list without items; for [`json!`](crate::base::json::json).
pub fn list() -> Vec<Value> {
    Vec::new()
}

/// A [`Value`]: `json!({"name": name, "ports": [80, 443], "none": null})`. Keys are text or
/// `(expression)`; values that are expressions are borrowed.
#[macro_export]
macro_rules! json {
    (null) => { $crate::base::json::Value::Null };
    ([ $($items:tt)* ]) => {{
        #[allow(unused_mut, reason = "the list may be empty")]
        let mut items = $crate::base::json::list();
        $crate::base::json::json!(@item items $($items)*);
        $crate::base::json::Value::Array(items)
    }};
    ({ $($entries:tt)* }) => {{
        #[allow(unused_mut, reason = "the object may be empty")]
        let mut entries = $crate::base::json::Map::new();
        $crate::base::json::json!(@entry entries $($entries)*);
        $crate::base::json::Value::Object(entries)
    }};
    (@item $to:ident) => {};
    (@item $to:ident null $(, $($rest:tt)*)?) => {
        $to.push($crate::base::json::Value::Null);
        $($crate::base::json::json!(@item $to $($rest)*);)?
    };
    (@item $to:ident { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $to.push($crate::base::json::json!({ $($inner)* }));
        $($crate::base::json::json!(@item $to $($rest)*);)?
    };
    (@item $to:ident [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $to.push($crate::base::json::json!([ $($inner)* ]));
        $($crate::base::json::json!(@item $to $($rest)*);)?
    };
    (@item $to:ident $value:expr $(, $($rest:tt)*)?) => {
        $to.push($crate::base::json::Write::write(&$value));
        $($crate::base::json::json!(@item $to $($rest)*);)?
    };
    (@entry $to:ident) => {};
    (@entry $to:ident $key:tt: null $(, $($rest:tt)*)?) => {
        $crate::base::json::put(&mut $to, $key.as_ref(), $crate::base::json::Value::Null);
        $($crate::base::json::json!(@entry $to $($rest)*);)?
    };
    (@entry $to:ident $key:tt: { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        let value = $crate::base::json::json!({ $($inner)* });
        $crate::base::json::put(&mut $to, $key.as_ref(), value);
        $($crate::base::json::json!(@entry $to $($rest)*);)?
    };
    (@entry $to:ident $key:tt: [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        let value = $crate::base::json::json!([ $($inner)* ]);
        $crate::base::json::put(&mut $to, $key.as_ref(), value);
        $($crate::base::json::json!(@entry $to $($rest)*);)?
    };
    (@entry $to:ident $key:tt: $value:expr $(, $($rest:tt)*)?) => {
        let value = $crate::base::json::Write::write(&$value);
        $crate::base::json::put(&mut $to, $key.as_ref(), value);
        $($crate::base::json::json!(@entry $to $($rest)*);)?
    };
    ($value:expr) => { $crate::base::json::Write::write(&$value) };
}

pub use json;
