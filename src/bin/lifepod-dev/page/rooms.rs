//! `cargo dev size`: which room, or crate, makes the page's Wasm how large.

use super::names::{self, Parts};
use super::{Profile, compile, html, sizes, split};
use crate::project::Project;
use crate::setup::WasmToolchain;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;

/// Groups of rooms that have a budget together.
const TOGETHER: [(&str, &[&str]); 2] =
    [("manifest front", &["yaml", "manifest", "api"]), ("engine", &["engine", "rules"])];

/// Parts of rooms that have a row of their own beside the room's.
const WITHIN: [(&str, &[&str]); 2] = [
    ("the shell's language: syntax, sh", &["shell::syntax::", "shell::sh::"]),
    ("of that, what only bash has", &["shell::syntax::bash::", "shell::sh::bash::"]),
];

/// Builds the release page's Wasm with names and prints its functions by room or crate.
///
/// Each row is compressed alone, so their sum is a little more than the whole. What a room makes
/// of a library's generic code counts for the room if its name is in the function's, else for
/// the library; texts and tables are one row.
pub fn run(args: &[String]) -> Result<()> {
    let project = Project::find()?;
    let source = fs::read_to_string(project.root.join("index.html")).context("no index.html")?;
    let assets = html::assets(&source)?;
    let wasm = WasmToolchain::ready()?;
    let rust = html::rust(&assets)?;
    let folder = compile::named(&project, wasm, Profile::Release, rust)?;
    let file = fs::read(folder.join("lifepod_bg.wasm"))?;
    let linked = fs::read(compile::linked(&project, Profile::Release, rust)?)?;
    let halves = split::split(&file, &linked, true)?;
    for (title, file) in
        [("all", &file), ("the first file", &halves.first), ("the second", &halves.rest)]
    {
        println!("\n{title}");
        let parts = names::parts(file)?;
        print_rooms(&parts)?;
        if let Some(count) = crate::option(args, "--top") {
            print_largest(&parts, count.parse().context("--top N")?);
        }
    }
    Ok(())
}

fn print_rooms(parts: &Parts) -> Result<()> {
    let mut rooms: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (name, body) in &parts.functions {
        rooms.entry(owner(name)).or_default().extend_from_slice(body);
    }
    println!("{:>9} {:>9}  functions of (KB: raw, brotli)", "raw", "brotli");
    let mut rows: Vec<(&String, &Vec<u8>)> = rooms.iter().collect();
    rows.sort_by_key(|(_, code)| std::cmp::Reverse(code.len()));
    let (large, small): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|(name, code)| name.starts_with("lifepod") || code.len() > 4096);
    for (name, code) in large {
        sizes::print_row(code.len(), sizes::brotli(code)?, name);
    }
    let small: Vec<u8> = small.into_iter().flat_map(|(_, code)| code.clone()).collect();
    sizes::print_row(small.len(), sizes::brotli(&small)?, "all smaller ones");
    sizes::print_row(parts.data.len(), sizes::brotli(parts.data)?, "texts and tables of all");
    for (title, names) in TOGETHER {
        let of = |name: &&str| rooms.get(&format!("lifepod::{name}")).cloned().unwrap_or_default();
        let code: Vec<u8> = names.iter().flat_map(of).collect();
        sizes::print_row(
            code.len(),
            sizes::brotli(&code)?,
            &format!("{title}: {}", names.join(", ")),
        );
    }
    for (title, paths) in WITHIN {
        let is_of = |name: &str| {
            names::ours(name).is_some_and(|path| paths.iter().any(|of| path.starts_with(of)))
        };
        let of = parts.functions.iter().filter(|(name, _)| is_of(name));
        let code: Vec<u8> = of.flat_map(|(_, body)| body.iter().copied()).collect();
        sizes::print_row(code.len(), sizes::brotli(&code)?, title);
    }
    Ok(())
}

fn print_largest(parts: &Parts, count: usize) {
    let mut all: Vec<_> = parts.functions.iter().collect();
    all.sort_by_key(|(_, body)| std::cmp::Reverse(body.len()));
    println!("{:>9}  largest functions (bytes)", "raw");
    for (name, body) in all.into_iter().take(count) {
        println!("{:>9}  {name}", body.len());
    }
}

/// The room that a function's name tells of, else its crate.
fn owner(name: &str) -> String {
    let words = |text: &str| {
        let end = text.find(|c: char| c != '_' && !c.is_alphanumeric());
        text[..end.unwrap_or(text.len())].to_string()
    };
    if name.contains("CompStateInner") && name.contains("::view") {
        return "lifepod::ui (in yew's view)".to_string();
    }
    match names::ours(name) {
        Some(path) => format!("lifepod::{}", words(path)),
        None => words(name.trim_start_matches(['<', '&', '_'])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_room_it_names() {
        let rows = [
            ("lifepod::shell::sys::Sys::out::h0", "lifepod::shell"),
            ("<alloc::vec::Vec<lifepod[0a]::api::Pod> as Clone>::clone", "lifepod::api"),
            (
                "<yew::html::CompStateInner<COMP> as Stateful>::view::h0",
                "lifepod::ui (in yew's view)",
            ),
            ("<core[0a]::fmt::Formatter>::pad", "core"),
            ("dlmalloc::malloc", "dlmalloc"),
        ];
        for (name, room) in rows {
            assert_eq!(owner(name), room);
        }
    }
}
