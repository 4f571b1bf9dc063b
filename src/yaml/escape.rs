//! `\'` in double quotes.
//!
//! YAML has no such escape, and so our parser refuses it; go-yaml reads an apostrophe.
//! Source: goyaml.v2 scannerc.go yaml_parser_scan_flow_scalar.
//!
//! The parser is given one character instead that is as long, so that all places stay, and the
//! value gets its apostrophe back.

/// Stands for `\'` while the parser reads: two bytes, and no character of any language.
const MARK: char = '\u{7ff}';

/// `text` with the escapes of the scalar in double quotes that starts at byte `start` marked;
/// `None` if there is nothing to mark, and so nothing more to read. `source` is the text as it is
/// written.
pub(super) fn marked(text: &str, source: &str, start: usize) -> Option<String> {
    let scalar = text.get(start..)?.strip_prefix('"').filter(|_| !source.contains(MARK))?;
    let mut marked = String::with_capacity(text.len());
    let mut chars = scalar.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next()? {
                '\'' => marked.push(MARK),
                other => marked.extend([c, other]),
            },
            '"' => break,
            _ => marked.push(c),
        }
    }
    let end = text.len() - chars.as_str().len();
    let is_closed = text[..end].ends_with('"') && marked.contains(MARK);
    is_closed.then(|| [&text[..=start], &marked, "\"", &text[end..]].concat())
}

/// What the parser read, with its apostrophes.
pub(super) fn restored(value: String, read: &str, source: &str) -> String {
    let is_ours = value.contains(MARK) && read.len() == source.len() && !source.contains(MARK);
    if is_ours { value.replace(MARK, "'") } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::yaml::{Chunk, NodeKind, parse};

    #[test]
    fn apostrophes_are_read_as_kubectl_reads_them() {
        let text = "a: [\"\\'é\\'\", \"x\\'\"]\nb: '\\'\n";
        let (tree, problems) = parse(text, Chunk { span: Span::new(0, text.len()) });
        assert!(problems.is_empty(), "{problems:?}");
        let texts = tree.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Text(text) => Some((text.as_str(), node.span)),
            _ => None,
        });
        let expected =
            [("'é'", Span::new(4, 12)), ("x'", Span::new(14, 19)), ("\\", Span::new(24, 27))];
        assert_eq!(texts.collect::<Vec<_>>(), expected);
        let other = "a: \"\\q\\'\"";
        let (_, problems) = parse(other, Chunk { span: Span::new(0, other.len()) });
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn only_the_apostrophes_of_one_scalar_are_marked() {
        let text = r#"a: "\\'\'\"\'" # \'"#;
        let mark = |text: &str| marked(text, text, 3);
        let read = mark(text).expect("there are two");
        assert_eq!(read.len(), text.len());
        assert_eq!(read, "a: \"\\\\'\u{7ff}\\\"\u{7ff}\" # \\'");
        assert_eq!(restored("x\u{7ff}".into(), &read, text), "x'");
        assert_eq!(mark(r#"a: "\q" '\'"#), None);
        assert_eq!(mark(r#"a: "\'"#), None);
    }
}
