//! The node's disk: volumes of Pods, paths of the node, and the files the kubelet makes for each
//! container.

use super::sandbox::Sandbox;
use crate::base::SimTime;
use crate::engine::cri::{CreateSpec, HOST_DISK, MountSpec, VolumeFile, VolumeWork};
use crate::shell::tree::{Inode, NodeKind};
use crate::shell::{Content, Errno, FileSystem, Mount, Node, Tree, VolumeId, Volumes};

/// Room of a volume in memory that has no limit of its own: more than objects can fill.
const TMPFS_BYTES: u64 = 1 << 30;

/// A node's disk, with the directories that every Linux node has.
pub fn new() -> Volumes {
    let mut tree = Tree::new();
    for dir in [
        "etc",
        "home",
        "mnt",
        "opt",
        "proc",
        "root",
        "run",
        "srv",
        "sys",
        "tmp",
        "usr/bin",
        "var/lib/kubelet",
        "var/lib/containerd",
        "var/log/containers",
        "var/log/pods",
    ] {
        // The tree is new and has room.
        let _ = tree.make_dirs(dir, SimTime::ZERO);
    }
    if let Some(tmp) = tree.walk("tmp") {
        tree.change(tmp, |node| node.mode = 0o1777);
    }
    let hosts = Content::new("127.0.0.1\tlocalhost\n");
    if let Some(etc) = tree.walk("etc") {
        let file = Node::new(NodeKind::File(hosts), 0o644, SimTime::ZERO);
        let _ = tree.insert(etc, "hosts", file);
    }
    let mut disk = Volumes::new();
    disk.insert(VolumeId(HOST_DISK.into()), tree);
    disk
}

/// Does the work; what could not be done, by volume name, in the kubelet's words.
pub fn carry_out(disk: &mut Volumes, work: &[VolumeWork], now: SimTime) -> Vec<(String, String)> {
    let mut errors = Vec::new();
    for item in work {
        match item {
            VolumeWork::Empty { id, limit, group } => {
                empty(disk, id, |tree| limit.map_or(tree.clone(), |b| tree.in_memory(b)), *group);
            }
            VolumeWork::Network { id, limit, group } => {
                empty(disk, id, |tree| limit.map_or(tree.clone(), |b| tree.with_limit(b)), *group);
            }
            VolumeWork::Files { id, files, version, in_memory, group } => {
                let tree = volume(disk, id, *in_memory);
                tree.change(Tree::ROOT, |root| root.mode = if *in_memory { 0o1777 } else { 0o777 });
                write_files(tree, files, version, now);
                give(tree, Tree::ROOT, *group, 0o440);
            }
            VolumeWork::HostPath { volume: name, path, kind } => {
                if let Err(error) = host_path(volume(disk, HOST_DISK, false), path, kind, now) {
                    errors.push((name.clone(), error));
                }
            }
        }
    }
    errors
}

/// A new empty volume can be written by all. Source: volume/emptydir/empty_dir.go setupDir
fn empty(disk: &mut Volumes, id: &str, limited: impl Fn(Tree) -> Tree, group: Option<u32>) {
    let id = VolumeId(id.into());
    if disk.get(&id).is_none() {
        let mut tree = Tree::new();
        tree.change(Tree::ROOT, |root| root.mode = 0o777);
        disk.insert(id.clone(), limited(tree));
    }
    if let Some(tree) = disk.get_mut(&id) {
        give(tree, Tree::ROOT, group, 0o660);
    }
}

fn volume<'a>(disk: &'a mut Volumes, id: &str, in_memory: bool) -> &'a mut Tree {
    let id = VolumeId(id.into());
    if disk.get(&id).is_none() {
        let tree = Tree::new();
        disk.insert(id.clone(), if in_memory { tree.with_limit(TMPFS_BYTES) } else { tree });
    }
    disk.get_mut(&id).expect("it has just been put there")
}

/// Gives a tree to a group: files can then be read (and written, if `bits` say so) by it, and what
/// is made in its directories belongs to it too.
/// Source: volume/volume_linux.go changeFilePermission
fn give(tree: &mut Tree, inode: Inode, group: Option<u32>, bits: u16) {
    let Some(gid) = group else { return };
    let below: Vec<Inode> =
        tree.entries(inode).into_iter().flat_map(|e| e.values().copied()).collect();
    tree.change(inode, |node| {
        node.gid = gid;
        node.mode |= match node.kind {
            NodeKind::Directory(_) => bits | 0o2110,
            NodeKind::Link(_) => 0,
            _ => bits,
        };
    });
    below.into_iter().for_each(|child| give(tree, child, group, bits));
}

/// The files go into a directory of their own; then the link `..data` is turned to it, and the
/// directory of the version before goes.
/// Source: volume/util/atomic_writer.go Write
fn write_files(tree: &mut Tree, files: &[VolumeFile], version: &str, now: SimTime) {
    let before = tree.lookup(Tree::ROOT, "..data").and_then(|link| tree.node(link)).map(target);
    // A volume holds few files, so its tree has room for them.
    let _ = tree.make_dirs(version, now);
    for file in files {
        let node = Node::new(NodeKind::File(Content::new(file.bytes.clone())), file.mode, now);
        let _ = tree.put(&format!("{version}/{}", file.path), node);
    }
    let _ = tree.put("..data", link(version, now));
    let heads = |f: &VolumeFile| f.path.split('/').next().unwrap_or_default().to_string();
    let heads: Vec<String> = files.iter().map(heads).collect();
    let stale: Vec<String> = tree
        .entries(Tree::ROOT)
        .into_iter()
        .flat_map(|entries| entries.keys())
        .filter(|name| !name.starts_with("..") && !heads.contains(name))
        .cloned()
        .collect();
    stale.iter().for_each(|name| remove(tree, Tree::ROOT, name, now));
    for head in heads {
        if tree.lookup(Tree::ROOT, &head).is_none() {
            let _ = tree.put(&head, link(&format!("..data/{head}"), now));
        }
    }
    if let Some(old) = before.filter(|old| old != version) {
        remove(tree, Tree::ROOT, &old, now);
    }
}

fn target(node: &Node) -> String {
    match &node.kind {
        NodeKind::Link(to) => to.clone(),
        _ => String::new(),
    }
}

fn link(to: &str, now: SimTime) -> Node {
    Node::new(NodeKind::Link(to.to_string()), 0o777, now)
}

/// Removes a name with all below it; files stay for those who have them mounted.
fn remove(tree: &mut Tree, dir: Inode, name: &str, now: SimTime) {
    let Some(inode) = tree.lookup(dir, name) else { return };
    let below: Vec<String> =
        tree.entries(inode).into_iter().flat_map(|e| e.keys().cloned()).collect();
    below.iter().for_each(|name| remove(tree, inode, name, now));
    let _ = tree.unlink(dir, name, now);
    tree.release(inode);
}

/// Checks or makes a path of the node.
/// Source: volume/hostpath/host_path.go checkTypeInternal
fn host_path(tree: &mut Tree, path: &str, kind: &str, now: SimTime) -> Result<(), String> {
    let inner = path.trim_matches('/');
    let found = tree.walk(inner).and_then(|inode| tree.node(inode)).map(|node| node.kind.clone());
    let is_dir = matches!(found, Some(NodeKind::Directory(_)));
    let is_file = matches!(found, Some(NodeKind::File(_) | NodeKind::Binary(_)));
    let wrong = |what: &str| Err(format!("hostPath type check failed: {path} is not a {what}"));
    match kind {
        "local" if found.is_none() => Err(format!("path {path:?} does not exist")),
        "DirectoryOrCreate" if found.is_none() => {
            let made = tree.make_dirs(inner, now);
            made.map(|_| ()).map_err(|e| format!("mkdir {path}: {}", e.text().to_ascii_lowercase()))
        }
        "Directory" | "DirectoryOrCreate" if !is_dir => wrong("directory"),
        "FileOrCreate" if found.is_none() => make_file(tree, path, now),
        "File" | "FileOrCreate" if !is_file => wrong("file"),
        // Sockets and devices of the node are not modelled, so no path is one.
        "Socket" => wrong("socket file"),
        "CharDevice" => wrong("character device"),
        "BlockDevice" => wrong("block device"),
        _ => Ok(()),
    }
}

/// The directory of the file is not made. Source: host_path.go hostPathTypeChecker MakeFile
fn make_file(tree: &mut Tree, path: &str, now: SimTime) -> Result<(), String> {
    let inner = path.trim_matches('/');
    let (dir, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    let dir = tree.walk(dir).ok_or_else(|| format!("open {path}: no such file or directory"))?;
    let node = Node::new(NodeKind::File(Content::default()), 0o644, now);
    let made = tree.insert(dir, name, node);
    made.map(|_| ()).map_err(|e| format!("open {path}: {}", e.text().to_ascii_lowercase()))
}

/// Files of a Pod's volumes, with the text of those that are there.
pub fn files(
    disk: &Volumes,
    uid: &str,
    wanted: &[(String, String)],
) -> Vec<(String, String, Option<String>)> {
    let text = |volume: &str, path: &str| {
        let tree = disk.get(&VolumeId(format!("{uid}/{volume}")))?;
        match &tree.node(tree.walk(path)?)?.kind {
            NodeKind::File(content) => Some(String::from_utf8_lossy(content.bytes()).into_owned()),
            _ => None,
        }
    };
    let found =
        |(volume, path): &(String, String)| (volume.clone(), path.clone(), text(volume, path));
    wanted.iter().map(found).collect()
}

/// Forgets the volumes that live as long as their Pod.
pub fn remove_pod(disk: &mut Volumes, uid: &str) {
    let prefix = format!("{uid}/");
    let gone: Vec<VolumeId> = disk.ids().filter(|id| id.0.starts_with(&prefix)).cloned().collect();
    gone.iter().for_each(|id| disk.remove(id));
}

/// Where the files are that the kubelet and the runtime make for a Pod.
fn own_files(uid: &str) -> String {
    format!("{uid}/~files")
}

/// The file of an instance's termination message; each instance has a new one.
/// Source: kuberuntime_container.go makeMounts
fn message_file(spec: &CreateSpec) -> String {
    format!("containers/{}/{}", spec.container, spec.attempt)
}

/// Mounts all that the container is to see; the error is the runtime's.
///
/// A mount that lies inside of another comes after it.
/// Source: containerd internal/cri/opts/spec_opts.go orderedMounts
pub fn mount_all(
    spec: &CreateSpec,
    sandbox: &Sandbox,
    disk: &mut Volumes,
    files: &mut FileSystem,
    now: SimTime,
) -> Result<(), String> {
    let mut mounts = own_mounts(spec, sandbox, disk, now);
    mounts.retain(|own| !spec.mounts.iter().any(|m| m.path == own.path));
    mounts.extend(spec.mounts.iter().cloned());
    crate::base::sort_by_key(&mut mounts, |m| m.path.trim_end_matches('/').matches('/').count());
    for m in &mounts {
        let id = VolumeId(m.volume.clone());
        let Some(root) = root_of(disk, &id, &m.sub_path, now) else {
            return Err(mount_error(m, Errno::NotDirectory));
        };
        let mount = Mount { volume: id, root, read_only: m.read_only };
        files.mount(disk, &m.path, mount).map_err(|e| mount_error(m, e))?;
    }
    Ok(())
}

/// What the kubelet and the runtime mount by themselves: files they make for the Pod.
/// Source: kubelet_pods.go makeHostsMount; containerd container_create.go containerMounts
fn own_mounts(
    spec: &CreateSpec,
    sandbox: &Sandbox,
    disk: &mut Volumes,
    now: SimTime,
) -> Vec<MountSpec> {
    let id = own_files(&spec.uid);
    let tree = volume(disk, &id, false);
    let file = |text: &str| Node::new(NodeKind::File(Content::new(text)), 0o644, now);
    let _ = tree.put("etc-hosts", file(&spec.hosts));
    for (name, text) in
        [("hostname", format!("{}\n", sandbox.hostname)), ("resolv.conf", sandbox.resolv.clone())]
    {
        if tree.lookup(Tree::ROOT, name).is_none() {
            let _ = tree.put(name, file(&text));
        }
    }
    let mut message = file("");
    message.mode = 0o666;
    let _ = tree.put(&message_file(spec), message);
    let root = spec.read_only_root;
    let message = (spec.message_path.as_str(), message_file(spec), false);
    [
        ("/etc/hosts", "etc-hosts".to_string(), false),
        ("/etc/hostname", "hostname".to_string(), root),
        ("/etc/resolv.conf", "resolv.conf".to_string(), root),
        message,
    ]
    .into_iter()
    .filter(|(path, ..)| !path.is_empty())
    .map(|(path, sub_path, read_only)| MountSpec {
        path: path.to_string(),
        volume: id.clone(),
        source: format!("/var/lib/kubelet/pods/{}/{sub_path}", spec.uid),
        sub_path,
        read_only,
    })
    .chain([shared_memory(&spec.uid, disk)])
    .collect()
}

/// `/dev/shm`, one for all containers of a Pod.
/// Source: containerd internal/cri/server/podsandbox/sandbox_run_linux.go setupSandboxFiles
fn shared_memory(uid: &str, disk: &mut Volumes) -> MountSpec {
    let volume = format!("{uid}/~shm");
    let id = VolumeId(volume.clone());
    if disk.get(&id).is_none() {
        let mut tree = Tree::new().in_memory(64 << 20);
        tree.change(Tree::ROOT, |root| root.mode = 0o1777);
        disk.insert(id, tree);
    }
    let (path, sub_path, source) = ("/dev/shm".to_string(), String::new(), "shm".to_string());
    MountSpec { path, volume, source, sub_path, read_only: false }
}

/// What of a volume is mounted; a directory that is missing is made, and let be used as the volume
/// itself is.
/// Source: volume/util/subpath SafeMakeDir; containerd opts.WithMounts
fn root_of(disk: &mut Volumes, id: &VolumeId, sub_path: &str, now: SimTime) -> Option<Inode> {
    let tree = disk.get_mut(id)?;
    if let Some(there) = tree.walk(sub_path) {
        return Some(there);
    }
    let (mode, gid) = tree.node(Tree::ROOT).map_or((0o755, 0), |root| (root.mode, root.gid));
    let mut path = String::new();
    for name in sub_path.split('/').filter(|name| !name.is_empty()) {
        path = [&path, "/", name].concat();
        let new = tree.walk(&path).is_none();
        let dir = tree.make_dirs(&path, now).ok()?;
        if new {
            tree.change(dir, |node| (node.mode, node.gid) = (mode & 0o2777, gid));
        }
    }
    tree.walk(sub_path)
}

/// Source: runc libcontainer/rootfs_linux.go mountToRootfs
fn mount_error(m: &MountSpec, errno: Errno) -> String {
    let (source, path) = (&m.source, &m.path);
    let hint = match errno {
        Errno::NotDirectory | Errno::IsDirectory => {
            ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the \
             specified host path exists and is the expected type"
        }
        _ => "",
    };
    let why = match errno {
        Errno::IsDirectory => Errno::NotDirectory,
        other => other,
    };
    format!(
        "error during container init: error mounting \"{source}\" to rootfs at \"{path}\": create \
         mountpoint for {path} mount: {}{hint}",
        why.text().to_ascii_lowercase()
    )
}

/// What an instance wrote as its termination message: the last 4096 bytes.
/// Source: kuberuntime_container.go getTerminationMessage; kubelet container/runtime.go
pub fn message(spec: &CreateSpec, disk: &Volumes) -> String {
    let tree = disk.get(&VolumeId(own_files(&spec.uid)));
    let node = tree.and_then(|t| t.node(t.walk(&message_file(spec))?));
    match node.map(|n| &n.kind) {
        Some(NodeKind::File(content)) if !spec.message_path.is_empty() => {
            last_bytes(content.bytes(), 4096)
        }
        _ => String::new(),
    }
}

/// The last `max` bytes as text.
pub fn last_bytes(bytes: &[u8], max: usize) -> String {
    String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(max)..]).into_owned()
}
