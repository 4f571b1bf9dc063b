//! When a node is short of something, and whose turn it is then. Pure.
//!
//! Source: kubelet/eviction/helpers.go; eviction/defaults_linux.go

use crate::api::Pod;
use crate::base::sort_by;
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

/// What is watched of a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// `allocatableMemory.available`
    AllocatableMemory,
    /// `memory.available`
    Memory,
    /// `nodefs.available`
    Disk,
    /// `imagefs.available`
    ImageDisk,
    /// `nodefs.inodesFree`
    Inodes,
    /// `pid.available`
    Pids,
}

impl Signal {
    /// The resource that is won back.
    /// Source: helpers.go signalToResource
    pub fn resource(self) -> &'static str {
        match self {
            Signal::AllocatableMemory | Signal::Memory => "memory",
            Signal::Disk | Signal::ImageDisk => "ephemeral-storage",
            Signal::Inodes => "inodes",
            Signal::Pids => "pids",
        }
    }

    /// How the Pods of a node are put in order when it is short of this.
    /// Source: helpers.go rankMemoryPressure, rankDiskPressureFunc, rankPIDPressure
    pub fn order(self) -> &'static [Key] {
        match self {
            Signal::AllocatableMemory | Signal::Memory => {
                &[Key::ExceedsMemory, Key::Priority, Key::Memory]
            }
            Signal::Disk | Signal::ImageDisk => &[Key::ExceedsDisk, Key::Priority, Key::Disk],
            Signal::Inodes => &[Key::Priority, Key::Inodes],
            Signal::Pids => &[Key::Priority, Key::Processes],
        }
    }
}

/// An amount, or a part of what there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Amount {
    /// So much.
    Of(i64),
    /// So many thousandths of what there is.
    Part(u32),
}

impl Amount {
    fn of(self, capacity: i64) -> i64 {
        match self {
            Amount::Of(amount) => amount,
            Amount::Part(part) => part_of(capacity, part),
        }
    }
}

/// A part that upstream keeps as a float of 32 bits: the nearest that has 24 binary digits.
/// Source: eviction/api/types.go GetThresholdQuantity
fn part_of(capacity: i64, thousandths: u32) -> i64 {
    let (mut part, mut digits) = (i128::from(thousandths), 0);
    while part > 0 && part < 1000 << 23 {
        part *= 2;
        digits += 1;
    }
    let part = (part + 500) / 1000;
    i64::try_from((i128::from(capacity) * part) >> digits).unwrap_or(i64::MAX)
}

/// Less than this should never be left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Threshold {
    /// Of what.
    pub signal: Signal,
    /// How much.
    pub least: Amount,
    /// How much more has to be there before it counts as won back.
    pub reclaim: Amount,
}

const fn hard(signal: Signal, least: Amount) -> Threshold {
    Threshold { signal, least, reclaim: Amount::Of(0) }
}

/// The thresholds of a kubelet that nobody has configured. Images lie on the node's only disk, so
/// `imagefs.available` looks at the same bytes as `nodefs.available`, and `imagefs.inodesFree`
/// at the same inodes, with the same threshold, as `nodefs.inodesFree`.
/// Source: kubelet/eviction/defaults_linux.go DefaultEvictionHard; helpers.go
/// makeSignalObservations, buildSignalToRankFunc
pub const DEFAULTS: [Threshold; 4] = [
    hard(Signal::Memory, Amount::Of(100 << 20)),
    hard(Signal::Disk, Amount::Part(100)),
    hard(Signal::ImageDisk, Amount::Part(150)),
    hard(Signal::Inodes, Amount::Part(50)),
];

/// Inodes of a disk of so many bytes: one for each 16 KiB, on less than 512 MiB for each 4 KiB.
/// Source: e2fsprogs misc/mke2fs.conf.in (inode_ratio)
pub fn inodes_of(disk: i64) -> i64 {
    disk / if disk < 512 << 20 { 4 << 10 } else { 16 << 10 }
}

/// What there is of something, and what is left of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Observed {
    /// Of what.
    pub signal: Signal,
    /// Left.
    pub available: i64,
    /// In all.
    pub capacity: i64,
}

impl Observed {
    /// What is left, as messages have it.
    pub fn left(&self) -> String {
        match self.signal {
            Signal::Inodes | Signal::Pids => scaled(self.available, 1000, ["", "k", "M", "G", "T"]),
            _ => size(self.available),
        }
    }
}

/// The thresholds that are met; `won_back`: only what is left beyond the minimum counts.
/// Source: helpers.go thresholdsMet
pub fn met(thresholds: &[Threshold], observed: &[Observed], won_back: bool) -> Vec<Threshold> {
    let short = |t: &&Threshold| {
        observed.iter().find(|o| o.signal == t.signal).is_some_and(|o| {
            let more = if won_back { t.reclaim.of(o.capacity) } else { 0 };
            o.available < t.least.of(o.capacity) + more
        })
    };
    thresholds.iter().filter(short).copied().collect()
}

/// Memory first. Source: helpers.go byEvictionPriority
pub fn sort_signals(signals: &mut [Signal]) {
    crate::base::sort_by_key(signals, |s| {
        [Signal::AllocatableMemory, Signal::Memory].iter().position(|m| m == s).unwrap_or(2)
    });
}

/// What puts one Pod before another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// Uses more memory than it asks for.
    ExceedsMemory,
    /// Uses more disk than it asks for.
    ExceedsDisk,
    /// Is less important.
    Priority,
    /// Uses more memory beyond what it asks for.
    Memory,
    /// Uses more disk beyond what it asks for.
    Disk,
    /// Has more files.
    Inodes,
    /// Has more processes.
    Processes,
}

/// What a Pod uses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PodUse {
    /// The Pod.
    pub pod: Rc<Pod>,
    /// Containers with their memory and their disk, in bytes.
    pub containers: Vec<(String, u64, u64)>,
    /// Disk that its volumes use.
    pub volumes: u64,
    /// Files.
    pub inodes: u64,
    /// Processes.
    pub processes: u64,
}

impl PodUse {
    fn memory(&self) -> i64 {
        self.containers.iter().map(|(_, memory, _)| *memory as i64).sum()
    }

    fn disk(&self) -> i64 {
        self.containers.iter().map(|(.., disk)| *disk as i64).sum::<i64>() + self.volumes as i64
    }

    fn beyond(&self, resource: &str) -> i64 {
        let asked = self.pod.spec.needs.asked.get(resource);
        (if resource == "memory" { self.memory() } else { self.disk() }) - asked
    }

    /// Less comes first.
    fn key(&self, key: Key) -> Reverse<i64> {
        Reverse(match key {
            Key::ExceedsMemory => i64::from(self.beyond("memory") > 0),
            Key::ExceedsDisk => i64::from(self.beyond("ephemeral-storage") > 0),
            Key::Priority => -self.pod.spec.needs.priority,
            Key::Memory => self.beyond("memory"),
            Key::Disk => self.beyond("ephemeral-storage"),
            Key::Inodes => self.inodes as i64,
            Key::Processes => self.processes as i64,
        })
    }
}

/// Puts the Pod whose turn it is first.
pub fn rank(pods: &mut [PodUse], keys: &[Key]) {
    sort_by(pods, |a, b| {
        keys.iter()
            .map(|k| a.key(*k).cmp(&b.key(*k)))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    });
}

/// Whether the kubelet never evicts it.
/// Source: kubelet/types/pod_update.go IsCriticalPod; scheduling SystemCriticalPriority
pub fn is_critical(pod: &Pod) -> bool {
    pod.spec.needs.priority >= 2_000_000_000
}

/// The message of Event and status.
/// Source: helpers.go evictionMessage
pub fn message(of: &PodUse, threshold: &Threshold, observed: &Observed) -> String {
    let resource = threshold.signal.resource();
    let mut text = format!(
        "The node was low on resource: {resource}. Threshold quantity: {}, available: {}. ",
        size(threshold.least.of(observed.capacity)),
        observed.left()
    );
    if !["memory", "ephemeral-storage"].contains(&resource) {
        return text;
    }
    for (name, memory, disk) in &of.containers {
        let used = if resource == "memory" { *memory } else { *disk } as i64;
        let requests = of.pod.spec.container(name).map(|_| request(&of.pod, name, resource));
        let request = requests.unwrap_or(0);
        if used > request {
            text += &format!(
                "Container {name} was using {}, request is {}, has larger consumption of \
                 {resource}. ",
                size(used),
                size(request)
            );
        }
    }
    text
}

fn request(pod: &Pod, container: &str, resource: &str) -> i64 {
    let raw = super::downward::raw_container(&pod.spec, container);
    crate::api::requests::Amounts::of(&raw["resources"]["requests"]).get(resource)
}

/// A number of bytes as quantities are written: the largest unit without a fraction.
/// Source: apimachinery api/resource/quantity.go CanonicalizeBytes (BinarySI)
pub fn size(bytes: i64) -> String {
    scaled(bytes, 1024, ["", "Ki", "Mi", "Gi", "Ti"])
}

fn scaled(mut n: i64, by: i64, units: [&str; 5]) -> String {
    let mut unit = 0;
    while n != 0 && n % by == 0 && unit < 4 {
        n /= by;
        unit += 1;
    }
    n.to_string() + units[unit]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_those_of_a_float() {
        assert_eq!(part_of(264_212_084 << 10, 100), 27_055_317_804);
        assert_eq!(part_of(100 << 30, 150), 16_106_128_000);
        assert_eq!(part_of(8192, 50), 409);
        assert_eq!((part_of(1000, 0), part_of(1000, 1000)), (0, 1000));
    }

    #[test]
    fn what_is_left_is_told_as_upstream_does() {
        let left = |signal, available| Observed { signal, available, capacity: 0 }.left();
        assert_eq!(left(Signal::Disk, 12 << 10), "12Ki");
        assert_eq!(left(Signal::Inodes, 12_000), "12k");
        assert_eq!(left(Signal::Inodes, 1024), "1024");
    }
}
