//! What the linker tells of a program's data: which functions and which other data name them.

use anyhow::{Context, Result, bail};
use rustc_demangle::try_demangle;
use std::collections::HashMap;
use std::ops::Range;
use wasmparser::{
    CustomSectionReader, DataKind, DataSectionReader, DefinedDataSymbol, KnownCustom, Linking,
    Name, Operator, Parser, Payload, RelocationEntry, RelocationType, SymbolInfo, TypeRef,
};

/// Something that is in the memory at the beginning.
pub struct Symbol {
    /// Its addresses.
    pub at: Range<u32>,
    /// Whether nothing ever writes there.
    pub constant: bool,
    /// The other symbols whose addresses stand in it.
    pub names: Vec<usize>,
    /// Where it is in the file.
    place: Range<usize>,
}

/// The data of a program as its linker left them, with `--emit-relocs`.
pub struct Linked {
    pub symbols: Vec<Symbol>,
    /// Those that a function of this name ([`key`]) names; each function is here.
    pub by_function: HashMap<String, Vec<usize>>,
    /// Those that are named by what is no symbol.
    pub roots: Vec<usize>,
}

/// A function's name as wasm-bindgen has it, which counts those of one name.
pub fn key(name: &str) -> &str {
    let Some((stem, number)) = name.strip_suffix(']').and_then(|name| name.rsplit_once('[')) else {
        return name;
    };
    let is_count = number.len() < 16 && number.bytes().all(|b| b.is_ascii_digit());
    if is_count { stem } else { name }
}

impl Linked {
    /// Reads a file of the linker. If that does not say what names what, there are no symbols.
    pub fn read(wasm: &[u8]) -> Result<Linked> {
        let file = File::read(wasm)?;
        let mut linked =
            Linked { symbols: Vec::new(), by_function: HashMap::new(), roots: Vec::new() };
        if file.code_entries.is_empty() || file.data_entries.is_empty() {
            eprintln!("the linker left no relocations: the page's first file holds all data");
            return Ok(linked);
        }
        let places = linked.take_symbols(&file)?;
        for name in file.names.values() {
            linked.by_function.insert(name.clone(), Vec::new());
        }
        let target = |entry: &RelocationEntry| {
            is_address(entry.ty).then(|| places.get(&entry.index).copied()).flatten()
        };
        for entry in &file.code_entries {
            let at = file.code + entry.offset as usize;
            let nth = file.bodies.partition_point(|body| body.end <= at);
            let name = file.names.get(&(file.imported + u32::try_from(nth)?));
            let Some(target) = target(entry) else { continue };
            match name {
                Some(name) => linked.by_function.entry(name.clone()).or_default().push(target),
                None => linked.roots.push(target),
            }
        }
        for entry in &file.data_entries {
            let at = file.data + entry.offset as usize;
            let Some(target) = target(entry) else { continue };
            let mut named = false;
            for symbol in linked.symbols.iter_mut().filter(|symbol| symbol.place.contains(&at)) {
                symbol.names.push(target);
                named = true;
            }
            if !named {
                linked.roots.push(target);
            }
        }
        Ok(linked)
    }

    /// Where each symbol of the file's table is among ours.
    fn take_symbols(&mut self, file: &File) -> Result<HashMap<u32, usize>> {
        let mut places = HashMap::new();
        for (index, symbol) in &file.symbols {
            let (address, place) =
                file.segments.get(symbol.index as usize).context("a symbol without its segment")?;
            let (offset, size) = (symbol.offset, symbol.size);
            let from = place.start + offset as usize;
            let at = address + offset..address + offset + size;
            places.insert(*index, self.symbols.len());
            let place = from..from + size as usize;
            let constant =
                file.kinds.get(symbol.index as usize).context("a piece without a name")?;
            let constant = constant.starts_with(".rodata");
            self.symbols.push(Symbol { at, constant, names: Vec::new(), place });
        }
        Ok(places)
    }
}

fn is_address(kind: RelocationType) -> bool {
    use RelocationType::{MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb};
    matches!(kind, MemoryAddrI32 | MemoryAddrLeb | MemoryAddrSleb)
}

/// What is wanted of the file. Places are counted from the beginning of the file.
#[derive(Default)]
struct File {
    imported: u32,
    names: HashMap<u32, String>,
    code: usize,
    bodies: Vec<Range<usize>>,
    data: usize,
    /// The address and the place of each piece of data.
    segments: Vec<(u32, Range<usize>)>,
    /// The names of those pieces.
    kinds: Vec<String>,
    symbols: Vec<(u32, DefinedDataSymbol)>,
    code_entries: Vec<RelocationEntry>,
    data_entries: Vec<RelocationEntry>,
    /// Which section, counted from the first of all, these are.
    code_section: u32,
    data_section: u32,
}

impl File {
    fn read(wasm: &[u8]) -> Result<File> {
        let (mut file, mut section) = (File::default(), 0);
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            let is_section = payload.as_section().is_some();
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        file.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => {
                    (file.code, file.code_section) = (range.start, section);
                }
                Payload::CodeSectionEntry(body) => file.bodies.push(body.range()),
                Payload::DataSection(data) => {
                    file.data_section = section;
                    file.take_data(data)?;
                }
                Payload::CustomSection(custom) => file.take_custom(&custom)?,
                _ => {}
            }
            section += u32::from(is_section);
        }
        Ok(file)
    }

    fn take_data(&mut self, data: DataSectionReader<'_>) -> Result<()> {
        self.data = data.range().start;
        for segment in data {
            let segment = segment?;
            let DataKind::Active { offset_expr, .. } = segment.kind else {
                bail!("data that the program copies itself");
            };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                bail!("data without a fixed address");
            };
            let end = segment.range.end;
            self.segments.push((u32::try_from(value)?, end - segment.data.len()..end));
        }
        Ok(())
    }

    fn take_custom(&mut self, custom: &CustomSectionReader<'_>) -> Result<()> {
        match custom.as_known() {
            KnownCustom::Name(names) => {
                for part in names {
                    let Name::Function(names) = part? else { continue };
                    for naming in names {
                        let naming = naming?;
                        let name = try_demangle(naming.name);
                        let name = name.map_or(naming.name.to_owned(), |name| name.to_string());
                        self.names.insert(naming.index, name);
                    }
                }
            }
            KnownCustom::Linking(parts) => {
                for part in parts {
                    self.take_linking(part?)?;
                }
            }
            KnownCustom::Reloc(entries) => {
                let all = entries.entries().into_iter().collect::<Result<Vec<_>, _>>()?;
                match entries.section_index() {
                    of if of == self.code_section => self.code_entries = all,
                    of if of == self.data_section => self.data_entries = all,
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take_linking(&mut self, part: Linking<'_>) -> Result<()> {
        match part {
            Linking::SegmentInfo(segments) => {
                for segment in segments {
                    self.kinds.push(segment?.name.to_owned());
                }
            }
            Linking::SymbolTable(symbols) => {
                for (index, symbol) in (0..).zip(symbols) {
                    if let SymbolInfo::Data { symbol: Some(symbol), .. } = symbol? {
                        self.symbols.push((index, symbol));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}
