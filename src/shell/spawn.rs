//! Starting processes from outside: a container's PID 1, exec probes, hooks, `kubectl exec`.

use crate::base::{Map, SimTime};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::shell::behaviour::Behaviour;
use crate::shell::cgroup::Hold;
use crate::shell::errno::Errno;
use crate::shell::exec;
use crate::shell::kernel::Kernel;
use crate::shell::net::{NetId, Network};
use crate::shell::open_files::{OpenFiles, Target};
use crate::shell::process::{Env, Process, Program, State};
use crate::shell::sys::Sys;
use crate::shell::tree::Device;
use crate::shell::types::{Pid, StartError, Stream};
use crate::shell::user::User;
use crate::shell::volume::Volumes;

/// What is to be started.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Spawn {
    /// The command line.
    pub argv: Vec<String>,
    /// The environment; `HOME` and `HOSTNAME` are the engine's to give, `PATH` has a default.
    pub env: Env,
    /// The working directory; empty means `/`.
    pub cwd: String,
    /// Which container of the namespace; 0 unless [`Kernel::add_container`] made more.
    pub container: usize,
    /// Its network namespace.
    pub net: NetId,
    /// Who it is.
    pub user: User,
    /// What its program does where that is not the program's own way.
    pub behaviour: Rc<Behaviour>,
    /// Whether its standard input is open without anybody writing there, or ends at once.
    pub stdin: bool,
    /// Whether its container has a terminal.
    pub terminal: bool,
}

impl Spawn {
    /// A command line with an empty environment in `/`.
    pub fn command<S: Into<String>>(argv: impl IntoIterator<Item = S>) -> Spawn {
        Spawn { argv: argv.into_iter().map(Into::into).collect(), ..Spawn::default() }
    }
}

/// The `PATH` of an image that sets none. Source: containerd, oci/spec_opts.go.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

impl Kernel {
    /// Starts a process. The first of a namespace is PID 1; the others are not its children
    /// (their parent is 0, outside, or the node's shim), and die with it.
    ///
    /// Nothing runs before [`Kernel::run`]. Errors: the binary is missing or not executable.
    pub fn spawn(
        &mut self,
        now: SimTime,
        spawn: &Spawn,
        volumes: &mut Volumes,
    ) -> Result<Pid, StartError> {
        if spawn.argv.is_empty() {
            return Err(StartError::NoCommand);
        }
        let first = self.next_pid == 1;
        if !first && !self.processes.contains_key(&Pid::INIT)
            || spawn.container >= self.containers.len()
        {
            return Err(StartError::NoNamespace);
        }
        let pid = Pid(self.next_pid);
        let mut process = blank(now, pid, spawn);
        process.ppid = self.spawner;
        self.processes.insert(pid, process);
        let program = self.load_first(now, pid, spawn, volumes);
        match program {
            Ok(program) => {
                self.next_pid += 1;
                let descriptors = standard(&mut self.open, pid, spawn.stdin);
                if let Some(process) = self.processes.get_mut(&pid) {
                    process.program = program;
                    process.descriptors = descriptors;
                }
                Ok(pid)
            }
            Err(error) => {
                self.processes.remove(&pid);
                Err(error)
            }
        }
    }

    fn load_first(
        &mut self,
        now: SimTime,
        pid: Pid,
        spawn: &Spawn,
        volumes: &mut Volumes,
    ) -> Result<Program, StartError> {
        let mut fuel = 0;
        let mut network = Network::default();
        let mut sys = Sys::new(self, volumes, &mut network, pid, now, &mut fuel);
        let cwd = if spawn.cwd.is_empty() { "/" } else { &spawn.cwd };
        sys.chdir(cwd).map_err(|_| StartError::WorkingDirectory(cwd.to_string()))?;
        let name = &spawn.argv[0];
        let path =
            sys.me().env.iter().find(|(k, _)| k == "PATH").map_or("", |(_, v)| v).to_string();
        let missing = |error| match error {
            Errno::Permission => StartError::Permission(name.clone()),
            _ if name.contains('/') => StartError::NoFile(name.clone()),
            _ => StartError::NotInPath(name.clone()),
        };
        let file = exec::search(&sys, name, &path).map_err(missing)?;
        exec::load_unmeasured(&mut sys, &file, spawn.argv.clone()).map_err(missing)
    }
}

/// Adds the `PATH` that is set where none is.
pub fn add_path(env: &mut Vec<(String, String)>) {
    if !env.iter().any(|(name, _)| name == "PATH") {
        env.insert(0, ("PATH".to_string(), PATH.to_string()));
    }
}

/// A process with nothing open and nothing to run yet.
pub(super) fn blank(now: SimTime, pid: Pid, spawn: &Spawn) -> Process {
    let mut env = spawn.env.clone();
    if !env.iter().any(|(name, _)| name == "PATH") {
        add_path(Rc::make_mut(&mut env));
    }
    Process {
        pid,
        ppid: Pid(0),
        root: pid,
        group: pid,
        session: pid,
        subreaper: false,
        container: spawn.container,
        argv: spawn.argv.clone(),
        env,
        cwd: "/".to_string(),
        net: spawn.net,
        behaviour: spawn.behaviour.clone(),
        user: spawn.user.clone(),
        terminal: spawn.terminal,
        umask: 0o022,
        descriptors: Map::new(),
        unwritten: VecDeque::new(),
        dispositions: Map::new(),
        arrived: Vec::new(),
        stopped: false,
        held: Vec::new(),
        hold: Hold::default(),
        burns: 0,
        program: Program::None,
        state: State::Runnable,
        ending: None,
        started: now,
    }
}

fn standard(open: &mut OpenFiles, pid: Pid, stdin: bool) -> Map<u32, u32> {
    let input = match stdin {
        // The writing end is the runtime's, which keeps it for as long as the container is there.
        true => open.pipe().0,
        false => open.add(Target::Device(Device::Null), true, false),
    };
    Map::from([
        (0, input),
        (1, open.add(Target::Stream(pid, Stream::Stdout), true, true)),
        (2, open.add(Target::Stream(pid, Stream::Stderr), true, true)),
    ])
}
