//! One tree of files as a value: an image layer with what was written on it, or a volume.
//!
//! Nodes are shared between copies until one of them writes, so a snapshot of a container costs
//! a pointer.

use crate::base::{Map, Set, SimTime};
use std::rc::Rc;

use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::net::FifoId;

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

    /// Writes at `offset`, growing the file as needed; at most `keep` bytes of it are kept.
    pub fn write(&mut self, offset: u64, data: &[u8], keep: u64) {
        let end = offset.saturating_add(data.len() as u64);
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
    /// A named pipe, by its number in the network.
    Fifo(FifoId),
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
    /// The time that it was given instead, in seconds from the beginning (`touch -d`).
    pub given: Option<i64>,
    /// The user it belongs to.
    pub uid: u32,
    /// The group it belongs to.
    pub gid: u32,
    /// Names that lead to it.
    pub links: u32,
}

impl Node {
    /// A node nothing leads to yet.
    pub fn new(kind: NodeKind, mode: u16, modified: SimTime) -> Node {
        Node { kind, mode, modified, given: None, uid: 0, gid: 0, links: 0 }
    }

    /// It changes now.
    pub fn touch(&mut self, at: SimTime) {
        (self.modified, self.given) = (at, None);
    }

    /// The time of its change, in seconds from the beginning; below 0 before it.
    pub fn time(&self) -> i64 {
        self.given.unwrap_or(self.modified.as_secs() as i64)
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
            NodeKind::Device(_) | NodeKind::Fifo(_) => 0,
            NodeKind::Binary(_) => 1_000_000,
        }
    }
}

/// A tree of nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
    nodes: Rc<Map<Inode, Rc<Node>>>,
    next: Inode,
    used: u64,
    kept: u64,
    limit: u64,
    /// If it is in memory: who is charged for how many bytes of it.
    charged: Option<Vec<(u64, u64)>>,
    pinned: Set<Inode>,
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
        let nodes = Rc::new(Map::from([(Tree::ROOT, Rc::new(root))]));
        Tree {
            nodes,
            next: 2,
            used: 0,
            kept: 0,
            limit: limits::TREE_BYTES,
            charged: None,
            pinned: Set::default(),
        }
    }

    /// This tree with room for `bytes` bytes, as a tmpfs has it; more than
    /// [`limits::TREE_BYTES`] no tree has.
    pub fn with_limit(self, bytes: u64) -> Tree {
        Tree { limit: bytes.min(limits::TREE_BYTES), ..self }
    }

    /// This tree in memory, with room for `bytes` bytes.
    pub fn in_memory(self, bytes: u64) -> Tree {
        Tree { charged: Some(Vec::new()), ..self.with_limit(bytes) }
    }

    /// Charges cgroup `who` with what the files have grown since the last call, if they are in
    /// memory; what they have shrunk is taken off its account first. The bytes on its account.
    pub fn charge(&mut self, who: u64) -> u64 {
        let Some(charged) = &mut self.charged else { return 0 };
        let total: u64 = charged.iter().map(|(_, bytes)| *bytes).sum();
        match charged.iter().position(|(id, _)| *id == who) {
            Some(at) => charged.swap(0, at),
            None => charged.insert(0, (who, 0)),
        }
        charged[0].1 += self.used.saturating_sub(total);
        let mut less = total.saturating_sub(self.used);
        for (_, bytes) in charged.iter_mut() {
            let part = less.min(*bytes);
            (*bytes, less) = (*bytes - part, less - part);
        }
        let mine = charged[0].1;
        charged.retain(|(_, bytes)| *bytes > 0);
        mine
    }

    /// Whether its files are in memory.
    pub fn is_in_memory(&self) -> bool {
        self.charged.is_some()
    }

    /// Bytes its files may take.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// The node of this number.
    pub fn node(&self, inode: Inode) -> Option<&Node> {
        self.nodes.get(&inode).map(|n| &**n)
    }

    fn node_mut(&mut self, inode: Inode) -> Option<&mut Node> {
        Rc::make_mut(&mut self.nodes).get_mut(&inode).map(Rc::make_mut)
    }

    /// Changes a node; `None` if there is none of this number.
    pub fn change<R>(&mut self, inode: Inode, act: impl FnOnce(&mut Node) -> R) -> Option<R> {
        let node = self.node_mut(inode)?;
        let before = bytes_of(node);
        let result = act(node);
        let after = bytes_of(node);
        self.count(before, after);
        Some(result)
    }

    fn count(&mut self, before: (u64, u64), after: (u64, u64)) {
        self.used = (self.used + after.0).saturating_sub(before.0);
        self.kept = (self.kept + after.1).saturating_sub(before.1);
    }

    /// Writes to a file at `offset`, or at its end; where the written bytes end. What finds no
    /// room is lost: `NoSpace`.
    pub fn write(
        &mut self,
        inode: Inode,
        offset: Option<u64>,
        data: &[u8],
        at: SimTime,
    ) -> Result<u64, Errno> {
        let len = self.file_len(inode)?;
        let offset = offset.unwrap_or(len);
        let end = self.end_of_room(len, offset.saturating_add(data.len() as u64));
        let fits = &data[..(end.saturating_sub(offset) as usize).min(data.len())];
        let room = (limits::TREE_KEPT_BYTES as u64).saturating_sub(self.kept);
        self.change(inode, |node| {
            node.touch(at);
            if let NodeKind::File(content) = &mut node.kind {
                let keep = (content.bytes().len() as u64 + room).min(limits::FILE_BYTES as u64);
                content.write(offset, fits, keep);
            }
        });
        if fits.len() < data.len() { Err(Errno::NoSpace) } else { Ok(end) }
    }

    /// Makes a file at least `end` bytes long, with zeros that are counted, not kept.
    pub fn grow(&mut self, inode: Inode, end: u64, at: SimTime) -> Result<(), Errno> {
        let len = self.file_len(inode)?;
        let fits = self.end_of_room(len, end);
        self.change(inode, |node| {
            node.touch(at);
            if let NodeKind::File(content) = &mut node.kind {
                content.grow(fits);
            }
        });
        if fits < end { Err(Errno::NoSpace) } else { Ok(()) }
    }

    fn file_len(&self, inode: Inode) -> Result<u64, Errno> {
        match &self.node(inode).ok_or(Errno::Io)?.kind {
            NodeKind::File(content) => Ok(content.len()),
            _ => Err(Errno::Invalid),
        }
    }

    /// How far a file of `len` bytes may reach that wants to reach `end`.
    fn end_of_room(&self, len: u64, end: u64) -> u64 {
        end.min(len.saturating_add(self.limit.saturating_sub(self.used)))
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
        self.used
    }

    /// Files, directories and links, with the root directory.
    pub fn inodes(&self) -> u64 {
        self.nodes.len() as u64
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
        self.count((0, 0), bytes_of(&node));
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
        let Some(Node { kind: NodeKind::Directory(entries), modified, given, .. }) =
            self.node_mut(dir)
        else {
            return Err(Errno::NotDirectory);
        };
        entries.insert(name.to_string(), inode);
        (*modified, *given) = (at, None);
        if let Some(node) = self.node_mut(inode) {
            node.links += 1;
        }
        Ok(())
    }

    /// Removes `name` from directory `dir`. The node itself stays until [`Tree::release`].
    pub fn unlink(&mut self, dir: Inode, name: &str, at: SimTime) -> Result<Inode, Errno> {
        let Some(Node { kind: NodeKind::Directory(entries), modified, given, .. }) =
            self.node_mut(dir)
        else {
            return Err(Errno::NotDirectory);
        };
        let inode = entries.remove(name).ok_or(Errno::NotFound)?;
        (*modified, *given) = (at, None);
        if let Some(node) = self.node_mut(inode) {
            node.links = node.links.saturating_sub(1);
        }
        Ok(inode)
    }

    /// Keeps a node for good, as it is mounted somewhere.
    pub fn pin(&mut self, inode: Inode) {
        self.pinned.insert(inode);
    }

    /// Forgets a node no name leads to any more; the caller knows that nobody has it open.
    pub fn release(&mut self, inode: Inode) {
        if inode == Tree::ROOT || self.pinned.contains(&inode) {
            return;
        }
        let Some(node) = self.node(inode).filter(|n| n.links == 0) else { return };
        self.count(bytes_of(node), (0, 0));
        Rc::make_mut(&mut self.nodes).remove(&inode);
    }

    /// The node at the end of a path of names, links inside the tree followed.
    pub fn walk(&self, path: &str) -> Option<Inode> {
        let mut trail = vec![Tree::ROOT];
        let mut todo: Vec<&str> = path.rsplit('/').collect();
        let mut links = 0;
        while let Some(name) = todo.pop() {
            let here = *trail.last()?;
            match name {
                "" | "." => {}
                ".." => trail.truncate(trail.len().max(2) - 1),
                name => {
                    let inode = self.lookup(here, name)?;
                    if let NodeKind::Link(to) = &self.node(inode)?.kind {
                        links += 1;
                        if links > limits::LINKS {
                            return None;
                        }
                        trail.truncate(if to.starts_with('/') { 1 } else { trail.len() });
                        todo.extend(to.rsplit('/'));
                    } else {
                        trail.push(inode);
                    }
                }
            }
        }
        trail.last().copied()
    }

    /// Makes the directories of a path of names (mode 755 for those that are missing); the
    /// innermost one.
    ///
    /// Errors: a part of it is a file, the tree is full.
    pub fn make_dirs(&mut self, path: &str, at: SimTime) -> Result<Inode, Errno> {
        let mut here = Tree::ROOT;
        for name in path.split('/').filter(|n| !n.is_empty()) {
            here = match self.lookup(here, name) {
                Some(inode) => inode,
                None => {
                    let kind = NodeKind::Directory(Map::new());
                    self.insert(here, name, Node::new(kind, 0o755, at))?
                }
            };
        }
        match self.entries(here) {
            Some(_) => Ok(here),
            None => Err(Errno::NotDirectory),
        }
    }

    /// Puts a node at a path of names, in place of what is there; directories on the way are made.
    pub fn put(&mut self, path: &str, node: Node) -> Result<Inode, Errno> {
        let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
        let at = node.modified;
        let parent = self.make_dirs(dir, at)?;
        if self.lookup(parent, name).is_some() {
            let old = self.unlink(parent, name, at)?;
            self.release(old);
        }
        self.insert(parent, name, node)
    }
}

/// Bytes a node counts as, and bytes of it that are kept.
fn bytes_of(node: &Node) -> (u64, u64) {
    match &node.kind {
        NodeKind::File(content) => (content.len(), content.bytes().len() as u64),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_keeps_a_bounded_head() {
        let mut content = Content::new("abc");
        let keep = limits::FILE_BYTES as u64;
        content.write(2, b"XYZ", keep);
        assert_eq!(content.bytes(), b"abXYZ");
        content.grow(10_000_000);
        content.write(10_000_000, b"tail", keep);
        assert_eq!(content.len(), 10_000_004);
        assert!(content.bytes().len() <= limits::FILE_BYTES);
        assert_eq!(content.read(9_999_999, 3), vec![0, 0, 0]);
    }

    #[test]
    fn a_full_tree_takes_what_fits_and_refuses_the_rest() {
        let mut tree = Tree::new().with_limit(10);
        let file = |text: &str| Node::new(NodeKind::File(Content::new(text)), 0o644, SimTime::ZERO);
        let a = tree.put("d/a", file("123456")).unwrap();
        assert_eq!(tree.write(a, None, b"abcdefgh", SimTime::ZERO), Err(Errno::NoSpace));
        assert_eq!((tree.used_bytes(), tree.node(a).unwrap().size()), (10, 10));
        assert_eq!(tree.write(a, Some(0), b"zz", SimTime::ZERO), Ok(2));
        let dir = tree.walk("d").unwrap();
        tree.unlink(dir, "a", SimTime::ZERO).unwrap();
        tree.release(a);
        assert_eq!(tree.used_bytes(), 0);
    }

    #[test]
    fn paths_are_walked_over_links() {
        let mut tree = Tree::new();
        let file = Node::new(NodeKind::File(Content::new("1")), 0o644, SimTime::ZERO);
        let link = |to: &str| Node::new(NodeKind::Link(to.into()), 0o777, SimTime::ZERO);
        let key = tree.put("..v1/key", file).unwrap();
        tree.put("..data", link("..v1")).unwrap();
        tree.put("key", link("..data/key")).unwrap();
        tree.put("loop", link("loop")).unwrap();
        assert_eq!(tree.walk("key"), Some(key));
        assert_eq!(tree.walk("..v1/../key"), Some(key));
        assert_eq!((tree.walk("loop"), tree.walk("none")), (None, None));
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
