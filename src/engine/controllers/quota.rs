//! The quota controller: what is used of each ResourceQuota.
//!
//! Source: controller/resourcequota/resource_quota_controller.go syncResourceQuota

use super::informers::Informers;
use super::plan::Plan;
use crate::api::quantity::Quantity;
use crate::api::{PlainObject, Timestamp, usage};
use crate::base::json::{Map, Value, json};
use crate::rules::Rule;

/// A look at a quota: counts what there is and writes it down.
pub fn plan(quota: &PlainObject, seen: &Informers, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let hard = quota.body["spec"]["hard"].as_object().cloned().unwrap_or_default();
    let mut used: Map<String, Value> = Map::new();
    let spec = &quota.body["spec"];
    let pods = seen.pods().filter(|p| p.meta.is_beside(&quota.meta) && usage::counts(p, now));
    let pods: Vec<_> = pods.filter(|p| usage::in_scope(spec, "Pod", &p.spec.raw)).collect();
    let others: Vec<_> = seen.objects().filter(|o| o.meta.is_beside(&quota.meta)).collect();
    for name in hard.keys() {
        let of_pods = pods.iter().filter_map(|p| usage::of("Pod", &p.spec.raw, name));
        let others = others.iter().filter(|o| usage::in_scope(spec, &o.kind, &o.body["spec"]));
        let of_others = others.filter_map(|o| usage::of(&o.kind, &o.body["spec"], name));
        let sum = of_pods.chain(of_others).fold(Quantity::ZERO, Quantity::plus);
        used.insert(name.clone(), sum.to_string().into());
    }
    let status = json!({"hard": hard, "used": used});
    if quota.body["status"] != status {
        let words: Vec<String> =
            used.iter().map(|(k, v)| [k, "=", v.as_str().unwrap_or_default()].concat()).collect();
        let facts =
            vec![("quota", quota.meta.name.as_str().into()), ("used", words.join(",").into())];
        plan.cite(Rule::QuotaCounted, facts);
    }
    plan.shared_status(quota, status);
    plan
}
