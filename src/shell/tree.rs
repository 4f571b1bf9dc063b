//! One tree of files as a value: an image layer with what was written on it, or a volume.
//!
//! Nodes are shared between copies until one of them writes, so a snapshot of a container costs
//! a pointer.

use crate::base::{Map, SimTime};
use std::rc::Rc;

use crate::shell::errno::Errno;
use crate::shell::limits;

/// The number of a node in its tree; the root directory is [`Tree::ROOT`].
pub type Inode = u32;

/// The bytes of a file. Only the first [`limits::FILE_BYTES`] are kept; what is beyond counts in
/// the size and reads as zeros, so that `dd` may fill a volume without filling memory.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Content {
    bytes: Rc<Vec<u8>>,
    filler: u64,
}

impl Content {
    /// A file of these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Content {
        Content { bytes: Rc::new(bytes.into()), filler: 0 }
    }

    /// Size in bytes, as `ls -l` tells it.
    pub fn len(&self) -> u64 {
        self.bytes.len() as u64 + self.filler
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes that were kept.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// At most `max` bytes from `offset`; empty at the end.
    pub fn read(&self, offset: u64, max: usize) -> Vec<u8> {
        let kept = self.bytes.len() as u64;
        if offset < kept {
            let start = offset as usize;
            return self.bytes[start..self.bytes.len().min(start.saturating_add(max))].to_vec();
        }
        vec![0; self.len().saturating_sub(offset).min(max as u64) as usize]
    }

    /// Writes at `offset`, growing the file as needed.
    pub fn write(&mut self, offset: u64, data: &[u8]) {
        let end = offset.saturating_add(data.len() as u64);
        let keep = limits::FILE_BYTES as u64;
        if self.filler == 0 && offset < keep {
            let kept_end = end.min(keep) as usize;
            let bytes = Rc::make_mut(&mut self.bytes);
            if bytes.len() < kept_end {
                bytes.resize(kept_end, 0);
            }
            let start = offset as usize;
            bytes[start..kept_end].copy_from_slice(&data[..kept_end - start]);
        }
        self.grow(end);
    }

    /// Makes the file at least `len` bytes long, with zeros that take no memory.
    pub fn grow(&mut self, len: u64) {
        self.filler = self.filler.max(len.saturating_sub(self.bytes.len() as u64));
    }

    /// Cuts the file to nothing.
    pub fn truncate(&mut self) {
        *self = Content::default();
    }
}

/// A special file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Device {
    /// `/dev/null`
    Null,
    /// `/dev/zero`
    Zero,
    /// `/dev/full`
    Full,
    /// `/dev/random` and `/dev/urandom`
    Random,
    /// `/dev/tty`: a container without a terminal cannot open it
    Tty,
}

/// What a node is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeKind {
    /// Names and their nodes.
    Directory(Map<String, Inode>),
    /// A regular file.
    File(Content),
    /// A symbolic link to this path.
    Link(String),
    /// A character device.
    Device(Device),
    /// A binary; which program it is, is told by this name or, for `busybox`, by the name it is
    /// called by.
    Binary(String),
}

/// One file, directory, link or device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Permission bits, as `chmod` has them.
    pub mode: u16,
    /// When it last changed.
    pub modified: SimTime,
    /// Names that lead to it.
    pub links: u32,
}

impl Node {
    /// A node nothing leads to yet.
    pub fn new(kind: NodeKind, mode: u16, modified: SimTime) -> Node {
        Node { kind, mode, modified, links: 0 }
    }

    /// Whether it is a directory.
    pub fn is_dir(&self) -> bool {
        matches!(self.kind, NodeKind::Directory(_))
    }

    /// Size in bytes as `ls -l` tells it.
    pub fn size(&self) -> u64 {
        match &self.kind {
            NodeKind::Directory(_) => 4096,
            NodeKind::File(content) => content.len(),
            NodeKind::Link(to) => to.len() as u64,
            NodeKind::Device(_) => 0,
            NodeKind::Binary(_) => 1_000_000,
        }
    }
}

/// A tree of nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
    nodes: Rc<Map<Inode, Rc<Node>>>,
    next: Inode,
}

impl Default for Tree {
    fn default() -> Self {
        Tree::new()
    }
}

impl Tree {
    /// The root directory of every tree.
    pub const ROOT: Inode = 1;

    /// A tree with an empty root directory.
    pub fn new() -> Tree {
        let mut root = Node::new(NodeKind::Directory(Map::new()), 0o755, SimTime::ZERO);
        root.links = 1;
        Tree { nodes: Rc::new(Map::from([(Tree::ROOT, Rc::new(root))])), next: 2 }
    }

    /// The node of this number.
    pub fn node(&self, inode: Inode) -> Option<&Node> {
        self.nodes.get(&inode).map(|n| &**n)
    }

    /// The node of this number, to change.
    pub fn node_mut(&mut self, inode: Inode) -> Option<&mut Node> {
        Rc::make_mut(&mut self.nodes).get_mut(&inode).map(Rc::make_mut)
    }

    /// The entries of a directory, by name.
    pub fn entries(&self, inode: Inode) -> Option<&Map<String, Inode>> {
        match &self.node(inode)?.kind {
            NodeKind::Directory(entries) => Some(entries),
            _ => None,
        }
    }

    /// The node called `name` in directory `dir`.
    pub fn lookup(&self, dir: Inode, name: &str) -> Option<Inode> {
        self.entries(dir)?.get(name).copied()
    }

    /// Bytes all regular files take, as an `emptyDir` limit counts them.
    pub fn used_bytes(&self) -> u64 {
        self.nodes
            .values()
            .map(|n| if let NodeKind::File(c) = &n.kind { c.len() } else { 0 })
            .fold(0, u64::saturating_add)
    }

    /// Adds `node` as `name` in directory `dir`.
    ///
    /// Errors: the name exists, `dir` is no directory, the tree is full.
    pub fn insert(&mut self, dir: Inode, name: &str, node: Node) -> Result<Inode, Errno> {
        if self.nodes.len() >= limits::NODES {
            return Err(Errno::NoSpace);
        }
        if self.lookup(dir, name).is_some() {
            return Err(Errno::Exists);
        }
        let at = node.modified;
        let inode = self.next;
        self.next += 1;
        Rc::make_mut(&mut self.nodes).insert(inode, Rc::new(node));
        self.link(dir, name, inode, at)?;
        Ok(inode)
    }

    /// Lets `name` in directory `dir` lead to `inode`, replacing what it led to.
    pub fn link(&mut self, dir: Inode, name: &str, inode: Inode, at: SimTime) -> Result<(), Errno> {
        if name.len() > 255 {
            return Err(Errno::NameTooLong);
        }
        if self.lookup(dir, name).is_some() {
            self.unlink(dir, name, at)?;
        }
        let Some(Node { kind: NodeKind::Directory(entries), modified, .. }) = self.node_mut(dir)
        else {
            return Err(Errno::NotDirectory);
        };
        entries.insert(name.to_string(), inode);
        *modified = at;
        if let Some(node) = self.node_mut(inode) {
            node.links += 1;
        }
        Ok(())
    }

    /// Removes `name` from directory `dir`. The node itself stays until [`Tree::release`].
    pub fn unlink(&mut self, dir: Inode, name: &str, at: SimTime) -> Result<Inode, Errno> {
        let Some(Node { kind: NodeKind::Directory(entries), modified, .. }) = self.node_mut(dir)
        else {
            return Err(Errno::NotDirectory);
        };
        let inode = entries.remove(name).ok_or(Errno::NotFound)?;
        *modified = at;
        if let Some(node) = self.node_mut(inode) {
            node.links = node.links.saturating_sub(1);
        }
        Ok(inode)
    }

    /// Forgets a node no name leads to any more; the caller knows that nobody has it open.
    pub fn release(&mut self, inode: Inode) {
        if inode != Tree::ROOT && self.node(inode).is_some_and(|n| n.links == 0) {
            Rc::make_mut(&mut self.nodes).remove(&inode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_keeps_a_bounded_head() {
        let mut content = Content::new("abc");
        content.write(2, b"XYZ");
        assert_eq!(content.bytes(), b"abXYZ");
        content.grow(10_000_000);
        content.write(10_000_000, b"tail");
        assert_eq!(content.len(), 10_000_004);
        assert!(content.bytes().len() <= limits::FILE_BYTES);
        assert_eq!(content.read(9_999_999, 3), vec![0, 0, 0]);
    }

    #[test]
    fn copies_do_not_see_each_other() {
        let mut a = Tree::new();
        let file = Node::new(NodeKind::File(Content::new("1")), 0o644, SimTime::ZERO);
        let inode = a.insert(Tree::ROOT, "f", file).unwrap();
        let b = a.clone();
        a.unlink(Tree::ROOT, "f", SimTime::ZERO).unwrap();
        a.release(inode);
        assert!(a.node(inode).is_none());
        assert!(b.node(inode).is_some());
    }
}
