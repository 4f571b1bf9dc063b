//! kubectl: sends the requests of a command one after the other and prints the answers.

use super::attach::Attaching;
use super::drain::Draining;
use super::print;
use super::rollout::Looking;
use super::steps::{News, Sight, Step};
use crate::base::{Map, SimTime};
use crate::engine::action::Request;
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Done, Message, Refusal};
use crate::engine::trace::RowKind;
use crate::engine::wire::SimEvent;
use std::collections::VecDeque;
use std::rc::Rc;

/// The person's command line: commands under way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Client {
    running: Map<u64, Running>,
    /// Requests of commands that go on by themselves: the command and its mark.
    asked: Map<u64, (u64, String)>,
    /// Commands that want to look at a Pod, and its name.
    curious: Vec<(u64, String)>,
}

/// A timer of kubectl.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ClientTimer {
    /// A wait of this command is over; its mark.
    Wake(u64, String),
}

/// A command that goes on by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Loop {
    Drain(Draining),
    Look(Looking),
    Attach(Attaching),
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Running {
    at: SimTime,
    args: String,
    namespace: Rc<str>,
    to_do: VecDeque<Request>,
    asked: Option<Request>,
    out: String,
    err: String,
    code: i32,
    itself: Option<Loop>,
}

impl Client {
    /// Starts a command.
    pub fn start(
        &mut self,
        args: &str,
        namespace: &Rc<str>,
        requests: &Rc<Vec<Request>>,
        cx: &mut Cx,
    ) {
        let command = cx.wire.fresh();
        let running = Running {
            at: cx.now,
            args: args.to_string(),
            namespace: namespace.clone(),
            to_do: requests.iter().cloned().collect(),
            asked: None,
            out: String::new(),
            err: String::new(),
            code: 0,
            itself: None,
        };
        self.running.insert(command, running);
        self.next(command, cx);
    }

    /// The commands that have no answer yet, with when they were given.
    pub fn running(&self) -> impl Iterator<Item = (SimTime, &str)> {
        self.running.values().map(|running| (running.at, running.args.as_str()))
    }

    /// Prints what a command says that asked nothing of the API server.
    pub fn refused(&mut self, args: &str, error: &str, cx: &mut Cx) {
        let (args, err) = (args.to_string(), error.to_string());
        let (given, out) = (cx.now, String::new());
        cx.trace.push(cx.now, || RowKind::Kubectl { given, args, out, err, code: 1 });
    }

    /// Handles an answer.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        let (command, answer) = match message.call {
            Call::Answer { command, answer } => (command, answer),
            Call::ObjectChanged(..) => {
                let all: Vec<u64> = self.running.keys().copied().collect();
                return all.into_iter().for_each(|command| self.go_on(command, &News::Changed, cx));
            }
            _ => return,
        };
        if let Some((command, mark)) = self.asked.remove(&command) {
            return self.go_on(command, &News::Answer(&mark, &answer), cx);
        }
        if let Some(running) = self.running.get_mut(&command) {
            running.print(answer);
            self.next(command, cx);
        }
    }

    fn next(&mut self, command: u64, cx: &mut Cx) {
        let Some(running) = self.running.get_mut(&command) else { return };
        running.asked = running.to_do.pop_front();
        running.itself = match &running.asked {
            Some(Request::Drain(drain)) => Some(Loop::Drain(Draining::new(drain))),
            Some(Request::Attach { object, remove }) => {
                Some(Loop::Attach(Attaching::new(object, *remove)))
            }
            Some(Request::Look(look)) => Some(Loop::Look(Looking::new(look))),
            _ => None,
        };
        if running.itself.is_some() {
            return self.go_on(command, &News::Begin, cx);
        }
        if let Some(request) = running.asked.clone() {
            let within = Some(running.namespace.clone());
            let call = Call::Request { command, within, request };
            cx.send(Component::ApiServer, latency::API_HOP, call);
        } else if let Some(done) = self.running.remove(&command) {
            let Running { at: given, args, out, err, code, .. } = done;
            cx.trace.push(cx.now, || RowKind::Kubectl { given, args, out, err, code });
        }
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: ClientTimer, cx: &mut Cx) {
        let ClientTimer::Wake(command, mark) = timer;
        self.go_on(command, &News::Woken(&mark), cx);
    }

    /// A command that wants to look at a Pod, and the Pod's name.
    pub fn curious(&mut self) -> Option<(u64, String)> {
        self.curious.pop()
    }

    /// What a command wanted to see.
    pub fn seen(&mut self, command: u64, sight: &Sight, cx: &mut Cx) {
        self.go_on(command, &News::Seen(sight), cx);
    }

    /// A command that goes on by itself takes its next steps. What it prints while it waits is
    /// told at once, with exit code 0.
    fn go_on(&mut self, command: u64, news: &News, cx: &mut Cx) {
        let Some(running) = self.running.get_mut(&command) else { return };
        let steps = match &mut running.itself {
            Some(Loop::Drain(drain)) => drain.step(news, cx.now),
            Some(Loop::Look(look)) => look.step(news),
            Some(Loop::Attach(attach)) => attach.step(news),
            None => return,
        };
        let mut waits = false;
        for step in steps {
            match step {
                Step::Out(text) => running.out += &text,
                Step::Err(text) => running.err += &text,
                Step::Ask(mark, request) => {
                    let asked = cx.wire.fresh();
                    self.asked.insert(asked, (command, mark));
                    // A drain is about the Pods of all namespaces.
                    let within = match running.itself {
                        Some(Loop::Drain(_)) => None,
                        _ => Some(running.namespace.clone()),
                    };
                    let call = Call::Request { command: asked, within, request };
                    cx.send(Component::ApiServer, latency::API_HOP, call);
                }
                Step::See(pod) => self.curious.push((command, pod)),
                Step::Wait(wait, mark) => {
                    waits = true;
                    cx.after(wait, SimEvent::Client(ClientTimer::Wake(command, mark)));
                }
                Step::End(code) => {
                    running.itself = None;
                    running.code = running.code.max(code);
                    return self.next(command, cx);
                }
            }
        }
        let follows = matches!(running.itself, Some(Loop::Look(_) | Loop::Attach(_)));
        if (waits || follows) && !(running.out.is_empty() && running.err.is_empty()) {
            let (given, args) = (running.at, running.args.clone());
            let (out, err) = (std::mem::take(&mut running.out), std::mem::take(&mut running.err));
            cx.trace.push(cx.now, || RowKind::Kubectl { given, args, out, err, code: 0 });
        }
    }
}

impl Running {
    fn print(&mut self, answer: Result<Done, Refusal>) {
        let Some(request) = &self.asked else { return };
        match answer {
            Ok(done) => {
                let text = print::success(request, &self.namespace, &done);
                let others = !self.out.is_empty() || !self.to_do.is_empty();
                if !(others && text == print::NOTHING) {
                    self.out.push_str(&text);
                }
                self.finish(&done);
            }
            Err(refusal) => {
                self.err.push_str(&print::failure(request, &refusal));
                self.code = 1;
            }
        }
        if matches!(self.asked, Some(Request::Delete { force: true, .. })) {
            self.err.insert_str(0, FORCE_WARNING);
        }
    }

    /// A command in a container: its own code is kubectl's.
    /// Source: kubectl cmd/util/helpers.go checkErr, exec.CodeExitError
    fn finish(&mut self, done: &Done) {
        let Done::Executed { code, defaulted, output } = done else { return };
        if let Some((container, all)) = defaulted {
            let list = all.join(", ");
            self.err.push_str(&format!("Defaulted container {container:?} out of: {list}\n"));
        }
        self.err.push_str(&output[1]);
        if *code != 0 {
            self.err.push_str(&format!("command terminated with exit code {code}\n"));
            self.code = *code;
        }
    }
}

const FORCE_WARNING: &str = "Warning: Immediate deletion does not wait for confirmation that the \
    running resource has been terminated. The resource may continue to run on the cluster \
    indefinitely.\n";
