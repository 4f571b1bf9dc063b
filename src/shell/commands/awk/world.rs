//! What a statement has done to the world beside its program, and the commands it talks to.
//!
//! A statement that asks a command may have to wait for it. It is then run once more from its
//! beginning, with the variables that it began with; what it has already done to the world is told
//! to it from the list that is kept here, and not done again.

use crate::base::{Map, Set};
use crate::shell::commands::awk::machine::{Machine, Stop};
use crate::shell::commands::awk::state::{State, cut};
use crate::shell::commands::xargs;
use crate::shell::limits;
use crate::shell::open_files::DescId;
use crate::shell::process::State as Doing;
use crate::shell::sys::{Read, Sys};
use crate::shell::sys_files::OpenMode;
use crate::shell::types::{Limit, NoteKind, Pid};

/// What came of something done to the world.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// A descriptor, a status, a time.
    Number(i64),
    /// A line, or the end.
    Line(Option<String>),
}

/// A file or command whose lines are read.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Reader {
    fd: u32,
    command: Option<Pid>,
    text: Vec<u8>,
    place: usize,
    ended: bool,
}

/// What is there whatever the variables are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct World {
    /// The state before the statement that runs.
    before: Option<Box<State>>,
    /// Whether it is being run just now.
    running: bool,
    told: Vec<Told>,
    at: usize,
    bytes: usize,
    readers: Map<String, Reader>,
    /// The command that `system` waits for.
    called: Option<Pid>,
    /// Commands that were started and have not ended.
    pub children: Set<Pid>,
    /// How those have ended that somebody may ask for.
    statuses: Map<Pid, i64>,
}

impl World {
    /// Whether a statement runs that may be run once more.
    pub fn is_attempt(&self) -> bool {
        self.before.is_some() && self.running
    }

    /// Takes the statuses of the commands that have ended.
    pub fn reap(&mut self, sys: &mut Sys) {
        while let Some((pid, exit)) = sys.reap() {
            if self.children.remove(&pid) {
                let status = exit.signal.map_or(i64::from(exit.code) << 8, |s| s.number().into());
                self.statuses.insert(pid, status);
            }
        }
    }

    /// Closes what is read, so that the commands come to their end.
    pub fn close_all(&mut self, sys: &mut Sys) {
        for (_, reader) in std::mem::take(&mut self.readers) {
            sys.close(reader.fd);
        }
    }

    /// The status of a command that must have ended.
    fn status(&mut self, sys: &mut Sys, pid: Pid) -> Result<i64, Stop> {
        self.reap(sys);
        let status = self.statuses.remove(&pid);
        status.ok_or(Stop::Wait(Doing::Child(Some(pid))))
    }
}

impl Machine<'_, '_, '_> {
    /// Runs what may have to wait; if it has to, everything is as it was before.
    pub fn attempt<R>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<R, Stop>,
    ) -> Result<R, Stop> {
        if self.world.before.is_none() {
            self.flush();
            let held = self.state.held_back(!self.program.waits);
            let before = self.state.clone();
            self.state.put_back(held);
            self.call.sys.spend(1 + before.weight() / 16);
            self.world.before = Some(Box::new(before));
        }
        (self.world.at, self.world.bytes, self.world.running) = (0, 0, true);
        let result = act(self);
        self.world.running = false;
        if matches!(result, Err(Stop::Wait(_))) {
            self.reset();
            let held = self.state.held_back(!self.program.waits);
            if let Some(before) = &self.world.before {
                *self.state = (**before).clone();
            }
            self.state.put_back(held);
        } else {
            self.world.before = None;
            self.world.told.clear();
        }
        result
    }

    /// Does something to the world, unless this run of the statement only repeats it.
    pub fn effect(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<Told, Stop>,
    ) -> Result<Told, Stop> {
        if !self.world.is_attempt() {
            return act(self);
        }
        if self.has_output() {
            self.once(|machine| {
                machine.flush();
                Ok(Told::Number(0))
            })?;
            self.drop_output();
        }
        self.once(act)
    }

    fn once(&mut self, act: impl FnOnce(&mut Self) -> Result<Told, Stop>) -> Result<Told, Stop> {
        let told = match self.world.told.get(self.world.at) {
            Some(told) => told.clone(),
            None => {
                let told = act(self)?;
                self.world.told.push(told.clone());
                told
            }
        };
        self.world.at += 1;
        if let Told::Line(Some(line)) = &told {
            self.world.bytes += line.len() + 32;
        }
        if self.world.bytes > 4 * limits::TEXT_BYTES {
            self.call.sys.note(NoteKind::Limit(Limit::Text));
            return Err(Stop::Fail("it reads too much for this simulator"));
        }
        Ok(told)
    }

    /// The same, where a number comes of it.
    pub fn number_of(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<i64, Stop>,
    ) -> Result<i64, Stop> {
        match self.effect(|machine| act(machine).map(Told::Number))? {
            Told::Number(number) => Ok(number),
            Told::Line(_) => Ok(0),
        }
    }

    /// Starts a command of which one end of a pipe becomes this descriptor.
    pub fn start(&mut self, command: &str, end: Option<(u32, DescId)>) -> Result<Pid, Stop> {
        let argv = ["sh", "-c", command].map(str::to_string).to_vec();
        let sys = &mut *self.call.sys;
        let pid = xargs::spawn(sys, argv).map_err(|_| Stop::Fail("can't redirect"))?;
        sys.as_child(pid, |child| {
            // A command that had the other pipes open too would keep them from ending.
            let others: Vec<u32> =
                child.me().descriptors.keys().copied().filter(|fd| *fd > 2).collect();
            others.into_iter().for_each(|fd| child.close(fd));
            if let Some((fd, file)) = end {
                child.set_descriptor(fd, file);
            }
        });
        self.world.children.insert(pid);
        Ok(pid)
    }

    /// `system(command)`: how it ended.
    pub fn system(&mut self, command: &str) -> Result<i64, Stop> {
        self.flush_now();
        self.number_of(|machine| {
            let pid = match machine.world.called {
                Some(pid) => pid,
                None => machine.start(command, None)?,
            };
            machine.world.called = Some(pid);
            let status = machine.world.status(machine.call.sys, pid)?;
            machine.world.called = None;
            Ok(status >> 8)
        })
    }

    /// `close(name)`: how the command ended, if it is one.
    pub fn close(&mut self, name: &str) -> Result<i64, Stop> {
        let written = self.state.written.remove(name).map(|fd| (fd, None));
        let written =
            written.or_else(|| self.state.piped.remove(name).map(|(fd, pid)| (fd, Some(pid))));
        self.number_of(|machine| {
            let reader = machine.world.readers.get(name).map(|r| (r.fd, r.command));
            let Some((fd, command)) = written.or(reader) else { return Ok(0) };
            machine.call.sys.close(fd);
            let status = match command {
                Some(pid) => machine.world.status(machine.call.sys, pid)?,
                None => 0,
            };
            machine.world.readers.remove(name);
            Ok(status)
        })
    }

    /// The next line of a file or command; a number if it cannot be opened.
    pub fn line_of(&mut self, name: &str, is_command: bool) -> Result<Told, Stop> {
        let mark = self.state.named("RS");
        self.effect(|machine| {
            let known = machine.world.readers.contains_key(name);
            if !known && !machine.open_reader(name, is_command)? {
                return Ok(Told::Number(-1));
            }
            machine.read_line(name, mark.as_bytes()).map(Told::Line)
        })
    }

    fn open_reader(&mut self, name: &str, is_command: bool) -> Result<bool, Stop> {
        let (file, command) = if is_command {
            let (read, write) = self.call.sys.pipe();
            (read, Some(self.start(name, Some((1, write)))?))
        } else {
            match self.call.sys.open(name, OpenMode::Read) {
                Ok(file) => (file, None),
                Err(_) => return Ok(false),
            }
        };
        let fd = self.call.sys.free_descriptor(3);
        self.call.sys.set_descriptor(fd, file);
        let reader = Reader { fd, command, text: Vec::new(), place: 0, ended: false };
        self.world.readers.insert(name.to_string(), reader);
        Ok(true)
    }

    fn read_line(&mut self, name: &str, mark: &[u8]) -> Result<Option<String>, Stop> {
        let Some(reader) = self.world.readers.get_mut(name) else { return Ok(None) };
        loop {
            let rest = &reader.text[reader.place..];
            if let Some((len, gap)) = cut(rest, mark, !reader.ended) {
                let line = String::from_utf8_lossy(&rest[..len]).into_owned();
                reader.place += len + gap;
                return Ok(Some(line));
            }
            if reader.ended {
                return Ok(None);
            }
            reader.text.drain(..std::mem::take(&mut reader.place));
            match self.call.sys.read(reader.fd, 4096) {
                Read::Data(data) if reader.text.len() < limits::TEXT_BYTES => {
                    reader.text.extend(data);
                }
                Read::Wait(state) => return Err(Stop::Wait(state)),
                _ => reader.ended = true,
            }
        }
    }
}
