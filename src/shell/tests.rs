//! Signals, PID 1, snapshots and bounds, tested on the whole room.

use crate::base::SimTime;
use crate::shell::{Kernel, Spawn, Volumes};

fn output(script: &str) -> String {
    let mut kernel = Kernel::new("web");
    let mut volumes = Volumes::new();
    let pid =
        kernel.spawn(SimTime::ZERO, &Spawn::command(["sh", "-c", script]), &mut volumes).unwrap();
    let mut now = SimTime::ZERO;
    let mut text = String::new();
    for _ in 0..1000 {
        let mut fuel = 100_000;
        kernel.run(now, &mut fuel, &mut volumes);
        for o in kernel.take_output() {
            text.push_str(&o.text);
        }
        match kernel.next_wake() {
            Some(t) => now = t.max(now),
            None => break,
        }
    }
    format!("{text}[{:?} at {}]", kernel.exit(pid).map(|e| e.code), now)
}

#[test]
fn the_classic_script_runs_in_virtual_time() {
    assert_eq!(
        output("touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600; ls /tmp"),
        "[Some(0) at 630.000]"
    );
    assert_eq!(
        output("n=$(cat /w/n 2>/dev/null || echo 0); n=$((n+1)); echo attempt $n; [ $n -ge 3 ]"),
        "attempt 1\n[Some(1) at 0.000]"
    );
}
