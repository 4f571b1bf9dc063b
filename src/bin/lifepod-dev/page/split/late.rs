//! Which functions can come later.

use crate::page::names;
use anyhow::{Result, bail};
use std::collections::HashMap;
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ConstExpr, ElementItems, ExportItem, FunctionId, FunctionKind, Module};

/// What the first moment of the page needs only by chance: nothing has been scheduled then, no
/// process runs, nobody has asked for anything. A function of these that is called all the same has
/// the page wait for the second file, no more.
const LATER: [&str; 68] = [
    "api::describe",
    "api::patch",
    "api::query",
    "api::selector",
    "api::validate::apps",
    "api::validate::quota",
    "api::validate::service",
    "api::validate::service_spec",
    "api::validate::update",
    "course::goal::check",
    "course::kubectl",
    "course::nodes",
    "engine::apiserver::addresses",
    "engine::apiserver::claims",
    "engine::apiserver::delete",
    "engine::apiserver::evict",
    "engine::apiserver::exec",
    "engine::apiserver::list",
    "engine::apiserver::patch::changed",
    "engine::client::drain",
    "engine::controllers",
    "engine::cri",
    "engine::endpoints",
    "engine::eviction",
    "engine::faults",
    "engine::kubelet",
    "engine::network",
    "engine::nodes",
    "engine::reading",
    "engine::runtime",
    "engine::taints",
    "engine::traffic::service",
    "session::make::stage_container",
    "session::make::stage_processes",
    "session::show::moments",
    "shell::behaviour::read",
    "shell::cgroup",
    "shell::cgroup_files",
    "shell::commands",
    "shell::exec",
    "shell::files::FileSystem",
    "shell::http",
    "shell::images::root",
    "shell::kernel",
    "shell::namespace",
    "shell::net::transport",
    "shell::open_files",
    "shell::proc",
    "shell::process",
    "shell::sched",
    "shell::sh",
    "shell::spawn",
    "shell::syntax",
    "shell::sys",
    "shell::sys_files",
    "shell::sys_net",
    "shell::view",
    "ui::app::acts",
    "ui::picker::found",
    "ui::picker::list",
    "ui::picker::search",
    "ui::stage::process_tree",
    "ui::stage::ring",
    "ui::stage::service",
    "ui::stage::signals",
    "ui::stage::traffic",
    "ui::stage::usage",
    "yaml::print",
];

/// What of these is needed all the same.
const FIRST: [&str; 2] = ["engine::kubelet::service::Kubelet::new", "engine::runtime::images"];

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

/// A shorter function may be of several modules: the compiler makes one of those that do the same
/// (answer `false`, say) and gives it the name of any of them.
const SHORT: u64 = 12;

/// Whether it is of the modules above. To drop a value is not: an empty one is dropped as well.
fn is_named(module: &Module, id: FunctionId) -> bool {
    if matches!(&module.funcs.get(id).kind, FunctionKind::Local(it) if it.size() <= SHORT) {
        return false;
    }
    let name = module.funcs.get(id).name.as_deref().filter(|name| !name.starts_with("core::ptr::"));
    let of = |path: &str, modules: &[&str]| {
        modules.iter().any(|m| path.strip_prefix(m).is_some_and(|rest| !names::goes_on(rest)))
    };
    name.and_then(names::ours).is_some_and(|path| of(path, &LATER) && !of(path, &FIRST))
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
