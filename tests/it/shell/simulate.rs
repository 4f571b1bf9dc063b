//! Runs scripts in the simulator.

use super::cases::Outcome;
use lifepod::base::SimTime;
use lifepod::shell::tree::{Node, NodeKind};
use lifepod::shell::{Kernel, Network, Pid, Spawn, Stream, Volumes};

/// A namespace with its clock.
#[derive(Clone, PartialEq, Debug)]
pub struct Machine {
    pub kernel: Kernel,
    pub volumes: Volumes,
    pub network: Network,
    pub now: SimTime,
    pub out: String,
    pub err: String,
}

impl Machine {
    /// A namespace whose PID 1 is this command.
    pub fn new(argv: &[&str]) -> Machine {
        let mut kernel = Kernel::new("web");
        if argv[0] == "bash" {
            let bash = Node::new(NodeKind::Binary("bash".into()), 0o755, SimTime::ZERO);
            kernel.files_mut().put("/bin/bash", bash);
        }
        let (out, err) = (String::new(), String::new());
        let (volumes, network) = (Volumes::new(), Network::default());
        let mut machine = Machine { kernel, volumes, network, now: SimTime::ZERO, out, err };
        assert_eq!(machine.spawn(argv), Pid::INIT);
        machine
    }

    /// A namespace whose PID 1 runs this script.
    pub fn script(script: &str) -> Machine {
        Machine::new(&["sh", "-c", script])
    }

    /// Starts a process from outside.
    pub fn spawn(&mut self, argv: &[&str]) -> Pid {
        let mut spawn = Spawn::command(argv.iter().copied());
        spawn.env = vec![("HOME".into(), "/root".into()), ("HOSTNAME".into(), "web".into())].into();
        self.kernel.spawn(self.now, &spawn, &mut self.volumes).expect("the command is there")
    }

    /// Runs what can run now, with this much fuel.
    pub fn run_now(&mut self, mut fuel: u64) {
        self.network.deliver(self.now);
        self.kernel.run(self.now, &mut fuel, &mut self.volumes, &mut self.network);
        for output in self.kernel.take_output() {
            match output.stream {
                Stream::Stdout => self.out.push_str(&output.text),
                Stream::Stderr => self.err.push_str(&output.text),
            }
        }
    }

    /// When something happens next.
    pub fn next(&self) -> Option<SimTime> {
        if self.kernel.is_out_of_fuel() {
            return Some(self.now);
        }
        self.kernel.next_wake().into_iter().chain(self.network.next_at()).min()
    }

    /// Runs until nothing happens any more, or until `until`.
    pub fn run_until(&mut self, until: SimTime) {
        for _ in 0..100_000 {
            self.run_now(1_000_000);
            match self.next() {
                Some(wake) if wake <= until => self.now = self.now.max(wake),
                _ => break,
            }
        }
        self.now = self.now.max(until);
    }

    /// The exit code of a spawned process that has ended.
    pub fn code(&self, pid: Pid) -> Option<i32> {
        self.kernel.exit(pid).map(|e| e.code)
    }
}

/// What a script does in this shell as PID 1 of a container.
pub fn run(shell: &str, script: &str) -> Outcome {
    let mut machine = Machine::new(&[shell, "-c", script]);
    machine.run_until(SimTime::secs(100));
    let exit = machine.code(Pid::INIT).map_or(-1, i64::from);
    Outcome { stdout: machine.out, stderr: machine.err, exit }
}
