//! What a Pod asks of a node, and whether a node has that much left.
//!
//! Source: component-helpers/resource/helpers.go PodRequests

use super::node::Node;
use super::quantity::Quantity;
use crate::base::Map;
use crate::base::json::Value;

/// Amounts of resources.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Amounts {
    /// Thousandths of a CPU.
    pub cpu: i64,
    /// Bytes.
    pub memory: i64,
    /// Bytes.
    pub storage: i64,
    /// Of what else there is, in its own unit: extended resources, huge pages.
    pub others: Map<String, i64>,
}

impl Amounts {
    /// Reads a resource list.
    pub fn of(list: &Value) -> Self {
        let mut all = Amounts::default();
        for (name, value) in list.as_object().into_iter().flatten() {
            let amount = match value {
                Value::Number(n) => Quantity::parse(&n.to_string()),
                other => Quantity::parse(other.as_str().unwrap_or_default()),
            };
            let amount = amount.map_or(0, |q| if name == "cpu" { q.milli() } else { q.whole() });
            if name != "pods" {
                *all.get_mut(name) = amount;
            }
        }
        all
    }

    fn get_mut(&mut self, name: &str) -> &mut i64 {
        match name {
            "cpu" => &mut self.cpu,
            "memory" => &mut self.memory,
            "ephemeral-storage" => &mut self.storage,
            _ => self.others.entry(name).or_insert(0),
        }
    }

    /// How much of a resource.
    pub fn get(&self, name: &str) -> i64 {
        match name {
            "cpu" => self.cpu,
            "memory" => self.memory,
            "ephemeral-storage" => self.storage,
            _ => self.others.get(name).copied().unwrap_or(0),
        }
    }

    /// Both together.
    pub fn plus(mut self, other: &Amounts) -> Self {
        other.names().for_each(|n| {
            let sum = self.get(n).saturating_add(other.get(n));
            *self.get_mut(n) = sum;
        });
        self
    }

    /// The larger of each.
    fn max(mut self, other: &Amounts) -> Self {
        other.names().for_each(|n| *self.get_mut(n) = self.get(n).max(other.get(n)));
        self
    }

    /// The resources that may be in it, in the order in which they are looked at.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        ["cpu", "memory", "ephemeral-storage"]
            .into_iter()
            .chain(self.others.keys().map(String::as_str))
    }
}

/// What a Pod of this spec asks for: the most it needs at any moment of its life. App containers
/// and sidecars run at once; an init container runs beside the sidecars before it. What the Pod
/// as a whole asks for goes over what its containers do. `of` reads a container's requests.
fn total(spec: &Value, of: impl Fn(&Value) -> Amounts) -> Amounts {
    let list = |name: &str| spec[name].as_array().into_iter().flatten();
    let mut running = Amounts::default();
    list("containers").for_each(|c| running = std::mem::take(&mut running).plus(&of(c)));
    let (mut sidecars, mut peak) = (Amounts::default(), Amounts::default());
    for container in list("initContainers") {
        let with = sidecars.clone().plus(&of(container));
        peak = peak.max(&with);
        if container["restartPolicy"] == "Always" {
            sidecars = with;
        }
    }
    let mut all = running.plus(&sidecars).max(&peak);
    let whole = Amounts::of(&spec["resources"]["requests"]);
    whole.names().filter(|n| whole.get(n) > 0).for_each(|n| *all.get_mut(n) = whole.get(n));
    all.plus(&Amounts::of(&spec["overhead"]))
}

/// How much of a resource the containers of a Pod of this spec have at most at any moment by
/// their `list`, `requests` or `limits`; none if none of them says.
/// Source: component-helpers/resource/helpers.go AggregateContainerRequests, …Limits
pub fn at_once(spec: &Value, list: &str, resource: &str) -> Option<Quantity> {
    let all = |field: &str| spec[field].as_array().into_iter().flatten();
    let of = |c: &Value| match &c["resources"][list][resource] {
        Value::String(text) => Quantity::parse(text),
        Value::Number(number) => Quantity::parse(&number.to_string()),
        _ => None,
    };
    let add = |sum: Option<Quantity>, more: Option<Quantity>| match (sum, more) {
        (Some(sum), Some(more)) => Some(sum.plus(more)),
        (sum, more) => sum.or(more),
    };
    let running = all("containers").map(of).fold(None, add);
    let (mut sidecars, mut peak) = (None, None);
    for container in all("initContainers") {
        let with = add(sidecars, of(container));
        peak = peak.max(with);
        if container["restartPolicy"] == "Always" {
            sidecars = with;
        }
    }
    add(running, sidecars).max(peak)
}

/// A port of the node that a container wants for itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HostPort {
    ip: String,
    protocol: String,
    port: i64,
}

impl HostPort {
    /// Whether both cannot be had.
    /// Source: scheduler framework/types.go HostPortInfo.CheckConflict
    fn conflicts(&self, other: &HostPort) -> bool {
        let any = |ip: &str| ip.is_empty() || ip == "0.0.0.0";
        let ips = any(&self.ip) || any(&other.ip) || self.ip == other.ip;
        self.port == other.port && self.protocol == other.protocol && ips
    }
}

/// What a Pod needs of its node; read once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Needs {
    /// What it asks for.
    pub asked: Amounts,
    /// The same with something for containers that ask for no CPU or no memory: what the
    /// scheduler compares nodes by.
    pub scored: Amounts,
    /// Ports of the node.
    pub ports: Vec<HostPort>,
    /// Its priority.
    pub priority: i64,
}

/// What is counted of a container that does not say: thousandths of a CPU, and bytes.
/// Source: scheduler util/pod_resources.go DefaultMilliCPURequest, DefaultMemoryRequest
const UNSAID: [(&str, i64); 2] = [("cpu", 100), ("memory", 200 << 20)];

impl Needs {
    /// Reads a Pod's spec.
    pub fn of(spec: &Value) -> Self {
        let asks = |c: &Value| Amounts::of(&c["resources"]["requests"]);
        let scored = |c: &Value| {
            let mut asked = asks(c);
            for (name, amount) in UNSAID {
                if c["resources"]["requests"][name].is_null() {
                    *asked.get_mut(name) = amount;
                }
            }
            asked
        };
        Needs {
            asked: total(spec, asks),
            scored: total(spec, scored),
            ports: host_ports(spec),
            priority: spec["priority"].as_i64().unwrap_or(0),
        }
    }

    /// Whether it wants a port of the node that `other` has.
    pub fn ports_conflict(&self, other: &Needs) -> bool {
        self.ports.iter().any(|w| other.ports.iter().any(|t| w.conflicts(t)))
    }
}

fn host_ports(spec: &Value) -> Vec<HostPort> {
    let sidecar = |c: &&Value| c["restartPolicy"] == "Always";
    let inits = spec["initContainers"].as_array().into_iter().flatten().filter(sidecar);
    let all = spec["containers"].as_array().into_iter().flatten().chain(inits);
    let ports = all.flat_map(|c| c["ports"].as_array().into_iter().flatten());
    let text = |v: &Value, unset: &str| v.as_str().unwrap_or(unset).to_string();
    let read = |p: &Value| {
        let port = p["hostPort"].as_i64().filter(|port| *port > 0)?;
        let (ip, protocol) = (text(&p["hostIP"], ""), text(&p["protocol"], "TCP"));
        Some(HostPort { ip, protocol, port })
    };
    ports.filter_map(read).collect()
}

/// A resource of which a node has too little left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lack {
    /// Its name: `cpu`, `pods`.
    pub name: String,
    /// What is asked for.
    pub asked: i64,
    /// What others have asked for.
    pub used: i64,
    /// What there is for all.
    pub whole: i64,
}

/// Of what a node has too little for a Pod that asks for `asked`, while `count` Pods ask for `used`
/// together. The scheduler and the kubelet go by this one comparison.
/// Source: scheduler framework/plugins/noderesources/fit.go fitsRequest
pub fn lacks(asked: &Amounts, node: &Node, count: usize, used: &Amounts) -> Vec<Lack> {
    let lack = |name: &str, asked: i64, used: i64, whole: i64| {
        let name = name.to_string();
        (asked > 0 && asked > whole - used).then_some(Lack { name, asked, used, whole })
    };
    let pods = lack("pods", 1, count as i64, node.pods);
    let of = |n: &str| lack(n, asked.get(n), used.get(n), node.allocatable.get(n));
    pods.into_iter().chain(asked.names().filter_map(of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn asked(spec: Value) -> Amounts {
        Needs::of(&spec).asked
    }

    #[test]
    fn a_pod_asks_for_the_most_it_needs_at_once() {
        let c = |cpu: &str| json!({"resources": {"requests": {"cpu": cpu, "memory": "1Ki"}}});
        let sidecar =
            json!({"restartPolicy": "Always", "resources": {"requests": {"cpu": "200m"}}});
        let cpu = |spec: Value| asked(spec).cpu;
        assert_eq!(cpu(json!({"containers": [c("1"), c("500m")]})), 1500);
        assert_eq!(cpu(json!({"containers": [c("1")], "initContainers": [c("3")]})), 3000);
        assert_eq!(cpu(json!({"containers": [c("1")], "initContainers": [sidecar, c("2")]})), 2200);
        let both = json!({"containers": [c("1"), c("1")], "overhead": {"cpu": "50m"}});
        assert_eq!(asked(both), Amounts { cpu: 2050, memory: 2048, ..Amounts::default() });
    }

    #[test]
    fn what_the_pod_says_as_a_whole_goes_over_its_containers() {
        let c = json!({"resources": {"requests": {"cpu": "1", "memory": "1Ki", "a.b/gpu": 2}}});
        let spec = json!({"containers": [c, c], "resources": {"requests": {"cpu": "500m"}}});
        let all = asked(spec);
        assert_eq!((all.cpu, all.memory, all.get("a.b/gpu")), (500, 2048, 4));
    }

    #[test]
    fn containers_that_ask_for_nothing_still_weigh_something() {
        let zero = json!({"resources": {"requests": {"cpu": "0"}}});
        let needs = Needs::of(&json!({"containers": [{}, zero]}));
        assert_eq!((needs.asked.cpu, needs.scored.cpu), (0, 100));
        assert_eq!(needs.scored.memory, 400 << 20);
    }

    #[test]
    fn what_is_lacking_comes_in_a_fixed_order() {
        let whole = Amounts::of(&json!({"cpu": "2", "memory": "1Gi"}));
        let node = Node { allocatable: whole, pods: 2, ..Node::default() };
        let used = Amounts { cpu: 1500, ..Amounts::default() };
        let asked = Amounts::of(&json!({"memory": "2Gi", "cpu": "1", "a.b/gpu": "1"}));
        let names = |count| -> Vec<String> {
            lacks(&asked, &node, count, &used).into_iter().map(|l| l.name).collect()
        };
        assert_eq!(names(2), ["pods", "cpu", "memory", "a.b/gpu"]);
        let fits = Amounts { cpu: 500, ..Amounts::default() };
        assert_eq!(lacks(&fits, &node, 1, &used), []);
    }

    #[test]
    fn host_ports_conflict_by_number_protocol_and_address() {
        let with = |port: Value| Needs::of(&json!({"containers": [{"ports": [port]}]}));
        let any = with(json!({"hostPort": 80}));
        for (port, conflict) in [
            (json!({"hostPort": 80, "hostIP": "10.0.0.1"}), true),
            (json!({"hostPort": 80, "protocol": "UDP"}), false),
            (json!({"hostPort": 81}), false),
            (json!({"containerPort": 80}), false),
        ] {
            assert_eq!(with(port.clone()).ports_conflict(&any), conflict, "{port}");
        }
        let one = with(json!({"hostPort": 80, "hostIP": "10.0.0.1"}));
        assert!(!one.ports_conflict(&with(json!({"hostPort": 80, "hostIP": "10.0.0.2"}))));
    }
}
