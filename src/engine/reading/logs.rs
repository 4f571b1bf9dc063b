//! `kubectl logs`.

use super::ask::LogsOf;
use super::whose;
use crate::api::query::Answer;
use crate::api::{Pod, Timestamp};
use crate::base::SimTime;
use crate::engine::client::steps::Sight;
use crate::engine::runtime::LogLine;
use crate::engine::world::World;

/// What a Pod's containers wrote. Source: kubectl cmd/logs/logs.go; kubelet
/// kubelet_pods.go validateContainerLogStatus
pub(super) fn logs(world: &World, of: &LogsOf) -> Answer {
    let mut answer = Answer::default();
    for of in whose::each(world, of, &mut answer) {
        of_pod(world, &of, &mut answer);
    }
    answer
}

impl World {
    /// The Pod of this name and what its first container's first instance wrote.
    pub(in crate::engine) fn sight(&self, name: &str) -> Sight {
        let Some(pod) = self.api.pod(name) else { return Sight::default() };
        let first = pod.spec.containers.first().map(|c| c.name.as_str()).unwrap_or_default();
        let all = self.machine_of(pod).map(|machine| machine.runtime.instances_of(&pod.meta.uid));
        let mut mine = all.into_iter().flatten();
        let instance = mine.find(|i| i.spec.container == first && i.spec.attempt == 0);
        let mut log = String::new();
        for line in instance.into_iter().flat_map(|instance| instance.log.iter()) {
            put(&mut log, line);
        }
        Sight { pod: Some(pod.clone()), log }
    }
}

fn of_pod(world: &World, of: &LogsOf, answer: &mut Answer) {
    let Some(pod) = whose::pod(world, of) else {
        let what = ["pods \"", &of.pod, "\" not found", &whose::within(of)].concat();
        return answer.fail(&["error: error from server (NotFound): ", &what]);
    };
    for container in chosen(pod, of, answer) {
        write(world, pod, &container, of, answer);
    }
}

/// The logs that `-f` goes on telling: of which Pod and container each.
pub fn followed(world: &World, of: &LogsOf) -> Vec<LogsOf> {
    let followed = |of: LogsOf| {
        let pod = whose::pod(world, &of)?;
        let first = || pod.spec.containers.first().map(|c| c.name.clone());
        let container = if of.all { None } else { of.container.clone().or_else(first) };
        Some(LogsOf { container, ..of })
    };
    whose::each(world, of, &mut Answer::default()).into_iter().filter_map(followed).collect()
}

/// The names of the containers that are meant.
fn chosen(pod: &Pod, of: &LogsOf, answer: &mut Answer) -> Vec<String> {
    let lists = [&pod.spec.init_containers, &pod.spec.containers, &pod.spec.ephemeral_containers];
    let names = |nth: usize| lists[nth].iter().map(|c| c.name.clone());
    if of.all {
        return names(0).chain(names(1)).chain(names(2)).collect();
    }
    if let Some(name) = &of.container {
        if pod.spec.container(name).is_none() {
            answer.fail(&["error: container ", name, " is not valid for pod ", &of.pod, "\n"]);
            return Vec::new();
        }
        return vec![name.clone()];
    }
    let default = pod.meta.annotations.get("kubectl.kubernetes.io/default-container");
    let first = default.cloned().or_else(|| names(1).next()).unwrap_or_default();
    let marked = |nth: usize, mark: &'static str| names(nth).map(move |name| name + mark);
    let all: Vec<String> =
        names(1).chain(marked(0, " (init)")).chain(marked(2, " (ephem)")).collect();
    if all.len() > 1 && default.is_none() {
        let list = all.join(", ");
        answer
            .err
            .push_str(&["Defaulted container \"", &first, "\" out of: ", &list, "\n"].concat());
    }
    vec![first]
}

fn write(world: &World, pod: &Pod, container: &str, of: &LogsOf, answer: &mut Answer) {
    let instances =
        world.machine_of(pod).map(|machine| machine.runtime.instances_of(&pod.meta.uid));
    let mut mine: Vec<_> =
        instances.into_iter().flatten().filter(|i| i.spec.container == container).collect();
    crate::base::sort_by_key(&mut mine, |instance| instance.spec.attempt);
    let instance = match (of.previous, mine.as_slice()) {
        (false, [.., last]) if last.started.is_some() => last,
        (true, [.., before, _]) => before,
        (false, [.., before, _]) => before,
        (true, _) => {
            let what = ["previous terminated container \"", container, "\" in pod \"", &of.pod];
            return fail(answer, &[&what.concat(), "\" not found"]);
        }
        (false, _) => {
            let what =
                ["container \"", container, "\" in pod \"", &of.pod, "\" is waiting to start: "];
            return fail(answer, &[&what.concat(), &waits_for(pod, container)]);
        }
    };
    let from = of.since.map_or(SimTime::ZERO, |since| world.now - since);
    let lines: Vec<_> = instance.log.iter().filter(|line| line.at >= from).collect();
    let skipped = of.tail.map_or(0, |tail| lines.len().saturating_sub(tail));
    for line in &lines[skipped..] {
        answer.out.push_str(&of.before(container, line.at));
        put(&mut answer.out, line);
    }
}

fn put(text: &mut String, line: &LogLine) {
    text.push_str(&line.line);
    if line.ends {
        text.push('\n');
    }
}

impl LogsOf {
    /// What stands before a line that a container wrote at this moment.
    pub fn before(&self, container: &str, at: SimTime) -> String {
        let mut text = String::new();
        if self.prefix {
            text.push_str(&["[pod/", &self.pod, "/", container, "] "].concat());
        }
        if self.timestamps {
            text.push_str(&stamp(at));
        }
        text
    }
}

fn fail(answer: &mut Answer, what: &[&str]) {
    answer.fail(&["Error from server (BadRequest): ", &what.concat(), "\n"]);
}

/// Why a container has not started.
fn waits_for(pod: &Pod, container: &str) -> String {
    let lists = [&pod.status.init_container_statuses, &pod.status.container_statuses];
    let mut of_it = lists.into_iter().flatten().filter(|s| s.name == container);
    let waiting = of_it.next().and_then(|s| s.state.waiting.as_ref()).map(|w| w.reason.clone());
    waiting.unwrap_or_else(|| "ContainerCreating".to_string())
}

/// A moment with its fraction: `2026-01-01T00:00:01.250000000Z `.
fn stamp(at: SimTime) -> String {
    let seconds = Timestamp::at(at).rfc3339();
    let fraction = format!("{:03}000000", at.as_ms() % 1000);
    [seconds.trim_end_matches('Z'), ".", &fraction, "Z "].concat()
}
