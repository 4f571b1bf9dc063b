//! The functions of a Wasm file with their names.

use anyhow::{Context, Result, bail};
use std::collections::HashMap;

const IMPORTS: u8 = 2;
const CODE: u8 = 10;
const DATA: u8 = 11;
const CUSTOM: u8 = 0;

/// What a Wasm file is made of.
#[derive(Debug, Default)]
pub struct Parts<'a> {
    /// Name and body of each function, in order.
    pub functions: Vec<(String, &'a [u8])>,
    /// Texts, tables and the like.
    pub data: &'a [u8],
}

/// Takes a Wasm file apart; it must have its name section.
pub fn parts(wasm: &[u8]) -> Result<Parts<'_>> {
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), HashMap::new());
    let mut parts = Parts::default();
    let mut file = Reader(wasm.get(8..).context("no Wasm")?);
    while !file.0.is_empty() {
        let id = file.byte()?;
        let mut section = Reader(file.block()?);
        match id {
            IMPORTS => imported = functions_imported(&mut section)?,
            CODE => {
                bodies = (0..section.number()?).map(|_| section.block()).collect::<Result<_>>()?
            }
            DATA => parts.data = section.0,
            CUSTOM if section.text()? == "name" => names = function_names(&mut section)?,
            _ => {}
        }
    }
    if names.is_empty() {
        bail!("the Wasm has no names");
    }
    let named = bodies
        .into_iter()
        .enumerate()
        .map(|(nth, body)| (names.remove(&(imported + nth)).unwrap_or_default(), body));
    parts.functions = named.collect();
    Ok(parts)
}

/// The path below our crate that a function's name tells of first: `shell::sys::Sys::out…`.
pub fn ours(name: &str) -> Option<&str> {
    // `lifepod::ui`, and `lifepod[0123456789abcdef]::ui` of the newer mangling.
    let rest = &name[name.find("lifepod")? + "lifepod".len()..];
    let rest = if rest.starts_with('[') { rest.split_once(']')?.1 } else { rest };
    rest.strip_prefix("::")
}

/// Whether a word of a path goes on here.
pub fn goes_on(rest: &str) -> bool {
    rest.starts_with(|c: char| c == '_' || c.is_alphanumeric())
}

fn functions_imported(section: &mut Reader) -> Result<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                functions += 1;
                section.number()?;
            }
            1 => {
                section.byte()?;
                skip_limits(section)?;
            }
            2 => skip_limits(section)?,
            3 => {
                section.byte()?;
                section.byte()?;
            }
            other => bail!("an import of kind {other}"),
        }
    }
    Ok(functions)
}

/// The least length of a table or memory and perhaps the greatest.
fn skip_limits(section: &mut Reader) -> Result<()> {
    for _ in 0..=section.byte()? & 1 {
        section.number()?;
    }
    Ok(())
}

fn function_names(section: &mut Reader) -> Result<HashMap<usize, String>> {
    let mut names = HashMap::new();
    while !section.0.is_empty() {
        let of_functions = section.byte()? == 1;
        let mut list = Reader(section.block()?);
        for _ in 0..if of_functions { list.number()? } else { 0 } {
            names.insert(list.number()?, list.text()?);
        }
    }
    Ok(names)
}

/// Reads the binary format piece by piece.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.0.split_first().context("the Wasm ends too early")?;
        self.0 = rest;
        Ok(*first)
    }

    /// An unsigned number, seven bits a byte.
    fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return Ok(number);
            }
        }
    }

    /// A length, then as many bytes.
    fn block(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        let (block, rest) = self.0.split_at_checked(length).context("the Wasm ends too early")?;
        self.0 = rest;
        Ok(block)
    }

    fn text(&mut self) -> Result<String> {
        Ok(String::from_utf8_lossy(self.block()?).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_by_name() {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend(b"\x02\x07\x01\x01e\x01f\0\0");
        wasm.extend(b"\x0a\x04\x01\x02\0\x0b");
        wasm.extend(b"\x0b\x01\0");
        wasm.extend(b"\0\x0c\x04name\x01\x05\x01\x01\x02hi");
        let parts = parts(&wasm).unwrap();
        assert_eq!(parts.functions, [("hi".to_string(), &b"\0\x0b"[..])]);
        assert_eq!(parts.data, b"\0");
    }
}
