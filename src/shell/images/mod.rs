//! Images: which there are, what they run, what is in their root file system.
//!
//! All that is known stands in `table.txt`, a line an image, its columns parted by `|`:
//! names · tags · bound of its versions, newest one when this was
//! written · bytes to pull · base · user · working directory · STOPSIGNAL ·
//! ENTRYPOINT · CMD · environment · programs. Words are parted by spaces, `~` is a space inside of
//! a word; `{v}` is the version that the tag names, `{m}` its first number. The first line that
//! fits name and tag counts.
//!
//! Source: the images' own configuration on Docker Hub and registry.k8s.io; sizes are those of
//! recent amd64 builds, rounded; busybox's and nginx 1.22's are those of the recordings.

pub mod catalog;
pub mod profile;
pub mod reference;
pub mod root;
pub mod scripts;

pub use catalog::{Lack, lack};
pub use profile::{Base, Profile, profile};
pub use reference::Reference;
