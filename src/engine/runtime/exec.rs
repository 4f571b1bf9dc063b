//! Commands run in a container from outside: exec probes and hooks.

use super::images;
use super::instance::ExecRun;
use super::namespace::RUNC_THREADS;
use super::service::{Runtime, RuntimeTimer, reply_to};
use crate::base::SimTime;
use crate::engine::cri::{InstanceState, RPC_UNKNOWN, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::wire::SimEvent;
use crate::shell::{Pid, Signal};

/// How much longer than the timeout the kubelet waits for an answer.
/// Source: cri-client remote_runtime.go ExecSync; kubelet runtimeRequestTimeout
const PATIENCE: SimTime = SimTime::secs(120);

impl Runtime {
    /// Source: containerd internal/cri/server/container_execsync.go
    pub(super) fn exec(
        &mut self,
        call: u64,
        number: u64,
        argv: Vec<String>,
        timeout: Option<SimTime>,
        cx: &mut Cx,
    ) {
        match self.spawn_exec(call, number, argv, timeout, cx) {
            Ok(()) => self.pump(number, cx),
            Err(error) => {
                let error = [RPC_UNKNOWN, "failed to exec in container: ", &error].concat();
                reply_to(call, RuntimeReply::ExecFailed(error), cx);
            }
        }
    }

    fn spawn_exec(
        &mut self,
        call: u64,
        number: u64,
        argv: Vec<String>,
        timeout: Option<SimTime>,
        cx: &mut Cx,
    ) -> Result<(), String> {
        let gone = || "container is in CONTAINER_EXITED state".to_string();
        let instance = self.instances.get_mut(&number).ok_or_else(gone)?;
        let sandbox = self.sandboxes.get(&instance.spec.uid).ok_or_else(gone)?;
        let home = instance.home.ok_or_else(gone)?;
        let space = self.namespaces.get_mut(&home.namespace).ok_or_else(gone)?;
        if instance.state != InstanceState::Running {
            return Err(gone());
        }
        let spawn = instance.spawned(argv, home.container, sandbox);
        let spawned = space.kernel.spawn(cx.now, &spawn, &mut self.disk);
        let pid = spawned.map_err(|error| {
            format!(
                "failed to start exec {:?}: OCI runtime exec failed: exec failed: unable to start \
                 container process: {error}: unknown",
                images::hex(&format!("exec/{call}"))
            )
        })?;
        space.kernel.skip_pids(RUNC_THREADS);
        let deadline = timeout.map(|limit| {
            cx.after(limit, SimEvent::Runtime(RuntimeTimer::ExecDeadline(number, pid)))
        });
        instance.execs.insert(
            pid,
            ExecRun {
                call,
                output: Default::default(),
                deadline,
                timed_out: false,
                overdue: false,
            },
        );
        Ok(())
    }

    /// The command's time is over: it is killed, it alone. What it left behind may hold its output
    /// open; the runtime waits for that even so, until the kubelet does not wait any more.
    /// Source: containerd internal/cri/server/container_execsync.go execInternal, drainExecSyncIO
    /// (drain_exec_sync_io_timeout is 0 by default)
    pub(super) fn exec_deadline(&mut self, number: u64, pid: Pid, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(exec) = instance.execs.get_mut(&pid) else { return };
        let space = instance.home.and_then(|home| self.namespaces.get_mut(&home.namespace));
        if std::mem::replace(&mut exec.overdue, true) {
            let call = exec.call;
            instance.execs.remove(&pid);
            if let Some(space) = space {
                space.kernel.forget(pid);
            }
            return reply_to(call, RuntimeReply::ExecTimeout, cx);
        }
        let patience = SimEvent::Runtime(RuntimeTimer::ExecDeadline(number, pid));
        exec.deadline = Some(cx.after(PATIENCE, patience));
        if let Some(space) = space
            && space.kernel.is_alive(pid)
        {
            exec.timed_out = true;
            space.kernel.signal(cx.now, pid, Signal::Kill);
        }
        self.pump(number, cx);
    }
}
