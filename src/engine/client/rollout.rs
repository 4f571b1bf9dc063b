//! `kubectl rollout status` and `history`, and the first steps of `expose`.
//!
//! Source: kubectl pkg/polymorphichelpers/rollout_status.go, history.go; cmd/rollout

use super::expose;
use super::steps::{News, Step};
use crate::api::describe::{Text, pod};
use crate::api::revision::revision_of;
use crate::api::{EPOCH, PlainObject};
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::action::{Look, Request};
use crate::engine::message::Done;
use std::rc::Rc;

/// What `rollout status` says of a Deployment, and whether that is the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// It goes on.
    Waits(String),
    /// It is done.
    Done(String),
    /// It has failed.
    Failed(String),
}

/// Source: rollout_status.go DeploymentStatusViewer.Status
pub fn plan_said(deployment: &PlainObject) -> Said {
    let (spec, status) = (&deployment.body["spec"], &deployment.body["status"]);
    let name = &deployment.meta.name;
    let number = |field: &str| status[field].as_i64().unwrap_or(0);
    if deployment.meta.generation > number("observedGeneration") {
        return Said::Waits("Waiting for deployment spec update to be observed...\n".into());
    }
    let conditions = status["conditions"].as_array().into_iter().flatten();
    let late = |c: &Value| c["type"] == "Progressing" && c["reason"] == "ProgressDeadlineExceeded";
    if conditions.into_iter().any(late) {
        return Said::Failed(format!("deployment {name:?} exceeded its progress deadline"));
    }
    let wanted = spec["replicas"].as_i64().unwrap_or(1);
    let (all, updated) = (number("replicas"), number("updatedReplicas"));
    let available = number("availableReplicas");
    let rest = match () {
        _ if updated < wanted => {
            format!("{updated} out of {wanted} new replicas have been updated...\n")
        }
        _ if all > updated => {
            format!("{} old replicas are pending termination...\n", all - updated)
        }
        _ if available < updated => {
            format!("{available} of {updated} updated replicas are available...\n")
        }
        _ => return Said::Done(format!("deployment {name:?} successfully rolled out\n")),
    };
    Said::Waits(format!("Waiting for deployment {name:?} rollout to finish: {rest}"))
}

/// A look at a rollout under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Looking {
    look: Rc<Look>,
    /// The version that was told of last.
    seen: String,
    history: Option<Rc<PlainObject>>,
}

impl Looking {
    /// A look as the command line asks for it.
    pub fn new(look: &Rc<Look>) -> Self {
        Looking { look: look.clone(), seen: String::new(), history: None }
    }

    /// Goes on.
    pub fn step(&mut self, news: &News) -> Vec<Step> {
        let ask = |kind: &str| vec![Step::Ask(kind.into(), Request::List(kind.into()))];
        let look = self.look.clone();
        match (news, &*look) {
            (News::Begin, Look::Status { timeout, .. }) if *timeout > SimTime::ZERO => {
                let wait = Step::Wait(*timeout, "timeout".into());
                [ask("Deployment"), vec![wait]].concat()
            }
            (News::Begin, Look::Expose { kind, .. }) => ask(kind),
            (News::Changed, Look::Expose { .. }) => Vec::new(),
            (News::Answer("Made", answer), look) => expose::made(look, answer),
            (News::Answer(_, Ok(Done::Listed(pods, plain))), look @ Look::Expose { .. }) => {
                expose::found(look, pods, plain)
            }
            (News::Begin | News::Changed, _) => ask("Deployment"),
            (News::Woken(_), _) => {
                let error = "error: timed out waiting for the condition\n".to_string();
                vec![Step::Err(error), Step::End(1)]
            }
            (News::Answer("ReplicaSet", Ok(Done::Listed(_, sets))), _) => self.told(sets),
            (News::Answer(_, Ok(Done::Listed(_, all))), look) => {
                let (Look::Status { name, .. }
                | Look::History { name, .. }
                | Look::Expose { name, .. }) = look;
                let Some(found) = all.iter().find(|d| d.meta.name == *name) else {
                    let message = crate::api::resource::not_found("Deployment", name);
                    let error = format!("Error from server (NotFound): {message}\n");
                    return vec![Step::Err(error), Step::End(1)];
                };
                match look {
                    Look::Status { watch, .. } => self.status(found, *watch),
                    _ => {
                        self.history = Some(found.clone());
                        ask("ReplicaSet")
                    }
                }
            }
            _ => Vec::new(),
        }
    }

    fn status(&mut self, deployment: &PlainObject, watch: bool) -> Vec<Step> {
        if self.seen == deployment.meta.resource_version {
            return Vec::new();
        }
        self.seen = deployment.meta.resource_version.clone();
        match plan_said(deployment) {
            Said::Waits(text) if watch => vec![Step::Out(text)],
            Said::Waits(text) | Said::Done(text) => vec![Step::Out(text), Step::End(0)],
            Said::Failed(text) => vec![Step::Err(format!("error: {text}\n")), Step::End(1)],
        }
    }

    /// Source: history.go DeploymentHistoryViewer.ViewHistory
    fn told(&self, sets: &[Rc<PlainObject>]) -> Vec<Step> {
        let Some(deployment) = &self.history else { return Vec::new() };
        let uid = deployment.meta.uid.as_str();
        let owned = |s: &&Rc<PlainObject>| s.meta.owner_references.iter().any(|r| r["uid"] == uid);
        let mut sets: Vec<_> = sets.iter().filter(owned).collect();
        crate::base::sort_by_key(&mut sets, |set| revision_of(set));
        let name = &deployment.meta.name;
        if let Look::History { revision: wanted @ 1.., .. } = *self.look {
            let Some(set) = sets.iter().find(|set| revision_of(set) == wanted) else {
                let error = "error: unable to find the specified revision\n".to_string();
                return vec![Step::Err(error), Step::End(1)];
            };
            let template = described(set);
            let text = format!("deployment.apps/{name} with revision #{wanted}\n{template}\n");
            return vec![Step::Out(text), Step::End(0)];
        }
        let mut text = format!("deployment.apps/{name} \nREVISION  CHANGE-CAUSE\n");
        for set in sets {
            let cause = set.meta.annotations.get("kubernetes.io/change-cause");
            let cause = cause.map_or("<none>", String::as_str);
            text += &format!("{:<10}{cause}\n", revision_of(set));
        }
        text.push('\n');
        vec![Step::Out(text), Step::End(0)]
    }
}

/// The template of a revision, with what it was made for among its annotations.
/// Source: history.go getHistory, printTemplate
fn described(set: &PlainObject) -> String {
    const CAUSE: &str = "kubernetes.io/change-cause";
    let mut template = set.body["spec"]["template"].clone();
    if let Some(cause) = set.meta.annotations.get(CAUSE) {
        template["metadata"]["annotations"][CAUSE] = cause.as_str().into();
    }
    let mut text = Text { out: String::new(), now: EPOCH, newer: true };
    pod::template(&mut text, &template);
    text.out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ObjectMeta;
    use crate::base::json::json;

    #[test]
    fn status_is_said_in_kubectls_words() {
        let said = |status: Value| {
            let meta = ObjectMeta { name: "web".into(), generation: 2, ..Default::default() };
            let body = json!({"spec": {"replicas": 3}, "status": status});
            match plan_said(&PlainObject { kind: "Deployment".into(), meta, body }) {
                Said::Waits(text) | Said::Done(text) | Said::Failed(text) => text,
            }
        };
        let at = |all: i64, updated: i64, available: i64| {
            said(json!({"observedGeneration": 2, "replicas": all, "updatedReplicas": updated,
                        "availableReplicas": available}))
        };
        assert!(said(json!({})).starts_with("Waiting for deployment spec update"));
        assert!(at(4, 1, 3).ends_with("1 out of 3 new replicas have been updated...\n"));
        assert!(at(4, 3, 3).ends_with("1 old replicas are pending termination...\n"));
        assert!(at(3, 3, 2).ends_with("2 of 3 updated replicas are available...\n"));
        assert_eq!(at(3, 3, 3), "deployment \"web\" successfully rolled out\n");
    }
}
