//! Data that can come later: those that only functions which come later reach.

use super::late::ids;
use super::linked::{Linked, key};
use anyhow::{Context, Result, bail};
use std::collections::HashSet;
use std::ops::Range;
use walrus::ir::{Const, Load, Store, Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataKind, FunctionId, FunctionKind, Module};

/// Data that are shorter stay: a piece more in the second file costs as much.
const SHORTEST: usize = 16;

/// A piece of the memory, and what is there at the beginning.
pub struct Piece {
    at: u32,
    bytes: Vec<u8>,
}

/// The pieces that no function of `module` reaches but those that are `moved`. `linked` tells of
/// the linker's file that `module` was made of.
pub fn late(module: &Module, moved: &[bool], linked: &Linked) -> Result<Vec<Piece>> {
    let early = early(module, moved, linked);
    let mut pieces = Vec::new();
    for data in module.data.iter() {
        let start = address(&data.kind)?;
        for place in free(linked, &early, start, data.value.len()) {
            let at = start + u32::try_from(place.start)?;
            pieces.push(Piece { at, bytes: data.value[place].to_vec() });
        }
    }
    Ok(pieces)
}

/// Leaves zeros where the pieces were.
pub fn blank(module: &mut Module, pieces: &[Piece]) -> Result<()> {
    let all: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for id in all {
        let data = module.data.get_mut(id);
        let start = address(&data.kind)?;
        for piece in pieces {
            let Some(from) = piece.at.checked_sub(start).map(|from| from as usize) else {
                continue;
            };
            if let Some(place) = data.value.get_mut(from..from + piece.bytes.len()) {
                place.fill(0);
            }
        }
    }
    Ok(())
}

/// Has the file put the pieces in their places when it comes.
pub fn put(module: &mut Module, pieces: Vec<Piece>) -> Result<()> {
    let memory = module.memories.iter().next().context("the Wasm has no memory")?.id();
    for piece in pieces {
        let offset = ConstExpr::Value(Value::I32(i32::try_from(piece.at)?));
        let data = module.data.add(DataKind::Active { memory, offset }, piece.bytes);
        module.memories.get_mut(memory).data_segments.insert(data);
    }
    Ok(())
}

fn address(kind: &DataKind) -> Result<u32> {
    match kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(at)), .. } => {
            Ok(u32::try_from(*at)?)
        }
        _ => bail!("data without a fixed address"),
    }
}

/// Which symbols are reached without the moved functions.
fn early(module: &Module, moved: &[bool], linked: &Linked) -> Vec<bool> {
    let mut open = linked.roots.clone();
    for (id, _) in ids(module).into_iter().zip(moved).filter(|(_, moved)| !**moved) {
        let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
        match linked.by_function.get(key(name)) {
            Some(symbols) => open.extend(symbols),
            None => open.extend(guessed(module, id, linked)),
        }
    }
    let mut early = vec![false; linked.symbols.len()];
    while let Some(nth) = open.pop() {
        if !std::mem::replace(&mut early[nth], true) {
            open.extend(&linked.symbols[nth].names);
        }
    }
    early
}

/// What a function that the linker did not know may reach: whatever one of its numbers could be the
/// address of.
fn guessed(module: &Module, id: FunctionId, linked: &Linked) -> Vec<usize> {
    let FunctionKind::Local(function) = &module.funcs.get(id).kind else { return Vec::new() };
    let mut numbers = Numbers(HashSet::new());
    dfs_in_order(&mut numbers, function, function.entry_block());
    let symbols = linked.symbols.iter().enumerate();
    let named = symbols.filter(|(_, symbol)| numbers.0.iter().any(|at| symbol.at.contains(at)));
    named.map(|(nth, _)| nth).collect()
}

struct Numbers(HashSet<u32>);

impl Visitor<'_> for Numbers {
    fn visit_const(&mut self, number: &Const) {
        if let Value::I32(number) = number.value {
            self.0.insert(number.cast_unsigned());
        }
    }

    fn visit_load(&mut self, load: &Load) {
        self.0.extend(u32::try_from(load.arg.offset));
    }

    fn visit_store(&mut self, store: &Store) {
        self.0.extend(u32::try_from(store.arg.offset));
    }
}

/// The places, in `length` bytes from the address `start` on, of constant symbols that are not
/// `early` and lie below none that is.
fn free(linked: &Linked, early: &[bool], start: u32, length: usize) -> Vec<Range<usize>> {
    let mut is_free = vec![false; length];
    let places = |want: bool| {
        let symbols = linked.symbols.iter().zip(early);
        let wanted = symbols.filter(move |(symbol, early)| (symbol.constant && !**early) == want);
        wanted.filter_map(move |(symbol, _)| {
            let from = symbol.at.start.checked_sub(start)? as usize;
            let to = from + symbol.at.len();
            (to <= length).then_some(from..to)
        })
    };
    places(true).for_each(|place| is_free[place].fill(true));
    places(false).for_each(|place| is_free[place].fill(false));
    runs(&is_free)
}

fn runs(is_free: &[bool]) -> Vec<Range<usize>> {
    let mut at = 0;
    let runs = is_free.chunk_by(|a, b| a == b).map(|run| {
        at += run.len();
        (run[0], at - run.len()..at)
    });
    let long = runs.filter(|(is_free, place)| *is_free && place.len() >= SHORTEST);
    long.map(|(_, place)| place).collect()
}

#[test]
fn short_pieces_stay() {
    let mut is_free = vec![false; 100];
    is_free[20..40].fill(true);
    is_free[60..70].fill(true);
    is_free[84..].fill(true);
    assert_eq!(runs(&is_free), [20..40, 84..100]);
}
