//! Places in a text.

/// A range of bytes of one text revision, end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end` (bytes).
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }
}

/// A change of a text: `span` becomes `text`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextEdit {
    /// What goes, in bytes of the text before.
    pub span: Span,
    /// What comes.
    pub text: String,
}

impl TextEdit {
    /// `start..end` becomes `text`.
    pub fn new(start: usize, end: usize, text: impl Into<String>) -> Self {
        TextEdit { span: Span::new(start, end), text: text.into() }
    }

    /// The text after it.
    pub fn applied(&self, text: &str) -> String {
        [&text[..self.span.start], &self.text, &text[self.span.end..]].concat()
    }

    /// One edit that does what several do, which stand in order and do not overlap.
    pub fn joined(text: &str, edits: &[TextEdit]) -> Option<TextEdit> {
        let (first, last) = (edits.first()?, edits.last()?);
        let mut new = String::new();
        let mut at = first.span.start;
        for edit in edits {
            new.push_str(text.get(at..edit.span.start)?);
            new.push_str(&edit.text);
            at = edit.span.end;
        }
        Some(TextEdit::new(first.span.start, last.span.end, new))
    }
}

/// A place for people: both count from 1; `column` counts characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where the lines of a text start; turns bytes into lines and columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1));
        LineIndex { starts }
    }

    /// The number of lines (at least 1).
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line of byte `offset`, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|s| *s <= offset)
    }

    /// Line and column of byte `offset` of `text` (the text this index was made of).
    pub fn place(&self, text: &str, offset: usize) -> LineColumn {
        let offset = floor_char(text, offset);
        let line = self.line(offset);
        let start = self.starts[line - 1];
        LineColumn { line, column: text[start..offset].chars().count() + 1 }
    }

    /// The span of line `line` (from 1) of `text`, without its line end.
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let start = self.starts.get(line - 1).copied().unwrap_or(text.len());
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        Span::new(start, end.max(start))
    }
}

fn floor_char(text: &str, offset: usize) -> usize {
    let mut o = offset.min(text.len());
    while !text.is_char_boundary(o) {
        o -= 1;
    }
    o
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let text = "a: 1\n期: é\n";
        let index = LineIndex::new(text);
        let at = text.find('é').expect("it is in the text");
        assert_eq!(index.place(text, at), LineColumn { line: 2, column: 4 });
        assert_eq!(index.place(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.place(text, text.len()), LineColumn { line: 3, column: 1 });
        assert_eq!(&text[index.line_span(text, 1).start..index.line_span(text, 1).end], "a: 1");
    }
}
