//! Admission by ResourceQuotas: what would exceed one is refused, what fits is charged.
//!
//! Source: apiserver pkg/admission/plugin/resourcequota/controller.go CheckRequest

use super::store::ApiServer;
use crate::api::{ObjectMeta, PlainObject, resource, usage};
use crate::base::json::{Map, Value};
use crate::engine::cx::Cx;
use crate::engine::message::Refusal;
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

/// What a quota says of a new object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuotaPlan {
    /// It is not about such objects.
    Silent,
    /// It has room; what it counts as used from now on.
    Charge(Map<String, Value>),
    /// A container does not say what the quota counts.
    Unsaid(String),
    /// What is used is not known yet, of these resources.
    Unknown(String),
    /// There is no room: requested, used, limited.
    Exceeded(String, String, String),
}

/// Whether the object fits into the quota.
pub fn plan_quota(quota: &Value, kind: &str, spec: &Value) -> QuotaPlan {
    let (hard, used) = (&quota["status"]["hard"], &quota["status"]["used"]);
    let Some(hard) = hard.as_object().filter(|_| usage::in_scope(&quota["spec"], kind, spec))
    else {
        return QuotaPlan::Silent;
    };
    if kind == "Pod"
        && let Some(unsaid) = usage::unsaid(spec, hard)
    {
        return QuotaPlan::Unsaid(unsaid);
    }
    let mut charged = used.as_object().cloned().unwrap_or_default();
    let (mut asked, mut before, mut limits) = (Vec::new(), Vec::new(), Vec::new());
    let (mut unknown, mut any) = (Vec::new(), false);
    for (name, limit) in hard {
        let Some(request) = usage::of(kind, spec, name) else { continue };
        let (Some(limit), Some(old)) = (usage::amount(limit), usage::amount(&used[name.as_str()]))
        else {
            unknown.push(name.clone());
            continue;
        };
        any = true;
        let sum = old.plus(request);
        if sum.nanos() > limit.nanos() && request.nanos() > 0 {
            asked.push(format!("{name}={request}"));
            before.push(format!("{name}={old}"));
            limits.push(format!("{name}={limit}"));
        }
        charged.insert(name.clone(), sum.to_string().into());
    }
    match (unknown.is_empty(), asked.is_empty(), any) {
        (false, ..) => QuotaPlan::Unknown(unknown.join(",")),
        (_, false, _) => QuotaPlan::Exceeded(asked.join(","), before.join(","), limits.join(",")),
        (_, _, false) => QuotaPlan::Silent,
        _ => QuotaPlan::Charge(charged),
    }
}

impl ApiServer {
    /// Lets every quota look at a new object; the first that is against it refuses it.
    pub(super) fn admit_quota(
        &mut self,
        kind: &str,
        meta: &ObjectMeta,
        spec: &Value,
        cx: &mut Cx,
    ) -> Result<(), Refusal> {
        let about = |o: &&Rc<PlainObject>| o.kind == "ResourceQuota" && o.meta.is_beside(meta);
        let (quotas, name) = (self.plain_objects().filter(about), &meta.name);
        let quotas: Vec<Rc<PlainObject>> = quotas.cloned().collect();
        let mut charges = Vec::new();
        for quota in &quotas {
            let q = quota.meta.name.as_str();
            let why = match plan_quota(&quota.body, kind, spec) {
                QuotaPlan::Silent => continue,
                QuotaPlan::Charge(used) => {
                    charges.push((quota, used));
                    continue;
                }
                QuotaPlan::Unsaid(what) => format!("failed quota: {q}: must specify {what}"),
                QuotaPlan::Unknown(what) => {
                    format!("status unknown for quota: {q}, resources: {what}")
                }
                QuotaPlan::Exceeded(requested, used, limited) => {
                    let facts = vec![
                        ("quota", q.into()),
                        ("requested", requested.as_str().into()),
                        ("used", used.as_str().into()),
                        ("limited", limited.as_str().into()),
                    ];
                    cx.cite(Subject::default(), Rule::QuotaExceeded, facts);
                    format!(
                        "exceeded quota: {q}, requested: {requested}, used: {used}, limited: \
                         {limited}"
                    )
                }
            };
            let what = resource::plural(kind);
            let message = format!("{what} \"{name}\" is forbidden: {why}");
            return Err(Refusal { reason: "Forbidden".into(), message });
        }
        for (quota, used) in charges {
            let mut quota = (**quota).clone();
            quota.body["status"]["used"] = Value::Object(used);
            self.write_plain(WatchType::Modified, quota, cx);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn plan(hard: Value, used: Value, spec: Value) -> QuotaPlan {
        plan_quota(&json!({"status": {"hard": hard, "used": used}}), "Pod", &spec)
    }

    #[test]
    fn a_quota_charges_or_refuses() {
        let pod = || json!({"containers": [{"name": "a"}]});
        let full = plan(json!({"pods": "3"}), json!({"pods": "3"}), pod());
        let exceeded = |a: &str, b: &str, c: &str| {
            QuotaPlan::Exceeded(a.to_string(), b.to_string(), c.to_string())
        };
        assert_eq!(full, exceeded("pods=1", "pods=3", "pods=3"));
        let room = plan(json!({"pods": "3"}), json!({"pods": "2"}), pod());
        let charged = json!({"pods": "3"}).as_object().cloned().unwrap_or_default();
        assert_eq!(room, QuotaPlan::Charge(charged));
        let unsaid = plan(json!({"limits.cpu": "1"}), json!({"limits.cpu": "0"}), pod());
        assert_eq!(unsaid, QuotaPlan::Unsaid("limits.cpu for: a".into()));
        let unknown = plan(json!({"pods": "3"}), json!({}), pod());
        assert_eq!(unknown, QuotaPlan::Unknown("pods".into()));
        assert_eq!(plan(json!({"services": "1"}), json!({}), pod()), QuotaPlan::Silent);
        assert_eq!(plan_quota(&json!({}), "Pod", &pod()), QuotaPlan::Silent);
    }
}
