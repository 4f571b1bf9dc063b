//! Letting the processes of an instance run, and noticing what they did.

use super::instance::{Instance, LogLine};
use super::sandbox::Sandbox;
use super::service::{Runtime, RuntimeTimer, reply_to};
use crate::base::SimTime;
use crate::engine::cri::{InstanceState, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::trace::{RowKind, Subject};
use crate::engine::wire::SimEvent;
use crate::engine::{latency, limits};
use crate::rules::Rule;
use crate::shell::{Kernel, Mount, NetId, NoteKind, Output, Pid, Spawn, Stream, VolumeId};

/// How long a process that never sleeps keeps its processor busy before others may act, at first;
/// it doubles while nothing else happens, so that a busy loop costs little to simulate.
const BUSY_SLICE: SimTime = SimTime::ms(10);
/// The longest such slice.
const BUSY_SLICE_MAX: SimTime = SimTime::secs(1);

impl Instance {
    /// Starts PID 1. The error is the runtime's.
    /// Source: containerd internal/cri/server/container_start.go (exit code 128, StartError)
    pub(super) fn spawn_init(&mut self, sandbox: &mut Sandbox, now: SimTime) -> Result<(), String> {
        let mut kernel = Kernel::new(&sandbox.hostname);
        for (path, volume, sub_path, read_only) in &self.spec.mounts {
            let volume = VolumeId(volume.clone());
            if sandbox.volumes.get(&volume).is_some() {
                let mount = Mount { volume, sub_path: sub_path.clone(), read_only: *read_only };
                kernel.files_mut().mount(path, mount);
            }
        }
        let mut env = vec![
            ("HOSTNAME".to_string(), sandbox.hostname.clone()),
            ("HOME".to_string(), "/root".to_string()),
        ];
        env.extend(self.spec.env.iter().cloned());
        let (cwd, net) = (self.spec.cwd.clone(), sandbox.net);
        let spawn = Spawn { argv: self.argv(), env, cwd, container: 0, net };
        match kernel.spawn(now, &spawn, &mut sandbox.volumes) {
            Ok(_) => {
                self.kernel = Some(kernel);
                self.state = InstanceState::Running;
                self.started = Some(now);
                Ok(())
            }
            Err(error) => {
                let error = format!(
                    "failed to create containerd task: failed to create shim task: OCI runtime \
                     create failed: runc create failed: unable to start container process: {error}"
                );
                self.state = InstanceState::Exited;
                self.finished = Some(now);
                self.exit_code = 128;
                self.reason = "StartError".into();
                self.message = error.clone();
                Err(error)
            }
        }
    }

    fn log(&mut self, stderr: bool, text: &str, now: SimTime, cx: &mut Cx) {
        let partial = &mut self.partial[usize::from(stderr)];
        partial.push_str(text);
        let mut lines: Vec<String> = partial.split('\n').map(str::to_string).collect();
        self.partial[usize::from(stderr)] = lines.pop().unwrap_or_default();
        for line in lines {
            self.log_line(stderr, line, now, cx);
        }
    }

    fn log_line(&mut self, stderr: bool, line: String, now: SimTime, cx: &mut Cx) {
        if self.logs.len() == limits::LOG_LINES_PER_INSTANCE {
            self.logs.pop_front();
        }
        self.logs.push_back(LogLine { at: now, stderr, line: line.clone() });
        let spec = &self.spec;
        let (pod, container, restart) = (spec.pod.clone(), spec.container.clone(), spec.attempt);
        cx.trace.push(now, || RowKind::Log { pod, container, restart, stderr, line });
    }

    fn take(&mut self, output: Output, cx: &mut Cx) {
        let stderr = output.stream == Stream::Stderr;
        if output.root == Pid::INIT {
            self.log(stderr, &output.text, cx.now, cx);
        } else if let Some(exec) = self.execs.get_mut(&output.root) {
            let room = limits::EXEC_OUTPUT_BYTES.saturating_sub(exec.output.len());
            exec.output.extend(output.text.chars().take(room));
        }
    }

    fn subject(&self) -> Subject {
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
            other => {
                let facts = vec![("what", format!("{other:?}").into())];
                cx.cite_fields(self.subject(), Rule::NoteNotSimulated, facts, fields);
            }
        }
    }

    /// PID 1 ended: the container is over, with everything in it.
    fn over(&mut self, code: i32, cx: &mut Cx) {
        for stderr in [false, true] {
            let rest = std::mem::take(&mut self.partial[usize::from(stderr)]);
            if !rest.is_empty() {
                self.log_line(stderr, rest, cx.now, cx);
            }
        }
        self.finished = Some(cx.now);
        self.exit_code = code;
        self.reason = if code == 0 { "Completed".into() } else { "Error".into() };
        let ran = cx.now.since(self.started.unwrap_or(cx.now));
        let facts = vec![
            ("code", code.into()),
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
        let Some(instance) = self.instances.get_mut(&number) else { return };
        let Some(sandbox) = self.sandboxes.get_mut(&instance.spec.uid) else { return };
        if let Some(key) = instance.wake.take() {
            cx.wire.cancel(key);
        }
        let Some(kernel) = &mut instance.kernel else { return };
        let mut fuel = limits::FUEL_PER_WAKE;
        kernel.run(cx.now, &mut fuel, &mut sandbox.volumes, cx.network);
        let (outputs, notes) = (kernel.take_output(), kernel.take_notes());
        let next = match kernel.is_out_of_fuel() {
            true => Some(cx.now + instance.busy.max(BUSY_SLICE)),
            false => kernel.next_wake(),
        };
        instance.busy = match kernel.is_out_of_fuel() {
            true => SimTime::ms(instance.busy.max(BUSY_SLICE).as_ms() * 2).min(BUSY_SLICE_MAX),
            false => SimTime::ZERO,
        };
        let exit = kernel.exit(Pid::INIT);
        outputs.into_iter().for_each(|output| instance.take(output, cx));
        notes.iter().for_each(|note| instance.note(&note.kind, cx));
        self.finish_execs(number, cx);
        match exit {
            Some(exit) => self.exited(number, exit.code, cx),
            None => self.wake_at(number, next, cx),
        }
    }

    /// Lets the instances of a network namespace run that something has come for.
    pub(crate) fn wake_space(&mut self, space: NetId, cx: &mut Cx) {
        let here = |i: &&mut Instance| {
            self.sandboxes.get(&i.spec.uid).is_some_and(|sandbox| sandbox.net == space)
        };
        for instance in self.instances.values_mut().filter(here) {
            let Some(kernel) = &instance.kernel else { continue };
            let soon = instance.wake.is_some_and(|(at, _)| at <= cx.now);
            if soon || !kernel.can_run(cx.now, cx.network) {
                continue;
            }
            let wake = SimEvent::Runtime(RuntimeTimer::Wake(instance.id));
            let new = cx.wire.schedule(cx.now, wake, None);
            if let Some(old) = instance.wake.replace(new) {
                cx.wire.cancel(old);
            }
        }
    }

    fn wake_at(&mut self, number: u64, next: Option<SimTime>, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        instance.wake = next.map(|at| cx.at(at, SimEvent::Runtime(RuntimeTimer::Wake(number))));
    }

    fn exited(&mut self, number: u64, code: i32, cx: &mut Cx) {
        let Some(instance) = self.instances.get_mut(&number) else { return };
        if let (Some(kernel), Some(sandbox)) =
            (&instance.kernel, self.sandboxes.get(&instance.spec.uid))
        {
            let read = kernel.files().read(&sandbox.volumes, &instance.spec.message_path);
            instance.message = read.map_or(String::new(), |b| text_of(&b));
        }
        instance.kernel = None;
        instance.over(code, cx);
        let wait = cx.work(latency::EXIT, &instance.spec.uid, number);
        cx.after(wait, SimEvent::Runtime(RuntimeTimer::Exited(number)));
        let execs = std::mem::take(&mut instance.execs);
        for exec in execs.into_values() {
            if let Some(key) = exec.deadline {
                cx.wire.cancel(key);
            }
            let reply = RuntimeReply::Execed { code: 137, output: exec.output };
            reply_to(exec.call, reply, cx);
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
        let Some(kernel) = &mut instance.kernel else { return };
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
            replies.push((exec.call, RuntimeReply::Execed { code, output: exec.output }));
        }
        for (call, reply) in replies {
            let wait = self.work(latency::EXECED, call, cx);
            cx.after(wait, SimEvent::Runtime(RuntimeTimer::Answer(call, reply)));
        }
    }
}

/// A termination message: at most 4096 bytes. Source: kubelet container/runtime.go
fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned()
}
