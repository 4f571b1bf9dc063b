//! Characters to bytes: the parser counts characters, a span counts bytes.

/// Turns character numbers of one text into byte offsets.
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// Byte offset of every [`STRIDE`]th character; empty for ASCII, where both counts agree.
    marks: Vec<usize>,
}

const STRIDE: usize = 64;

impl<'t> Offsets<'t> {
    /// Measures `text`.
    pub fn new(text: &'t str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect()
        };
        Offsets { text, marks }
    }

    /// The byte at which character number `index` starts; the end of the text if it has fewer.
    pub fn byte(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let Some(start) = self.marks.get(index / STRIDE) else { return self.text.len() };
        let mut chars = self.text[*start..].char_indices();
        chars.nth(index % STRIDE).map_or(self.text.len(), |(byte, _)| start + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found() {
        let text: String = "añ期😀 ".repeat(100);
        let offsets = Offsets::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.byte(n), byte);
        }
        assert_eq!(offsets.byte(10_000), text.len());
        assert_eq!(Offsets::new("abc").byte(2), 2);
    }
}
