//! A Node with what its Pods ask of it.

use super::events::of_kind;
use super::text::Text;
use crate::api::print::cells::roles;
use crate::api::print::values::{amount, at, go, is_set, items, or, quantity, since};
use crate::api::quantity::Quantity;
use crate::base::json::Value;
use crate::base::{Map, sort_by_key};

/// Source: kubectl describe/describe.go describeNode
pub fn node(text: &mut Text, node: &Value, all: &[Value]) {
    text.fill("Name:\t{metadata.name}\n", node);
    text.put(&["Roles:\t", &or(roles(node).join(","), "<none>"), "\n"]);
    text.marks(node);
    text.fill("CreationTimestamp:\t{#metadata.creationTimestamp}\n", node);
    taints(text, &node["spec"]["taints"]);
    text.fill("Unschedulable:\t{spec.unschedulable?false}\n", node);
    lease(text, node, all);
    let status = &node["status"];
    if is_set(&status["conditions"]) {
        text.put(&["Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\t"]);
        text.put(&[
            "Message\n  ----\t------\t-----------------\t------------------\t------\t-------\n",
        ]);
    }
    for condition in items(&status["conditions"]) {
        let template = "  {type} \t{status} \t{#lastHeartbeatTime} \t{#lastTransitionTime} \t\
                        {reason} \t{message}\n";
        text.fill(template, condition);
    }
    text.put(&["Addresses:\n"]);
    items(&status["addresses"]).for_each(|a| text.fill("  {type}:\t{address}\n", a));
    for (title, field) in [("Capacity", "capacity"), ("Allocatable", "allocatable")] {
        if is_set(&status[field]) {
            text.put(&[title, ":\n"]);
        }
        for (name, amount) in status[field].as_object().into_iter().flatten() {
            text.put(&["  ", name, ":\t", &quantity(amount), "\n"]);
        }
    }
    text.fill(SYSTEM, &status["nodeInfo"]);
    text.fill("~podCIDR~PodCIDR:\t{podCIDR}\n~podCIDRs~PodCIDRs:\t{,podCIDRs}\n", &node["spec"]);
    text.fill("~providerID~ProviderID:\t{providerID}\n", &node["spec"]);
    pods(text, node, all);
}

const SYSTEM: &str = "System Info:\n  Machine ID:\t{machineID}\n  System UUID:\t{systemUUID}\n  \
    Boot ID:\t{bootID}\n  Kernel Version:\t{kernelVersion}\n  OS Image:\t{osImage}\n  \
    Operating System:\t{operatingSystem}\n  Architecture:\t{architecture}\n  \
    Container Runtime Version:\t{containerRuntimeVersion}\n  \
    Kubelet Version:\t{kubeletVersion}\n  Kube-Proxy Version:\t{kubeProxyVersion}\n";

/// Source: printTaintsMultilineWithIndent; core/v1 Taint.ToString
fn taints(text: &mut Text, list: &Value) {
    let mut list: Vec<&Value> = items(list).collect();
    sort_by_key(&mut list, |taint| [&go(&taint["effect"]), ",", &go(&taint["key"])].concat());
    let line = |taint: &&Value| {
        let (key, value) = (go(&taint["key"]), go(&taint["value"]));
        match (go(&taint["effect"]), value.is_empty()) {
            (effect, true) if effect.is_empty() => key,
            (effect, false) if effect.is_empty() => [&key, "=", &value, ":"].concat(),
            (effect, true) => [&key, ":", &effect].concat(),
            (effect, false) => [&key, "=", &value, ":", &effect].concat(),
        }
    };
    text.list("Taints", &list.iter().map(line).collect::<Vec<_>>());
}

/// Source: describeNodeLease
fn lease(text: &mut Text, node: &Value, all: &[Value]) {
    let name = &node["metadata"]["name"];
    let mut leases = of_kind("Lease", all).filter(|lease| lease["metadata"]["name"] == *name);
    let Some(lease) = leases.next() else {
        let why = ["leases.coordination.k8s.io \"", &go(name), "\" not found"].concat();
        return text.put(&["Lease:\tFailed to get lease: ", &why, "\n"]);
    };
    text.fill("Lease:\n  HolderIdentity:\t{spec.holderIdentity?<unset>}\n", lease);
    for (title, field) in [("AcquireTime", "acquireTime"), ("RenewTime", "renewTime")] {
        match is_set(&lease["spec"][field]) {
            true => text.fill(&["  ", title, ":\t{#spec.", field, "}\n"].concat(), lease),
            false => text.put(&["  ", title, ":\t<unset>\n"]),
        }
    }
}

/// Amounts by resource.
type Amounts = Map<String, Quantity>;

/// What a Pod asks for or may use at most: `requests` or `limits`.
/// Source: kubectl util/resource/resource.go PodRequestsAndLimits
pub fn pod_amounts(pod: &Value, field: &str) -> Amounts {
    let spec = &pod["spec"];
    let mut sum = Amounts::new();
    items(&spec["containers"]).for_each(|c| add(&mut sum, &c["resources"][field]));
    let (mut sidecars, mut peak) = (Amounts::new(), Amounts::new());
    for container in items(&spec["initContainers"]) {
        let mut running = sidecars.clone();
        add(&mut running, &container["resources"][field]);
        if container["restartPolicy"] == "Always" {
            add(&mut sum, &container["resources"][field]);
            sidecars = running.clone();
        }
        raise(&mut peak, &running);
    }
    raise(&mut sum, &peak);
    // Overhead counts against a limit only where there is one.
    for (name, amount) in spec["overhead"].as_object().into_iter().flatten() {
        if field == "requests" || sum.contains_key(name) {
            plus(&mut sum, name, amount);
        }
    }
    sum
}

fn add(sum: &mut Amounts, list: &Value) {
    list.as_object().into_iter().flatten().for_each(|(name, amount)| plus(sum, name, amount));
}

fn plus(sum: &mut Amounts, name: &str, value: &Value) {
    let Some(more) = amount(value) else { return };
    let new = sum.get(name).map_or(more, |old| old.plus(more));
    sum.insert(name.to_string(), new);
}

fn raise(to: &mut Amounts, least: &Amounts) {
    for (name, amount) in least.iter() {
        if to.get(name).is_none_or(|is| is < amount) {
            to.insert(name.clone(), *amount);
        }
    }
}

/// Source: describeNodeResource
fn pods(text: &mut Text, node: &Value, all: &[Value]) {
    let name = &node["metadata"]["name"];
    let ended = |pod: &Value| ["Succeeded", "Failed"].iter().any(|p| pod["status"]["phase"] == *p);
    let pods: Vec<&Value> =
        of_kind("Pod", all).filter(|pod| pod["spec"]["nodeName"] == *name && !ended(pod)).collect();
    let room = ["allocatable", "capacity"].map(|field| &node["status"][field]);
    let room = if is_set(room[0]) { room[0] } else { room[1] };
    text.put(&["Non-terminated Pods:\t(", &pods.len().to_string(), " in total)\n"]);
    text.put(&[
        "  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n",
    ]);
    text.put(&[
        "  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n",
    ]);
    let mut sums = [Amounts::new(), Amounts::new()];
    for pod in pods {
        let amounts = ["requests", "limits"].map(|field| pod_amounts(pod, field));
        text.fill("  {metadata.namespace}\t{metadata.name}\t", pod);
        for resource in ["cpu", "memory"] {
            for amounts in &amounts {
                text.put(&["\t", &share(amounts, resource, room)]);
            }
        }
        text.put(&["\t", &since(at(pod, "metadata.creationTimestamp"), text.now), "\n"]);
        for (sum, amounts) in sums.iter_mut().zip(amounts) {
            for (name, amount) in amounts.iter() {
                let new = sum.get(name).map_or(*amount, |old| old.plus(*amount));
                sum.insert(name.clone(), new);
            }
        }
    }
    text.put(&[
        "Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n",
    ]);
    text.put(&["  Resource\tRequests\tLimits\n  --------\t--------\t------\n"]);
    let names = room.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let (huge, other): (Vec<&str>, Vec<&str>) = names
        .filter(|n| !["cpu", "memory", "ephemeral-storage", "pods", "storage"].contains(n))
        .partition(|name| name.starts_with("hugepages-"));
    let main = ["cpu", "memory", "ephemeral-storage"];
    for resource in main.into_iter().chain(huge) {
        let [requests, limits] = &sums;
        let (requests, limits) = (share(requests, resource, room), share(limits, resource, room));
        text.put(&["  ", resource, "\t", &requests, "\t", &limits, "\n"]);
    }
    for resource in other {
        let amounts = sums.each_ref().map(|sum| shown(sum, resource));
        text.put(&["  ", resource, "\t", &amounts[0], "\t", &amounts[1], "\n"]);
    }
}

fn shown(amounts: &Amounts, resource: &str) -> String {
    amounts.get(resource).copied().unwrap_or(Quantity::ZERO).to_string()
}

/// An amount and its part of what there is: `100m (5%)`.
fn share(amounts: &Amounts, resource: &str, room: &Value) -> String {
    let is = amounts.get(resource).copied().unwrap_or(Quantity::ZERO);
    let all = amount(&room[resource]).unwrap_or(Quantity::ZERO);
    let of = |q: Quantity| if resource == "cpu" { q.milli() } else { q.whole() };
    [&is.to_string(), " (", &percent(of(is), of(all)).to_string(), "%)"].concat()
}

/// `a / b * 100` as Go computes it with 64-bit floats, cut to a whole number: 29 of 100 are 28.
fn percent(a: i64, b: i64) -> i128 {
    if b == 0 || a == 0 {
        return 0;
    }
    let (a, b) = (i128::from(a), i128::from(b));
    // The quotient with 53 bits: scaled so that it has more of them, then rounded.
    let mut shift = 0;
    while (a << shift) / b < 1 << 54 && shift < 64 {
        shift += 1;
    }
    let quotient = rounded((a << shift) / b, (a << shift) % b != 0);
    rounded(quotient * 100, false) >> shift
}

/// To 53 bits, half to even; `more`: something is left below the last bit.
fn rounded(value: i128, more: bool) -> i128 {
    let extra = (128 - value.leading_zeros()).saturating_sub(53);
    if extra == 0 {
        return value;
    }
    let (kept, rest, half) = (value >> extra, value & ((1 << extra) - 1), 1 << (extra - 1));
    let up = rest > half || (rest == half && (more || kept & 1 == 1));
    (kept + i128::from(up)) << extra
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_those_of_floats() {
        let rows =
            [(29, 100, 28), (58, 200, 28), (57, 100, 56), (1, 3, 33), (2, 2, 100), (7, 0, 0)];
        for (a, b, want) in rows {
            assert_eq!(percent(a, b), want, "{a}/{b}");
        }
        assert_eq!(percent(134_217_728, 25_171_644_416), 0);
        assert_eq!(percent(5_000, 2_000), 250);
    }
}
