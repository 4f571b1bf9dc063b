//! Pods put aside, and what in the cluster lets one be tried again.
//!
//! Source: scheduler backend/queue/scheduling_queue.go; the plugins' EventsToRegister

use super::filters::{Misfit, Plugin, of_node};
use super::{inter_pod, spread};
use crate::api::node::Node;
use crate::api::{Event, Pod};
use crate::base::SimTime;
use std::rc::Rc;

/// How long a Pod stays put aside when nothing that could help it changes.
/// Source: backend/queue/scheduling_queue.go DefaultPodMaxInUnschedulablePodsDuration
pub const LEFTOVER: SimTime = SimTime::secs(300);

/// A Pod that did not fit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Aside {
    /// Attempts so far.
    pub attempts: u32,
    /// When it was first tried: who waits longer goes first among equals.
    pub since: SimTime,
    /// What was said of it.
    pub message: String,
    /// Who objected, of which nodes.
    pub plugins: Vec<Plugin>,
    /// The node that it had room made on.
    pub nominated: String,
    /// The Event that told of it last, and the version of the Pod that it was about.
    pub told: Option<(Rc<Event>, String)>,
}

impl Aside {
    /// Notes who objected.
    pub fn note(&mut self, found: &[Vec<Misfit>]) {
        self.plugins.clear();
        for misfit in found.iter().flatten() {
            if !self.plugins.contains(&misfit.plugin) {
                self.plugins.push(misfit.plugin);
            }
        }
    }
}

/// What happened that may help a Pod.
#[derive(Clone, Copy, Debug)]
pub enum Hint<'a> {
    /// A Pod with a node is gone or has ended.
    PodGone(&'a Pod),
    /// A Pod came to a node, or its labels changed.
    PodCame(&'a Pod),
    /// A node came or changed; how it was.
    Node(Option<&'a Node>, &'a Node),
    /// A claim, a volume or a class came or changed.
    Volumes,
}

impl Hint<'_> {
    /// What it is called when a Pod is tried again for it.
    pub fn words(self) -> &'static str {
        match self {
            Hint::PodGone(_) => "AssignedPodDelete",
            Hint::PodCame(_) => "AssignedPodAdd",
            Hint::Node(None, _) => "NodeAdd",
            Hint::Node(..) => "NodeUpdate",
            Hint::Volumes => "VolumeChange",
        }
    }

    /// Whether it may help the Pod with what `plugin` objected to.
    /// Source: the plugins' queueing hints, isSchedulableAfterPodChange and the like
    pub fn helps(self, pod: &Pod, plugin: Plugin) -> bool {
        match (self, plugin) {
            (Hint::PodGone(_), Plugin::Fit) | (Hint::Volumes, Plugin::Volumes) => true,
            (Hint::PodGone(gone), Plugin::Ports) => pod.spec.needs.ports_conflict(&gone.spec.needs),
            (Hint::PodGone(other) | Hint::PodCame(other), Plugin::Spread) => {
                spread::is_about(pod, other)
            }
            (Hint::PodGone(gone), Plugin::InterPod) => inter_pod::is_kept_away(pod, gone),
            (Hint::PodCame(new), Plugin::InterPod) => inter_pod::is_drawn(pod, new),
            (Hint::Node(before, now), Plugin::Cordon | Plugin::Taints | Plugin::Affinity) => {
                let open = |node: &Node| of_node(pod, node).is_none();
                open(now) && !before.is_some_and(open)
            }
            (Hint::Node(before, now), Plugin::Fit) => before.is_none_or(|before| {
                before.allocatable != now.allocatable || before.pods != now.pods
            }),
            (Hint::Node(before, now), Plugin::Spread | Plugin::InterPod) => {
                before.is_none_or(|b| b.labels != now.labels || b.taints != now.taints)
            }
            (Hint::Node(before, _), Plugin::Ports | Plugin::Volumes) => before.is_none(),
            _ => false,
        }
    }
}
