//! `kubectl set image`: new images for containers, by their names.

use super::flags::{self, Flag, value};
use super::target::targets;
use crate::engine::{Change, PatchRequest, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[value("namespace", 'n')];

/// Reads the words behind `set image`.
/// Source: kubectl cmd/set/set_image.go Complete, Validate
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("set image", words, FLAGS)?;
    let (pairs, names): (Vec<String>, Vec<String>) =
        parsed.names.into_iter().partition(|word| word.contains('='));
    let images: Vec<(String, String)> = pairs
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .map(|(container, image)| (container.to_string(), image.to_string()))
        .collect();
    if names.is_empty() {
        return Err("error: one or more resources must be specified as <resource> <name> or \
                    <resource>/<name>\n"
            .into());
    }
    if images.is_empty() {
        return Err("error: at least one image update is required\n".into());
    }
    let request = |t: super::target::Target| {
        let change = Change::Images(images.clone());
        let (kind, name) = (t.kind.into(), t.name);
        Request::Patch(Rc::new(PatchRequest { kind, name, status: false, change }))
    };
    Ok(targets(&names)?.into_iter().map(request).collect())
}
