//! Branches: a run, and the runs that acts have left behind.

use super::history::History;
use crate::base::SimTime;

/// Branches that are kept for undo at most.
const KEPT: usize = 8;

/// A run and where one looked at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The run.
    pub history: History,
    /// The moment that was shown.
    pub cursor: SimTime,
}

/// Runs that acts have left behind, and that undo has left behind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Branches {
    undo: Vec<Branch>,
    redo: Vec<Branch>,
}

impl Branches {
    /// Keeps a run before an act changes it.
    pub fn keep(&mut self, branch: Branch) {
        self.redo.clear();
        self.undo.push(branch);
        if self.undo.len() > KEPT {
            self.undo.remove(0);
        }
    }

    /// The run before the last act; `now` waits for redo.
    pub fn undo(&mut self, now: Branch) -> Option<Branch> {
        let back = self.undo.pop()?;
        self.redo.push(now);
        Some(back)
    }

    /// The run that the last undo left; `now` waits for undo.
    pub fn redo(&mut self, now: Branch) -> Option<Branch> {
        let forth = self.redo.pop()?;
        self.undo.push(now);
        Some(forth)
    }

    /// Whether there is a run to go back to.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is a run to go forth to.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }
}
