//! Views that are made once and shared until something changes.

use super::echo::Echo;
use super::pods::Pods;
use super::records::Records;
use crate::session::command::Changed;
use crate::session::view::{
    EditorView, FieldView, Inspect, InspectorView, LiveView, RecordsView, StageView, TimelineView,
    TransportView,
};
use std::rc::Rc;

/// What is inspected, as it was made last.
pub struct Inspected {
    /// Of what it is.
    pub of: Inspect,
    /// The view.
    pub view: Rc<InspectorView>,
    /// Whether something has changed since.
    pub stale: bool,
    /// How long ago it was made, in milliseconds of real time, while time runs.
    pub age: u64,
}

/// The views, as far as they are made.
#[derive(Default)]
pub struct Made {
    /// The editor.
    pub editor: Option<Rc<EditorView>>,
    /// The field under the caret.
    pub field: Option<Rc<FieldView>>,
    /// What of the text is at work.
    pub live: Option<Rc<LiveView>>,
    /// The stage.
    pub stage: Option<Rc<StageView>>,
    /// The timeline.
    pub timeline: Option<Rc<TimelineView>>,
    /// The records.
    pub records: Option<Rc<RecordsView>>,
    /// The transport.
    pub transport: Option<Rc<TransportView>>,
    /// The inspector.
    pub inspector: Option<Inspected>,
}

impl Made {
    /// Drops the views that a change makes stale.
    pub fn drop(&mut self, changed: Changed) {
        if changed.text {
            self.editor = None;
        }
        if changed.text || changed.run {
            self.field = None;
        }
        if changed.any() {
            self.live = None;
        }
        if changed.run || changed.cursor {
            self.stage = None;
        }
        if changed.run {
            self.timeline = None;
        }
        if let Some(inspected) = &mut self.inspector {
            inspected.stale |= changed.run || changed.cursor;
        }
        if changed.any() {
            self.records = None;
            self.transport = None;
        }
    }
}

/// What is kept of a run between frames, as long as it is the same run: what grows with the run is
/// looked through once.
#[derive(Default)]
pub struct Kept {
    /// The Pods as printed.
    pub pods: Pods,
    /// The records.
    pub records: Records,
    /// Commands and their answers.
    pub echo: Echo,
}

impl Kept {
    /// A person did something: what depends on more than the run goes.
    pub fn commanded(&mut self, changed: Changed) {
        self.echo.forget();
        self.pods.stand();
        if changed.text {
            self.records = Records::default();
        }
    }
}
