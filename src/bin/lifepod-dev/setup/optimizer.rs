//! `wasm-opt`: a release bundle is smaller with it, and right without it.

use crate::process;
use crate::project::{Project, on_path};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Older ones do not know all that today's compiler emits (Debian 12 has 108).
const OLDEST: u32 = 120;
const NPM_PACKAGE: &str = "binaryen@132.0.0";

/// The one on `PATH`, else the one in `.tools/`, else npm's, if there is an npm.
pub fn wasm_opt(project: &Project) -> Option<PathBuf> {
    if let Some(program) = on_path(&["wasm-opt"]).filter(|program| is_new_enough(program)) {
        return Some(program);
    }
    let own = project.tools.join("node_modules/.bin/wasm-opt");
    if is_new_enough(&own) {
        return Some(own);
    }
    let npm = on_path(&["npm"])?;
    eprintln!("installing npm's {NPM_PACKAGE} into .tools/, for a smaller bundle");
    let mut install = Command::new(npm);
    install.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]);
    install.arg(&project.tools).arg(NPM_PACKAGE).stdout(std::io::stderr());
    process::run(&mut install).ok()?;
    is_new_enough(&own).then_some(own)
}

fn is_new_enough(program: &Path) -> bool {
    let version = process::answer(Command::new(program).arg("--version"));
    version.as_deref().and_then(number).is_some_and(|version| version >= OLDEST)
}

/// The 132 of `wasm-opt version 132 (version_132)`.
fn number(version: &str) -> Option<u32> {
    version.strip_prefix("wasm-opt version ")?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(number("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(number("wasm-opt version 108"), Some(108));
    }
}
