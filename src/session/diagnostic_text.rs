//! Diagnostics for a terminal: the line, carets under the culprit, what to do.

use crate::base::{Lang, LineIndex, Span};
use crate::manifest::{Diagnostic, Severity, read};

/// All diagnostics of `text` as lines for a terminal; empty if there are none.
pub fn diagnostics(text: &str, file: &str, lang: Lang) -> String {
    let index = LineIndex::new(text);
    let reading = read(text);
    let blocks = reading.diagnostics.iter().map(|d| block(text, file, &index, d, lang));
    blocks.collect::<Vec<_>>().join("\n")
}

fn block(text: &str, file: &str, index: &LineIndex, d: &Diagnostic, lang: Lang) -> String {
    let place = index.place(text, d.span.start);
    let line = index.line_span(text, place.line);
    let source = text[line.start..line.end].trim_end_matches('\r');
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    let word = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut block = format!(
        "{word}[{}]: {}\n{margin}--> {file}:{}:{}\n{margin} |\n{number} | {source}\n{margin} | {}\n",
        d.rule,
        d.message(lang),
        place.line,
        place.column,
        carets(text, line, d.span)
    );
    if let Some(help) = d.help(lang) {
        block.push_str(&format!("{margin} = help: {help}\n"));
    }
    block
}

/// Carets under the part of `span` that is on `line`, at least one.
fn carets(text: &str, line: Span, span: Span) -> String {
    let before: String = text[line.start..span.start.min(line.end)].chars().map(blank).collect();
    let end = span.end.clamp(span.start.min(line.end), line.end);
    let width: usize = text[span.start.min(end)..end].chars().map(|c| blank(c).len()).sum();
    format!("{before}{}", "^".repeat(width.max(1)))
}

/// As much room as `c` takes: wide characters take two columns, a tab stays a tab.
fn blank(c: char) -> &'static str {
    match c {
        '\t' => "\t",
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => "  ",
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => "  ",
        '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' => "  ",
        _ => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_points_at_its_culprit() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  contianers: []\n";
        let got = diagnostics(text, "pod.yaml", Lang::En);
        let want = "error[manifest.unknown-field]: unknown field `spec.contianers`\n \
            --> pod.yaml:5:3\n  |\n5 |   contianers: []\n  |   ^^^^^^^^^^\n  = help: did you \
            mean `containers`?\n";
        assert!(got.contains(want), "{got}");
    }
}
