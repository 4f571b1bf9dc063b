//! What a front end asks of the session; every button, key, link and lesson builds these.

use super::aim::Aim;
use super::exercise::Act;
use super::marks::MarkGroup;
use super::share::Shared;
use super::view::Inspect;
use crate::base::SimTime;
use crate::course::Deed;

/// How a Pod is deleted, as `kubectl delete` offers it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeleteMode {
    /// `kubectl delete pod`: the Pod's own grace period.
    Default,
    /// `--grace-period=N`, in seconds (0 becomes 1, as kubectl does without `--force`).
    Grace(u32),
    /// `--now`: a grace period of one second.
    Now,
    /// `--grace-period=0 --force`: the object goes at once.
    Force,
}

/// An end of the stretch that is played in a loop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// What is done with moments to come back to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bookmarking {
    /// The moment that is shown becomes one.
    Set,
    /// This one is called so.
    Name(SimTime, String),
    /// This one goes.
    Drop(SimTime),
    /// To the next one.
    Next,
    /// To the one before.
    Previous,
}

/// One wish of a person, or of a host page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// The editor's text is now this; nothing is applied.
    SetText(String),
    /// The editor's caret is now at this byte of the text.
    Caret(usize),
    /// `kubectl apply -f` of the editor's text at the cursor (forks if the cursor is in the past).
    Apply,
    /// Run a kubectl command line, with or without the word kubectl, at the cursor.
    Kubectl(String),
    /// Delete the Pod of this name at the cursor.
    Delete {
        /// Its name, in the namespace `default`.
        pod: String,
        /// With which grace.
        mode: DeleteMode,
    },
    /// A kubectl command, or a fault, at the cursor.
    Say(Deed),
    /// Let time run.
    Play,
    /// Hold time.
    Pause,
    /// Play or pause.
    TogglePlay,
    /// Virtual seconds per real second, in quarters (4 = 1×, 40 = 10×); 0: from mark to mark.
    SetSpeed(u32),
    /// To the next mark of the run, simulating on if need be.
    NextMark,
    /// To the mark before the cursor.
    PreviousMark,
    /// Forward (or back, if negative) by milliseconds.
    StepBy(i64),
    /// Let time run until this comes, or go there at once; time stays if it does not come soon.
    RunUntil {
        /// What is waited for.
        aim: Aim,
        /// Without playing what lies between.
        at_once: bool,
    },
    /// Stop whenever this comes, or no longer.
    ToggleStop(Aim),
    /// The moment that is shown is an end of the stretch that is played in a loop.
    SetEdge(Edge),
    /// Give up the way to an aim and put its message away; if there is none, the loop.
    GiveUp,
    /// Moments to come back to.
    Bookmark(Bookmarking),
    /// Marks of this group are passed over and not drawn, or are again.
    ToggleMarks(MarkGroup),
    /// To a moment; later than what was simulated means: run on.
    Seek(SimTime),
    /// Tell the Pod of this name in full, where there are many (an empty name: none).
    LookAt(String),
    /// Inspect an object (`None`: none, and nothing of the inspector is computed).
    Inspect(Option<Inspect>),
    /// Look at a record of the trace (`None`: at nothing).
    Select(Option<usize>),
    /// Take back the last act: the branch before it returns.
    Undo,
    /// Go to the branch that the last undo left.
    Redo,
    /// Go to the branch of this number.
    Branch(u32),
    /// An empty cluster at time zero; the text stays.
    Restart,
    /// An empty cluster at time zero in which the text is applied at once, and time runs. Nothing
    /// happens if the text is refused.
    Rerun,
    /// Begin anew with this scenario file (or bare manifest): its text goes to the editor, it is
    /// applied at time zero, and its actions happen at their times.
    Load(String),
    /// Begin anew with a run that was handed on.
    Open(Shared),
    /// Something with an exercise.
    Exercise(Act),
    /// The same as [`Command::Load`], and on to the moment in which something is seen: paused,
    /// its record selected.
    Show {
        /// The scenario file.
        scenario: String,
        /// What is to be seen: a goal as JSON.
        that: String,
    },
}

impl Command {
    /// Whether it goes elsewhere or begins something, so that the last stop is no longer news.
    pub fn moves_on(&self) -> bool {
        !matches!(
            self,
            Command::SetText(_)
                | Command::Select(_)
                | Command::SetSpeed(_)
                | Command::LookAt(_)
                | Command::ToggleStop(_)
                | Command::ToggleMarks(_)
                | Command::SetEdge(_)
                | Command::GiveUp
                | Command::Bookmark(
                    Bookmarking::Set | Bookmarking::Name(..) | Bookmarking::Drop(_)
                )
        )
    }
}

/// What a command or the passing of time changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Changed {
    /// The editor's text, or its problems.
    pub text: bool,
    /// The simulated run (records, lanes).
    pub run: bool,
    /// The cursor in time.
    pub cursor: bool,
    /// What is selected, speed, playing or not.
    pub lens: bool,
}

impl Changed {
    /// Whether anything changed.
    pub fn any(self) -> bool {
        self.text || self.run || self.cursor || self.lens
    }
}
