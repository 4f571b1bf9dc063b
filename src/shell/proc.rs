//! `/proc`: files made when they are opened.

use crate::base::{Map, SimTime};

use crate::shell::cgroup::NODE_MEMORY;
use crate::shell::cgroup_files;
use crate::shell::errno::Errno;
use crate::shell::open_files::{DescId, Target};
use crate::shell::process::{Disposition, Process, State};
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;
use crate::shell::tree::{Content, Node, NodeKind};
use crate::shell::types::Pid;

enum Entry<'a> {
    Descriptor(&'a Process, u32),
    Text(Vec<u8>),
    Dir(Vec<String>),
    /// A path as a process sees it: its container and the path there.
    Path(usize, String),
}

const OWN: [&str; 9] = ["cmdline", "comm", "cwd", "environ", "exe", "fd", "root", "stat", "status"];
const GLOBAL: [&str; 7] = ["cpuinfo", "loadavg", "meminfo", "mounts", "self", "uptime", "version"];

/// The node at a path below `/proc`.
///
/// Without `follow`, `cwd` and `root` of a process are links.
pub fn stat(sys: &Sys, rest: &str, follow: bool) -> Result<Node, Errno> {
    let is_link = !follow && rest.matches('/').count() == 1;
    let kind = match entry(sys, rest)? {
        Entry::Path(_, path) if is_link => NodeKind::Link(path),
        Entry::Path(container, path) => {
            let files = &sys.kernel.containers[container];
            let node = files.look(sys.volumes, "/", &path, follow)?;
            return node.cloned().map_err(|_| Errno::NotPermitted);
        }
        Entry::Dir(_) => NodeKind::Directory(Map::new()),
        Entry::Text(text) => NodeKind::File(Content::new(text)),
        Entry::Descriptor(process, fd) => kind_of(sys, process, fd),
    };
    Ok(Node::new(kind, 0o555, SimTime::ZERO))
}

/// What a descriptor leads to.
fn kind_of(sys: &Sys, process: &Process, fd: u32) -> NodeKind {
    let id = process.descriptors.get(&fd);
    match id.and_then(|id| sys.kernel.open.get(*id)).map(|open| &open.target) {
        Some(Target::PipeIn(_) | Target::PipeOut(_)) => NodeKind::Fifo(0),
        Some(Target::Socket(id)) if sys.network.fifo_end(*id).is_some() => NodeKind::Fifo(0),
        Some(Target::Device(device)) => NodeKind::Device(*device),
        Some(Target::Directory) => NodeKind::Directory(Map::new()),
        Some(Target::Text(text)) => NodeKind::File(Content::new(text.clone())),
        Some(Target::File(container, at, _)) => {
            let file = sys.kernel.containers[*container].node(sys.volumes, at);
            file.map_or_else(|| NodeKind::File(Content::default()), |node| node.kind.clone())
        }
        _ => NodeKind::File(Content::default()),
    }
}

/// The names at a path below `/proc`.
pub fn list(sys: &Sys, rest: &str) -> Result<Vec<String>, Errno> {
    match entry(sys, rest)? {
        Entry::Dir(names) => Ok(names),
        Entry::Path(..) => match stat(sys, rest, true)?.kind {
            NodeKind::Directory(entries) => Ok(entries.keys().cloned().collect()),
            _ => Err(Errno::NotDirectory),
        },
        _ => Err(Errno::NotDirectory),
    }
}

/// Opens a path below `/proc`; a descriptor is opened again, as Linux does.
pub fn open(sys: &mut Sys, rest: &str, mode: OpenMode) -> Result<DescId, Errno> {
    let target = match entry(sys, rest)? {
        Entry::Dir(_) if mode != OpenMode::Read => return Err(Errno::IsDirectory),
        Entry::Dir(_) => Target::Directory,
        Entry::Text(text) => Target::Text(text),
        Entry::Path(container, path) => {
            return sys.in_container(container, |s| s.open(&path, mode));
        }
        Entry::Descriptor(process, fd) => {
            let id = process.descriptors.get(&fd).ok_or(Errno::NotFound)?;
            match sys.kernel.open.get(*id).ok_or(Errno::NotFound)?.target.clone() {
                // Source: a socket has no path that could be opened: ENXIO.
                Target::Socket(socket) => Target::Socket(sys.network.open_again(socket)?),
                target => target,
            }
        }
    };
    let reads = matches!(mode, OpenMode::Read | OpenMode::ReadWrite);
    let (reads, writes) = match target {
        Target::PipeOut(_) => (true, false),
        Target::PipeIn(_) => (false, true),
        Target::Text(_) | Target::Directory => (true, false),
        _ => (reads, mode != OpenMode::Read),
    };
    Ok(sys.kernel.open.add(target, reads, writes))
}

fn entry<'a>(sys: &'a Sys, rest: &str) -> Result<Entry<'a>, Errno> {
    if let Some(name) = rest.strip_prefix('/') {
        return cgroup_files::read(sys, name).map(Entry::Text);
    }
    let names: Vec<&str> = rest.split('/').filter(|n| !n.is_empty()).collect();
    let Some((first, inner)) = names.split_first() else {
        let mut all: Vec<String> = sys.processes().map(|p| p.pid.to_string()).collect();
        all.extend(GLOBAL.iter().map(|n| n.to_string()));
        return Ok(Entry::Dir(all));
    };
    let pid = if *first == "self" { Some(sys.pid()) } else { first.parse().ok().map(Pid) };
    let Some(pid) = pid else { return global(sys, first).map(Entry::Text) };
    let process = sys.processes().find(|p| p.pid == pid).ok_or(Errno::NotFound)?;
    match inner {
        [] => Ok(Entry::Dir(OWN.iter().map(|n| n.to_string()).collect())),
        ["fd"] => Ok(Entry::Dir(process.descriptors.keys().map(u32::to_string).collect())),
        ["fd", fd] => {
            let fd = fd.parse().map_err(|_| Errno::NotFound)?;
            process.descriptors.get(&fd).ok_or(Errno::NotFound)?;
            Ok(Entry::Descriptor(process, fd))
        }
        ["root", more @ ..] => Ok(Entry::Path(process.container, below("", more))),
        ["cwd", more @ ..] => Ok(Entry::Path(process.container, below(&process.cwd, more))),
        [name] => own(sys, process, name).map(Entry::Text),
        _ => Err(Errno::NotFound),
    }
}

/// The path of these names in a directory.
fn below(dir: &str, names: &[&str]) -> String {
    let path = format!("{}/{}", dir.trim_end_matches('/'), names.join("/"));
    if path.len() > 1 { path.trim_end_matches('/').to_string() } else { path }
}

fn global(sys: &Sys, name: &str) -> Result<Vec<u8>, Errno> {
    let secs = sys.now().as_secs();
    let text = match name {
        "uptime" => format!("{secs}.00 {secs}.00\n"),
        "loadavg" => loadavg(sys),
        "meminfo" => meminfo(sys),
        "cpuinfo" => "processor\t: 0\n\nprocessor\t: 1\n\n".to_string(),
        "mounts" => mounts(sys),
        "version" => "Linux version 6.18.0 (lifepod)\n".to_string(),
        _ => return Err(Errno::NotFound),
    };
    Ok(text.into_bytes())
}

/// The root, and what is mounted over it.
fn mounts(sys: &Sys) -> String {
    let Some(files) = sys.kernel.container_files(sys.me().container) else { return String::new() };
    let access = |read_only: bool| if read_only { "ro" } else { "rw" };
    let root = access(files.has_read_only_root());
    let mut text = format!("overlay / overlay {root},relatime 0 0\nproc /proc proc rw 0 0\n");
    for (path, mount) in files.mounts().iter() {
        let memory = sys
            .volumes
            .get(&mount.volume)
            .is_some_and(|t| t.limit() < crate::shell::limits::TREE_BYTES);
        let (device, kind) = if memory { ("tmpfs", "tmpfs") } else { ("/dev/vda1", "ext4") };
        text.push_str(&format!(
            "{device} {path} {kind} {},relatime 0 0\n",
            access(mount.read_only)
        ));
    }
    text
}

fn own(sys: &Sys, process: &Process, name: &str) -> Result<Vec<u8>, Errno> {
    let joined = |items: Vec<String>| items.into_iter().map(|i| i + "\0").collect::<String>();
    let text = match name {
        "cmdline" => joined(process.argv.clone()),
        "environ" => joined(process.env.iter().map(|(k, v)| format!("{k}={v}")).collect()),
        "comm" => format!("{}\n", short(process.name())),
        "stat" => {
            let Process { pid, ppid, group, session, started, .. } = process;
            let memory = sys.kernel.memory_of(process, sys.now());
            format!(
                "{pid} ({}) {} {ppid} {group} {session} 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 {} \
                 {memory} {}\n",
                short(process.name()),
                letter(process),
                started.as_ms() / 10,
                memory / 4096
            )
        }
        "status" => status(sys, process),
        _ => return Err(Errno::NotFound),
    };
    Ok(text.into_bytes())
}

fn status(sys: &Sys, process: &Process) -> String {
    let mask = |wanted: fn(Disposition) -> bool| -> u64 {
        let all = process.dispositions.iter().filter(|(_, d)| wanted(**d));
        all.map(|(signal, _)| 1 << (signal.number() - 1)).sum()
    };
    let handled = mask(|d| d == Disposition::Handle);
    let kilobytes = sys.kernel.memory_of(process, sys.now()) >> 10;
    let memory = match process.is_alive() {
        true => format!("VmSize:\t{kilobytes:>8} kB\nVmRSS:\t{kilobytes:>8} kB\n"),
        false => String::new(),
    };
    let Process { pid, ppid, .. } = process;
    format!(
        "Name:\t{}\nState:\t{}\nTgid:\t{pid}\nPid:\t{pid}\nPPid:\t{ppid}\n\
         Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n{memory}Threads:\t1\nSigIgn:\t{:016x}\n\
         SigCgt:\t{handled:016x}\n",
        short(process.name()),
        match letter(process) {
            'R' => "R (running)",
            'T' => "T (stopped)",
            'Z' => "Z (zombie)",
            _ => "S (sleeping)",
        },
        mask(|d| d != Disposition::Handle),
    )
}

fn short(name: &str) -> String {
    name.chars().take(15).collect()
}

/// The load: what wants to run now, in every column, as the load of long ago is not known.
fn loadavg(sys: &Sys) -> String {
    let wanted: u32 = sys.processes().filter(|p| p.is_alive()).map(|p| p.burns).sum();
    let load = format!("{}.{:02}", wanted / 1000, wanted % 1000 / 10);
    let (all, last) = (sys.processes().count(), sys.pid());
    format!("{load} {load} {load} 1/{all} {last}\n")
}

/// The memory of the node: that a container has a limit does not show here.
fn meminfo(sys: &Sys) -> String {
    let used = sys.processes().map(|p| p.memory(sys.now())).fold(0, u64::saturating_add);
    let free = NODE_MEMORY.saturating_sub(used) >> 10;
    format!(
        "MemTotal:       24684084 kB\nMemFree:        {free} kB\nMemAvailable:   {free} kB\n\
         Buffers:               0 kB\nCached:                0 kB\nSwapTotal:             0 kB\n\
         SwapFree:              0 kB\n"
    )
}

/// The state letter `ps` and `/proc/PID/stat` show.
pub fn letter(process: &Process) -> char {
    match process.state {
        State::Zombie(_) => 'Z',
        _ if process.stopped => 'T',
        State::Runnable => 'R',
        _ => 'S',
    }
}
