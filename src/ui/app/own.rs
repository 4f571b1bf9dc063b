//! The learner's own texts. Opening a scenario, a link or a rule's run begins a new one with the
//! next edit; those before it are kept, in memory and, if the browser lets us, for the next visit.

use std::rc::Rc;

use crate::base::json::{Value, parse};
use crate::ui::browser;

/// How many texts are kept.
const MOST: usize = 8;
/// A longer text is not kept for the next visit.
const KEPT_BYTES: usize = 512 * 1024;

/// The texts, the newest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Own {
    /// The texts. The first is the one that is edited, if the learner's own text is open.
    pub texts: Rc<Vec<String>>,
    /// Whether they are kept for the next visit; those of an embed are not.
    pub kept: bool,
}

impl Own {
    /// The texts that the browser kept.
    pub fn recall() -> Own {
        let earlier = browser::recall("texts").and_then(|json| parse(&json).ok());
        let earlier = earlier.as_ref().and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let earlier = earlier.iter().filter_map(Value::as_str).map(str::to_string);
        let newest = browser::recall("text").into_iter();
        let mut own = Own { texts: Rc::new(newest.chain(earlier).collect()), kept: true };
        own.tidy();
        own
    }

    /// A text of its own, before all others.
    pub fn begin(&mut self, text: &str) {
        Rc::make_mut(&mut self.texts).insert(0, text.to_string());
        self.tidy();
        self.keep_earlier();
        self.keep_newest();
    }

    /// The newest text is now this.
    pub fn edit(&mut self, text: &str) {
        match Rc::make_mut(&mut self.texts).first_mut() {
            Some(newest) => *newest = text.to_string(),
            None => self.texts = Rc::new(vec![text.to_string()]),
        }
        self.keep_newest();
    }

    /// The text at a place, which becomes the newest.
    pub fn take(&mut self, nth: usize) -> Option<String> {
        let text = self.texts.get(nth)?.clone();
        Rc::make_mut(&mut self.texts)[..=nth].rotate_right(1);
        self.keep_earlier();
        self.keep_newest();
        Some(text)
    }

    /// Without blank texts, without a second copy of one, and not too many.
    fn tidy(&mut self) {
        let texts = Rc::make_mut(&mut self.texts);
        let mut kept: Vec<String> = Vec::new();
        for text in texts.drain(..).filter(|text| !text.trim().is_empty()) {
            if kept.len() < MOST && !kept.contains(&text) {
                kept.push(text);
            }
        }
        *texts = kept;
    }

    fn keep_newest(&self) {
        if let Some(text) = self.texts.first().filter(|t| self.kept && t.len() <= KEPT_BYTES) {
            browser::keep("text", text);
        }
    }

    fn keep_earlier(&self) {
        if !self.kept {
            return;
        }
        let mut room = KEPT_BYTES;
        let fits = self.texts.iter().skip(1).take_while(|text| {
            room = room.saturating_sub(text.len());
            room > 0
        });
        let earlier = fits.map(|text| Value::from(text.as_str())).collect();
        browser::keep("texts", &Value::Array(earlier).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(texts: &[&str]) -> Own {
        let texts = texts.iter().map(|text| text.to_string()).collect();
        let mut own = Own { texts: Rc::new(texts), kept: false };
        own.tidy();
        own
    }

    #[test]
    fn blank_texts_and_second_copies_are_not_kept() {
        assert_eq!(*own(&["a", " \n", "b", "a"]).texts, ["a", "b"]);
        let many: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(own(&many).texts.len(), MOST);
    }
}
