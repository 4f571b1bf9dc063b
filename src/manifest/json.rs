//! A YAML tree to the JSON that kubectl sends, with the place of every field.
//!
//! Source: sigs.k8s.io/yaml YAMLToJSON over goyaml.v2: merge keys, last of equal keys wins,
//! keys that are numbers or booleans become text.

use crate::base::json::{Map, Value};

use super::diagnostic::ProblemKind;
use super::source_map::{FieldSpans, SourceMap};
use crate::base::{PathStep, Span, sort};
use crate::yaml::limits::{MAX_ALIAS_NODES, MAX_DEPTH};
use crate::yaml::{Entry, NodeId, NodeKind, Tree, scalar};

/// What became of a document.
#[derive(Clone, PartialEq, Debug)]
pub struct Converted {
    /// The JSON; `null` for an empty document.
    pub value: Value,
    /// The place of every field.
    pub source_map: SourceMap,
    /// Equal keys, keys that cannot be, limits of alias expansion.
    pub problems: Vec<(Span, ProblemKind)>,
}

/// Converts `tree`.
pub fn convert(tree: &Tree) -> Converted {
    let mut converter =
        Converter { tree, problems: Vec::new(), inside_alias: 0, alias_nodes: 0, stopped: false };
    let (value, source_map) = match tree.root {
        Some(root) => converter.value(root, None, 0),
        None => (Value::Null, SourceMap::default()),
    };
    Converted { value, source_map, problems: converter.problems }
}

/// `value` as kubectl prints it into annotations: keys sorted, and what could be taken for
/// markup escaped, as Go's JSON writer does.
pub fn print(value: &Value) -> String {
    let mut printed = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                printed.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => printed.push(c),
        }
    }
    printed
}

/// An item of a list, which need not say what it is if the list does.
///
/// Source: apimachinery unstructured/helpers.go decodeToList.
pub fn item(value: &Value, api_version: &str, kind: &str) -> Value {
    let mut item = value.clone();
    let silent = |field: &str| value[field].as_str().is_none_or(str::is_empty);
    if !kind.is_empty()
        && silent("kind")
        && silent("apiVersion")
        && let Some(item) = item.as_object_mut()
    {
        item.insert("kind".into(), kind.into());
        item.insert("apiVersion".into(), api_version.into());
    }
    item
}

struct Converter<'t> {
    tree: &'t Tree,
    problems: Vec<(Span, ProblemKind)>,
    inside_alias: usize,
    alias_nodes: usize,
    stopped: bool,
}

impl Converter<'_> {
    fn value(&mut self, id: NodeId, key: Option<Span>, depth: usize) -> (Value, SourceMap) {
        let node = self.tree.node(id);
        let mut map = SourceMap::new(FieldSpans { key, value: node.span });
        if !self.admit(node.span, depth) {
            return (Value::Null, map);
        }
        let value = match &node.kind {
            NodeKind::Plain(text) => scalar::resolve(text),
            NodeKind::Text(text) => Value::String(text.clone()),
            NodeKind::List(items) => self.list(items, depth, &mut map),
            NodeKind::Map(entries) => Value::Object(self.map(entries, depth, &mut map)),
            NodeKind::Alias(target) => {
                self.inside_alias += 1;
                // Its parts keep their places at the anchor; the alias itself stays here.
                let (value, source) = self.value(*target, None, depth + 1);
                map.adopt(source);
                self.inside_alias -= 1;
                value
            }
        };
        map.seal();
        (value, map)
    }

    fn list(&mut self, items: &[NodeId], depth: usize, map: &mut SourceMap) -> Value {
        let mut values = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            let (value, source) = self.value(*item, None, depth + 1);
            map.put(PathStep::Index(i), source);
            values.push(value);
        }
        Value::Array(values)
    }

    fn map(&mut self, entries: &[Entry], depth: usize, map: &mut SourceMap) -> Map<String, Value> {
        let mut object = Map::new();
        let mut seen: Vec<(String, Span)> = Vec::new();
        for entry in entries {
            if self.is_merge(entry) {
                // In order of the text: a merge behind a key wins over that key.
                self.merge(entry.value, depth, &mut object, map);
                continue;
            }
            let key_span = self.tree.node(entry.key).span;
            let Some(key) = self.key(entry.key) else { continue };
            seen.push((key.clone(), key_span));
            let (value, source) = self.value(entry.value, Some(key_span), depth + 1);
            map.put(PathStep::Field(key.clone()), source);
            object.insert(key, value);
        }
        self.report_equal_keys(seen);
        object
    }

    fn report_equal_keys(&mut self, mut seen: Vec<(String, Span)>) {
        if self.inside_alias > 0 {
            return;
        }
        sort(&mut seen);
        for pair in seen.windows(2).filter(|p| p[0].0 == p[1].0) {
            let kind = ProblemKind::DuplicateKey { key: pair[0].0.clone(), kept: pair[1].1 };
            self.problems.push((pair[0].1, kind));
        }
    }

    fn is_merge(&self, entry: &Entry) -> bool {
        matches!(&self.tree.node(entry.key).kind, NodeKind::Plain(text) if text == "<<")
    }

    /// `<<: *name` or `<<: [*a, *b]`, of which the first has precedence.
    fn merge(
        &mut self,
        from: NodeId,
        depth: usize,
        object: &mut Map<String, Value>,
        map: &mut SourceMap,
    ) {
        let span = self.tree.node(from).span;
        let sources = match &self.tree.node(self.target(from)).kind {
            NodeKind::List(items) => items.iter().rev().copied().collect(),
            _ => vec![from],
        };
        for source in sources {
            if !matches!(self.tree.node(self.target(source)).kind, NodeKind::Map(_)) {
                self.problems.push((span, ProblemKind::MergeOfNoMap));
                continue;
            }
            let (value, spans) = self.value(source, None, depth + 1);
            let Value::Object(entries) = value else { continue };
            object.extend(entries);
            map.adopt(spans);
        }
    }

    fn target(&self, id: NodeId) -> NodeId {
        match self.tree.node(id).kind {
            NodeKind::Alias(target) => target,
            _ => id,
        }
    }

    fn key(&mut self, id: NodeId) -> Option<String> {
        let node = self.tree.node(self.target(id));
        let text = match &node.kind {
            NodeKind::Text(text) => Some(text.clone()),
            NodeKind::Plain(text) => match scalar::resolve(text) {
                Value::String(text) => Some(text),
                Value::Null => None,
                other => Some(other.to_string()),
            },
            _ => None,
        };
        if text.is_none() {
            self.problems.push((self.tree.node(id).span, ProblemKind::KeyNotText));
        }
        text
    }

    /// Whether one more node may be made; says so once when not.
    fn admit(&mut self, span: Span, depth: usize) -> bool {
        if self.stopped {
            return false;
        }
        self.alias_nodes += usize::from(self.inside_alias > 0);
        let problem = if depth > MAX_DEPTH {
            ProblemKind::TooDeep
        } else if self.alias_nodes > MAX_ALIAS_NODES {
            ProblemKind::TooManyAliases
        } else {
            return true;
        };
        self.stopped = true;
        self.problems.push((span, problem));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_as_go_escapes_it() {
        let value = crate::base::json::json!({"b": "2>&1 <x", "a": 1});
        assert_eq!(print(&value), "{\"a\":1,\"b\":\"2\\u003e\\u00261 \\u003cx\"}");
    }
}
