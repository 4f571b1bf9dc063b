//! What a submission changes that it may not.

use super::editable::{Open, into_field, into_item};
use super::format::Editable;
use crate::base::json::Value;
use crate::base::{FieldPath, LineIndex, Map, Span};
use crate::manifest::{self, Document};

/// More are not told.
const EDITS_MOST: usize = 20;
/// A longer value is told with its beginning.
const VALUE_MOST: usize = 60;

/// What was done to a part that is not to be changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EditKind {
    /// Another value.
    Changed,
    /// The start does not have it.
    Added,
    /// Only the start has it.
    Removed,
}

/// A change of something that is not to be changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// `pod/web`.
    pub object: String,
    /// `spec.containers[app].image`; empty: the object itself.
    pub path: String,
    /// Where in the submission: the field, or the nearest that is there.
    pub span: Span,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What was done.
    pub kind: EditKind,
    /// The value that the start has there, as JSON; empty if it has none.
    pub was: String,
}

/// What `text` changes of `start` outside of `editable`, in the order of the start. Comments,
/// quotes and the order of keys and documents are free. A text that is no YAML has no edits: what
/// kubectl says of it is enough.
pub fn edits(start: &str, editable: &[Editable], text: &str) -> Vec<Edit> {
    let (old, new) = (manifest::read(start).documents, manifest::read(text).documents);
    let whole = manifest::read(text).diagnostics.iter().all(|d| d.path.is_some());
    let mut finder = Finder { text, lines: LineIndex::new(text), edits: Vec::new() };
    for before in &old {
        let open = open_of(editable, before);
        let after = new.iter().find(|d| same(d, before));
        match after {
            Some(after) => {
                let walk = Walk { document: after, finder: &mut finder };
                walk.compare(&before.value, &after.value, &open);
            }
            None if whole && !open.iter().any(|steps| steps.is_empty()) => finder.gone(before),
            None => {}
        }
    }
    for (nth, after) in new.iter().enumerate() {
        let known =
            old.iter().any(|d| same(d, after)) && !new[..nth].iter().any(|d| same(d, after));
        let free = editable.iter().any(|e| e.is_of(after) && e.steps.is_empty());
        if !known && !free {
            finder.added(after);
        }
    }
    finder.edits.truncate(EDITS_MOST);
    finder.edits
}

fn same(a: &Document, b: &Document) -> bool {
    a.kind == b.kind && a.name == b.name
}

fn open_of<'e>(editable: &'e [Editable], document: &Document) -> Open<'e> {
    editable.iter().filter(|e| e.is_of(document)).map(|e| e.steps.as_slice()).collect()
}

fn name_of(document: &Document) -> String {
    document.kind.to_ascii_lowercase() + "/" + &document.name
}

struct Finder<'t> {
    text: &'t str,
    lines: LineIndex,
    edits: Vec<Edit>,
}

impl Finder<'_> {
    fn put(&mut self, edit: Edit) {
        if self.edits.len() < EDITS_MOST {
            let place = self.lines.place(self.text, edit.span.start);
            self.edits.push(Edit { line: place.line, column: place.column, ..edit });
        }
    }

    fn gone(&mut self, document: &Document) {
        let end = self.text.trim_end().len();
        self.whole(document, EditKind::Removed, Span::new(end, end));
    }

    fn added(&mut self, document: &Document) {
        let span = document.source_map.head(&FieldPath::parse("kind"));
        self.whole(document, EditKind::Added, span);
    }

    fn whole(&mut self, document: &Document, kind: EditKind, span: Span) {
        let object = name_of(document);
        let (path, was) = (String::new(), String::new());
        self.put(Edit { object, path, span, line: 0, column: 0, kind, was });
    }
}

/// The way through one object of both texts.
struct Walk<'w, 't> {
    document: &'w Document,
    finder: &'w mut Finder<'t>,
}

/// A place in the submission, and how it is told: items by their names.
#[derive(Clone, Default)]
struct At {
    path: FieldPath,
    told: String,
}

impl At {
    fn field(&self, name: &str) -> At {
        let plain = !name.contains(['.', '/', '[']);
        let told = match (self.told.is_empty(), plain) {
            (true, _) => name.to_string(),
            (false, true) => [&self.told, ".", name].concat(),
            (false, false) => [&self.told, "[\"", name, "\"]"].concat(),
        };
        At { path: self.path.field(name), told }
    }

    fn item(&self, index: usize, name: Option<&str>) -> At {
        let number = index.to_string();
        let told = [&self.told, "[", name.unwrap_or(&number), "]"].concat();
        At { path: self.path.index(index), told }
    }
}

const NULL: &Value = &Value::Null;

impl Walk<'_, '_> {
    fn compare(mut self, before: &Value, after: &Value, open: &Open) {
        self.go(before, after, &At::default(), open);
    }

    fn go(&mut self, before: &Value, after: &Value, at: &At, open: &Open) {
        let free = open.iter().any(|steps| steps.is_empty());
        if free || before == after || self.finder.edits.len() >= EDITS_MOST {
            return;
        }
        // What is not there is empty as soon as something in it may be added.
        let into = |value: &Value| value.is_null() && !open.is_empty();
        match (before, after) {
            (Value::Object(_), Value::Object(_)) => self.fields(before, after, at, open),
            (Value::Array(a), Value::Array(b)) => self.items(a, b, at, open),
            (Value::Object(_), other) if into(other) => self.fields(before, other, at, open),
            (other, Value::Object(_)) if into(other) => self.fields(other, after, at, open),
            (Value::Array(a), other) if into(other) => self.items(a, &[], at, open),
            (other, Value::Array(b)) if into(other) => self.items(&[], b, at, open),
            _ => self.tell(before, after, at),
        }
    }

    fn fields(&mut self, before: &Value, after: &Value, at: &At, open: &Open) {
        let names = |value: &Value| -> Vec<String> {
            value.as_object().into_iter().flat_map(|map| map.keys()).cloned().collect()
        };
        let (old, new) = (names(before), names(after));
        let added = new.iter().filter(|name| before.get(name.as_str()).is_none());
        for name in old.iter().chain(added) {
            let part = |value: &Value| value.get(name.as_str()).cloned().unwrap_or_default();
            self.go(&part(before), &part(after), &at.field(name), &into_field(open, name));
        }
    }

    /// Items by their names where all have one; else by their places.
    fn items(&mut self, before: &[Value], after: &[Value], at: &At, open: &Open) {
        let (Some(old), Some(new)) = (by_name(before), by_name(after)) else {
            for index in 0..before.len().max(after.len()) {
                let [a, b] = [before, after].map(|list| list.get(index).unwrap_or(NULL));
                self.go(a, b, &at.item(index, None), &into_item(open, index, None));
            }
            return;
        };
        for (name, index) in &old {
            let there = new.get(name).copied();
            let here = at.item(there.unwrap_or(after.len()), Some(name));
            let b = there.map_or(NULL, |at| &after[at]);
            self.go(&before[*index], b, &here, &into_item(open, *index, Some(name)));
        }
        for (name, index) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            let here = at.item(*index, Some(name));
            self.go(NULL, &after[*index], &here, &into_item(open, *index, Some(name)));
        }
        self.order(&old, &new, at);
    }

    /// Items that both have stand in the same order.
    fn order(&mut self, old: &Map<&str, usize>, new: &Map<&str, usize>, at: &At) {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (name, index) in old {
            pairs.extend(new.get(name).map(|there| (*index, *there)));
        }
        crate::base::sort(&mut pairs);
        if let Some(moved) = pairs.windows(2).find(|pair| pair[1].1 < pair[0].1) {
            let here = At { path: at.path.index(moved[1].1), told: at.told.clone() };
            self.edit(EditKind::Changed, String::new(), &here);
        }
    }

    fn tell(&mut self, before: &Value, after: &Value, at: &At) {
        let (kind, was) = match (before.is_null(), after.is_null()) {
            (true, _) => (EditKind::Added, String::new()),
            (_, true) => (EditKind::Removed, short(before)),
            _ => (EditKind::Changed, short(before)),
        };
        self.edit(kind, was, at);
    }

    fn edit(&mut self, kind: EditKind, was: String, at: &At) {
        let span = self.document.source_map.head(&at.path);
        let (object, path) = (name_of(self.document), at.told.clone());
        self.finder.put(Edit { object, path, span, line: 0, column: 0, kind, was });
    }
}

/// The places of items by name; `None` unless all are named, and differently.
fn by_name(items: &[Value]) -> Option<Map<&str, usize>> {
    let mut names = Map::default();
    for (index, item) in items.iter().enumerate() {
        if names.insert(item["name"].as_str()?, index).is_some() {
            return None;
        }
    }
    Some(names)
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(VALUE_MOST) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  \
        - name: app\n    image: nginx:1.27\n    ports: [{containerPort: 80}]\n  - name: log\n    \
        image: busybox:1.36\n";

    fn check(open: &[&str], change: (&str, &str)) -> Vec<String> {
        let documents = manifest::read(START).documents;
        let read = |text: &&str| Editable::parse(text, &documents).expect("it can be read");
        let editable: Vec<Editable> = open.iter().map(read).collect();
        let text = START.replace(change.0, change.1);
        assert_ne!(text, START);
        let found = edits(START, &editable, &text);
        let words = |e: Edit| format!("{}:{} {:?} {} {}", e.line, e.column, e.kind, e.path, e.was);
        found.into_iter().map(words).collect()
    }

    #[test]
    fn what_may_be_changed_is_no_edit() {
        let open = ["spec.containers[app].image", "spec.containers[app].lifecycle.preStop"];
        assert!(check(&open, ("nginx:1.27", "nginx:1.28")).is_empty());
        let hook = "nginx:1.27\n    lifecycle: {preStop: {sleep: {seconds: 5}}}";
        assert!(check(&open, ("nginx:1.27", hook)).is_empty());
        assert!(check(&["spec.containers[*].image"], ("busybox:1.36", "x")).is_empty());
        assert!(check(&["pod/web spec.containers[1]"], ("busybox:1.36", "x")).is_empty());
        assert!(check(&[], ("{name: web}", "\n  # mine\n  name: \"web\"")).is_empty());
        assert!(
            check(
                &["service/web"],
                ("apiV", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n---\napiV")
            )
            .is_empty()
        );
    }

    #[test]
    fn what_may_not_is_told_with_its_field_and_line() {
        let open = ["spec.containers[app].lifecycle.preStop"];
        assert_eq!(
            check(&open, ("nginx:1.27", "nginx:1.28")),
            ["7:5 Changed spec.containers[app].image \"nginx:1.27\""]
        );
        let hook = "nginx:1.27\n    lifecycle: {postStart: {sleep: {seconds: 5}}}";
        assert_eq!(
            check(&open, ("nginx:1.27", hook)),
            ["8:17 Added spec.containers[app].lifecycle.postStart "]
        );
        assert_eq!(
            check(&open, ("    ports: [{containerPort: 80}]\n", "")),
            ["6:5 Removed spec.containers[app].ports [{\"containerPort\":80}]"]
        );
        assert_eq!(
            check(&open, ("  - name: log\n    image: busybox:1.36\n", "")),
            ["5:3 Removed spec.containers[log] {\"image\":\"busybox:1.36\",\"name\":\"log\"}"]
        );
        let order = (
            "  - name: app\n    image: nginx:1.27\n    ports: [{containerPort: 80}]\n  - name: log\n    image: busybox:1.36\n",
            "  - name: log\n    image: busybox:1.36\n  - name: app\n    image: nginx:1.27\n    ports: [{containerPort: 80}]\n",
        );
        assert_eq!(check(&open, order), ["6:5 Changed spec.containers "]);
    }

    #[test]
    fn objects_that_come_go_or_stand_twice_are_told() {
        assert_eq!(check(&[], ("name: web", "name: other")), ["10:24 Removed  ", "2:1 Added  "]);
        let twice = format!("{START}---\n{START}");
        let found = edits(START, &[], &twice);
        assert_eq!(
            found.iter().map(|e| (e.line, e.kind)).collect::<Vec<_>>(),
            [(13, EditKind::Added)]
        );
        assert!(edits(START, &[], "kind: [").is_empty());
    }
}
