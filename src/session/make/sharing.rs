//! Who shares what, from the machine that a Pod is on.
//!
//! Source: kubelet kuberuntime/util NamespacesForPod; containerd internal/cri/server/podsandbox.

use crate::api::Pod;
use crate::base::draw;
use crate::engine::bandwidth::Bandwidth;
use crate::engine::cri::{InstanceState, PidMode};
use crate::engine::machine::Machine;
use crate::engine::runtime::sandbox::Sandbox;
use crate::session::view::{MemberView, Scope, SharingView, SpaceView};
use crate::shell::Network;
use crate::shell::net::socket::Kind;

/// The numbers of the node's own namespaces: net, ipc, uts, pid, mnt.
/// Source: Linux include/linux/proc_ns.h; net and mnt are the first of those counted up.
const NODE: [u64; 5] = [4_026_531_840, 4_026_531_839, 4_026_531_838, 4_026_531_836, 4_026_531_841];
/// Numbers of sandboxes and of containers begin here.
const FIRST_OF_PODS: u64 = 4_026_532_200;
const FIRST_OF_CONTAINERS: u64 = 4_026_542_200;

/// What the containers of a Pod share; `None` while it has no sandbox.
pub fn sharing(machine: &Machine, network: &Network, pod: &Pod) -> Option<SharingView> {
    let sandbox = machine.runtime.sandbox(&pod.meta.uid).filter(|sandbox| sandbox.ready)?;
    let running = machine.runtime.instances_of(&pod.meta.uid);
    let running = running.filter(|instance| instance.state == InstanceState::Running);
    let spaces = |of| spaces(sandbox, pod, of);
    let pause = MemberView { name: "pause".to_string(), spaces: spaces(None) };
    let containers = running.map(|instance| MemberView {
        name: instance.spec.container.clone(),
        spaces: spaces(Some(instance.id)),
    });
    let asked = Bandwidth::of(|key| pod.meta.annotations.get(key));
    let text = |rate: Option<String>| rate.unwrap_or_default();
    Some(SharingView {
        members: std::iter::once(pause).chain(containers).collect(),
        devices: devices(sandbox),
        ports: ports(machine, network, sandbox, pod),
        bandwidth: (!asked.is_none()).then(|| [text(asked.ingress), text(asked.egress)]),
    })
}

/// The namespaces of a container's processes; `None`: those of pause.
fn spaces(sandbox: &Sandbox, pod: &Pod, instance: Option<u64>) -> [SpaceView; 5] {
    let of_node = |at: usize| SpaceView { scope: Scope::Node, number: NODE[at] };
    let of_pod = |at: u64| {
        let number = FIRST_OF_PODS + 5 * draw(0, "namespaces", &pod.meta.uid, 0, 1_900) + at;
        SpaceView { scope: Scope::Pod, number }
    };
    let own = |at: u64| {
        let number = match instance {
            Some(id) => FIRST_OF_CONTAINERS + 2 * id + at,
            None => FIRST_OF_PODS + 5 * draw(0, "namespaces", &pod.meta.uid, 0, 1_900) + 3 + at,
        };
        SpaceView { scope: Scope::Own, number }
    };
    let host = pod.spec.host_network;
    let ipc = if pod.spec.raw["hostIPC"] == true { of_node(1) } else { of_pod(1) };
    let pid = match sandbox.pid_mode {
        PidMode::Node => of_node(3),
        PidMode::Pod => of_pod(3),
        PidMode::Container => own(0),
    };
    // With the node's network goes its host name.
    let (net, uts) = if host { (of_node(0), of_node(2)) } else { (of_pod(0), of_pod(2)) };
    [net, ipc, uts, pid, own(1)]
}

fn devices(sandbox: &Sandbox) -> Vec<(String, String)> {
    let device = |name: &str, address: String| (name.to_string(), address);
    vec![device("lo", "127.0.0.1".into()), device("eth0", sandbox.ip.clone())]
}

/// The ports on which the programs of this Pod listen, and whose they are.
fn ports(machine: &Machine, network: &Network, sandbox: &Sandbox, pod: &Pod) -> Vec<(u16, String)> {
    let sockets = network.sockets_of(sandbox.net);
    let open = sockets.filter(|(_, socket)| matches!(socket.kind, Kind::Listener(_)));
    let whose = |id| {
        let mut all = machine.runtime.instances_of(&pod.meta.uid);
        all.find(|instance| {
            let place = instance.home.zip(machine.runtime.kernel_of(instance));
            place.is_some_and(|(home, kernel)| kernel.has_socket(home.container, id))
        })
    };
    open.filter_map(|(id, s)| Some((s.local.port, whose(id)?.spec.container.clone()))).collect()
}
