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
    steps: Vec<Step<'a>>,
    root: Spot<'a>,
}

/// A node on the way.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    volume: Option<&'a VolumeId>,
    inode: Inode,
    /// Whether writing is refused there.
    pub read_only: bool,
}

struct Step<'a> {
    /// Where the path to here ends.
    end: usize,
    at: Spot<'a>,
    mount: bool,
}

impl Spot<'_> {
    /// The node as others keep it.
    pub fn node(&self) -> FileRef {
        let space = self.volume.map_or(Space::Root, |id| Space::Volume(id.clone()));
        FileRef { space, inode: self.inode }
    }
}

impl<'a> Trail<'a> {
    /// The node at its end.
    pub fn last(&self) -> Spot<'a> {
        self.steps.last().map_or(self.root, |step| step.at)
    }

    /// The last name and the directory that it is in; `None` for the directory of a mount point.
    /// Nothing at the root.
    pub fn parent(&self) -> Option<(&str, Option<Spot<'a>>)> {
        let (last, before) = self.steps.split_last()?;
        let begin = before.last().map_or(0, |step| step.end) + 1;
        let dir = before.last().map_or(self.root, |step| step.at);
        Some((&self.path[begin..last.end], (!last.mount).then_some(dir)))
    }

    fn back(&mut self) {
        self.steps.pop();
        self.path.truncate(self.steps.last().map_or(0, |step| step.end));
    }

    fn clear(&mut self) {
        self.steps.clear();
        self.path.clear();
    }

    /// Whether what is below is made when it is opened; what marks where.
    fn made_on_opening(&self) -> Option<&'static str> {
        match self.steps.as_slice() {
            [one] if self.path == "/proc" && !one.mount => Some(""),
            [_, _, _] if self.path == cgroup_files::ROOT => Some("/"),
            _ => None,
        }
    }
}

/// The names that are still to be walked: paths, the next one last.
struct Names<'a>(Vec<&'a str>);

impl<'a> Names<'a> {
    fn next(&mut self) -> Option<&'a str> {
        loop {
            let top = self.0.last_mut()?;
            let (name, rest) = top.split_once('/').unwrap_or((top, ""));
            *top = rest;
            if rest.is_empty() {
                self.0.pop();
            }
            if is_name(name) {
                return Some(name);
            }
        }
    }

    fn is_empty(&self) -> bool {
        !self.0.iter().any(|path| path.split('/').any(is_name))
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
        let mut names = Names(vec![path]);
        if !path.starts_with('/') {
            names.0.push(cwd);
        }
        let must_be_dir = path.ends_with('/');
        let root = Spot { volume: None, inode: Tree::ROOT, read_only: self.has_read_only_root() };
        let mut trail = Trail { path: String::with_capacity(64), steps: Vec::new(), root };
        let mut links = 0;
        while let Some(name) = names.next() {
            if name == ".." {
                trail.back();
                continue;
            }
            if let Some(mark) = trail.made_on_opening() {
                return Ok(Reached::Made(names.rest([mark, name].concat())));
            }
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
                trail.path.truncate(trail.steps.last().map_or(0, |step| step.end));
                if to.starts_with('/') {
                    trail.clear();
                }
                names.0.push(to);
                continue;
            }
            trail.steps.push(Step { end: trail.path.len(), at, mount });
        }
        let is_dir = |at| self.spot(volumes, at).map(Node::is_dir).ok_or(Errno::Io);
        if must_be_dir && !is_dir(trail.last())? {
            return Err(Errno::NotDirectory);
        }
        Ok(Reached::There(trail))
    }

    /// What has this name in the directory at the trail's end, and whether it is a mount point; the
    /// trail's path leads there then.
    fn below<'a>(
        &'a self,
        volumes: &'a Volumes,
        trail: &mut Trail<'a>,
        name: &str,
    ) -> Result<Option<(Spot<'a>, bool)>, Errno> {
        let at = trail.last();
        let NodeKind::Directory(entries) = &self.spot(volumes, at).ok_or(Errno::Io)?.kind else {
            return Err(Errno::NotDirectory);
        };
        let end = trail.path.len();
        trail.path.push('/');
        trail.path.push_str(name);
        if let Some(mount) = self.mounts().get(&trail.path) {
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
