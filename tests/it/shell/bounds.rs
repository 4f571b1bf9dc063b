//! Whatever a script does, the simulator stays bounded and says so.

use super::simulate::Machine;
use lifepod::base::SimTime;
use lifepod::shell::{Limit, NoteKind, Pid};

fn notes(script: &str) -> Vec<NoteKind> {
    let mut machine = Machine::script(script);
    for _ in 0..50 {
        machine.run_now(50_000);
        let notes = machine.kernel.take_notes();
        if !notes.is_empty() {
            return notes.into_iter().map(|n| n.kind).collect();
        }
        if let Some(wake) = machine.kernel.next_wake() {
            machine.now = machine.now.max(wake);
        }
    }
    Vec::new()
}

fn hits(script: &str, limit: Limit) {
    let notes = notes(script);
    assert!(notes.contains(&NoteKind::Limit(limit)), "{script}: {notes:?}");
}

#[test]
fn an_endless_loop_runs_out_of_fuel_and_can_still_be_killed() {
    let mut machine = Machine::script("while :; do :; done");
    machine.run_now(10_000);
    assert!(machine.kernel.is_out_of_fuel());
    assert!(machine.kernel.next_wake().is_some_and(|wake| wake <= machine.now));
    machine.kernel.signal(machine.now, Pid::INIT, lifepod::shell::Signal::Kill);
    assert_eq!(machine.code(Pid::INIT), Some(137));
    let mut calm = Machine::script("sleep 1");
    calm.run_now(10_000);
    assert!(!calm.kernel.is_out_of_fuel());
}

#[test]
fn bounds_are_notes() {
    hits("f() { f; }; f", Limit::Depth);
    hits("f() { f & f & }; f; while :; do wait; done", Limit::Processes);
    hits("x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done", Limit::Text);
    hits("x=$(yes)", Limit::Text);
    hits("seq 1 999999999", Limit::Output);
    hits(
        "set -- $(seq 1 150); set -- $* $* $* $* $* $* $* $* $* $*; set -- $* $* $* $* $* $* $* $* $* $* $* $* $* $*",
        Limit::Arguments,
    );
    let long = "x=$(head -c 1000000 /dev/zero | tr '\\0' a)";
    hits(&format!("{long}; set -- \"$x$x$x$x$x\""), Limit::Arguments);
    hits("f() { f \"$1$1\"; }; f aaaaaaaa", Limit::Arguments);
    hits(&format!("{long}; f() {{ f $1 $2; }}; f $x $x"), Limit::Memory);
    hits(&format!("{long}; f() {{ local y=$x; f; }}; f"), Limit::Memory);
    hits(&format!("{long}; i=0; while :; do i=$((i+1)); eval v$i=\\$x; done"), Limit::Memory);
    hits(&format!("{long}; while :; do (y=$x$x; sleep 100) & done"), Limit::Text);
}

#[test]
fn a_bound_on_memory_ends_the_shell_and_nothing_else() {
    let grow = "sh -c 'f() { f \"$1$1\"; }; f aaaaaaaa'";
    let (_, err, code) = ended(&format!("{grow}; echo $?; echo still here"));
    assert_eq!((err.as_str(), code), ("sh: Argument list too long\n", 0));
    let calls = "f() { local y=$x; f; }; f";
    let long = "x=$(head -c 1000000 /dev/zero | tr '\\0' a)";
    let (out, err, _) = ended(&format!("({long}; {calls}); echo $?"));
    assert_eq!((out.as_str(), err.as_str()), ("2\n", "sh: out of memory\n"));
}

/// What execve(2) refuses: one text of 128 KiB or more, or more than 2 MiB together.
#[test]
fn a_program_is_handed_no_more_than_linux_hands_it() {
    let text = |bytes: u32| format!("x=$(head -c {bytes} /dev/zero | tr '\\0' a)");
    let too_long = "sh: env: Argument list too long\n";
    for (script, out, err) in [
        (format!("{}; env true $x; echo $?", text(131_071)), "0\n", ""),
        (format!("{}; env true $x; echo $?", text(131_072)), "126\n", too_long),
        (format!("{}; export x; env true; echo $?", text(131_070)), "126\n", too_long),
        (
            format!("{}; x=\"$x $x $x $x $x\"; env true $x $x $x $x; echo $?", text(104_000)),
            "0\n",
            "",
        ),
        (
            format!("{}; x=\"$x $x $x $x $x\"; env true $x $x $x $x $x; echo $?", text(104_000)),
            "126\n",
            too_long,
        ),
        (format!("{}; echo $x | wc -c", text(200_000)), "200001\n", ""),
    ] {
        let (printed, said, _) = ended(&script);
        assert_eq!((printed.as_str(), said.as_str()), (out, err), "{script}");
    }
}

fn ended(script: &str) -> (String, String, i32) {
    let mut machine = Machine::script(script);
    for _ in 0..100 {
        machine.run_now(1_000_000);
    }
    let code = machine.code(Pid::INIT).expect("the script ends");
    (std::mem::take(&mut machine.out), std::mem::take(&mut machine.err), code)
}

/// A line costs as much as a step, or a filter behind an endless writer would take seconds at once.
#[test]
fn filters_pay_for_each_line() {
    for command in ["grep y", "cut -c1", "sed s/y/x/", "awk '{print}'"] {
        let mut machine = Machine::script(&format!("yes | {command}"));
        machine.run_now(20_000);
        assert!(machine.kernel.is_out_of_fuel(), "{command}");
        let lines = machine.out.lines().count();
        assert!((1_000..25_000).contains(&lines), "{command}: {lines}");
    }
}

#[test]
fn output_that_nobody_takes_is_bounded() {
    let mut machine = Machine::new(&["yes"]);
    let mut fuel = 3_000_000;
    machine.kernel.run(machine.now, &mut fuel, &mut machine.volumes, &mut machine.network);
    let kept: usize = machine.kernel.take_output().iter().map(|o| o.text.len()).sum();
    assert!(kept > 1_000_000 && kept <= 4 << 20, "{kept}");
}

#[test]
fn programs_inside_of_commands_are_bounded() {
    for (script, code) in [
        ("awk 'BEGIN { while (1) x = x \"aaaaaaaaaaaaaa\" }'", 1),
        ("awk 'BEGIN { while (1) n++ }'", 1),
        ("awk 'function f(x) { return f(x + 1) } BEGIN { f(1) }'", 1),
        ("echo a | sed ':a;s/$/aa/;ta'", 1),
        ("printf '%99999999d' 1 >/dev/null", 0),
        ("seq 1 1000000000 | wc -l", 0),
        ("head -c 3000000 /dev/zero | base64 | md5sum", 0),
    ] {
        let mut machine = Machine::script(script);
        for _ in 0..100 {
            machine.run_now(100_000);
        }
        assert_eq!(machine.code(Pid::INIT), Some(code), "{script}: {}", machine.err);
    }
}

#[test]
fn unknown_commands_are_told() {
    let notes = notes("kubectl get pods; perl x; /none/y");
    let unknown = |name: &str| NoteKind::UnknownCommand(name.to_string());
    assert_eq!(notes, [unknown("kubectl"), unknown("perl")]);
}

/// What scripts are made of.
const WORDS: &str = "a $x ${x:-b} ${x#*} $( ) ` ' \" \\ { } ( ) [ ] ; ;; | || & && < > >> << 2>&1 \n \
    # = ! * ? ~ $((1+x)) $$ $! \"$@\" if then else fi while do done for in case esac \
    f() echo cat read exit return break eval trap TERM kill wait set -e sleep 1 x=1 \
    export local shift seq 5 head grep sed s/a/b/ /tmp/f /dev/null printf %s%d test \
    -f sort tr xargs sh -c exec \u{e9}";

#[test]
fn any_text_is_run_without_panic() {
    let words: Vec<&str> = WORDS.split(' ').collect();
    let mut state = 7_u64;
    let mut next = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    for _ in 0..3_000 {
        let mut script = String::new();
        for _ in 0..next(24) {
            script.push_str(words[next(words.len())]);
            if next(4) > 0 {
                script.push(' ');
            }
        }
        let mut machine = Machine::script(&script);
        for _ in 0..5 {
            machine.run_now(5_000);
            machine.now = machine.now + SimTime::secs(1);
        }
    }
}

#[test]
fn endless_devices_do_not_burn_fuel() {
    for script in ["tail /dev/zero", "dd if=/dev/zero of=/dev/null bs=20M"] {
        let mut machine = Machine::script(script);
        machine.run_now(1_000_000);
        assert!(!machine.kernel.is_out_of_fuel(), "{script}");
        assert!(machine.kernel.is_alive(Pid::INIT), "{script}");
        let memory = |secs| machine.kernel.memory(0, machine.now + SimTime::secs(secs));
        assert!(memory(1) > 20 << 20, "{script}");
        assert_eq!(memory(60) > memory(1), script.starts_with("tail"), "{script}");
    }
}
