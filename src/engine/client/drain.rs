//! `kubectl drain`: cordons nodes, then evicts their Pods and waits until they are gone.
//!
//! Source: kubectl cmd/drain/drain.go RunDrain; pkg/drain/drain.go, filters.go

use super::steps::{News, Step};
use crate::api::{Pod, Timestamp, selector};
use crate::base::{Map, SimTime};
use crate::engine::action::{Change, DeleteOptions, Drain, PatchRequest, Request};
use crate::engine::message::{Done, Refusal};
use std::rc::Rc;

/// Between two attempts at an eviction that a budget refuses.
const RETRY: SimTime = SimTime::secs(5);
/// Between two looks whether a Pod is gone.
const POLL: SimTime = SimTime::secs(1);
const NO_CONTROLLER: &str = "Pods that declare no controller";
const LOCAL_STORAGE: &str = "Pods with local storage";
const DAEMON_SETS: &str = "DaemonSet-managed Pods";

/// What drain says of a Pod.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It goes; with a warning, perhaps.
    Goes(Option<&'static str>),
    /// It stays; with a warning, perhaps.
    Stays(Option<&'static str>),
    /// Nothing goes because of it: what it is, and the flag that would help.
    Stops(&'static str, &'static str),
}

/// Decides about one Pod. Source: filters.go, in their order
pub fn plan_drain(drain: &Drain, pod: &Pod, now: Timestamp) -> Verdict {
    let over = pod.finished();
    let deleted = pod.meta.deletion_timestamp.is_some_and(|at| now.0 - at.0 > drain.skip_wait);
    let owner = pod.meta.owner_references.iter().find(|r| r["controller"] == true);
    let daemon = owner.is_some_and(|o| o["kind"] == "DaemonSet");
    let volumes = pod.spec.raw["volumes"].as_array().into_iter().flatten();
    let local = volumes.into_iter().any(|v| !v["emptyDir"].is_null());
    let mirror = pod.meta.annotations.get("kubernetes.io/config.mirror").is_some();
    match () {
        _ if drain.skip_wait > 0 && deleted => Verdict::Stays(None),
        _ if daemon && !over && !drain.ignore_daemon_sets => {
            Verdict::Stops(DAEMON_SETS, "--ignore-daemonsets to ignore")
        }
        _ if daemon && !over => Verdict::Stays(Some("ignoring DaemonSet-managed Pods")),
        _ if mirror => Verdict::Stays(None),
        _ if local && !over && !drain.delete_empty_dir => {
            Verdict::Stops(LOCAL_STORAGE, "--delete-emptydir-data to override")
        }
        _ if owner.is_none() && !over && !drain.force => {
            Verdict::Stops(NO_CONTROLLER, "--force to override")
        }
        _ if owner.is_none() && !over => {
            Verdict::Goes(Some("deleting Pods that declare no controller"))
        }
        _ => Verdict::Goes(None),
    }
}

/// A Pod on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Going {
    /// Asked to go.
    Asked(String),
    /// Refused; asked again later.
    Refused(String),
    /// Being stopped.
    Leaving(String),
}

impl Going {
    fn uid(&self) -> &str {
        match self {
            Going::Asked(uid) | Going::Refused(uid) | Going::Leaving(uid) => uid,
        }
    }
}

/// A drain under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draining {
    drain: Rc<Drain>,
    /// The node at hand; those before it are done.
    at: usize,
    cordoned: usize,
    pods: Map<String, Going>,
    /// The namespaces of these Pods.
    homes: Map<String, String>,
    polling: bool,
    until: Option<SimTime>,
    errors: Vec<String>,
    failed: Vec<(String, Vec<String>)>,
}

impl Draining {
    /// A drain as the command line asks for it.
    pub fn new(drain: &Rc<Drain>) -> Self {
        Draining {
            drain: drain.clone(),
            at: 0,
            cordoned: 0,
            pods: Map::new(),
            homes: Map::new(),
            polling: false,
            until: None,
            errors: Vec::new(),
            failed: Vec::new(),
        }
    }

    /// Goes on.
    pub fn step(&mut self, news: &News, now: SimTime) -> Vec<Step> {
        match news {
            News::Begin => self.cordon(),
            News::Answer("cordon", answer) => self.cordon_answered(answer),
            News::Answer("list", Ok(Done::Listed(pods, _))) => self.begin(pods, now),
            News::Answer("poll", Ok(Done::Listed(pods, _))) => self.look(pods, now),
            News::Answer("pending", Ok(Done::Listed(pods, _))) => self.give_up(pods, now),
            News::Answer(pod, answer) => self.answered(pod, answer, now),
            News::Woken("poll") => vec![list("poll")],
            News::Woken(pod) => self.ask(pod, now),
            News::Changed | News::Seen(_) => Vec::new(),
        }
    }

    fn node(&self) -> String {
        self.drain.nodes.get(self.at).cloned().unwrap_or_default()
    }

    fn cordon(&mut self) -> Vec<Step> {
        let Some(name) = self.drain.nodes.get(self.cordoned).cloned() else {
            return self.next_node();
        };
        let (kind, change) = ("Node".to_string(), Change::Cordon(true));
        let patch = PatchRequest { kind, name, status: false, change };
        vec![Step::Ask("cordon".into(), Request::Patch(Rc::new(patch)))]
    }

    fn cordon_answered(&mut self, answer: &Result<Done, Refusal>) -> Vec<Step> {
        let name = self.drain.nodes.get(self.cordoned).cloned().unwrap_or_default();
        self.cordoned += 1;
        let word = match answer {
            Ok(Done::Unchanged) => "already cordoned",
            Ok(_) => "cordoned",
            Err(refusal) => {
                let Refusal { reason, message } = refusal;
                let text = format!("Error from server ({reason}): {message}\n");
                return vec![Step::Err(text), Step::End(1)];
            }
        };
        let mut steps = vec![Step::Out(format!("node/{name} {word}\n"))];
        steps.extend(self.cordon());
        steps
    }

    fn next_node(&mut self) -> Vec<Step> {
        if self.at < self.drain.nodes.len() {
            return vec![list("list")];
        }
        if self.failed.is_empty() {
            return vec![Step::End(0)];
        }
        let mut text = "There are pending nodes to be drained:\n".to_string();
        self.failed.iter().for_each(|(node, _)| text += &format!(" {node}\n"));
        let all = self.failed.iter().flat_map(|(_, errors)| errors);
        all.for_each(|error| text += &format!("{error}\n"));
        vec![Step::Err(text), Step::End(1)]
    }

    /// The node is done with, or has failed.
    fn leave_node(&mut self, errors: Vec<String>) -> Vec<Step> {
        let node = self.node();
        self.at += 1;
        let said = match errors.is_empty() {
            true => Step::Out(format!("node/{node} drained\n")),
            false => Step::Err(format!(
                "error: unable to drain node {node:?} due to error: {}, continuing command...\n",
                aggregate(&errors)
            )),
        };
        if !errors.is_empty() {
            self.failed.push((node, errors));
        }
        let mut steps = vec![said];
        steps.extend(self.next_node());
        steps
    }

    fn verdicts(&self, pods: &[Rc<Pod>], now: SimTime) -> Vec<(Rc<Pod>, Verdict)> {
        let node = self.node();
        let here = pods.iter().filter(|pod| pod.spec.node_name == node);
        let wanted = |pod: &&Rc<Pod>| {
            self.drain.pods.as_ref().is_none_or(|s| selector::takes(s, &pod.meta.labels))
        };
        let judged =
            |pod: &Rc<Pod>| (pod.clone(), plan_drain(&self.drain, pod, Timestamp::at(now)));
        here.filter(wanted).map(judged).collect()
    }

    fn begin(&mut self, pods: &[Rc<Pod>], now: SimTime) -> Vec<Step> {
        let verdicts = self.verdicts(pods, now);
        let errors = errors_of(&verdicts);
        if !errors.is_empty() {
            return self.leave_node(errors);
        }
        let mut steps = Vec::new();
        let warnings = warnings_of(&verdicts);
        if !warnings.is_empty() {
            steps.push(Step::Err(format!("Warning: {warnings}\n")));
        }
        let going = verdicts.iter().filter(|(_, v)| matches!(v, Verdict::Goes(_)));
        let going: Vec<Rc<Pod>> = going.map(|(pod, _)| pod.clone()).collect();
        if self.drain.dry_run {
            let line =
                |p: &Rc<Pod>| Step::Out(format!("evicting pod {} (dry run)\n", p.meta.full_name()));
            steps.extend(going.iter().map(line));
        }
        if going.is_empty() || self.drain.dry_run {
            steps.extend(self.leave_node(Vec::new()));
            return steps;
        }
        self.until = (self.drain.timeout > SimTime::ZERO).then(|| now + self.drain.timeout);
        for pod in going {
            self.pods.insert(pod.meta.name.clone(), Going::Asked(pod.meta.uid.clone()));
            self.homes.insert(pod.meta.name.clone(), pod.meta.home().to_string());
            steps.extend(self.ask(&pod.meta.name, now));
        }
        steps
    }

    fn ask(&mut self, name: &str, now: SimTime) -> Vec<Step> {
        let Some(going) = self.pods.get_mut(name) else { return Vec::new() };
        *going = Going::Asked(going.uid().to_string());
        let grace = self.drain.grace.filter(|grace| *grace >= 0);
        if self.drain.disable_eviction {
            let (kind, name) = ("Pod".to_string(), name.to_string());
            let options = DeleteOptions::default();
            let request =
                Request::Delete { kind, name: name.clone(), grace, force: false, options };
            return vec![Step::Ask(name, request)];
        }
        let home = self.home(name);
        let said = Step::Out(format!("evicting pod {home}/{name}\n"));
        if let Some(error) = self.timed_out(now) {
            let error = format!("error when evicting pods/{name:?} -n {home:?}: {error}");
            self.pods.remove(name);
            self.errors.push(error);
            return [vec![said], self.settle()].concat();
        }
        let request = Request::Evict { name: name.to_string(), grace };
        vec![said, Step::Ask(name.to_string(), request)]
    }

    /// The namespace of a Pod that goes.
    fn home(&self, name: &str) -> String {
        self.homes.get(name).cloned().unwrap_or_default()
    }

    fn timed_out(&self, now: SimTime) -> Option<String> {
        let whole = crate::api::time::go_duration_ms(self.drain.timeout.as_ms());
        self.until.filter(|at| now >= *at).map(|_| format!("global timeout reached: {whole}"))
    }

    fn answered(&mut self, name: &str, answer: &Result<Done, Refusal>, _now: SimTime) -> Vec<Step> {
        let Some(going) = self.pods.get_mut(name) else { return Vec::new() };
        let uid = going.uid().to_string();
        let home = self.homes.get(name).cloned().unwrap_or_default();
        match answer {
            Ok(_) => *going = Going::Leaving(uid),
            Err(refusal) if refusal.reason == "TooManyRequests" && !self.drain.disable_eviction => {
                *going = Going::Refused(uid);
                let said = format!(
                    "error when evicting pods/{name:?} -n {home:?} (will retry after 5s): {}\n",
                    refusal.message
                );
                return vec![Step::Err(said), Step::Wait(RETRY, name.to_string())];
            }
            Err(refusal) => {
                self.pods.remove(name);
                if refusal.reason != "NotFound" {
                    let error = format!(
                        "error when evicting pods/{name:?} -n {home:?}: {}",
                        refusal.message
                    );
                    self.errors.push(error);
                }
                return self.settle();
            }
        }
        if std::mem::replace(&mut self.polling, true) {
            return Vec::new();
        }
        vec![list("poll")]
    }

    /// Which of the Pods are gone. Source: drain.go waitForDelete
    fn look(&mut self, pods: &[Rc<Pod>], now: SimTime) -> Vec<Step> {
        let mut steps = Vec::new();
        let timed_out = self.timed_out(now);
        let verb = if self.drain.disable_eviction { "deleted" } else { "evicted" };
        let leaving = self.pods.iter().filter(|(_, going)| matches!(going, Going::Leaving(_)));
        let leaving: Vec<(String, String)> =
            leaving.map(|(name, going)| (name.clone(), going.uid().to_string())).collect();
        for (name, uid) in leaving {
            if !pods.iter().any(|pod| pod.meta.uid == uid) {
                self.pods.remove(&name);
                steps.push(Step::Out(format!("pod/{name} {verb}\n")));
            } else if let Some(error) = &timed_out {
                self.pods.remove(&name);
                let home = self.home(&name);
                self.errors.push(format!(
                    "error when waiting for pod {name:?} in namespace {home:?} to terminate: \
                     {error}"
                ));
            }
        }
        self.polling = self.pods.values().any(|going| matches!(going, Going::Leaving(_)));
        if self.polling {
            steps.push(Step::Wait(POLL, "poll".into()));
        }
        steps.extend(self.settle());
        steps
    }

    /// When no Pod is on its way any more, the node is done.
    fn settle(&mut self) -> Vec<Step> {
        match (self.pods.is_empty(), self.errors.is_empty()) {
            (false, _) => Vec::new(),
            (true, true) => self.leave_node(Vec::new()),
            (true, false) => vec![list("pending")],
        }
    }

    fn give_up(&mut self, pods: &[Rc<Pod>], now: SimTime) -> Vec<Step> {
        let errors = std::mem::take(&mut self.errors);
        let verdicts = self.verdicts(pods, now);
        let mut steps = Vec::new();
        let going = verdicts.iter().filter(|(_, v)| matches!(v, Verdict::Goes(_)));
        let names: String = going.map(|(pod, _)| format!("pod/{}\n", pod.meta.name)).collect();
        if !names.is_empty() {
            steps.push(Step::Err(format!(
                "There are pending pods in node {:?} when an error occurred: {}\n{names}",
                self.node(),
                aggregate(&errors)
            )));
        }
        steps.extend(self.leave_node(errors));
        steps
    }
}

fn list(mark: &str) -> Step {
    Step::Ask(mark.into(), Request::List("Pod".into()))
}

/// Several errors in one line. Source: apimachinery util/errors aggregate.Error
fn aggregate(errors: &[String]) -> String {
    match errors {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}

/// `what: default/a, default/b` for each kind of objection.
fn grouped<'a>(said: impl Iterator<Item = (String, &'a Rc<Pod>)>) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (what, pod) in said {
        let name = pod.meta.full_name();
        match groups.iter_mut().find(|(known, _)| *known == what) {
            Some((_, names)) => names.push(name),
            None => groups.push((what, vec![name])),
        }
    }
    groups.into_iter().map(|(what, names)| format!("{what}: {}", names.join(", "))).collect()
}

fn errors_of(verdicts: &[(Rc<Pod>, Verdict)]) -> Vec<String> {
    grouped(verdicts.iter().filter_map(|(pod, verdict)| match verdict {
        Verdict::Stops(what, help) => Some((format!("cannot delete {what} (use {help})"), pod)),
        _ => None,
    }))
}

fn warnings_of(verdicts: &[(Rc<Pod>, Verdict)]) -> String {
    let said = verdicts.iter().filter_map(|(pod, verdict)| match verdict {
        Verdict::Goes(Some(what)) | Verdict::Stays(Some(what)) => Some((what.to_string(), pod)),
        _ => None,
    });
    grouped(said).join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ObjectMeta, Phase, PodSpec, PodStatus};
    use crate::base::json::json;

    fn pod(owner: &str, local: bool, phase: Phase) -> Pod {
        let volumes = if local { json!([{"name": "v", "emptyDir": {}}]) } else { json!([]) };
        let spec = PodSpec::read(json!({"volumes": volumes, "nodeName": "n"})).expect("a spec");
        let mut meta = ObjectMeta { name: "web".into(), ..Default::default() };
        if !owner.is_empty() {
            meta.owner_references.push(json!({"kind": owner, "controller": true}));
        }
        Pod { meta, spec: Rc::new(spec), status: PodStatus { phase, ..Default::default() } }
    }

    #[test]
    fn each_kind_of_pod_needs_its_flag() {
        let none = Drain::default();
        let all = Drain {
            force: true,
            ignore_daemon_sets: true,
            delete_empty_dir: true,
            ..Drain::default()
        };
        let running = Phase::Running;
        for (pod, without, with) in [
            (pod("ReplicaSet", false, running), Verdict::Goes(None), Verdict::Goes(None)),
            (
                pod("", false, running),
                Verdict::Stops(NO_CONTROLLER, "--force to override"),
                Verdict::Goes(Some("deleting Pods that declare no controller")),
            ),
            (
                pod("ReplicaSet", true, running),
                Verdict::Stops(LOCAL_STORAGE, "--delete-emptydir-data to override"),
                Verdict::Goes(None),
            ),
            (
                pod("DaemonSet", false, running),
                Verdict::Stops(DAEMON_SETS, "--ignore-daemonsets to ignore"),
                Verdict::Stays(Some("ignoring DaemonSet-managed Pods")),
            ),
            (pod("", true, Phase::Failed), Verdict::Goes(None), Verdict::Goes(None)),
        ] {
            assert_eq!(plan_drain(&none, &pod, Timestamp(0)), without);
            assert_eq!(plan_drain(&all, &pod, Timestamp(0)), with);
        }
    }
}
