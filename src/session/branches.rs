//! Branches: the run that is shown, and the runs that acts have left behind.
//!
//! Every act keeps the run before it. Undo and redo walk along the runs in the order in which they
//! were left; the tree shows which run goes on from which: the one whose acts are the first of its
//! own. So a run that was left by undo stays in the tree after another act.

use super::history::{History, Input};
use super::view::BranchView;
use crate::base::SimTime;
use crate::course::Deed;

/// Branches that are kept besides the one that is shown, at most.
const KEPT: usize = 11;

/// A run and where one looked at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The run.
    pub history: History,
    /// The moment that was shown.
    pub cursor: SimTime,
}

/// The runs that were left, by number.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Branches {
    kept: Vec<(u32, Branch)>,
    /// The number of the run that is shown.
    now: u32,
    last: u32,
    undo: Vec<u32>,
    redo: Vec<u32>,
}

impl Branches {
    /// Keeps a run before an act makes another one of it.
    pub fn keep(&mut self, branch: Branch) {
        self.redo.clear();
        self.undo.push(self.now);
        self.kept.push((self.now, branch));
        self.last += 1;
        self.now = self.last;
        if self.kept.len() > KEPT {
            // The one that was left first.
            let (gone, _) = self.kept.remove(0);
            self.undo.retain(|id| *id != gone);
            self.redo.retain(|id| *id != gone);
        }
    }

    /// The run before the last act; `now` waits for redo.
    pub fn undo(&mut self, now: Branch) -> Option<Branch> {
        let to = self.undo.pop()?;
        self.redo.push(self.now);
        self.swap(to, now)
    }

    /// The run that the last undo left; `now` waits for undo.
    pub fn redo(&mut self, now: Branch) -> Option<Branch> {
        let to = self.redo.pop()?;
        self.undo.push(self.now);
        self.swap(to, now)
    }

    /// The run of this number; undo goes back to `now`.
    pub fn go(&mut self, id: u32, now: Branch) -> Option<Branch> {
        if !self.kept.iter().any(|(kept, _)| *kept == id) {
            return None;
        }
        self.redo.clear();
        self.undo.push(self.now);
        self.swap(id, now)
    }

    fn swap(&mut self, to: u32, now: Branch) -> Option<Branch> {
        let nth = self.kept.iter().position(|(id, _)| *id == to)?;
        let (_, found) = self.kept.remove(nth);
        self.kept.push((self.now, now));
        self.now = to;
        Some(found)
    }

    /// The runs that are kept, by number.
    pub fn ids(&self) -> impl Iterator<Item = u32> {
        self.kept.iter().map(|(id, _)| *id)
    }

    /// The run of this number.
    pub fn get(&self, id: u32) -> Option<&Branch> {
        self.kept.iter().find(|(kept, _)| *kept == id).map(|(_, branch)| branch)
    }

    /// Whether there is a run to go back to.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is a run to go forth to.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// All runs as a tree, each below the one that it goes on from; `now` is the one that is shown.
    pub fn view(&self, now: &History) -> Vec<BranchView> {
        let kept = self.kept.iter().map(|(id, branch)| (*id, &branch.history));
        let mut runs: Vec<(u32, &History)> = kept.chain([(self.now, now)]).collect();
        crate::base::sort_by_key(&mut runs, |(id, _)| *id);
        let mut tree = Vec::new();
        let roots = runs.iter().filter(|run| parent(run, &runs).is_none());
        roots.for_each(|root| self.add(&mut tree, root, 0, &runs));
        tree
    }

    fn add(
        &self,
        tree: &mut Vec<BranchView>,
        run: &(u32, &History),
        depth: usize,
        runs: &[(u32, &History)],
    ) {
        let (id, history) = *run;
        let deed = deeds(history).last();
        tree.push(BranchView {
            id,
            depth,
            deed: deed.map(|(_, deed)| in_short(deed)),
            at: deed.map_or(SimTime::ZERO, |(at, _)| at),
            length: history.tip(),
            shown: id == self.now,
        });
        let children = runs.iter().filter(|other| parent(other, runs) == Some(id));
        children.for_each(|child| self.add(tree, child, depth + 1, runs));
    }
}

/// What the person did.
fn deeds(history: &History) -> impl DoubleEndedIterator<Item = (SimTime, &Deed)> {
    history.inputs().iter().filter_map(|input| Some((input.at, input.deed.as_ref()?)))
}

/// What the scenario's author wrote.
fn written(history: &History) -> impl Iterator<Item = &Input> {
    history.inputs().iter().filter(|input| input.deed.is_none())
}

/// The run whose acts are the first of this one's, and most of them.
fn parent(run: &(u32, &History), runs: &[(u32, &History)]) -> Option<u32> {
    let history = run.1;
    let own = deeds(history).count();
    let before = runs.iter().filter(|(_, before)| {
        deeds(before).count() < own
            && deeds(before).zip(deeds(history)).all(|(one, other)| one == other)
            && written(before).eq(written(history))
    });
    before.max_by_key(|(other, before)| (deeds(before).count(), *other)).map(|(other, _)| *other)
}

/// A text that was applied is not repeated.
fn in_short(deed: &Deed) -> Deed {
    match deed {
        Deed::Apply(_) => Deed::Apply(String::new()),
        other => other.clone(),
    }
}
