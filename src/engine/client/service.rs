//! kubectl: sends the requests of a command one after the other and prints the answers.

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
            Ok(done) => self.out.push_str(&success(request, &done)),
            Err(refusal) => {
                self.err.push_str(&failure(request, &refusal));
                self.code = 1;
            }
        }
        if matches!(request, Request::Delete { force: true, .. }) {
            self.err.insert_str(0, FORCE_WARNING);
        }
    }
}

const FORCE_WARNING: &str = "Warning: Immediate deletion does not wait for confirmation that the \
    running resource has been terminated. The resource may continue to run on the cluster \
    indefinitely.\n";

/// Source: kubectl cmd/apply, cmd/delete PrintObj
fn success(request: &Request, done: &Done) -> String {
    match request {
        Request::Apply(object) => {
            let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_string();
            let verb = match done {
                Done::Created => "created",
                Done::Configured => "configured",
                Done::Unchanged | Done::Deleted => "unchanged",
            };
            let kind = text(&object["kind"]).to_lowercase();
            format!("{kind}/{} {verb}\n", text(&object["metadata"]["name"]))
        }
        Request::Delete { kind, name, force, .. } => {
            let verb = if *force { "force deleted" } else { "deleted" };
            format!("{} \"{name}\" {verb} from default namespace\n", kind.to_lowercase())
        }
    }
}

fn failure(request: &Request, refusal: &Refusal) -> String {
    let Refusal { reason, message } = refusal;
    match (request, reason.as_str()) {
        (_, "Invalid") => format!("{message}\n"),
        (Request::Apply(_), _) => {
            format!("Error from server ({reason}): error when creating \"pod.yaml\": {message}\n")
        }
        _ => format!("Error from server ({reason}): {message}\n"),
    }
}
