//! The root file system of an image.

use crate::base::SimTime;
use crate::shell::commands;
use crate::shell::files::{FileSystem, Found};
use crate::shell::image;
use crate::shell::images::profile::{Base, Profile};
use crate::shell::tree::{Content, Node, NodeKind};
use crate::shell::volume::Volumes;

/// What Debian's smallest image lacks of busybox's commands: they are in procps, psmisc, wget …
///
/// DIFFERENCE: what is there prints busybox's words, not those of GNU's tools.
const NOT_IN_DEBIAN: &[&str] = &[
    "[[",
    "ash",
    "free",
    "fsync",
    "ftpget",
    "hd",
    "hexdump",
    "httpd",
    "ifconfig",
    "ip",
    "kill",
    "killall",
    "less",
    "nc",
    "netstat",
    "nslookup",
    "pgrep",
    "ping",
    "pkill",
    "ps",
    "sysctl",
    "telnet",
    "time",
    "top",
    "traceroute",
    "uptime",
    "usleep",
    "vi",
    "w",
    "watch",
    "wget",
    "xxd",
];
/// What an image with compilers has beside.
const IN_BUILDPACK: &[&str] = &["curl", "kill", "pgrep", "pkill", "ps", "top", "uptime", "wget"];

const DEBIAN: &str = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n\
    NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nVERSION=\"12 (bookworm)\"\n\
    VERSION_CODENAME=bookworm\nID=debian\nHOME_URL=\"https://www.debian.org/\"\n";
const UBUNTU: &str = "PRETTY_NAME=\"Ubuntu 24.04 LTS\"\nNAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\n\
    VERSION=\"24.04 LTS (Noble Numbat)\"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\n";
const ALPINE: &str = "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.20.0\n\
    PRETTY_NAME=\"Alpine Linux v3.20\"\nHOME_URL=\"https://alpinelinux.org/\"\n";

/// The root file system of an image for a container with this host name.
pub fn root(profile: &Profile, hostname: &str) -> FileSystem {
    let mut files = image::bare(hostname);
    match profile.base {
        Base::Scratch => {}
        Base::Busybox => image::programs(&mut files),
        Base::Alpine => {
            image::programs(&mut files);
            files.put_text("/etc/os-release", ALPINE);
            files.put_text("/etc/alpine-release", "3.20.0\n");
        }
        Base::Debian => debian(&mut files, DEBIAN, &[]),
        Base::Ubuntu => debian(&mut files, UBUNTU, &[]),
        Base::Buildpack => debian(&mut files, DEBIAN, IN_BUILDPACK),
    }
    let curl = (profile.base == Base::Buildpack).then(|| "/usr/bin/curl".to_string());
    for path in profile.programs.iter().chain(&curl) {
        if let Some(dir) = path.strip_suffix('/') {
            let empty = NodeKind::Directory(Default::default());
            files.put(dir, Node::new(empty, 0o755, SimTime::ZERO));
            continue;
        }
        let last = || (path.as_str(), path.rsplit('/').next().unwrap_or(path));
        let (path, name) = path.split_once('=').unwrap_or_else(last);
        files.put(path, Node::new(NodeKind::Binary(name.into()), 0o755, SimTime::ZERO));
    }
    let start = profile.entrypoint.first().map_or("", |e| e.as_str());
    let is_script = start.ends_with(".sh") || start.ends_with("-entrypoint");
    if is_script && !profile.programs.iter().any(|path| path == start) {
        let path = if start.starts_with('/') { start } else { &format!("/usr/local/bin/{start}") };
        script(&mut files, path, &super::scripts::entrypoint(profile));
    }
    super::scripts::files(profile, &mut files);
    files
}

/// Adds a shell script.
fn script(files: &mut FileSystem, path: &str, text: &str) {
    let content = Content::new(format!("#!/bin/sh\n{text}"));
    files.put(path, Node::new(NodeKind::File(content), 0o755, SimTime::ZERO));
}

/// Debian: everything is in `/usr/bin`, `/bin` and `/sbin` are links.
fn debian(files: &mut FileSystem, release: &str, more: &[&str]) {
    files.put_text("/etc/os-release", release);
    for (name, to) in [("/bin", "usr/bin"), ("/sbin", "usr/sbin"), ("/lib", "usr/lib")] {
        files.put(name, Node::new(NodeKind::Link(to.into()), 0o777, SimTime::ZERO));
    }
    let shell = Node::new(NodeKind::Binary("busybox".into()), 0o755, SimTime::ZERO);
    files.put("/usr/bin/dash", shell);
    let Ok(Found::Place(place)) = files.find(&Volumes::new(), "/", "/usr/bin/dash", true) else {
        return;
    };
    let Some(at) = place.node else { return };
    let there = commands::names().filter(|n| !NOT_IN_DEBIAN.contains(n) || more.contains(n));
    for name in there.chain(["sh", "bash"]) {
        files.put_name(&format!("/usr/bin/{name}"), at.inode);
    }
}
