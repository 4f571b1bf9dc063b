//! The words of the timeline.

use super::Text;
use crate::base::texts::texts;
use crate::session::view::LaneKind;

texts! { 5 "timeline";
    TITLE ROLE KEYS EMPTY ALL_HIDDEN ZOOM_IN ZOOM_OUT ZOOM_FIT EARLIER LATER SHOW_KINDS AXIS HINT
    POD CURSOR AT FROM_TO SINCE STATES MARKS LANE LANE_EMPTY KIND_ACTIONS KIND_PHASE
    KIND_CONDITION KIND_CONTAINER KIND_PROBE KIND_HOOK KIND_SIGNAL KIND_ENDPOINT KIND_TRAFFIC
    KIND_EVENT ONE_ACTIONS ONE_PHASE ONE_CONDITION ONE_CONTAINER ONE_PROBE ONE_HOOK ONE_SIGNAL
    ONE_ENDPOINT ONE_TRAFFIC ONE_EVENT
}

/// What lanes of a kind are called together.
pub fn kinds(kind: LaneKind) -> Text {
    match kind {
        LaneKind::Actions => KIND_ACTIONS,
        LaneKind::Phase => KIND_PHASE,
        LaneKind::Condition => KIND_CONDITION,
        LaneKind::Container => KIND_CONTAINER,
        LaneKind::Probe => KIND_PROBE,
        LaneKind::Hook => KIND_HOOK,
        LaneKind::Signal => KIND_SIGNAL,
        LaneKind::Endpoint => KIND_ENDPOINT,
        LaneKind::Traffic => KIND_TRAFFIC,
        LaneKind::Event => KIND_EVENT,
    }
}

/// What one lane of a kind is called.
pub fn kind(kind: LaneKind) -> Text {
    match kind {
        LaneKind::Actions => ONE_ACTIONS,
        LaneKind::Phase => ONE_PHASE,
        LaneKind::Condition => ONE_CONDITION,
        LaneKind::Container => ONE_CONTAINER,
        LaneKind::Probe => ONE_PROBE,
        LaneKind::Hook => ONE_HOOK,
        LaneKind::Signal => ONE_SIGNAL,
        LaneKind::Endpoint => ONE_ENDPOINT,
        LaneKind::Traffic => ONE_TRAFFIC,
        LaneKind::Event => ONE_EVENT,
    }
}
