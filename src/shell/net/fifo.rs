//! Named pipes: what the ends share that programs have open on one.
//!
//! The name is a node of a tree of files; the bytes are here, as programs of several namespaces
//! may have it open through a volume.
//! Source: fifo(7), pipe(7).
//!
//! DIFFERENCE: opening one waits for the other end in a shell; another program waits when it first
//! reads or writes.

use std::collections::VecDeque;

use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::net::address::Addr;
use crate::shell::net::network::{NetId, Network};
use crate::shell::net::socket::{Kind, Received, SocketId};

/// The number of a named pipe, unique in the network.
pub type FifoId = u64;

/// A named pipe that somebody has open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Fifo {
    data: VecDeque<u8>,
    ends: Vec<SocketId>,
}

/// What one program has open of a named pipe.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FifoEnd {
    /// Which pipe.
    fifo: FifoId,
    reads: bool,
    writes: bool,
    /// Nobody has opened the other end since.
    waits: bool,
}

impl FifoEnd {
    /// Whether somebody at the one end has somebody at the other.
    fn meets(&self, other: &FifoEnd) -> bool {
        self.reads && other.writes || self.writes && other.reads
    }
}

impl Network {
    /// The number of a new named pipe.
    pub fn new_fifo(&mut self) -> FifoId {
        self.next += 1;
        self.next
    }

    /// Opens a named pipe. [`Network::waits`] tells whether the other end is open.
    ///
    /// Errors: the namespace has too many sockets.
    pub fn open_fifo(
        &mut self,
        space: NetId,
        fifo: FifoId,
        (reads, writes): (bool, bool),
    ) -> Result<SocketId, Errno> {
        let mut end = FifoEnd { fifo, reads, writes, waits: false };
        let ends = self.fifos.get(&fifo).map(|f| f.ends.clone()).unwrap_or_default();
        let met = |id: &&SocketId| self.fifo_end(**id).is_some_and(|other| end.meets(&other));
        let met: Vec<SocketId> = ends.iter().filter(met).copied().collect();
        end.waits = met.is_empty() && !(reads && writes);
        let id = self.add_socket(space, Addr::default(), Addr::default(), Kind::Fifo(end))?;
        self.fifos.entry(fifo).or_default().ends.push(id);
        for other in met {
            if let Some(Kind::Fifo(other)) = self.sockets.get_mut(&other).map(|s| &mut s.kind) {
                other.waits = false;
            }
        }
        self.tell_others(id, fifo);
        Ok(id)
    }

    /// Opens once more what is open at this end, where it is one of a named pipe.
    ///
    /// Errors: as [`Network::open_fifo`] has them; `NoDevice` if it is another socket.
    pub fn open_again(&mut self, id: SocketId) -> Result<SocketId, Errno> {
        let end = self.fifo_end(id).ok_or(Errno::NoDevice)?;
        let space = self.sockets.get(&id).map(|s| s.space).ok_or(Errno::NoDevice)?;
        self.open_fifo(space, end.fifo, (end.reads, end.writes))
    }

    /// Whether whoever opened this end of a named pipe waits for the other one.
    pub fn waits(&self, id: SocketId) -> bool {
        self.fifo_end(id).is_some_and(|end| end.waits)
    }

    /// The end of a named pipe that a socket is.
    pub fn fifo_end(&self, id: SocketId) -> Option<FifoEnd> {
        match self.sockets.get(&id)?.kind {
            Kind::Fifo(end) => Some(end),
            _ => None,
        }
    }

    fn has_end(&self, fifo: FifoId, what: fn(&FifoEnd) -> bool) -> bool {
        let ends = self.fifos.get(&fifo).into_iter().flat_map(|f| &f.ends);
        ends.filter_map(|id| self.fifo_end(*id)).any(|end| what(&end))
    }

    /// Takes at most `max` bytes out of a named pipe.
    pub(super) fn fifo_receive(&mut self, id: SocketId, end: FifoEnd, max: usize) -> Received {
        if end.waits {
            return Received::Wait;
        }
        let Some(fifo) = self.fifos.get_mut(&end.fifo) else { return Received::End };
        let count = max.min(fifo.data.len());
        if count > 0 {
            let data = fifo.data.drain(..count).collect();
            self.tell_others(id, end.fifo);
            return Received::Data(data);
        }
        if self.has_end(end.fifo, |e| e.writes) { Received::Wait } else { Received::End }
    }

    /// Whether a read from a named pipe would return at once.
    pub(super) fn fifo_can_read(&self, end: FifoEnd) -> bool {
        let some = self.fifos.get(&end.fifo).is_some_and(|f| !f.data.is_empty());
        !end.waits && (some || !self.has_end(end.fifo, |e| e.writes))
    }

    /// Bytes that a named pipe takes at once. Errors: nobody reads them.
    pub(super) fn fifo_room(&self, end: FifoEnd) -> Result<usize, Errno> {
        if end.waits {
            return Ok(0);
        }
        if !self.has_end(end.fifo, |e| e.reads) {
            return Err(Errno::BrokenPipe);
        }
        let used = self.fifos.get(&end.fifo).map_or(0, |f| f.data.len());
        Ok(limits::PIPE_BYTES.saturating_sub(used))
    }

    /// Puts bytes into a named pipe that has room for them.
    pub(super) fn fifo_send(&mut self, id: SocketId, end: FifoEnd, data: &[u8]) {
        if let Some(fifo) = self.fifos.get_mut(&end.fifo) {
            fifo.data.extend(data);
            self.tell_others(id, end.fifo);
        }
    }

    /// Closes an end; what is in a pipe that nobody has open is lost.
    pub(super) fn fifo_close(&mut self, id: SocketId, end: FifoEnd) {
        self.sockets.remove(&id);
        let Some(fifo) = self.fifos.get_mut(&end.fifo) else { return };
        fifo.ends.retain(|other| *other != id);
        if fifo.ends.is_empty() {
            self.fifos.remove(&end.fifo);
        } else {
            self.tell_others(id, end.fifo);
        }
    }

    fn tell_others(&mut self, id: SocketId, fifo: FifoId) {
        let ends = self.fifos.get(&fifo).map(|f| f.ends.clone()).unwrap_or_default();
        ends.into_iter().filter(|other| *other != id).for_each(|other| self.tell(other));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READS: (bool, bool) = (true, false);
    const WRITES: (bool, bool) = (false, true);

    #[test]
    fn both_ends_wait_for_each_other_and_the_last_writer_ends_it() {
        let mut network = Network::default();
        let fifo = network.new_fifo();
        let reader = network.open_fifo(NetId::HOST, fifo, READS).unwrap();
        assert!(network.waits(reader) && !network.can_read(reader));
        let writer = network.open_fifo(NetId::HOST, fifo, WRITES).unwrap();
        assert!(!network.waits(reader) && !network.waits(writer));
        assert_eq!(network.receive(reader, 9), Received::Wait);
        let now = crate::base::SimTime::ZERO;
        assert_eq!(network.send(now, writer, b"ab"), Ok(2));
        network.close(now, writer);
        assert_eq!(network.receive(reader, 9), Received::Data(b"ab".to_vec()));
        assert_eq!(network.receive(reader, 9), Received::End);
        let writer = network.open_fifo(NetId::HOST, fifo, WRITES).unwrap();
        network.close(now, reader);
        assert_eq!(network.send(now, writer, b"c"), Err(Errno::BrokenPipe));
        network.close(now, writer);
        assert!(network.fifos.is_empty());
    }
}
