//! The prose of an exercise: a small part of Markdown, as data. No HTML is read from it or made.

/// A text with a title.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Prose {
    /// The text behind `# `.
    pub title: String,
    /// What stands before the first `## `.
    pub brief: Vec<Block>,
    /// What stands from there on, its heading first.
    pub after: Vec<Block>,
}

/// A block of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// `## `.
    Heading(Vec<Inline>),
    /// Lines without an empty one between them.
    Paragraph(Vec<Inline>),
    /// Lines that begin with `- `.
    List(Vec<Vec<Inline>>),
    /// Between lines of three backticks.
    Code(String),
}

/// A piece of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Inline {
    /// As it is.
    Text(String),
    /// `**strong**`.
    Strong(String),
    /// `*emphasis*`.
    Emphasis(String),
    /// `` `code` ``.
    Code(String),
}

/// Reads a text. Everything is text that is nothing else.
pub fn read(text: &str) -> Prose {
    let mut prose = Prose::default();
    let mut blocks = blocks(text);
    if let Some((_, title)) = text.lines().next().and_then(|line| line.split_once("# ")) {
        prose.title = title.trim().to_string();
        blocks.remove(0);
    }
    let heading = |block: &Block| matches!(block, Block::Heading(_));
    let end = blocks.iter().position(heading).unwrap_or(blocks.len());
    prose.after = blocks.split_off(end);
    prose.brief = blocks;
    prose
}

fn blocks(text: &str) -> Vec<Block> {
    let (mut blocks, mut lines) = (Vec::new(), text.lines().peekable());
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.starts_with("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|l| !l.starts_with("```")).collect();
            blocks.push(Block::Code(code.join("\n")));
            continue;
        }
        if line.is_empty() {
            continue;
        }
        if let Some((marks, title)) = line.split_once(' ')
            && !marks.is_empty()
            && marks.bytes().all(|b| b == b'#')
        {
            blocks.push(Block::Heading(inlines(title)));
            continue;
        }
        let mut whole = line.to_string();
        let goes_on = |l: &str| !l.trim().is_empty() && !l.starts_with(['#', '`']) && !is_item(l);
        while let Some(next) = lines.next_if(|l| goes_on(l)) {
            join(&mut whole, next.trim());
        }
        match (whole.strip_prefix("- "), blocks.last_mut()) {
            (Some(item), Some(Block::List(items))) => items.push(inlines(item)),
            (Some(item), _) => blocks.push(Block::List(vec![inlines(item)])),
            (None, _) => blocks.push(Block::Paragraph(inlines(&whole))),
        }
    }
    blocks
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

/// Chinese lines are joined without a space.
fn join(text: &mut String, next: &str) {
    let wide = |c: char| c > '\u{2e80}';
    let both = text.chars().next_back().is_some_and(wide) && next.chars().next().is_some_and(wide);
    if !both {
        text.push(' ');
    }
    text.push_str(next);
}

fn inlines(text: &str) -> Vec<Inline> {
    type Make = fn(String) -> Inline;
    const MARKS: [(&str, Make); 3] =
        [("**", Inline::Strong), ("*", Inline::Emphasis), ("`", Inline::Code)];
    let (mut pieces, mut plain, mut rest) = (Vec::new(), String::new(), text);
    'all: while !rest.is_empty() {
        for (mark, make) in MARKS {
            let inside = rest.strip_prefix(mark).and_then(|inside| inside.split_once(mark));
            if let Some((inner, after)) = inside.filter(|(inner, _)| !inner.is_empty()) {
                if !plain.is_empty() {
                    pieces.push(Inline::Text(std::mem::take(&mut plain)));
                }
                pieces.push(make(inner.to_string()));
                rest = after;
                continue 'all;
            }
        }
        let next = rest.chars().next().map_or(1, char::len_utf8);
        plain.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    if !plain.is_empty() {
        pieces.push(Inline::Text(plain));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_string())
    }

    #[test]
    fn a_brief_is_read() {
        let prose = read(
            "# A *title*\n\nOne `sh -c`\nand **two**.\n\n- a\n- b\n  c\n\n## Why\n\n```\nx\n\n```\n",
        );
        assert_eq!(prose.title, "A *title*");
        let strong = Inline::Strong("two".to_string());
        let code = Inline::Code("sh -c".to_string());
        let first = Block::Paragraph(vec![text("One "), code, text(" and "), strong, text(".")]);
        let list = Block::List(vec![vec![text("a")], vec![text("b c")]]);
        assert_eq!(prose.brief, [first, list]);
        assert_eq!(
            prose.after,
            [Block::Heading(vec![text("Why")]), Block::Code("x\n".to_string())]
        );
    }

    #[test]
    fn what_is_no_mark_is_text() {
        let all = |line: &str| read(line).brief;
        for line in ["2 * 3", "a ** b", "`", "<b>x</b>", "#x", "**"] {
            assert_eq!(all(line), [Block::Paragraph(vec![text(line)])], "{line}");
        }
        assert_eq!(read(""), Prose::default());
        assert_eq!(all("一行\n又一行"), [Block::Paragraph(vec![text("一行又一行")])]);
        assert_eq!(all("```\nnever closed"), [Block::Code("never closed".to_string())]);
    }
}
