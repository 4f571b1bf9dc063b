//! The system calls on paths: open, stat, mkdir, unlink, rename.

use crate::shell::cgroup_files;
use crate::shell::errno::Errno;
use crate::shell::files::{FileRef, Found, Place};
use crate::shell::limits;
use crate::shell::open_files::{DescId, Target};
use crate::shell::proc;
use crate::shell::process::Program;
use crate::shell::sys::Sys;
use crate::shell::tree::{Content, Device, Node, NodeKind};

/// How a file is to be opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenMode {
    /// For reading.
    Read,
    /// For writing, made if missing, emptied if not.
    Write,
    /// For writing at the end, made if missing.
    Append,
    /// For both, made if missing.
    ReadWrite,
    /// For writing, made; it must not exist (`set -C`).
    Exclusive,
}

impl OpenMode {
    fn reads(self) -> bool {
        matches!(self, OpenMode::Read | OpenMode::ReadWrite)
    }

    fn writes(self) -> bool {
        self != OpenMode::Read
    }
}

impl Sys<'_> {
    /// Where a path leads for this process.
    pub fn find(&self, path: &str, follow: bool) -> Result<Found, Errno> {
        let me = self.me();
        self.kernel.containers[me.container].find(self.volumes, &me.cwd, path, follow)
    }

    /// The place a path leads to outside of `/proc`.
    pub fn place(&self, path: &str, follow: bool) -> Result<Place, Errno> {
        match self.find(path, follow)? {
            Found::Place(place) => Ok(place),
            Found::Proc(_) => Err(Errno::NotPermitted),
        }
    }

    /// The node a path leads to.
    pub fn stat(&self, path: &str, follow: bool) -> Result<Node, Errno> {
        match self.find(path, follow)? {
            Found::Place(place) => {
                let at = place.node.ok_or(Errno::NotFound)?;
                self.node(&at).cloned().ok_or(Errno::NotFound)
            }
            Found::Proc(rest) => proc::stat(self, &rest),
        }
    }

    /// A node by reference.
    pub fn node(&self, at: &FileRef) -> Option<&Node> {
        self.kernel.containers[self.me().container].node(self.volumes, at)
    }

    /// Whether a path leads to something.
    pub fn exists(&self, path: &str) -> bool {
        self.stat(path, true).is_ok()
    }

    /// Whether a path leads to a device that never ends.
    pub fn is_endless(&self, path: &str) -> bool {
        let endless =
            |device: &Device| matches!(device, Device::Zero | Device::Full | Device::Random);
        if let Some(fd) = path.strip_prefix("/proc/self/fd/").and_then(|fd| fd.parse().ok()) {
            let target = self.description(fd).and_then(|id| self.kernel.open.get(id));
            return target.is_some_and(|d| matches!(&d.target, Target::Device(d) if endless(d)));
        }
        let node = self.stat(path, true);
        node.is_ok_and(|node| matches!(&node.kind, NodeKind::Device(d) if endless(d)))
    }

    /// Whether a path leads to a directory.
    pub fn is_dir(&self, path: &str) -> bool {
        self.stat(path, true).is_ok_and(|n| n.is_dir())
    }

    /// The names in a directory, sorted by bytes.
    pub fn list(&self, path: &str) -> Result<Vec<String>, Errno> {
        let place = match self.find(path, true)? {
            Found::Place(place) => place,
            Found::Proc(rest) => return proc::list(self, &rest),
        };
        if place.path == "/proc" {
            return proc::list(self, "");
        }
        if place.path == cgroup_files::ROOT {
            return Ok(cgroup_files::NAMES.map(str::to_string).to_vec());
        }
        let node = place.node.as_ref().and_then(|at| self.node(at)).ok_or(Errno::NotFound)?;
        match &node.kind {
            NodeKind::Directory(entries) => Ok(entries.keys().cloned().collect()),
            _ => Err(Errno::NotDirectory),
        }
    }

    /// Opens a path; the open file has one reference, for [`Sys::set_descriptor`].
    pub fn open(&mut self, path: &str, mode: OpenMode) -> Result<DescId, Errno> {
        let place = match self.find(path, true)? {
            Found::Place(place) => place,
            Found::Proc(rest) => return proc::open(self, &rest, mode),
        };
        let at = match (&place.node, mode) {
            (None, OpenMode::Read) => return Err(Errno::NotFound),
            (None, _) => self.create(&place, NodeKind::File(Content::default()), 0o666)?,
            (Some(_), OpenMode::Exclusive) => return Err(Errno::Exists),
            (Some(at), _) => at.clone(),
        };
        let node = self.node(&at).ok_or(Errno::NotFound)?;
        let target = match &node.kind {
            NodeKind::Directory(_) if mode.writes() => return Err(Errno::IsDirectory),
            NodeKind::Directory(_) => Target::Directory,
            NodeKind::Device(Device::Tty) => return Err(Errno::NoDevice),
            NodeKind::Device(device) => Target::Device(*device),
            NodeKind::Link(_) => return Err(Errno::Loop),
            NodeKind::File(_) | NodeKind::Binary(_) if mode.writes() && place.read_only => {
                return Err(Errno::ReadOnly);
            }
            NodeKind::File(_) | NodeKind::Binary(_) => {
                Target::File(self.me().container, at.clone(), mode == OpenMode::Append)
            }
        };
        if mode == OpenMode::Write && matches!(target, Target::File(..)) {
            self.change(&at, |node| node.kind = NodeKind::File(Content::default()))?;
        }
        if self.me().descriptors.len() as u32 >= limits::DESCRIPTORS {
            return Err(Errno::TooManyFiles);
        }
        Ok(self.kernel.open.add(target, mode.reads(), mode.writes()))
    }

    /// Makes a node at a place that has none.
    pub fn create(&mut self, place: &Place, kind: NodeKind, mode: u16) -> Result<FileRef, Errno> {
        if place.read_only {
            return Err(Errno::ReadOnly);
        }
        let parent = place.parent.clone().ok_or(Errno::Busy)?;
        let is_link = matches!(kind, NodeKind::Link(_));
        let mask = if is_link { 0 } else { self.me().umask };
        let node = Node::new(kind, mode & !mask, self.now);
        let container = self.me().container;
        let tree = self.kernel.containers[container]
            .tree_mut(self.volumes, &parent.space)
            .ok_or(Errno::Io)?;
        let inode = tree.insert(parent.inode, &place.name, node)?;
        Ok(FileRef { space: parent.space, inode })
    }

    /// Changes a node and its time.
    pub fn change(&mut self, at: &FileRef, act: impl FnOnce(&mut Node)) -> Result<(), Errno> {
        let container = self.me().container;
        let now = self.now;
        self.kernel.containers[container]
            .tree_mut(self.volumes, &at.space)
            .and_then(|t| {
                t.change(at.inode, |node| {
                    act(node);
                    node.modified = now;
                })
            })
            .ok_or(Errno::NotFound)?;
        self.charge(&at.space);
        Ok(())
    }

    /// Makes a directory.
    pub fn mkdir(&mut self, path: &str, mode: u16) -> Result<(), Errno> {
        let place = self
            .place(path.trim_end_matches('/'), false)
            .map_err(|e| if path.trim_end_matches('/').is_empty() { Errno::Exists } else { e })?;
        if place.node.is_some() {
            return Err(Errno::Exists);
        }
        self.create(&place, NodeKind::Directory(Default::default()), mode).map(|_| ())
    }

    /// Removes a name: a file's, or an empty directory's if `dir` is set.
    pub fn unlink(&mut self, path: &str, dir: bool) -> Result<(), Errno> {
        let place = self.place(path, false)?;
        let at = place.node.clone().ok_or(Errno::NotFound)?;
        let node = self.node(&at).ok_or(Errno::NotFound)?;
        match (&node.kind, dir) {
            (NodeKind::Directory(_), false) => return Err(Errno::IsDirectory),
            (NodeKind::Directory(entries), true) if !entries.is_empty() => {
                return Err(Errno::NotEmpty);
            }
            (NodeKind::Directory(_), true) | (_, false) => {}
            (_, true) => return Err(Errno::NotDirectory),
        }
        // A mount point is busy, wherever it is.
        if place.read_only && place.parent.is_some() {
            return Err(Errno::ReadOnly);
        }
        self.detach(&place)
    }

    /// Takes a name out of its directory, whatever it leads to.
    fn detach(&mut self, place: &Place) -> Result<(), Errno> {
        let parent = place.parent.clone().ok_or(Errno::Busy)?;
        let container = self.me().container;
        let open: Vec<FileRef> = self
            .kernel
            .open
            .all()
            .filter_map(|d| match &d.target {
                Target::File(owner, at, _) if *owner == container => Some(at.clone()),
                _ => None,
            })
            .collect();
        let tree = self.kernel.containers[container]
            .tree_mut(self.volumes, &parent.space)
            .ok_or(Errno::Io)?;
        let inode = tree.unlink(parent.inode, &place.name, self.now)?;
        let at = FileRef { space: parent.space, inode };
        if !open.contains(&at) {
            tree.release(inode);
        }
        self.charge(&at.space);
        Ok(())
    }

    /// Gives the node at `from` the name `to`, replacing what had it.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Errno> {
        let source = self.place(from, false)?;
        let at = source.node.clone().ok_or(Errno::NotFound)?;
        let target = self.place(to, false)?;
        if target.node.as_ref() == Some(&at) {
            return Ok(());
        }
        let (Some(old), Some(new)) = (source.parent.clone(), target.parent.clone()) else {
            return Err(Errno::Busy);
        };
        if source.read_only || target.read_only {
            return Err(Errno::ReadOnly);
        }
        if old.space != new.space {
            return Err(Errno::CrossDevice);
        }
        if target.path.starts_with(&format!("{}/", source.path)) {
            return Err(Errno::Invalid);
        }
        if let Some(there) = &target.node {
            let dir = self.node(there).is_some_and(Node::is_dir);
            self.unlink(&target.path, dir)?;
        }
        let container = self.me().container;
        let now = self.now;
        let tree = self.kernel.containers[container]
            .tree_mut(self.volumes, &old.space)
            .ok_or(Errno::Io)?;
        tree.link(new.inode, &target.name, at.inode, now)?;
        tree.unlink(old.inode, &source.name, now).map(|_| ())
    }

    /// Makes a symbolic link.
    pub fn symlink(&mut self, to: &str, path: &str) -> Result<(), Errno> {
        let place = self.place(path, false)?;
        if place.node.is_some() {
            return Err(Errno::Exists);
        }
        self.create(&place, NodeKind::Link(to.to_string()), 0o777).map(|_| ())
    }

    /// Makes another name for a file.
    pub fn hard_link(&mut self, from: &str, path: &str) -> Result<(), Errno> {
        let source = self.place(from, true)?.node.ok_or(Errno::NotFound)?;
        let place = self.place(path, false)?;
        if place.node.is_some() {
            return Err(Errno::Exists);
        }
        let parent = place.parent.clone().ok_or(Errno::Busy)?;
        if parent.space != source.space {
            return Err(Errno::CrossDevice);
        }
        if self.node(&source).is_some_and(Node::is_dir) || place.read_only {
            return Err(Errno::NotPermitted);
        }
        let container = self.me().container;
        let now = self.now;
        let tree = self.kernel.containers[container]
            .tree_mut(self.volumes, &parent.space)
            .ok_or(Errno::Io)?;
        tree.link(parent.inode, &place.name, source.inode, now)
    }

    /// Changes the working directory.
    pub fn chdir(&mut self, path: &str) -> Result<(), Errno> {
        let place = self.place(path, true)?;
        let at = place.node.ok_or(Errno::NotFound)?;
        if !self.node(&at).is_some_and(Node::is_dir) {
            return Err(Errno::NotDirectory);
        }
        self.me_mut().cwd = place.path;
        Ok(())
    }

    /// The whole of a small file, as `.` and `#!` need it.
    pub fn read_whole(&mut self, path: &str) -> Result<Vec<u8>, Errno> {
        let node = self.stat(path, true)?;
        match node.kind {
            NodeKind::File(content) => Ok(content.bytes().to_vec()),
            NodeKind::Directory(_) => Err(Errno::IsDirectory),
            NodeKind::Binary(_) => Err(Errno::Invalid),
            _ => Ok(Vec::new()),
        }
    }

    /// The program a path with this command line is, as `execve` loads it.
    pub fn load(&mut self, path: &str, argv: Vec<String>) -> Result<Program, Errno> {
        crate::shell::exec::load(self, path, argv)
    }
}
