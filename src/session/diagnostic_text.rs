//! Diagnostics for a terminal: the line, carets under the culprit, what to do.

use super::findings::{Finding, findings};
use crate::base::{Lang, LineIndex, Span, Texts};
use crate::manifest::{Diagnostic, Severity, read};

/// The words around a diagnostic, in one language.
struct Words {
    error: &'static str,
    warning: &'static str,
    help: &'static str,
    known: &'static str,
    related: &'static str,
    why: &'static str,
}

const ENGLISH: Words = Words {
    error: "error",
    warning: "warning",
    help: "help",
    known: "known keys",
    related: "see also",
    why: "why",
};

const CHINESE: Words = Words {
    error: "错误",
    warning: "警告",
    help: "修改",
    known: "可用的键",
    related: "另见",
    why: "原因",
};

/// All diagnostics of `text` as lines for a terminal; empty if there are none. `why` gives the
/// explanation of a rule; it is printed with the first diagnostic that names the rule.
pub fn diagnostics(
    text: &str,
    file: &str,
    lang: Lang,
    why: &dyn Fn(&str) -> Option<String>,
) -> String {
    let index = LineIndex::new(text);
    let words = if lang == Lang::En { &ENGLISH } else { &CHINESE };
    let texts = Texts::compiled(lang);
    let page = Page { text, file, index, texts, words };
    let mut told = Vec::new();
    let mut blocks = Vec::new();
    let reading = read(text);
    for diagnostic in &reading.diagnostics {
        let first = !told.contains(&diagnostic.rule);
        told.push(diagnostic.rule);
        let why = if first { why(diagnostic.rule) } else { None };
        blocks.push(page.block(&page.told(diagnostic), why));
    }
    for document in &reading.documents {
        for finding in findings(text, document) {
            blocks.push(page.block(&page.found(&finding), None));
        }
    }
    blocks.join("\n")
}

/// What all diagnostics of a text share.
struct Page<'t> {
    text: &'t str,
    file: &'t str,
    index: LineIndex,
    texts: Texts,
    words: &'static Words,
}

/// What is told of one problem.
struct Told {
    rule: &'static str,
    severity: Severity,
    span: Span,
    message: String,
    help: Option<String>,
    known: String,
    related: Option<Span>,
}

impl Page<'_> {
    fn told(&self, d: &Diagnostic) -> Told {
        Told {
            rule: d.rule,
            severity: d.severity,
            span: d.span,
            message: d.message().tell(&self.texts),
            help: d.help().map(|help| help.tell(&self.texts)),
            known: d.known().join(", "),
            related: d.related(),
        }
    }

    fn found(&self, finding: &Finding) -> Told {
        Told {
            rule: finding.rule,
            severity: Severity::Warning,
            span: finding.span,
            message: finding.message.tell(&self.texts),
            help: finding.help.as_ref().map(|help| help.tell(&self.texts)),
            known: finding.known.join(", "),
            related: None,
        }
    }

    fn block(&self, d: &Told, why: Option<String>) -> String {
        let (words, text) = (self.words, self.text);
        let place = self.index.place(text, d.span.start);
        let line = self.index.line_span(text, place.line);
        let source = text[line.start..line.end].trim_end_matches('\r');
        let number = place.line.to_string();
        let margin = " ".repeat(number.len());
        let word = match d.severity {
            Severity::Error => words.error,
            Severity::Warning => words.warning,
        };
        let (rule, said, file) = (d.rule, &d.message, self.file);
        let (row, column, carets) = (place.line, place.column, carets(text, line, d.span));
        let mut block = format!(
            "{word}[{rule}]: {said}\n{margin}--> {file}:{row}:{column}\n{margin} |\n\
             {number} | {source}\n{margin} | {carets}\n"
        );
        let related = d.related.map(|span| {
            let place = self.index.place(text, span.start);
            format!("{file}:{}:{}", place.line, place.column)
        });
        let known = Some(d.known.clone()).filter(|known| !known.is_empty());
        for (label, note) in [
            (words.help, d.help.clone()),
            (words.known, known),
            (words.related, related),
            (words.why, why),
        ] {
            if let Some(note) = note {
                block.push_str(&format!("{margin} = {label}: {note}\n"));
            }
        }
        block
    }
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

    const TEXT: &str =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web, name: web}\nspec:\n  contianers: []\n";

    #[test]
    fn a_diagnostic_points_at_its_culprit_and_says_why() {
        let why = |rule: &str| rule.ends_with("unknown-field").then(|| "no such field".to_string());
        let got = diagnostics(TEXT, "pod.yaml", Lang::En, &why);
        let want = "error[manifest.unknown-field]: unknown field `spec.contianers`\n \
            --> pod.yaml:5:3\n  |\n5 |   contianers: []\n  |   ^^^^^^^^^^\n  = help: did you \
            mean `containers`?\n  = known keys: activeDeadlineSeconds, affinity, ";
        assert!(got.contains(want), "{got}");
        assert_eq!(got.matches("\n  = why: no such field\n").count(), 1, "{got}");
        assert!(got.contains("  = see also: pod.yaml:3:23\n"), "{got}");
    }

    #[test]
    fn chinese_is_chinese_but_for_the_names() {
        let got = diagnostics(TEXT, "pod.yaml", Lang::Zh, &|_| None);
        for words in ["错误[manifest.unknown-field]", "警告[", " = 修改: ", " = 另见: "] {
            assert!(got.contains(words), "{words}: {got}");
        }
    }
}
