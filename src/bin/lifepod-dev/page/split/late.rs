//! Which functions can come later.

use crate::page::names;
use anyhow::{Result, bail};
use std::collections::HashMap;
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ConstExpr, ElementItems, ExportItem, FunctionId, FunctionKind, Module};

/// What no page needs for its first moment: containers' processes do not run then, and nobody has
/// asked for anything yet. A function may be here that is needed all the same, it only has the
/// page wait.
const LATER: [&str; 16] = [
    "shell::cgroup",
    "shell::cgroup_files",
    "shell::commands",
    "shell::exec",
    "shell::http",
    "shell::kernel",
    "shell::namespace",
    "shell::open_files",
    "shell::proc",
    "shell::process",
    "shell::sh",
    "shell::spawn",
    "shell::syntax",
    "shell::sys",
    "shell::sys_files",
    "shell::sys_net",
];

/// Which functions, in the module's order, are of the modules above or called by such ones only.
pub fn late(module: &Module) -> Result<Vec<bool>> {
    let ids: Vec<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
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

fn function(export: &walrus::Export) -> Option<FunctionId> {
    match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    }
}

fn is_named(module: &Module, id: FunctionId) -> bool {
    let path = module.funcs.get(id).name.as_deref().and_then(names::ours);
    path.is_some_and(|path| {
        LATER.iter().any(|of| path.strip_prefix(of).is_some_and(|rest| !names::goes_on(rest)))
    })
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
