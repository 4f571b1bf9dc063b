//! The Job controller: Pods until enough of them have succeeded.
//!
//! Source: controller/job/job_controller.go syncJob, trackJobStatusAndRemoveFinalizers, manageJob;
//! backoff_utils.go; controller/ttlafterfinished
//!
//! DIFFERENCE: completion by index, pod failure policies and success policies are not simulated.

use super::informers::Informers;
use super::owners::merge;
use super::plan::{Plan, Told, delete};
use super::replica_set::{is_active, pod_of};
use crate::api::{EventType, Phase, PlainObject, Pod, Timestamp};
use crate::base::SimTime;
use crate::base::json::{Value, json};
use crate::rules::Rule;
use std::rc::Rc;

/// What holds a Pod until it is counted. Source: batch/v1 JobTrackingFinalizer
pub const TRACKING: &str = "batch.kubernetes.io/job-tracking";
/// Source: job_controller.go DefaultJobPodFailureBackOff, MaxJobPodFailureBackOff
const BACKOFF: (i64, i64) = (10, 600);
const MESSAGE_DONE: &str = "Reached expected number of succeeded pods";
const MESSAGE_BACKOFF: &str = "Job has reached the specified backoff limit";
const MESSAGE_DEADLINE: &str = "Job was active longer than specified deadline";

/// How a Job ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Enough Pods have succeeded.
    Success,
    /// Too many have failed.
    Backoff,
    /// It took too long.
    Deadline,
}

impl End {
    /// The reason in its conditions, and their message.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            End::Success => ("CompletionsReached", MESSAGE_DONE),
            End::Backoff => ("BackoffLimitExceeded", MESSAGE_BACKOFF),
            End::Deadline => ("DeadlineExceeded", MESSAGE_DEADLINE),
        }
    }
}

/// What is known of a Job's Pods.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Pods at work.
    pub active: i64,
    /// Pods that have succeeded.
    pub succeeded: i64,
    /// Pods that have failed, or were deleted.
    pub failed: i64,
    /// Restarts of containers in Pods at work.
    pub restarts: i64,
}

/// Whether the Job is over. `ran` are the seconds since it began.
/// Source: job_controller.go syncJob, pastBackoffLimitOnFailure, pastActiveDeadline
pub fn plan_end(spec: &Value, tally: Tally, ran: i64) -> Option<End> {
    let number = |field: &str| spec[field].as_i64();
    let limit = number("backoffLimit").unwrap_or(6);
    let again = spec["template"]["spec"]["restartPolicy"] == "OnFailure";
    let restarted = again && tally.restarts >= limit.max(1);
    let done = match number("completions") {
        Some(wanted) => tally.succeeded >= wanted,
        None => tally.succeeded > 0 && tally.active == 0,
    };
    match () {
        _ if tally.failed > limit || restarted => Some(End::Backoff),
        _ if number("activeDeadlineSeconds").is_some_and(|most| ran >= most) => Some(End::Deadline),
        _ if done => Some(End::Success),
        _ => None,
    }
}

/// How many Pods should be at work. Source: job_controller.go manageJob
pub fn plan_active(spec: &Value, tally: Tally) -> i64 {
    let parallelism = spec["parallelism"].as_i64().unwrap_or(1);
    match spec["completions"].as_i64() {
        Some(wanted) => (wanted - tally.succeeded).clamp(0, parallelism),
        None if tally.succeeded > 0 => tally.active,
        None => parallelism,
    }
}

/// How long the next Pod waits after `failures` in a row, the last of them at `last`.
/// Source: backoff_utils.go getRemainingTimePerPod
pub fn plan_wait(failures: i64, last: Timestamp, now: Timestamp) -> i64 {
    if failures == 0 {
        return 0;
    }
    let wait = (BACKOFF.0 << (failures - 1).min(10)).min(BACKOFF.1);
    (last.0 + wait - now.0).max(0)
}

/// A look at a Job.
pub fn plan(job: &PlainObject, seen: &Informers, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let pods: Vec<Rc<Pod>> = seen.pods_of(&job.meta.uid).cloned().collect();
    if let Some(end) = ended(job) {
        release(&pods, &mut plan);
        expire(job, end, now, &mut plan);
        return plan;
    }
    if job.meta.deletion_timestamp.is_some() {
        release(&pods, &mut plan);
        return plan;
    }
    let mut status = job.body["status"].clone();
    if status["startTime"].is_null() && job.body["spec"]["suspend"] != true {
        status["startTime"] = now.rfc3339().into();
        if let Some(limit) = job.body["spec"]["activeDeadlineSeconds"].as_i64() {
            plan.again(SimTime::secs(limit.max(0) as u64));
        }
    }
    let tally = tally(&pods, &mut status, &mut plan);
    let began = status["startTime"].as_str().and_then(Timestamp::parse).unwrap_or(now);
    let known = target(&status);
    let end = known.or_else(|| plan_end(&job.body["spec"], tally, now.0 - began.0));
    let active: Vec<Rc<Pod>> = pods.iter().filter(|pod| is_active(pod)).cloned().collect();
    let leaving = pods.iter().filter(|pod| !pod.finished() && pod.deleting()).count() as i64;
    match end {
        Some(end) => {
            finish(job, end, known.is_none(), &active, leaving, &mut status, now, &mut plan);
        }
        None => work(job, tally, &pods, &mut status, now, &mut plan),
    }
    let ready = active.iter().filter(|pod| pod.status.is_true("Ready")).count() as i64;
    let working = if end.is_some() { 0 } else { tally.active };
    set_count(&mut status, "active", working);
    set_count(&mut status, "succeeded", tally.succeeded);
    set_count(&mut status, "failed", tally.failed);
    status["ready"] = (if end.is_some() { 0 } else { ready }).into();
    status["terminating"] = leaving.into();
    plan.status(job, status);
    plan
}

fn set_count(status: &mut Value, field: &str, count: i64) {
    if let Some(status) = status.as_object_mut() {
        status.remove(field);
        if count > 0 {
            status.insert(field.into(), count.into());
        }
    }
}

/// Counts the Pods that have ended since the last look, and lets them go.
fn tally(pods: &[Rc<Pod>], status: &mut Value, plan: &mut Plan) -> Tally {
    let number = |field: &str| status[field].as_i64().unwrap_or(0);
    let mut tally =
        Tally { succeeded: number("succeeded"), failed: number("failed"), ..Tally::default() };
    for pod in pods {
        let tracked = pod.meta.finalizers.iter().any(|f| f == TRACKING);
        let succeeded = pod.status.phase == Phase::Succeeded;
        let over = pod.finished() || pod.deleting();
        if !over {
            tally.active += 1;
            let restarts = pod.status.all_containers().map(|c| i64::from(c.restart_count));
            tally.restarts += restarts.sum::<i64>();
        } else if tracked {
            match succeeded {
                true => tally.succeeded += 1,
                false => tally.failed += 1,
            }
            let facts = vec![
                ("pod", pod.meta.name.as_str().into()),
                ("succeeded", tally.succeeded.into()),
                ("failed", tally.failed.into()),
            ];
            plan.cite(Rule::JobCounts, facts);
            untrack(pod, plan);
        }
    }
    status["uncountedTerminatedPods"] = json!({});
    tally
}

fn untrack(pod: &Pod, plan: &mut Plan) {
    let rest = pod.meta.finalizers.iter().filter(|f| *f != TRACKING).map(String::as_str);
    let rest: Vec<&str> = rest.collect();
    let rest: Value = if rest.is_empty() { Value::Null } else { rest.into() };
    plan.patch(merge("Pod", &pod.meta.name, false, json!({"metadata": {"finalizers": rest}})));
}

fn release(pods: &[Rc<Pod>], plan: &mut Plan) {
    let held = pods.iter().filter(|pod| pod.meta.finalizers.iter().any(|f| f == TRACKING));
    held.for_each(|pod| untrack(pod, plan));
}

/// Failures in a row, and when the last of them was.
fn failures(pods: &[Rc<Pod>]) -> (i64, Timestamp) {
    let ended = |pod: &Rc<Pod>| {
        let times = pod.status.all_containers().filter_map(|c| c.state.terminated.as_ref());
        times.filter_map(|t| t.finished_at).max().or(pod.meta.deletion_timestamp)
    };
    let of = |phase: Phase| {
        let some = pods.iter().filter(move |pod| pod.status.phase == phase);
        some.filter_map(ended)
    };
    let success = of(Phase::Succeeded).max().unwrap_or_default();
    let failed: Vec<Timestamp> = of(Phase::Failed).filter(|at| *at > success).collect();
    (failed.len() as i64, failed.into_iter().max().unwrap_or_default())
}

/// Source: job_controller.go manageJob
fn work(
    job: &PlainObject,
    tally: Tally,
    pods: &[Rc<Pod>],
    status: &mut Value,
    now: Timestamp,
    plan: &mut Plan,
) {
    let active: Vec<Rc<Pod>> = pods.iter().filter(|pod| is_active(pod)).cloned().collect();
    let spec = &job.body["spec"];
    if suspend(spec["suspend"] == true, status, now, plan) {
        return remove(&active, plan);
    }
    if let Some(limit) = spec["activeDeadlineSeconds"].as_i64() {
        let began = status["startTime"].as_str().and_then(Timestamp::parse).unwrap_or(now);
        plan.again(SimTime::secs((began.0 + limit - now.0).max(1) as u64));
    }
    let wanted = plan_active(spec, tally);
    let missing = wanted - tally.active;
    if missing < 0 {
        let mut surplus = active;
        super::ranking::rank(&mut surplus, &[], now);
        surplus.truncate((-missing) as usize);
        return remove(&surplus, plan);
    }
    let (row, last) = failures(pods);
    let wait = plan_wait(row, last, now);
    if missing > 0 && wait > 0 {
        let facts = vec![
            ("job", job.meta.name.as_str().into()),
            ("failed", row.into()),
            ("wait", SimTime::secs(wait as u64).into()),
        ];
        plan.cite(Rule::JobBackoff, facts);
        plan.again(SimTime::secs(wait as u64));
    } else if missing > 0 {
        let facts = vec![
            ("job", job.meta.name.as_str().into()),
            ("active", tally.active.into()),
            ("wanted", wanted.into()),
        ];
        plan.cite(Rule::JobCreates, facts);
        plan.create = Some((Rc::new(pod_of_job(job)), missing));
    }
}

fn pod_of_job(job: &PlainObject) -> Value {
    let mut pod = pod_of(job);
    pod["metadata"]["finalizers"] = json!([TRACKING]);
    pod
}

fn remove(pods: &[Rc<Pod>], plan: &mut Plan) {
    for pod in pods {
        let name = pod.meta.name.clone();
        plan.ask_and_tell(delete("Pod", &name, &pod.meta.uid), Told::Deletion(name));
    }
}

/// Writes down whether the Job is suspended.
/// Source: job_controller.go syncJob, ensureJobConditionStatus
fn suspend(on: bool, status: &mut Value, now: Timestamp, plan: &mut Plan) -> bool {
    let old = status["conditions"].as_array().into_iter().flatten();
    let was = old.filter(|c| c["type"] == "Suspended").any(|c| c["status"] == "True");
    if on != was {
        let (value, reason, text, event) = match on {
            true => ("True", "JobSuspended", "Job suspended", "Suspended"),
            false => ("False", "JobResumed", "Job resumed", "Resumed"),
        };
        put(status, ("Suspended", value, reason, text), now);
        plan.events.push((EventType::Normal, event, text.into()));
        status["startTime"] = if on { Value::Null } else { now.rfc3339().into() };
    }
    on
}

fn put(status: &mut Value, (kind, value, reason, text): (&str, &str, &str, &str), now: Timestamp) {
    let at: Value = now.rfc3339().into();
    let mut all = status["conditions"].as_array().cloned().unwrap_or_default();
    all.retain(|c| c["type"] != kind);
    all.push(json!({"type": kind, "status": value, "reason": reason, "message": text,
                    "lastProbeTime": at, "lastTransitionTime": at}));
    status["conditions"] = all.into();
}

/// The end that a Job is on its way to.
fn target(status: &Value) -> Option<End> {
    let conditions = status["conditions"].as_array()?;
    let mut on = conditions.iter().filter(|c| c["status"] == "True");
    let target = on.find(|c| c["type"] == "FailureTarget" || c["type"] == "SuccessCriteriaMet")?;
    [End::Success, End::Backoff, End::Deadline]
        .into_iter()
        .find(|e| target["reason"] == e.words().0)
}

/// When the Job has ended.
fn ended(job: &PlainObject) -> Option<Timestamp> {
    let conditions = job.body["status"]["conditions"].as_array()?;
    let last = conditions.iter().find(|c| c["type"] == "Complete" || c["type"] == "Failed")?;
    last["lastTransitionTime"].as_str().and_then(Timestamp::parse)
}

/// The Pods at work go first; the Job is over when they are gone.
/// Source: job_controller.go delayTerminalCondition, enactJobFinished
#[expect(clippy::too_many_arguments, reason = "the end of a Job touches all of them")]
fn finish(
    job: &PlainObject,
    end: End,
    first: bool,
    active: &[Rc<Pod>],
    leaving: i64,
    status: &mut Value,
    now: Timestamp,
    plan: &mut Plan,
) {
    let (reason, text) = end.words();
    if first {
        let kind = if end == End::Success { "SuccessCriteriaMet" } else { "FailureTarget" };
        put(status, (kind, "True", reason, text), now);
        let facts = vec![("job", job.meta.name.as_str().into()), ("reason", reason.into())];
        plan.cite(if end == End::Success { Rule::JobComplete } else { Rule::JobFails }, facts);
    }
    remove(active, plan);
    if !active.is_empty() || leaving > 0 {
        return;
    }
    if end == End::Success {
        put(status, ("Complete", "True", reason, text), now);
        status["completionTime"] = now.rfc3339().into();
        plan.events.push((EventType::Normal, "Completed", "Job completed".into()));
    } else {
        put(status, ("Failed", "True", reason, text), now);
        plan.events.push((EventType::Warning, reason, text.into()));
    }
}

/// A Job that is over goes after its time. Source: ttlafterfinished_controller.go processTTL
fn expire(job: &PlainObject, end: Timestamp, now: Timestamp, plan: &mut Plan) {
    let Some(ttl) = job.body["spec"]["ttlSecondsAfterFinished"].as_i64() else { return };
    let left = end.0 + ttl - now.0;
    if left > 0 {
        return plan.again(SimTime::secs(left as u64));
    }
    let facts = vec![
        ("job", job.meta.name.as_str().into()),
        ("ttl", SimTime::secs(ttl.max(0) as u64).into()),
    ];
    plan.cite(Rule::JobExpires, facts);
    plan.ask(delete("Job", &job.meta.name, &job.meta.uid));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(completions: i64, parallelism: i64, limit: i64, policy: &str) -> Value {
        json!({"completions": completions, "parallelism": parallelism, "backoffLimit": limit,
               "template": {"spec": {"restartPolicy": policy}}})
    }

    #[test]
    fn a_job_ends_by_success_or_failure() {
        let tally =
            |active, succeeded, failed, restarts| Tally { active, succeeded, failed, restarts };
        let never = spec(2, 1, 1, "Never");
        assert_eq!(plan_end(&never, tally(1, 1, 1, 9), 5), None);
        assert_eq!(plan_end(&never, tally(0, 2, 1, 0), 5), Some(End::Success));
        assert_eq!(plan_end(&never, tally(0, 1, 2, 0), 5), Some(End::Backoff));
        let again = spec(1, 1, 2, "OnFailure");
        assert_eq!(plan_end(&again, tally(1, 0, 0, 1), 5), None);
        assert_eq!(plan_end(&again, tally(1, 0, 0, 2), 5), Some(End::Backoff));
        assert_eq!(plan_end(&spec(1, 1, 0, "OnFailure"), tally(1, 0, 0, 0), 5), None);
        let mut timed = never.clone();
        timed["activeDeadlineSeconds"] = 5.into();
        assert_eq!(plan_end(&timed, tally(1, 1, 0, 0), 5), Some(End::Deadline));
    }

    #[test]
    fn pods_at_work_are_as_many_as_are_left() {
        let tally = |succeeded| Tally { succeeded, ..Tally::default() };
        assert_eq!(plan_active(&spec(5, 3, 6, "Never"), tally(0)), 3);
        assert_eq!(plan_active(&spec(5, 3, 6, "Never"), tally(4)), 1);
        let queue = json!({"parallelism": 2});
        assert_eq!(plan_active(&queue, Tally { active: 1, succeeded: 1, ..Tally::default() }), 1);
    }

    #[test]
    fn failures_make_the_next_pod_wait() {
        let wait = |failures| plan_wait(failures, Timestamp(100), Timestamp(103));
        assert_eq!([wait(0), wait(1), wait(2), wait(3), wait(20)], [0, 7, 17, 37, 597]);
    }
}
