//! A program that says which of its functions are called.

use super::late;
use anyhow::{Context, Result};
use walrus::ir::Value;
use walrus::{FunctionKind, Module, ModuleConfig, ValType};

/// The JavaScript that the program's glue must have among its imports.
pub const IMPORT: &str = "called: n => { globalThis.lifepodCalled[n] = 1; },";
/// The JavaScript that must run before the page's own.
pub const BEFORE: &str = "globalThis.lifepodCalled = new Uint8Array(1 << 17);";

/// The module whose imports the glue gives.
const GLUE: &str = "./lifepod_bg.js";

/// The same program; each function first sets `lifepodCalled` at its place in the module's order.
pub fn traced(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = ModuleConfig::new().generate_name_section(false).parse(wasm)?;
    let ids = late::ids(&module);
    let ty = module.types.add(&[ValType::I32], &[]);
    let (called, _) = module.add_import_func(GLUE, "called", ty);
    for (nth, id) in ids.into_iter().enumerate() {
        if let FunctionKind::Local(function) = &mut module.funcs.get_mut(id).kind {
            let nth = i32::try_from(nth).context("too many functions")?;
            let mut body = function.builder_mut().func_body();
            body.const_at(0, Value::I32(nth)).call_at(1, called);
        }
    }
    Ok(module.emit_wasm())
}

/// Which functions can come later, if only those at these places were called in the first moment:
/// a line each, a module or the name of one function.
pub fn list(wasm: &[u8], called: &[bool]) -> Result<Vec<String>> {
    let module = Module::from_buffer(wasm)?;
    super::list::list(&module, called)
}
