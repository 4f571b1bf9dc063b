//! Commands in containers: the API server passes them to the kubelet, and the answer back.

use super::patch::{client, not_found};
use super::store::{Answer, ApiServer};
use crate::api::Pod;
use crate::base::Map;
use crate::engine::action::ExecRequest;
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Done, Refusal};
use std::rc::Rc;

/// Commands under way: the kubectl command's number, and the container kubectl chose of all.
pub(super) type Execs = Map<u64, Option<(String, Vec<String>)>>;

impl ApiServer {
    /// Passes the command on, if a command can run there.
    pub(super) fn exec(&mut self, command: u64, request: &ExecRequest, cx: &mut Cx) {
        let pod = match self.pod_meant(request) {
            Ok(pod) => pod,
            Err(refusal) => return answer(command, Err(refusal), cx),
        };
        let container = match container_of(&pod, request.container.as_deref()) {
            Ok(container) => container,
            Err(refusal) => return answer(command, Err(refusal), cx),
        };
        let all: Vec<String> = pod.spec.containers.iter().map(|c| c.name.clone()).collect();
        let chosen = request.container.is_none() && all.len() > 1;
        let Some(kubelet) = self.kubelet_of(&pod.spec.node_name) else {
            return answer(command, Err(no_way_to(&pod)), cx);
        };
        self.execs.insert(command, chosen.then(|| (container.clone(), all)));
        let (uid, argv) = (pod.meta.uid.clone(), request.command.clone());
        let call = Call::Exec { command, uid, container, argv };
        cx.send(kubelet, latency::API_HOP, call);
    }

    /// Source: kubectl cmd/exec/exec.go Run, ExecutablePodFn
    fn pod_meant(&self, request: &ExecRequest) -> Result<Rc<Pod>, Refusal> {
        let (kind, name) = (request.kind.as_str(), request.name.as_str());
        let unknown = || not_found(kind, name);
        if kind == "Pod" {
            return self.pod(name).cloned().ok_or_else(unknown);
        }
        let pods = self.pods_of(kind, name).ok_or_else(unknown)?;
        pods.first().cloned().ok_or_else(|| Refusal {
            reason: String::new(),
            message: "timed out waiting for the condition".into(),
        })
    }

    /// The kubelet's answer goes back to kubectl.
    pub(super) fn exec_ended(
        &mut self,
        command: u64,
        result: Result<(i32, [String; 2]), Refusal>,
        cx: &mut Cx,
    ) {
        let Some(defaulted) = self.execs.remove(&command) else { return };
        let done = result.map(|(code, output)| Done::Executed { code, output, defaulted });
        answer(command, done, cx);
    }
}

fn answer(command: u64, answer: Answer, cx: &mut Cx) {
    cx.send(Component::Kubectl, latency::API_HOP, Call::Answer { command, answer });
}

/// Nobody answers on the Pod's node.
/// Source: apimachinery proxy/dial.go; node port 10250 of the kubelet
fn no_way_to(pod: &Pod) -> Refusal {
    let message = match pod.status.host_ip.as_str() {
        "" => format!("Get \"https://{}:10250\": no such host", pod.spec.node_name),
        ip => format!("error dialing backend: dial tcp {ip}:10250: connect: no route to host"),
    };
    Refusal { reason: "InternalError".into(), message }
}

/// The Pod of an exec, if a command can run in it.
/// Source: registry/core/pod/strategy.go streamLocation; kubectl cmd/exec/exec.go Run
fn container_of(pod: &Pod, asked: Option<&str>) -> Result<String, Refusal> {
    let name = pod.meta.name.as_str();
    if pod.finished() {
        let phase = pod.status.phase.as_str();
        return Err(client(format!(
            "cannot exec into a container in a completed pod; current phase is {phase}"
        )));
    }
    let annotated = pod.meta.annotations.get("kubectl.kubernetes.io/default-container");
    let default = || annotated.or(pod.spec.containers.first().map(|c| &c.name));
    let container = asked.or(default().map(String::as_str)).unwrap_or_default();
    if pod.spec.container(container).is_none() {
        return Err(Refusal {
            reason: "BadRequest".into(),
            message: format!("container {container} is not valid for pod {name}"),
        });
    }
    if pod.spec.node_name.is_empty() {
        return Err(Refusal {
            reason: "BadRequest".into(),
            message: format!("pod {name} does not have a host assigned"),
        });
    }
    Ok(container.to_string())
}
