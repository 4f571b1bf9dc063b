//! The file system of one container: the image's tree with what the container wrote on it, and
//! volumes mounted over it. Here paths become nodes.

use crate::base::{Map, SimTime};
use std::collections::VecDeque;

use crate::shell::errno::Errno;
use crate::shell::resolve::{Reached, Trail};
use crate::shell::tree::{Content, Inode, Node, NodeKind, Tree};
use crate::shell::volume::{Mount, VolumeId, Volumes};

/// The file system of one container.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FileSystem {
    root: Tree,
    mounts: Map<String, Mount>,
    read_only_root: bool,
}

/// Which tree a node is in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Space {
    /// The container's own.
    Root,
    /// A volume's.
    Volume(VolumeId),
}

/// A node, wherever it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FileRef {
    /// Its tree.
    pub space: Space,
    /// Its number there.
    pub inode: Inode,
}

/// Where a path leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// Into `/proc`: the rest of the path; the kernel answers. With a `/` before it: into
    /// `/sys/fs/cgroup`.
    Proc(String),
    /// To a place in a directory, with or without a node there.
    Place(Place),
}

/// A place in a directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The absolute path without links and dots.
    pub path: String,
    /// The directory it is in; `None` for `/` and for a mount point.
    pub parent: Option<FileRef>,
    /// The last name.
    pub name: String,
    /// The node, if it exists.
    pub node: Option<FileRef>,
    /// Whether writing is refused there.
    pub read_only: bool,
}

impl FileSystem {
    /// A file system of this image.
    pub fn new(root: Tree) -> FileSystem {
        FileSystem { root, ..FileSystem::default() }
    }

    /// Shows a volume at the absolute path `at`; directories on the way are made, also inside of
    /// volumes that are mounted there already.
    ///
    /// Errors: the volume has no such node; a file is in the way; a directory would have to be
    /// made in a place that is read-only.
    pub fn mount(&mut self, volumes: &mut Volumes, at: &str, mount: Mount) -> Result<(), Errno> {
        let shown = volumes.get(&mount.volume).and_then(|tree| tree.node(mount.root));
        let dir = shown.ok_or(Errno::NotFound)?.is_dir();
        let path = self.mount_point(volumes, at, dir)?;
        if let Some(tree) = volumes.get_mut(&mount.volume) {
            tree.pin(mount.root);
        }
        self.mounts.insert(path, mount);
        Ok(())
    }

    /// The place of a mount, or a directory, without links; made if it is not there.
    ///
    /// Errors: as [`FileSystem::mount`] has them.
    pub fn mount_point(
        &mut self,
        volumes: &mut Volumes,
        at: &str,
        dir: bool,
    ) -> Result<String, Errno> {
        let path = normalize("/", at);
        let mut rest: VecDeque<String> = names(&path).into();
        let mut here = "/".to_string();
        while let Some(name) = rest.pop_front() {
            let want_dir = dir || !rest.is_empty();
            let Found::Place(place) = self.find(volumes, &here, &name, true)? else {
                return Err(Errno::NotPermitted);
            };
            match &place.node {
                Some(at) => match self.node(volumes, at).is_some_and(Node::is_dir) {
                    false if want_dir => return Err(Errno::NotDirectory),
                    true if !want_dir => return Err(Errno::IsDirectory),
                    _ => {}
                },
                None if place.read_only => return Err(Errno::ReadOnly),
                None => {
                    let kind = match want_dir {
                        true => NodeKind::Directory(Map::new()),
                        false => NodeKind::File(Content::default()),
                    };
                    let parent = place.parent.ok_or(Errno::Busy)?;
                    let tree = self.tree_mut(volumes, &parent.space).ok_or(Errno::Io)?;
                    tree.insert(parent.inode, &name, Node::new(kind, 0o755, SimTime::ZERO))?;
                }
            }
            here = place.path;
        }
        Ok(here)
    }

    /// The mounts by path.
    pub fn mounts(&self) -> &Map<String, Mount> {
        &self.mounts
    }

    /// Refuses writes outside of volumes, as `readOnlyRootFilesystem` does.
    pub fn set_read_only_root(&mut self, read_only: bool) {
        self.read_only_root = read_only;
    }

    /// Whether writes outside of volumes are refused.
    pub fn has_read_only_root(&self) -> bool {
        self.read_only_root
    }

    /// The container's own tree.
    pub fn root(&self) -> &Tree {
        &self.root
    }

    /// Adds a file at an absolute path of the container's own tree, as an image does; directories
    /// on the way are made, an older file is replaced.
    pub fn put(&mut self, path: &str, node: Node) {
        let _ = self.root.put(normalize("/", path).trim_start_matches('/'), node);
    }

    /// Adds a text file, mode 644.
    pub fn put_text(&mut self, path: &str, text: &str) {
        self.put(path, Node::new(NodeKind::File(Content::new(text)), 0o644, SimTime::ZERO));
    }

    /// Sets what a file of the container's own tree holds.
    pub fn set_text(&mut self, path: &str, text: &str) {
        if let Some(inode) = self.root.walk(path) {
            self.root.change(inode, |node| node.kind = NodeKind::File(Content::new(text)));
        }
    }

    /// Lets another name lead to the node at `path` of the container's own tree.
    pub fn put_name(&mut self, path: &str, inode: Inode) {
        let path = normalize("/", path);
        let (dir, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if let Ok(parent) = self.root.make_dirs(dir, SimTime::ZERO) {
            let _ = self.root.link(parent, name, inode, SimTime::ZERO);
        }
    }

    /// Makes the directories of an absolute path of the container's own tree.
    pub fn make_dirs(&mut self, path: &str) {
        // An image's own paths do not lead through files.
        let _ = self.root.make_dirs(path, SimTime::ZERO);
    }

    /// Sets the mode of a directory or file of the container's own tree.
    pub fn set_mode(&mut self, path: &str, mode: u16) {
        if let Some(inode) = self.root.walk(path) {
            self.root.change(inode, |node| node.mode = mode);
        }
    }

    /// The bytes of the file at `path`, for the engine; errors as `open` and `read` have them.
    pub fn read(&self, volumes: &Volumes, path: &str) -> Result<Vec<u8>, Errno> {
        let Found::Place(place) = self.find(volumes, "/", path, true)? else {
            return Err(Errno::NotFound);
        };
        let at = place.node.ok_or(Errno::NotFound)?;
        match &self.node(volumes, &at).ok_or(Errno::NotFound)?.kind {
            NodeKind::File(content) => Ok(content.bytes().to_vec()),
            NodeKind::Directory(_) => Err(Errno::IsDirectory),
            _ => Err(Errno::Invalid),
        }
    }

    /// Forgets a node of the container's own tree if no name leads to it.
    pub fn release(&mut self, inode: Inode) {
        self.root.release(inode);
    }

    /// The tree a reference is in.
    pub fn tree<'a>(&'a self, volumes: &'a Volumes, space: &Space) -> Option<&'a Tree> {
        match space {
            Space::Root => Some(&self.root),
            Space::Volume(id) => volumes.get(id),
        }
    }

    /// The tree a reference is in, to change.
    pub fn tree_mut<'a>(
        &'a mut self,
        volumes: &'a mut Volumes,
        space: &Space,
    ) -> Option<&'a mut Tree> {
        match space {
            Space::Root => Some(&mut self.root),
            Space::Volume(id) => volumes.get_mut(id),
        }
    }

    /// The node of a reference.
    pub fn node<'a>(&'a self, volumes: &'a Volumes, at: &FileRef) -> Option<&'a Node> {
        self.tree(volumes, &at.space)?.node(at.inode)
    }

    /// Where `path` leads, seen from the directory `cwd`.
    ///
    /// `follow` tells whether a link at the end is followed. A missing last name is a place
    /// without node; anything missing before it is `NotFound`.
    /// Source: path_resolution(7).
    pub fn find(
        &self,
        volumes: &Volumes,
        cwd: &str,
        path: &str,
        follow: bool,
    ) -> Result<Found, Errno> {
        Ok(match self.walk(volumes, cwd, path, follow)? {
            Reached::Made(rest) => Found::Proc(rest),
            Reached::Missing(trail, name) => Found::Place(Place {
                path: [&trail.path, "/", name].concat(),
                parent: Some(trail.last.node()),
                name: name.to_string(),
                node: None,
                read_only: trail.last.read_only,
            }),
            Reached::There(trail) => Found::Place(place(trail)),
        })
    }

    /// The node that `path` leads to, seen from the directory `cwd`, or what [`Found::Proc`] has.
    /// Errors: as [`FileSystem::find`] has them, and `NotFound`.
    pub fn look<'a>(
        &'a self,
        volumes: &'a Volumes,
        cwd: &str,
        path: &str,
        follow: bool,
    ) -> Result<Result<&'a Node, String>, Errno> {
        match self.walk(volumes, cwd, path, follow)? {
            Reached::Made(rest) => Ok(Err(rest)),
            Reached::Missing(..) => Err(Errno::NotFound),
            Reached::There(trail) => self.spot(volumes, trail.last).map(Ok).ok_or(Errno::NotFound),
        }
    }
}

fn place(trail: Trail) -> Place {
    Place {
        parent: trail.dir.map(|dir| dir.node()),
        name: trail.name().to_string(),
        node: Some(trail.last.node()),
        read_only: trail.last.read_only,
        path: if trail.path.is_empty() { "/".to_string() } else { trail.path },
    }
}

fn names(path: &str) -> Vec<String> {
    path.split('/').filter(|n| !n.is_empty() && *n != ".").map(str::to_string).collect()
}

/// An absolute path without `.`, `..` and doubled slashes, by words alone (links are not read).
pub fn normalize(cwd: &str, path: &str) -> String {
    let cwd = if path.starts_with('/') { "" } else { cwd };
    let mut out = String::with_capacity(cwd.len() + path.len() + 1);
    for name in cwd.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." => out.truncate(out.rfind('/').unwrap_or(0)),
            name => {
                out.push('/');
                out.push_str(name);
            }
        }
    }
    if out.is_empty() { "/".to_string() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(fs: &FileSystem, volumes: &Volumes, path: &str) -> Result<bool, Errno> {
        match fs.find(volumes, "/", path, true)? {
            Found::Place(place) => Ok(place.node.is_some()),
            Found::Proc(_) => Ok(false),
        }
    }

    #[test]
    fn walks_dots_links_and_mounts() {
        let mut fs = FileSystem::default();
        let mut volumes = Volumes::new();
        fs.put_text("/etc/hostname", "web\n");
        fs.put("/e", Node::new(NodeKind::Link("etc".into()), 0o777, SimTime::ZERO));
        fs.put("/loop", Node::new(NodeKind::Link("loop".into()), 0o777, SimTime::ZERO));
        assert_eq!(node(&fs, &volumes, "/etc/../e/./hostname"), Ok(true));
        assert_eq!(node(&fs, &volumes, "/etc/none"), Ok(false));
        assert_eq!(node(&fs, &volumes, "/none/none"), Err(Errno::NotFound));
        assert_eq!(node(&fs, &volumes, "/etc/hostname/x"), Err(Errno::NotDirectory));
        assert_eq!(node(&fs, &volumes, "/loop"), Err(Errno::Loop));
        let id = VolumeId("v".into());
        volumes.insert(id.clone(), Tree::new());
        let mount = Mount { volume: id, root: Tree::ROOT, read_only: true };
        fs.mount(&mut volumes, "/e/w", mount.clone()).unwrap();
        let inner = fs.mount(&mut volumes, "/e/w/inner", mount.clone());
        assert_eq!(inner, Err(Errno::ReadOnly));
        assert_eq!(fs.mount(&mut volumes, "/etc/hostname", mount), Err(Errno::NotDirectory));
        assert!(fs.mounts().contains_key("/etc/w"), "links are followed: {:?}", fs.mounts());
        let Ok(Found::Place(place)) = fs.find(&volumes, "/etc/w", "new", true) else { panic!() };
        assert!(place.read_only && place.node.is_none());
        assert!(matches!(place.parent, Some(FileRef { space: Space::Volume(_), .. })));
    }
}
