//! From a field to its place in the text.

use crate::base::json::Value;

use crate::base::{FieldPath, PathStep, Span, sort_by};

/// Where a field stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FieldSpans {
    /// Its key; `None` for an item of a list and for the document itself.
    pub key: Option<Span>,
    /// Its value; of a block, from its first to its last character.
    pub value: Span,
}

/// The places of all fields of one document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SourceMap {
    spans: FieldSpans,
    /// By name of the field or key, or by number of the item.
    children: Vec<(PathStep, SourceMap)>,
}

impl SourceMap {
    pub(super) fn new(spans: FieldSpans) -> Self {
        SourceMap { spans, children: Vec::new() }
    }

    /// Takes over the children of `other`: what an alias or a merge key brings in.
    pub(super) fn adopt(&mut self, other: SourceMap) {
        self.children.extend(other.children);
    }

    /// Puts `child` at `step`, in place of an earlier one (the last of equal keys counts).
    pub(super) fn put(&mut self, step: PathStep, child: SourceMap) {
        self.children.push((step, child));
    }

    /// Keeps of equal keys the last, and sorts for look-up.
    pub(super) fn seal(&mut self) {
        self.children.reverse();
        sort_by(&mut self.children, |a, b| a.0.cmp(&b.0));
        self.children.dedup_by(|later, kept| later.0 == kept.0);
    }

    /// The place of the field at `path`; `None` if the text does not have it.
    pub fn get(&self, path: &FieldPath) -> Option<FieldSpans> {
        self.at(path).map(|map| map.spans)
    }

    /// The places of all that is in the field at `path`.
    pub fn at(&self, path: &FieldPath) -> Option<&SourceMap> {
        path.0.iter().try_fold(self, |map, step| map.child(step))
    }

    /// The place of `path`, or of the nearest ancestor that the text has, with its path.
    pub fn nearest(&self, path: &FieldPath) -> Option<(FieldPath, FieldSpans)> {
        let mut at = self;
        let mut found = FieldPath::root();
        for step in &path.0 {
            let Some(child) = at.child(step) else { break };
            at = child;
            found.0.push(step.clone());
        }
        Some((found, at.spans))
    }

    /// The part to point at when something is wrong with the field at `path` as a whole, or
    /// with something that it lacks: its key, the first key of an item, a scalar's value. If
    /// the text does not have the field, that of its nearest ancestor.
    pub fn head(&self, path: &FieldPath) -> Span {
        let mut at = self;
        for step in &path.0 {
            let Some(child) = at.child(step) else { break };
            at = child;
        }
        at.own_head()
    }

    /// The keys and scalars of `value`, whose places these are, that are `wanted`.
    pub(super) fn quoting(&self, value: &Value, wanted: &Value, places: &mut Vec<Span>) {
        for (step, child) in &self.children {
            let (key, inner) = match step {
                PathStep::Index(i) => (None, value.get(*i)),
                PathStep::Field(name) | PathStep::Key(name) => (Some(name), value.get(name)),
            };
            if key.is_some_and(|key| wanted == key) {
                places.extend(child.spans.key);
            }
            match inner {
                Some(inner) if inner == wanted => places.push(child.spans.value),
                Some(inner) => child.quoting(inner, wanted, places),
                None => {}
            }
        }
    }

    fn own_head(&self) -> Span {
        let first_key = || self.children.iter().map(|(_, c)| c.own_head()).min();
        self.spans.key.or_else(first_key).unwrap_or(self.spans.value)
    }

    /// The path of the innermost field whose key or value holds byte `offset`.
    pub fn path_at(&self, offset: usize) -> FieldPath {
        let mut path = FieldPath::root();
        let mut at = self;
        while let Some((step, child)) = at.children.iter().find(|(_, c)| c.holds(offset)) {
            path.0.push(step.clone());
            at = child;
        }
        path
    }

    fn holds(&self, offset: usize) -> bool {
        let start = self.spans.key.unwrap_or(self.spans.value).start;
        (start..=self.spans.value.end).contains(&offset)
    }

    /// A field and a map key of the same name are one: paths of errors use both spellings.
    fn child(&self, step: &PathStep) -> Option<&SourceMap> {
        let wanted = match step {
            PathStep::Key(name) => PathStep::Field(name.clone()),
            other => other.clone(),
        };
        let at = self.children.binary_search_by(|(s, _)| s.cmp(&wanted)).ok()?;
        Some(&self.children[at].1)
    }
}
