//! Signals from the runtime to PID 1 and to exec'ed processes.

use super::simulate::Machine;
use lifepod::base::SimTime;
use lifepod::shell::SignalEffect::{self, Handler, Ignored, Immune, Killed, Pending};
use lifepod::shell::{Activity, Exit, Pid, Signal};

/// After a second, what a signal does to PID 1, and the exit code a second later.
fn check(argv: &[&str], signal: Signal, effect: SignalEffect, code: Option<i32>) {
    let mut machine = Machine::new(argv);
    machine.run_until(SimTime::secs(1));
    let got = machine.kernel.signal(machine.now, Pid::INIT, signal);
    assert_eq!(got, effect, "{argv:?} {signal:?}");
    machine.run_until(SimTime::secs(2));
    assert_eq!(machine.code(Pid::INIT), code, "{argv:?} {signal:?}");
}

#[test]
fn pid_1_gets_only_what_it_handles() {
    use Signal::{Int, Kill, Quit, Stop, Term, Usr1};
    let sleep: &[&str] = &["sleep", "600"];
    let plain: &[&str] = &["sh", "-c", "while true; do sleep 0.3; done"];
    let trap: &[&str] = &["sh", "-c", "trap 'exit 7' TERM USR1; while true; do sleep 0.3; done"];
    let slow: &[&str] = &["sh", "-c", "trap 'exit 7' TERM; sleep 600; true"];
    let waits: &[&str] = &["sh", "-c", "trap 'exit 7' TERM; sleep 600 & wait"];
    let deaf: &[&str] = &["sh", "-c", "trap '' TERM; while true; do sleep 0.3; done"];
    for (argv, signal, effect, code) in [
        (sleep, Term, Immune, None),
        (sleep, Int, Immune, None),
        (sleep, Kill, Killed, Some(137)),
        (sleep, Stop, SignalEffect::Delivered, None),
        (plain, Term, Immune, None),
        (plain, Usr1, Immune, None),
        (plain, Quit, Ignored, None),
        (plain, Int, Killed, Some(130)),
        (plain, Kill, Killed, Some(137)),
        (trap, Term, Pending, Some(7)),
        (trap, Usr1, Pending, Some(7)),
        (trap, Kill, Killed, Some(137)),
        (slow, Term, Pending, None),
        (waits, Term, Handler, Some(7)),
        (deaf, Term, Ignored, None),
        (deaf, Kill, Killed, Some(137)),
    ] {
        check(argv, signal, effect, code);
    }
}

#[test]
fn the_last_command_of_a_script_takes_the_place_of_the_shell() {
    let mut machine = Machine::script("true; sleep 600");
    machine.run_until(SimTime::secs(1));
    let processes = machine.kernel.processes();
    assert_eq!(processes.len(), 1);
    assert_eq!(processes[0].command, "sleep 600");
    // A newline at the end, or a trap, keeps the shell.
    for script in ["true; sleep 600\n", "trap : TERM; sleep 600"] {
        let mut machine = Machine::script(script);
        machine.run_until(SimTime::secs(1));
        let processes = machine.kernel.processes();
        assert_eq!(processes.len(), 2, "{script}");
        assert_eq!(processes[0].activity, Activity::Waiting(Some(Pid(2))));
        assert_eq!(processes[1].activity, Activity::Sleeping(SimTime::secs(600)));
    }
}

#[test]
fn execed_processes_die_of_term_and_with_pid_1() {
    let mut machine = Machine::new(&["sleep", "600"]);
    machine.run_until(SimTime::secs(1));
    let probe = machine.spawn(&["sleep", "60"]);
    let hook = machine.spawn(&["sh", "-c", "sleep 60; true"]);
    machine.run_until(SimTime::secs(2));
    assert_eq!(machine.kernel.signal(machine.now, probe, Signal::Term), Killed);
    let exit = Exit { code: 143, signal: Some(Signal::Term), at: SimTime::secs(2) };
    assert_eq!(machine.kernel.exit(probe), Some(exit));
    machine.kernel.forget(probe);
    assert_eq!(machine.kernel.exit(probe), None);
    machine.kernel.signal(machine.now, Pid::INIT, Signal::Kill);
    assert_eq!(machine.code(hook), Some(137));
    assert!(machine.kernel.processes().is_empty());
    assert_eq!(machine.kernel.next_wake(), None);
}

#[test]
fn a_killed_exec_leaves_its_children_to_pid_1() {
    let mut machine = Machine::script("trap : TERM; while :; do sleep 1; done");
    machine.run_until(SimTime::ms(500));
    let probe = machine.spawn(&["sh", "-c", "sleep 3; echo late; true"]);
    machine.run_until(SimTime::ms(600));
    machine.kernel.signal(machine.now, probe, Signal::Kill);
    assert_eq!(machine.code(probe), Some(137));
    let orphan = machine.kernel.processes().into_iter().find(|p| p.command == "sleep 3").unwrap();
    assert_eq!((orphan.ppid, orphan.root), (Pid::INIT, probe));
    assert!(machine.kernel.output_is_open(probe), "the orphan holds the output");
    machine.run_until(SimTime::secs(6));
    assert!(!machine.kernel.output_is_open(probe));
    assert!(machine.kernel.processes().iter().all(|p| p.root != probe), "PID 1 has reaped it");
}

#[test]
fn a_pid_1_that_does_not_reap_collects_zombies() {
    let mut machine = Machine::new(&["sleep", "600"]);
    machine.run_until(SimTime::secs(1));
    machine.spawn(&["sh", "-c", "sleep 1 & exit 0"]);
    machine.run_until(SimTime::secs(3));
    let zombie = machine.kernel.processes().into_iter().find(|p| p.ppid == Pid::INIT).unwrap();
    assert!(matches!(zombie.activity, Activity::Zombie(_)));
    let other = machine.spawn(&["sh", "-c", "sleep 60 & sleep 60; true"]);
    machine.run_until(SimTime::secs(4));
    machine.kernel.signal(machine.now, other, Signal::Kill);
    assert_eq!(machine.code(other), Some(137));
    assert!(machine.kernel.processes().iter().all(|p| p.activity != Activity::Running));
}

#[test]
fn stopped_processes_do_not_run() {
    let mut machine = Machine::script("trap : USR1; while :; do echo tick; sleep 1; done");
    machine.run_until(SimTime::ms(1500));
    machine.kernel.signal(machine.now, Pid::INIT, Signal::Stop);
    let before = machine.out.clone();
    machine.run_until(SimTime::secs(5));
    assert_eq!(machine.out, before);
    machine.kernel.signal(machine.now, Pid::INIT, Signal::Cont);
    machine.run_until(SimTime::secs(7));
    assert!(machine.out.len() > before.len());
}

/// A stopped process hears of other signals when it goes on. Recorded: kill -STOP, kill -TERM.
#[test]
fn a_stopped_process_keeps_signals_for_later() {
    let mut machine = Machine::script("sleep 60 & wait $!; echo $?");
    machine.run_until(SimTime::secs(1));
    let child = machine.kernel.children(Pid::INIT).next().unwrap();
    let send = |machine: &mut Machine, signal| machine.kernel.signal(machine.now, child, signal);
    assert_eq!(send(&mut machine, Signal::Stop), SignalEffect::Delivered);
    assert_eq!(send(&mut machine, Signal::Term), SignalEffect::Delivered);
    machine.run_until(SimTime::secs(2));
    assert!(machine.kernel.is_alive(child));
    send(&mut machine, Signal::Cont);
    machine.run_until(SimTime::secs(3));
    assert!(machine.out.ends_with("143\n"), "{}", machine.out);
}

/// `kill` of several: the first of them ends the shell itself, and with it all of the container.
#[test]
fn who_kills_oneself_goes_on_with_nothing() {
    for script in ["kill -INT 0 -1 1; echo no", "kill -INT 1 1; echo no"] {
        let mut machine = Machine::new(&["sh", "-c", &format!("sleep 9 & {script}")]);
        machine.run_until(SimTime::secs(2));
        assert_eq!((machine.code(Pid::INIT), machine.out.as_str()), (Some(130), ""), "{script}");
    }
}
