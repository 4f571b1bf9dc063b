//! Moves functions into a second file.

use super::data;
use super::late::{self, ids};
use super::linked::Linked;
use anyhow::{Context, Result};
use std::collections::HashSet;
use walrus::ir::Value;
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportId, ImportKind, ImportedFunction, Module, ModuleConfig, TableId, ValType,
    passes,
};

/// The name by which the second file knows the first (`src/ui/rest.js`).
const FIRST: &str = "f";
/// What the program exports to have the second file loaded at once (`src/ui/rest.rs`).
const LOAD: &str = "load_rest";

/// Two files that are one program.
pub struct Halves {
    /// What the page starts.
    pub first: Vec<u8>,
    /// What it loads then.
    pub rest: Vec<u8>,
}

/// Splits a Wasm file whose functions have names, made of the linker's file `linked`; `names` says
/// whether those of the halves do.
pub fn split(wasm: &[u8], linked: &[u8], names: bool) -> Result<Halves> {
    let parse = || ModuleConfig::new().generate_name_section(names).parse(wasm);
    let (mut first, mut rest) = (parse()?, parse()?);
    let moved = late::late(&first)?;
    let cut = Cut::of(&first, &moved)?;
    let pieces = data::late(&first, &moved, &Linked::read(linked)?)?;
    cut.shorten(&mut first)?;
    cut.keep_moved(&mut rest)?;
    data::blank(&mut first, &pieces)?;
    data::put(&mut rest, pieces)?;
    for half in [&mut first, &mut rest] {
        forget_links(half);
        passes::gc::run(half);
    }
    Ok(Halves { first: first.emit_wasm(), rest: rest.emit_wasm() })
}

/// Where the two halves touch. Functions are counted in the module's order.
struct Cut {
    /// The moved functions that the first half calls: each has a place in the table.
    entered: Vec<usize>,
    /// The others that the second half calls.
    lent: Vec<usize>,
    /// Length of the table before.
    slots: u64,
}

impl Cut {
    fn of(module: &Module, moved: &[bool]) -> Result<Cut> {
        let ids = ids(module);
        let taken: HashSet<FunctionId> = late::in_tables(module).into_iter().collect();
        let (mut by_first, mut by_rest) = (taken, HashSet::new());
        for (id, moved) in ids.iter().zip(moved) {
            let callee = if *moved { &mut by_rest } else { &mut by_first };
            callee.extend(late::called(module, *id));
        }
        let both = |by: HashSet<FunctionId>, want: bool| -> Vec<usize> {
            (0..ids.len()).filter(|nth| moved[*nth] == want && by.contains(&ids[*nth])).collect()
        };
        let slots = module.tables.get(table(module)?).initial;
        let (entered, lent) = (both(by_first, true), both(by_rest, false));
        Ok(Cut { entered, lent, slots })
    }

    /// The first half: who calls a moved function goes through the table.
    fn shorten(&self, module: &mut Module) -> Result<()> {
        let ids = ids(module);
        let table = table(module)?;
        let shared = shared(module);
        let ready = ready(module)?;
        for (slot, nth) in (self.slots..).zip(&self.entered) {
            go_through(module, ids[*nth], table, slot, ready);
        }
        let grown = self.slots + self.entered.len() as u64;
        let all = module.tables.get_mut(table);
        (all.initial, all.maximum) = (grown, Some(grown));
        for nth in &self.lent {
            module.exports.add(&lent(*nth), ids[*nth]);
        }
        for (name, item) in shared {
            module.exports.add(&name, item);
        }
        Ok(())
    }

    /// The second half: only the moved functions, all else comes from the first.
    fn keep_moved(&self, module: &mut Module) -> Result<()> {
        let ids = ids(module);
        let table = table(module)?;
        clear(module);
        module.tables.get_mut(table).initial = self.slots + self.entered.len() as u64;
        module.tables.get_mut(table).maximum = None;
        for (name, item) in shared(module) {
            borrow(module, &name, item);
        }
        for nth in &self.lent {
            borrow(module, &lent(*nth), ExportItem::Function(ids[*nth]));
        }
        let offset = ConstExpr::Value(Value::I32(i32::try_from(self.slots)?));
        let entered = self.entered.iter().map(|nth| ids[*nth]).collect();
        let kind = ElementKind::Active { table, offset };
        let element = module.elements.add(kind, ElementItems::Functions(entered));
        module.tables.get_mut(table).elem_segments.insert(element);
        Ok(())
    }
}

fn table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("the Wasm has no table of functions")
}

/// The name that a lent function has between the halves.
fn lent(nth: usize) -> String {
    format!("f{nth}")
}

/// What is not a function and both halves use: memory, tables, global variables.
fn shared(module: &Module) -> Vec<(String, ExportItem)> {
    let tables = module.tables.iter().map(|table| ExportItem::Table(table.id()));
    let memories = module.memories.iter().map(|memory| ExportItem::Memory(memory.id()));
    let globals = module.globals.iter().map(|global| ExportItem::Global(global.id()));
    let all = tables.chain(memories).chain(globals);
    all.enumerate().map(|(nth, item)| (format!("s{nth}"), item)).collect()
}

/// A function that returns when the second half is there. It asks JavaScript only once.
fn ready(module: &mut Module) -> Result<FunctionId> {
    let load = module.exports.get_func(LOAD).context("src/ui/rest.rs exports it")?;
    let no = ConstExpr::Value(Value::I32(0));
    let loaded = module.globals.add_local(ValType::I32, true, false, no);
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.func_body().global_get(loaded).if_else(
        None,
        |_| {},
        |absent| {
            absent.call(load).i32_const(1).global_set(loaded);
        },
    );
    Ok(builder.finish(Vec::new(), &mut module.funcs))
}

/// Replaces what a function does by a call of what is at this place of the table.
fn go_through(module: &mut Module, id: FunctionId, table: TableId, slot: u64, ready: FunctionId) {
    let kind = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (kind.params().to_vec(), kind.results().to_vec());
    let args: Vec<_> = params.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    body.call(ready);
    for arg in &args {
        body.local_get(*arg);
    }
    let kind = module.types.add(&params, &results);
    body.i32_const(slot as i32).call_indirect(kind, table);
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(args));
}

/// Takes away all that is not a function, except what functions name.
fn clear(module: &mut Module) {
    module.start = None;
    let exports: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    data.into_iter().for_each(|id| module.data.delete(id));
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
    let elements: Vec<_> = module.elements.iter().map(|element| element.id()).collect();
    elements.into_iter().for_each(|id| module.elements.delete(id));
    module.tables.iter_mut().for_each(|table| table.elem_segments.clear());
    let customs: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    customs.into_iter().for_each(|id| drop(module.customs.delete(id)));
}

/// Takes away what the linker told, which is not true of a half.
fn forget_links(module: &mut Module) {
    let told = |name: &str| name == "linking" || name.starts_with("reloc.");
    let customs = module.customs.iter().filter(|(_, custom)| told(custom.name()));
    let customs: Vec<_> = customs.map(|(id, _)| id).collect();
    customs.into_iter().for_each(|id| drop(module.customs.delete(id)));
}

/// Lets `item` be the first half's, by this name.
fn borrow(module: &mut Module, name: &str, item: ExportItem) {
    let import = |module: &mut Module, kind: ImportKind| module.imports.add(FIRST, name, kind);
    match item {
        ExportItem::Function(id) => borrow_function(module, name, id),
        ExportItem::Table(id) => {
            module.tables.get_mut(id).import = Some(import(module, id.into()));
        }
        ExportItem::Memory(id) => {
            module.memories.get_mut(id).import = Some(import(module, id.into()));
        }
        ExportItem::Global(id) => {
            module.globals.get_mut(id).kind = GlobalKind::Import(import(module, id.into()));
        }
        ExportItem::Tag(_) => {}
    }
}

/// A function that is an import already is one of the first half now.
fn borrow_function(module: &mut Module, name: &str, id: FunctionId) {
    if let FunctionKind::Import(function) = &module.funcs.get(id).kind {
        let import: ImportId = function.import;
        let import = module.imports.get_mut(import);
        (import.module, import.name) = (FIRST.to_owned(), name.to_owned());
        return;
    }
    let ty = module.funcs.get(id).ty();
    let import = module.imports.add(FIRST, name, id);
    module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
}
