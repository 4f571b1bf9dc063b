//! What a goal can say.

use super::place::Place;
use super::test::Test;
use crate::base::SimTime;

/// A condition over a whole trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Goal {
    /// Every part is met.
    All(Vec<Goal>),
    /// At least one part is met.
    Any(Vec<Goal>),
    /// The part is not met.
    Not(Box<Goal>),
    /// It holds at some moment of the window, or as often as is asked.
    Sometime(Moment),
    /// It holds from the window's start to its end.
    Always(Moment),
    /// It holds at no moment of the window.
    Never(Moment),
}

/// Something that holds or happens, and when it is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moment {
    /// What.
    pub what: What,
    /// Not earlier than this.
    pub from: Option<SimTime>,
    /// Not later than this.
    pub by: Option<SimTime>,
    /// Only after this has held for the first time.
    pub after: Option<Box<Moment>>,
    /// Only before this holds for the first time; if it never does, nothing is before it.
    pub before: Option<Box<Moment>>,
    /// Only while this holds.
    pub during: Option<Box<Moment>>,
    /// Not later than this after the window's start.
    pub within: Option<SimTime>,
    /// How often it begins to hold inside the window.
    pub times: Vec<Test>,
    /// At least so long without a break.
    pub lasting: Option<SimTime>,
}

/// What holds, or happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// Objects of the cluster are so.
    Object(ObjectIs),
    /// A row of the trace with these values.
    Row {
        /// The row's `type`: `LOG`, `KUBECTL`, `RULE`, `REQUEST`; empty: a change of an Event.
        kind: &'static str,
        /// Values at places in the row; all must agree.
        values: Vec<(Place, Test)>,
    },
    /// All of them at the same moment.
    Together(Vec<What>),
}

impl What {
    /// Whether it is a state, which lasts until something changes it, and no occurrence.
    pub fn lasts(&self) -> bool {
        match self {
            What::Object(_) => true,
            What::Row { .. } => false,
            What::Together(parts) => parts.iter().all(What::lasts),
        }
    }
}

/// A state of objects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectIs {
    /// Kind, in lower case: `pod`.
    pub kind: String,
    /// Name; `*` stands for any text.
    pub name: String,
    /// Where in the object; empty: the object itself.
    pub place: Place,
    /// What the value there must be; empty: there is one.
    pub tests: Vec<Test>,
    /// How many objects must be so; empty: at least one.
    pub count: Vec<Test>,
}
