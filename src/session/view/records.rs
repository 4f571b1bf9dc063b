//! The "why" list: which rule decided what, when, from which numbers.

use crate::base::SimTime;
use std::rc::Rc;

/// The records up to the cursor, oldest first (bounded to the newest [`RecordsView::LIMIT`]).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RecordsView {
    /// The rows.
    pub rows: Vec<Rc<RecordView>>,
    /// How many older rows are not in `rows`.
    pub earlier: usize,
    /// The selected record, if there is one.
    pub selected: Option<usize>,
}

impl RecordsView {
    /// At most this many rows are given.
    pub const LIMIT: usize = 200;
}

/// One decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordView {
    /// Its number in the run.
    pub id: usize,
    /// When.
    pub at: SimTime,
    /// Who decided: `kubelet`, `apiserver`, …
    pub by: String,
    /// Rule id, such as `probe.liveness-kills`; its texts are in `rules/LANG.json`.
    pub rule: String,
    /// About what: `pod/web/app`.
    pub subject: String,
    /// The numbers that decided.
    pub facts: Vec<FactView>,
    /// Fields of the manifest that the rule reads: `spec.containers[0].image`.
    pub fields: Vec<String>,
    /// Lines of the editor's text (from 1) that hold these fields; empty if the text changed.
    pub lines: Vec<usize>,
    /// The record that caused this one.
    pub cause: Option<usize>,
    /// Where the rule is written upstream.
    pub source: String,
}

/// A named value: `failures` = `3`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactView {
    /// Its name, as the rule's text has it in braces.
    pub name: String,
    /// Its value, as text.
    pub value: String,
}
