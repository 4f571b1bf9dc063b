//! The system calls on sockets: listen, connect, accept, send, shut down, wait.
//!
//! Reading, writing and closing are the same calls as for files. None of these calls blocks: a
//! program that cannot go on ends its step with [`Sys::wait`], and is stepped again when
//! something has happened to one of its sockets.

use crate::base::SimTime;
use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::net::{Addr, Answer, Ip, Link, Network, Question, SocketId};
use crate::shell::open_files::{DescId, Target};
use crate::shell::process::{State, Step};
use crate::shell::sys::Sys;

impl Sys<'_> {
    /// The network, to look at.
    pub fn network(&self) -> &Network {
        self.network
    }

    /// The address of the process's namespace.
    pub fn address(&self) -> Ip {
        self.network.address(self.me().net)
    }

    /// Listens on an address; the descriptor.
    ///
    /// Errors: the port is taken, or the address is not one of the namespace's.
    pub fn listen(&mut self, at: Addr) -> Result<u32, Errno> {
        let socket = self.network.listen(self.me().net, at)?;
        self.socket_opened(socket)
    }

    /// Begins a connection; the descriptor. [`Sys::link`] tells what becomes of it.
    pub fn connect(&mut self, to: Addr) -> Result<u32, Errno> {
        let socket = self.network.connect(self.now, self.me().net, to)?;
        self.socket_opened(socket)
    }

    /// Asks a name server; the descriptor. [`Sys::answer`] has the answer.
    pub fn ask(&mut self, server: Ip, question: Question) -> Result<u32, Errno> {
        let socket = self.network.ask(self.now, self.me().net, server, question)?;
        self.socket_opened(socket)
    }

    fn socket_opened(&mut self, socket: SocketId) -> Result<u32, Errno> {
        if self.me().descriptors.len() as u32 >= limits::DESCRIPTORS {
            self.network.close(self.now, socket);
            return Err(Errno::TooManyFiles);
        }
        let file = self.kernel.open.add(Target::Socket(socket), true, true);
        let fd = self.free_descriptor(3);
        self.set_descriptor(fd, file);
        Ok(fd)
    }

    fn socket(&self, fd: u32) -> Option<SocketId> {
        match self.kernel.open.get(self.description(fd)?)?.target {
            Target::Socket(id) => Some(id),
            _ => None,
        }
    }

    /// How far a connection is.
    pub fn link(&self, fd: u32) -> Link {
        match self.socket(fd) {
            Some(socket) => self.network.link(socket),
            None => Link::Failed(Errno::BadDescriptor),
        }
    }

    /// The answer of a name server, once it is there.
    pub fn answer(&self, fd: u32) -> Option<Answer> {
        self.network.answer(self.socket(fd)?).cloned()
    }

    /// Takes a connection that waits at a listener; its descriptor, if there is one.
    pub fn accept(&mut self, fd: u32) -> Option<u32> {
        let socket = self.network.accept(self.socket(fd)?)?;
        self.socket_opened(socket).ok()
    }

    /// Sends as much as there is room for; how much that was. It raises no SIGPIPE.
    ///
    /// Errors: the connection is broken.
    pub fn send(&mut self, fd: u32, data: &[u8]) -> Result<usize, Errno> {
        let socket = self.socket(fd).ok_or(Errno::BadDescriptor)?;
        self.spend(1 + data.len() as u64 / 4096);
        self.network.send(self.now, socket, data)
    }

    /// Tells the other end that no more will be sent.
    pub fn shut_down(&mut self, fd: u32) {
        if let Some(socket) = self.socket(fd) {
            self.network.shut(self.now, socket);
        }
    }

    /// The addresses of a socket: its own and the other end's.
    pub fn ends(&self, fd: u32) -> Option<(Addr, Addr)> {
        let socket = self.network.socket(self.socket(fd)?)?;
        Some((socket.local, socket.remote))
    }

    /// Waits until something happens to one of the process's sockets that was not there when this
    /// step began, or until then.
    pub fn wait(&self, until: Option<SimTime>) -> Step {
        self.wait_or_input(until, None)
    }

    /// Waits as [`Sys::wait`] does, or until there is input in this open file.
    pub fn wait_or_input(&self, until: Option<SimTime>, input: Option<DescId>) -> Step {
        Step::Block(State::Network { since: self.since, until, input })
    }
}
