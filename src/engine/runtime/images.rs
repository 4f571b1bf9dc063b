//! Images on the node and in the registries: what is there, what a pull costs, what a container
//! of an image runs.

use crate::base::{Map, Set, SimTime};
use crate::engine::latency;
use crate::shell::FileSystem;
pub use crate::shell::behaviour::Behaviour;
use crate::shell::image::set_hostname;
use crate::shell::images::root::root;
use crate::shell::images::{Base, Lack, Profile, Reference, lack, profile};
use std::rc::Rc;

/// What a scenario says of an image.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// The image; without a tag, all of its tags.
    pub image: String,
    /// Whether it cannot be pulled.
    pub missing: bool,
    /// What it does.
    pub behaviour: Behaviour,
}

/// The images of a node, and what is known of those elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Images {
    present: Set<String>,
    layers: Set<String>,
    /// Images that were taken out of their registry during the run.
    gone: Set<String>,
    said: Rc<Vec<Said>>,
    /// Root file systems that were made before, by image, without a host name.
    roots: Map<String, FileSystem>,
}

impl Default for Images {
    /// A node that has run busybox and nginx before.
    fn default() -> Self {
        Images {
            present: ["busybox:1.36", "nginx:1.22"].map(full_name).into(),
            layers: Set::new(),
            gone: Set::new(),
            said: Rc::default(),
            roots: Map::new(),
        }
    }
}

impl Images {
    /// Takes what a scenario says.
    pub fn say(&mut self, said: &Rc<Vec<Said>>) {
        self.said = said.clone();
    }

    /// Whether the node has the image.
    pub fn has(&self, image: &str) -> bool {
        self.present.contains(&full_name(image))
    }

    /// Keeps a pulled image.
    pub fn keep(&mut self, image: &str) {
        let full = full_name(image);
        if self.present.contains(&full) && self.layers.contains(&full) {
            return;
        }
        for (layer, _) in layers(image, self.size(image, &Behaviour::default())) {
            self.layers.insert(layer);
        }
        self.present.insert(full);
    }

    /// Takes an image out of its registry, or puts it back; the node keeps what it has.
    pub fn set_gone(&mut self, image: &str, gone: bool) {
        match gone {
            true => self.gone.insert(full_name(image)),
            false => self.gone.remove(&full_name(image)),
        };
    }

    /// What a scenario says of an image.
    pub fn said(&self, image: &str) -> Option<&Said> {
        let full = full_name(image);
        let is_it = |said: &&Said| {
            let name = said.image.rsplit('/').next().unwrap_or_default();
            let whole = full_name(&said.image);
            full == whole
                || !name.contains([':', '@'])
                    && Reference::parse(&full).repository == Reference::parse(&whole).repository
        };
        self.said.iter().find(is_it)
    }

    /// What an image does beside its profile: as the scenario says, and above that the Pod.
    pub fn behaviour(&self, image: &str, pod: &Behaviour) -> Behaviour {
        let said = self.said(image).map(|s| s.behaviour.clone());
        let mut behaviour = said.unwrap_or_default();
        behaviour.overlay(pod);
        behaviour
    }

    /// Bytes of an image.
    pub fn size(&self, image: &str, pod: &Behaviour) -> u64 {
        let own = || profile(&Reference::parse(image)).unwrap_or_else(Profile::plain).size;
        self.behaviour(image, pod).size.unwrap_or_else(own)
    }

    /// How long moving its layers takes; those that came with another image are there.
    pub fn transfer(&self, image: &str, pod: &Behaviour) -> SimTime {
        if self.has(image) {
            return SimTime::ZERO;
        }
        let behaviour = self.behaviour(image, pod);
        let size = self.size(image, pod);
        let missing = layers(image, size).into_iter().filter(|(id, _)| !self.layers.contains(id));
        let bytes: u64 = missing.map(|(_, bytes)| bytes).sum();
        behaviour.pull.unwrap_or(SimTime::ms(bytes / latency::PULL_BYTES_PER_MS))
    }

    /// The root file system of a container of this image. Making one takes long, copying does not.
    pub fn root(&mut self, image: &str, profile: &Profile, hostname: &str) -> FileSystem {
        let made = self.roots.entry(image).or_insert_with(|| root(profile, ""));
        let mut files = made.clone();
        set_hostname(&mut files, hostname);
        files
    }

    /// Why the image cannot be pulled, in the runtime's words; `None` if it can.
    ///
    /// Source: recorded (`golden` image-not-found); containerd core/remotes/docker/resolver.go;
    /// cri-client remote_image.go takes the code off errors that have none.
    pub fn pull_error(&self, image: &str, pod: &Behaviour) -> Option<String> {
        let reference = Reference::parse(image);
        let full = reference.full();
        let why = match (self.gone.contains(&full), self.said(image)) {
            (true, _) => Lack::Tag,
            (false, Some(said)) if said.missing => Lack::Tag,
            (false, Some(_)) => return None,
            (false, None) if pod.is_empty() => lack(&reference)?,
            // A Pod that says what the image does says that there is one.
            (false, None) => lack(&reference).filter(|lack| *lack == Lack::Tag)?,
        };
        let failed =
            format!("failed to pull and unpack image \"{full}\": failed to resolve image: ");
        Some(match why {
            Lack::Tag => format!("rpc error: code = NotFound desc = {failed}{full}: not found"),
            Lack::Repository => {
                failed
                    + "pull access denied, repository does not exist or may require authorization: \
                       server message: insufficient_scope: authorization failed"
            }
            Lack::Host => {
                let (host, path) = reference.repository.split_once('/').unwrap_or_default();
                let url = format!("https://{host}/v2/{path}/manifests/{}", reference.tag);
                let host = host.split(':').next().unwrap_or(host);
                format!(
                    "{failed}failed to do request: Head \"{url}\": dial tcp: lookup {host}: no such \
                     host"
                )
            }
        })
    }
}

/// The layers of an image and their bytes: the base that it shares with others, and its own.
///
/// DIFFERENCE: images share a layer only if they were built on the same build of their base; here
/// those on the same distribution do.
fn layers(image: &str, size: u64) -> Vec<(String, u64)> {
    let base = profile(&Reference::parse(image)).map_or(Base::Scratch, |p| p.base);
    let shared: u64 = match base {
        Base::Scratch | Base::Busybox => 0,
        Base::Alpine => 3_600_000,
        Base::Debian | Base::Ubuntu => 28_000_000,
        Base::Buildpack => 130_000_000,
    };
    let shared = shared.min(size);
    vec![(format!("{base:?}"), shared), (full_name(image), size - shared)]
}

/// What is known of this image; a plain one if nothing is.
pub fn profile_of(image: &str) -> Profile {
    profile(&Reference::parse(image)).unwrap_or_else(Profile::plain)
}

/// Whether the image's behaviour is known.
pub fn is_known(image: &str) -> bool {
    profile(&Reference::parse(image)).is_some()
}

/// The reference in full: registry, path and tag.
pub fn full_name(image: &str) -> String {
    Reference::parse(image).full()
}

/// Its digest: not the true one, but fixed by the name.
pub fn digest(image: &str) -> String {
    let reference = Reference::parse(image);
    let repository = &reference.repository;
    match reference.digest.is_empty() {
        true => format!("{repository}@sha256:{}", hex(&reference.full())),
        false => reference.full(),
    }
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
    fn what_cannot_be_pulled_says_why() {
        let mut images = Images::default();
        let none = Behaviour::default();
        let error = |images: &Images, image: &str| images.pull_error(image, &none);
        assert_eq!(error(&images, "busybox:1.37"), None);
        assert_eq!(error(&images, "acme/app:2"), None);
        assert!(error(&images, "busybox:nope").unwrap().ends_with("busybox:nope: not found"));
        assert!(error(&images, "ngnix").unwrap().contains("pull access denied"));
        let invalid = error(&images, "invalid.registry.k8s.io/invalid/alpine:3.1").unwrap();
        assert!(invalid.ends_with("lookup invalid.registry.k8s.io: no such host"), "{invalid}");
        images.set_gone("acme/app:2", true);
        assert!(error(&images, "acme/app:2").is_some() && error(&images, "acme/app:3").is_none());
        images.set_gone("acme/app:2", false);
        assert_eq!(error(&images, "acme/app:2"), None);
    }

    #[test]
    fn what_a_scenario_and_a_pod_say_counts() {
        let mut images = Images::default();
        let said = |image: &str, missing, secs| Said {
            image: image.into(),
            missing,
            behaviour: Behaviour { pull: Some(SimTime::secs(secs)), ..Behaviour::default() },
        };
        images.say(&Rc::new(vec![said("shop", false, 9), said("redis:7", true, 0)]));
        let none = Behaviour::default();
        assert_eq!(images.pull_error("shop:2", &none), None);
        assert_eq!(images.transfer("shop:2", &none), SimTime::secs(9));
        assert!(images.pull_error("redis:7", &none).is_some());
        assert_eq!(images.pull_error("redis:7.2", &none), None);
        let pod = Behaviour { pull: Some(SimTime::secs(1)), ..Behaviour::default() };
        assert_eq!(images.transfer("shop:2", &pod), SimTime::secs(1));
        assert_eq!(images.pull_error("mine", &pod), None);
    }

    #[test]
    fn layers_that_are_there_are_not_moved_again() {
        let mut images = Images::default();
        let none = Behaviour::default();
        let alone = images.transfer("redis:7", &none);
        images.keep("nginx:1.27");
        let after = images.transfer("redis:7", &none);
        assert!(after < alone && after > SimTime::ZERO, "{after:?} {alone:?}");
        images.keep("redis:7");
        assert_eq!(images.transfer("redis:7", &none), SimTime::ZERO);
    }
}
