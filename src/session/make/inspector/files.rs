//! The files that a container sees besides those of its image, and how long they last.

use super::view::containers;
use crate::api::Pod;
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::World;
use crate::engine::cri::{InstanceState, MountSpec};
use crate::engine::kubelet::downward::raw_container;
use crate::engine::machine::Machine;
use crate::engine::runtime::Instance;
use crate::session::view::{FileView, FilesView, Lives, PlaceView};
use crate::shell::commands::ls;
use crate::shell::tree::Inode;
use crate::shell::{Node, NodeKind, Tree, VolumeId};

/// Files of a place that are given at most.
const FILES_MAX: usize = 60;
/// Bytes of a file that are given at most.
const TEXT_MAX: usize = 4096;
/// Directories are gone into so deep.
const DEPTH_MAX: usize = 8;

/// The files of each container of the Pod, or of one.
pub fn files(world: &World, pod: &Pod, container: &str) -> Vec<FilesView> {
    let wanted = containers(pod).filter(|name| container.is_empty() || *name == container);
    wanted.map(|name| of_container(world, pod, name)).collect()
}

fn of_container(world: &World, pod: &Pod, name: &str) -> FilesView {
    let machine = world.machine_of(pod);
    let newest = machine.and_then(|machine| {
        let all = machine.runtime.instances_of(&pod.meta.uid);
        Some((machine, all.filter(|i| i.spec.container == name).last()?))
    });
    let places = newest.map(|(machine, instance)| places(machine, pod, instance));
    FilesView {
        container: name.to_string(),
        instance: newest.map(|(_, instance)| instance.spec.attempt),
        places: places.unwrap_or_default(),
    }
}

fn places(machine: &Machine, pod: &Pod, instance: &Instance) -> Vec<PlaceView> {
    let mut all = own_files(machine, pod, instance);
    let mounts = instance.spec.mounts.iter();
    all.extend(mounts.filter_map(|mount| of_mount(machine, pod, instance, mount)));
    all.extend(layer(machine, instance));
    all
}

/// What the kubelet makes for each instance, and what is made with the sandbox.
/// Source: kubelet_pods.go makeHostsMount; containerd podsandbox/sandbox_run_linux.go
fn own_files(machine: &Machine, pod: &Pod, instance: &Instance) -> Vec<PlaceView> {
    let tree = machine.runtime.disk().get(&VolumeId([&pod.meta.uid, "/~files"].concat()));
    let attempt = instance.spec.attempt.to_string();
    let message = ["containers/", &instance.spec.container, "/", &attempt].concat();
    let at_start =
        [("/etc/hosts", "etc-hosts"), (instance.spec.message_path.as_str(), message.as_str())];
    let of_sandbox = [("/etc/hostname", "hostname"), ("/etc/resolv.conf", "resolv.conf")];
    let place = |source: &str, lives: Lives, wanted: [(&str, &str); 2]| {
        let mut place = empty("/etc", source, lives);
        for (path, name) in wanted.into_iter().filter(|(path, _)| !path.is_empty()) {
            let node = tree.and_then(|tree| tree.node(tree.walk(name)?));
            place.files.extend(node.map(|node| file(path.to_string(), node)));
        }
        place
    };
    vec![place("kubelet", Lives::EachStart, at_start), place("sandbox", Lives::Pod, of_sandbox)]
}

fn empty(path: &str, source: &str, lives: Lives) -> PlaceView {
    let (path, source) = (path.to_string(), source.to_string());
    PlaceView { path, source, lives, read_only: false, files: Vec::new(), more: 0 }
}

fn of_mount(
    machine: &Machine,
    pod: &Pod,
    instance: &Instance,
    mount: &MountSpec,
) -> Option<PlaceView> {
    let (source, lives) = volume_of(pod, &instance.spec.container, &mount.path);
    let tree = machine.runtime.disk().get(&VolumeId(mount.volume.clone()))?;
    let root = tree.walk(&mount.sub_path)?;
    let mut place = PlaceView { read_only: mount.read_only, ..empty(&mount.path, &source, lives) };
    match tree.entries(root) {
        Some(_) => walk(tree, root, &mount.path, &mut place, DEPTH_MAX, &|_| true),
        None => place.files.extend(tree.node(root).map(|node| file(mount.path.clone(), node))),
    }
    Some(place)
}

/// The volume that is mounted at a path, in words of the manifest, and how long it lasts.
fn volume_of(pod: &Pod, container: &str, path: &str) -> (String, Lives) {
    let raw = raw_container(&pod.spec, container);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mounts = list(&raw["volumeMounts"]);
    let mount = mounts.iter().find(|m| m["mountPath"] == path);
    let name = mount.and_then(|m| m["name"].as_str()).unwrap_or_default();
    let volumes = list(&pod.spec.raw["volumes"]);
    let volume = volumes.iter().find(|v| v["name"] == name);
    let kinds = volume.and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
    let kind = kinds.into_iter().find(|key| *key != "name").map_or("", String::as_str);
    let lives = match kind {
        "emptyDir" | "ephemeral" => Lives::Pod,
        "hostPath" => Lives::Node,
        "persistentVolumeClaim" => Lives::Claim,
        _ => Lives::FromApi,
    };
    ([kind, " ", name].concat(), lives)
}

/// What the processes have written outside of volumes.
fn layer(machine: &Machine, instance: &Instance) -> Option<PlaceView> {
    let mut place = empty("", "", Lives::Container);
    if instance.state != InstanceState::Running {
        return None;
    }
    let home = instance.home?;
    let files = machine.runtime.kernel_of(instance)?.container_files(home.container)?;
    let began = instance.started.unwrap_or(instance.created);
    place.read_only = files.has_read_only_root();
    let written = |node: &Node| node.modified >= began && node.modified > SimTime::ZERO;
    walk(files.root(), Tree::ROOT, "", &mut place, DEPTH_MAX, &written);
    Some(place)
}

/// Adds what is below a directory; directories of the atomic writer are left to their links.
fn walk(
    tree: &Tree,
    dir: Inode,
    path: &str,
    place: &mut PlaceView,
    depth: usize,
    wanted: &dyn Fn(&Node) -> bool,
) {
    for (name, inode) in tree.entries(dir).into_iter().flatten() {
        let Some(node) = tree.node(*inode) else { continue };
        let path = [path.trim_end_matches('/'), "/", name].concat();
        if node.is_dir() {
            if depth > 0 && !name.starts_with("..") {
                walk(tree, *inode, &path, place, depth - 1, wanted);
            }
        } else if wanted(node) {
            if place.files.len() < FILES_MAX {
                place.files.push(with_target(tree, dir, node, path));
            } else {
                place.more += 1;
            }
        }
    }
}

/// A file; of a link what it leads to inside of its own tree.
fn with_target(tree: &Tree, dir: Inode, node: &Node, path: String) -> FileView {
    let mut view = file(path, node);
    if let NodeKind::Link(to) = &node.kind {
        view.link = to.clone();
        let target = followed(tree, dir, to).and_then(|inode| tree.node(inode));
        if let Some(target) = target.filter(|target| !target.is_dir()) {
            let there = file(String::new(), target);
            (view.text, view.cut, view.size) = (there.text, there.cut, there.size);
        }
    }
    view
}

/// The node at the end of a relative path, over at most one link on the way.
fn followed(tree: &Tree, dir: Inode, path: &str) -> Option<Inode> {
    let mut at = dir;
    for name in path.split('/') {
        let next = tree.lookup(at, name)?;
        at = match &tree.node(next)?.kind {
            NodeKind::Link(to) => to.split('/').try_fold(at, |dir, name| tree.lookup(dir, name))?,
            _ => next,
        };
    }
    Some(at)
}

fn file(path: String, node: &Node) -> FileView {
    let bytes = match &node.kind {
        NodeKind::File(content) => Some(content.bytes()),
        _ => None,
    };
    let text = bytes.and_then(|bytes| {
        let end = bytes.len().min(TEXT_MAX);
        let text = String::from_utf8_lossy(&bytes[..end]).into_owned();
        (!text.contains('\0')).then_some(text)
    });
    FileView {
        path,
        mode: ls::mode(node),
        size: node.size(),
        modified: node.modified,
        link: String::new(),
        cut: text.as_ref().is_some_and(|text| (text.len() as u64) < node.size()),
        text,
    }
}
