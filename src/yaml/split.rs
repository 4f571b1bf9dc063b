//! Cutting a text into documents as kubectl does, before any YAML is read.
//!
//! Source: apimachinery util/yaml YAMLReader.Read. A line of `---` and nothing else ends a
//! document, whatever surrounds it; `--- # text` does not, and what follows it is lost.

use crate::base::Span;

/// The part of a text that kubectl reads as one document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chunk {
    /// Its place in the whole text.
    pub span: Span,
}

/// The chunks of `text`, in order; a chunk may hold nothing but comments.
pub fn split(text: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        if is_separator(line) && at > start {
            chunks.push(Chunk { span: Span::new(start, at) });
            start = next;
        }
        at = next;
    }
    if at > start {
        chunks.push(Chunk { span: Span::new(start, at) });
    }
    chunks
}

fn is_separator(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let got: Vec<&str> = split(text).iter().map(|c| &text[c.span.start..c.span.end]).collect();
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn a_line_of_three_dashes_ends_a_document() {
        check("", &[]);
        check("a: 1\n", &["a: 1\n"]);
        check("a: 1\n---\nb: 2", &["a: 1\n", "b: 2"]);
        check("---\na: 1\n---  \r\nb: 2\n---\n", &["---\na: 1\n", "b: 2\n"]);
        check("a: 1\n--- # no\nb: 2\n", &["a: 1\n--- # no\nb: 2\n"]);
        check("a: |\n  x\n---\n  y\n", &["a: |\n  x\n", "  y\n"]);
    }
}
