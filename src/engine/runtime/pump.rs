//! Letting the processes of an instance run, and noticing what they did.

use super::disk;
use super::instance::Instance;
use super::log::Shown;
use super::namespace::{Home, Namespace};
use super::service::{Runtime, RuntimeTimer, reply_to};
use crate::base::SimTime;
use crate::engine::cri::{InstanceState, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::trace::{RowKind, Subject};
use crate::engine::wire::SimEvent;
use crate::engine::{latency, limits};
use crate::rules::Rule;
use crate::shell::net::Befell;
use crate::shell::{Limit, NetId, Note, NoteKind, Output, Pid, Stream};

/// Steps that processes which never rest may take at once, and the time that such work takes on a
/// processor of their own: four million steps a second, about what busybox's shell does. After a
/// second of it in one go nobody can tell how long it will go on, and it is simulated coarsely, so
/// that a loop without end costs little.
///
/// DIFFERENCE: a processor does not tire, and what a process does before it rests takes time too.
fn busy_slice(before: u32) -> (u64, SimTime) {
    match before {
        0..100 => (limits::FUEL_PER_WAKE, SimTime::ms(1)),
        100..200 => (10 * limits::FUEL_PER_WAKE, SimTime::ms(10)),
        _ => (limits::FUEL_PER_WAKE, SimTime::secs(1)),
    }
}

fn rule_of(limit: Limit) -> Rule {
    match limit {
        Limit::Processes => Rule::NoteProcesses,
        Limit::Depth => Rule::NoteDepth,
        Limit::Arguments => Rule::NoteArguments,
        Limit::Output => Rule::NoteOutput,
        Limit::Text => Rule::NoteText,
        Limit::Memory => Rule::NoteMemory,
    }
}

impl Instance {
    /// Puts on the timeline what is shown of an output.
    fn show(&mut self, stderr: bool, shown: Shown, cx: &mut Cx) {
        let (now, spec) = (cx.now, &self.spec);
        for line in shown.lines {
            let (pod, container, restart) =
                (spec.pod.clone(), spec.container.clone(), spec.attempt);
            cx.trace.push(now, || RowKind::Log { pod, container, restart, stderr, line });
        }
        if shown.more && !std::mem::replace(&mut self.told.flood, true) {
            let facts = vec![("bound", (limits::LOG_ROWS_PER_SECOND as u32).into())];
            let fields = self.spec.fields.clone();
            cx.cite_fields(self.subject(), Rule::NoteLines, facts, fields);
        }
    }

    /// The last 2048 bytes of the last lines of its log.
    fn end_of_log(&self) -> String {
        disk::last_bytes(self.log.tail().as_bytes(), 2048)
    }

    fn take(&mut self, output: Output, cx: &mut Cx) {
        let stderr = output.stream == Stream::Stderr;
        if self.home.is_some_and(|home| home.init == output.root) {
            let shown = self.log.write(stderr, &output.text, cx.now);
            self.show(stderr, shown, cx);
        } else if let Some(exec) = self.execs.get_mut(&output.root) {
            let taken = exec.output[0].len() + exec.output[1].len();
            let room = limits::EXEC_OUTPUT_BYTES.saturating_sub(taken);
            exec.output[usize::from(stderr)].extend(output.text.chars().take(room));
        }
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::container(&self.spec.pod, &self.spec.container)
    }

    /// Says what the simulator lacks.
    fn note(&mut self, kind: &NoteKind, cx: &mut Cx) {
        let fields = self.spec.fields.clone();
        match kind {
            NoteKind::UnknownCommand(name) => {
                let facts = vec![("command", name.as_str().into())];
                cx.cite_fields(self.subject(), Rule::NoteCommand, facts, fields);
            }
            NoteKind::Zombie { process, parent } => {
                if !std::mem::replace(&mut self.told.zombie, true) {
                    let facts = vec![
                        ("process", process.as_str().into()),
                        ("parent", parent.as_str().into()),
                    ];
                    cx.cite_fields(self.subject(), Rule::ProcessZombie, facts, fields);
                }
            }
            NoteKind::Reaped { process, init } => {
                if !std::mem::replace(&mut self.told.reaped, true) {
                    let facts =
                        vec![("process", process.as_str().into()), ("init", init.as_str().into())];
                    cx.cite_fields(self.subject(), Rule::ProcessReaped, facts, fields);
                }
            }
            NoteKind::HeldBack { process } => {
                if !std::mem::replace(&mut self.told.held_back, true) {
                    let facts = vec![("process", process.as_str().into())];
                    cx.cite_fields(self.subject(), Rule::ProcessHeldBack, facts, fields);
                }
            }
            NoteKind::Limit(limit) => {
                if !self.told.limits.contains(limit) {
                    self.told.limits.push(*limit);
                    let facts = vec![("bound", limit.bound().into())];
                    cx.cite_fields(self.subject(), rule_of(*limit), facts, fields);
                }
            }
            NoteKind::Unsupported(what) => {
                let facts = vec![("what", what.as_str().into())];
                cx.cite_fields(self.subject(), Rule::NoteNotSimulated, facts, fields);
            }
        }
    }

    /// PID 1 ended: the container is over, with everything in it.
    fn over(&mut self, code: i32, cx: &mut Cx) {
        for stderr in [false, true] {
            let shown = self.log.finish(stderr, cx.now);
            self.show(stderr, shown, cx);
        }
        self.finished = Some(cx.now);
        self.exit_code = code;
        self.reason = match code {
            _ if self.oom => "OOMKilled".into(),
            0 => "Completed".into(),
            _ => "Error".into(),
        };
        self.cite_exit(cx);
    }

    /// Says how its first process ended.
    pub(super) fn cite_exit(&self, cx: &mut Cx) {
        let ran = cx.now.since(self.started.unwrap_or(cx.now));
        let facts = vec![
            ("code", self.exit_code.into()),
            ("reason", self.reason.as_str().into()),
            ("ran", ran.into()),
        ];
        let fields = self.spec.fields.clone();
        cx.cite_fields(self.subject(), Rule::ContainerExited, facts, fields);
    }
}

impl Runtime {
    /// Lets the instance's processes run until all are blocked, then looks at what came of it.
    pub(super) fn pump(&mut self, number: u64, cx: &mut Cx) {
        let home = self.instances.get(&number).and_then(|instance| instance.home);
        if let Some(home) = home {
            self.pump_space(home.namespace, cx);
        }
    }

    /// Lets the processes of a namespace run until all are blocked, and looks what came of it.
    /// What is killed with a container in a shared one has yet to be reaped: then once more.
    pub(super) fn pump_space(&mut self, at: u64, cx: &mut Cx) {
        while self.run_space(at, cx) {}
    }

    fn run_space(&mut self, at: u64, cx: &mut Cx) -> bool {
        let Some(space) = self.namespaces.get_mut(&at) else { return false };
        if let Some(key) = space.wake.take() {
            cx.wire.cancel(key);
        }
        let (mut fuel, slice) = busy_slice(space.busy);
        let kernel = &mut space.kernel;
        kernel.run(cx.now, &mut fuel, &mut self.disk, cx.network);
        let (outputs, notes) = (kernel.take_output(), kernel.take_notes());
        let next = match kernel.is_out_of_fuel() {
            true => Some(cx.now + SimTime::ms(slice.as_ms() * kernel.slowness() / 1000)),
            false => kernel.next_wake(),
        };
        space.busy = if kernel.is_out_of_fuel() { space.busy.saturating_add(1) } else { 0 };
        let members = space.members.clone();
        for output in outputs {
            self.log_output(&members, output, cx);
        }
        for note in &notes {
            self.tell_note(&members, note, cx);
        }
        self.look_at_limits(at, &members, cx);
        members.iter().for_each(|number| self.look_at_traps(*number, cx));
        members.iter().for_each(|number| self.finish_execs(*number, cx));
        let mut ended = false;
        for number in members {
            ended |= self.look_for_end(number, cx);
        }
        if self.is_pause_gone(at) {
            self.changed();
        }
        if let Some(space) = self.namespaces.get_mut(&at).filter(|_| !ended) {
            space.wake = next.map(|t| cx.at(t, SimEvent::Runtime(RuntimeTimer::Wake(at))));
        }
        ended
    }

    fn log_output(&mut self, members: &[u64], output: Output, cx: &mut Cx) {
        let whose = members.iter().find(|number| {
            self.instances.get(number).is_some_and(|i| {
                i.home.is_some_and(|h| h.init == output.root) || i.execs.contains_key(&output.root)
            })
        });
        if let Some(instance) = whose.and_then(|number| self.instances.get_mut(number)) {
            instance.take(output, cx);
        }
    }

    /// Lets the instances of a network namespace run that something has come for.
    pub(crate) fn wake_space(&mut self, net: NetId, cx: &mut Cx) {
        let is_woken = |space: &Namespace| {
            let here = self.sandboxes.get(&space.pod).is_some_and(|sandbox| sandbox.net == net);
            let soon = space.wake.is_some_and(|(at, _)| at <= cx.now) || space.rush.holds(cx.now);
            here && !soon && space.kernel.can_run(cx.now, cx.network)
        };
        let woken = self.namespaces.iter().filter(|(_, space)| is_woken(space));
        let woken: Vec<u64> = woken.map(|(number, _)| *number).collect();
        for number in woken {
            let Some(space) = self.namespaces.get_mut(&number) else { continue };
            let wake = SimEvent::Runtime(RuntimeTimer::Wake(number));
            let new = cx.alone(space.rush.next(cx.now), wake);
            if let Some(old) = space.wake.replace(new) {
                cx.wire.cancel(old);
            }
        }
    }

    fn tell_note(&mut self, members: &[u64], note: &Note, cx: &mut Cx) {
        let at = |i: &Instance| i.home.is_some_and(|h| h.container == note.container);
        let whose = members.iter().find(|n| self.instances.get(n).is_some_and(at));
        if let Some(instance) = whose.and_then(|number| self.instances.get_mut(number)) {
            instance.note(&note.kind, cx);
        }
    }

    /// Whether the `pause` of a shared namespace has ended: then its sandbox is not ready.
    fn is_pause_gone(&mut self, at: u64) -> bool {
        let Some(space) = self.namespaces.get(&at) else { return false };
        let Some(sandbox) = self.sandboxes.get_mut(&space.pod) else { return false };
        let gone = sandbox.namespace == Some(at)
            && sandbox.ready
            && space.kernel.exit(Pid::INIT).is_some();
        sandbox.ready &= !gone;
        gone
    }

    /// Whether the instance's first process has ended; then the container is over.
    fn look_for_end(&mut self, number: u64, cx: &mut Cx) -> bool {
        let Some(home) = self.instances.get(&number).and_then(|i| i.home) else { return false };
        let exit = self.kernel_mut(home).and_then(|kernel| kernel.exit(home.init));
        if let Some(exit) = exit {
            self.exited(number, home, exit.code, cx);
        }
        exit.is_some()
    }

    fn exited(&mut self, number: u64, home: Home, code: i32, cx: &mut Cx) {
        let files = self.namespaces.get(&home.namespace);
        let files = files.and_then(|space| space.kernel.container_files(home.container));
        let wrote = files.map_or(0, |files| files.root().used_bytes());
        let Some(instance) = self.instances.get_mut(&number) else { return };
        instance.wrote = wrote.saturating_sub(instance.began_with.0);
        instance.message = disk::message(&instance.spec, &self.disk);
        if instance.message.is_empty() && instance.spec.message_from_log && code != 0 {
            instance.message = instance.end_of_log();
        }
        if let (Some(space), Some(sandbox)) =
            (self.namespaces.get_mut(&home.namespace), self.sandboxes.get(&instance.spec.uid))
        {
            if sandbox.namespace == Some(home.namespace) {
                space.kernel.kill_container(cx.now, home.container);
                space.kernel.remove_container(home.container);
                space.kernel.forget(home.init);
                space.members.retain(|member| *member != number);
            } else {
                self.namespaces.remove(&home.namespace);
            }
        }
        instance.home = None;
        instance.over(code, cx);
        let befell = match &instance.stopping {
            Some(stopping) if stopping.killed => Befell::Killed,
            Some(_) => Befell::Stopped,
            None => Befell::Ended,
        };
        let uid = instance.spec.uid.clone();
        let execs = std::mem::take(&mut instance.execs);
        self.befell(number, befell, cx);
        let wait = cx.work(latency::EXIT, &uid, number);
        cx.after(wait, SimEvent::Runtime(RuntimeTimer::Exited(number)));
        for exec in execs.into_values() {
            if let Some(key) = exec.deadline {
                cx.wire.cancel(key);
            }
            reply_to(exec.call, exec.reply(137), cx);
        }
        self.stop_timer_off(number, cx);
    }

    /// The runtime has seen the end of PID 1: from now on it shows the container as exited.
    /// Source: containerd internal/cri/server/events.go
    pub(super) fn exit_noticed(&mut self, number: u64, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        instance.state = InstanceState::Exited;
        self.changed();
        self.stop_is_over(number, cx);
    }

    /// Ends commands run from outside whose process is gone.
    fn finish_execs(&mut self, number: u64, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(home) = instance.home.filter(|_| !instance.execs.is_empty()) else { return };
        let Some(space) = self.namespaces.get_mut(&home.namespace) else { return };
        let kernel = &mut space.kernel;
        let over = |pid: &Pid| kernel.exit(*pid).filter(|_| !kernel.output_is_open(*pid));
        let ended: Vec<(Pid, i32)> =
            instance.execs.keys().filter_map(|pid| Some((*pid, over(pid)?.code))).collect();
        let mut replies = Vec::new();
        for (pid, code) in ended {
            kernel.forget(pid);
            let Some(exec) = instance.execs.remove(&pid) else { continue };
            if let Some(key) = exec.deadline {
                cx.wire.cancel(key);
            }
            let (call, late) = (exec.call, exec.timed_out);
            replies.push((call, if late { RuntimeReply::ExecTimeout } else { exec.reply(code) }));
        }
        for (call, reply) in replies {
            let wait = self.work(latency::EXECED, call, cx);
            cx.after(wait, SimEvent::Runtime(RuntimeTimer::Answer(call, reply)));
        }
    }
}
