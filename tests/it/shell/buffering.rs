//! What the C library holds back: output that goes to no terminal comes in blocks, or at the end.

use super::simulate::Machine;
use lifepod::base::SimTime;
use lifepod::shell::{NoteKind, Spawn};

/// Lines that come each second, through `command`; what is out after so many seconds.
fn after(command: &str, secs: u64) -> Machine {
    let lines = "for i in 1 2 3 4 5 6 7 8; do echo a$i; sleep 1; done";
    let mut machine = Machine::script(&format!("({lines}) | {command}"));
    machine.run_until(SimTime::ms(secs * 1000 + 500));
    machine
}

/// Recorded with busybox 1.35: when each command printed what it had read.
#[test]
fn some_commands_print_at_once_and_others_at_their_end() {
    for command in ["awk '{print}'", "tr a a", "tee /dev/null", "cat", "xargs -n1 echo"] {
        assert_eq!(after(command, 2).out, "a1\na2\na3\n", "{command}");
    }
    for command in ["grep a", "sed -n p", "cut -c1-2", "head -20"] {
        assert_eq!(after(command, 2).out, "", "{command}");
        assert_eq!(after(command, 9).out.lines().count(), 8, "{command}");
    }
}

/// Recorded with busybox 1.35: `xargs` runs a command as soon as its words are there, and gives it
/// at most 30 KiB.
#[test]
fn xargs_does_not_wait_for_words_that_it_does_not_need() {
    assert_eq!(after("xargs -n2 echo", 4).out, "a1 a2\na3 a4\n");
    assert_eq!(after("xargs -I{} echo [{}]", 1).out, "[a1]\n[a2]\n");
    assert_eq!(after("xargs echo", 4).out, "");
    let mut machine = Machine::script("seq 1 100000 | xargs echo | wc -l");
    machine.run_until(SimTime::secs(1));
    assert_eq!(machine.out, "20\n");
}

#[test]
fn a_full_block_is_written() {
    let script = "while :; do echo 0123456789; sleep 0.01; done | grep 0";
    let mut machine = Machine::script(script);
    machine.run_until(SimTime::secs(3));
    assert_eq!(machine.out.len(), 0);
    machine.run_until(SimTime::secs(5));
    assert_eq!(machine.out.len(), 4096);
}

#[test]
fn who_is_killed_loses_what_was_held_back() {
    let script = "(echo a; sleep 9) | grep a & sleep 1; killall -9 grep; wait; echo end";
    let mut machine = Machine::script(script);
    machine.run_until(SimTime::secs(20));
    assert_eq!(machine.out, "end\n");
}

#[test]
fn a_terminal_gets_each_line() {
    let mut machine = Machine::script("sleep 100");
    let script = "(echo a; sleep 9) | grep a";
    let spawn = Spawn { terminal: true, ..Spawn::command(["sh", "-c", script]) };
    machine.kernel.spawn(machine.now, &spawn, &mut machine.volumes).expect("it starts");
    machine.run_until(SimTime::secs(1));
    assert_eq!(machine.out, "a\n");
}

#[test]
fn the_learner_is_told_of_what_waits_long() {
    let told = |machine: &mut Machine| {
        let notes = machine.kernel.take_notes().into_iter();
        notes.filter(|note| matches!(note.kind, NoteKind::HeldBack { .. })).count()
    };
    assert_eq!(told(&mut after("grep a", 4)), 0);
    assert_eq!(told(&mut after("grep a", 6)), 1);
    assert_eq!(told(&mut after("cat", 6)), 0);
    assert_eq!(told(&mut after("grep none", 6)), 0);
}
