//! How a path is walked, name by name, over dots, links and mounts. Nothing is copied on the way:
//! programs are searched for in many directories.
//!
//! Source: path_resolution(7)

use crate::shell::cgroup_files;
use crate::shell::errno::Errno;
use crate::shell::files::{FileRef, FileSystem, Space};
use crate::shell::limits;
use crate::shell::tree::{Inode, Node, NodeKind, Tree};
use crate::shell::volume::{VolumeId, Volumes};

/// Where a walk ended.
pub(super) enum Reached<'a, 'n> {
    /// In a directory whose files are made when they are opened: the rest of the path, as
    /// [`crate::shell::files::Found::Proc`] has it.
    Made(String),
    /// At a node.
    There(Trail<'a>),
    /// In a directory without a node of this last name.
    Missing(Trail<'a>, &'n str),
}

/// The way from the root to a node, without links and dots.
pub(super) struct Trail<'a> {
    /// The path; empty: the root.
    pub path: String,
    /// The node at its end.
    pub last: Spot<'a>,
    /// The directory that it is in; nothing at the root and at a mount point.
    pub dir: Option<Spot<'a>>,
}

/// A node on the way.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    volume: Option<&'a VolumeId>,
    inode: Inode,
    /// Whether writing is refused there.
    pub read_only: bool,
}

impl Spot<'_> {
    /// The node as others keep it.
    pub fn node(&self) -> FileRef {
        let space = self.volume.map_or(Space::Root, |id| Space::Volume(id.clone()));
        FileRef { space, inode: self.inode }
    }
}

impl Trail<'_> {
    /// The last name; empty: the root.
    pub fn name(&self) -> &str {
        &self.path[self.path.rfind('/').map_or(0, |at| at + 1)..]
    }

    /// Whether what is below is made when it is opened; what marks where.
    fn made_on_opening(&self) -> Option<&'static str> {
        match self.path.as_str() {
            "/proc" if self.dir.is_some() => Some(""),
            cgroup_files::ROOT => Some("/"),
            _ => None,
        }
    }
}

/// The names that are still to be walked: of a path, then of those below it, the last one first.
struct Names<'a> {
    path: &'a str,
    below: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn push(&mut self, path: &'a str) {
        if !self.path.is_empty() {
            self.below.push(self.path);
        }
        self.path = path;
    }

    fn next(&mut self) -> Option<&'a str> {
        loop {
            if self.path.is_empty() {
                self.path = self.below.pop()?;
            }
            let end = self.path.bytes().position(|byte| byte == b'/');
            let end = end.unwrap_or(self.path.len());
            let name = &self.path[..end];
            self.path = self.path.get(end + 1..).unwrap_or_default();
            if is_name(name) {
                return Some(name);
            }
        }
    }

    fn is_empty(&self) -> bool {
        !self.below.iter().chain([&self.path]).any(|path| path.split('/').any(is_name))
    }

    fn rest(mut self, first: String) -> String {
        let mut all = first;
        while let Some(name) = self.next() {
            all.push('/');
            all.push_str(name);
        }
        all
    }
}

fn is_name(name: &str) -> bool {
    !matches!(name, "" | ".")
}

impl FileSystem {
    /// Walks `path` from the directory `cwd`; errors and `follow` as [`FileSystem::find`] has them.
    pub(super) fn walk<'a: 'n, 'n>(
        &'a self,
        volumes: &'a Volumes,
        cwd: &'n str,
        path: &'n str,
        follow: bool,
    ) -> Result<Reached<'a, 'n>, Errno> {
        if path.is_empty() {
            return Err(Errno::NotFound);
        }
        let mut names = Names { path, below: Vec::new() };
        if !path.starts_with('/') {
            names.push(cwd);
        }
        let must_be_dir = path.ends_with('/');
        let root = Spot { volume: None, inode: Tree::ROOT, read_only: self.has_read_only_root() };
        let path = String::with_capacity(cwd.len() + path.len() + 1);
        let mut trail = Trail { path, last: root, dir: None };
        let mut links = 0;
        while let Some(name) = names.next() {
            if name == ".." {
                trail = self.above(volumes, &trail, root);
                continue;
            }
            if let Some(mark) = trail.made_on_opening() {
                return Ok(Reached::Made(names.rest([mark, name].concat())));
            }
            let end = trail.path.len();
            let Some((at, mount)) = self.below(volumes, &mut trail, name)? else {
                return match names.is_empty() {
                    true => Ok(Reached::Missing(trail, name)),
                    false => Err(Errno::NotFound),
                };
            };
            if let Some(NodeKind::Link(to)) = self.spot(volumes, at).map(|node| &node.kind)
                && !mount
                && (follow || must_be_dir || !names.is_empty())
            {
                links += 1;
                if links > limits::LINKS {
                    return Err(Errno::Loop);
                }
                trail.path.truncate(end);
                if to.starts_with('/') {
                    trail = Trail { path: String::new(), last: root, dir: None };
                }
                names.push(to);
                continue;
            }
            trail.dir = (!mount).then_some(trail.last);
            trail.last = at;
        }
        let is_dir = |at| self.spot(volumes, at).map(Node::is_dir).ok_or(Errno::Io);
        if must_be_dir && !is_dir(trail.last)? {
            return Err(Errno::NotDirectory);
        }
        Ok(Reached::There(trail))
    }

    /// The way to the directory above; the root is its own.
    fn above<'a>(&'a self, volumes: &'a Volumes, from: &Trail<'a>, root: Spot<'a>) -> Trail<'a> {
        let mut trail = Trail { path: String::new(), last: root, dir: None };
        let above = from.path.rsplit_once('/').map_or("", |(above, _)| above);
        for name in above.split('/').filter(|name| is_name(name)) {
            if let Ok(Some((at, mount))) = self.below(volumes, &mut trail, name) {
                trail.dir = (!mount).then_some(trail.last);
                trail.last = at;
            }
        }
        trail
    }

    /// What has this name in the directory at the trail's end, and whether it is a mount point; the
    /// trail's path leads there then.
    fn below<'a>(
        &'a self,
        volumes: &'a Volumes,
        trail: &mut Trail<'a>,
        name: &str,
    ) -> Result<Option<(Spot<'a>, bool)>, Errno> {
        let at = trail.last;
        let NodeKind::Directory(entries) = &self.spot(volumes, at).ok_or(Errno::Io)?.kind else {
            return Err(Errno::NotDirectory);
        };
        let end = trail.path.len();
        trail.path.push('/');
        trail.path.push_str(name);
        if let Some((_, mount)) = self.mounts().iter().find(|(path, _)| **path == trail.path) {
            let volume = Some(&mount.volume);
            let spot = Spot { volume, inode: mount.root, read_only: mount.read_only };
            return Ok(Some((spot, true)));
        }
        let Some(inode) = entries.get(name) else {
            trail.path.truncate(end);
            return Ok(None);
        };
        Ok(Some((Spot { inode: *inode, ..at }, false)))
    }

    /// The node there.
    pub(super) fn spot<'a>(&'a self, volumes: &'a Volumes, at: Spot<'a>) -> Option<&'a Node> {
        match at.volume {
            None => self.root().node(at.inode),
            Some(id) => volumes.get(id)?.node(at.inode),
        }
    }
}
