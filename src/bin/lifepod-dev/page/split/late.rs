//! Which functions can come later.

use crate::page::names;
use anyhow::{Result, bail};
use std::collections::{HashMap, HashSet};
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ConstExpr, ElementItems, ExportItem, FunctionId, FunctionKind, Module};

/// What the first moment of the page needs only by chance: nothing has been scheduled then, no
/// process runs, nobody has asked for anything. `cargo dev first` writes it. A function of these
/// that is called all the same has the page wait for the second file, no more.
const LATER: &str = include_str!("later.txt");

/// Which functions, in the module's order, are of the modules above or called by such ones only.
pub fn late(module: &Module) -> Result<Vec<bool>> {
    let ids = ids(module);
    let listed = Listed::read(LATER);
    let is_named = |module: &Module, id: FunctionId| listed.has(module, id);
    let place: HashMap<FunctionId, usize> =
        ids.iter().enumerate().map(|(nth, id)| (*id, nth)).collect();
    let exported: Vec<FunctionId> = module.exports.iter().filter_map(function).collect();
    let mut early = vec![false; ids.len()];
    let mut open: Vec<FunctionId> = exported.iter().copied().chain(module.start).collect();
    open.extend(in_tables(module).into_iter().filter(|id| !is_named(module, *id)));
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut early[place[&id]], true) {
            open.extend(called(module, id).into_iter().filter(|id| !is_named(module, *id)));
        }
    }
    if early.iter().all(|early| *early) {
        bail!("no function of the Wasm can come later: have the modules other names?");
    }
    let is_import = |id: &FunctionId| matches!(module.funcs.get(*id).kind, FunctionKind::Import(_));
    Ok(ids.iter().zip(early).map(|(id, early)| !early && !is_import(id)).collect())
}

/// All functions, in the module's order.
pub fn ids(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter().map(|function| function.id()).collect()
}

fn function(export: &walrus::Export) -> Option<FunctionId> {
    match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    }
}

/// A shorter function may be of several modules: the compiler makes one of those that do the same
/// (answer `false`, say) and gives it the name of any of them.
const SHORT: u64 = 12;

/// Whether it is that short.
pub fn is_short(module: &Module, id: FunctionId) -> bool {
    matches!(&module.funcs.get(id).kind, FunctionKind::Local(it) if it.size() <= SHORT)
}

/// A function's name, without what another compiler or folder would change: the hashes of crates,
/// `[0123456789abcdef]`, and of functions, `::h0123456789abcdef`, and the linker's numbers, `.12`.
pub fn name(module: &Module, id: FunctionId) -> Option<String> {
    let mut name = module.funcs.get(id).name.clone()?;
    if let Some((stem, number)) = name.rsplit_once('.')
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        name.truncate(stem.len());
    }
    let is_hash = |text: &str| text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if let Some((stem, last)) = name.rsplit_once("::h")
        && is_hash(last)
    {
        name.truncate(stem.len());
    }
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']').filter(|(hash, _)| is_hash(hash)) {
            Some((_, rest)) => plain += rest,
            None => plain = plain + "[" + part,
        }
    }
    Some(plain)
}

/// The path below our crate of a function of ours. What Rust's `core` makes for a type of ours is
/// not ours: to drop a value is done to an empty one as well.
pub fn path(name: &str) -> Option<&str> {
    names::ours(name).filter(|_| !name.starts_with("core::"))
}

/// Whether a function of this name is of one of these modules of our crate.
pub fn of(name: &str, modules: &[impl AsRef<str>]) -> bool {
    let of = |path: &str, module: &str| {
        path.strip_prefix(module).is_some_and(|rest| !names::goes_on(rest))
    };
    path(name).is_some_and(|path| modules.iter().any(|module| of(path, module.as_ref())))
}

/// What the list says.
struct Listed<'a> {
    modules: Vec<&'a str>,
    functions: HashSet<&'a str>,
}

impl<'a> Listed<'a> {
    /// `mod PATH` a line, or the name of a function.
    fn read(text: &'a str) -> Listed<'a> {
        let modules = text.lines().filter_map(|line| line.strip_prefix("mod ")).collect();
        let functions = text.lines().filter(|line| !line.starts_with("mod ")).collect();
        Listed { modules, functions }
    }

    fn has(&self, module: &Module, id: FunctionId) -> bool {
        !is_short(module, id)
            && name(module, id).is_some_and(|name| {
                self.functions.contains(name.as_str()) || of(&name, &self.modules)
            })
    }
}

/// The functions whose address is taken.
pub fn in_tables(module: &Module) -> Vec<FunctionId> {
    let mut found = Vec::new();
    for element in module.elements.iter() {
        match &element.items {
            ElementItems::Functions(ids) => found.extend(ids),
            ElementItems::Expressions(_, items) => {
                found.extend(items.iter().filter_map(|item| match item {
                    ConstExpr::RefFunc(id) => Some(*id),
                    _ => None,
                }));
            }
        }
    }
    found
}

/// The functions that a function calls by name or takes the address of.
pub fn called(module: &Module, id: FunctionId) -> Vec<FunctionId> {
    struct Calls(Vec<FunctionId>);
    impl Visitor<'_> for Calls {
        fn visit_function_id(&mut self, id: &FunctionId) {
            self.0.push(*id);
        }
    }
    let mut calls = Calls(Vec::new());
    if let FunctionKind::Local(function) = &module.funcs.get(id).kind {
        dfs_in_order(&mut calls, function, function.entry_block());
    }
    calls.0
}
