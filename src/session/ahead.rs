//! Looking ahead: when something comes, without going there.

use super::aim::{Aim, Lookout, Sighting, about};
use super::core::Session;
use super::marks::{self, Groups};
use crate::base::SimTime;
use crate::engine::Row;

/// The furthest moment that may be aimed at.
const LATEST: SimTime = SimTime::secs(24 * 3600);

impl Session {
    /// When `aim` comes next after the cursor, not later than `limit`. The run stays as it is.
    pub(super) fn sight(&self, aim: &Aim, limit: SimTime) -> Option<Sighting> {
        if let Aim::At(at) = aim {
            let at = (*at).min(LATEST);
            return Some(Sighting { at, about: String::new() });
        }
        let mut lookout = Lookout::of(aim)?;
        self.ahead(0, limit, &mut |row| lookout.takes(row))
    }

    /// When the next mark comes after the cursor, of those that are not hidden.
    pub(super) fn sight_mark(&self, hidden: Groups, limit: SimTime) -> Option<Sighting> {
        let from = self.history.trace().rows.partition_point(|row| row.at <= self.cursor);
        self.ahead(from, limit, &mut |row| marks::is_mark(&row.kind, hidden))
    }

    /// Hands the rows of the run from `first` on to `takes`, and those that would come, up to
    /// `limit`; the first one after the cursor that it answers true for.
    fn ahead(
        &self,
        first: usize,
        limit: SimTime,
        takes: &mut dyn FnMut(&Row) -> bool,
    ) -> Option<Sighting> {
        let mut look = |rows: &[Row]| {
            let mut rows = rows.iter();
            let found = rows.find(|row| takes(row) && row.at > self.cursor);
            found.map(|row| Sighting { at: row.at, about: about(row) })
        };
        let known = look(&self.history.trace().rows[first..]);
        if known.is_some() || self.history.tip() >= limit {
            return known.filter(|seen| seen.at <= limit);
        }
        let mut scout = self.history.scout();
        let mut seen = 0;
        while let Some(moment) = scout.next_moment(limit) {
            scout.extend(moment);
            let rows = &scout.trace().rows;
            if let Some(found) = look(&rows[seen..]) {
                return Some(found);
            }
            seen = rows.len();
        }
        None
    }
}
