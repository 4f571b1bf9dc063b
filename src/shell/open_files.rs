//! Open files and pipes of one PID namespace. A description is shared by every descriptor that was
//! copied from it, as `dup` and `fork` copy them, and closes with the last.

use crate::base::Map;
use std::collections::VecDeque;

use crate::shell::files::FileRef;
use crate::shell::limits;
use crate::shell::net::SocketId;
use crate::shell::tree::Device;
use crate::shell::types::{Pid, Stream};

/// The number of an open-file description.
pub type DescId = u32;
/// The number of a pipe.
pub type PipeId = u32;

/// What a description reads from or writes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// A special file.
    Device(Device),
    /// The log of the process that was started from outside.
    Stream(Pid, Stream),
    /// A regular file of a container; the flag says that each write goes to the end.
    File(usize, FileRef, bool),
    /// The reading end of a pipe.
    PipeOut(PipeId),
    /// The writing end of a pipe.
    PipeIn(PipeId),
    /// Text made when it was opened: a file of `/proc`, a here-document.
    Text(Vec<u8>),
    /// A directory: it can be open, but not read as a file.
    Directory,
    /// A socket of the network.
    Socket(SocketId),
}

/// An open-file description.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Description {
    /// What it is open on.
    pub target: Target,
    /// Where the next read or write happens, in bytes.
    pub offset: u64,
    /// Whether it was opened for reading.
    pub readable: bool,
    /// Whether it was opened for writing.
    pub writable: bool,
    refs: u32,
}

/// A pipe: bytes between the ends, and how many descriptions each end has.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pipe {
    data: VecDeque<u8>,
    readers: u32,
    writers: u32,
}

/// All open files of a PID namespace.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpenFiles {
    descriptions: Map<DescId, Description>,
    pipes: Map<PipeId, Pipe>,
    next: u32,
}

impl OpenFiles {
    /// Opens a description with one reference.
    pub fn add(&mut self, target: Target, readable: bool, writable: bool) -> DescId {
        match target {
            Target::PipeOut(id) => self.pipes.entry(id).or_default().readers += 1,
            Target::PipeIn(id) => self.pipes.entry(id).or_default().writers += 1,
            _ => {}
        }
        self.next += 1;
        let description = Description { target, offset: 0, readable, writable, refs: 1 };
        self.descriptions.insert(self.next, description);
        self.next
    }

    /// A new pipe: its reading and its writing end.
    pub fn pipe(&mut self) -> (DescId, DescId) {
        self.next += 1;
        let id = self.next;
        (self.add(Target::PipeOut(id), true, false), self.add(Target::PipeIn(id), false, true))
    }

    /// The description of this number.
    pub fn get(&self, id: DescId) -> Option<&Description> {
        self.descriptions.get(&id)
    }

    /// The description of this number, to change.
    pub fn get_mut(&mut self, id: DescId) -> Option<&mut Description> {
        self.descriptions.get_mut(&id)
    }

    /// All descriptions.
    pub fn all(&self) -> impl Iterator<Item = &Description> {
        self.descriptions.values()
    }

    /// One more descriptor refers to it.
    pub fn retain(&mut self, id: DescId) {
        if let Some(description) = self.descriptions.get_mut(&id) {
            description.refs += 1;
        }
    }

    /// One descriptor less refers to it; what it was open on, if this was the last.
    pub fn release(&mut self, id: DescId) -> Option<Target> {
        let description = self.descriptions.get_mut(&id)?;
        description.refs -= 1;
        if description.refs > 0 {
            return None;
        }
        let target = self.descriptions.remove(&id)?.target;
        match target {
            Target::PipeOut(pipe) => self.end_closed(pipe, |p| p.readers -= 1),
            Target::PipeIn(pipe) => self.end_closed(pipe, |p| p.writers -= 1),
            _ => {}
        }
        Some(target)
    }

    fn end_closed(&mut self, id: PipeId, count: fn(&mut Pipe)) {
        if let Some(pipe) = self.pipes.get_mut(&id) {
            count(pipe);
            if pipe.readers == 0 && pipe.writers == 0 {
                self.pipes.remove(&id);
            }
        }
    }

    /// Whether a read of this description would return at once.
    pub fn can_read(&self, id: DescId) -> bool {
        match self.get(id).map(|d| &d.target) {
            Some(Target::PipeOut(pipe)) => {
                self.pipes.get(pipe).is_none_or(|p| !p.data.is_empty() || p.writers == 0)
            }
            _ => true,
        }
    }

    /// Whether a write to this description would return at once.
    pub fn can_write(&self, id: DescId) -> bool {
        match self.get(id).map(|d| &d.target) {
            Some(Target::PipeIn(pipe)) => self
                .pipes
                .get(pipe)
                .is_none_or(|p| p.readers == 0 || p.data.len() < limits::PIPE_BYTES),
            _ => true,
        }
    }

    /// Takes at most `max` bytes from a pipe; `None` if it is empty and may still be written.
    pub fn pipe_read(&mut self, id: PipeId, max: usize) -> Option<Vec<u8>> {
        let Some(pipe) = self.pipes.get_mut(&id) else { return Some(Vec::new()) };
        if pipe.data.is_empty() && pipe.writers > 0 {
            return None;
        }
        let count = max.min(pipe.data.len());
        Some(pipe.data.drain(..count).collect())
    }

    /// Whether somebody can still read what is put into a pipe.
    pub fn is_read(&self, id: PipeId) -> bool {
        self.pipes.get(&id).is_some_and(|p| p.readers > 0)
    }

    /// Puts bytes into a pipe; how many fitted, or `None` if nobody will read them.
    pub fn pipe_write(&mut self, id: PipeId, data: &[u8]) -> Option<usize> {
        let pipe = self.pipes.get_mut(&id).filter(|p| p.readers > 0)?;
        let count = data.len().min(limits::PIPE_BYTES.saturating_sub(pipe.data.len()));
        pipe.data.extend(&data[..count]);
        Some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_ends_when_its_last_writer_closes() {
        let mut open = OpenFiles::default();
        let (out, inn) = open.pipe();
        let Some(Target::PipeOut(id)) = open.get(out).map(|d| d.target.clone()) else { panic!() };
        assert!(!open.can_read(out));
        assert_eq!(open.pipe_write(id, b"ab"), Some(2));
        open.retain(inn);
        open.release(inn);
        assert_eq!(open.pipe_read(id, 9), Some(b"ab".to_vec()));
        assert_eq!(open.pipe_read(id, 9), None);
        open.release(inn);
        assert_eq!(open.pipe_read(id, 9), Some(vec![]));
        open.release(out);
        assert_eq!(open, OpenFiles { next: open.next, ..OpenFiles::default() });
    }
}
