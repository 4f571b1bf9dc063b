//! Carries out the kubelet's requests over the node's network.

use super::dial::{Dial, Dialed, Outcome};
use super::grpc_check::{GrpcCheck, GrpcProgress};
use super::http_get::{HttpGet, Progress};
use super::proxy::Proxy;
use crate::base::{Map, SimTime};
use crate::engine::cx::Cx;
use crate::engine::message::{Call, Component, Message};
use crate::engine::wire::{EventKey, SimEvent};
use crate::shell::net::{Addr, Ip, LATENCY, Link, Received, SocketId};
use crate::shell::{Errno, NetId};
use std::rc::Rc;

/// Attempts of a probe whose attempt itself goes wrong. Source: prober.go maxProbeRetries
const ATTEMPTS: u32 = 3;
/// How long a gRPC client waits before it connects again. Source: grpc backoff.DefaultConfig
const GRPC_RETRY: SimTime = SimTime::secs(1);
/// The name server of the node itself.
const NODE_RESOLVER: &str = "192.0.2.1:53";

/// A timer of what works on the network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgentTimer {
    /// The time of a request is over.
    Deadline(u64),
    /// A request tries again.
    Retry(u64),
    /// kube-proxy writes its rules.
    Program,
}

/// What works on the network for the cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agents {
    /// The node's own namespace.
    host: NetId,
    running: Map<u64, Running>,
    pub(super) proxy: Proxy,
}

/// A request under way.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Running {
    asked: Rc<Dial>,
    client: Client,
    /// The socket, and the addresses of its ends.
    socket: Option<SocketId>,
    connected: bool,
    unsent: Vec<u8>,
    deadline: Option<EventKey>,
    /// The record that led to it.
    cause: Option<u64>,
    attempt: u32,
    /// What went wrong over HTTPS, once it is tried over HTTP.
    over_tls: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Client {
    Http(Box<HttpGet>),
    Tcp,
    Grpc(GrpcCheck),
}

/// What one look at a request came to.
enum Look {
    /// It waits for the network.
    Waits,
    /// It can be looked at again at once.
    Goes,
    /// It connects anew, after a while.
    Again(SimTime),
    /// It is over.
    Over(Dialed),
}

impl Agents {
    /// What works on the network of the node with this namespace.
    pub fn new(host: NetId) -> Agents {
        Agents { host, running: Map::new(), proxy: Proxy::default() }
    }

    /// The program that asked is gone: what it asked for ends.
    pub fn hang_up(&mut self, cx: &mut Cx) {
        let all: Vec<u64> = self.running.keys().copied().collect();
        all.into_iter().for_each(|id| self.finish(id, cx));
    }

    /// Everything here is gone; nobody is told.
    pub fn lose_power(&mut self, cx: &mut Cx) {
        self.hang_up(cx);
        self.proxy = Proxy::default();
    }

    /// Handles a message.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        match message.call {
            Call::Dial(id, dial) => self.begin(id, dial, message.sent, cx),
            call => self.proxy.watch(call, cx),
        }
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: AgentTimer, cx: &mut Cx) {
        match timer {
            AgentTimer::Deadline(id) => self.out_of_time(id, cx),
            AgentTimer::Retry(id) => {
                self.connect(id, cx);
                self.look(id, cx);
            }
            AgentTimer::Program => self.proxy.program(self.host, cx),
        }
    }

    fn begin(&mut self, id: u64, asked: Rc<Dial>, sent: SimTime, cx: &mut Cx) {
        let limit = asked.timeout().map(|limit| sent + limit);
        let deadline = limit.map(|at| cx.at(at, SimEvent::Agents(AgentTimer::Deadline(id))));
        let running = Running {
            client: Client::new(&asked),
            asked,
            socket: None,
            connected: false,
            unsent: Vec::new(),
            deadline,
            cause: cx.cause,
            attempt: 1,
            over_tls: None,
        };
        self.running.insert(id, running);
        self.connect(id, cx);
        self.look(id, cx);
    }

    /// A request is over.
    fn finish(&mut self, id: u64, cx: &mut Cx) {
        if let Some(mut running) = self.running.remove(&id) {
            running.set_deadline(None, cx);
            running.hang_up(cx);
        }
    }

    fn connect(&mut self, id: u64, cx: &mut Cx) {
        let Some(running) = self.running.get_mut(&id) else { return };
        let error = running.connect(self.host, cx).err();
        if let Some(error) = error {
            let over = running.failed(&error);
            self.settle(id, over, cx);
        }
    }

    /// Something has happened on the node's sockets.
    pub fn wake(&mut self, cx: &mut Cx) {
        let all: Vec<u64> = self.running.keys().copied().collect();
        all.into_iter().for_each(|id| self.look(id, cx));
    }

    fn look(&mut self, id: u64, cx: &mut Cx) {
        for _ in 0..crate::engine::limits::LOOKS {
            let Some(running) = self.running.get_mut(&id) else { return };
            let look = running.look(cx);
            if !matches!(look, Look::Goes) {
                return self.settle(id, look, cx);
            }
        }
    }

    fn settle(&mut self, id: u64, look: Look, cx: &mut Cx) {
        let Some(running) = self.running.get_mut(&id) else { return };
        match look {
            Look::Waits | Look::Goes => {}
            Look::Again(wait) => {
                running.hang_up(cx);
                let timer = SimEvent::Agents(AgentTimer::Retry(id));
                cx.alone(cx.now + wait, timer);
            }
            Look::Over(dialed)
                if dialed.outcome == Outcome::Error && running.attempt < ATTEMPTS =>
            {
                running.attempt += 1;
                running.client = Client::new(&running.asked);
                running.hang_up(cx);
                let deadline = SimEvent::Agents(AgentTimer::Deadline(id));
                let new = running.asked.timeout().map(|limit| cx.after(limit, deadline));
                running.set_deadline(new, cx);
                self.connect(id, cx);
            }
            Look::Over(mut dialed) => {
                cx.cause = running.cause;
                let over_tls = running.over_tls.take();
                dialed.fell_back = over_tls.is_some();
                if let (Some(error), Outcome::Failure) = (over_tls, dialed.outcome) {
                    dialed.output = error;
                }
                self.finish(id, cx);
                cx.send(Component::Kubelet(cx.node()), LATENCY, Call::Dialed(id, dialed));
            }
        }
    }

    fn out_of_time(&mut self, id: u64, cx: &mut Cx) {
        let Some(running) = self.running.get_mut(&id) else { return };
        running.deadline = None;
        let over = running.timed_out();
        self.settle(id, over, cx);
    }
}

impl Client {
    fn new(dial: &Dial) -> Client {
        match dial {
            Dial::Http(action) => Client::Http(Box::new(HttpGet::new(action))),
            Dial::Tcp { .. } | Dial::Impossible(_) => Client::Tcp,
            Dial::Grpc { host, port, service, timeout } => {
                Client::Grpc(GrpcCheck::new(host, *port, service, *timeout))
            }
        }
    }
}

impl Running {
    fn target(&self) -> (String, u16) {
        match (&self.client, &*self.asked) {
            (Client::Http(get), _) => get.target().unwrap_or_default(),
            (_, Dial::Tcp { host, port, .. } | Dial::Grpc { host, port, .. }) => {
                (host.clone(), *port)
            }
            (_, Dial::Http(_) | Dial::Impossible(_)) => Default::default(),
        }
    }

    /// Errors: why there is nothing to connect to, in Go's words.
    fn connect(&mut self, host_space: NetId, cx: &mut Cx) -> Result<(), String> {
        if let Dial::Impossible(why) = &*self.asked {
            return Err(why.clone());
        }
        let (host, port) = self.target();
        let ip = match host.as_str() {
            "localhost" => Some(Ip::LOCALHOST),
            host => Ip::parse(host),
        };
        // The node asks its own name server, not the cluster's.
        let ip = ip.ok_or_else(|| format!("lookup {host} on {NODE_RESOLVER}: no such host"))?;
        let socket = cx.network.connect(cx.now, host_space, Addr::new(ip, port));
        self.socket = Some(socket.map_err(|error| go_text(error).to_string())?);
        (self.connected, self.unsent) = (false, Vec::new());
        Ok(())
    }

    /// Closes the socket.
    fn hang_up(&mut self, cx: &mut Cx) {
        if let Some(socket) = self.socket.take() {
            cx.network.close(cx.now, socket);
        }
    }

    /// Starts its time anew, or ends it.
    fn set_deadline(&mut self, new: Option<EventKey>, cx: &mut Cx) {
        if let Some(old) = std::mem::replace(&mut self.deadline, new) {
            cx.wire.cancel(old);
        }
    }

    fn failed(&self, error: &str) -> Look {
        if let Dial::Impossible(why) = &*self.asked {
            return Look::Over(Dialed::new(Outcome::Failure, why, why));
        }
        let (host, port) = self.target();
        let text = match error.starts_with("lookup ") {
            true => format!("dial tcp: {error}"),
            false => format!("dial tcp {host}:{port}: {error}"),
        };
        Look::Over(self.failure(&text, error))
    }

    fn failure(&self, text: &str, label: &str) -> Dialed {
        let output = match &self.client {
            Client::Http(get) => get.error(text),
            _ => text.to_string(),
        };
        Dialed::new(Outcome::Failure, output, label)
    }

    /// Looks at the socket and goes on as far as possible.
    fn look(&mut self, cx: &mut Cx) -> Look {
        let Some(socket) = self.socket else { return Look::Waits };
        match cx.network.link(socket) {
            Link::Connecting => return Look::Waits,
            Link::Failed(error) if !self.connected => {
                if matches!(self.client, Client::Grpc(_)) {
                    return Look::Again(GRPC_RETRY);
                }
                return self.failed(&format!("connect: {}", go_text(error)));
            }
            _ => {}
        }
        if !self.connected {
            self.connected = true;
            match &mut self.client {
                Client::Http(get) => self.unsent = get.connected(),
                Client::Grpc(check) => self.unsent = check.connected(),
                Client::Tcp => return Look::Over(Dialed::new(Outcome::Success, "", "connected")),
            }
        }
        if let Ok(count) = cx.network.send(cx.now, socket, &self.unsent) {
            self.unsent.drain(..count);
        }
        match cx.network.receive(socket, 16_384) {
            Received::Wait => Look::Waits,
            Received::Data(data) => match self.take(&data, false) {
                Look::Waits => Look::Goes,
                look => look,
            },
            Received::End => self.take(&[], true),
            Received::Failed(error) => self.broken(socket, error, cx),
        }
    }

    fn take(&mut self, data: &[u8], ended: bool) -> Look {
        match &mut self.client {
            Client::Http(get) => {
                let progress = get.received(data, ended);
                self.http(progress)
            }
            Client::Grpc(check) => match check.received(data, ended) {
                GrpcProgress::Wait => Look::Waits,
                GrpcProgress::Send(bytes) => {
                    self.unsent = bytes;
                    Look::Goes
                }
                GrpcProgress::Retry => Look::Again(GRPC_RETRY),
                GrpcProgress::Done(dialed) => Look::Over(dialed),
            },
            Client::Tcp => Look::Waits,
        }
    }

    fn http(&mut self, progress: Progress) -> Look {
        match progress {
            Progress::Wait => Look::Waits,
            Progress::Send(bytes) => {
                self.unsent = bytes;
                Look::Goes
            }
            Progress::Again => Look::Again(SimTime::ZERO),
            Progress::Broken(error) => {
                let hook = matches!(&self.client, Client::Http(get) if !get.is_probe());
                // A hook does not look at the body.
                let outcome = if hook { Outcome::Success } else { Outcome::Error };
                Look::Over(Dialed::new(outcome, error.clone(), error))
            }
            Progress::Done(result) => {
                if let (Client::Http(get), Err(error)) = (&self.client, &result)
                    && let Some(plain) = get.without_tls(error)
                {
                    self.client = Client::Http(Box::new(plain));
                    self.over_tls = Some(error.clone());
                    return Look::Again(SimTime::ZERO);
                }
                let mut dialed = HttpGet::judge(result.clone());
                if matches!(&self.client, Client::Http(get) if !get.is_probe()) && result.is_ok() {
                    dialed.outcome = Outcome::Success;
                }
                Look::Over(dialed)
            }
        }
    }

    fn broken(&mut self, socket: SocketId, error: Errno, cx: &mut Cx) -> Look {
        let ends = cx.network.socket(socket).map(|s| (s.local, s.remote)).unwrap_or_default();
        let text = go_text(error);
        match &self.client {
            Client::Http(get) => {
                let progress = get.broke(&format!("read tcp {}->{}: read: {text}", ends.0, ends.1));
                self.http(progress)
            }
            Client::Grpc(_) => Look::Again(GRPC_RETRY),
            Client::Tcp => Look::Waits,
        }
    }

    fn timed_out(&mut self) -> Look {
        match &self.client {
            Client::Http(get) => {
                let progress = get.timed_out();
                self.http(progress)
            }
            Client::Grpc(check) => Look::Over(check.timed_out()),
            Client::Tcp => self.failed("i/o timeout"),
        }
    }
}

/// An error as Go prints it. Source: syscall zerrors_linux.go
fn go_text(error: Errno) -> &'static str {
    match error {
        Errno::Refused => "connection refused",
        Errno::Reset => "connection reset by peer",
        Errno::TimedOut => "connection timed out",
        Errno::HostUnreachable => "no route to host",
        Errno::TooManyFiles => "too many open files",
        _ => "broken pipe",
    }
}
