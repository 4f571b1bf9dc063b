//! Volumes: trees of files that live outside a container and may be mounted into several.

use crate::base::Map;

use crate::shell::tree::{Inode, Tree};

/// The name of a volume; the engine chooses it (one per Pod and volume).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct VolumeId(pub String);

/// All volumes; the engine keeps them and lends them to each [`Kernel`](super::Kernel) that runs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Volumes {
    trees: Map<VolumeId, Tree>,
}

impl Volumes {
    /// No volumes.
    pub fn new() -> Volumes {
        Volumes::default()
    }

    /// Adds a volume, or replaces its content.
    pub fn insert(&mut self, id: VolumeId, tree: Tree) {
        self.trees.insert(id, tree);
    }

    /// Removes a volume and what is in it.
    pub fn remove(&mut self, id: &VolumeId) {
        self.trees.remove(id);
    }

    /// Takes over the volumes whose ids begin so. Most often there are none.
    pub fn fetch(&mut self, from: &mut Volumes, prefix: &str) {
        let first = VolumeId(prefix.to_string());
        let found = from.trees.range(first..).map(|(id, _)| id);
        let found: Vec<VolumeId> =
            found.take_while(|id| id.0.starts_with(prefix)).cloned().collect();
        for id in found {
            self.trees.extend(from.trees.remove(&id).map(|tree| (id, tree)));
        }
    }

    /// The files of a volume.
    pub fn get(&self, id: &VolumeId) -> Option<&Tree> {
        self.trees.get(id)
    }

    /// The files of a volume, to change.
    pub fn get_mut(&mut self, id: &VolumeId) -> Option<&mut Tree> {
        self.trees.get_mut(id)
    }

    /// The ids of all volumes.
    pub fn ids(&self) -> impl Iterator<Item = &VolumeId> {
        self.trees.keys()
    }
}

/// A volume seen at a path of a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mount {
    /// Which volume.
    pub volume: VolumeId,
    /// The directory or file of the volume that is shown, as it was when it was mounted; for all
    /// of it [`Tree::ROOT`].
    pub root: Inode,
    /// Whether writing is refused.
    pub read_only: bool,
}
