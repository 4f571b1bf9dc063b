//! From where the parser stumbled to a problem with a place and a name.

use saphyr_parser::ScanError;

use super::limits::MAX_NODES;
use super::parse::Builder;
use super::problem::{Problem, ProblemKind, SyntaxError, SyntaxKind};
use super::tree::NodeKind;
use super::{escape, look};
use crate::base::Span;

/// What can be refused without reading: too many commas, characters that YAML does not have.
pub(super) fn at_first_sight(source: &str, base: usize) -> Option<Problem> {
    if let Some((at, _)) = source.match_indices(',').nth(MAX_NODES) {
        let span = Span::new(base + at, base + at + 1);
        return Some(Problem { span, kind: ProblemKind::TooManyNodes });
    }
    let (at, c) = source.char_indices().find(|(_, c)| is_control(*c))?;
    let span = Span::new(base + at, base + at + c.len_utf8());
    Some(Problem { span, kind: ProblemKind::Syntax(SyntaxError::control()) })
}

/// Source: goyaml.v2 readerc.go yaml_parser_update_buffer.
fn is_control(c: char) -> bool {
    let fine = matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}');
    !fine && c < '\u{10000}'
}

impl Builder<'_> {
    pub(super) fn mistake(&mut self, error: &ScanError) -> Option<()> {
        let at = self.offsets.byte(error.marker().index());
        if error.info().contains("unknown anchor") {
            let span = self.visible(at);
            let name = self.name_at(span);
            let whole = Span::new(span.start, span.end + name.len());
            return self.problem(whole, ProblemKind::UnknownAlias(name));
        }
        if self.ended {
            // kubectl reads one document of a chunk, and nothing behind its end.
            return self.problem(self.visible(at), ProblemKind::LostDocument);
        }
        if error.info().contains("unknown escape") {
            self.escaped = escape::marked(self.read, self.source, at);
        }
        self.to_join = self.joinable(at);
        let line = self.source[..at].matches('\n').count() + 1;
        let mut syntax = SyntaxError::of(error.info(), line);
        let span = self.culprit(at, &mut syntax);
        let kind = match syntax.kind {
            SyntaxKind::TooManyBrackets => ProblemKind::TooDeep,
            _ => ProblemKind::Syntax(syntax),
        };
        self.problem(span, kind)
    }

    /// What a person must mend, which is often before the place where a parser stumbles: a tab
    /// that indents, a line without its colon, a bracket or quote that is still open. Where
    /// go-yaml stumbles over it is a matter of its own.
    fn culprit(&self, at: usize, syntax: &mut SyntaxError) -> Span {
        let lines = |upto: usize| self.source[..upto].matches('\n').count() + 1;
        let whole = |s: Span| Span::new(self.base + s.start, self.base + s.end);
        if syntax.kind == SyntaxKind::TooManyBrackets {
            return self.visible(at);
        }
        let here = look::tab_that_indents(self.source, at);
        let ahead = || look::next_tab_that_indents(self.source, at).map(|t| Span::new(t, t + 1));
        let tab = if syntax.kind == SyntaxKind::Tab { here.or_else(ahead) } else { here };
        if let Some(tab) = tab {
            *syntax = SyntaxError::tab(lines(tab.start));
            return whole(tab);
        }
        match syntax.kind {
            SyntaxKind::MissingColon => {
                let line = look::line_without_colon(self.source, at);
                return line.map_or_else(|| self.visible(at), whole);
            }
            SyntaxKind::UnclosedQuote => {
                syntax.go_line = Some(look::end_of_quote(self.source, at));
                return self.visible(at);
            }
            _ => {}
        }
        match look::open_bracket(self.source, at) {
            Some(bracket) => {
                syntax.kind = SyntaxKind::UnclosedBracket;
                syntax.go_line = Some(look::end_of_bracket(self.source, bracket));
                whole(Span::new(bracket, bracket + 1))
            }
            None => self.visible(at),
        }
    }

    /// The brackets around byte `at` that are closed on a later line. The parser wants their
    /// lines indented; go-yaml does not, and a bracket closed below its key is a common sight.
    fn joinable(&self, at: usize) -> Option<Span> {
        let last = self.tree.nodes.last().map_or(0, |n| n.span.end - self.base);
        let start =
            self.bracket_being_read().or_else(|| look::first_bracket(self.source, last, at))?;
        let end = look::closing_bracket(self.source, start)?;
        self.source[start..end].contains('\n').then(|| Span::new(start, end))
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
    pub(super) fn name_at(&self, span: Span) -> String {
        let rest = &self.source[span.start - self.base..];
        let name = rest.trim_start_matches('*');
        let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let end = name.find(|c| !in_name(c)).unwrap_or(name.len());
        name[..end].to_string()
    }

    /// A tab at the start of a line, which go-yaml refuses even on an empty line, unless the
    /// line is part of a scalar or of something in brackets.
    pub(super) fn stray_tabs(&mut self) {
        if !self.source.contains('\t') {
            return;
        }
        // Nodes stand in the order of the text, so one look back at each place is enough.
        let covered = self.tabs_allowed();
        let mut lines = self.source.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        let stray = lines.by_ref().enumerate().find_map(|(n, (start, line))| {
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            let tab = self.base + start + line[..blanks].find('\t')?;
            let before = covered.partition_point(|span| span.start < tab);
            let inside = before > 0 && tab < covered[before - 1].end;
            (!inside).then_some((n + 1, tab))
        });
        if let Some((line, tab)) = stray {
            let kind = ProblemKind::Syntax(SyntaxError::tab(line));
            self.problems.push(Problem { span: Span::new(tab, tab + 1), kind });
        }
    }

    /// Scalars and collections in brackets, by start, those inside another left out.
    fn tabs_allowed(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for node in &self.tree.nodes {
            let block = matches!(node.kind, NodeKind::List(_) | NodeKind::Map(_))
                && !self.source[node.span.start - self.base..].starts_with(['[', '{']);
            let within = spans.last().is_some_and(|last| node.span.start < last.end);
            if !block && !within {
                spans.push(node.span);
            }
        }
        spans
    }
}
