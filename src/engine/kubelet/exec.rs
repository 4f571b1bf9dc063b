//! `kubectl exec`: a command in a container, for somebody who waits at the API server.

use super::service::{Kubelet, Owner};
use crate::engine::cri::{InstanceState, RPC_UNKNOWN, RuntimeCall, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Refusal};

impl Kubelet {
    /// Source: kubelet/server/server.go getExec; kubelet_pods.go GetExec
    pub(super) fn exec(
        &mut self,
        command: u64,
        uid: &str,
        container: &str,
        argv: Vec<String>,
        cx: &mut Cx,
    ) {
        let newest = self.workers.get(uid).and_then(|w| w.seen.newest(container));
        let running = newest.filter(|i| i.state == InstanceState::Running).map(|i| i.id);
        let Some(instance) = running else {
            let why = format!("unable to upgrade connection: container not found ({container:?})");
            return tell(command, Err(internal(why)), cx);
        };
        let call = RuntimeCall::Exec { instance, argv, timeout: None };
        self.call(Owner::Exec(command), call, cx);
    }
}

/// The command ended, or could not be run.
pub(super) fn ended(command: u64, reply: RuntimeReply, cx: &mut Cx) {
    let result = match reply {
        RuntimeReply::Execed { code, stdout, stderr } => Ok((code, [stdout, stderr])),
        // What kubectl starts does not go through ExecSync.
        RuntimeReply::ExecFailed(why) => Err(internal(format!(
            "Internal error occurred: error executing command in container: {}",
            why.trim_start_matches(RPC_UNKNOWN)
        ))),
        _ => Ok((137, Default::default())),
    };
    tell(command, result, cx);
}

fn tell(command: u64, result: Result<(i32, [String; 2]), Refusal>, cx: &mut Cx) {
    cx.send(Component::ApiServer, latency::API_HOP, Call::ExecEnded { command, result });
}

fn internal(why: String) -> Refusal {
    Refusal { reason: String::new(), message: format!("Internal error occurred: {why}") }
}
