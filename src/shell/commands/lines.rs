//! Cutting input into lines.

use crate::shell::limits;

/// The beginning of a line whose end has not come yet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lines {
    open: Vec<u8>,
}

impl Lines {
    /// Adds a piece of input and gives the lines that are now complete, without newlines.
    pub fn feed(&mut self, data: &[u8]) -> Vec<String> {
        let mut lines = Vec::new();
        for piece in data.split_inclusive(|b| *b == b'\n') {
            let (body, complete) = match piece.strip_suffix(b"\n") {
                Some(body) => (body, true),
                None => (piece, false),
            };
            if self.open.len() + body.len() <= limits::TEXT_BYTES {
                self.open.extend(body);
            }
            if complete {
                lines.push(self.take());
            }
        }
        lines
    }

    /// The last line, if it has no newline.
    pub fn rest(&mut self) -> Option<String> {
        (!self.open.is_empty()).then(|| self.take())
    }

    fn take(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.open)).into_owned()
    }
}
