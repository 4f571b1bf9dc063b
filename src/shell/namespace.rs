//! The PID namespaces that are not a container's own: the Pod's, with `pause` as PID 1, and the
//! node's, with its daemons.

use crate::base::SimTime;
use crate::shell::commands::init::{self, Init};
use crate::shell::files::FileSystem;
use crate::shell::kernel::Kernel;
use crate::shell::process::{Env, Program};
use crate::shell::spawn::{Spawn, blank};
use crate::shell::types::Pid;

/// Processes of a node that are worth seeing. The ids are such as a node has after days; what
/// matters is that they are far from 1.
const DAEMONS: [(u32, u32, &str); 6] = [
    (1, 0, "/sbin/init"),
    (2, 0, "[kthreadd]"),
    (412, 1, "/usr/bin/containerd"),
    (655, 1, "/usr/bin/kubelet"),
    (1180, 1, "/usr/local/bin/kube-proxy"),
    (SHIM.0, 1, "/usr/bin/containerd-shim-runc-v2"),
];

/// The runtime's process that starts a Pod's containers.
const SHIM: Pid = Pid(41_207);

impl Kernel {
    /// A Pod's namespace (`shareProcessNamespace`): `pause` is PID 1.
    /// Source: kubelet kuberuntime/util NamespacesForPod; pause.c.
    pub fn of_pod(hostname: &str, now: SimTime) -> Kernel {
        let mut kernel = Kernel::with_files(hostname, FileSystem::default());
        kernel.add_daemon(now, Pid::INIT, Pid(0), "/pause", Init::Pause);
        kernel.next_pid = 2;
        kernel
    }

    /// The node's namespace (`hostPID`), as one Pod sees it.
    ///
    /// DIFFERENCE: the processes of other Pods are not in it.
    pub fn of_node(hostname: &str, now: SimTime) -> Kernel {
        let mut kernel = Kernel::with_files(hostname, FileSystem::default());
        for (pid, parent, argv) in DAEMONS {
            kernel.add_daemon(now, Pid(pid), Pid(parent), argv, Init::Daemon);
        }
        kernel.add_daemon(now, Pid(SHIM.0 + 19), SHIM, "/pause", Init::Pause);
        kernel.spawner = SHIM;
        kernel.next_pid = SHIM.0 + 32;
        if let Some(shim) = kernel.processes.get_mut(&SHIM) {
            shim.subreaper = true;
        }
        kernel
    }

    fn add_daemon(&mut self, now: SimTime, pid: Pid, parent: Pid, argv: &str, init: Init) {
        let mut process = blank(now, pid, &Spawn::command(argv.split(' ')));
        process.ppid = parent;
        process.env = Env::default();
        process.program = Program::Task(Box::new(init::task(argv, init)));
        self.processes.insert(pid, process);
    }

    /// Whether a process is the node's own: containers are numbered from 1 where it is.
    pub fn is_of_node(&self, pid: Pid) -> bool {
        let process = self.processes.get(&pid);
        self.spawner != Pid(0) && process.is_some_and(|p| p.container == 0)
    }

    /// Takes ids that no process here gets: the threads that runc has while it makes a process
    /// have ids as well, which is why the first child of a container's PID 1 seldom is 2.
    pub fn skip_pids(&mut self, count: u32) {
        self.next_pid += count;
    }
}
