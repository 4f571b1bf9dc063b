//! The words of the timeline.

use super::Text;
use crate::base::texts::texts;
use crate::session::view::{LaneKind, MarkGroup};

texts! { 5 "timeline";
    TITLE ROLE KEYS EMPTY ALL_HIDDEN ZOOM_IN ZOOM_OUT ZOOM_FIT EARLIER LATER SHOW_KINDS AXIS HINT
    POD CURSOR AT FROM_TO SINCE STATES MARKS LANE LANE_EMPTY KIND_ACTIONS KIND_PHASE
    KIND_CONDITION KIND_CONTAINER KIND_PROBE KIND_HOOK KIND_SIGNAL KIND_ENDPOINT KIND_TRAFFIC
    KIND_EVENT ONE_ACTIONS ONE_PHASE ONE_CONDITION ONE_CONTAINER ONE_PROBE ONE_HOOK ONE_SIGNAL
    ONE_ENDPOINT ONE_TRAFFIC ONE_EVENT
    UNTIL UNTIL_KEY UNTIL_SEARCH UNTIL_AT_ONCE UNTIL_TIME UNTIL_OFTEN UNTIL_EVENTS UNTIL_RULES
    UNTIL_NONE STOPS STOP_EACH ANY_POD ANY_CONTAINER AIM_AT AIM_CONDITION AIM_PHASE AIM_RESTART
    AIM_GONE AIM_SIGNAL AIM_EVENT AIM_LOST AIM_RULE HALT_REACHED HALT_REACHED_ABOUT HALT_NEVER
    HALT_PAST HALT_NO_MARK SENTENCE_GAP LIST_GAP SKIPPED SKIPPED_QUIET MINUTES PASSED_BACKOFF
    PASSED_RESTARTS PASSED_EXITS PASSED_SIGNALS PASSED_PROBES_FAILED PASSED_PROBES_PASSED
    PASSED_PULLS PASSED_PODS_MADE PASSED_PODS_GONE PASSED_ACTS PASSED_LOST PASSED_SERVED
    PASSED_WARNINGS RUNNING_TO PASSING_CARD LOOPED LOOP_OPEN LOOP_START LOOP_END WAYS BRANCHES
    BRANCHES_MORE
    BRANCH_START BRANCH_MORE BOOKMARKS BOOKMARKS_NONE BOOKMARK_HERE BOOKMARK_GO BOOKMARK_NAME
    BOOKMARK_DROP BOOKMARK_UNNAMED SPEED_MARKS SAID_BOOKMARK SAID_LOOP SAID_GIVEN_UP SAID_STOP_SET
    SAID_STOP_GONE SAID_BRANCH SAID_BOOKMARK_GONE
    KEY_LOOP KEY_GIVE_UP KEY_BOOKMARKS
    KIND_NODE KIND_INIT KIND_SIDECAR KIND_IMAGE ONE_NODE ONE_INIT ONE_SIDECAR ONE_IMAGE
    SHOW_MARKS BRING_BACK MARKS_ACTS MARKS_PASSES MARKS_FAILURES MARKS_SIGNALS MARKS_PROCESSES
    MARKS_PULLS MARKS_EVENTS MARKS_WARNINGS MARKS_LOST MARKS_DECISIONS PUT_AWAY
}

/// What lanes of a kind are called together.
pub fn kinds(kind: LaneKind) -> Text {
    match kind {
        LaneKind::Actions => KIND_ACTIONS,
        LaneKind::Phase => KIND_PHASE,
        LaneKind::Condition => KIND_CONDITION,
        LaneKind::Node => KIND_NODE,
        LaneKind::Init => KIND_INIT,
        LaneKind::Sidecar => KIND_SIDECAR,
        LaneKind::Container => KIND_CONTAINER,
        LaneKind::Image => KIND_IMAGE,
        LaneKind::Probe => KIND_PROBE,
        LaneKind::Hook => KIND_HOOK,
        LaneKind::Signal => KIND_SIGNAL,
        LaneKind::Endpoint => KIND_ENDPOINT,
        LaneKind::Traffic => KIND_TRAFFIC,
        LaneKind::Event => KIND_EVENT,
    }
}

/// What the marks of a group are called.
pub fn marks(group: MarkGroup) -> Text {
    match group {
        MarkGroup::Acts => MARKS_ACTS,
        MarkGroup::Passes => MARKS_PASSES,
        MarkGroup::Failures => MARKS_FAILURES,
        MarkGroup::Signals => MARKS_SIGNALS,
        MarkGroup::Processes => MARKS_PROCESSES,
        MarkGroup::Pulls => MARKS_PULLS,
        MarkGroup::Events => MARKS_EVENTS,
        MarkGroup::Warnings => MARKS_WARNINGS,
        MarkGroup::Lost => MARKS_LOST,
        MarkGroup::Decisions => MARKS_DECISIONS,
    }
}

/// What one lane of a kind is called.
pub fn kind(kind: LaneKind) -> Text {
    match kind {
        LaneKind::Actions => ONE_ACTIONS,
        LaneKind::Phase => ONE_PHASE,
        LaneKind::Condition => ONE_CONDITION,
        LaneKind::Node => ONE_NODE,
        LaneKind::Init => ONE_INIT,
        LaneKind::Sidecar => ONE_SIDECAR,
        LaneKind::Container => ONE_CONTAINER,
        LaneKind::Image => ONE_IMAGE,
        LaneKind::Probe => ONE_PROBE,
        LaneKind::Hook => ONE_HOOK,
        LaneKind::Signal => ONE_SIGNAL,
        LaneKind::Endpoint => ONE_ENDPOINT,
        LaneKind::Traffic => ONE_TRAFFIC,
        LaneKind::Event => ONE_EVENT,
    }
}
