//! The words of the stage.

use super::Text;
use crate::base::texts::texts;
use crate::session::view::{ActorKind, ContainerKind};

texts! { 4 "stage";
    TITLE MAP CONTROL_PLANE NODE MAP_QUIET MESSAGE MORE NODE_EMPTY EMPTY_TITLE EMPTY_TEXT
    EMPTY_APPLY UNPLACED ORPHAN POD_HOME GRACE_LEFT GRACE_POD GRACE_OVER SANDBOX SANDBOX_UP
    SANDBOX_DOWN
    PHASES CONDITIONS SINCE FOR API_SAYS NODE_HAS NOT_SEEN NO_STATUS ABSENT CREATED RUNNING EXITED
    LAST READY NOT_READY RESTARTS RESTARTS_NONE KIND_INIT KIND_SIDECAR PROCESSES PROCESS_RUNNING
    PROCESS_BUSY PROCESS_SLEEPING PROCESS_PAUSED PROCESS_WAITING PROCESS_WAITING_FOR PROCESS_READING
    PROCESS_WRITING PROCESS_NETWORK PROCESS_STOPPED PROCESS_ZOMBIE PROCESS_ZOMBIE_OF PROCESS_LINE
    PROCESS_EXEC SLEEPS WAKES TRAPS PENDING MEMORY MEMORY_OF MEMORY_FREE CPU CPU_HELD SHARED_POD
    SHARED_NODE PROBES PROBE_NEXT_LONG PROBE_FAILURES PROBE_SUCCESSES PROBE_NONE PROBE_HOLD
    PROBE_DELAY PROBE_STARTUP_FIRST PROBE_STARTUP_DONE PROBE_NOT_RUNNING PROBE_VERDICT HOOK_RUNS
    HOOK_OK HOOK_FAILED HOOK_ENDED SIGNALS SIGNAL_KILLED SIGNAL_TRAP SIGNAL_TRAP_WAITS
    SIGNAL_IGNORED SIGNAL_UNHEEDED SIGNAL_DELIVERED BACKOFF BACKOFF_LEFT BACKOFF_SYNC LOGS LOGS_NONE
    SERVICES ENDPOINTS_NONE ENDPOINT_READY ENDPOINT_SERVING ENDPOINT_TERMINATING ENDPOINT_NOT_READY
    ENDPOINTS_MORE NO_POD OWNERS CLIENTS CLIENTS_ASK CLIENTS_KEPT COUNT_SENT COUNT_OPEN COUNT_SERVED
    COUNT_LOST COUNT_REFUSED COUNT_CUT COUNT_TIMED_OUT COUNT_ERROR COUNT_BROKEN TALLY_SERVED
    TALLY_LOST SHARING SHARING_DEVICES SHARING_PORTS SHARING_NO_PORTS SHARING_BANDWIDTH SCOPE_OWN
    SCOPE_POD SCOPE_NODE SPACE_NET SPACE_IPC SPACE_UTS SPACE_PID SPACE_MNT ACTOR_API ACTOR_API_SHORT
    ACTOR_ENDPOINTS_SHORT ACTOR_RUNTIME_SHORT ACTOR_SCHEDULER ACTOR_ENDPOINTS ACTOR_RUNTIME
    ACTOR_KUBECTL ACTOR_KUBELET NODE_ACTS NODE_POWERLESS NODE_CUT NODE_NO_KUBELET NODE_NO_RUNTIME
    NODE_MISSING NODE_LINE NODE_RUN NODE_ADD NODE_NAME NODE_KUBECTL NODE_FAULTS SCHEDULER_OFF
    ZOOM ZOOM_CLUSTER ZOOM_NEARER ZOOM_FARTHER ZOOM_KEYS
}

/// What an actor is called.
pub fn actor(kind: ActorKind) -> Text {
    match kind {
        ActorKind::Kubectl => ACTOR_KUBECTL,
        ActorKind::ApiServer => ACTOR_API,
        ActorKind::Scheduler => ACTOR_SCHEDULER,
        ActorKind::Endpoints => ACTOR_ENDPOINTS,
        ActorKind::Kubelet => ACTOR_KUBELET,
        ActorKind::Runtime => ACTOR_RUNTIME,
    }
}

/// What an actor is called where there is little room.
pub fn short_actor(kind: ActorKind) -> Text {
    match kind {
        ActorKind::ApiServer => ACTOR_API_SHORT,
        ActorKind::Endpoints => ACTOR_ENDPOINTS_SHORT,
        ActorKind::Runtime => ACTOR_RUNTIME_SHORT,
        kind => actor(kind),
    }
}

/// The word beside the name of a container that is not a plain one.
pub fn container_kind(kind: ContainerKind) -> Option<Text> {
    match kind {
        ContainerKind::Init => Some(KIND_INIT),
        ContainerKind::Sidecar => Some(KIND_SIDECAR),
        ContainerKind::App => None,
    }
}

/// A process state's key in words; an unknown key has none.
pub fn process_state(key: &str) -> Option<Text> {
    match key {
        "running" => Some(PROCESS_RUNNING),
        "busy" => Some(PROCESS_BUSY),
        "sleeping" => Some(PROCESS_SLEEPING),
        "paused" => Some(PROCESS_PAUSED),
        "waiting" => Some(PROCESS_WAITING),
        "reading" => Some(PROCESS_READING),
        "writing" => Some(PROCESS_WRITING),
        "network" => Some(PROCESS_NETWORK),
        "stopped" => Some(PROCESS_STOPPED),
        "zombie" => Some(PROCESS_ZOMBIE),
        _ => None,
    }
}

/// What a signal did, by its key; an unknown key has no words.
pub fn signal_effect(key: &str) -> Option<Text> {
    match key {
        "killed" => Some(SIGNAL_KILLED),
        "trap" => Some(SIGNAL_TRAP),
        "trap-waits" => Some(SIGNAL_TRAP_WAITS),
        "ignored" => Some(SIGNAL_IGNORED),
        "unheeded" => Some(SIGNAL_UNHEEDED),
        "delivered" => Some(SIGNAL_DELIVERED),
        _ => None,
    }
}

/// Why a probe is not tried, by its key.
pub fn probe_idle(key: &str) -> Option<Text> {
    match key {
        "initial-delay" => Some(PROBE_DELAY),
        "startup-first" => Some(PROBE_STARTUP_FIRST),
        "startup-done" => Some(PROBE_STARTUP_DONE),
        "not-running" => Some(PROBE_NOT_RUNNING),
        _ => None,
    }
}
