//! The words as values.

use crate::base::SimTime;
use crate::shell::signal::Signal;

/// What a program does, where it was said; the rest is the program's own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Behaviour {
    /// From the start of the process until its ports open.
    pub start: Option<SimTime>,
    /// Where it listens; `None` is not said.
    pub ports: Option<Vec<Port>>,
    /// Ports that the manifest names: where a program that nothing is known of listens.
    pub expected: Vec<Port>,
    /// What it answers by path; the first that fits counts.
    pub http: Vec<Route>,
    /// From when on its health service says "serving", or not.
    pub grpc: Vec<(SimTime, bool)>,
    /// How it takes signals.
    pub signals: Vec<(Signal, Reaction)>,
    /// It ends with this code, so long after its start.
    pub exit: Option<(i32, SimTime)>,
    /// Bytes of memory it uses at moments after its start, straight lines between them.
    pub memory: Vec<(SimTime, u64)>,
    /// Bytes to pull.
    pub size: Option<u64>,
    /// How long a pull takes.
    pub pull: Option<SimTime>,
}

/// A port that is listened on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Port {
    /// Its number.
    pub number: u16,
    /// What is spoken there.
    pub kind: PortKind,
}

/// What is spoken on a port.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PortKind {
    /// HTTP.
    Http,
    /// gRPC, with its health service.
    Grpc,
    /// Connections are taken, nothing is said.
    Tcp,
}

/// What is answered on a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// The path; `*` is every path.
    pub path: String,
    /// The answers, each from a moment after the start on.
    pub answers: Vec<(SimTime, Answer)>,
}

/// One answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// What is said.
    pub reply: Reply,
    /// How long it takes.
    pub after: SimTime,
}

/// What is said to a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// This status.
    Status(u16),
    /// This status and where to go instead.
    Redirect(u16, String),
    /// Nothing, ever.
    Hang,
    /// The connection breaks.
    Reset,
}

/// What a signal does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reaction {
    /// Nothing.
    Ignore,
    /// The program ends with this code, so long after the signal. It takes no new connections.
    Exit(i32, SimTime),
}

impl Behaviour {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Behaviour::default()
    }

    /// The words that something was said with, as `start, http`.
    pub fn said(&self) -> String {
        let said = [
            self.start.is_some(),
            self.ports.is_some(),
            !self.http.is_empty(),
            !self.grpc.is_empty(),
            !self.signals.is_empty(),
            self.exit.is_some(),
            !self.memory.is_empty(),
            self.size.is_some(),
            self.pull.is_some(),
        ];
        let words = Behaviour::WORDS.into_iter().zip(said).filter(|(_, said)| *said);
        words.map(|(word, _)| word).collect::<Vec<_>>().join(", ")
    }

    /// What was said in `over` counts more.
    pub fn overlay(&mut self, over: &Behaviour) {
        self.start = over.start.or(self.start);
        self.ports = over.ports.clone().or(self.ports.take());
        self.exit = over.exit.or(self.exit);
        self.size = over.size.or(self.size);
        self.pull = over.pull.or(self.pull);
        self.http.splice(0..0, over.http.iter().cloned());
        self.signals.splice(0..0, over.signals.iter().copied());
        if !over.grpc.is_empty() {
            self.grpc.clone_from(&over.grpc);
        }
        if !over.memory.is_empty() {
            self.memory.clone_from(&over.memory);
        }
    }

    /// How it takes a signal; the first word about it counts.
    pub fn reaction(&self, signal: Signal) -> Option<Reaction> {
        self.signals.iter().find(|(s, _)| *s == signal).map(|(_, r)| *r)
    }

    /// What it answers on a path at a moment after its start, if that was said.
    pub fn answer(&self, path: &str, since: SimTime) -> Option<&Answer> {
        let path = path.split('?').next().unwrap_or_default();
        let route = self.http.iter().find(|r| r.path == path || r.path == "*")?;
        current(&route.answers, since)
    }

    /// Whether its health service says "serving".
    pub fn is_serving(&self, since: SimTime) -> bool {
        current(&self.grpc, since).copied().unwrap_or(true)
    }
}

/// What counts at a moment: the last that began before it, the first one before that.
fn current<T>(steps: &[(SimTime, T)], since: SimTime) -> Option<&T> {
    let begun = steps.partition_point(|(at, _)| *at <= since);
    steps.get(begun.saturating_sub(1)).map(|(_, value)| value)
}
