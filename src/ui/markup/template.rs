//! A markup's text, taken apart.
//!
//! It is what `stringify!` makes of the tokens, so it is well formed and spaces may stand anywhere
//! between them.

/// A node of a markup.
#[derive(PartialEq, Debug)]
pub enum Node {
    /// An element.
    Tag(Tag),
    /// A text.
    Text(&'static str),
    /// The next hole.
    Hole,
    /// Several nodes.
    All(Vec<Node>),
}

/// An element. Names and values live as long as the page, as Yew wants it.
#[derive(PartialEq, Debug)]
pub struct Tag {
    /// Its name.
    pub name: &'static str,
    /// The names of its attributes, in order.
    pub names: &'static [&'static str],
    /// Their values; `None` is a hole.
    pub values: Vec<Option<&'static str>>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// Reads a markup.
pub fn parse(text: &'static str) -> Vec<Node> {
    Reader(text).nodes()
}

/// A markup without components, or the build ends: they would become elements of their names.
pub const fn checked(text: &'static str) -> &'static str {
    let bytes = text.as_bytes();
    let (mut at, mut quoted) = (0, false);
    while at + 2 < bytes.len() {
        if bytes[at] == b'\\' {
            at += 1;
        } else if bytes[at] == b'"' {
            quoted = !quoted;
        }
        let name = if bytes[at + 1] == b' ' { at + 2 } else { at + 1 };
        let tag = !quoted && bytes[at] == b'<' && bytes[name].is_ascii_uppercase();
        assert!(!tag, "a component in html! stands in part!");
        at += 1;
    }
    text
}

struct Reader(&'static str);

impl Reader {
    /// Takes `token` if it is next.
    fn take(&mut self, token: &str) -> bool {
        let rest = self.0.trim_start();
        match rest.strip_prefix(token) {
            Some(after) => self.0 = after,
            None => self.0 = rest,
        }
        self.0.len() < rest.len()
    }

    fn word(&mut self) -> &'static str {
        self.0 = self.0.trim_start();
        let end = self.0.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word
    }

    /// `data-testid`, whose parts are tokens of their own.
    fn name(&mut self) -> &'static str {
        let first = self.word();
        if !self.take("-") {
            return first;
        }
        let mut name = first.to_string();
        loop {
            name.push('-');
            name.push_str(self.word());
            if !self.take("-") {
                return name.leak();
            }
        }
    }

    /// A text in quotes, the first of which is taken; `\"` and `\\` are all that is escaped.
    fn text(&mut self) -> &'static str {
        let mut end = 0;
        let bytes = self.0.as_bytes();
        while bytes.get(end).is_some_and(|byte| *byte != b'"') {
            end += 1 + usize::from(bytes[end] == b'\\');
        }
        let text = &self.0[..end];
        self.0 = &self.0[end + 1..];
        match text.contains('\\') {
            true => text.replace("\\\"", "\"").replace("\\\\", "\\").leak(),
            false => text,
        }
    }

    /// Up to the end tag, which is taken, or the end of all.
    fn nodes(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        loop {
            if self.take("{}") {
                nodes.push(Node::Hole);
            } else if self.take("\"") {
                nodes.push(Node::Text(self.text()));
            } else if !self.take("<") {
                return nodes;
            } else if self.take("/") {
                self.take(">");
                return nodes;
            } else if self.take(">") {
                nodes.push(Node::All(self.nodes()));
            } else {
                nodes.push(Node::Tag(self.tag()));
            }
        }
    }

    fn tag(&mut self) -> Tag {
        let name = self.word();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        let closed = loop {
            if self.take(">") {
                break false;
            }
            if self.take("/") {
                self.take(">");
                break true;
            }
            names.push(self.name());
            self.take("=");
            values.push(if self.take("{}") {
                None
            } else {
                self.take("\"");
                Some(self.text())
            });
        };
        let children = if closed { Vec::new() } else { self.nodes() };
        Tag { name, names: names.leak(), values, children }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_apart() {
        let text = "< p class = \"a b\" data - test - id = {} > \"x \\\" y\" {} < br / > < / > {}";
        let names = &["class", "data-test-id"];
        let br = Tag { name: "br", names: &[], values: vec![], children: vec![] };
        let children = vec![Node::Text("x \" y"), Node::Hole, Node::Tag(br)];
        let values = vec![Some("a b"), None];
        let p = Tag { name: "p", names, values, children };
        assert_eq!(parse(text), [Node::Tag(p), Node::Hole]);
        let all = Node::All(vec![Node::Hole, Node::Hole]);
        assert_eq!(parse("< > {} {} < / >"), [all]);
        assert_eq!(parse(""), []);
    }
}
