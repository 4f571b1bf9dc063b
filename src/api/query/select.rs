//! Which objects are meant: selectors of labels and of fields.
//!
//! Source: apimachinery labels/selector.go Parse, fields/selector.go ParseSelector

use crate::api::print::values::{at, go};
use crate::base::json::Value;

/// What labels and fields must be; empty: anything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selector {
    wishes: Vec<Wish>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Wish {
    /// Of a field, not a label.
    field: bool,
    key: String,
    /// One of these; none: whatever its value is.
    values: Option<Vec<String>>,
    /// Whether it must be so, or must not.
    holds: bool,
}

impl Selector {
    /// Adds `a=b,c!=d,e in (f,g),h,!i`. The error is what is wrong with it.
    pub fn add_labels(&mut self, text: &str) -> Result<(), String> {
        for part in parts(text) {
            self.wishes.push(label_wish(part.trim())?);
        }
        Ok(())
    }

    /// Adds `status.phase=Running,metadata.name!=web`. The error is what is wrong with it.
    pub fn add_fields(&mut self, text: &str) -> Result<(), String> {
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let wish = equality(part.trim(), true);
            self.wishes.push(wish.ok_or_else(|| {
                ["invalid selector: '", text, "'; can't understand '", part, "'"].concat()
            })?);
        }
        Ok(())
    }

    /// Whether an object is meant.
    pub fn takes(&self, object: &Value) -> bool {
        self.wishes.iter().all(|wish| {
            let value = match wish.field {
                true => at(object, &wish.key),
                false => &object["metadata"]["labels"][wish.key.as_str()],
            };
            let among = |values: &Vec<String>| values.contains(&go(value));
            let is = match (&wish.values, wish.field) {
                (Some(values), true) => among(values),
                (Some(values), false) => !value.is_null() && among(values),
                (None, _) => !value.is_null(),
            };
            is == wish.holds
        })
    }
}

/// The wishes of a text; a comma in brackets separates none.
fn parts(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let split = text.split(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    });
    split.filter(|part| !part.trim().is_empty()).collect()
}

fn label_wish(part: &str) -> Result<Wish, String> {
    let wrong = || ["unable to parse requirement: ", part].concat();
    if let Some(wish) = equality(part, false) {
        return Ok(wish);
    }
    let (key, holds) = part.strip_prefix('!').map_or((part, true), |key| (key.trim(), false));
    let Some((key, list)) = key.split_once(char::is_whitespace) else {
        return match key.is_empty() || key.contains(['(', ')']) {
            true => Err(wrong()),
            false => Ok(Wish { field: false, key: key.into(), values: None, holds }),
        };
    };
    let list = list.trim();
    let (list, holds) = match (list.strip_prefix("in"), list.strip_prefix("notin")) {
        (_, Some(list)) => (list, false),
        (Some(list), None) => (list, true),
        (None, None) => return Err(wrong()),
    };
    let list = list.trim().strip_prefix('(').and_then(|l| l.strip_suffix(')')).ok_or_else(wrong)?;
    let values = list.split(',').map(|value| value.trim().to_string()).collect();
    Ok(Wish { field: false, key: key.into(), values: Some(values), holds })
}

fn equality(part: &str, field: bool) -> Option<Wish> {
    let (left, right) = part.split_once('=')?;
    let (left, holds) = left.strip_suffix('!').map_or((left, true), |left| (left, false));
    let right = right.strip_prefix('=').unwrap_or(right);
    let (key, value) = (left.trim().to_string(), right.trim().to_string());
    (!key.is_empty() && !key.contains(' ')).then_some(Wish {
        field,
        key,
        values: Some(vec![value]),
        holds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn objects_are_selected_as_kubectl_does() {
        let pod = json!({"metadata": {"name": "web", "labels": {"app": "web", "tier": "front"}},
                         "status": {"phase": "Running"}});
        let labels = |text: &str| {
            let mut selector = Selector::default();
            selector.add_labels(text).map(|()| selector.takes(&pod))
        };
        for text in [
            "app=web",
            "app==web,tier!=back",
            "app in (web, db),tier",
            "!no",
            "no!=x",
            "tier notin (back)",
            "no notin (x)",
            "",
        ] {
            assert_eq!(labels(text), Ok(true), "{text}");
        }
        for text in ["app=db", "no", "app notin (web)", "!app", "no in (x)"] {
            assert_eq!(labels(text), Ok(false), "{text}");
        }
        assert!(labels("app like web").is_err() && labels("app in web").is_err());
        let mut selector = Selector::default();
        assert!(selector.add_fields("status.phase=Running,metadata.name!=db").is_ok());
        assert!(selector.takes(&pod) && selector.add_fields("phase").is_err());
    }
}
