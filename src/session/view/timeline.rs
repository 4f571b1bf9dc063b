//! The timeline: lanes of phases and marks over virtual time.

use super::journey::MarkGroup;
use crate::base::SimTime;
use std::rc::Rc;

/// All lanes of the run so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TimelineView {
    /// How far the run was simulated.
    pub tip: SimTime,
    /// The lanes, top to bottom.
    pub lanes: Vec<Rc<Lane>>,
}

/// What a lane tells of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LaneKind {
    /// What people did.
    Actions,
    /// A node: its status, and what was decided of it.
    Node,
    /// `status.phase`.
    Phase,
    /// One condition.
    Condition,
    /// An init container's state.
    Init,
    /// A sidecar's state.
    Sidecar,
    /// One container's state.
    Container,
    /// The images of one container, on their way to the node.
    Image,
    /// The attempts of one probe.
    Probe,
    /// postStart and preStop.
    Hook,
    /// Signals sent to PID 1 and the grace periods.
    Signal,
    /// The Pod's endpoint of one Service.
    Endpoint,
    /// Requests of the clients outside: all, or one Pod's lost ones.
    Traffic,
    /// Events.
    Event,
}

/// A row of the timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lane {
    /// Stable key, such as `pod/web/container/app`.
    pub id: String,
    /// What it tells of.
    pub kind: LaneKind,
    /// The Pod, if it is one Pod's.
    pub pod: String,
    /// The field's own word: `Ready`, `app`, `app liveness`, `web` …; untranslated.
    pub title: String,
    /// States, one after the other, by start.
    pub phases: Vec<Rc<LanePhase>>,
    /// Moments, by time.
    pub marks: Vec<Rc<Mark>>,
}

/// How a state is coloured (and shaped: colour is never the only sign).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Tone {
    /// Nothing there yet, or gone.
    Idle,
    /// Waiting for something: Pending, ContainerCreating.
    Waiting,
    /// Held back: back-off.
    Backoff,
    /// Running, but not ready.
    Running,
    /// Ready, serving, True.
    Good,
    /// Being terminated, grace running.
    Terminating,
    /// Ended well: exit 0, Succeeded.
    Done,
    /// Ended badly, failed.
    Bad,
    /// False, without being a fault.
    Off,
    /// A hook or another command runs.
    Busy,
}

/// A state that lasts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LanePhase {
    /// When it begins.
    pub start: SimTime,
    /// When it ends; `None`: still so at the tip.
    pub end: Option<SimTime>,
    /// Kubernetes' own words: `Running`, `CrashLoopBackOff`, `True` …
    pub label: String,
    /// More, for the tooltip and the screen reader.
    pub detail: String,
    /// How it looks.
    pub tone: Tone,
}

/// The form of a mark.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MarkKind {
    /// A person acted.
    Action,
    /// A probe succeeded.
    ProbeSuccess,
    /// A probe failed.
    ProbeFailure,
    /// A probe had no answer in time.
    ProbeTimeout,
    /// A signal was sent.
    Signal,
    /// SIGKILL was sent.
    Kill,
    /// A process started.
    Start,
    /// A process ended with code 0.
    ExitOk,
    /// A process ended otherwise.
    ExitBad,
    /// A Normal Event.
    EventNormal,
    /// A Warning Event.
    EventWarning,
    /// The API object changed.
    Change,
    /// A request was lost.
    Lost,
}

impl MarkKind {
    /// The group by which marks are passed over; `None`: those of this kind always show.
    pub fn group(self, lane: LaneKind) -> Option<MarkGroup> {
        Some(match self {
            _ if lane == LaneKind::Image => MarkGroup::Pulls,
            MarkKind::Action => MarkGroup::Acts,
            MarkKind::ProbeSuccess => MarkGroup::Passes,
            MarkKind::ProbeFailure | MarkKind::ProbeTimeout => MarkGroup::Failures,
            MarkKind::Signal | MarkKind::Kill => MarkGroup::Signals,
            MarkKind::Start | MarkKind::ExitOk | MarkKind::ExitBad => MarkGroup::Processes,
            MarkKind::EventNormal => MarkGroup::Events,
            MarkKind::EventWarning => MarkGroup::Warnings,
            MarkKind::Lost => MarkGroup::Lost,
            MarkKind::Change => return None,
        })
    }
}

/// A moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// When.
    pub at: SimTime,
    /// Its form.
    pub kind: MarkKind,
    /// Short: `2/3`, `SIGTERM`, `exit 137`, `Killing`; untranslated.
    pub label: String,
    /// More, for the tooltip and the screen reader.
    pub detail: String,
    /// The record that explains it.
    pub record: Option<usize>,
}
