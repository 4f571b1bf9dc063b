//! Which rows are drawn: of very many only those in view.

use crate::ui::scrolled::Seen;

use super::rows::{LANE_HEIGHT, Row};

/// So many rows are all drawn, whether in view or not.
const FEW: usize = 80;

/// Whether a row is drawn, of so many.
pub fn is_drawn(row: &Row, count: usize, seen: Seen) -> bool {
    count <= FEW || seen.meets(row.y, row.y + LANE_HEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::timeline::rows::RowKind;

    #[test]
    fn of_many_rows_those_far_away_are_not_drawn() {
        let seen = Seen { top: 600.0, bottom: 1500.0 };
        let row = |y| Row { y, what: RowKind::Lane(0) };
        assert!([580.0, 1000.0, 1500.0].iter().all(|y| is_drawn(&row(*y), 1000, seen)));
        assert!([0.0, 570.0, 1501.0].iter().all(|y| !is_drawn(&row(*y), 1000, seen)));
        assert!(is_drawn(&row(0.0), FEW, seen));
    }
}
