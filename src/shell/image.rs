//! What is in every root file system, and what busybox adds.

use crate::base::SimTime;
use crate::shell::commands;
use crate::shell::files::{FileSystem, Found};
use crate::shell::tree::{Device, Node, NodeKind};
use crate::shell::volume::Volumes;

/// A busybox root file system for a container with this host name.
pub fn busybox(hostname: &str) -> FileSystem {
    let mut files = bare(hostname);
    programs(&mut files);
    files
}

/// What every container finds, with a host name: directories, devices, `/etc`.
pub fn bare(hostname: &str) -> FileSystem {
    let mut files = FileSystem::default();
    for dir in [
        "/dev",
        "/etc",
        "/home",
        "/proc",
        "/root",
        "/sys/fs/cgroup",
        "/dev/shm",
        "/tmp",
        "/var/tmp",
        "/usr/bin",
        "/usr/sbin",
        "/var/spool/mail",
        "/var/www",
    ] {
        files.make_dirs(dir);
    }
    for dir in ["/tmp", "/var/tmp", "/dev/shm"] {
        files.set_mode(dir, 0o1777);
    }
    files.set_mode("/root", 0o700);
    devices(&mut files);
    files.put_text("/etc/hostname", &[hostname, "\n"].concat());
    files.put_text("/etc/hosts", "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n");
    files.put_text("/etc/resolv.conf", "nameserver 10.96.0.10\n");
    files.put_text(
        "/etc/passwd",
        "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\n\
         nobody:x:65534:65534:nobody:/home:/bin/false\n",
    );
    files.put_text("/etc/group", "root:x:0:\ndaemon:x:1:\nwww-data:x:33:\nnogroup:x:65534:\n");
    files.put_text("/dev/termination-log", "");
    files
}

/// Gives a root file system another host name.
pub fn set_hostname(files: &mut FileSystem, hostname: &str) {
    files.set_text("/etc/hostname", &[hostname, "\n"].concat());
}

/// Adds busybox and its names.
pub fn programs(files: &mut FileSystem) {
    files.put("/bin/busybox", Node::new(NodeKind::Binary("busybox".into()), 0o755, SimTime::ZERO));
    let Ok(Found::Place(place)) = files.find(&Volumes::new(), "/", "/bin/busybox", true) else {
        return;
    };
    let Some(at) = place.node else { return };
    for name in commands::names().chain(["sh", "ash"]) {
        files.put_name(&format!("/bin/{name}"), at.inode);
    }
    files.put_name("/usr/bin/env", at.inode);
}

/// Programs that an image may well have, and that are modelled.
pub const TOOLS: [&str; 4] = ["dumb-init", "stress", "stress-ng", "tini"];

/// Adds such programs.
pub fn add_tools(files: &mut FileSystem) {
    for name in TOOLS {
        let node = Node::new(NodeKind::Binary(name.into()), 0o755, SimTime::ZERO);
        files.put(&format!("/usr/bin/{name}"), node);
    }
}

fn devices(files: &mut FileSystem) {
    for (name, device) in [
        ("null", Device::Null),
        ("zero", Device::Zero),
        ("full", Device::Full),
        ("random", Device::Random),
        ("urandom", Device::Random),
        ("tty", Device::Tty),
    ] {
        let node = Node::new(NodeKind::Device(device), 0o666, SimTime::ZERO);
        files.put(&format!("/dev/{name}"), node);
    }
    for (name, to) in [
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ] {
        let node = Node::new(NodeKind::Link(to.into()), 0o777, SimTime::ZERO);
        files.put(&format!("/dev/{name}"), node);
    }
}
