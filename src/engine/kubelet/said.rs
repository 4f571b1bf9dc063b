//! What a Pod says of the programs in its images: annotations under `lifepod.dev/`, and the ports
//! that its containers name.

use crate::api::{Container, Pod};
use crate::shell::behaviour::Behaviour;
use serde_json::Value;
use std::rc::Rc;

/// What the Pod's annotations say of a container's program.
pub fn behaviour(pod: &Pod, container: &str) -> Rc<Behaviour> {
    let annotations = pod.meta.annotations.iter();
    let pairs = annotations.map(|(key, value)| (key.as_str(), value.as_str()));
    Rc::new(Behaviour::of_container(pairs, container))
}

/// The TCP ports on which the container's program must be thought to listen: those of its `ports`,
/// probes and hooks.
pub fn ports(c: &Container) -> Vec<u16> {
    let mut ports: Vec<u16> = c.ports.iter().map(|p| p.container_port).collect();
    let probes = [&c.startup_probe, &c.liveness_probe, &c.readiness_probe];
    for probe in probes.into_iter().flatten() {
        let asked = [&probe.http_get, &probe.tcp_socket, &probe.grpc];
        ports.extend(asked.into_iter().flatten().filter_map(|action| number(&action["port"])));
    }
    let hooks = [&c.lifecycle.post_start, &c.lifecycle.pre_stop];
    for action in hooks.into_iter().flatten().filter_map(|hook| hook.http_get.as_ref()) {
        ports.extend(number(&action["port"]));
    }
    ports.sort_unstable();
    ports.dedup();
    ports
}

/// A port that is a number; a name stands for one of `ports`.
fn number(port: &Value) -> Option<u16> {
    port.as_u64().and_then(|p| u16::try_from(p).ok())
}
