//! A Pod in the network.

use crate::api::print::values::go;
use crate::api::{Endpoint, Pod, Service};
use crate::base::json::Value;
use crate::engine::World;
use crate::session::make::sharing::sharing;
use crate::session::view::{EndpointState, NetworkView, SharingView};

/// Addresses, ports and Services of a Pod.
pub fn network(world: &World, pod: &Pod) -> NetworkView {
    let machine = world.machine_of(pod);
    let sharing = machine.and_then(|m| sharing(m, &world.network, pod));
    let sandbox = machine.and_then(|m| m.runtime.sandbox(&pod.meta.uid));
    let selecting = world.api.services().filter(|service| service.takes(pod));
    NetworkView {
        ip: pod.status.pod_ip.clone(),
        host_ip: go(&pod.to_json()["status"]["hostIP"]),
        host_network: pod.spec.host_network,
        hostname: sandbox.map(|sandbox| sandbox.hostname.clone()).unwrap_or_default(),
        declared: declared(pod, sharing.as_ref()),
        services: selecting.map(|service| of_service(world, service, pod)).collect(),
        sharing,
    }
}

/// The ports of the manifest. They open nothing: whether somebody listens there is another thing.
fn declared(pod: &Pod, sharing: Option<&SharingView>) -> Vec<(String, String, bool)> {
    let mut all = Vec::new();
    for list in ["initContainers", "containers"] {
        for container in pod.spec.raw[list].as_array().into_iter().flatten() {
            for port in container["ports"].as_array().into_iter().flatten() {
                let number = port["containerPort"].as_u64().unwrap_or(0);
                let heard = |shared: &&SharingView| {
                    shared.ports.iter().any(|(open, _)| u64::from(*open) == number)
                };
                all.push((go(&container["name"]), words(port), sharing.filter(heard).is_some()));
            }
        }
    }
    all
}

/// `80/TCP http`
fn words(port: &Value) -> String {
    let protocol = port["protocol"].as_str().unwrap_or("TCP");
    let name = port["name"].as_str().unwrap_or_default();
    let text = [&go(&port["containerPort"]), "/", protocol, " ", name].concat();
    text.trim_end().to_string()
}

fn of_service(world: &World, service: &Service, pod: &Pod) -> (String, String, EndpointState) {
    let ip = go(&service.spec["clusterIP"]);
    let ports = service.spec["ports"].as_array().into_iter().flatten();
    let ports: Vec<String> = ports.map(|port| go(&port["port"])).collect();
    let address = [&ip, ":", &ports.join(",")].concat();
    let mut slices = world.api.slices().filter(|slice| slice.service() == service.meta.name);
    let endpoint = slices.find_map(|s| s.endpoints.iter().find(|e| e.pod == pod.meta.name));
    (service.meta.name.clone(), address, endpoint.map_or(EndpointState::Absent, state))
}

fn state(endpoint: &Endpoint) -> EndpointState {
    match (endpoint.terminating, endpoint.serving, endpoint.ready) {
        (true, true, _) => EndpointState::Serving,
        (true, false, _) => EndpointState::Terminating,
        (false, _, true) => EndpointState::Ready,
        (false, _, false) => EndpointState::NotReady,
    }
}
