//! What is inspected, what could be, and the side that is looked at.

use super::{events, files, logs, network, resources, yaml};
use crate::api::Pod;
use crate::api::print::kinds;
use crate::base::json::Value;
use crate::course::kubectl;
use crate::engine::{Action, Trace, World};
use crate::session::core::in_namespace;
use crate::session::history::History;
use crate::session::make::stage_processes::{processes, shared};
use crate::session::view::{Body, Inspect, InspectorView, Section};

/// The inspector at `world.now`. If nothing is chosen, the first Pod is, or else the first node.
pub fn view(world: &World, history: &History, chosen: &Inspect) -> InspectorView {
    let objects = objects(world);
    let chosen = settled(chosen, &objects, world);
    let pod = (chosen.kind == "Pod").then(|| world.api.pod(&chosen.name)).flatten();
    let (kind, name) = (chosen.kind.as_str(), chosen.name.as_str());
    InspectorView {
        now: world.now,
        here: objects.iter().any(|(k, n)| k == kind && n == name),
        containers: pod
            .map(|pod| containers(pod).map(str::to_string).collect())
            .unwrap_or_default(),
        command: command(world, &chosen),
        body: body(world, history, &chosen, pod),
        objects,
        chosen,
    }
}

/// The objects that there are: Pods, nodes, Services, then the others as they are stored.
fn objects(world: &World) -> Vec<(String, String)> {
    let row = |kind: &str, name: &str| (kind.to_string(), name.to_string());
    let mut all: Vec<_> = world.api.pods().map(|pod| row("Pod", &pod.meta.name)).collect();
    let plain = |nodes: bool| {
        let objects = world.api.plain_objects();
        objects.filter(move |o| (o.kind == "Node") == nodes && o.kind != "Lease")
    };
    all.extend(plain(true).map(|o| row(&o.kind, &o.meta.name)));
    all.extend(world.api.services().map(|s| row("Service", &s.meta.name)));
    all.extend(world.api.slices().map(|s| row("EndpointSlice", &s.meta.name)));
    all.extend(plain(false).map(|o| row(&o.kind, &o.meta.name)));
    all
}

fn settled(chosen: &Inspect, objects: &[(String, String)], world: &World) -> Inspect {
    let mut chosen = chosen.clone();
    if let Some((kind, name)) = objects.first().filter(|_| chosen.kind.is_empty()) {
        (chosen.kind, chosen.name) = (kind.clone(), name.clone());
    }
    if !Section::of(&chosen.kind).contains(&chosen.section) {
        chosen.section = Section::default();
    }
    let pod = world.api.pod(&chosen.name).filter(|_| chosen.kind == "Pod");
    if pod.is_some_and(|pod| containers(pod).all(|name| name != chosen.container)) {
        chosen.container.clear();
    }
    chosen
}

/// The names of a Pod's containers: init containers, app containers, those added to debug it.
pub(super) fn containers(pod: &Pod) -> impl Iterator<Item = &str> {
    let lists = [&pod.spec.init_containers, &pod.spec.containers, &pod.spec.ephemeral_containers];
    lists.into_iter().flatten().map(|c| c.name.as_str())
}

fn command(world: &World, chosen: &Inspect) -> String {
    let Inspect { kind, name, container, .. } = chosen;
    let name = &[name, in_place(world, chosen).as_str()].concat();
    let kind = kind.to_ascii_lowercase();
    let of_container = |all: &str, one: &str| match container.as_str() {
        "" => all.to_string(),
        container => [one, container].concat(),
    };
    let args = match chosen.section {
        Section::Describe => ["describe ", &kind, " ", name].concat(),
        Section::Yaml => ["get ", &kind, " ", name, " -o yaml"].concat(),
        Section::Conditions => {
            ["get ", &kind, " ", name, " -o jsonpath='{.status.conditions}'"].concat()
        }
        Section::Events => ["events --for ", &kind, "/", name].concat(),
        Section::Logs => ["logs ", name, &of_container(" --all-containers", " -c ")].concat(),
        Section::Files => ["exec ", name, &of_container("", " -c "), " -- cat /etc/hosts"].concat(),
        Section::Processes => ["exec ", name, &of_container("", " -c "), " -- ps"].concat(),
        Section::Network => ["get pod ", name, " -o wide"].concat(),
        Section::Resources => ["top pod ", name, " --containers"].concat(),
    };
    ["kubectl ", &args].concat()
}

fn body(
    world: &World,
    history: &History,
    chosen: &Inspect,
    pod: Option<&std::rc::Rc<Pod>>,
) -> Body {
    let trace: &Trace = history.trace();
    match (chosen.section, pod) {
        (Section::Describe, _) => Body::Text(described(world, chosen)),
        (Section::Yaml, _) => {
            object(world, chosen).map_or(Body::Gone, |o| yaml::body(&o, world.now, history, chosen))
        }
        (Section::Conditions, _) => {
            object(world, chosen).map_or(Body::Gone, |o| events::conditions(world, &o, pod))
        }
        (Section::Events, _) => Body::Events(events::events(world, trace, chosen)),
        (Section::Logs, _) => Body::Logs(logs::logs(world, trace, chosen, pod)),
        (_, None) => Body::Gone,
        (Section::Files, Some(pod)) => Body::Files(files::files(world, pod, &chosen.container)),
        (Section::Processes, Some(pod)) => of_processes(world, pod, &chosen.container),
        (Section::Network, Some(pod)) => Body::Network(Box::new(network::network(world, pod))),
        (Section::Resources, Some(pod)) => {
            Body::Resources(Box::new(resources::resources(world, pod, &chosen.container)))
        }
    }
}

/// What a command about the object says of its namespace.
fn in_place(world: &World, chosen: &Inspect) -> String {
    in_namespace(world.api.namespace_of(&chosen.kind, &chosen.name))
}

/// What `kubectl describe` prints, word for word.
fn described(world: &World, chosen: &Inspect) -> String {
    let kind = chosen.kind.to_ascii_lowercase();
    let line = ["describe ", &kind, " ", &chosen.name, &in_place(world, chosen)].concat();
    let Action::Read { reading, .. } = kubectl::parse(&line) else { return String::new() };
    let answer = world.read(&reading).unwrap_or_default();
    answer.out + &answer.err
}

/// The object as clients read it.
fn object(world: &World, chosen: &Inspect) -> Option<Value> {
    let name = chosen.name.as_str();
    match chosen.kind.as_str() {
        "Pod" => world.api.pod(name).map(|pod| pod.to_json()),
        "Service" => world.api.service(name).map(|service| service.to_json()),
        "EndpointSlice" => {
            world.api.slices().find(|slice| slice.meta.name == name).map(|slice| slice.to_json())
        }
        kind => {
            let kind = kinds::of(kind)?.kind;
            world.api.plain(kind, name).map(|object| object.to_json())
        }
    }
}

fn of_processes(world: &World, pod: &Pod, container: &str) -> Body {
    let Some(machine) = world.machine_of(pod) else { return Body::Gone };
    let uid = pod.meta.uid.as_str();
    let wanted = containers(pod).filter(|name| container.is_empty() || *name == container);
    let all = wanted.filter_map(|name| {
        let mut instances = machine.runtime.instances_of(uid).filter(|i| i.spec.container == name);
        let newest = instances.by_ref().last()?;
        Some((name.to_string(), processes(world.now, machine, newest)))
    });
    Body::Processes(all.collect(), shared(world.now, machine, uid))
}
