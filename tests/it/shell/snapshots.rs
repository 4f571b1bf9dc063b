//! A copy made between any two steps runs to the same end as the original.

use super::cases;
use super::simulate::Machine;
use lifepod::base::SimTime;

const SCRIPTS: [&str; 11] = [
    "touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600",
    "trap 'echo bye; exit 0' TERM; (sleep 3; kill 1) & while true; do sleep 0.5; done",
    "x=$(echo a; sleep 1; echo b); for i in $x $(seq 3); do echo $i | tr a-z A-Z; done",
    "seq 1 30000 | grep 7 | while read n; do [ $n -gt 500 ] && break; echo $n; done",
    "f() { local d=$1; [ $d -gt 0 ] && f $((d-1)); echo $d; }; f 5; cat <<E\n$(f 1)\nE",
    "sleep 1 & p=$!; echo a > /tmp/f; wait $p; cat /tmp/f | cat | cat; exec echo end",
    "i=0; while [ $i -lt 20 ]; do i=$((i+1)); case $i in *5) continue;; esac; echo $i; done",
    "mkfifo /p; (for i in 1 2 3; do echo $i; sleep 1; done) > /p & while read x; do echo got $x; \
     done < /p; (read y < /p; echo $y) & echo last > /p; wait",
    "awk 'BEGIN { while ((\"seq 3; sleep 1; echo z\" | getline l) > 0) { print l; n += system(\"exit 2\") } \
     print \"b\\na\" | \"sort\"; print close(\"sort\"), n }'",
    "yes | head -3; timeout 1 sleep 5; printf 'a b\\nc\\n' | xargs -n 1 echo; set -e; false",
    "echo hi >/a; httpd -p 80 -h /; wget -O- http://localhost/a; wget -qO- http://localhost/b; \
     nc -lk -p 81 -e cat & sleep 1; echo x | nc -v 127.0.0.1 81; ping -c 2 localhost; nc -z localhost 82",
];

/// Steps with this fuel for each run, so that the snapshots fall between any two steps.
fn in_small_steps(
    [shell, script]: [&str; 2],
    fuel: u64,
    visit: &mut dyn FnMut(&Machine),
) -> Machine {
    let mut machine = Machine::new(&[shell, "-c", script]);
    for _ in 0..200_000 {
        visit(&machine);
        machine.run_now(fuel);
        match machine.next() {
            Some(wake) if wake <= SimTime::secs(700) => machine.now = machine.now.max(wake),
            _ => break,
        }
    }
    machine
}

/// What can be seen of a run.
fn seen(machine: &Machine) -> (String, String, Option<i32>) {
    (machine.out.clone(), machine.err.clone(), machine.code(lifepod::shell::Pid::INIT))
}

#[test]
fn a_copy_made_anywhere_runs_to_the_same_end() {
    for script in SCRIPTS {
        let mut copies = Vec::new();
        let (mut count, mut stride) = (0, 1);
        let whole = in_small_steps(["sh", script], 1, &mut |machine| {
            count += 1;
            if count % stride == 0 {
                copies.push(machine.clone());
            }
            if copies.len() == 60 {
                let mut nth = 0;
                copies.retain(|_| {
                    nth += 1;
                    nth % 2 == 0
                });
                stride *= 2;
            }
        });
        assert!(copies.len() > 10, "{script}");
        for copy in copies {
            let before = copy.clone();
            let mut twin = copy.clone();
            let mut copy = copy;
            for machine in [&mut copy, &mut twin] {
                machine.run_until(SimTime::secs(700));
            }
            assert_eq!(copy, twin, "{script}");
            assert_eq!(seen(&copy), seen(&whole), "{script}");
            assert!(before.now <= copy.now);
        }
    }
}

#[test]
fn neither_little_fuel_nor_a_copy_on_the_way_changes_what_a_script_does() {
    let mut tried = 0;
    let files = cases::files();
    let shell = |path| cases::read(path).into_iter().map(|case| (cases::shell(path), case));
    for (nth, (shell, case)) in files.iter().flat_map(shell).enumerate() {
        // Where several processes print, their order may depend on who is stopped when.
        if case.script.contains(['&', '|']) {
            continue;
        }
        tried += 1;
        let (fuel, wanted) = (1 + nth as u64 % 9, 1 + nth % 97);
        let (mut copy, mut at) = (None, 0);
        let machine = in_small_steps([shell, &case.script], fuel, &mut |machine| {
            at += 1;
            if at == wanted {
                copy = Some(machine.clone());
            }
        });
        let mut ends = vec![machine];
        if let Some(mut copy) = copy {
            copy.run_until(SimTime::secs(700));
            ends.push(copy);
        }
        for end in ends {
            let code = end.code(lifepod::shell::Pid::INIT).map(i64::from);
            assert_eq!(end.out, case.expected.stdout, "{}", case.name);
            assert_eq!(code, Some(case.expected.exit), "{}", case.name);
        }
    }
    assert!(tried > 500, "{tried}");
}
