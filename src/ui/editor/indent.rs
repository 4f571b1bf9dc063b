//! What a key does to the text at the selection: pure, in UTF-16 units as browsers count.

/// A replacement of `start..end` by `text`, and what is selected then (UTF-16 units).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// First unit that is replaced.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What comes there.
    pub text: String,
    /// The selection afterwards.
    pub select: (u32, u32),
}

/// A new line that is indented as the one before.
pub fn new_line(text: &str, start: u32, end: u32) -> Edit {
    let before = &text[..byte_of(text, start)];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let deeper = line.trim_end().ends_with(':') || line.trim_end().ends_with('|');
    let text = format!("\n{indent}{}", if deeper { "  " } else { "" });
    let caret = start + units(&text);
    Edit { start, end, text, select: (caret, caret) }
}

/// The lines of the selection, two spaces deeper or (`outward`) shallower.
pub fn shift(text: &str, start: u32, end: u32, outward: bool) -> Edit {
    let (from, to) = (byte_of(text, start), byte_of(text, end));
    let first = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let last = text[to..].find('\n').map_or(text.len(), |at| to + at);
    let lines: Vec<String> = text[first..last].split('\n').map(|l| shifted(l, outward)).collect();
    let new = lines.join("\n");
    let first_unit = units(&text[..first]);
    let select = (first_unit, first_unit + units(&new));
    Edit { start: first_unit, end: units(&text[..last]), text: new, select }
}

fn shifted(line: &str, outward: bool) -> String {
    match (outward, line.is_empty()) {
        (true, _) => {
            let spaces = line.chars().take(2).take_while(|c| *c == ' ').count();
            line[spaces..].to_string()
        }
        (false, true) => String::new(),
        (false, false) => format!("  {line}"),
    }
}

/// The byte at which UTF-16 unit `unit` begins.
pub fn byte_of(text: &str, unit: u32) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= unit {
            return at;
        }
        seen += c.len_utf16() as u32;
    }
    text.len()
}

/// The length of `text` in UTF-16 units.
pub fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_line_keeps_the_indentation_and_deepens_it_after_a_colon() {
        assert_eq!(new_line("  a: 1", 6, 6).text, "\n  ");
        assert_eq!(new_line("  spec:", 7, 7).text, "\n    ");
        assert_eq!(new_line("期: |", 4, 4).select, (7, 7));
    }

    #[test]
    fn selected_lines_move_together() {
        let text = "x\na\n  b\n\ny";
        let edit = shift(text, 2, 7, false);
        assert_eq!((edit.start, edit.end, edit.text.as_str()), (2, 7, "  a\n    b"));
        let back = shift("  a\n    b", 0, 9, true);
        assert_eq!(back.text, "a\n  b");
        assert_eq!(shift("𝄞\na", 3, 3, false).start, 3);
    }
}
