//! The "why" list: which rule decided what, when, from which numbers.

use super::stage::ActorKind;
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
    /// What led to the selected record and what came of it.
    pub focus: Option<Rc<FocusView>>,
}

impl RecordsView {
    /// At most this many rows are given.
    pub const LIMIT: usize = 200;
}

/// The selected record between what led to it and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FocusView {
    /// The record.
    pub record: RecordView,
    /// What led to it, the nearest first.
    pub chain: Vec<LinkView>,
    /// What somebody did, at the end of the chain: when, and its words.
    pub act: Option<(SimTime, String)>,
    /// The decisions that it led to, as far as the run goes.
    pub effects: Vec<RecordView>,
    /// What it is about, on the stage.
    pub spot: SpotView,
}

/// A link of the chain of causes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkView {
    /// The record.
    pub record: RecordView,
    /// Whether the trace notes it as the cause; else it is what came before, about the same thing:
    /// a timer of the kubelet has no cause of its own.
    pub noted: bool,
}

/// Where on the stage a record stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpotView {
    /// The Pod's name; empty: none.
    pub pod: String,
    /// The container's name; empty: the Pod as a whole.
    pub container: String,
    /// The node's name, of what is about a node.
    pub node: String,
    /// Who decided.
    pub actor: ActorKind,
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
    /// Whether none of the fields is written: a default counts, and would stand under `lines`.
    pub unwritten: bool,
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
