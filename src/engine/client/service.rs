//! kubectl: sends the requests of a command one after the other and prints the answers.

use super::print;
use crate::base::Map;
use crate::engine::action::Request;
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Done, Message, Refusal};
use crate::engine::trace::RowKind;
use std::collections::VecDeque;
use std::rc::Rc;

/// The person's command line: commands under way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Client {
    running: Map<u64, Running>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Running {
    args: String,
    to_do: VecDeque<Request>,
    asked: Option<Request>,
    out: String,
    err: String,
    code: i32,
}

impl Client {
    /// Starts a command.
    pub fn start(&mut self, args: &str, requests: &Rc<Vec<Request>>, cx: &mut Cx) {
        let command = cx.wire.fresh();
        let running = Running {
            args: args.to_string(),
            to_do: requests.iter().cloned().collect(),
            asked: None,
            out: String::new(),
            err: String::new(),
            code: 0,
        };
        self.running.insert(command, running);
        self.next(command, cx);
    }

    /// Prints what a command says that asked nothing of the API server.
    pub fn refused(&mut self, args: &str, error: &str, cx: &mut Cx) {
        let (args, err) = (args.to_string(), error.to_string());
        cx.trace.push(cx.now, || RowKind::Kubectl { args, out: String::new(), err, code: 1 });
    }

    /// Handles an answer.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        let Call::Answer { command, answer } = message.call else { return };
        if let Some(running) = self.running.get_mut(&command) {
            running.print(answer);
            self.next(command, cx);
        }
    }

    fn next(&mut self, command: u64, cx: &mut Cx) {
        let Some(running) = self.running.get_mut(&command) else { return };
        running.asked = running.to_do.pop_front();
        if let Some(request) = running.asked.clone() {
            cx.send(Component::ApiServer, latency::API_HOP, Call::Request { command, request });
        } else if let Some(done) = self.running.remove(&command) {
            let Running { args, out, err, code, .. } = done;
            cx.trace.push(cx.now, || RowKind::Kubectl { args, out, err, code });
        }
    }
}

impl Running {
    fn print(&mut self, answer: Result<Done, Refusal>) {
        let Some(request) = &self.asked else { return };
        match answer {
            Ok(done) => {
                self.out.push_str(&print::success(request, &done));
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
