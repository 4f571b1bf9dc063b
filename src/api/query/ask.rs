//! The questions.

use super::place::Place;
use super::select::Selector;
use crate::api::print::{Kind, Wish};

/// A question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Query {
    /// `kubectl get`
    Get(Get),
    /// `kubectl describe`
    Describe(Describe),
    /// `kubectl events`
    Events(EventsOf),
    /// `kubectl api-resources`
    Resources,
    /// `kubectl version`
    Version,
}

/// Objects of a kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The kind.
    pub kind: &'static Kind,
    /// Its name; `None`: all of the kind.
    pub name: Option<String>,
}

/// How objects are printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Output {
    /// In columns.
    #[default]
    Table,
    /// `-o yaml`
    Yaml,
    /// `-o json`
    Json,
    /// `-o name`
    Name,
    /// `-o jsonpath=…`: the template.
    JsonPath(String),
    /// `-o custom-columns=…`: the columns.
    Columns(String),
}

/// `kubectl get`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Get {
    /// What; nothing: every object that there is.
    pub targets: Vec<Target>,
    /// Which of them.
    pub selector: Selector,
    /// In which namespaces.
    pub place: Place,
    /// How they are printed.
    pub output: Output,
    /// What their table shows.
    pub wish: Wish,
    /// The path that they are sorted by, empty for none: `.metadata.creationTimestamp`.
    pub order: String,
    /// Whether objects that are not there are passed over.
    pub ignore_not_found: bool,
    /// Whether changes are told too: `-w`. Who answers once tells what is there now.
    pub watch: bool,
}

/// `kubectl describe`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Describe {
    /// What.
    pub targets: Vec<Target>,
    /// Which of them.
    pub selector: Selector,
    /// In which namespaces.
    pub place: Place,
    /// Whether kubectl 1.36 speaks, not 1.32.
    pub newer: bool,
}

/// `kubectl events`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EventsOf {
    /// Only those about this object.
    pub about: Option<Target>,
    /// In which namespaces.
    pub place: Place,
    /// Only those of these types: `Warning`.
    pub types: Vec<String>,
    /// No line of names.
    pub no_headers: bool,
}
