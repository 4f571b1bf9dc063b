//! Every bound of the engine; reaching one ends the run with a message, never with a frozen tab.

use crate::base::SimTime;

/// Events of one run.
pub const EVENTS_PER_RUN: u64 = 20_000_000;

/// Events at one instant: more is a loop without time.
pub const EVENTS_AT_ONE_INSTANT: u32 = 20_000;

/// Shell steps at one wake-up of a container.
pub const FUEL_PER_WAKE: u64 = 4_000;

/// Looks at one request of the kubelet at one instant: a guard, some are enough.
pub const LOOKS: u32 = 100;

/// Log lines kept for one container instance.
pub const LOG_LINES_PER_INSTANCE: usize = 2_000;

/// Bytes kept of these lines together.
pub const LOG_BYTES_PER_INSTANCE: usize = 256 << 10;

/// Bytes of one record of a log: a longer line becomes several.
/// Source: containerd, max_container_log_line_size
pub const LOG_LINE_BYTES: usize = 16 << 10;

/// Log lines of one container instance that the timeline shows at once, after a pause.
pub const LOG_ROWS_AT_ONCE: u64 = 2_000;

/// Log lines of one container instance that the timeline shows each second for long.
pub const LOG_ROWS_PER_SECOND: u64 = 100;

/// Bytes of a line that count as one more line.
pub const LOG_BYTES_PER_ROW: u64 = 256;

/// Pods in the store: more than a node takes, so that a full one can be seen.
pub const PODS: usize = 1_000;

/// ConfigMaps, Secrets and other plain objects in the store.
pub const OBJECTS: usize = 300;

/// The longest run: a year.
pub const RUN: SimTime = SimTime::secs(365 * 24 * 3600);

/// Exec output that the kubelet keeps. Source: probe/exec/exec.go maxReadLength
pub const EXEC_OUTPUT_BYTES: usize = 10 * 1024;
