//! How much of the node's disk a Pod uses.

use super::instance::Instance;
use super::service::Runtime;
use crate::engine::cri::StorageUse;
use crate::shell::Tree;

impl Runtime {
    /// How much local storage a Pod uses now.
    ///
    /// Of a container only what came after its start counts, which is what its snapshot holds on
    /// top of the image; its log is one file more.
    /// Source: containerd internal/cri/server/container_stats_list.go (WritableLayer)
    pub fn storage_use(&self, uid: &str) -> StorageUse {
        let prefix = format!("{uid}/");
        let mut inodes = Vec::new();
        let mut volumes = Vec::new();
        for id in self.disk.ids() {
            let name = id.0.strip_prefix(&prefix).filter(|name| !name.starts_with('~'));
            let Some((name, tree)) = name.zip(self.disk.get(id)) else { continue };
            volumes.push((name.to_string(), tree.used_bytes()));
            inodes.push((name.to_string(), tree.inodes()));
        }
        let (mut containers, mut own) = (Vec::new(), 0);
        for i in self.instances_of(uid).filter(|i| i.home.is_some()) {
            let (bytes, files) = self.written(i);
            containers.push((i.spec.container.clone(), bytes + i.log.bytes()));
            own += files + 1;
        }
        inodes.push((String::new(), own));
        StorageUse { volumes, containers, inodes }
    }

    /// Bytes and inodes that a container has added to its image's.
    fn written(&self, of: &Instance) -> (u64, u64) {
        let files = of.home.and_then(|home| self.kernel_of(of)?.container_files(home.container));
        let (bytes, inodes) = files.map_or((0, 0), |files| room(files.root()));
        (bytes.saturating_sub(of.began_with.0), inodes.saturating_sub(of.began_with.1))
    }
}

/// Bytes and inodes of a tree.
pub fn room(tree: &Tree) -> (u64, u64) {
    (tree.used_bytes(), tree.inodes())
}
