//! What each instance of a container wrote: what the node still has, and what only the trace has.

use super::view::containers;
use crate::api::Pod;
use crate::base::{Map, SimTime, sort_by_key};
use crate::engine::trace::{Object, Record, Row};
use crate::engine::{RowKind, Trace, WatchType, World};
use crate::rules::Rule;
use crate::session::view::{Inspect, LogKept, LogView, LogsView};

/// Lines of an instance that are given at most: the newest.
const LINES_MAX: usize = 200;
/// Instances of a container that are given at most: the newest.
const INSTANCES_MAX: usize = 10;

/// The instances of the Pod's containers (or of one of them) up to now.
pub fn logs(
    world: &World,
    trace: &Trace,
    chosen: &Inspect,
    pod: Option<&std::rc::Rc<Pod>>,
) -> Vec<LogsView> {
    let to = trace.rows.partition_point(|row| row.at <= world.now);
    let mut all = collected(life(&trace.rows[..to], &chosen.name), &chosen.name);
    all.retain(|l| chosen.container.is_empty() || l.container == chosen.container);
    if let Some(pod) = pod {
        let place = |name: &str| containers(pod).position(|c| c == name);
        sort_by_key(&mut all, |l| (place(&l.container), l.instance));
        keep(world, pod, &mut all);
    }
    let newest = |container: &str| {
        all.iter().filter(|l| l.container == container).map(|l| l.instance).max().unwrap_or(0)
    };
    let most = u32::try_from(INSTANCES_MAX).unwrap_or(u32::MAX);
    let wanted: Vec<bool> = all.iter().map(|l| l.instance + most > newest(&l.container)).collect();
    let mut wanted = wanted.into_iter();
    all.retain(|_| wanted.next().unwrap_or(true));
    all
}

/// The rows since a Pod of this name was made the last time.
fn life<'a>(rows: &'a [Row], pod: &str) -> &'a [Row] {
    let made = rows.iter().rposition(|row| match &row.kind {
        RowKind::Watch(WatchType::Added, Object::Pod(p)) => p.meta.name == pod,
        _ => false,
    });
    &rows[made.unwrap_or(0)..]
}

fn collected(rows: &[Row], pod: &str) -> Vec<LogsView> {
    let mut all: Map<(String, u32), LogsView> = Map::new();
    let mut newest: Map<String, u32> = Map::new();
    for row in rows {
        match &row.kind {
            RowKind::Rule(r) if r.subject.pod == pod && r.rule == Rule::ContainerStarted => {
                let nth = fact(r, "restarts").parse().unwrap_or(0);
                newest.insert(r.subject.container.clone(), nth);
                instance(&mut all, &r.subject.container, nth).started = Some(row.at);
            }
            RowKind::Rule(r) if r.subject.pod == pod && r.rule == Rule::ContainerExited => {
                let nth = newest.get(&r.subject.container).copied().unwrap_or(0);
                let how = [&fact(r, "reason"), " ", &fact(r, "code")].concat();
                let ended = Some((row.at, how.trim().to_string()));
                instance(&mut all, &r.subject.container, nth).ended = ended;
            }
            RowKind::Log { pod: of, container, restart, stderr, line } if of == pod => {
                let logs = instance(&mut all, container, *restart);
                let (line, stderr) = (line.clone(), *stderr);
                logs.lines.push(LogView { at: row.at, instance: *restart, stderr, line });
            }
            _ => {}
        }
    }
    let mut all: Vec<LogsView> = all.into_values().collect();
    for logs in &mut all {
        logs.earlier = logs.lines.len().saturating_sub(LINES_MAX);
        logs.lines.drain(..logs.earlier);
    }
    all
}

fn instance<'a>(
    all: &'a mut Map<(String, u32), LogsView>,
    container: &str,
    nth: u32,
) -> &'a mut LogsView {
    all.entry((container.to_string(), nth)).or_insert_with(|| LogsView {
        container: container.to_string(),
        instance: nth,
        kept: LogKept::Gone,
        started: None::<SimTime>,
        ended: None,
        lines: Vec::new(),
        earlier: 0,
    })
}

fn fact(record: &Record, name: &str) -> String {
    let found = record.facts.iter().find(|(n, _)| *n == name);
    found.map(|(_, fact)| fact.to_string()).unwrap_or_default()
}

/// Marks the instances whose logs kubectl still gives.
/// Source: kubelet_pods.go validateContainerLogStatus; kuberuntime_gc.go evictContainers
fn keep(world: &World, pod: &Pod, all: &mut [LogsView]) {
    let Some(machine) = world.machine_of(pod) else { return };
    for name in containers(pod) {
        let mine = machine.runtime.instances_of(&pod.meta.uid);
        let mine = mine.filter(|i| i.spec.container == name && i.started.is_some());
        let mut left: Vec<u32> = mine.map(|i| i.spec.attempt).collect();
        sort_by_key(&mut left, |attempt| *attempt);
        for (nth, kept) in left.iter().rev().zip([LogKept::Current, LogKept::Previous]) {
            let found = all.iter_mut().find(|l| l.container == name && l.instance == *nth);
            if let Some(logs) = found {
                logs.kept = kept;
            }
        }
    }
}
