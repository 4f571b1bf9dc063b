//! Fixes of what is no YAML. Each is tried: it is offered if the text is better for it.

use super::Fix;
use super::lines::{indent, line_end, line_start, shifted};
use crate::base::{Span, TextEdit};
use crate::manifest::texts::*;
use crate::manifest::{ProblemKind, Reading, read};
use crate::yaml::problem::SyntaxKind;

/// A larger text is not read several times at each key.
const TRIED_BYTES: usize = 32 * 1024;

/// The fix that leaves the fewest problems, if one leaves fewer mistakes of syntax.
pub fn fixes(text: &str, reading: &Reading, kind: SyntaxKind, span: Span) -> Option<Fix> {
    if text.len() > TRIED_BYTES {
        return None;
    }
    let before = mistakes(reading);
    let better = |fix: Fix| {
        let after = read(&fix.edit.applied(text));
        (mistakes(&after) < before).then_some((after.diagnostics.len(), fix))
    };
    let tried = candidates(text, kind, span).into_iter().filter_map(better);
    tried.min_by_key(|(left, _)| *left).map(|(_, fix)| fix)
}

fn mistakes(reading: &Reading) -> usize {
    reading.diagnostics.iter().filter(|d| matches!(d.kind, ProblemKind::Syntax(_))).count()
}

fn candidates(text: &str, kind: SyntaxKind, span: Span) -> Vec<Fix> {
    match kind {
        SyntaxKind::Tab => spaces(text, span),
        SyntaxKind::Indentation => levels(text, span),
        SyntaxKind::UnexpectedColon | SyntaxKind::MissingColon => {
            let mut all = colons(text, span);
            all.extend(levels(text, span));
            all
        }
        SyntaxKind::UnclosedQuote | SyntaxKind::UnclosedBracket => closed(text, span),
        SyntaxKind::ReservedCharacter => quoted(text, span),
        _ => Vec::new(),
    }
}

/// All tabs that indent as two spaces each; the line itself as deep as one above, perhaps.
fn spaces(text: &str, span: Span) -> Vec<Fix> {
    let one = |line: &str| {
        let rest = line.trim_start_matches([' ', '\t']);
        line[..line.len() - rest.len()].replace('\t', "  ") + rest
    };
    let new: String = text.split_inclusive('\n').map(one).collect();
    let levels = levels(&new, span).into_iter().map(|fix| fix.edit.applied(&new));
    let whole = |new: String| Fix::new(FIX_SPACES, &[], TextEdit::new(0, text.len(), new));
    [new.clone()].into_iter().chain(levels).map(whole).collect()
}

/// The line, and the one before it, at each indentation that stands above; deeper lines follow.
fn levels(text: &str, span: Span) -> Vec<Fix> {
    let here = line_start(text, span.start.min(text.len()));
    let above = line_start(text, here.saturating_sub(1));
    let mut all = Vec::new();
    for start in if above < here { vec![here, above] } else { vec![here] } {
        let mut known: Vec<usize> = Vec::new();
        for line in text[..start].lines().rev().filter(|line| !line.trim().is_empty()).take(40) {
            let (dashes, at) = (line.trim_start().starts_with("- "), indent(line));
            for level in
                [at, at + 2].into_iter().take(1 + usize::from(dashes || line.ends_with(':')))
            {
                if !known.contains(&level) {
                    known.push(level);
                }
            }
        }
        all.extend(known.into_iter().flat_map(|level| to_level(text, start, level)));
    }
    all
}

/// The line at that level: with the deeper lines below it, and alone.
fn to_level(text: &str, start: usize, level: usize) -> Vec<Fix> {
    let end = line_end(text, start);
    let from = indent(&text[start..end]);
    let mut last = end;
    while last < text.len() && indent(&text[last..]) > from {
        last = line_end(text, last);
    }
    let to = |last: usize| {
        let edit = TextEdit::new(start, last, shifted(&text[start..last], from, level));
        Fix::new(FIX_INDENT, &[&level.to_string()], edit)
    };
    let ends = if last == end { vec![end] } else { vec![last, end] };
    ends.into_iter().filter(|_| from != level).map(to).collect()
}

/// A colon behind the first word of a line near the mistake, a space behind a colon, or quotes
/// around a value that has one.
fn colons(text: &str, span: Span) -> Vec<Fix> {
    let mut all = Vec::new();
    let mut start = line_start(text, span.start.min(text.len()));
    for _ in 0..3 {
        let line = text[start..line_end(text, start)].trim_end();
        let first = line.len() - line.trim_start_matches([' ', '-']).len();
        let word = line[first..].find([' ', ':']).unwrap_or(line.len() - first);
        let at = start + first + word;
        let rest = &text[at..start + line.len()];
        let colon = if rest.is_empty() || rest.starts_with(' ') { Some(":") } else { None };
        if let (Some(colon), true) = (colon, word > 0) {
            all.push(Fix::new(FIX_ADD, &[colon], TextEdit::new(at, at, colon)));
        } else if rest.starts_with(':') && !rest[1..].starts_with(' ') && rest.len() > 1 {
            all.push(Fix::new(FIX_BLANK, &[], TextEdit::new(at + 1, at + 1, " ")));
        } else if let Some(value) = rest.strip_prefix(": ").filter(|value| value.contains(':')) {
            let from = at + 2;
            let quoted = ["\"", &value.replace('"', "\\\""), "\""].concat();
            all.push(Fix::write(Span::new(from, from + value.len()), &quoted));
        }
        let before = line_start(text, start.saturating_sub(1));
        if before == start {
            break;
        }
        start = before;
    }
    all
}

/// A quote or bracket at the end of the line in which it opens.
fn closed(text: &str, span: Span) -> Vec<Fix> {
    let start = line_start(text, span.start.min(text.len()));
    let line = text[start..line_end(text, start)].trim_end();
    let end = start + line.len();
    let put = |at: usize, mark: &str| Fix::new(FIX_ADD, &[mark], TextEdit::new(at, at, mark));
    let inner = start + line.trim_end_matches([']', '}', ' ']).len();
    let mut all = vec![put(inner, "\""), put(inner, "'")];
    all.extend(["\"", "'", "]", "}", "\"]", "]}"].into_iter().map(|mark| put(end, mark)));
    all
}

/// The rest of the line in quotes.
fn quoted(text: &str, span: Span) -> Vec<Fix> {
    let end = line_end(text, span.start);
    let value = text[span.start..end].trim_end();
    let quoted = ["\"", &value.replace('"', "\\\""), "\""].concat();
    vec![Fix::write(Span::new(span.start, span.start + value.len()), &quoted)]
}

/// `---` alone on its line, so that kubectl sees it.
pub fn separator(text: &str, span: Span) -> Option<Fix> {
    let before = text[..span.start].rfind("\n---").map(|at| at + 1)?;
    let start = if text[span.start..].starts_with("---") { span.start } else { before };
    let end = start + text[start..line_end(text, start)].trim_end().len();
    Some(Fix::write(Span::new(start, end), "---"))
}
