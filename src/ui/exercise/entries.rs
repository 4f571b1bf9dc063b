//! The list of exercises: `exercises/index.json`.

use crate::base::json::{Value, fields, read};
use crate::ui::header::scenarios::Line;

/// An exercise on offer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// Its folder is `exercises/NAME`.
    pub name: String,
    /// What it is about.
    pub chapter: Line,
    /// One line.
    pub title: Line,
}
fields!(read Entry { name, chapter, title });

/// Reads the index; what is no list of entries is empty.
pub fn entries(index: &Value) -> Vec<Entry> {
    read(index).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_read() {
        let index = include_str!("../../../static/exercises/index.json");
        let all = entries(&crate::base::json::parse(index).expect("JSON"));
        assert!(all.len() >= 10);
        assert!(all.iter().all(|entry| !entry.title.zh.is_empty() && !entry.chapter.en.is_empty()));
        assert!(entries(&Value::Null).is_empty());
    }
}
