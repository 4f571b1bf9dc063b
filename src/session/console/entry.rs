//! What was typed and answered.

use crate::api::query::{Answer, Get};
use crate::base::SimTime;
use crate::engine::reading::LogsOf;

/// Answers that are kept at most.
const KEPT: usize = 100;

/// The commands that read, and their answers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Console {
    /// The oldest first.
    pub entries: Vec<Entry>,
}

/// A command and its answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When it was given.
    pub at: SimTime,
    /// The command line, without the word kubectl.
    pub args: String,
    /// What was printed at once.
    pub answer: Answer,
    /// What goes on being told.
    pub more: Option<More>,
    /// Until when it is told; none: it still is.
    pub until: Option<SimTime>,
}

/// What a command goes on telling.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum More {
    /// Changes of objects.
    Watch(Get),
    /// Lines of these containers.
    Follow(Vec<LogsOf>),
}

impl Console {
    /// Keeps an entry; what was still telling ends.
    pub fn add(&mut self, entry: Entry) {
        self.end(entry.at);
        self.entries.push(entry);
        if self.entries.len() > KEPT {
            self.entries.remove(0);
        }
    }

    /// Ends what is still telling; what is later than now has not been asked yet.
    pub fn end(&mut self, now: SimTime) {
        self.entries.retain(|entry| entry.at <= now);
        for entry in &mut self.entries {
            entry.until.get_or_insert(now);
        }
    }
}
