//! What the root is told.

use std::rc::Rc;

use super::exercise::Exercising;
use crate::base::{Lang, Span};
use crate::session::export::Export;
use crate::session::{Command, Shared};
use crate::ui::compare::Ask;
use crate::ui::header::scenarios::Entry;
use crate::ui::keys::Wish;
use crate::ui::library::{Place, Wanted};
use crate::ui::options::Theme;
use crate::ui::panes::Pane;
use crate::ui::picker::Choice;
use crate::ui::why::RuleTexts;

/// A message to the root.
#[derive(Debug)]
pub enum Msg {
    /// A command for the session.
    Command(Command),
    /// A frame of real time, in milliseconds.
    Frame(u64),
    /// A key that asks for something.
    Wish(Wish),
    /// Another language.
    Lang(Lang),
    /// Another theme.
    Theme(Theme),
    /// The system's colours changed.
    SystemColours,
    /// Another pane (on a narrow screen).
    Pane(Pane),
    /// Two runs are to be compared.
    Compare(Ask),
    /// A text is to be copied.
    Copy(String),
    /// It was, or could not be.
    Copied(bool),
    /// The run is wanted as a file.
    Export(Export),
    /// How a command line can go on is asked for.
    Complete(String),
    /// A place of the text.
    Goto(Span),
    /// Open or close the help.
    Help(bool),
    /// Open or close the rules of the documents.
    Library(bool),
    /// Open the rules at a place.
    Place(Place),
    /// A line of the text (from 1) is to be gone to.
    Line(usize),
    /// The card of a decision is wanted, by its number.
    Card(usize),
    /// A rule is to be shown.
    Show(Wanted),
    /// The scenario that shows a rule came, or not.
    ShowText(Wanted, Result<String, String>),
    /// The run is to be handed on.
    Share,
    /// It was, or not.
    Shared(Result<String, String>),
    /// The run in the page's address, or why it cannot be read.
    Handed(Option<Result<Shared, ()>>),
    /// Another step of the tour, or its end.
    Tour(Option<usize>),
    /// The tour is wished.
    TakeTour,
    /// Open or close the scenario picker.
    Picker(bool),
    /// A scenario or an own text was chosen.
    Scenario(Choice),
    /// The list of scenarios is asked for again.
    ScenariosAgain,
    /// A scenario's file came, or not.
    ScenarioText(String, Result<String, String>),
    /// The list of scenarios came, or not.
    Scenarios(Result<Vec<Entry>, String>),
    /// The page's words in a language came, or not.
    Texts(Lang, Result<(), String>),
    /// The rules' texts in a language came, or not.
    Rules(Lang, Result<Rc<RuleTexts>, String>),
    /// Open or close "run until …".
    Until(bool),
    /// Open or close branches and bookmarks.
    Ways(bool),
    /// Something with exercises.
    Exercise(Exercising),
    /// Say what is to be said.
    Say,
}
