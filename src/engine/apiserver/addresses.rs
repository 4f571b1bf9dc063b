//! Addresses and node ports of Services.
//!
//! Source: pkg/registry/core/service/storage/alloc.go; ipallocator, portallocator

use super::store::ApiServer;
use crate::base::draw;
use crate::base::json::{Map, Value, json};
use crate::engine::message::Refusal;
use crate::shell::net::Ip;

/// The range of Services' addresses. Source: kubeadm `--service-cidr` 10.96.0.0/12.
const RANGE: (Ip, u32) = (Ip(0x0a60_0000), 12);
/// The first addresses are left to those who choose their own. Source: ipallocator
/// calculateRangeOffset, at most 256.
const OFFSET: u64 = 256;
/// Node ports. Source: kube-apiserver `--service-node-port-range`.
const NODE_PORTS: (u64, u64) = (30_000, 2_768);
/// Addresses that every cluster has given away: the API server's and the name server's.
const TAKEN: [&str; 2] = ["10.96.0.1", "10.96.0.10"];

impl ApiServer {
    /// Gives a Service its address and node ports; an updated one keeps those it has.
    pub(super) fn give_addresses(
        &self,
        name: &str,
        spec: &mut Value,
        old: Option<&Value>,
        seed: u64,
    ) -> Result<(), Refusal> {
        if let Some(old) = old {
            keep_addresses(spec, old);
        }
        let Some(spec) =
            spec.as_object_mut().filter(|s| s.get("type") != Some(&"ExternalName".into()))
        else {
            return Ok(());
        };
        let chosen = text(spec, "clusterIP");
        if chosen.is_empty() {
            spec.insert("clusterIP".into(), json!(self.free_address(name, seed)));
        } else if chosen != "None" && old.is_none() {
            self.check_address(name, &chosen)?;
        }
        let ip = text(spec, "clusterIP");
        spec.entry("clusterIPs").or_insert_with(|| json!([ip]));
        if matches!(text(spec, "type").as_str(), "NodePort" | "LoadBalancer") {
            self.give_node_ports(name, spec, seed);
        }
        Ok(())
    }

    fn has_address(&self, ip: &str) -> bool {
        TAKEN.contains(&ip) || self.services().any(|s| s.spec["clusterIP"] == ip)
    }

    /// Addresses are random upstream; here they follow from the name.
    fn free_address(&self, name: &str, seed: u64) -> String {
        let size = (1 << (32 - RANGE.1)) - OFFSET - 1;
        let nth = |n| {
            let at = OFFSET + draw(seed, "cluster-ip", name, n, size);
            Ip(RANGE.0.0 | at as u32).to_string()
        };
        (0..1_000).map(nth).find(|ip| !self.has_address(ip)).unwrap_or_default()
    }

    fn check_address(&self, name: &str, ip: &str) -> Result<(), Refusal> {
        let why = match Ip::parse(ip) {
            Some(parsed) if !parsed.is_in(RANGE.0, RANGE.1) => {
                "the provided IP is not in the valid range. The range of valid IPs is 10.96.0.0/12"
            }
            Some(_) if self.has_address(ip) => "provided IP is already allocated",
            _ => return Ok(()),
        };
        let message = format!(
            "The Service \"{name}\" is invalid: spec.clusterIPs: Invalid value: [\"{ip}\"]: failed to \
             allocate IP {ip}: {why}"
        );
        Err(Refusal { reason: "Invalid".into(), message })
    }

    fn give_node_ports(&self, name: &str, spec: &mut Map<String, Value>, seed: u64) {
        let all = self.services().flat_map(|s| s.spec["ports"].as_array().into_iter().flatten());
        let mut taken: Vec<u64> = all.filter_map(|p| p["nodePort"].as_u64()).collect();
        let ports = spec.get_mut("ports").and_then(Value::as_array_mut);
        for (at, port) in ports.into_iter().flatten().enumerate() {
            if port["nodePort"].as_u64().is_some_and(|p| p > 0) {
                continue;
            }
            let key = format!("{name}/{at}");
            let nth = |n| NODE_PORTS.0 + draw(seed, "node-port", &key, n, NODE_PORTS.1);
            let free = (0..1_000).map(nth).find(|p| !taken.contains(p)).unwrap_or(NODE_PORTS.0);
            taken.push(free);
            port["nodePort"] = json!(free);
        }
    }
}

fn text(spec: &Map<String, Value>, field: &str) -> String {
    spec.get(field).and_then(Value::as_str).unwrap_or_default().to_string()
}

/// An update that says nothing of addresses leaves them.
/// Source: service strategy patchAllocatedValues
pub(super) fn keep_addresses(spec: &mut Value, old: &Value) {
    let named = Some(&Value::from("ExternalName"));
    let both = (spec.as_object_mut(), old.as_object());
    let (Some(spec), Some(old)) = both else { return };
    if spec.get("type") == named || old.get("type") == named {
        return;
    }
    for field in ["clusterIP", "clusterIPs"] {
        if let Some(value) = old.get(field).filter(|_| !spec.contains_key(field)) {
            spec.insert(field.to_string(), value.clone());
        }
    }
    let old_ports = old.get("ports").and_then(Value::as_array).cloned().unwrap_or_default();
    for port in spec.get_mut("ports").and_then(Value::as_array_mut).into_iter().flatten() {
        let same = old_ports.iter().find(|p| p["port"] == port["port"]);
        if let Some(number) = same.map(|p| p["nodePort"].clone()).filter(|n| n.is_number())
            && port["nodePort"].is_null()
        {
            port["nodePort"] = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::PlainObject;

    fn given(spec: Value, old: Option<&Value>) -> Result<Value, String> {
        let mut spec = spec;
        let node = PlainObject::of_a_node("node-1", "192.0.2.2", Default::default());
        let api = ApiServer::new(1, vec![node], 0);
        api.give_addresses("web", &mut spec, old, 1).map_err(|refusal| refusal.message)?;
        Ok(spec)
    }

    #[test]
    fn a_service_gets_an_address_of_the_range_and_keeps_it() {
        let first = given(json!({"ports": [{"port": 80}]}), None).unwrap();
        let ip = Ip::parse(first["clusterIP"].as_str().unwrap()).unwrap();
        assert!(ip.is_in(RANGE.0, RANGE.1) && first["clusterIPs"] == json!([ip.to_string()]));
        let again = given(json!({"ports": [{"port": 81}]}), Some(&first)).unwrap();
        assert_eq!(again["clusterIP"], first["clusterIP"]);
        let headless = given(json!({"clusterIP": "None"}), None).unwrap();
        assert_eq!(headless["clusterIPs"], json!(["None"]));
        let named = given(json!({"type": "ExternalName", "externalName": "a.b"}), None).unwrap();
        assert!(named["clusterIP"].is_null());
    }

    #[test]
    fn an_address_that_is_taken_or_outside_is_refused() {
        let refused = |ip: &str| given(json!({"clusterIP": ip}), None).unwrap_err();
        assert!(refused("10.96.0.10").ends_with("provided IP is already allocated"));
        assert!(refused("192.0.2.1").contains("not in the valid range"));
        assert!(given(json!({"clusterIP": "10.96.0.77"}), None).is_ok());
    }

    #[test]
    fn node_ports_are_given_where_the_type_wants_them() {
        let spec =
            json!({"type": "NodePort", "ports": [{"port": 80}, {"port": 81, "nodePort": 30080}]});
        let first = given(spec.clone(), None).unwrap();
        let number = |spec: &Value, at: usize| spec["ports"][at]["nodePort"].as_u64().unwrap();
        assert!((30_000..32_768).contains(&number(&first, 0)) && number(&first, 1) == 30_080);
        let again = given(spec, Some(&first)).unwrap();
        assert_eq!(number(&again, 0), number(&first, 0));
    }
}
