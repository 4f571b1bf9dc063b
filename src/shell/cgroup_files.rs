//! `/sys/fs/cgroup` as a container sees it: its own cgroup. Files made when they are opened.
//!
//! Source: Documentation/admin-guide/cgroup-v2.rst.

use std::fmt::Write;

use crate::shell::cgroup::Cgroup;
use crate::shell::errno::Errno;
use crate::shell::process::Process;
use crate::shell::sys::Sys;

/// The directory.
pub const ROOT: &str = "/sys/fs/cgroup";

/// The names in it.
pub const NAMES: [&str; 11] = [
    "cgroup.procs",
    "cpu.max",
    "cpu.stat",
    "memory.current",
    "memory.events",
    "memory.high",
    "memory.max",
    "memory.oom.group",
    "memory.peak",
    "pids.current",
    "pids.max",
];

/// What a file says to the calling process.
pub fn read(sys: &Sys, name: &str) -> Result<Vec<u8>, Errno> {
    let (now, container) = (sys.now(), sys.me().container);
    let none = Cgroup::empty();
    let cgroup = sys.kernel.cgroup(container).unwrap_or(&none);
    let mine = |p: &&Process| p.container == container;
    let used = sys.kernel.memory(container, now);
    let mut text = String::new();
    let or_max = |n: Option<u64>| n.map_or("max".to_string(), |n| n.to_string());
    match name {
        "cgroup.procs" => {
            for process in sys.processes().filter(mine) {
                text.push_str(&process.pid.to_string());
                text.push('\n');
            }
            return Ok(text.into_bytes());
        }
        "cpu.max" => {
            let quota = cgroup.limits.cpu.map(|milli| u64::from(milli) * 100);
            text = or_max(quota) + " 100000";
        }
        "cpu.stat" => {
            let stat = cgroup.cpu.stat(now);
            let _ = write!(
                text,
                "usage_usec {0}\nuser_usec {0}\nsystem_usec 0\nnr_periods {1}\nnr_throttled {2}\n\
                 throttled_usec {3}",
                stat.usage, stat.periods, stat.throttled_periods, stat.throttled
            );
        }
        "memory.current" => text = used.to_string(),
        "memory.events" => {
            let _ = write!(
                text,
                "low 0\nhigh 0\nmax {0}\noom {0}\noom_kill {1}\noom_group_kill {0}",
                cgroup.ooms, cgroup.oom_kills
            );
        }
        "memory.high" | "pids.max" => text.push_str("max"),
        "memory.max" => text = or_max(cgroup.limits.memory),
        "memory.oom.group" => text.push(if cgroup.limits.single_oom { '0' } else { '1' }),
        "memory.peak" => text = cgroup.peak.max(used).to_string(),
        "pids.current" => text = sys.processes().filter(mine).count().to_string(),
        _ => return Err(Errno::NotFound),
    }
    text.push('\n');
    Ok(text.into_bytes())
}
