//! Validation of requests and limits.
//!
//! Source: validation.go validateResourceRequirements, validateContainerResourceName,
//! validatePodResources, validateResizePolicy.

use crate::base::json::Value;

use super::errors::{Errors, entries, is_set, items, text};
use crate::api::quantity::Quantity;

/// Names without a prefix that mean something in some list of resources.
pub(super) const STANDARD: &str = "cpu memory ephemeral-storage storage pods services \
    replicationcontrollers resourcequotas secrets configmaps persistentvolumeclaims requests.cpu \
    requests.memory requests.storage requests.ephemeral-storage limits.cpu limits.memory \
    limits.ephemeral-storage services.nodeports services.loadbalancers";

/// Validates the resources of a container.
pub(super) fn container<'v>(e: &mut Errors<'v>, resources: &'v Value) {
    requirements(e, resources, container_name);
}

/// Validates the overhead of a Pod, as upstream does: as limits.
pub(super) fn overhead(e: &mut Errors, overhead: &Value) {
    e.at("limits", |e| amounts(e, overhead, container_name));
}

type NameCheck = fn(&mut Errors, &str);

fn requirements<'v>(e: &mut Errors<'v>, resources: &'v Value, name_check: NameCheck) {
    let (limits, requests) = (&resources["limits"], &resources["requests"]);
    e.at("limits", |e| amounts(e, limits, name_check));
    for (name, amount) in entries(requests) {
        let request = quantity(amount);
        e.at("requests", |e| {
            e.key(name, |e| one(e, name, request, name_check));
            against_limit(e, name, request, limits.get(name).map(quantity));
        });
        if limits.get(name).is_none() && !may_overcommit(name) {
            e.required("limits", "Limit must be set for non overcommitable resources");
        }
    }
    let names: Vec<&String> = entries(limits).chain(entries(requests)).map(|(n, _)| n).collect();
    let huge = names.iter().any(|n| is_huge(n));
    if huge && !names.iter().any(|n| *n == "cpu" || *n == "memory") {
        e.forbidden("", "HugePages require cpu or memory");
    }
    claims(e, resources);
}

fn amounts(e: &mut Errors, list: &Value, name_check: NameCheck) {
    for (name, amount) in entries(list) {
        e.key(name, |e| one(e, name, quantity(amount), name_check));
    }
}

/// The amount in a list of resources, nothing if it is none.
pub(super) fn quantity(amount: &Value) -> Quantity {
    let text = amount.as_str().map_or_else(|| amount.to_string(), str::to_string);
    Quantity::parse(&text).unwrap_or(Quantity::ZERO)
}

fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// Whether it is a size of huge pages.
pub(super) fn is_huge(name: &str) -> bool {
    name.starts_with("hugepages-")
}

fn may_overcommit(name: &str) -> bool {
    is_native(name) && !is_huge(name)
}

/// A name that some list of resources may have; gives whether it is sound.
pub(super) fn name(e: &mut Errors, name: &str) -> bool {
    let before = e.count();
    e.form("qualified", name);
    let huge = is_huge(name) || name.starts_with("requests.hugepages-");
    let standard = huge || name.contains('/') || STANDARD.split(' ').any(|s| s == name);
    if e.count() == before && !standard {
        e.bad_text("", name, "must be a standard resource type or fully qualified");
    }
    e.count() == before
}

fn container_name(e: &mut Errors, name: &str) {
    self::name(e, name);
    if !name.contains('/') {
        if !["cpu", "memory", "ephemeral-storage"].contains(&name) && !is_huge(name) {
            e.bad_text("", name, "must be a standard resource for containers");
        }
    } else if !is_native(name) && name.starts_with("requests.") {
        e.bad_text("", name, "doesn't follow extended resource name standard");
    }
}

fn pod_name(e: &mut Errors, name: &str) {
    let supported = ["cpu", "memory"].contains(&name) || is_huge(name);
    if self::name(e, name) && !supported {
        e.not_supported("", &name.into(), "cpu|hugepages-|memory");
    }
}

fn one(e: &mut Errors, name: &str, amount: Quantity, name_check: NameCheck) {
    name_check(e, name);
    self::amount(e, name, amount);
    let bytes = name.strip_prefix("hugepages-").and_then(Quantity::parse);
    if let Some(bytes) = bytes.filter(|b| *b > Quantity::ZERO)
        && (amount <= Quantity::ZERO || amount.nanos() % bytes.nanos() != 0)
    {
        let words = format!("{amount} is not positive integer multiple of {name}");
        e.bad_text("", &amount.to_string(), &words);
    }
}

/// Validates an amount of resource `name`: what is counted comes in whole numbers.
pub(super) fn amount(e: &mut Errors, name: &str, amount: Quantity) {
    if amount < Quantity::ZERO {
        e.bad_text("", &amount.to_string(), "must be greater than or equal to 0");
    }
    let counted = "pods resourcequotas services replicationcontrollers secrets configmaps \
        persistentvolumeclaims services.nodeports services.loadbalancers";
    if (!is_native(name) || counted.split(' ').any(|c| c == name)) && !amount.is_whole() {
        e.bad_text("", &amount.to_string(), "must be an integer");
    }
}

fn against_limit(e: &mut Errors, name: &str, request: Quantity, limit: Option<Quantity>) {
    let Some(limit) = limit else { return };
    let words = match () {
        () if request != limit && !may_overcommit(name) => "equal to",
        () if request > limit => "less than or equal to",
        () => return,
    };
    let words = format!("must be {words} {name} limit of {limit}");
    e.bad_text("", &request.to_string(), &words);
}

fn claims<'v>(e: &mut Errors<'v>, resources: &'v Value) {
    let mut known: Vec<&str> =
        items(e.spec, "resourceClaims").iter().map(|c| text(c, "name")).collect();
    crate::base::sort(&mut known);
    e.at("claims", |e| {
        e.each(&resources["claims"], &mut |e, claim| {
            let name = text(claim, "name");
            if name.is_empty() {
                return e.required("", "");
            }
            if e.taken.contains(&name) {
                e.duplicate("", &name.into());
            }
            e.taken.push(name);
            if !known.contains(&name) {
                let mut words = "must be one of the names in pod.spec.resourceClaims".to_string();
                match known[..] {
                    [] => words.push_str(" which is empty"),
                    _ => words.push_str(&format!(": {}", known.join(", "))),
                }
                e.not_found("", name, &words);
            }
        });
    });
}

/// Validates a claim of a Pod: it names one thing.
pub(super) fn pod_claim(e: &mut Errors, claim: &Value) {
    let kinds = ["resourceClaimName", "resourceClaimTemplateName"];
    let words = match kinds.iter().filter(|k| is_set(claim, k)).count() {
        0 => "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`",
        1 => "",
        _ => "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
    };
    if !words.is_empty() {
        e.invalid("", claim, words);
    }
    for kind in kinds {
        if let Some(name) = claim[kind].as_str() {
            e.at(kind, |e| e.form("subdomain", name));
        }
    }
}

/// Validates the resources of a whole Pod.
pub(super) fn pod<'v>(e: &mut Errors<'v>, resources: &'v Value) {
    if resources.is_null() {
        return;
    }
    if text(&e.spec["os"], "name") == "windows" {
        return e.forbidden("", "may not be set for a windows pod");
    }
    if is_set(resources, "claims") {
        e.forbidden("claims", "claims may not be set for Resources at pod-level");
    }
    requirements(e, resources, pod_name);
    enough_for_all(e, resources);
}

/// The containers' requests together, and the limits of each, fit into those of the Pod.
fn enough_for_all(e: &mut Errors, resources: &Value) {
    let spec = e.spec;
    for (name, amount) in entries(&resources["requests"]) {
        let all = all_requests(spec, name);
        if all > quantity(amount) {
            let words =
                format!("must be greater than or equal to aggregate container requests of {all}");
            let amount = quantity(amount).to_string();
            e.at("requests", |e| e.key(name, |e| e.bad_text("", &amount, &words)));
        }
    }
    for (i, container) in items(spec, "containers").iter().enumerate() {
        for (name, limit) in entries(&container["resources"]["limits"]) {
            let (Some(most), limit) = (resources["limits"].get(name), quantity(limit)) else {
                continue;
            };
            let most = quantity(most);
            if limit > most {
                let words = format!("must be less than or equal to pod limits of {most}");
                let limit = limit.to_string();
                // Upstream makes the path up like this.
                e.at("containers", |e| {
                    e.index(i, |e| e.key(name, |e| e.bad_text("limits", &limit, &words)));
                });
            }
        }
    }
}

/// What the containers of a Pod may ask of a resource at one time.
///
/// Source: component-helpers/resource/helpers.go AggregateContainerRequests.
fn all_requests(spec: &Value, name: &str) -> Quantity {
    let of = |container: &Value| quantity(&container["resources"]["requests"][name]);
    let regular = items(spec, "containers").iter().map(of);
    let mut at_once = regular.fold(Quantity::ZERO, Quantity::plus);
    let (mut sidecars, mut most) = (Quantity::ZERO, Quantity::ZERO);
    for init in items(spec, "initContainers") {
        let now = sidecars.plus(of(init));
        if text(init, "restartPolicy") == "Always" {
            at_once = at_once.plus(of(init));
            sidecars = now;
        }
        most = most.max(now);
    }
    at_once.max(most)
}

/// Validates the resize policies of a container; most errors are told at the list.
pub(super) fn resize<'v>(e: &mut Errors<'v>, list: &'v Value) {
    let never = text(e.spec, "restartPolicy") == "Never";
    let mut taken: Vec<&str> = Vec::new();
    for (i, policy) in list.as_array().into_iter().flatten().enumerate() {
        let (resource, restart) = (text(policy, "resourceName"), text(policy, "restartPolicy"));
        if taken.contains(&resource) {
            e.index(i, |e| e.duplicate("", &resource.into()));
        }
        taken.push(resource);
        choice(e, resource, "cpu|memory");
        choice(e, restart, "NotRequired|RestartContainer");
        if never && restart != "NotRequired" {
            let words = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
            e.bad_text("", restart, words);
        }
    }
}

fn choice(e: &mut Errors, value: &str, supported: &str) {
    if value.is_empty() {
        e.required("", "");
    } else if !supported.split('|').any(|s| s == value) {
        e.not_supported("", &value.into(), supported);
    }
}
