//! A place in a JSON value: `status.containerStatuses[app].restartCount`.

use crate::base::json::Value;

/// A step of a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// A field.
    Field(String),
    /// The item at an index.
    Index(usize),
    /// The item of a list whose `name` or `type` is this.
    Named(String),
    /// Every item of a list.
    Each,
}

/// A way into a value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place(pub Vec<Step>);

impl Place {
    /// Reads `a.b[0].c[name].d[*]`; a key with dots stands in brackets and quotes: `["a.b"]`.
    /// `None` for a bracket that is not closed.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut steps, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            if let Some(inside) = rest.strip_prefix('[') {
                let (step, tail) = inside.split_once(']')?;
                steps.push(bracket(step));
                rest = tail.strip_prefix('.').unwrap_or(tail);
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                steps.push(Step::Field(rest[..end].to_string()));
                rest = rest[end..].strip_prefix('.').unwrap_or(&rest[end..]);
            }
        }
        Some(Place(steps))
    }

    /// The values at this place; several only behind `[*]`.
    pub fn find<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        let mut found = vec![value];
        for step in &self.0 {
            found = found.into_iter().flat_map(|value| go(value, step)).collect();
        }
        found.retain(|value| !value.is_null());
        found
    }
}

/// As it is written.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (nth, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if name.contains('.') => write!(f, "[\"{name}\"]")?,
                Step::Field(name) if nth == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Named(name) => write!(f, "[{name}]")?,
                Step::Each => f.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

fn bracket(text: &str) -> Step {
    match (text, text.parse()) {
        ("*", _) => Step::Each,
        (_, Ok(index)) => Step::Index(index),
        (text, _) => match text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
            Some(key) => Step::Field(key.to_string()),
            None => Step::Named(text.to_string()),
        },
    }
}

fn go<'a>(value: &'a Value, step: &Step) -> Vec<&'a Value> {
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    match step {
        Step::Field(name) => value.get(name.as_str()).into_iter().collect(),
        Step::Index(index) => list.get(*index).into_iter().collect(),
        Step::Named(name) => list.iter().find(|item| is_called(item, name)).into_iter().collect(),
        Step::Each => list.iter().collect(),
    }
}

fn is_called(item: &Value, name: &str) -> bool {
    item["name"].as_str().or(item["type"].as_str()) == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn at(place: &str) -> Vec<String> {
        let pod = json!({"metadata": {"labels": {"a.b/c": "1"}}, "status": {
            "conditions": [{"type": "Ready", "status": "True"}],
            "containerStatuses": [{"name": "app", "restartCount": 2},
                                  {"name": "log", "restartCount": 0}]}});
        let text = place;
        let place = Place::parse(place).expect("a place");
        assert_eq!(place.to_string(), text);
        place.find(&pod).into_iter().map(Value::to_string).collect()
    }

    #[test]
    fn a_place_is_a_way_into_a_value() {
        assert_eq!(at("status.containerStatuses[log].restartCount"), ["0"]);
        assert_eq!(at("status.containerStatuses[0].name"), ["\"app\""]);
        assert_eq!(at("status.containerStatuses[*].restartCount"), ["2", "0"]);
        assert_eq!(at("status.conditions[Ready].status"), ["\"True\""]);
        assert_eq!(at("metadata.labels[\"a.b/c\"]"), ["\"1\""]);
        assert!(at("status.nothing[here].at[0].all").is_empty());
        assert_eq!(Place::parse("status[0"), None);
    }
}
