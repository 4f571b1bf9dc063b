//! What can be wrong with a text before anyone asks what its fields mean.

use crate::base::Span;

/// A problem of the text itself, with its place in the whole text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The culprit.
    pub span: Span,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProblemKind {
    /// The text is not YAML.
    Syntax(SyntaxError),
    /// `*name` without an `&name` before it.
    UnknownAlias(String),
    /// `*name` inside the value that `&name` stands for.
    AliasOfItself,
    /// More levels than [`MAX_DEPTH`](super::limits::MAX_DEPTH).
    TooDeep,
    /// More nodes than [`MAX_NODES`](super::limits::MAX_NODES).
    TooManyNodes,
    /// A second document behind a separator that kubectl does not see (`--- # text`): lost.
    LostDocument,
}

impl ProblemKind {
    /// Whether kubectl refuses the text for it (or we do, for a limit of ours).
    pub fn is_error(&self) -> bool {
        !matches!(self, ProblemKind::LostDocument)
    }
}

/// A mistake in the syntax, in our words' key and in go-yaml's own words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// What it looks like to a person.
    pub kind: SyntaxKind,
    /// The line that go-yaml names, counted within the document; `None` when it names none.
    pub go_line: Option<usize>,
    /// What go-yaml says.
    pub go_text: String,
}

/// What a mistake in the syntax looks like to a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SyntaxKind {
    /// A tab where only spaces may indent.
    Tab,
    /// A quote that is never closed.
    UnclosedQuote,
    /// Text behind a closing quote.
    TrailingText,
    /// A `[` or `{` that is not closed, or lacks a comma.
    UnclosedBracket,
    /// A bracket that nothing opened.
    StrayBracket,
    /// A line that is indented neither like its neighbours nor deeper.
    Indentation,
    /// A `:` where no key can be.
    UnexpectedColon,
    /// A key without its `:`.
    MissingColon,
    /// A `-` where no list can be.
    UnexpectedDash,
    /// `@`, `` ` `` or `%` at the start of a value that is not in quotes.
    ReservedCharacter,
    /// A `\` in double quotes that is followed by nothing known.
    Escape,
    /// More brackets inside brackets than can be read.
    TooManyBrackets,
    /// A character that may not stand in YAML.
    ControlCharacter,
    /// Something else.
    Other,
}

/// How go-yaml counts lines: a mistake found by its scanner is on the line it names, one found
/// by its parser is on the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FoundBy {
    Scanner,
    Parser,
}

/// The parser's words, what they are for a person, and what go-yaml says in that case.
const WORDS: &[(&str, SyntaxKind, FoundBy, &str)] = {
    use FoundBy::{Parser, Scanner};
    use SyntaxKind::*;
    &[
        ("tab", Tab, Scanner, "found character that cannot start any token"),
        (
            "found unexpected document indicator",
            UnclosedQuote,
            Scanner,
            "found unexpected document indicator",
        ),
        (
            "found unexpected end of stream",
            UnclosedQuote,
            Scanner,
            "found unexpected end of stream",
        ),
        ("invalid indentation in quoted", UnclosedQuote, Scanner, "found unexpected end of stream"),
        ("expected ',' or ']'", UnclosedBracket, Parser, "did not find expected ',' or ']'"),
        ("expected ',' or '}'", UnclosedBracket, Parser, "did not find expected ',' or '}'"),
        ("indentation in flow", UnclosedBracket, Parser, "did not find expected ',' or ']'"),
        ("trailing content after double", TrailingText, Parser, "did not find expected key"),
        ("misplaced bracket", StrayBracket, Parser, "did not find expected node content"),
        ("expected key", Indentation, Parser, "did not find expected key"),
        ("expected '-' indicator", Indentation, Parser, "did not find expected '-' indicator"),
        ("wrongly indented line", Indentation, Parser, "did not find expected key"),
        ("invalid indentation", Indentation, Parser, "did not find expected key"),
        (
            "mapping values are not",
            UnexpectedColon,
            Scanner,
            "mapping values are not allowed in this context",
        ),
        (
            "mapping keys are not",
            UnexpectedColon,
            Scanner,
            "mapping keys are not allowed in this context",
        ),
        ("placement of ':'", UnexpectedColon, Parser, "did not find expected ',' or ']'"),
        ("may not precede any", UnexpectedColon, Parser, "did not find expected ',' or '}'"),
        ("simple key expect", MissingColon, Scanner, "could not find expected ':'"),
        (
            "block sequence entries",
            UnexpectedDash,
            Scanner,
            "block sequence entries are not allowed in this context",
        ),
        (
            "only valid inside a block",
            UnexpectedDash,
            Scanner,
            "block sequence entries are not allowed in this context",
        ),
        (
            "unexpected character",
            ReservedCharacter,
            Scanner,
            "found character that cannot start any token",
        ),
        ("unknown escape", Escape, Scanner, "found unknown escape character"),
        ("hexadecimal", Escape, Scanner, "did not find expected hexdecimal number"),
        (
            "Unicode character escape",
            Escape,
            Scanner,
            "found invalid Unicode character escape code",
        ),
        ("recursion limit", TooManyBrackets, Scanner, "exceeded max depth of 10000"),
        ("unprintable", ControlCharacter, Scanner, "control characters are not allowed"),
        ("node content", Other, Parser, "did not find expected node content"),
        ("<document", Other, Parser, "did not find expected <document start>"),
        (
            "alphabetic or numeric",
            Other,
            Scanner,
            "did not find expected alphabetic or numeric character",
        ),
    ]
};

impl SyntaxError {
    /// The mistake that the parser calls `info` on line `line` (from 1) of the document.
    pub fn of(info: &str, line: usize) -> Self {
        let row = WORDS.iter().find(|(words, ..)| info.contains(words));
        let (kind, found_by, go_text) = match row {
            Some((_, kind, by, text)) => (*kind, *by, (*text).to_string()),
            None => (SyntaxKind::Other, FoundBy::Scanner, info.to_string()),
        };
        let go_line = if found_by == FoundBy::Parser { line.saturating_sub(1) } else { line };
        // A first line counts as "unknown" there, whoever found the mistake.
        let go_line = (line > 1 && go_line > 0).then_some(go_line);
        SyntaxError { kind, go_line, go_text }
    }

    /// A tab that indents line `line` (from 1) of the document.
    pub fn tab(line: usize) -> Self {
        let go_text = "found character that cannot start any token".to_string();
        SyntaxError { kind: SyntaxKind::Tab, go_line: (line > 1).then_some(line), go_text }
    }

    /// A character that YAML does not have.
    pub fn control() -> Self {
        let go_text = "control characters are not allowed".to_string();
        SyntaxError { kind: SyntaxKind::ControlCharacter, go_line: None, go_text }
    }

    /// As go-yaml prints it: `yaml: line 4: did not find expected key`.
    pub fn go_message(&self) -> String {
        match self.go_line {
            Some(line) => format!("yaml: line {line}: {}", self.go_text),
            None => format!("yaml: {}", self.go_text),
        }
    }
}
