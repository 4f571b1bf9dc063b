//! What is left of a runtime's containers when the machine loses its power.

use super::service::Runtime;
use crate::base::SimTime;
use crate::engine::cri::InstanceState;
use crate::engine::cx::Cx;
use crate::shell::Network;

/// How containers end of which the runtime knows nothing but that they ran.
/// Source: containerd internal/cri/server/restart.go loadContainer, unknownExitCode
const UNKNOWN: (i32, &str) = (255, "Unknown");

impl Runtime {
    /// All processes and what was in memory are gone, sandboxes among them. What is on disk stays:
    /// the records of containers, their logs, the volumes.
    pub fn lose_power(&mut self, cx: &mut Cx) {
        self.namespaces.clear();
        self.forget_pulls();
        for sandbox in self.sandboxes.values_mut() {
            (sandbox.ready, sandbox.namespace) = (false, None);
        }
        for instance in self.instances.values_mut() {
            instance.home = None;
            instance.stopping = None;
            instance.execs.clear();
            instance.log.lose();
            if instance.state == InstanceState::Running {
                instance.state = InstanceState::Exited;
                (instance.exit_code, instance.reason) = (UNKNOWN.0, UNKNOWN.1.to_string());
                instance.finished = None;
                instance.cite_exit(cx);
            }
        }
        let in_memory = |id: &&crate::shell::volume::VolumeId| {
            self.disk.get(id).is_some_and(crate::shell::tree::Tree::is_in_memory)
        };
        let gone: Vec<_> = self.disk.ids().filter(in_memory).cloned().collect();
        gone.iter().for_each(|id| self.disk.remove(id));
        self.changed();
    }

    /// The machine is up again: the ends that nobody saw are taken to be now.
    pub fn boot(&mut self, now: SimTime, network: &mut Network) {
        for instance in self.instances.values_mut() {
            if instance.state == InstanceState::Exited && instance.finished.is_none() {
                instance.finished = Some(now);
            }
        }
        for sandbox in self.sandboxes.values().filter(|sandbox| !sandbox.ready) {
            network.remove_space(sandbox.net);
        }
        self.changed();
    }
}
