//! Children: pipelines, background jobs, substitutions, and waiting for them.

use std::rc::Rc;

use crate::shell::errno::Errno;
use crate::shell::exec;
use crate::shell::limits;
use crate::shell::process::{Disposition, Program, State, Step};
use crate::shell::sh::expand::Stop;
use crate::shell::sh::frame::{Flags, Frame};
use crate::shell::sh::shell::Shell;
use crate::shell::signal::Signal;
use crate::shell::syntax::Command;
use crate::shell::sys::{Read, Sys};
use crate::shell::sys_files::OpenMode;
use crate::shell::types::{Exit, Limit, NoteKind, Pid};

/// Children that were started together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// Its number.
    pub id: usize,
    /// Its processes and how they ended.
    pub processes: Vec<(Pid, Option<Exit>)>,
    /// Whether it was started with `&`.
    pub background: bool,
    /// What `%1` calls it, if it was.
    pub number: usize,
}

impl Job {
    /// Whether all its processes have ended.
    pub fn is_done(&self) -> bool {
        self.processes.iter().all(|(_, exit)| exit.is_some())
    }

    fn status(&self, pipefail: bool) -> i32 {
        let codes = || self.processes.iter().rev().filter_map(|(_, e)| e.map(|e| e.code));
        let failed = if pipefail { codes().find(|c| *c != 0) } else { None };
        failed.or_else(|| codes().next()).unwrap_or(0)
    }
}

impl Shell {
    /// Notes a new job; its number.
    pub(super) fn add_job(&mut self, pids: Vec<Pid>, background: bool) -> usize {
        let id = self.next_job;
        self.next_job += 1;
        let processes = pids.into_iter().map(|pid| (pid, None)).collect();
        let number =
            self.jobs.iter().filter(|j| j.background).map(|j| j.number).max().unwrap_or(0) + 1;
        self.jobs.push(Job { id, processes, background, number });
        id
    }

    /// The shell cannot make a process.
    pub(super) fn cannot_fork(&mut self, sys: &mut Sys, error: Errno) -> Step {
        self.raise(sys, &format!("can't fork: {error}"))
    }

    /// Takes the status of every child that has ended, orphans included. Of the job that is
    /// waited for it says who died of a signal. Source: busybox ash, waitone.
    pub(super) fn reap(&mut self, sys: &mut Sys, waited: Option<usize>) {
        while let Some((pid, exit)) = sys.reap() {
            for job in &mut self.jobs {
                let slots = job.processes.iter_mut();
                for (_, slot) in slots.filter(|(p, slot)| *p == pid && slot.is_none()) {
                    *slot = Some(exit);
                    let quiet = self.vars.is_bash() && job.background;
                    let signal = exit.signal.filter(|_| waited == Some(job.id) && !quiet);
                    if let Some(signal) =
                        signal.filter(|s| !matches!(s, Signal::Int | Signal::Pipe))
                    {
                        sys.err(format!("{}\n", signal.description()));
                    }
                }
            }
        }
        self.forget_old_jobs();
    }

    /// Only so many background jobs that have ended are remembered for `wait`.
    fn forget_old_jobs(&mut self) {
        let mut done = self.jobs.iter().filter(|j| j.background && j.is_done()).count();
        self.jobs.retain(|j| {
            let old = done > 64 && j.background && j.is_done();
            done -= usize::from(old);
            !old
        });
    }

    /// Waits for a foreground job.
    pub(super) fn foreground(&mut self, sys: &mut Sys, id: usize) -> Step {
        match self.finished(sys, id) {
            Some(status) => {
                self.status = status;
                Step::Continue
            }
            None => {
                self.frames.push(Frame::Foreground(id));
                self.block_on(id)
            }
        }
    }

    fn block_on(&self, id: usize) -> Step {
        let job = self.jobs.iter().find(|j| j.id == id);
        let open = job.and_then(|j| j.processes.iter().rev().find(|(_, e)| e.is_none()));
        Step::Block(State::Child(open.map(|(pid, _)| *pid)))
    }

    /// The status of a job that has ended, which is forgotten.
    fn finished(&mut self, sys: &mut Sys, id: usize) -> Option<i32> {
        self.reap(sys, Some(id));
        let at = self.jobs.iter().position(|j| j.id == id)?;
        if !self.jobs[at].is_done() {
            return None;
        }
        let job = self.jobs.remove(at);
        let codes = job.processes.iter().map(|(_, exit)| exit.map_or(0, |exit| exit.code));
        if let Some(state) = self.vars.state() {
            state.fresh = codes.collect();
        }
        Some(job.status(self.options.on('|')))
    }

    /// `a | b`
    pub(super) fn pipeline(
        &mut self,
        sys: &mut Sys,
        commands: &[Rc<Command>],
        flags: Flags,
    ) -> Step {
        self.frames.push(Frame::Check(flags));
        match self.start_pipeline(sys, commands, flags, false) {
            Ok(pids) => {
                let job = self.add_job(pids, false);
                self.frames.push(Frame::Foreground(job));
                Step::Continue
            }
            Err(error) => self.cannot_fork(sys, error),
        }
    }

    fn start_pipeline(
        &mut self,
        sys: &mut Sys,
        commands: &[Rc<Command>],
        flags: Flags,
        background: bool,
    ) -> Result<Vec<Pid>, Errno> {
        let mut input = None;
        let mut pids = Vec::new();
        for (at, command) in commands.iter().enumerate() {
            let pipe = (at + 1 < commands.len()).then(|| sys.pipe());
            let pid = match sys.fork(self.child(command.clone(), flags)) {
                Ok(pid) => pid,
                Err(error) => {
                    let ends = input.into_iter().chain(pipe.into_iter().flat_map(|p| [p.0, p.1]));
                    ends.for_each(|end| sys.release(end));
                    return Err(error);
                }
            };
            sys.as_child(pid, |child| {
                if let Some(input) = input {
                    child.set_descriptor(0, input);
                }
                if let Some((_, output)) = pipe {
                    child.set_descriptor(1, output);
                }
            });
            if background {
                detach(sys, pid, at == 0);
            }
            input = pipe.map(|(read, _)| read);
            pids.push(pid);
        }
        Ok(pids)
    }

    /// `a &`
    pub(super) fn background(&mut self, sys: &mut Sys, body: &Rc<Command>) -> Step {
        self.reap(sys, None);
        let single = [body.clone()];
        let commands = match &**body {
            Command::Pipeline(commands) => commands.as_slice(),
            _ => &single,
        };
        match self.start_pipeline(sys, commands, Flags::default(), true) {
            Ok(pids) => {
                self.last_background = pids.last().copied();
                self.add_job(pids, true);
                self.status = 0;
                Step::Continue
            }
            Err(error) => self.cannot_fork(sys, error),
        }
    }

    /// `$(a)`: starts it; a frame then collects what it says. `set -e` does not go with it.
    /// Source: busybox ash, evalbackcmd.
    pub(super) fn substitute(&mut self, sys: &mut Sys, command: Rc<Command>) -> Step {
        let (read, write) = sys.pipe();
        let mut child = self.copied(command, Flags::default());
        child.options.set('e', false);
        match sys.fork(Program::Shell(Box::new(child))) {
            Ok(pid) => {
                sys.as_child(pid, |child| child.set_descriptor(1, write));
                let fd = sys.free_descriptor(10);
                sys.set_descriptor(fd, read);
                let job = self.add_job(vec![pid], false);
                self.frames.push(Frame::Capture(job, fd, Vec::new()));
                Step::Continue
            }
            Err(error) => {
                sys.release(read);
                sys.release(write);
                self.cannot_fork(sys, error)
            }
        }
    }

    /// `<(a)`, `>(a)`: starts it and goes on; its name is that of a descriptor, which is open until
    /// the command has ended. Source: busybox ash, evalbackcmd.
    pub(super) fn beside(
        &mut self,
        sys: &mut Sys,
        frame: Frame,
        command: Rc<Command>,
        writes: bool,
    ) -> Step {
        let (read, write) = sys.pipe();
        let (ours, its) = if writes { (write, read) } else { (read, write) };
        match sys.fork(self.child(command, Flags::default())) {
            Ok(pid) => {
                sys.as_child(pid, |child| child.set_descriptor(u32::from(!writes), its));
                let fd = sys.free_descriptor(exec::NAMED_PIPES);
                sys.set_descriptor(fd, ours);
                self.delivered = Some(["/dev/fd/", &fd.to_string()].concat());
                self.frames.push(Frame::Restore(vec![(fd, None)]));
                self.frames.push(frame);
                Step::Continue
            }
            Err(error) => {
                sys.release(read);
                sys.release(write);
                self.cannot_fork(sys, error)
            }
        }
    }

    /// Reads what a substitution says.
    pub(super) fn capture(
        &mut self,
        sys: &mut Sys,
        job: usize,
        fd: u32,
        mut text: Vec<u8>,
    ) -> Step {
        match sys.read(fd, limits::PIPE_BYTES) {
            Read::Data(data) => {
                if text.len() + data.len() <= limits::TEXT_BYTES {
                    text.extend(data);
                } else {
                    sys.note(NoteKind::Limit(Limit::Text));
                }
                self.frames.push(Frame::Capture(job, fd, text));
                Step::Continue
            }
            Read::Wait(state) => {
                self.frames.push(Frame::Capture(job, fd, text));
                Step::Block(state)
            }
            Read::End | Read::Failed(_) => {
                sys.close(fd);
                self.frames.push(Frame::Captured(job, text));
                Step::Continue
            }
        }
    }

    /// Waits for a substitution to end and hands its text to the frame below.
    pub(super) fn captured(&mut self, sys: &mut Sys, job: usize, text: Vec<u8>) -> Step {
        let Some(status) = self.finished(sys, job) else {
            self.frames.push(Frame::Captured(job, text));
            return self.block_on(job);
        };
        self.substituted = Some(status);
        let text: Vec<u8> = text.into_iter().filter(|b| *b != 0).collect();
        let text = String::from_utf8_lossy(&text);
        self.delivered = Some(text.trim_end_matches('\n').to_string());
        match self.count(sys, text.len()) {
            Err(Stop::Fail(message)) => self.raise(sys, &message),
            _ => Step::Continue,
        }
    }

    /// The `wait` builtin. A trapped signal ends it with 128 + n.
    pub(super) fn wait(&mut self, sys: &mut Sys, pids: Option<Vec<Pid>>) -> Step {
        let first = pids.as_ref().and_then(|pids| {
            let has =
                |job: &&Job| !job.is_done() && job.processes.iter().any(|(p, _)| pids.contains(p));
            self.jobs.iter().find(has).map(|j| j.id)
        });
        self.reap(sys, first);
        if let Some(signal) = self.pending.first() {
            self.status = 128 + signal;
            return Step::Continue;
        }
        let wanted = |job: &Job| match &pids {
            None => job.background,
            Some(pids) => job.processes.iter().any(|(pid, _)| pids.contains(pid)),
        };
        if self.jobs.iter().any(|j| wanted(j) && !j.is_done()) {
            self.frames.push(Frame::Wait(pids));
            return Step::Block(State::Child(None));
        }
        self.status = match &pids {
            None => 0,
            Some(pids) => self.exit_status(pids.last().copied()),
        };
        if let (127, true, Some(pid)) =
            (self.status, self.vars.is_bash(), pids.and_then(|p| p.last().copied()))
        {
            let message = format!("pid {pid} is not a child of this shell");
            self.complain(sys, Some("wait"), &message);
        }
        Step::Continue
    }

    /// `wait -n`: waits for the first of these jobs to end, whose status it takes.
    ///
    /// DIFFERENCE: busybox 1.35 takes 0 or 129, whatever the job ended with; this is what it and
    /// other shells say they do.
    pub(super) fn wait_next(&mut self, sys: &mut Sys, jobs: Vec<usize>) -> Step {
        self.reap(sys, None);
        if let Some(signal) = self.pending.first() {
            self.status = 128 + signal;
            return Step::Continue;
        }
        let ended = self.jobs.iter().find(|j| jobs.contains(&j.id) && j.is_done());
        if let Some(job) = ended {
            let id = job.id;
            self.status = job.status(self.options.on('|'));
            if self.vars.is_bash() {
                self.jobs.retain(|job| job.id != id);
            }
            return Step::Continue;
        }
        self.frames.push(Frame::WaitNext(jobs));
        Step::Block(State::Child(None))
    }

    fn exit_status(&self, pid: Option<Pid>) -> i32 {
        let job = self
            .jobs
            .iter()
            .find(|j| pid.is_some_and(|pid| j.processes.iter().any(|(p, _)| *p == pid)));
        job.map_or(127, |job| job.status(self.options.on('|')))
    }
}

/// A background child without job control: it ignores INT and QUIT, and its input is empty.
fn detach(sys: &mut Sys, pid: Pid, first: bool) {
    if let Some(child) = sys.child_mut(pid) {
        child.dispositions.insert(Signal::Int, Disposition::Ignore);
        child.dispositions.insert(Signal::Quit, Disposition::Ignore);
    }
    if first {
        sys.as_child(pid, |child| {
            if let Ok(null) = child.open("/dev/null", OpenMode::Read) {
                child.set_descriptor(0, null);
            }
        });
    }
}
