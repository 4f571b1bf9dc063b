//! What a visitor loads before the first step.

use super::html;
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Prints index.html and each file that it loads, raw and brotli.
pub fn print(dist: &Path) -> Result<()> {
    let html = fs::read_to_string(dist.join("index.html"))?;
    let mut total = (0, 0);
    println!("{:>9} {:>9}  file (KB: raw, brotli)", "raw", "brotli");
    for name in first_load(&html)? {
        let (raw, packed) = print_file(dist, &name)?;
        total = (total.0 + raw, total.1 + packed);
    }
    print_row(total.0, total.1, "together");
    for name in named(&html, &["data-rest"])? {
        print_file(dist, &name)?;
    }
    Ok(())
}

/// Prints one file; its length and the compressed one.
fn print_file(dist: &Path, name: &str) -> Result<(usize, usize)> {
    let bytes = fs::read(dist.join(name)).with_context(|| format!("index.html names {name}"))?;
    let packed = brotli(&bytes)?;
    print_row(bytes.len(), packed, name);
    Ok((bytes.len(), packed))
}

/// What the page's own tags load, itself first, each once.
fn first_load(html: &str) -> Result<Vec<String>> {
    let mut names = named(html, &["href", "src", "data-js", "data-wasm"])?;
    names.insert(0, "index.html".to_owned());
    Ok(names)
}

/// The page's own files in these attributes of its tags, each once.
fn named(html: &str, attributes: &[&str]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for tag in html::tags(html, "link")?.iter().chain(&html::tags(html, "script")?) {
        for attribute in attributes {
            let local = tag.attribute(attribute).and_then(|address| address.strip_prefix("./"));
            if let Some(name) = local.map(str::to_owned).filter(|name| !names.contains(name)) {
                names.push(name);
            }
        }
    }
    Ok(names)
}

/// Length at the highest level, as a host that compresses ahead of time sends it.
pub(super) fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 65536, 11, 24);
    packed.write_all(bytes)?;
    Ok(packed.into_inner().len())
}

/// Prints two lengths in KB and what they are of.
pub(super) fn print_row(raw: usize, packed: usize, name: &str) {
    println!("{:>9.1} {:>9.1}  {name}", kilobytes(raw), kilobytes(packed));
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_that_the_page_loads_is_named_once() {
        let page = "<link rel=\"modulepreload\" href=\"./a.js\"><link rel=\"x\" href=\"https://h/\">\
                    <script src=\"./boot.js\" data-rest=\"./rest.wasm\" data-js=\"./a.js\" data-wasm=\"./a.wasm\"></script>";
        assert_eq!(first_load(page).unwrap(), ["index.html", "a.js", "boot.js", "a.wasm"]);
        assert_eq!(named(page, &["data-rest"]).unwrap(), ["rest.wasm"]);
    }
}
