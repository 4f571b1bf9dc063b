//! Images: what is on the node, how large the others are, and what they run by default.

use crate::base::{Set, SimTime};
use crate::engine::latency;

/// What is known of an image.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Its name, without registry and tag.
    pub name: &'static str,
    /// Bytes to pull.
    pub size: u64,
    /// What it runs if the Pod names no command.
    pub entrypoint: &'static [&'static str],
}

/// Images whose behaviour is known. Others run as a plain one and a record says so.
const PROFILES: &[Profile] = &[
    Profile { name: "busybox", size: 2_427_611, entrypoint: &["sh"] },
    Profile { name: "alpine", size: 3_864_189, entrypoint: &["sh"] },
    Profile { name: "debian", size: 48_480_000, entrypoint: &["sh"] },
    Profile { name: "ubuntu", size: 29_720_000, entrypoint: &["sh"] },
];

const PLAIN: Profile = Profile { name: "", size: 60_000_000, entrypoint: &["sleep", "infinity"] };

/// The images of a node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Images {
    present: Set<String>,
}

impl Default for Images {
    /// A node that has run busybox and nginx before.
    fn default() -> Self {
        Images { present: ["busybox:1.36", "nginx:1.22"].map(full_name).into() }
    }
}

impl Images {
    /// Whether the node has the image.
    pub fn has(&self, image: &str) -> bool {
        self.present.contains(&full_name(image))
    }

    /// Keeps a pulled image.
    pub fn keep(&mut self, image: &str) {
        self.present.insert(full_name(image));
    }

    /// How long moving its layers takes.
    pub fn transfer(&self, image: &str) -> SimTime {
        match self.has(image) {
            true => SimTime::ZERO,
            false => SimTime::ms(profile(image).size / latency::PULL_BYTES_PER_MS),
        }
    }
}

/// Words that tags of the known images begin with, besides digits.
const TAG_WORDS: &[&str] = &[
    "latest", "stable", "unstable", "edge", "alpine", "slim", "musl", "glibc", "uclibc",
    "bookworm", "bullseye", "trixie", "sid", "testing", "rolling", "devel", "jammy", "noble",
    "focal", "perl", "mainline", "v",
];

/// Whether a registry has the image: of a known image only tags that it plausibly has; of an
/// unknown one any.
///
/// DIFFERENCE: there is no registry; what does not look like a tag of the image counts as missing.
pub fn exists(image: &str) -> bool {
    let full = full_name(image);
    let Some((_, tag)) = full.rsplit_once(':').filter(|_| !full.contains('@')) else { return true };
    let plausible = tag.starts_with(|c: char| c.is_ascii_digit())
        || TAG_WORDS.iter().any(|word| tag.starts_with(word));
    !is_known(image) || plausible
}

/// What is known of this image; a plain one if nothing is.
pub fn profile(image: &str) -> Profile {
    let full = full_name(image);
    let path = full.rsplit('/').next().unwrap_or_default();
    let name = path.split([':', '@']).next().unwrap_or_default();
    PROFILES.iter().copied().find(|p| p.name == name).unwrap_or(PLAIN)
}

/// Whether the image's behaviour is known.
pub fn is_known(image: &str) -> bool {
    !profile(image).name.is_empty()
}

/// The reference in full: registry, path and tag.
/// Source: distribution/reference normalize.go
pub fn full_name(image: &str) -> String {
    let (first, rest) = image.split_once('/').unwrap_or(("", image));
    let has_host = first.contains(['.', ':']) || first == "localhost";
    let with_host = match (has_host, first) {
        (true, _) => image.to_string(),
        (false, "") => format!("docker.io/library/{rest}"),
        (false, _) => format!("docker.io/{image}"),
    };
    let last = with_host.rsplit('/').next().unwrap_or_default();
    if last.contains([':', '@']) { with_host } else { with_host + ":latest" }
}

/// Its digest: not the true one, but fixed by the name.
pub fn digest(image: &str) -> String {
    let full = full_name(image);
    let repository = full.rsplit_once(':').map_or(full.as_str(), |(r, _)| r);
    format!("{repository}@sha256:{}", hex(&full))
}

/// 64 hexadecimal digits fixed by `key`.
pub fn hex(key: &str) -> String {
    let part = |i| crate::base::draw(0, "hex", key, i, u64::MAX);
    (0..4).map(|i| format!("{:016x}", part(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_completed() {
        assert_eq!(full_name("busybox"), "docker.io/library/busybox:latest");
        assert_eq!(full_name("bitnami/redis:7"), "docker.io/bitnami/redis:7");
        assert_eq!(full_name("ghcr.io/a/b"), "ghcr.io/a/b:latest");
        assert_eq!(full_name("localhost:5000/x:1"), "localhost:5000/x:1");
        assert!(exists("busybox:1.36") && !exists("busybox:nope") && exists("acme/app:nope"));
        assert!(is_known("docker.io/library/busybox:1.36") && !is_known("acme/app:2"));
    }
}
