//! What a Pod asks for, may use and uses.

use super::view::containers;
use crate::api::print::values::go;
use crate::api::requests::Amounts;
use crate::api::{Node, Pod};
use crate::base::json::Value;
use crate::engine::World;
use crate::engine::kubelet::downward::raw_container;
use crate::session::make::stage_processes::usage;
use crate::session::view::{ResourceRow, ResourcesView};

/// The Pod's resources; of all containers, or of one.
pub fn resources(world: &World, pod: &Pod, container: &str) -> ResourcesView {
    let wanted = containers(pod).filter(|name| container.is_empty() || *name == container);
    let node = world.api.node(&pod.spec.node_name);
    ResourcesView {
        qos: pod.status.qos_class.clone(),
        rows: wanted.map(|name| row(world, pod, name)).collect(),
        counted: told(&pod.spec.needs.asked),
        node: node.map(|o| (o.meta.name.clone(), told(&Node::read(o).allocatable))),
    }
}

fn row(world: &World, pod: &Pod, name: &str) -> ResourceRow {
    let raw = raw_container(&pod.spec, name);
    let pair = |list: &Value| [go(&list["cpu"]), go(&list["memory"])];
    let machine = world.machine_of(pod);
    let newest = machine.and_then(|machine| {
        let all = machine.runtime.instances_of(&pod.meta.uid);
        Some((machine, all.filter(|i| i.spec.container == name).last()?))
    });
    ResourceRow {
        container: name.to_string(),
        requests: pair(&raw["resources"]["requests"]),
        limits: pair(&raw["resources"]["limits"]),
        usage: newest.and_then(|(machine, instance)| usage(world.now, machine, instance)),
        oom_score_adj: newest.map(|(_, instance)| instance.spec.oom_score),
    }
}

/// Processors as `250m` or `2`, memory as `64Mi`.
fn told(amounts: &Amounts) -> [String; 2] {
    let cpu = match amounts.cpu % 1000 {
        0 => (amounts.cpu / 1000).to_string(),
        _ => [&amounts.cpu.to_string(), "m"].concat(),
    };
    let units = [(30, "Gi"), (20, "Mi"), (10, "Ki")];
    let whole = |shift: i64| amounts.memory > 0 && amounts.memory % (1 << shift) == 0;
    let memory = match units.into_iter().find(|(shift, _)| whole(*shift)) {
        Some((shift, unit)) => [&(amounts.memory >> shift).to_string(), unit].concat(),
        None => amounts.memory.to_string(),
    };
    [cpu, memory]
}
