//! One document's text to its tree.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks, StrInput, Tag};

use super::limits::{MAX_DEPTH, MAX_NODES};
use super::look;
use super::offsets::Offsets;
use super::problem::{Problem, ProblemKind, SyntaxError, SyntaxKind};
use super::split::Chunk;
use super::tree::{Entry, Node, NodeId, NodeKind, Tree};
use crate::base::Span;

/// Reads the document in `chunk` of `text`.
///
/// A tree comes back in any case: after a mistake it holds what was read before it.
pub fn parse(text: &str, chunk: Chunk) -> (Tree, Vec<Problem>) {
    let source = &text[chunk.span.start..chunk.span.end];
    let mut builder = Builder::new(source, chunk.span.start);
    if let Some((at, _)) = source.match_indices(',').nth(MAX_NODES) {
        let span = Span::new(builder.base + at, builder.base + at + 1);
        return (Tree::default(), vec![Problem { span, kind: ProblemKind::TooManyNodes }]);
    }
    let mut parser = Parser::new_from_str(source);
    while builder.take(&mut parser).is_some() {}
    builder.close_all();
    (builder.tree, builder.problems)
}

/// A collection that is being read.
struct Open {
    node: NodeId,
    /// The key of a mapping that waits for its value.
    key: Option<NodeId>,
}

struct Builder<'t> {
    offsets: Offsets<'t>,
    source: &'t str,
    /// Where the document starts in the whole text.
    base: usize,
    tree: Tree,
    open: Vec<Open>,
    anchors: BTreeMap<usize, NodeId>,
    problems: Vec<Problem>,
    documents: usize,
}

impl<'t> Builder<'t> {
    fn new(source: &'t str, base: usize) -> Self {
        Builder {
            offsets: Offsets::new(source),
            source,
            base,
            tree: Tree::default(),
            open: Vec::new(),
            anchors: BTreeMap::new(),
            problems: Vec::new(),
            documents: 0,
        }
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
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            Event::Scalar(value, style, anchor, tag) => {
                let node = Node { span, kind: scalar(value.into_owned(), style, tag.as_deref()) };
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
    fn problem<T>(&mut self, span: Span, kind: ProblemKind) -> Option<T> {
        self.problems.push(Problem { span, kind });
        None
    }

    fn mistake(&mut self, error: &ScanError) -> Option<()> {
        let at = self.offsets.byte(error.marker().index());
        if error.info().contains("unknown anchor") {
            let span = self.visible(at);
            let name = self.name_at(span);
            let whole = Span::new(span.start, span.end + name.len());
            return self.problem(whole, ProblemKind::UnknownAlias(name));
        }
        let mut syntax = SyntaxError::of(error.info(), error.marker().line());
        let span = self.culprit(at, &mut syntax.kind);
        let kind = match syntax.kind {
            SyntaxKind::TooManyBrackets => ProblemKind::TooDeep,
            _ => ProblemKind::Syntax(syntax),
        };
        self.problem(span, kind)
    }

    /// What a person must mend, which is often before the place where the parser stumbled:
    /// a tab that indents, a line without its colon, a bracket that is still open.
    fn culprit(&self, at: usize, kind: &mut SyntaxKind) -> Span {
        if *kind == SyntaxKind::TooManyBrackets {
            return self.visible(at);
        }
        if self.tab_indents(at) {
            *kind = SyntaxKind::Tab;
            return self.visible(at);
        }
        if *kind == SyntaxKind::MissingColon
            && let Some(line) = look::line_without_colon(self.source, at)
        {
            return Span::new(self.base + line.start, self.base + line.end);
        }
        if *kind != SyntaxKind::UnclosedQuote
            && let Some(bracket) = look::open_bracket(self.source, at)
        {
            *kind = SyntaxKind::UnclosedBracket;
            return Span::new(self.base + bracket, self.base + bracket + 1);
        }
        self.visible(at)
    }

    fn tab_indents(&self, at: usize) -> bool {
        let line = self.source[..at].rfind('\n').map_or(0, |n| n + 1);
        let rest = self.source[line..].trim_start_matches(' ');
        rest.starts_with('\t')
    }

    /// The character at `at`, or the last one of the text that can be seen, for a mistake
    /// that is only noticed at the end.
    fn visible(&self, at: usize) -> Span {
        let at =
            if self.source[at..].trim().is_empty() { self.source.trim_end().len() } else { at };
        let width =
            self.source[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        Span::new(self.base + at, self.base + at + width)
    }

    /// The name in `*name` at `span`.
    fn name_at(&self, span: Span) -> String {
        let rest = &self.source[span.start - self.base..];
        let name = rest.trim_start_matches('*');
        let end = name.find([' ', '\n', ',', ']', '}', '\r', '\t']).unwrap_or(name.len());
        name[..end].to_string()
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
