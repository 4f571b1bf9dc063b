//! What was drawn last: a lane is drawn anew only when it, the window or the selection changes.

use std::rc::Rc;

use crate::base::SimTime;
use crate::session::view::{FieldView, Groups, Lane, TimelineView};
use crate::ui::scrolled::Seen;

use super::drawing::{LaneDrawing, draw_lane, note_read};
use super::geometry::TimeWindow;
use super::rows::{Away, Row, RowKind, rows};
use super::seen::is_drawn;

/// The drawings and rows of the frame before.
#[derive(Default)]
pub struct Drawn {
    lanes: Vec<Rc<Lane>>,
    drawings: Rc<Vec<Rc<LaneDrawing>>>,
    shown: Vec<bool>,
    of: Option<(TimeWindow, Option<usize>, Groups, SimTime)>,
    /// The field whose marks are ringed.
    field: String,
    rows: Rc<Vec<Row>>,
    away: Away,
}

impl Drawn {
    /// The rows and the drawings of the lanes, one for each. Chosen are a record and a field.
    pub fn draw(
        &mut self,
        view: &TimelineView,
        window: TimeWindow,
        (selected, field): (Option<usize>, &FieldView),
        away: &Away,
        (hidden, seen): (Groups, Seen),
    ) -> (Rc<Vec<Row>>, Rc<Vec<Rc<LaneDrawing>>>) {
        let same_names = self.lanes.len() == view.lanes.len()
            && self.lanes.iter().zip(&view.lanes).all(|(a, b)| Rc::ptr_eq(a, b) || a.id == b.id);
        if !same_names || self.away != *away || self.of.is_none() {
            self.rows = Rc::new(rows(&view.lanes, away));
            self.away = away.clone();
        }
        // Marks that stood there before have read no other field since.
        if self.field != field.path {
            self.of = None;
            self.field.clone_from(&field.path);
        }
        let shown = shown(&self.rows, view.lanes.len(), seen);
        let blank = Rc::<LaneDrawing>::default();
        let drawing = |(nth, lane): (usize, &Rc<Lane>)| {
            if !shown[nth] {
                return blank.clone();
            }
            let kept = self.kept(nth, lane, (window, selected, hidden, view.tip));
            kept.unwrap_or_else(|| {
                let mut drawing = draw_lane(lane, &window, view.tip, selected, hidden);
                if !field.records.is_empty() {
                    note_read(&mut drawing, lane, &window, &field.records, hidden);
                }
                Rc::new(drawing)
            })
        };
        let drawings: Vec<_> = view.lanes.iter().enumerate().map(drawing).collect();
        self.drawings = Rc::new(drawings);
        self.shown = shown;
        self.lanes.clone_from(&view.lanes);
        self.of = Some((window, selected, hidden, view.tip));
        (self.rows.clone(), self.drawings.clone())
    }

    /// The drawing of a lane if it is still right: the tip moves open states only.
    fn kept(
        &self,
        nth: usize,
        lane: &Rc<Lane>,
        (window, selected, hidden, tip): (TimeWindow, Option<usize>, Groups, SimTime),
    ) -> Option<Rc<LaneDrawing>> {
        let (of_window, of_selected, of_hidden, of_tip) = self.of?;
        let open = lane.phases.last().is_some_and(|phase| phase.end.is_none());
        let same = of_window == window
            && of_selected == selected
            && of_hidden == hidden
            && (of_tip == tip || !open)
            && self.shown.get(nth) == Some(&true)
            && Rc::ptr_eq(self.lanes.get(nth)?, lane);
        self.drawings.get(nth).filter(|_| same).cloned()
    }
}

/// Which of the lanes have a row that is drawn.
fn shown(rows: &[Row], lanes: usize, seen: Seen) -> Vec<bool> {
    let mut shown = vec![false; lanes];
    for row in rows.iter().filter(|row| is_drawn(row, rows.len(), seen)) {
        if let RowKind::Lane(index) | RowKind::Heading(_, Some(index)) = row.what {
            shown[index] = true;
        }
    }
    shown
}
