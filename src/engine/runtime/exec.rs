//! Commands run in a container from outside: exec probes and hooks.

use super::instance::ExecRun;
use super::namespace::RUNC_THREADS;
use super::service::{Runtime, RuntimeTimer, reply_to};
use crate::base::SimTime;
use crate::engine::cri::{InstanceState, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::wire::SimEvent;
use crate::shell::Pid;

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
            Err(error) => reply_to(call, RuntimeReply::ExecFailed(error), cx),
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
        let gone = || "container not running".to_string();
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
                "failed to exec in container: failed to start exec: OCI runtime exec failed: exec \
                 failed: unable to start container process: {error}"
            )
        })?;
        space.kernel.skip_pids(RUNC_THREADS);
        let deadline = timeout.map(|limit| {
            cx.after(limit, SimEvent::Runtime(RuntimeTimer::ExecDeadline(number, pid)))
        });
        instance.execs.insert(pid, ExecRun { call, output: String::new(), deadline });
        Ok(())
    }

    pub(super) fn exec_deadline(&mut self, number: u64, pid: Pid, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(exec) = instance.execs.remove(&pid) else { return };
        if let Some(space) = instance.home.and_then(|h| self.namespaces.get_mut(&h.namespace)) {
            space.kernel.kill_tree(cx.now, pid);
            space.kernel.forget(pid);
        }
        reply_to(exec.call, RuntimeReply::ExecTimeout, cx);
        self.pump(number, cx);
    }
}
