//! One request under way: a value that is fed with what arrives.

use super::why::End;
use crate::base::SimTime;
use crate::engine::cx::Cx;
use crate::engine::wire::EventKey;
use crate::shell::Errno;
use crate::shell::http::{Parsed, Request, Response};
use crate::shell::net::{Addr, Link, Received, SocketId};

/// A request under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flight {
    /// Which generator's.
    pub generator: usize,
    /// Its number there.
    pub nth: u64,
    /// When it was sent.
    pub sent: SimTime,
    /// Its connection.
    pub socket: SocketId,
    /// Whether the connection was there before.
    pub kept: bool,
    /// Where it leads to; `None`: nobody is there.
    pub target: Option<Addr>,
    /// The Pod there, as far as it is known.
    pub pod: String,
    /// When the client gives up.
    pub deadline: EventKey,
    /// What waits to be sent.
    pub(super) unsent: Vec<u8>,
    /// What has arrived.
    pub(super) inbox: Vec<u8>,
}

/// A request for a path, as it is sent.
pub(super) fn request(host: &str, path: &str, keep: bool) -> Vec<u8> {
    let mut request = Request::new("GET", path);
    let header = |name: &str, value: &str| (name.to_string(), value.to_string());
    request.headers.push(header("Host", host));
    request.headers.push(header("User-Agent", "lifepod-clients"));
    request.headers.push(header("Accept", "*/*"));
    if !keep {
        request.headers.push(header("Connection", "close"));
    }
    request.to_bytes()
}

impl Flight {
    /// Goes on as far as possible. `Some`: it is over; and whether the connection can be kept.
    pub(super) fn look(&mut self, cx: &mut Cx) -> Option<(End, bool)> {
        match cx.network.link(self.socket) {
            Link::Connecting => return None,
            Link::Failed(error) if self.inbox.is_empty() && !self.unsent.is_empty() => {
                let end = match error {
                    Errno::Refused => End::Refused,
                    Errno::HostUnreachable | Errno::TimedOut => End::Unreachable,
                    _ => End::Cut,
                };
                return Some((end, false));
            }
            _ => {}
        }
        if let Ok(count) = cx.network.send(cx.now, self.socket, &self.unsent) {
            self.unsent.drain(..count);
        }
        loop {
            match cx.network.receive(self.socket, 16_384) {
                Received::Wait => return None,
                Received::Data(data) => {
                    self.inbox.extend(data);
                    if let Some(end) = self.answer(false) {
                        return Some(end);
                    }
                }
                Received::End => return Some(self.answer(true).unwrap_or((End::Cut, false))),
                Received::Failed(_) => return Some((End::Cut, false)),
            }
        }
    }

    /// The answer, if it is complete.
    fn answer(&self, ended: bool) -> Option<(End, bool)> {
        match Response::parse(&self.inbox, ended, false) {
            Parsed::More => None,
            Parsed::Bad => Some((End::Answer(0), false)),
            Parsed::Done(response, _) => {
                let closes = response.header("connection").is_some_and(|v| v == "close");
                Some((End::Answer(response.status), !closes && !ended))
            }
        }
    }
}
