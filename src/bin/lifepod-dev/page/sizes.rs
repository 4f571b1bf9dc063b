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
        let file = dist.join(&name);
        let bytes = fs::read(&file).with_context(|| format!("index.html names {name}"))?;
        let packed = brotli(&bytes)?;
        total = (total.0 + bytes.len(), total.1 + packed);
        print_row(bytes.len(), packed, &name);
    }
    print_row(total.0, total.1, "together");
    Ok(())
}

/// What the page's own tags load, itself first, each once.
fn first_load(html: &str) -> Result<Vec<String>> {
    let mut names = vec!["index.html".to_owned()];
    for tag in html::tags(html, "link")?.iter().chain(&html::tags(html, "script")?) {
        for attribute in ["href", "src", "data-js", "data-wasm"] {
            let local = tag.attribute(attribute).and_then(|address| address.strip_prefix("./"));
            if let Some(name) = local.filter(|name| !names.iter().any(|known| known == name)) {
                names.push(name.to_owned());
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
                    <script src=\"./boot.js\" data-js=\"./a.js\" data-wasm=\"./a.wasm\"></script>";
        assert_eq!(first_load(page).unwrap(), ["index.html", "a.js", "boot.js", "a.wasm"]);
    }
}
