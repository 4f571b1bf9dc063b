//! The tree of one YAML document.

use crate::base::Span;

/// A node of a [`Tree`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub usize);

/// One document: nodes that name their children, so that an alias costs nothing until it is
/// followed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tree {
    /// All nodes, parents before children.
    pub nodes: Vec<Node>,
    /// The top node; `None` for an empty document.
    pub root: Option<NodeId>,
}

impl Tree {
    /// The node `id` of this tree.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }
}

/// A value and its place in the text.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Where it stands; for a block of lines from its first to its last character.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a [`Node`] is.
#[derive(Clone, PartialEq, Debug)]
pub enum NodeKind {
    /// A scalar without quotes; its type is a matter of its text.
    Plain(String),
    /// A scalar in quotes, a block scalar, or one tagged `!!str`: always a string.
    Text(String),
    /// A sequence.
    List(Vec<NodeId>),
    /// A mapping, in the order of the text, equal keys included.
    Map(Vec<Entry>),
    /// `*name`: stands for another node of the same tree.
    Alias(NodeId),
}

/// One `key: value` of a mapping.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Entry {
    /// The key.
    pub key: NodeId,
    /// The value.
    pub value: NodeId,
}
