//! What must always hold; checked after every step in debug builds.

use super::cri::InstanceState;
use super::world::World;

/// Panics, with the values, if something that must always hold does not.
pub fn check(world: &World) {
    for pod in world.api.pods() {
        let name = &pod.meta.name;
        for s in pod.status.all_containers() {
            let running = s.state.running.is_some();
            let init = pod.spec.is_init(&s.name);
            assert!(!s.ready || running || init, "{name}/{} is ready and does not run", s.name);
            let states = [&s.state.waiting.is_some(), &running, &s.state.terminated.is_some()];
            let count = states.iter().filter(|yes| ***yes).count();
            assert!(count <= 1, "{name}/{} is in {count} states", s.name);
        }
        let terminal = pod.finished();
        // The garbage collector fails a Pod that it deletes, and leaves its conditions.
        let collected = pod.deleting() && pod.status.condition("DisruptionTarget").is_some();
        let ready = pod.status.is_true("Ready");
        assert!(!terminal || !ready || collected, "{name} is finished and Ready");
    }
    let of_all = world.machines.iter().flat_map(|m| m.runtime.pods().map(|uid| (&m.runtime, uid)));
    for (runtime, uid) in of_all {
        let mut running = crate::base::Set::new();
        for i in runtime.instances_of(uid) {
            let alive = i.state == InstanceState::Running;
            let first = !alive || running.insert(i.spec.container.clone());
            assert!(first, "two instances of {} run at once", i.spec.container);
        }
    }
}
