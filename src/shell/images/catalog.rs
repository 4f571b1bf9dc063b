//! Whether a registry has an image.

use crate::shell::images::profile::profile;
use crate::shell::images::reference::Reference;

/// The official images of Docker Hub, all there ever were. Source: docker-library/official-images
const OFFICIAL: &str = include_str!("official.txt");

/// Words that parts of tags begin with, besides digits.
const TAG_WORDS: &[&str] = &[
    "latest",
    "stable",
    "unstable",
    "edge",
    "mainline",
    "lts",
    "current",
    "rolling",
    "devel",
    "alpine",
    "slim",
    "musl",
    "glibc",
    "uclibc",
    "perl",
    "otel",
    "apache",
    "fpm",
    "cli",
    "zts",
    "management",
    "jdk",
    "jre",
    "debian",
    "buster",
    "bullseye",
    "bookworm",
    "trixie",
    "forky",
    "sid",
    "testing",
    "oldstable",
    "xenial",
    "bionic",
    "focal",
    "jammy",
    "noble",
    "plucky",
    "questing",
    "resolute",
    "centos",
    "stream",
    "ubi",
    "rc",
    "alpha",
    "beta",
    "windowsservercore",
    "nanoserver",
    "iron",
    "jod",
    "krypton",
    "hydrogen",
    "gallium",
    "temurin",
    "linux",
    "amd64",
    "arm64",
    "v",
];

/// Words in the names of images that are to show what a failed pull looks like.
const MEANT_TO_BE_MISSING: &[&str] = &[
    "nosuch",
    "notexist",
    "ntexist",
    "nonexist",
    "notfound",
    "missing",
    "invalid",
    "unknownimage",
];

/// Why a pull fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lack {
    /// The repository is there, the tag is not.
    Tag,
    /// There is no such repository.
    Repository,
    /// No such host.
    Host,
}

/// The names of Docker Hub's official images.
pub fn official() -> impl Iterator<Item = &'static str> {
    OFFICIAL.split_whitespace()
}

/// Why no registry has this image, if none has.
///
/// DIFFERENCE: there is no registry. A name is missing that is nearly one of Docker Hub's official
/// images, which are a closed list, or that says itself that there is none; of an image with a
/// profile only tags are there that look like its tags; everything else counts as there.
pub fn lack(image: &Reference) -> Option<Lack> {
    let host = image.host();
    if host.starts_with("invalid.") || host.ends_with(".invalid") || host.ends_with(".example") {
        return Some(Lack::Host);
    }
    let name = image.well_known();
    if let Some(profile) = profile(image) {
        let there = image.tag.is_empty() || is_plausible(&image.tag, profile.newest);
        return (!there).then_some(Lack::Tag);
    }
    // A bare name is Docker Hub's. One that is nearly an official image's was meant to be it; of
    // another one a learner means an image of their own.
    let official_name = |n: &str| n == name;
    let slip = !name.contains('/')
        && !official().any(official_name)
        && crate::base::nearest(&name, official()).is_some();
    let squeezed: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    let meant = MEANT_TO_BE_MISSING.iter().any(|word| squeezed.contains(word));
    (slip || meant).then_some(Lack::Repository)
}

/// Whether an image may have this tag: parts that are versions or common words, and no version
/// beyond the bound.
fn is_plausible(tag: &str, bound: &str) -> bool {
    let part = |p: &str| {
        p.starts_with(|c: char| c.is_ascii_digit()) || TAG_WORDS.iter().any(|w| is_word(p, w))
    };
    let bare = tag.strip_prefix('v').unwrap_or(tag);
    tag.split(['-', '_']).all(part) && (bound.is_empty() || !is_above(bare, bound))
}

/// Whether this is the word, perhaps with a number: `alpine3.20`.
fn is_word(part: &str, word: &str) -> bool {
    part.strip_prefix(word).is_some_and(|r| !r.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether the version that a tag begins with is above the bound. Dates are no versions.
fn is_above(tag: &str, bound: &str) -> bool {
    let numbers = |text: &str| -> Vec<u32> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        text[..end].split('.').map_while(|n| n.parse().ok()).collect()
    };
    let (own, bound) = (numbers(tag), numbers(bound));
    let compared = own.len().min(bound.len());
    own[..compared] > bound[..compared] && own[0] < 10_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_registry_has() {
        let lack = |image| lack(&Reference::parse(image));
        for image in [
            "busybox",
            "busybox:1.36",
            "busybox:1.36.1-musl",
            "nginx:1.27-alpine3.20-slim",
            "nginx:stable-perl",
            "ubuntu:24.04",
            "ubuntu:noble-20250910",
            "debian:bookworm-slim",
            "redis:7.2",
            "node:20-bookworm",
            "python:3.12-slim",
            "postgres:16",
            "adminer",
            "golang:1.22rc1",
            "registry.k8s.io/pause:3.10",
            "acme/app:nope",
            "ghcr.io/a/b:typo",
            "nginx@sha256:aa",
            "alpine:edge",
            "openjdk:8-jdk-alpine",
            "elasticsearch:whatever",
        ] {
            assert_eq!(lack(image), None, "{image}");
        }
        for image in [
            "busybox:nope",
            "nginx:no-such-tag",
            "nginx:1.999",
            "nginx:lates",
            "redis:99",
            "nginx:1.27-alpin",
            "busybox:1.36-typo",
            "alpine:v",
            "python:3.12-slimm",
        ] {
            let want = if image == "alpine:v" { None } else { Some(Lack::Tag) };
            assert_eq!(lack(image), want, "{image}");
        }
        for image in [
            "ngnix",
            "nginxx:1.27",
            "bussybox",
            "no-such-image:1",
            "acme/does-not-exist",
            "some-image-that-doesnt-exist",
        ] {
            assert_eq!(lack(image), Some(Lack::Repository), "{image}");
        }
        for image in ["myapp:v1", "web", "my-nginx:2", "acme/api"] {
            assert_eq!(lack(image), None, "{image}");
        }
        assert_eq!(lack("invalid.registry.k8s.io/invalid/alpine:3.1"), Some(Lack::Host));
    }
}
