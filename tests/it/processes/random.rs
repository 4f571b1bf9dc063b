//! Random process trees: what must always hold of a process table.
//!
//! A failure names its seed: `LIFEPOD_TREE_SEED=7 cargo test random` runs only that one.

use lifepod::base::{SimTime, draw};
use lifepod::shell::{
    Activity, Exit, Kernel, Limits, Network, Pid, ProcessInfo, Signal, Spawn, Volumes, image,
};
use std::collections::BTreeMap;

const SEEDS: u64 = 400;
const STEPS: u64 = 40;

/// What runs in containers: leaves orphans, zombies, traps, groups and memory behind.
const SCRIPTS: [&str; 14] = [
    "sleep 3 & sleep 5 & wait",
    "(sleep 2 & sleep 4 &) & sleep 7",
    "trap 'echo t' TERM; while true; do sleep 1; done",
    "trap '' TERM INT HUP; sleep 9",
    "sleep 1 & exec sleep 6",
    "setsid sleep 5 & setsid sh -c 'sleep 8 & sleep 1'; sleep 3",
    "sh -c 'sh -c \"sleep 4 & sleep 6\" & sleep 1' & sleep 2; kill -9 $!; sleep 4",
    "yes | head -n 5 > /dev/null; sleep 2",
    "kill -STOP $$; sleep 1",
    "sleep 2 & kill 0; sleep 4",
    "tail /dev/zero",
    "tini -- sh -c 'sleep 1 & sleep 3'",
    "dumb-init sh -c 'sleep 2 & (sleep 9 &); sleep 4'",
    "stress --vm 2 --vm-bytes 20M --vm-hang 1 -t 4; kill -1; exit 3",
];

struct Machine {
    seed: u64,
    drawn: u64,
    now: SimTime,
    kernel: Kernel,
    volumes: Volumes,
    network: Network,
    shared: bool,
    /// Spawned processes and how they ended.
    roots: BTreeMap<Pid, Option<Exit>>,
    limits: BTreeMap<usize, u64>,
}

impl Machine {
    fn new(seed: u64) -> Machine {
        let now = SimTime::ZERO;
        let kernel = match seed % 3 {
            0 => Kernel::with_files("web", files()),
            1 => Kernel::of_pod("web", now),
            _ => Kernel::of_node("web", now),
        };
        let (volumes, network) = (Volumes::new(), Network::default());
        let (roots, limits) = (BTreeMap::new(), BTreeMap::new());
        let shared = !seed.is_multiple_of(3);
        Machine { seed, drawn: 0, now, kernel, volumes, network, shared, roots, limits }
    }

    fn draw(&mut self, bound: u64) -> u64 {
        self.drawn += 1;
        draw(self.seed, "tree", "", self.drawn, bound)
    }

    fn spawn(&mut self, container: usize) -> Option<Pid> {
        let script = SCRIPTS[self.draw(SCRIPTS.len() as u64) as usize];
        let spawn = Spawn { container, ..Spawn::command(["sh", "-c", script]) };
        let pid = self.kernel.spawn(self.now, &spawn, &mut self.volumes).ok()?;
        self.roots.insert(pid, None);
        Some(pid)
    }

    fn start_container(&mut self) {
        if !self.shared && !self.roots.is_empty() {
            return;
        }
        let container = if self.shared { self.kernel.add_container(files()) } else { 0 };
        let Some(main) = self.spawn(container) else { return };
        let limited = self.draw(2) == 0;
        let memory = limited.then(|| (16 + self.draw(64)) << 20);
        self.kernel.set_limits(self.now, main, self.drawn, Limits { memory, ..Limits::default() });
        self.limits.remove(&container);
        self.limits.extend(memory.map(|bytes| (container, bytes)));
    }

    /// One act: start, exec, signal, kill a container, or let time pass.
    fn act(&mut self) {
        let all = self.kernel.processes();
        let some = |machine: &mut Machine| -> Option<ProcessInfo> {
            let own: Vec<&ProcessInfo> =
                all.iter().filter(|p| p.container > 0 || !machine.shared).collect();
            let at = machine.draw(own.len().max(1) as u64) as usize;
            own.get(at).map(|p| (*p).clone())
        };
        match self.draw(8) {
            0 => self.start_container(),
            1 => {
                if let Some(p) = some(self) {
                    self.spawn(p.container);
                }
            }
            2 | 3 => {
                let signal = Signal::ALL[self.draw(31) as usize];
                if let Some(p) = some(self) {
                    self.kernel.signal(self.now, p.pid, signal);
                }
            }
            4 if self.shared => {
                if let Some(p) = some(self) {
                    self.kernel.kill_container(self.now, p.container);
                    let left = self.kernel.processes();
                    let left = left.iter().filter(|q| q.container == p.container);
                    assert!(left.clone().all(is_zombie), "a killed container runs nothing");
                }
            }
            _ => self.now = self.now + SimTime::ms(self.draw(3_000)),
        }
    }

    fn run(&mut self) {
        for _ in 0..50 {
            let mut fuel = 20_000;
            self.kernel.run(self.now, &mut fuel, &mut self.volumes, &mut self.network);
            self.kernel.take_output();
            self.kernel.take_notes();
            if !self.kernel.is_out_of_fuel() {
                return;
            }
            self.now = self.now + SimTime::ms(1);
        }
    }

    fn check(&mut self) {
        let all = self.kernel.processes_at(self.now);
        let known: BTreeMap<Pid, &ProcessInfo> = all.iter().map(|p| (p.pid, p)).collect();
        assert_eq!(known.len(), all.len(), "no PID twice");
        for p in &all {
            let parent = known.get(&p.ppid);
            assert!(p.ppid == Pid(0) || parent.is_some(), "{p:?} has no parent");
            assert!(!parent.is_some_and(|q| is_zombie(q)), "{p:?} is a zombie's child");
            assert!(p.ppid != p.pid);
            let mut at = p.ppid;
            for _ in 0..=all.len() {
                at = known.get(&at).map_or(Pid(0), |q| q.ppid);
            }
            assert_eq!(at, Pid(0), "{p:?} is its own ancestor");
            assert!(p.started <= self.now);
        }
        if self.kernel.exit(Pid::INIT).is_some() {
            assert!(all.is_empty(), "nothing outlives PID 1");
        }
        for (pid, ended) in &mut self.roots {
            let exit = self.kernel.exit(*pid);
            assert_ne!(exit.is_some(), known.contains_key(pid), "{pid}: gone or not?");
            if ended.is_some() {
                assert_eq!(exit, *ended, "an end is told once and stays");
            }
            *ended = exit;
        }
        if !self.kernel.is_out_of_fuel() {
            assert!(all.iter().all(|p| p.activity != Activity::Running), "all had their turn");
            assert!(self.kernel.next_wake().is_none_or(|at| at > self.now), "nothing is overdue");
        }
        for (container, limit) in &self.limits {
            let used = self.kernel.memory(*container, self.now);
            assert!(used <= *limit, "container {container} has {used} of {limit}");
        }
    }
}

fn is_zombie(p: &ProcessInfo) -> bool {
    matches!(p.activity, Activity::Zombie(_))
}

fn files() -> lifepod::shell::FileSystem {
    let mut files = image::busybox("web");
    image::add_tools(&mut files);
    files
}

#[test]
fn every_tree_is_sound_after_every_step() {
    let only = std::env::var("LIFEPOD_TREE_SEED").ok().and_then(|text| text.parse().ok());
    let (mut ends, mut zombies, mut ooms) = (0, 0, 0);
    for seed in only.map_or(0..SEEDS, |seed: u64| seed..seed + 1) {
        let result = std::panic::catch_unwind(|| {
            let mut machine = Machine::new(seed);
            machine.start_container();
            let (mut zombies, mut ooms) = (0, 0);
            for _ in 0..STEPS {
                machine.act();
                machine.run();
                machine.check();
                zombies += machine.kernel.processes().iter().filter(|p| is_zombie(p)).count();
                ooms += machine.kernel.take_ooms().len();
            }
            (machine.roots.values().flatten().count(), zombies, ooms)
        });
        let Ok(counts) = result else { panic!("seed {seed}") };
        (ends, zombies, ooms) = (ends + counts.0, zombies + counts.1, ooms + counts.2);
    }
    if only.is_none() {
        assert!(
            ends > 500 && zombies > 50 && ooms > 20,
            "the trees are lively: {ends} {zombies} {ooms}"
        );
    }
}
