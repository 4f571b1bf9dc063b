//! The list of what can come later, made of what was called in the first moment.

use super::late;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use walrus::{FunctionId, FunctionKind, Module};

/// Modules none of whose functions were called, and the names of single functions that were not
/// and that those which were could call.
pub fn list(module: &Module, called: &[bool]) -> Result<Vec<String>> {
    let ids = late::ids(module);
    let all: Vec<(FunctionId, String)> =
        ids.into_iter().filter_map(|id| Some((id, late::name(module, id)?))).collect();
    let mut early: BTreeSet<&str> = BTreeSet::new();
    let flags = late::ids(module).into_iter().zip(called);
    let called: BTreeSet<FunctionId> = flags.filter(|(_, c)| **c).map(|(id, _)| id).collect();
    early.extend(all.iter().filter(|(id, _)| called.contains(id)).map(|(_, name)| name.as_str()));
    let modules = silent_modules(all.iter().map(|(_, name)| name.as_str()), &early);
    let mut lines: Vec<String> = modules.iter().map(|path| format!("mod {path}")).collect();
    lines.extend(frontier(module, &all, &early, &modules));
    lines.sort();
    Ok(lines)
}

/// The shortest paths of modules and functions of which nothing was called.
fn silent_modules<'a>(all: impl Iterator<Item = &'a str>, early: &BTreeSet<&str>) -> Vec<String> {
    let mut heard: BTreeMap<String, bool> = BTreeMap::new();
    for name in all {
        for path in modules_of(name) {
            *heard.entry(path).or_default() |= early.contains(name);
        }
    }
    let parent = |path: &str| path.rsplit_once("::").map(|(parent, _)| parent.to_owned());
    let silent = |path: &str| heard.get(path) == Some(&false);
    let shortest = |path: &&String| !parent(path).is_some_and(|p| silent(&p)) && silent(path);
    heard.keys().filter(shortest).cloned().collect()
}

/// The modules of our crate that a function is in, the outermost first, and itself: closures are
/// in their function.
fn modules_of(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let Some(path) = late::path(name) else { return found };
    let mut so_far = String::new();
    for word in path.split("::") {
        if !word.starts_with(|c: char| c.is_ascii_lowercase()) || word.contains(['<', '>', ' ']) {
            break;
        }
        so_far += if so_far.is_empty() { "" } else { "::" };
        so_far += word;
        found.push(so_far.clone());
    }
    found
}

/// Functions that were not called but would be needed by those that were.
fn frontier(
    module: &Module,
    all: &[(FunctionId, String)],
    early: &BTreeSet<&str>,
    modules: &[String],
) -> BTreeSet<String> {
    let name: BTreeMap<FunctionId, &str> = all.iter().map(|(id, n)| (*id, n.as_str())).collect();
    let was = |id: &FunctionId| name.get(id).is_none_or(|name| early.contains(name));
    let roots = late::in_tables(module).into_iter();
    let of_early =
        all.iter().filter(|(id, _)| was(id)).flat_map(|(id, _)| late::called(module, *id));
    let needed = roots.chain(of_early).filter(|id| !was(id));
    let local = |id: &FunctionId| matches!(module.funcs.get(*id).kind, FunctionKind::Local(_));
    let long = |id: &FunctionId| !late::is_short(module, *id);
    needed
        .filter(|id| local(id) && long(id))
        .filter_map(|id| name.get(&id).map(|name| (*name).to_owned()))
        .filter(|name| !late::of(name, modules) && !is_up_to_time(name))
        .collect()
}

/// Whether it is of Yew's scheduler, or drops what that runs: what a component asks for twice
/// before its turn is dropped once, and whether that happens is up to the machine's speed.
fn is_up_to_time(name: &str) -> bool {
    let drops = |of| name.starts_with("core::ptr::drop_in_place") && name.contains(of);
    name.contains("yew::scheduler") || drops("<yew::html::component") || drops("<yew::dom_bundle")
}
