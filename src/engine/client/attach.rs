//! `kubectl run` that stays with its Pod: what the container writes is told until it ends, then
//! the Pod may go.
//!
//! Source: kubectl cmd/run/run.go Run, handleAttachPod, removeCreatedObjects

use super::print;
use super::steps::{News, Sight, Step};
use crate::api::{ContainerStatus, Phase, Pod, RestartPolicy, resource};
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::action::{DeleteOptions, Request};
use crate::engine::message::{Done, Refusal};
use std::rc::Rc;

/// How often it looks; real ones are told by a watch and a stream.
const LOOK: SimTime = SimTime::ms(250);
/// How many looks a Pod may take until it runs. Source: attach.go defaultPodAttachTimeout 60 s
const PATIENCE: u32 = 240;

/// Such a command under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attaching {
    object: Rc<Value>,
    remove: bool,
    /// How much of the log was told, in bytes.
    told: usize,
    looks: u32,
    /// What is said at the very end, and the exit code.
    end: (String, i32),
}

impl Attaching {
    /// Makes the Pod and stays with it; `remove`: it goes when its container has ended.
    pub fn new(object: &Rc<Value>, remove: bool) -> Self {
        let end = (String::new(), 0);
        Attaching { object: object.clone(), remove, told: 0, looks: 0, end }
    }

    fn name(&self) -> String {
        self.object["metadata"]["name"].as_str().unwrap_or_default().to_string()
    }

    /// Goes on.
    pub fn step(&mut self, news: &News) -> Vec<Step> {
        let create = || Request::Create(self.object.clone());
        match news {
            News::Begin => vec![Step::Ask("Made".into(), create())],
            News::Answer("Made", Err(refusal)) => {
                vec![Step::Err(print::failure(&create(), refusal)), Step::End(1)]
            }
            News::Answer("Made", Ok(_)) | News::Woken(_) => vec![Step::See(self.name())],
            News::Seen(sight) => self.seen(sight),
            News::Answer(_, answer) => self.gone(answer),
            News::Changed => Vec::new(),
        }
    }

    fn seen(&mut self, sight: &Sight) -> Vec<Step> {
        self.looks += 1;
        let new = sight.log.get(self.told..).unwrap_or_default().to_string();
        self.told = sight.log.len();
        let mut steps = if new.is_empty() { Vec::new() } else { vec![Step::Out(new)] };
        let over = match &sight.pod {
            None => Some((String::new(), 0)),
            Some(pod) => over(pod).or_else(|| self.too_late(pod)),
        };
        let Some(end) = over else {
            steps.push(Step::Wait(LOOK, "look".into()));
            return steps;
        };
        self.end = end;
        match self.remove && sight.pod.is_some() {
            true => steps.push(Step::Ask("Gone".into(), self.removal())),
            false => steps.extend(self.last()),
        }
        steps
    }

    fn too_late(&self, pod: &Pod) -> Option<(String, i32)> {
        let late = pod.status.phase == Phase::Pending && self.looks > PATIENCE;
        late.then(|| ("error: timed out waiting for the condition\n".into(), 1))
    }

    fn removal(&self) -> Request {
        let (kind, options) = ("Pod".to_string(), DeleteOptions::default());
        Request::Delete { kind, name: self.name(), grace: None, force: false, options }
    }

    fn gone(&mut self, answer: &Result<Done, Refusal>) -> Vec<Step> {
        let mut steps = vec![match answer {
            Ok(done) => {
                Step::Out(print::success(&self.removal(), resource::home(&self.object), done))
            }
            Err(refusal) => Step::Err(print::failure(&self.removal(), refusal)),
        }];
        steps.extend(self.last());
        steps
    }

    fn last(&mut self) -> Vec<Step> {
        let (text, code) = std::mem::take(&mut self.end);
        vec![Step::Err(text), Step::End(code)]
    }
}

/// What is said of a Pod whose container has ended, and the exit code.
fn over(pod: &Pod) -> Option<(String, i32)> {
    let status = pod.status.container_statuses.first()?;
    if !pod.finished() {
        let once = status.restart_count > 0 || has_ended(status);
        let goes_on = pod.spec.restart_policy == RestartPolicy::Always;
        return (goes_on && once).then(|| (String::new(), 0));
    }
    let ended = status.state.terminated.as_ref();
    let code = ended.map_or(1, |ended| ended.exit_code);
    let text = match ended.filter(|_| code != 0) {
        None => String::new(),
        Some(ended) => {
            let (reason, message) = (&ended.reason, &ended.message);
            let end = if message.is_empty() || message.ends_with('\n') { "" } else { "\n" };
            format!("pod {} terminated ({reason})\n{message}{end}", pod.meta.full_name())
        }
    };
    Some((text, code))
}

fn has_ended(status: &ContainerStatus) -> bool {
    status.state.terminated.is_some() || status.last_state.terminated.is_some()
}
