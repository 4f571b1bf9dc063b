//! Brace expansion of bash: `{a,b}` and `{1..5}` make several words of one.

use crate::shell::syntax::ast::{Part, Word};

/// Words that one may become; one that would become more stays as it is.
const MOST: usize = 20_000;

/// A character that may be special, or a part that stays whole.
#[derive(Clone)]
enum Piece {
    Char(char),
    Part(Part),
}

/// The words that a word becomes.
pub fn expanded(word: Word) -> Vec<Word> {
    let open = |part: &Part| matches!(part, Part::Text(text) if text.contains('{'));
    if !word.parts.iter().any(open) || matches!(word.parts.first(), Some(Part::Assign(_))) {
        return vec![word];
    }
    let pieces = word.parts.iter().flat_map(|part| match part {
        Part::Text(text) => text.chars().map(Piece::Char).collect(),
        part => vec![Piece::Part(part.clone())],
    });
    let pieces: Vec<Piece> = pieces.collect();
    match expand(&pieces, 0) {
        Some(all) => all.into_iter().map(joined).collect(),
        None => vec![word],
    }
}

fn joined(pieces: Vec<Piece>) -> Word {
    let mut parts: Vec<Part> = Vec::new();
    for piece in pieces {
        match (piece, parts.last_mut()) {
            (Piece::Char(c), Some(Part::Text(text))) => text.push(c),
            (Piece::Char(c), _) => parts.push(Part::Text(c.to_string())),
            (Piece::Part(part), _) => parts.push(part),
        }
    }
    Word { parts }
}

fn is(piece: &Piece, wanted: char) -> bool {
    matches!(piece, Piece::Char(c) if *c == wanted)
}

/// All that the pieces become; `None` if it is too much.
fn expand(pieces: &[Piece], depth: usize) -> Option<Vec<Vec<Piece>>> {
    let found = (0..pieces.len()).filter(|at| is(&pieces[*at], '{'));
    let found = found.take(50).find_map(|at| Some((at, alternatives(&pieces[at + 1..])?)));
    let Some((at, (choices, len))) = found else { return Some(vec![pieces.to_vec()]) };
    if depth > 20 {
        return None;
    }
    let mut middles = Vec::new();
    for choice in choices {
        middles.extend(expand(&choice, depth + 1)?);
        if middles.len() > MOST {
            return None;
        }
    }
    let ends = expand(&pieces[at + 1 + len..], depth + 1)?;
    if middles.len() * ends.len() > MOST {
        return None;
    }
    let mut all = Vec::new();
    for middle in &middles {
        all.extend(ends.iter().map(|end| [&pieces[..at], middle, end].concat()));
    }
    Some(all)
}

/// What may stand for the braces whose inside starts here, and its length with the last brace.
fn alternatives(pieces: &[Piece]) -> Option<(Vec<Vec<Piece>>, usize)> {
    let (mut open, mut from, mut all) = (0, 0, Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Char('{') => open += 1,
            Piece::Char('}') if open > 0 => open -= 1,
            Piece::Char('}') if all.is_empty() => {
                return sequence(&pieces[..at]).map(|all| (all, at + 1));
            }
            Piece::Char(c @ (',' | '}')) if open == 0 => {
                all.push(pieces[from..at].to_vec());
                from = at + 1;
                if *c == '}' {
                    return Some((all, from));
                }
            }
            _ => {}
        }
    }
    None
}

/// `1..5`, `a..e`, `01..10..2`
fn sequence(pieces: &[Piece]) -> Option<Vec<Vec<Piece>>> {
    let chars = pieces.iter().map(|piece| match piece {
        Piece::Char(c) => Some(*c),
        Piece::Part(_) => None,
    });
    let text: String = chars.collect::<Option<_>>()?;
    let mut words = text.split("..");
    let (first, last, step) = (words.next()?, words.next()?, words.next().unwrap_or("1"));
    let letter = |word: &str| match word.as_bytes() {
        [byte] if byte.is_ascii_alphabetic() => Some(i64::from(*byte)),
        _ => None,
    };
    let letters = letter(first).zip(letter(last));
    let numbers = || first.parse::<i64>().ok().zip(last.parse::<i64>().ok());
    let (from, to) = letters.or_else(numbers)?;
    let step: i64 = step.parse().ok().filter(|_| words.next().is_none())?;
    let count = from.abs_diff(to) / step.unsigned_abs().max(1);
    if count as usize >= MOST {
        return None;
    }
    let by = step.checked_abs()?.max(1) * if from <= to { 1 } else { -1 };
    let padded = |word: &str| word.trim_start_matches('-').starts_with('0') && word.len() > 1;
    let width = match padded(first) || padded(last) {
        true => first.len().max(last.len()),
        false => 0,
    };
    let shown = |nth: u64| -> String {
        let number = from + by * nth as i64;
        match letters {
            Some(_) => char::from(number as u8).to_string(),
            None => format!("{number:0width$}"),
        }
    };
    let pieces = |nth| shown(nth).chars().map(Piece::Char).collect();
    Some((0..=count).map(pieces).collect())
}
