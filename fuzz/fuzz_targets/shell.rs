//! The shell: any script, in ash or, if its length is odd, in bash, runs without a panic, with little fuel at a time as with much, and a copy
//! made on the way comes to the same end.
#![no_main]

use lifepod::base::SimTime;
use lifepod::shell::{Kernel, Network, Node, NodeKind, Pid, Signal, Spawn, Volumes};

const FUEL: u64 = 20_000;

#[derive(Clone, PartialEq)]
struct Machine {
    kernel: Kernel,
    volumes: Volumes,
    network: Network,
    now: SimTime,
}

impl Machine {
    /// Runs for some fuel in portions, over at most some sleeps; what was printed.
    fn run(&mut self, portion: u64) -> String {
        let (mut text, mut left) = (String::new(), FUEL);
        for _ in 0..200 {
            let mut fuel = portion.min(left);
            left -= fuel;
            self.kernel.run(self.now, &mut fuel, &mut self.volumes, &mut self.network);
            text.extend(self.kernel.take_output().into_iter().map(|output| output.text));
            self.kernel.take_notes();
            match self.kernel.next_wake() {
                Some(wake) if left > 0 => self.now = self.now.max(wake),
                _ => break,
            }
        }
        text
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let script = String::from_utf8_lossy(bytes);
    let mut machine = Machine {
        kernel: Kernel::new("web"),
        volumes: Volumes::new(),
        network: Network::default(),
        now: SimTime::ZERO,
    };
    let bash = Node::new(NodeKind::Binary("busybox".into()), 0o755, SimTime::ZERO);
    machine.kernel.files_mut().put("/bin/bash", bash);
    let shell = if bytes.len() % 2 == 1 { "bash" } else { "sh" };
    let spawn = Spawn::command([shell, "-c", &script]);
    machine
        .kernel
        .spawn(machine.now, &spawn, &mut machine.volumes)
        .expect("the shell is there");
    machine.run(300);
    let mut copy = machine.clone();
    assert_eq!(machine.run(FUEL), copy.run(FUEL));
    assert!(machine == copy, "a copy went another way");
    machine.kernel.signal(machine.now, Pid::INIT, Signal::Kill);
    assert!(machine.kernel.processes().is_empty(), "a process outlived PID 1");
});
