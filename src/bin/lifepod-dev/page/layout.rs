//! Puts the files of the page into a folder, under names that change with their content.

use super::compile::REST;
use super::html::{self, Asset};
use crate::project::Project;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Fills the folder `new` from the compiled `program` and what `assets` name.
pub fn lay_out(
    project: &Project,
    source: &str,
    assets: &[Asset],
    program: &Path,
    new: &Path,
) -> Result<()> {
    if new.exists() {
        fs::remove_dir_all(new)?;
    }
    fs::create_dir_all(new)?;
    html::policy(source)?;
    let mut page = String::new();
    let mut at = 0;
    for asset in assets {
        page.push_str(&source[at..asset.place.start]);
        page.push_str(&place(project, asset, program, new)?);
        at = asset.place.end;
    }
    page.push_str(&source[at..]);
    fs::write(new.join("index.html"), page).context("cannot write index.html")
}

/// Copies what `asset` names; the tag that stands for it in the built page.
fn place(project: &Project, asset: &Asset, program: &Path, new: &Path) -> Result<String> {
    match asset.rel() {
        "rust" => place_program(program, new),
        rel @ ("css" | "icon") => {
            let name = copy_hashed(&project.root.join(asset.href()?), new)?;
            let rel = if rel == "css" { "stylesheet" } else { rel };
            Ok(format!("<link rel=\"{rel}\" href=\"./{name}\">"))
        }
        "copy-file" => {
            let from = project.root.join(asset.href()?);
            copy(&from, &new.join(file_name(&from)?))?;
            Ok(String::new())
        }
        "copy-dir" => {
            let from = project.root.join(asset.href()?);
            copy_folder(&from, &new.join(file_name(&from)?))?;
            Ok(String::new())
        }
        other => bail!("index.html: `cargo dev` does not know rel=\"{other}\""),
    }
}

/// The tags are those of Trunk's `pattern_script` and preloads (Trunk.toml), with the program's
/// second half, if it has one.
fn place_program(program: &Path, new: &Path) -> Result<String> {
    let js = copy_hashed(&program.join("lifepod.js"), new)?;
    let wasm = copy_hashed(&program.join("lifepod_bg.wasm"), new)?;
    let rest = program.join(REST);
    let rest = match rest.exists() {
        true => format!(" data-rest=\"./{}\"", copy_hashed(&rest, new)?),
        false => String::new(),
    };
    let snippets = program.join("snippets");
    if snippets.is_dir() {
        copy_folder(&snippets, &new.join("snippets"))?;
    }
    Ok(format!(
        "<link rel=\"modulepreload\" href=\"./{js}\">\n    \
         <link rel=\"preload\" href=\"./{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n    \
         <script type=\"module\" src=\"./static/boot.js\" data-js=\"./{js}\" data-wasm=\"./{wasm}\"{rest}></script>"
    ))
}

/// Copies `from` as `name-HASH.ext` and answers that name.
fn copy_hashed(from: &Path, to: &Path) -> Result<String> {
    let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    let name = PathBuf::from(file_name(from)?);
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    let extension = name.extension().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}-{:016x}.{extension}", hash(&bytes));
    fs::write(to.join(&name), bytes).with_context(|| format!("cannot write {name}"))?;
    Ok(name)
}

/// FNV-1a: names only have to differ when the content does.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn file_name(path: &Path) -> Result<&std::ffi::OsStr> {
    path.file_name().with_context(|| format!("{} has no name", path.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            copy(&entry.path(), &to)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
