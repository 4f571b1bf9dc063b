//! Paths to fields, written as the API server writes them: `spec.containers[0].image`.

use std::fmt;

/// One step of a [`FieldPath`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PathStep {
    /// A field of an object.
    Field(String),
    /// An item of a list, from 0.
    Index(usize),
    /// An entry of a map with free keys, such as a label.
    Key(String),
}

/// Where a field is in an object.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct FieldPath(pub Vec<PathStep>);

impl FieldPath {
    /// The object itself.
    pub fn root() -> Self {
        FieldPath::default()
    }

    /// This path, one field deeper.
    pub fn field(&self, name: &str) -> Self {
        self.with(PathStep::Field(name.to_string()))
    }

    /// This path, at list item `index`.
    pub fn index(&self, index: usize) -> Self {
        self.with(PathStep::Index(index))
    }

    /// This path, at map entry `key`.
    pub fn key(&self, key: &str) -> Self {
        self.with(PathStep::Key(key.to_string()))
    }

    /// One step up; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, init) = self.0.split_last()?;
        Some(FieldPath(init.to_vec()))
    }

    /// Reads `spec.containers[0].image`; a bracket that holds no number is a map key.
    pub fn parse(text: &str) -> Self {
        let mut path = FieldPath::root();
        for part in text.split('.').filter(|p| !p.is_empty()) {
            let mut pieces = part.split('[');
            match pieces.next() {
                Some(name) if !name.is_empty() => path = path.field(name),
                _ => {}
            }
            for piece in pieces {
                let inner = piece.trim_end_matches(']');
                path = inner.parse().map_or_else(|_| path.key(inner), |i| path.index(i));
            }
        }
        path
    }

    fn with(&self, step: PathStep) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        FieldPath(steps)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Field(name) if i == 0 => write!(f, "{name}")?,
                PathStep::Field(name) => write!(f, ".{name}")?,
                PathStep::Index(index) => write!(f, "[{index}]")?,
                PathStep::Key(key) => write!(f, "[{key}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_back_as_it_is_written() {
        for text in ["spec.containers[0].image", "metadata.labels[app]", "spec"] {
            assert_eq!(FieldPath::parse(text).to_string(), text);
        }
    }
}
