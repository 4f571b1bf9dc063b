//! The system calls on paths: open, stat, mkdir, unlink, rename.

use crate::shell::cgroup_files;
use crate::shell::errno::Errno;
use crate::shell::files::{FileRef, Found, Place};
use crate::shell::limits;
use crate::shell::net::FifoId;
use crate::shell::open_files::{DescId, Target};
use crate::shell::proc;
use crate::shell::process::Program;
use crate::shell::sys::{Read, Sys};
use crate::shell::tree::{Content, Device, Node, NodeKind};
use crate::shell::user::Access;
use std::borrow::Cow;

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

    /// Whether this process may do something with a node.
    pub fn may(&self, node: &Node, what: Access) -> bool {
        self.me().user.may(node, what)
    }

    /// Whether this process may change the names in a directory.
    fn may_change_names(&self, dir: &FileRef) -> Result<(), Errno> {
        let node = self.node(dir).ok_or(Errno::NotFound)?;
        if self.may(node, Access::Write) { Ok(()) } else { Err(Errno::Permission) }
    }

    /// Whether this process may change mode and owner of the node at a place.
    pub fn may_own(&self, place: &Place) -> Result<FileRef, Errno> {
        let at = place.node.clone().ok_or(Errno::NotFound)?;
        let node = self.node(&at).ok_or(Errno::NotFound)?;
        match () {
            () if place.read_only => Err(Errno::ReadOnly),
            () if !self.me().user.owns(node) => Err(Errno::NotPermitted),
            () => Ok(at),
        }
    }

    /// The node a path leads to.
    pub fn stat(&self, path: &str, follow: bool) -> Result<Node, Errno> {
        self.look(path, follow).map(Cow::into_owned)
    }

    /// The same without a copy.
    pub fn look(&self, path: &str, follow: bool) -> Result<Cow<'_, Node>, Errno> {
        let me = self.me();
        let files = &self.kernel.containers[me.container];
        match files.look(self.volumes, &me.cwd, path, follow)? {
            Ok(node) => Ok(Cow::Borrowed(node)),
            Err(rest) => proc::stat(self, &rest, follow).map(Cow::Owned),
        }
    }

    /// A node by reference.
    pub fn node(&self, at: &FileRef) -> Option<&Node> {
        self.kernel.containers[self.me().container].node(self.volumes, at)
    }

    /// Whether a path leads to something.
    pub fn exists(&self, path: &str) -> bool {
        self.look(path, true).is_ok()
    }

    /// Whether a path leads to a device that never ends.
    pub fn is_endless(&self, path: &str) -> bool {
        let endless =
            |device: &Device| matches!(device, Device::Zero | Device::Full | Device::Random);
        if let Some(fd) = path.strip_prefix("/proc/self/fd/").and_then(|fd| fd.parse().ok()) {
            let target = self.description(fd).and_then(|id| self.kernel.open.get(id));
            return target.is_some_and(|d| matches!(&d.target, Target::Device(d) if endless(d)));
        }
        let node = self.look(path, true);
        node.is_ok_and(|node| matches!(&node.kind, NodeKind::Device(d) if endless(d)))
    }

    /// Whether a path leads to a directory.
    pub fn is_dir(&self, path: &str) -> bool {
        self.look(path, true).is_ok_and(|n| n.is_dir())
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
            NodeKind::Directory(_) if !self.may(node, Access::Read) => Err(Errno::Permission),
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
        if self.me().descriptors.len() as u32 >= limits::DESCRIPTORS {
            return Err(Errno::TooManyFiles);
        }
        let at = match (&place.node, mode) {
            (None, OpenMode::Read) => return Err(Errno::NotFound),
            (None, _) => self.create(&place, NodeKind::File(Content::default()), 0o666)?,
            (Some(at), OpenMode::Exclusive)
                if self.node(at).is_some_and(|n| matches!(n.kind, NodeKind::File(_))) =>
            {
                return Err(Errno::Exists);
            }
            (Some(at), _) => at.clone(),
        };
        let node = self.node(&at).ok_or(Errno::NotFound)?;
        let made = place.node.is_none();
        if !made
            && (mode.reads() && !self.may(node, Access::Read) || {
                mode.writes() && !place.read_only && !self.may(node, Access::Write)
            })
        {
            return Err(Errno::Permission);
        }
        let target = match &node.kind {
            NodeKind::Directory(_) if mode.writes() => return Err(Errno::IsDirectory),
            NodeKind::Directory(_) => Target::Directory,
            NodeKind::Device(Device::Tty) => return Err(Errno::NoDevice),
            NodeKind::Device(device) => Target::Device(*device),
            NodeKind::Fifo(fifo) => {
                let (fifo, ends) = (*fifo, (mode.reads(), mode.writes()));
                Target::Socket(self.network.open_fifo(self.me().net, fifo, ends)?)
            }
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
        Ok(self.kernel.open.add(target, mode.reads(), mode.writes()))
    }

    /// Acts on the files of another container of the PID namespace.
    pub fn in_container<R>(&mut self, container: usize, act: impl FnOnce(&mut Sys) -> R) -> R {
        let own = std::mem::replace(&mut self.me_mut().container, container);
        let result = act(self);
        self.me_mut().container = own;
        result
    }

    /// Makes a node at a place that has none.
    pub fn create(&mut self, place: &Place, kind: NodeKind, mode: u16) -> Result<FileRef, Errno> {
        if place.read_only {
            return Err(Errno::ReadOnly);
        }
        let parent = place.parent.clone().ok_or(Errno::Busy)?;
        self.may_change_names(&parent)?;
        let (dir_mode, dir_group) = self.node(&parent).map_or((0, 0), |dir| (dir.mode, dir.gid));
        let is_link = matches!(kind, NodeKind::Link(_));
        let mask = if is_link { 0 } else { self.me().umask };
        let mut node = Node::new(kind, mode & !mask, self.now);
        let user = &self.me().user;
        (node.uid, node.gid) = (user.uid, user.gid);
        // Source: inode(7): in a directory with the set-group-ID bit files take its group.
        if dir_mode & 0o2000 != 0 {
            node.gid = dir_group;
            node.mode |= if node.is_dir() { 0o2000 } else { 0 };
        }
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
                    node.touch(now);
                    act(node);
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

    /// The number of a new named pipe.
    pub fn new_fifo(&mut self) -> FifoId {
        self.network.new_fifo()
    }

    /// Makes a named pipe.
    pub fn make_fifo(&mut self, path: &str, mode: u16) -> Result<(), Errno> {
        let place = self.place(path, false)?;
        if place.node.is_some() {
            return Err(Errno::Exists);
        }
        let fifo = self.network.new_fifo();
        self.create(&place, NodeKind::Fifo(fifo), mode).map(|_| ())
    }

    /// The file of a descriptor that is the end of a named pipe whose other end nobody has opened.
    pub fn opening(&self, fd: u32) -> Option<DescId> {
        let file = self.description(fd)?;
        match self.kernel.open.get(file)?.target {
            Target::Socket(end) => self.network.waits(end).then_some(file),
            _ => None,
        }
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
        self.may_remove(&place)?;
        self.detach(&place)
    }

    /// Whether this process may take away the name at a place.
    fn may_remove(&self, place: &Place) -> Result<(), Errno> {
        let Some(dir) = &place.parent else { return Ok(()) };
        self.may_change_names(dir)?;
        let user = &self.me().user;
        let owns = |at: &FileRef| self.node(at).is_some_and(|node| user.owns(node));
        let sticky = self.node(dir).is_some_and(|node| node.mode & 0o1000 != 0);
        let allowed = !sticky || owns(dir) || place.node.as_ref().is_none_or(owns);
        if allowed { Ok(()) } else { Err(Errno::NotPermitted) }
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
        if to.ends_with('/') && self.node(&at).is_some_and(|node| !node.is_dir()) {
            return Err(Errno::NotDirectory);
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
        self.may_remove(&source)?;
        self.may_change_names(&new)?;
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
        self.may_change_names(&parent)?;
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
        let node = self.node(&at).ok_or(Errno::NotFound)?;
        if !node.is_dir() {
            return Err(Errno::NotDirectory);
        }
        if !self.may(node, Access::Execute) {
            return Err(Errno::Permission);
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

    /// Whether a path leads to a pipe: what is read from it comes in time.
    pub fn is_stream(&self, path: &str) -> bool {
        self.look(path, true).is_ok_and(|node| matches!(node.kind, NodeKind::Fifo(_)))
    }

    /// The whole of a script or list that a command names; of standard input, what is there: a
    /// task gathers it before.
    pub fn read_script(&mut self, path: &str) -> Result<Vec<u8>, Errno> {
        if !is_stdin(path) {
            return self.read_whole(path);
        }
        let mut all = Vec::new();
        while let Read::Data(data) = self.read(0, limits::PIPE_BYTES) {
            all.extend(data);
            if all.len() > limits::TEXT_BYTES {
                break;
            }
        }
        Ok(all)
    }

    /// The program a path with this command line is, as `execve` loads it.
    pub fn load(&mut self, path: &str, argv: Vec<String>) -> Result<Program, Errno> {
        let env = self.me().env.clone();
        crate::shell::exec::load(self, path, argv, &env)
    }
}

/// Whether a command means its standard input by this name.
pub fn is_stdin(name: &str) -> bool {
    matches!(name, "-" | "/dev/stdin" | "/dev/fd/0" | "/proc/self/fd/0")
}
