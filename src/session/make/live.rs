//! What of the text is at work at the cursor.

use super::stage::deletion_grace;
use super::stage_container::backoff;
use crate::api::{Container, Pod};
use crate::base::{FieldPath, Set, SimTime, sort_by_key};
use crate::engine::cri::InstanceState;
use crate::engine::kubelet::{ProbeKind, Prober, Worker};
use crate::engine::runtime::Instance;
use crate::engine::{RowKind, Trace, World};
use crate::session::manifest::Manuscript;
use crate::session::view::{LiveView, Soon, SoonView};

/// How long a line stays lit after its rule acted, at the speed of real time.
const AFTERGLOW: u64 = 700;
/// More Pods than these are not looked at: their lines would not keep still.
const PODS_MAX: usize = 20;
/// Of what happened lately so many rows are looked at, the newest.
const ROWS_MAX: usize = 500;

/// What is at work at `world.now`; `speed` in quarters lets the light last as long for the eye.
pub fn view(world: &World, trace: &Trace, manuscript: &Manuscript, speed: u32) -> LiveView {
    if !manuscript.is_applied() {
        return LiveView::default();
    }
    let glow = SimTime::ms(AFTERGLOW * u64::from(speed.max(4)) / 4);
    LiveView { acting: acting(world.now, trace, manuscript, glow), soon: soon(world, manuscript) }
}

/// Lines that rules read within `glow` before now.
fn acting(now: SimTime, trace: &Trace, manuscript: &Manuscript, glow: SimTime) -> Vec<usize> {
    let to = trace.rows.partition_point(|row| row.at <= now);
    let from = trace.rows.partition_point(|row| row.at + glow <= now);
    let from = from.max(to.saturating_sub(ROWS_MAX));
    let mut seen: Set<(&str, &str)> = Set::new();
    for row in &trace.rows[from..to] {
        if let RowKind::Rule(record) = &row.kind {
            let fields = record.fields.iter().map(|f| (record.subject.pod.as_str(), f.as_str()));
            seen.extend(fields);
        }
    }
    let mut lines: Vec<usize> = seen
        .iter()
        .flat_map(|(pod, field)| manuscript.lines_of(pod, &[field.to_string()]))
        .collect();
    sort_by_key(&mut lines, |line| *line);
    lines.dedup();
    lines
}

/// What is soon, the soonest of each line.
fn soon(world: &World, manuscript: &Manuscript) -> Vec<SoonView> {
    let mut all: Vec<SoonView> = Vec::new();
    for pod in world.api.pods().take(PODS_MAX) {
        let path = FieldPath::root().field("spec");
        let mut told = Told { pod: &pod.meta.name, manuscript, all: &mut all };
        of_pod(world, pod, &path, &mut told);
    }
    sort_by_key(&mut all, |soon| (soon.line, soon.what));
    all.dedup_by_key(|soon| soon.line);
    all
}

/// Where countdowns of a Pod go.
struct Told<'t> {
    pod: &'t str,
    manuscript: &'t Manuscript,
    all: &'t mut Vec<SoonView>,
}

impl Told<'_> {
    /// At the first of these fields that the text has.
    fn put(&mut self, fields: &[&FieldPath], what: Soon) {
        let line = |path: &&FieldPath| {
            self.manuscript.lines_of(self.pod, &[path.to_string()]).first().copied()
        };
        if let Some(line) = fields.iter().find_map(line) {
            self.all.push(SoonView { line, what });
        }
    }
}

/// Whole seconds from now, rounded up; `None` if it is over.
fn seconds(now: SimTime, at: SimTime) -> Option<u64> {
    (now < at).then(|| at.since(now).as_ms().div_ceil(1000))
}

fn of_pod(world: &World, pod: &Pod, spec: &FieldPath, told: &mut Told) {
    let now = world.now;
    let grace = spec.field("terminationGracePeriodSeconds");
    if let Some(left) = deletion_grace(pod, now).and_then(|g| seconds(now, g.ends)) {
        told.put(&[&grace], Soon::Left(left));
    }
    let deadline = pod.spec.active_deadline_seconds.zip(pod.status.start_time);
    if let Some((secs, start)) = deadline.filter(|_| !pod.finished()) {
        let ends = start.sim() + SimTime::secs(u64::try_from(secs).unwrap_or(0));
        if let Some(left) = seconds(now, ends) {
            told.put(&[&spec.field("activeDeadlineSeconds")], Soon::In(left));
        }
    }
    let Some(machine) = world.machine_of(pod) else { return };
    let Some(worker) = machine.kubelet.workers.get(&pod.meta.uid) else { return };
    let lists =
        [("initContainers", &pod.spec.init_containers), ("containers", &pod.spec.containers)];
    for (list, containers) in lists {
        for (nth, c) in containers.iter().enumerate() {
            let instances = machine.runtime.instances_of(&pod.meta.uid);
            let newest = instances.filter(|i| i.spec.container == c.name).last();
            let path = spec.field(list).index(nth);
            of_container((now, spec), worker, (c, newest), &path, told);
        }
    }
}

fn of_container(
    (now, spec): (SimTime, &FieldPath),
    worker: &Worker,
    (c, newest): (&Container, Option<&Instance>),
    path: &FieldPath,
    told: &mut Told,
) {
    if let Some(left) = backoff(worker, c, newest, now).and_then(|b| seconds(now, b.ends)) {
        told.put(&[&spec.field("restartPolicy"), path], Soon::In(left));
    }
    let Some(instance) = newest.filter(|i| i.state == InstanceState::Running) else { return };
    if let Some(left) = instance.stopping.as_ref().and_then(|s| seconds(now, s.kill_at)) {
        told.put(&[&spec.field("terminationGracePeriodSeconds")], Soon::Left(left));
    }
    let sleep = c.lifecycle.pre_stop.as_ref().and_then(|handler| handler.sleep.as_ref());
    let hook = worker.hooks.get(&c.name).filter(|h| h.ended.is_none() && h.kind == "preStop");
    if let Some((sleep, hook)) = sleep.zip(hook) {
        let ends = hook.started + SimTime::secs(sleep.seconds);
        let field = path.field("lifecycle").field("preStop").field("sleep").field("seconds");
        if let Some(left) = seconds(now, ends) {
            told.put(&[&field], Soon::Left(left));
        }
    }
    for kind in ProbeKind::ALL {
        let prober = worker.probers.get(&(c.name.clone(), kind));
        let this = |p: &&Prober| p.container_id == instance.container_id || p.attempts == 0;
        if let Some(prober) = prober.filter(this) {
            of_probe(now, prober, instance, &path.field(kind.field()), told);
        }
    }
}

fn of_probe(now: SimTime, p: &Prober, instance: &Instance, path: &FieldPath, told: &mut Told) {
    let delay = SimTime::secs(p.spec.initial_delay_seconds);
    let begins = instance.started.unwrap_or(instance.created) + delay;
    let (delayed, next) = (begins > now, p.next.map(|key| key.0));
    let at = if delayed { Some(begins) } else { next };
    let field = path.field(if delayed { "initialDelaySeconds" } else { "periodSeconds" });
    if let Some(left) = at.filter(|_| !p.on_hold).and_then(|at| seconds(now, at)) {
        told.put(&[&field, path], Soon::In(left));
    }
    if let Some(since) = p.attempt_since {
        let ends = since + SimTime::secs(p.spec.timeout());
        if let Some(left) = seconds(now, ends) {
            told.put(&[&path.field("timeoutSeconds")], Soon::Left(left));
        }
    }
    let (field, most) = match p.last {
        Some(false) => ("failureThreshold", p.spec.failures()),
        _ => ("successThreshold", p.spec.successes()),
    };
    if p.run > 0 && p.run < most {
        told.put(&[&path.field(field)], Soon::Count(p.run, most));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Session};

    const CLASSIC: &str = include_str!("../../../static/scenarios/liveness-classic.yaml");

    /// What the live view says of the line that begins with `word` at `ms`.
    fn soon_at(session: &mut Session, ms: u64, word: &str) -> Option<Soon> {
        session.apply(Command::Seek(SimTime::ms(ms)));
        let text = session.editor().text.clone();
        let line = text.lines().position(|l| l.trim().starts_with(word)).expect("it is there") + 1;
        let live = session.live();
        live.soon.iter().find(|soon| soon.line == line).map(|soon| soon.what)
    }

    #[test]
    fn the_next_attempt_is_counted_down_and_failures_are_counted() {
        let mut session = Session::new();
        session.apply(Command::Load(CLASSIC.to_string()));
        let mut seen = Vec::new();
        for ms in (0..60_000).step_by(500) {
            seen.push((
                soon_at(&mut session, ms, "initialDelaySeconds"),
                soon_at(&mut session, ms, "periodSeconds"),
            ));
        }
        let delays = seen.iter().filter(|(delay, _)| matches!(delay, Some(Soon::In(1..=5))));
        assert!(delays.count() > 5, "{seen:?}");
        let most = seen.iter().filter_map(|(_, period)| *period).max();
        assert_eq!(most, Some(Soon::In(5)), "{seen:?}");
    }

    #[test]
    fn lines_are_lit_as_their_rule_acts_and_dark_again_later() {
        let mut session = Session::new();
        session.apply(Command::Load(CLASSIC.to_string()));
        let lit: Vec<bool> = (0..120)
            .map(|half| {
                session.apply(Command::Seek(SimTime::ms(half * 500)));
                !session.live().acting.is_empty()
            })
            .collect();
        assert!(lit.contains(&true) && lit.contains(&false), "{lit:?}");
        session.apply(Command::SetText("kind: Pod\n".to_string()));
        session.apply(Command::Seek(SimTime::secs(30)));
        assert!(session.live().soon.is_empty(), "the lines are gone");
    }
}
