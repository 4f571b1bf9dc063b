//! What a visitor loads before the first step.

use anyhow::Result;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Prints the files at the top of `dist` and the styles and scripts beside them, raw and brotli.
pub fn print(dist: &Path) -> Result<()> {
    let mut total = (0, 0);
    println!("{:>9} {:>9}  file (KB: raw, brotli)", "raw", "brotli");
    for folder in [dist.to_owned(), dist.join("static")] {
        let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        files.sort_by_key(|file| file.file_name());
        for file in files.iter().filter(|file| is_first_paint(&file.path())) {
            let bytes = fs::read(file.path())?;
            let packed = brotli(&bytes)?;
            total = (total.0 + bytes.len(), total.1 + packed);
            print_row(bytes.len(), packed, &file.file_name().to_string_lossy());
        }
    }
    print_row(total.0, total.1, "together");
    Ok(())
}

fn is_first_paint(file: &Path) -> bool {
    let extension = file.extension().unwrap_or_default();
    ["html", "js", "wasm", "css"].iter().any(|known| extension == *known)
}

/// Length at the highest level, as a host that compresses ahead of time sends it.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 65536, 11, 24);
    packed.write_all(bytes)?;
    Ok(packed.into_inner().len())
}

fn print_row(raw: usize, packed: usize, name: &str) {
    println!("{:>9.1} {:>9.1}  {name}", kilobytes(raw), kilobytes(packed));
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}
