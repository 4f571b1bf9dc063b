//! What a Pod says of the programs in its images: annotations under `lifepod.dev/`, and the ports
//! that its containers name.

use crate::api::{Container, Pod};
use crate::base::json::Value;
use crate::shell::behaviour::{Behaviour, Port, PortKind};
use std::rc::Rc;

/// What the Pod's annotations say of a container's program.
pub fn behaviour(pod: &Pod, container: &str) -> Rc<Behaviour> {
    let annotations = pod.meta.annotations.iter();
    let pairs = annotations.map(|(key, value)| (key.as_str(), value.as_str()));
    Rc::new(Behaviour::of_container(pairs, container))
}

/// The ports on which the container's program must be thought to listen: those of its `ports`,
/// probes and hooks.
pub fn ports(c: &Container) -> Vec<Port> {
    let mut ports: Vec<Port> = Vec::new();
    let mut add = |number: Option<u16>, kind| match number {
        Some(number) if ports.iter().all(|p| p.number != number) => {
            ports.push(Port { number, kind });
        }
        _ => {}
    };
    for probe in [&c.startup_probe, &c.liveness_probe, &c.readiness_probe].into_iter().flatten() {
        add(probe.grpc.as_ref().and_then(|a| number(&a["port"])), PortKind::Grpc);
        add(probe.http_get.as_ref().and_then(|a| number(&a["port"])), PortKind::Http);
        add(probe.tcp_socket.as_ref().and_then(|a| number(&a["port"])), PortKind::Http);
    }
    for hook in [&c.lifecycle.post_start, &c.lifecycle.pre_stop].into_iter().flatten() {
        add(hook.http_get.as_ref().and_then(|a| number(&a["port"])), PortKind::Http);
    }
    c.ports.iter().for_each(|p| add(Some(p.container_port), PortKind::Http));
    ports
}

/// A port that is a number; a name stands for one of `ports`.
fn number(port: &Value) -> Option<u16> {
    port.as_u64().and_then(|p| u16::try_from(p).ok())
}
