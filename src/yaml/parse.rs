//! One document's text to its tree.

use crate::base::{Map, Span};
use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks, StrInput, Tag};

use super::limits::{MAX_DEPTH, MAX_NODES};
use super::offsets::Offsets;
use super::problem::{Problem, ProblemKind};
use super::split::Chunk;
use super::tree::{Entry, Node, NodeId, NodeKind, Tree};
use super::{escape, join, mistake};

/// How many bytes the readings of one document may have in all. It is read again for each
/// collection in brackets whose lines had to be joined, and each scalar with odd escapes.
const MAX_READ_BYTES: usize = 4 << 20;

/// Reads the document in `chunk` of `text`.
///
/// A tree comes back in any case: after a mistake it holds what was read before it.
pub fn parse(text: &str, chunk: Chunk) -> (Tree, Vec<Problem>) {
    let source = &text[chunk.span.start..chunk.span.end];
    let base = chunk.span.start;
    if let Some(problem) = mistake::at_first_sight(source, base) {
        return (Tree::default(), vec![problem]);
    }
    let mut joined = Cow::Borrowed(source);
    let (mut done_to, mut read) = (0, 0);
    loop {
        let mut builder = Builder::new(&joined, source, base);
        builder.run();
        read += source.len();
        if let Some(text) = builder.escaped.take().filter(|_| read < MAX_READ_BYTES) {
            joined = Cow::Owned(text);
            continue;
        }
        match builder.to_join.take().filter(|j| j.start >= done_to && read < MAX_READ_BYTES) {
            Some(lines) => {
                done_to = lines.end;
                joined = Cow::Owned(join::lines(&joined, lines));
            }
            None => return (builder.tree, builder.problems),
        }
    }
}

/// A collection that is being read.
struct Open {
    node: NodeId,
    /// The key of a mapping that waits for its value.
    key: Option<NodeId>,
}

pub(super) struct Builder<'t> {
    /// What is read: the document, with the lines of some brackets joined.
    pub(super) read: &'t str,
    pub(super) offsets: Offsets<'t>,
    /// The document as it is written.
    pub(super) source: &'t str,
    /// Where the document starts in the whole text.
    pub(super) base: usize,
    pub(super) tree: Tree,
    open: Vec<Open>,
    anchors: Map<usize, NodeId>,
    pub(super) problems: Vec<Problem>,
    documents: usize,
    /// Whether the document has ended.
    pub(super) ended: bool,
    /// Brackets whose lines the parser could not read as go-yaml does.
    pub(super) to_join: Option<Span>,
    /// What to read instead, because of an escape that only go-yaml knows.
    pub(super) escaped: Option<String>,
}

impl<'t> Builder<'t> {
    fn new(read: &'t str, source: &'t str, base: usize) -> Self {
        Builder {
            read,
            offsets: Offsets::new(read),
            source,
            base,
            tree: Tree::default(),
            open: Vec::new(),
            anchors: Map::new(),
            problems: Vec::new(),
            documents: 0,
            ended: false,
            to_join: None,
            escaped: None,
        }
    }

    fn run(&mut self) {
        let mut parser = Parser::new_from_str(self.read);
        while self.take(&mut parser).is_some() {}
        self.close_all();
        if !self.problems.iter().any(|p| p.kind.is_error()) {
            self.stray_tabs();
        }
    }

    /// Where the outermost collection in brackets starts that is being read, in the document.
    pub(super) fn bracket_being_read(&self) -> Option<usize> {
        let starts = self.open.iter().map(|o| self.tree.node(o.node).span.start - self.base);
        starts.into_iter().find(|at| self.source[*at..].starts_with(['[', '{']))
    }

    /// Takes one event; `None` at the end of the document or at a mistake.
    fn take(&mut self, parser: &mut Parser<'t, StrInput<'t>>) -> Option<()> {
        match parser.next_event()? {
            Ok((event, marks)) => self.event(event, marks),
            Err(error) => self.mistake(&error),
        }
    }

    fn event(&mut self, event: Event<'_>, marks: Marks) -> Option<()> {
        let span = self.span(&marks);
        match event {
            Event::StreamEnd => return None,
            Event::DocumentStart(_) if self.documents > 0 => {
                return self.problem(span, ProblemKind::LostDocument);
            }
            Event::DocumentStart(_) => self.documents += 1,
            Event::DocumentEnd => self.ended = true,
            Event::Nothing | Event::StreamStart => {}
            Event::Scalar(value, style, anchor, tag) => {
                let value = escape::restored(value.into_owned(), self.read, self.source);
                let node = Node { span, kind: scalar(value, style, tag.as_deref()) };
                self.add(node, anchor)?;
            }
            Event::Alias(anchor) => return self.alias(span, anchor),
            Event::SequenceStart(anchor, _) => {
                return self.begin(span, NodeKind::List(Vec::new()), anchor);
            }
            Event::MappingStart(anchor, _) => {
                return self.begin(span, NodeKind::Map(Vec::new()), anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
        }
        Some(())
    }

    fn begin(&mut self, span: Span, kind: NodeKind, anchor: usize) -> Option<()> {
        if self.open.len() >= MAX_DEPTH {
            return self.problem(span, ProblemKind::TooDeep);
        }
        let node = self.add(Node { span, kind }, anchor)?;
        self.open.push(Open { node, key: None });
        Some(())
    }

    fn end(&mut self, closing: Span) {
        let Some(open) = self.open.pop() else { return };
        // A closing bracket is part of the value; the end of a block is wherever its last
        // value ends, not where the next line begins.
        let last = self.last_child_end(open.node);
        let span = &mut self.tree.nodes[open.node.0].span;
        let bracket = closing.end > closing.start;
        span.end = if bracket { closing.end } else { last.unwrap_or(span.end) }.max(span.start);
    }

    fn last_child_end(&self, node: NodeId) -> Option<usize> {
        let last = match &self.tree.node(node).kind {
            NodeKind::List(items) => items.last().copied(),
            NodeKind::Map(entries) => entries.last().map(|e| e.value),
            _ => None,
        };
        last.map(|id| self.tree.node(id).span.end)
    }

    fn alias(&mut self, span: Span, anchor: usize) -> Option<()> {
        // The parser itself refuses an unknown name; a missing node would be its mistake.
        let Some(target) = self.anchors.get(&anchor).copied() else {
            return self.problem(span, ProblemKind::UnknownAlias(self.name_at(span)));
        };
        if self.open.iter().any(|o| o.node == target) {
            return self.problem(span, ProblemKind::AliasOfItself);
        }
        self.add(Node { span, kind: NodeKind::Alias(target) }, 0).map(|_| ())
    }

    fn add(&mut self, node: Node, anchor: usize) -> Option<NodeId> {
        if self.tree.nodes.len() >= MAX_NODES {
            self.problem(node.span, ProblemKind::TooManyNodes)?;
        }
        let id = NodeId(self.tree.nodes.len());
        self.tree.nodes.push(node);
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
        self.attach(id);
        Some(id)
    }

    fn attach(&mut self, id: NodeId) {
        let Some(open) = self.open.last_mut() else {
            self.tree.root.get_or_insert(id);
            return;
        };
        match &mut self.tree.nodes[open.node.0].kind {
            NodeKind::List(items) => items.push(id),
            NodeKind::Map(entries) => match open.key.take() {
                None => open.key = Some(id),
                Some(key) => entries.push(Entry { key, value: id }),
            },
            _ => {}
        }
    }

    /// Notes a problem that ends the reading of this document.
    pub(super) fn problem<T>(&mut self, span: Span, kind: ProblemKind) -> Option<T> {
        self.problems.push(Problem { span, kind });
        None
    }

    fn span(&self, marks: &Marks) -> Span {
        let start = self.offsets.byte(marks.start.index());
        let end = self.offsets.byte(marks.end.index()).max(start);
        let kept = self.source[start..end].trim_end();
        Span::new(self.base + start, self.base + start + kept.len())
    }

    /// Ends what a mistake left open, so that the tree has sound spans.
    fn close_all(&mut self) {
        while let Some(open) = self.open.last() {
            let end = self.tree.node(open.node).span.end;
            self.end(Span::new(end, end));
        }
    }
}

fn scalar(value: String, style: ScalarStyle, tag: Option<&Tag>) -> NodeKind {
    let core = tag.filter(|t| t.is_yaml_core_schema()).map(|t| t.suffix.as_str());
    match (style, core) {
        (_, Some("int" | "float" | "bool" | "null")) => NodeKind::Plain(value),
        (ScalarStyle::Plain, None) if tag.is_none() => NodeKind::Plain(value),
        _ => NodeKind::Text(value),
    }
}
