//! Admission by LimitRanges: what a new Pod's containers do not say is filled in, and what is out
//! of bounds is refused.
//!
//! Source: plugin/pkg/admission/limitranger/admission.go

use super::store::ApiServer;
use crate::api::quantity::Quantity;
use crate::api::{ObjectMeta, PlainObject, resource};
use crate::base::json::{Map, Value, json};
use crate::engine::cx::Cx;
use crate::engine::message::Refusal;
use crate::engine::trace::Subject;
use crate::rules::Rule;

const CLAIM: &str = "PersistentVolumeClaim";
const ANNOTATION: &str = "kubernetes.io/limit-ranger";
const LISTS: [(&str, &str); 2] =
    [("containers", "container"), ("initContainers", "init container")];

impl ApiServer {
    /// The Pod with what the LimitRanges give it, if it is within their bounds.
    pub(super) fn with_limits(
        &self,
        name: &str,
        mut pod: Value,
        cx: &mut Cx,
    ) -> Result<Value, Refusal> {
        let home = resource::home(&pod).to_string();
        let ranges: Vec<&PlainObject> = self.ranges_of(&home).collect();
        if ranges.is_empty() {
            return Ok(pod);
        }
        own_requests(&mut pod["spec"]);
        for range in &ranges {
            let said = filled(&mut pod["spec"], range);
            if !said.is_empty() {
                let said = said.join("; ");
                let facts =
                    vec![("range", range.meta.name.as_str().into()), ("set", said.as_str().into())];
                cx.cite(Subject::pod(name), Rule::LimitsFilled, facts);
                let text = ["LimitRanger plugin set: ", &said].concat();
                pod["metadata"]["annotations"][ANNOTATION] = text.into();
            }
        }
        let mut wrong: Vec<String> =
            ranges.iter().flat_map(|range| plan_objections(&pod["spec"], range)).collect();
        wrong.dedup();
        refused("Pod", name, &wrong).map(|()| pod)
    }

    /// Lets the LimitRanges look at a new claim.
    pub(super) fn admit_claim_size(&self, meta: &ObjectMeta, spec: &Value) -> Result<(), Refusal> {
        let ranges = self.ranges_of(meta.home());
        let wrong: Vec<String> = ranges.flat_map(|range| claim_objections(spec, range)).collect();
        refused(CLAIM, &meta.name, &wrong)
    }

    fn ranges_of(&self, namespace: &str) -> impl Iterator<Item = &PlainObject> {
        let here = move |o: &&PlainObject| o.kind == "LimitRange" && o.meta.home() == namespace;
        self.plain_objects().map(|o| &**o).filter(here)
    }
}

fn refused(kind: &str, name: &str, wrong: &[String]) -> Result<(), Refusal> {
    let why = match wrong {
        [] => return Ok(()),
        [one] => one.clone(),
        many => ["[", &many.join(", "), "]"].concat(),
    };
    let message = format!("{} \"{name}\" is forbidden: {why}", resource::plural(kind));
    Err(Refusal { reason: "Forbidden".into(), message })
}

/// What a LimitRange has against a claim, of which only the request counts.
/// Source: admission.go PersistentVolumeClaimValidateLimitFunc, maxRequestConstraint
fn claim_objections(spec: &Value, range: &PlainObject) -> Vec<String> {
    let mut found = Vec::new();
    let requests = &spec["resources"]["requests"];
    for item in of_type(range, CLAIM) {
        let least = json!({"min": item["min"]});
        found.extend(out_of_bounds(&least, CLAIM, requests, &Value::Null));
        for (name, bound) in each(&item["max"]) {
            let (bound, request) = (quantity(bound), &requests[name.as_str()]);
            let said = format!("maximum {name} usage per {CLAIM} is {bound}");
            let asked = quantity(request);
            if request.is_null() {
                found.push(format!("{said}.  No request is specified"));
            } else if asked.nanos() > bound.nanos() {
                found.push(format!("{said}, but request is {asked}"));
            }
        }
    }
    found
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn of_type<'a>(range: &'a PlainObject, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    items(&range.body["spec"]["limits"]).filter(move |item| item["type"] == kind)
}

fn each(map: &Value) -> impl Iterator<Item = (&String, &Value)> {
    map.as_object().into_iter().flatten()
}

/// A container that has a limit and no request asks for the limit; this comes before.
/// Source: pkg/apis/core/v1/defaults.go SetDefaults_Pod
fn own_requests(spec: &mut Value) {
    for (list, _) in LISTS {
        for container in spec[list].as_array_mut().into_iter().flatten() {
            let limits = container["resources"]["limits"].as_object().cloned().unwrap_or_default();
            for (name, amount) in limits {
                if container["resources"]["requests"][name.as_str()].is_null() {
                    container["resources"]["requests"][name.as_str()] = amount;
                }
            }
        }
    }
}

/// Fills in what is missing; what was filled in, in the words of the annotation.
/// Source: admission.go defaultContainerResourceRequirements, mergeContainerResources
fn filled(spec: &mut Value, range: &PlainObject) -> Vec<String> {
    let mut said = Vec::new();
    for item in of_type(range, "Container") {
        for (list, what) in LISTS {
            for container in spec[list].as_array_mut().into_iter().flatten() {
                for (from, field, word) in
                    [("defaultRequest", "requests", "request"), ("default", "limits", "limit")]
                {
                    let set = missing(&mut container["resources"], &item[from], field);
                    if !set.is_empty() {
                        let name = container["name"].as_str().unwrap_or_default();
                        said.push([&set.join(", "), " ", word, " for ", what, " ", name].concat());
                    }
                }
            }
        }
    }
    said
}

fn missing(resources: &mut Value, given: &Value, field: &str) -> Vec<String> {
    let mut set = Vec::new();
    for (name, amount) in each(given) {
        if resources[field][name.as_str()].is_null() {
            resources[field][name.as_str()] = amount.clone();
            set.push(name.clone());
        }
    }
    set
}

/// What a LimitRange has against a Pod. Source: admission.go PodValidateLimitFunc
fn plan_objections(spec: &Value, range: &PlainObject) -> Vec<String> {
    let mut found = Vec::new();
    for item in of_type(range, "Container") {
        for container in LISTS.iter().flat_map(|(list, _)| items(&spec[*list])) {
            let of = &container["resources"];
            found.extend(out_of_bounds(item, "Container", &of["requests"], &of["limits"]));
        }
    }
    for item in of_type(range, "Pod") {
        let (requests, limits) = (sum(spec, "requests"), sum(spec, "limits"));
        found.extend(out_of_bounds(item, "Pod", &requests, &limits));
    }
    found
}

/// What a Pod asks for in all; an init container alone may ask for more.
fn sum(spec: &Value, field: &str) -> Value {
    let mut all: Map<String, Value> = Map::new();
    for (list, _) in LISTS {
        for (name, amount) in items(&spec[list]).flat_map(|c| each(&c["resources"][field])) {
            let new = quantity(amount);
            let old = all.get(name).map_or(Quantity::ZERO, quantity);
            let more = match list {
                "containers" => old.plus(new),
                _ if new.nanos() > old.nanos() => new,
                _ => old,
            };
            all.insert(name.clone(), more.to_string().into());
        }
    }
    Value::Object(all)
}

fn quantity(value: &Value) -> Quantity {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
    Quantity::parse(&text).unwrap_or(Quantity::ZERO)
}

/// Source: admission.go minConstraint, maxConstraint, limitRequestRatioConstraint
fn out_of_bounds(item: &Value, kind: &str, requests: &Value, limits: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let given = |list: &Value, name: &str| {
        let value = &list[name];
        (!value.is_null()).then(|| quantity(value))
    };
    for (word, field) in [("minimum", "min"), ("maximum", "max")] {
        let low = field == "min";
        for (name, bound) in each(&item[field]) {
            let bound = quantity(bound);
            let (request, limit) = (given(requests, name), given(limits, name));
            let said = format!("{word} {name} usage per {kind} is {bound}");
            let beyond = |q: &Quantity| {
                if low { q.nanos() < bound.nanos() } else { q.nanos() > bound.nanos() }
            };
            let order = if low {
                [("request", request), ("limit", limit)]
            } else {
                [("limit", limit), ("request", request)]
            };
            match order {
                [(what, None), _] => {
                    let what = if what == "request" { "No request" } else { "No limit" };
                    found.push(format!("{said}.  {what} is specified"));
                }
                all => {
                    let first = all.iter().find_map(|(what, q)| Some((*what, q.filter(beyond)?)));
                    found.extend(first.map(|(what, q)| format!("{said}, but {what} is {q}")));
                }
            }
        }
    }
    for (name, bound) in each(&item["maxLimitRequestRatio"]) {
        let bound = quantity(bound);
        let said = format!("{name} max limit to request ratio per {kind} is {bound}");
        let some = |list| given(list, name).map_or(0, Quantity::nanos);
        match (some(requests), some(limits)) {
            (0, _) => found.push(said + ", but no request is specified or request is 0"),
            (_, 0) => found.push(said + ", but no limit is specified or limit is 0"),
            (request, limit) => {
                let millionths = (limit * 1_000_000 + request / 2) / request;
                if millionths * 1000 > bound.nanos() {
                    let (whole, rest) = (millionths / 1_000_000, millionths % 1_000_000);
                    found.push(format!("{said}, but provided ratio is {whole}.{rest:06}"));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(item: Value) -> PlainObject {
        let body = json!({"spec": {"limits": [item]}});
        PlainObject { kind: "LimitRange".into(), meta: ObjectMeta::default(), body }
    }

    fn spec(resources: Value) -> Value {
        json!({"containers": [{"name": "app", "resources": resources}]})
    }

    #[test]
    fn what_is_not_said_is_filled_in() {
        let item = json!({"type": "Container", "default": {"cpu": "500m"},
                          "defaultRequest": {"cpu": "100m", "memory": "64Mi"}});
        let mut pod = spec(json!({"requests": {"memory": "1Gi"}}));
        let said = filled(&mut pod, &range(item));
        assert_eq!(said, ["cpu request for container app", "cpu limit for container app"]);
        let resources = &pod["containers"][0]["resources"];
        assert_eq!(resources["requests"], json!({"memory": "1Gi", "cpu": "100m"}));
        assert_eq!(resources["limits"], json!({"cpu": "500m"}));
    }

    #[test]
    fn what_is_out_of_bounds_is_named() {
        let item = |field: &str, amount: &str| {
            let mut item = json!({"type": "Container"});
            item[field] = json!({"cpu": amount});
            range(item)
        };
        let both = spec(json!({"requests": {"cpu": "200m"}, "limits": {"cpu": "2"}}));
        let none = spec(json!({}));
        for (range, pod, want) in [
            (item("max", "1"), &both, "maximum cpu usage per Container is 1, but limit is 2"),
            (
                item("max", "1"),
                &none,
                "maximum cpu usage per Container is 1.  No limit is specified",
            ),
            (
                item("min", "300m"),
                &both,
                "minimum cpu usage per Container is 300m, but request is 200m",
            ),
            (
                item("maxLimitRequestRatio", "4"),
                &both,
                "cpu max limit to request ratio per Container is 4, but provided ratio is 10.000000",
            ),
        ] {
            assert_eq!(plan_objections(pod, &range), [want]);
        }
        assert!(plan_objections(&both, &item("max", "2")).is_empty());
        let claim = |size: &str| json!({"resources": {"requests": {"storage": size}}});
        let item = json!({"type": CLAIM, "min": {"storage": "1Gi"}, "max": {"storage": "2Gi"}});
        let against = |size: &str| claim_objections(&claim(size), &range(item.clone()));
        let said = "storage usage per PersistentVolumeClaim is";
        assert_eq!(against("500Mi"), [format!("minimum {said} 1Gi, but request is 500Mi")]);
        assert_eq!(against("5Gi"), [format!("maximum {said} 2Gi, but request is 5Gi")]);
        assert!(against("2Gi").is_empty());
        let mut two = both.clone();
        two["initContainers"] = json!([{"resources": {"limits": {"cpu": "3"}}}]);
        assert_eq!(sum(&two, "limits"), json!({"cpu": "3"}));
    }
}
