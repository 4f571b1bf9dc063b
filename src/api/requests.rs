//! What a Pod asks of a node.
//!
//! Source: component-helpers/resource/helpers.go PodRequests

use super::quantity::Quantity;
use crate::base::json::Value;

/// Amounts of the resources that are counted here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Amounts {
    /// Thousandths of a CPU.
    pub cpu: i64,
    /// Bytes.
    pub memory: i64,
    /// Bytes.
    pub storage: i64,
}

impl Amounts {
    /// Reads a resource list.
    pub fn of(list: &Value) -> Self {
        let read = |name: &str| match &list[name] {
            Value::Number(n) => Quantity::parse(&n.to_string()),
            other => Quantity::parse(other.as_str().unwrap_or_default()),
        };
        Amounts {
            cpu: read("cpu").map_or(0, Quantity::milli),
            memory: read("memory").map_or(0, Quantity::whole),
            storage: read("ephemeral-storage").map_or(0, Quantity::whole),
        }
    }

    /// Both together.
    pub fn plus(self, other: Amounts) -> Self {
        self.each(other, |a, b| a.saturating_add(b))
    }

    fn max(self, other: Amounts) -> Self {
        self.each(other, i64::max)
    }

    fn each(self, other: Amounts, of: fn(i64, i64) -> i64) -> Self {
        Amounts {
            cpu: of(self.cpu, other.cpu),
            memory: of(self.memory, other.memory),
            storage: of(self.storage, other.storage),
        }
    }
}

/// What the Pod of this spec asks for: the most it needs at any moment of its life. App containers
/// and sidecars run at once; an init container runs beside the sidecars before it.
pub fn pod_requests(spec: &Value) -> Amounts {
    let of = |container: &Value| Amounts::of(&container["resources"]["requests"]);
    let list = |name: &str| spec[name].as_array().into_iter().flatten();
    let mut running = list("containers").map(of).fold(Amounts::default(), Amounts::plus);
    let (mut sidecars, mut peak) = (Amounts::default(), Amounts::default());
    for container in list("initContainers") {
        if container["restartPolicy"] == "Always" {
            sidecars = sidecars.plus(of(container));
            peak = peak.max(sidecars);
        } else {
            peak = peak.max(sidecars.plus(of(container)));
        }
    }
    running = running.plus(sidecars).max(peak);
    running.plus(Amounts::of(&spec["overhead"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_pod_asks_for_the_most_it_needs_at_once() {
        let c = |cpu: &str| json!({"resources": {"requests": {"cpu": cpu, "memory": "1Ki"}}});
        let sidecar =
            json!({"restartPolicy": "Always", "resources": {"requests": {"cpu": "200m"}}});
        let cpu = |spec: Value| pod_requests(&spec).cpu;
        assert_eq!(cpu(json!({"containers": [c("1"), c("500m")]})), 1500);
        assert_eq!(cpu(json!({"containers": [c("1")], "initContainers": [c("3")]})), 3000);
        assert_eq!(cpu(json!({"containers": [c("1")], "initContainers": [sidecar, c("2")]})), 2200);
        let both = json!({"containers": [c("1"), c("1")], "overhead": {"cpu": "50m"}});
        assert_eq!(pod_requests(&both), Amounts { cpu: 2050, memory: 2048, storage: 0 });
    }
}
