//! What makes Pods: ReplicaSets, Deployments, DaemonSets, StatefulSets, Jobs and their like.

use super::events::{controlled_by, of_kind};
use super::pod::{controlled, template};
use super::text::Text;
use crate::api::print::cells::printed_bool;
use crate::api::print::values::{at, go, is_set, items, moment, or, quantity};
use crate::api::time::human_duration;
use crate::base::json::Value;

const NAME: &str = "Name:\t{metadata.name}\nNamespace:\t{metadata.namespace}\n";
const CREATED: &str = "CreationTimestamp:\t{#metadata.creationTimestamp}\n";

/// Source: kubectl describe/describe.go describeReplicaSet, describeReplicationController
pub fn replica_set(text: &mut Text, set: &Value, all: &[Value]) {
    text.fill(NAME, set);
    text.fill(
        match set["kind"] == "ReplicationController" {
            true => "Selector:\t{&spec.selector}\n",
            false => "Selector:\t{$spec.selector|<none>}\n",
        },
        set,
    );
    text.marks(set);
    controlled(text, set);
    text.fill("Replicas:\t{status.replicas?0} current / {spec.replicas?1} desired\n", set);
    pods_status(text, set, all);
    template(text, &set["spec"]["template"]);
    conditions(text, set);
}

/// How many Pods it controls, by phase. Source: getPodStatusForController
fn pods_status(text: &mut Text, owner: &Value, all: &[Value]) {
    let uid = &owner["metadata"]["uid"];
    let of = |phase: &str| {
        let pods = of_kind("Pod", all).filter(|pod| controlled_by(pod, uid));
        pods.filter(|pod| pod["status"]["phase"] == phase).count().to_string()
    };
    text.put(&["Pods Status:\t", &of("Running"), " Running / ", &of("Pending"), " Waiting / "]);
    text.put(&[&of("Succeeded"), " Succeeded / ", &of("Failed"), " Failed\n"]);
}

fn conditions(text: &mut Text, object: &Value) {
    let all = &object["status"]["conditions"];
    if is_set(all) {
        text.put(&["Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------\n"]);
    }
    items(all).for_each(|c| text.fill("  {type} \t{status}\t{reason}\n", c));
}

/// Source: describeDeployment
pub fn deployment(text: &mut Text, deployment: &Value, all: &[Value]) {
    text.fill(NAME, deployment);
    text.fill(CREATED, deployment);
    text.marks(deployment);
    text.fill(
        "Selector:\t{$spec.selector}\n\
         Replicas:\t{spec.replicas?1} desired | {status.updatedReplicas?0} updated | \
         {status.replicas?0} total | {status.availableReplicas?0} available | \
         {status.unavailableReplicas?0} unavailable\n\
         StrategyType:\t{spec.strategy.type}\nMinReadySeconds:\t{spec.minReadySeconds?0}\n\
         ~spec.strategy.rollingUpdate~RollingUpdateStrategy:\t\
         {spec.strategy.rollingUpdate.maxUnavailable?0} max unavailable, \
         {spec.strategy.rollingUpdate.maxSurge?0} max surge\n",
        deployment,
    );
    template(text, &deployment["spec"]["template"]);
    conditions(text, deployment);
    replica_sets(text, deployment, all);
}

/// Source: kubectl util/deployment/deployment.go GetAllReplicaSetsInChunks, FindNewReplicaSet
fn replica_sets(text: &mut Text, deployment: &Value, all: &[Value]) {
    let uid = &deployment["metadata"]["uid"];
    let mut sets: Vec<&Value> =
        of_kind("ReplicaSet", all).filter(|set| controlled_by(set, uid)).collect();
    crate::base::sort_by_key(&mut sets, |set| go(at(set, "metadata.creationTimestamp")));
    let wanted = without_hash(at(deployment, "spec.template"));
    let newest = sets.iter().position(|set| without_hash(at(set, "spec.template")) == wanted);
    let newest: Vec<&Value> = newest.map(|nth| sets.remove(nth)).into_iter().collect();
    if sets.is_empty() && newest.is_empty() {
        return;
    }
    for (title, sets) in [("OldReplicaSets", sets), ("NewReplicaSet", newest)] {
        let replicas = |set: &&Value| {
            let (is, wanted) = (&set["status"]["replicas"], &set["spec"]["replicas"]);
            let name = go(at(set, "metadata.name"));
            [&name, " (", &or(go(is), "0"), "/", &or(go(wanted), "1"), " replicas created)"]
                .concat()
        };
        let list = sets.iter().map(replicas).collect::<Vec<_>>().join(", ");
        text.put(&[title, ":\t", &or(list, "<none>"), "\n"]);
    }
}

/// A template without the label that tells it apart.
fn without_hash(template: &Value) -> Value {
    let mut template = template.clone();
    if let Some(labels) = template.pointer_mut("/metadata/labels").and_then(Value::as_object_mut) {
        labels.remove("pod-template-hash");
    }
    template
}

/// Source: describeDaemonSet
pub fn daemon_set(text: &mut Text, set: &Value, all: &[Value]) {
    text.fill(NAME, set);
    text.fill(
        "Selector:\t{$spec.selector}\nNode-Selector:\t{&spec.template.spec.nodeSelector}\n",
        set,
    );
    text.marks(set);
    text.fill(
        "Desired Number of Nodes Scheduled: {desiredNumberScheduled?0}\n\
         Current Number of Nodes Scheduled: {currentNumberScheduled?0}\n\
         Number of Nodes Scheduled with Up-to-date Pods: {updatedNumberScheduled?0}\n\
         Number of Nodes Scheduled with Available Pods: {numberAvailable?0}\n\
         Number of Nodes Misscheduled: {numberMisscheduled?0}\n",
        &set["status"],
    );
    pods_status(text, set, all);
    template(text, &set["spec"]["template"]);
}

/// Source: describeStatefulSet, describeVolumeClaimTemplates
pub fn stateful_set(text: &mut Text, set: &Value, all: &[Value]) {
    text.fill(NAME, set);
    text.fill(CREATED, set);
    text.fill("Selector:\t{$spec.selector}\n", set);
    text.marks(set);
    text.fill(
        "Replicas:\t{spec.replicas?1} desired | {status.replicas?0} total\n\
         Update Strategy:\t{spec.updateStrategy.type}\n\
         ~spec.updateStrategy.rollingUpdate.partition~  Partition:\t\
         {spec.updateStrategy.rollingUpdate.partition}\n",
        set,
    );
    pods_status(text, set, all);
    template(text, &set["spec"]["template"]);
    let claims = &set["spec"]["volumeClaimTemplates"];
    text.put(&["Volume Claims:", if is_set(claims) { "\n" } else { "\t<none>\n" }]);
    for claim in items(claims) {
        text.fill("  Name:\t{metadata.name}\n  StorageClass:\t{spec.storageClassName}\n", claim);
        text.labels("  Labels", &claim["metadata"]["labels"]);
        text.labels("  Annotations", &claim["metadata"]["annotations"]);
        let amount = at(claim, "spec.resources.requests.storage");
        let capacity = if is_set(amount) { quantity(amount) } else { "<default>".to_string() };
        text.put(&["  Capacity:\t", &capacity, "\n"]);
        text.fill("  Access Modes:\t{spec.accessModes?[]}\n", claim);
    }
}

/// Source: describeJob
pub fn job(text: &mut Text, job: &Value) {
    text.fill(NAME, job);
    text.fill("Selector:\t{$spec.selector}\n", job);
    text.marks(job);
    controlled(text, job);
    text.fill(
        "~spec.parallelism~Parallelism:\t{spec.parallelism}\n\
         Completions:\t{spec.completions?<unset>}\n\
         ~spec.completionMode~Completion Mode:\t{spec.completionMode}\n\
         ~spec.suspend~Suspend:\t{spec.suspend}\n\
         ~spec.backoffLimit~Backoff Limit:\t{spec.backoffLimit}\n\
         ~spec.ttlSecondsAfterFinished~TTL Seconds After Finished:\t\
         {spec.ttlSecondsAfterFinished}\n\
         ~status.startTime~Start Time:\t{#status.startTime}\n\
         ~status.completionTime~Completed At:\t{#status.completionTime}\n",
        job,
    );
    let status = &job["status"];
    if let (Some(start), Some(end)) =
        (moment(&status["startTime"]), moment(&status["completionTime"]))
    {
        text.put(&["Duration:\t", &human_duration(end.0 - start.0), "\n"]);
    }
    text.fill(
        "~activeDeadlineSeconds~Active Deadline Seconds:\t{activeDeadlineSeconds}s\n",
        &job["spec"],
    );
    text.fill("Pods Statuses:\t{active?0} Active", status);
    text.fill("~ready~ ({ready} Ready)", status);
    text.fill(" / {succeeded?0} Succeeded / {failed?0} Failed\n", status);
    if job["spec"]["completionMode"] == "Indexed" {
        let indexes = short_indexes(&go(&status["completedIndexes"]));
        text.put(&["Completed Indexes:\t", &indexes, "\n"]);
    }
    template(text, &job["spec"]["template"]);
}

/// Source: capIndexesListOrNone
fn short_indexes(indexes: &str) -> String {
    let end = indexes.char_indices().position(|(at, c)| at >= 50 && c == ',');
    match end {
        Some(end) => [&indexes[..=end], "..."].concat(),
        None => or(indexes.to_string(), "<none>"),
    }
}

/// Source: describeCronJob, describeJobTemplate
pub fn cron_job(text: &mut Text, job: &Value) {
    text.fill(NAME, job);
    text.marks(job);
    text.fill("Schedule:\t{spec.schedule}\nConcurrency Policy:\t{spec.concurrencyPolicy}\n", job);
    text.put(&["Suspend:\t", &printed_bool(&job["spec"]["suspend"]), "\n"]);
    text.fill(
        "Successful Job History Limit:\t{spec.successfulJobsHistoryLimit?<unset>}\n\
         Failed Job History Limit:\t{spec.failedJobsHistoryLimit?<unset>}\n",
        job,
    );
    let deadline = go(&job["spec"]["startingDeadlineSeconds"]);
    let deadline = if deadline.is_empty() { "<unset>".to_string() } else { deadline + "s" };
    text.put(&["Starting Deadline Seconds:\t", &deadline, "\n"]);
    let spec = at(job, "spec.jobTemplate.spec");
    text.fill(
        "Selector:\t{$selector?<unset>}\nParallelism:\t{parallelism?<unset>}\n\
         Completions:\t{completions?<unset>}\n\
         ~activeDeadlineSeconds~Active Deadline Seconds:\t{activeDeadlineSeconds}s\n",
        spec,
    );
    template(text, &spec["template"]);
    match is_set(at(job, "status.lastScheduleTime")) {
        true => text.fill("Last Schedule Time:\t{#status.lastScheduleTime}\n", job),
        false => text.put(&["Last Schedule Time:\t<unset>\n"]),
    }
    let active: Vec<String> = items(at(job, "status.active")).map(|j| go(&j["name"])).collect();
    text.put(&["Active Jobs:\t", &or(active.join(", "), "<none>"), "\n"]);
}
