//! Answers from a world.

use super::{Reading, logs, wait};
use crate::api::Timestamp;
use crate::api::query::{Answer, Query, answer};
use crate::base::json::{Value, json};
use crate::engine::machine::Machine;
use crate::engine::trace::{RowKind, Trace};
use crate::engine::world::World;

impl World {
    /// All objects of the API server, each as a client reads it.
    pub fn objects(&self) -> Vec<Value> {
        self.api.objects()
    }

    /// What a command prints now; `None` if it has to wait.
    pub fn read(&self, reading: &Reading) -> Option<Answer> {
        match reading {
            Reading::Ask(query) => {
                let mut objects = self.objects();
                objects.extend(self.api.of_every_namespace());
                if matches!(query, Query::Describe(_)) {
                    objects.extend(self.leases());
                }
                Some(answer(query, &objects, Timestamp::at(self.now)))
            }
            Reading::Logs(of) => Some(logs::logs(self, of)),
            Reading::Wait(of) => wait::met(of, &self.objects()),
            Reading::Said(answer) => Some(answer.clone()),
        }
    }

    /// The leases of the nodes, as `describe node` reads them. Source: kubelet nodelease
    fn leases(&self) -> Vec<Value> {
        let lease = |machine: &Machine| {
            let name = machine.name.as_str();
            let renewed = self.nodes.last_renewal(name);
            let renewed = renewed.unwrap_or_else(|| machine.kubelet.last_renewal(self.now));
            json!({"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
                   "metadata": {"name": name, "namespace": "kube-node-lease"},
                   "spec": {"holderIdentity": name, "leaseDurationSeconds": 40,
                            "renewTime": Timestamp::at(renewed).rfc3339()}})
        };
        self.machines.iter().map(lease).collect()
    }

    /// A scenario's command: what it prints goes to the trace, now or when it is over.
    pub(in crate::engine) fn read_into(
        &mut self,
        args: &str,
        reading: &Reading,
        trace: &mut Trace,
    ) {
        match (self.read(reading), reading) {
            (None, Reading::Wait(of)) => self.wait(args, of),
            (answer, _) => print(args, answer.unwrap_or_default(), self, trace),
        }
    }
}

/// Puts an answer into the trace.
pub(super) fn print(args: &str, answer: Answer, world: &World, trace: &mut Trace) {
    let (args, Answer { out, err, code }) = (args.to_string(), answer);
    trace.push(world.now, || RowKind::Kubectl { given: world.now, args, out, err, code });
}
