//! What a Deployment says of itself.
//!
//! Source: controller/deployment/progress.go, sync.go calculateStatus

use crate::api::{PlainObject, Timestamp};
use crate::base::SimTime;
use crate::base::json::{Value, json};
use std::rc::Rc;

use super::rollout::Want;

/// A number of an object's status.
pub fn counted(object: &PlainObject, field: &str) -> i64 {
    object.body["status"][field].as_i64().unwrap_or(0)
}

/// The numbers and the condition Available of a Deployment, with conditions as they were.
/// `sets` are all its ReplicaSets, `new` the one with its template.
pub fn status(
    deployment: &PlainObject,
    sets: &[Rc<PlainObject>],
    new: Option<&PlainObject>,
    wanted: i64,
    now: Timestamp,
) -> Value {
    let sum = |field: &str| sets.iter().map(|set| counted(set, field)).sum::<i64>();
    let available = sum("availableReplicas");
    let counts = [
        ("replicas", sum("replicas")),
        ("updatedReplicas", new.map_or(0, |set| counted(set, "replicas"))),
        ("readyReplicas", sum("readyReplicas")),
        ("availableReplicas", available),
        ("unavailableReplicas", (wanted - available).max(0)),
    ];
    let mut status = json!({"observedGeneration": deployment.meta.generation,
                            "terminatingReplicas": sum("terminatingReplicas")});
    for (field, count) in counts.iter().filter(|(_, count)| *count > 0) {
        status[*field] = (*count).into();
    }
    let old = &deployment.body["status"]["conditions"];
    let mut conditions = old.as_array().cloned().unwrap_or_default();
    let (value, reason, message) = match available >= Want::read(&deployment.body["spec"]).least() {
        true => ("True", "MinimumReplicasAvailable", "Deployment has minimum availability."),
        false => (
            "False",
            "MinimumReplicasUnavailable",
            "Deployment does not have minimum availability.",
        ),
    };
    set(&mut conditions, ("Available", value, reason, message), now);
    status["conditions"] = conditions.into();
    status
}

/// A condition: type, status, reason, message.
pub type Said<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The condition of this type.
pub fn condition<'a>(conditions: &'a [Value], kind: &str) -> Option<&'a Value> {
    conditions.iter().find(|c| c["type"] == kind)
}

/// Sets a condition; one with the same status and reason stays as it is.
/// Source: deployment_util.go SetDeploymentCondition
pub fn set(conditions: &mut Vec<Value>, (kind, value, reason, message): Said, now: Timestamp) {
    let old = condition(conditions, kind);
    if old.is_some_and(|c| c["status"] == value && c["reason"] == reason) {
        return;
    }
    let since = old.filter(|c| c["status"] == value).map(|c| c["lastTransitionTime"].clone());
    let at: Value = now.rfc3339().into();
    conditions.retain(|c| c["type"] != kind);
    conditions.push(json!({
        "type": kind, "status": value, "reason": reason, "message": message,
        "lastUpdateTime": at, "lastTransitionTime": since.unwrap_or_else(|| at.clone()),
    }));
}

/// How a rollout stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Complete for some time.
    Over,
    /// Complete since now.
    Complete,
    /// Something moved.
    Moves,
    /// Nothing moved for the time that it may take.
    TimedOut,
    /// Nothing moved yet; the time is over after this.
    Waits(Option<SimTime>),
}

/// How the rollout stands, from the status before and the status now.
/// Source: deployment_util.go DeploymentComplete, DeploymentProgressing, DeploymentTimedOut
pub fn plan_progress(deployment: &PlainObject, status: &Value, now: Timestamp) -> Progress {
    let spec = &deployment.body["spec"];
    let old = &deployment.body["status"];
    let number = |from: &Value, field: &str| from[field].as_i64().unwrap_or(0);
    let known = old["conditions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let known = condition(known, "Progressing");
    let reason = known.and_then(|c| c["reason"].as_str()).unwrap_or_default();
    let same = number(status, "replicas") == number(status, "updatedReplicas");
    if same && reason == "NewReplicaSetAvailable" {
        return Progress::Over;
    }
    let replicas = spec["replicas"].as_i64().unwrap_or(1);
    let all = ["replicas", "updatedReplicas", "availableReplicas"];
    if all.iter().all(|field| number(status, field) == replicas) {
        return Progress::Complete;
    }
    let rose = |field: &str| number(status, field) > number(old, field);
    let olds = |from: &Value| number(from, "replicas") - number(from, "updatedReplicas");
    if ["updatedReplicas", "readyReplicas", "availableReplicas"].iter().any(|f| rose(f))
        || olds(status) < olds(old)
    {
        return Progress::Moves;
    }
    let deadline = spec["progressDeadlineSeconds"].as_i64().unwrap_or(600);
    let since = known.and_then(|c| Timestamp::parse(c["lastUpdateTime"].as_str()?));
    match since {
        _ if reason == "ProgressDeadlineExceeded" => Progress::TimedOut,
        _ if reason == "NewReplicaSetAvailable" => Progress::Waits(None),
        None => Progress::Waits(None),
        Some(since) if since.0 + deadline < now.0 => Progress::TimedOut,
        Some(since) => {
            let left = (since.0 + deadline - now.0).max(0) as u64;
            // Upstream looks a second later than the deadline.
            Progress::Waits(Some(SimTime::secs(left + 1)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ObjectMeta;

    fn deployment(status: Value) -> PlainObject {
        let spec = json!({"replicas": 3, "progressDeadlineSeconds": 10});
        let meta = ObjectMeta { name: "web".into(), ..Default::default() };
        PlainObject {
            kind: "Deployment".into(),
            meta,
            body: json!({"spec": spec, "status": status}),
        }
    }

    #[test]
    fn a_rollout_moves_ends_or_hangs() {
        let at = |secs: i64| Timestamp(1_767_225_600 + secs);
        let progressing = |reason: &str| {
            json!([{"type": "Progressing", "status": "True", "reason": reason,
                    "lastUpdateTime": at(0).rfc3339()}])
        };
        let two = json!({"replicas": 4, "updatedReplicas": 1, "readyReplicas": 3,
                         "availableReplicas": 3, "conditions": progressing("ReplicaSetUpdated")});
        let plan = |old: &Value, new: Value, secs: i64| {
            plan_progress(&deployment(old.clone()), &new, at(secs))
        };
        assert_eq!(plan(&json!({}), two.clone(), 1), Progress::Moves);
        let waits = Progress::Waits(Some(SimTime::secs(8)));
        assert_eq!(plan(&two, two.clone(), 3), waits);
        assert_eq!(plan(&two, two.clone(), 11), Progress::TimedOut);
        let done = json!({"replicas": 3, "updatedReplicas": 3, "availableReplicas": 3});
        assert_eq!(plan(&two, done.clone(), 3), Progress::Complete);
        let over = json!({"conditions": progressing("NewReplicaSetAvailable")});
        assert_eq!(plan(&over, done, 3), Progress::Over);
    }

    #[test]
    fn a_condition_keeps_its_times() {
        let mut all = Vec::new();
        set(&mut all, ("Available", "True", "a", ""), Timestamp(1));
        set(&mut all, ("Available", "True", "b", ""), Timestamp(2));
        assert_eq!(all[0]["lastTransitionTime"], Timestamp(1).rfc3339().as_str());
        assert_eq!(all[0]["lastUpdateTime"], Timestamp(2).rfc3339().as_str());
        set(&mut all, ("Available", "False", "b", ""), Timestamp(3));
        assert_eq!(all[0]["lastTransitionTime"], Timestamp(3).rfc3339().as_str());
    }
}
