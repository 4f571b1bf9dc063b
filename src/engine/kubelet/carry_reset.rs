//! Starting all containers of a Pod anew: stop what runs, forget every instance, keep the sandbox.
//!
//! Source: kuberuntime_manager.go SyncPod (1.36, gate RestartAllContainersOnContainerExits)

use super::plan::{KillOrder, KillReason};
use super::restart::restarts_all;
use super::service::{Kubelet, Owner};
use super::worker::{Step, Worker};
use crate::engine::cri::{InstanceState, InstanceStatus, RuntimeCall};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::rules::Rule;

impl Kubelet {
    /// Plans the steps for these instances, in their order.
    pub(super) fn begin_reset(&mut self, uid: &str, instances: &[u64], cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        cite_source(w, cx);
        let seen = w.task.seen.clone();
        let running = |id: &u64| {
            let found = seen.instances.iter().find(|i| i.id == *id);
            found.filter(|i| i.state == InstanceState::Running).map(order)
        };
        for order in instances.iter().filter_map(running) {
            w.task.steps.push_back(Step::Kill(vec![order]));
        }
        // Older instances that ended go too, or they would pass for the newest.
        w.task.steps.push_back(Step::Remove(seen.instances.iter().map(|i| i.id).collect()));
        self.next_step(uid, cx);
    }

    /// The runtime forgets the instances; their containers begin with the next number. They are
    /// those of `all` containers, which the next sync starts anew without waiting for news, or
    /// those that die with their sandbox.
    /// Source: kubelet.go SyncPod; kuberuntime_container.go purgeInitContainers
    pub(super) fn remove_instances(
        &mut self,
        uid: &str,
        instances: Vec<u64>,
        all: bool,
        cx: &mut Cx,
    ) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let seen = w.task.seen.clone();
        for i in seen.instances.iter().rev().filter(|i| instances.contains(&i.id)) {
            let gone = if all { &mut w.reset } else { &mut w.purged };
            gone.insert(i.name.clone(), i.attempt + 1);
        }
        w.task.done += 1;
        w.asked |= all;
        self.call(Owner::Nobody, RuntimeCall::RemoveContainers { instances }, cx);
        self.next_step(uid, cx);
    }
}

fn order(i: &InstanceStatus) -> KillOrder {
    KillOrder {
        container: i.name.clone(),
        instance: i.id,
        message: format!("Stopping container {}", i.name),
        why: KillReason::RestartAll,
    }
}

fn cite_source(w: &Worker, cx: &mut Cx) {
    let spec = &w.pod.spec;
    for c in spec.init_containers.iter().chain(&spec.containers) {
        let ended = w.task.seen.newest(&c.name).filter(|i| i.state == InstanceState::Exited);
        let Some(i) = ended.filter(|i| restarts_all(c, i.exit_code)) else { continue };
        let fields = vec![format!("{}.restartPolicyRules", spec.path_of(&c.name))];
        let subject = Subject::container(&w.pod.meta.name, &c.name);
        let facts = vec![("container", c.name.as_str().into()), ("code", i.exit_code.into())];
        cx.cite_fields(subject, Rule::RestartAll, facts, fields);
    }
}
