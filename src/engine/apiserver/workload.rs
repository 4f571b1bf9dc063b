//! What kubectl changes in a workload: its variables, its size, its rollout.

use super::patch::{client, not_found};
use super::store::{Answer, ApiServer};
use crate::api::patch::merge;
use crate::api::revision::{HASH, revision_of};
use crate::api::{PlainObject, Timestamp};
use crate::base::json::{Value, json};
use crate::engine::action::Rollout;
use crate::engine::cx::Cx;
use crate::engine::message::{Done, Refusal};

/// Source: kubectl cmd/set/set_env.go RunEnv, updateEnv
pub(super) fn with_env(
    old: &Value,
    set: &[(String, Option<String>)],
    container: &str,
) -> Result<Value, String> {
    let mut new = old.clone();
    let spec = if old["spec"]["template"].is_object() {
        &mut new["spec"]["template"]["spec"]
    } else {
        &mut new["spec"]
    };
    let mut found = false;
    for list in ["initContainers", "containers"] {
        for item in spec[list].as_array_mut().into_iter().flatten() {
            if container != "*" && item["name"] != container {
                continue;
            }
            found = true;
            let mut env = item["env"].as_array().cloned().unwrap_or_default();
            for (name, value) in set {
                set_variable(&mut env, name, value.as_deref());
            }
            item["env"] = if env.is_empty() { Value::Null } else { env.into() };
        }
    }
    let kind = old["kind"].as_str().unwrap_or_default().to_ascii_lowercase();
    let name = old["metadata"]["name"].as_str().unwrap_or_default();
    match found {
        true => Ok(new),
        false => Err(format!("{kind}s/{name} does not have any containers matching {container:?}")),
    }
}

fn set_variable(env: &mut Vec<Value>, name: &str, value: Option<&str>) {
    let at = env.iter().position(|v| v["name"] == name);
    match (value, at) {
        (Some(value), Some(at)) => env[at] = json!({"name": name, "value": value}),
        (Some(value), None) => env.push(json!({"name": name, "value": value})),
        (None, Some(at)) => drop(env.remove(at)),
        (None, None) => {}
    }
}

/// Source: kubectl pkg/scale/scale.go Precondition.Validate
pub(super) fn scaled(old: &Value, replicas: i64, current: Option<i64>) -> Result<Value, Refusal> {
    let now = old["spec"]["replicas"].as_i64().unwrap_or(0);
    if let Some(wanted) = current.filter(|n| *n != now) {
        return Err(client(format!("Expected replicas to be {wanted}, was {now}")));
    }
    let mut new = old.clone();
    new["spec"]["replicas"] = replicas.into();
    Ok(new)
}

impl ApiServer {
    /// Source: kubectl pkg/polymorphichelpers/objectrestarter.go, objectpauser.go, rollback.go
    pub(super) fn roll(&mut self, old: &Value, what: Rollout, cx: &mut Cx) -> Answer {
        let name = old["metadata"]["name"].as_str().unwrap_or_default();
        let paused = old["spec"]["paused"] == true;
        let mut new = old.clone();
        match what {
            Rollout::Pause if paused => return Err(said(name, "is already paused")),
            Rollout::Resume if !paused => return Err(said(name, "is not paused")),
            Rollout::Pause => new["spec"]["paused"] = true.into(),
            Rollout::Resume => merge(&mut new, &json!({"spec": {"paused": null}})),
            Rollout::Restart if paused => {
                let words = "can't restart paused deployment (run rollout resume first)";
                return Err(client(words.into()));
            }
            Rollout::Restart => {
                let at = Timestamp::at(cx.now).rfc3339();
                let note = json!({"kubectl.kubernetes.io/restartedAt": at});
                let template = json!({"metadata": {"annotations": note}});
                merge(&mut new, &json!({"spec": {"template": template}}));
            }
            Rollout::Undo(_) if paused => {
                let words = "you cannot rollback a paused deployment; resume it first with \
                             'kubectl rollout resume' and try again";
                return Err(client(words.into()));
            }
            Rollout::Undo(to) => {
                let set = self.revision(old, to)?;
                let mut template = set.body["spec"]["template"].clone();
                merge(&mut template, &json!({"metadata": {"labels": {(HASH): null}}}));
                if template == old["spec"]["template"] {
                    return Ok(Done::Listed(Vec::new(), vec![set]));
                }
                new["spec"]["template"] = template;
            }
        }
        self.apply(&new, cx)
    }

    /// The ReplicaSet of a Deployment with this revision; 0: of the one before the newest.
    fn revision(&self, deployment: &Value, to: i64) -> Result<std::rc::Rc<PlainObject>, Refusal> {
        let uid = &deployment["metadata"]["uid"];
        let owned = |o: &&std::rc::Rc<PlainObject>| {
            o.kind == "ReplicaSet" && o.meta.owner_references.iter().any(|r| r["uid"] == *uid)
        };
        let mut sets: Vec<_> = self.plain_objects().filter(owned).cloned().collect();
        crate::base::sort_by_key(&mut sets, |set| revision_of(set));
        let found = match to {
            0 => sets.len().checked_sub(2).and_then(|at| sets.get(at)),
            to => sets.iter().find(|set| revision_of(set) == to),
        };
        let name = deployment["metadata"]["name"].as_str().unwrap_or_default();
        found.cloned().ok_or_else(|| match to {
            0 => client(format!("no rollout history found for deployment {name:?}")),
            to => client(format!("unable to find specified revision {to} in history")),
        })
    }
}

fn said(name: &str, what: &str) -> Refusal {
    let message = not_found("Deployment", name).message;
    client(message.replace("not found", what))
}
