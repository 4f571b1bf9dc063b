//! Runs a script in the simulator.

use super::cases::Outcome;
use lifepod::base::SimTime;
use lifepod::shell::{Kernel, Spawn, Stream, Volumes};

/// What a script does as PID 1 of a container.
pub fn run(script: &str) -> Outcome {
    let mut kernel = Kernel::new("web");
    let mut volumes = Volumes::new();
    let mut spawn = Spawn::command(["sh", "-c", script]);
    spawn.env = vec![("HOME".into(), "/root".into()), ("HOSTNAME".into(), "web".into())];
    let pid = kernel.spawn(SimTime::ZERO, &spawn, &mut volumes).expect("sh is there");
    let mut outcome = Outcome { exit: -1, ..Outcome::default() };
    let mut now = SimTime::ZERO;
    for _ in 0..10_000 {
        kernel.run(now, &mut 1_000_000, &mut volumes);
        for output in kernel.take_output() {
            match output.stream {
                Stream::Stdout => outcome.stdout.push_str(&output.text),
                Stream::Stderr => outcome.stderr.push_str(&output.text),
            }
        }
        if let Some(exit) = kernel.exit(pid) {
            outcome.exit = i64::from(exit.code);
            break;
        }
        match kernel.next_wake() {
            Some(wake) => now = now.max(wake),
            None => break,
        }
    }
    outcome
}
