//! Ports on which no HTTP is spoken: connections are taken, what comes is answered or thrown away.

use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::net::{Addr, Ip};
use crate::shell::sys::{Read, Sys};

/// Listeners and their connections.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Taps {
    listeners: Vec<u32>,
    connections: Vec<(u32, Vec<u8>)>,
}

impl Taps {
    /// Listens on a port. Errors: it is taken.
    pub fn listen(&mut self, sys: &mut Sys, port: u16) -> Result<(), Errno> {
        self.listeners.push(sys.listen(Addr::new(Ip::ANY, port))?);
        Ok(())
    }

    /// Closes the listeners.
    pub fn stop_listening(&mut self, sys: &mut Sys) {
        for fd in std::mem::take(&mut self.listeners) {
            sys.close(fd);
        }
    }

    /// Whether nobody is connected.
    pub fn is_idle(&self) -> bool {
        self.connections.is_empty()
    }

    /// Takes what has come. `answer` takes whole messages out of what a client sent and says what
    /// is answered.
    pub fn step(&mut self, sys: &mut Sys, mut answer: impl FnMut(&mut Vec<u8>) -> Vec<u8>) {
        for listener in self.listeners.clone() {
            while let Some(fd) = sys.accept(listener) {
                self.connections.push((fd, Vec::new()));
            }
        }
        self.connections.retain_mut(|(fd, inbox)| {
            let open = loop {
                match sys.read(*fd, 4096) {
                    Read::Data(data) => inbox.extend(data),
                    Read::Wait(_) => break true,
                    Read::End | Read::Failed(_) => break false,
                }
            };
            let reply = answer(inbox);
            let sent = reply.is_empty() || sys.send(*fd, &reply).is_ok();
            let stays = open && sent && inbox.len() < limits::HTTP_REQUEST;
            if !stays {
                sys.close(*fd);
            }
            stays
        });
    }
}
