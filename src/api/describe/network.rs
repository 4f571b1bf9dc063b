//! Services, Endpoints and EndpointSlices.

use super::events::{has_labels, of_kind};
use super::text::Text;
use crate::api::print::cells::host_port;
use crate::api::print::values::{go, is_set, items, join, or};
use crate::base::json::{Value, json};

const NAME: &str = "Name:\t{metadata.name}\nNamespace:\t{metadata.namespace}\n";

/// Source: kubectl describe/describe.go describeService
pub fn service(text: &mut Text, service: &Value, all: &[Value]) {
    let spec = &service["spec"];
    text.fill(NAME, service);
    text.marks(service);
    text.fill(
        "Selector:\t{&selector}\nType:\t{type}\n~ipFamilyPolicy~IP Family Policy:\t{ipFamilyPolicy}\n",
        spec,
    );
    text.fill(
        "IP Families:\t{,ipFamilies|<none>}\nIP:\t{clusterIP}\nIPs:\t{,clusterIPs|<none>}\n\
         ~externalIPs~External IPs:\t{,externalIPs}\n\
         ~loadBalancerIP~Desired LoadBalancer IP:\t{loadBalancerIP}\n\
         ~externalName~External Name:\t{externalName}\n",
        spec,
    );
    let balancers = &service["status"]["loadBalancer"]["ingress"];
    if is_set(balancers) {
        let one = |i: &Value| match (is_set(&i["ip"]), is_set(&i["ipMode"])) {
            (true, true) => [&go(&i["ip"]), " (", &go(&i["ipMode"]), ")"].concat(),
            _ => or(go(&i["ip"]), &go(&i["hostname"])),
        };
        let list = items(balancers).map(one).collect::<Vec<_>>().join(", ");
        text.put(&["LoadBalancer Ingress:\t", &list, "\n"]);
    }
    for port in items(&spec["ports"]) {
        text.fill(
            "Port:\t{name|<unset>}\t{port}/{protocol}\nTargetPort:\t{targetPort?0}/{protocol}\n",
            port,
        );
        if port["nodePort"].as_u64().is_some_and(|n| n > 0) {
            text.fill("NodePort:\t{name|<unset>}\t{nodePort}/{protocol}\n", port);
        }
        let endpoints = endpoints_of(service, &go(&port["name"]), all);
        text.put(&["Endpoints:\t", &endpoints, "\n"]);
    }
    text.fill(
        "Session Affinity:\t{sessionAffinity}\n\
         ~externalTrafficPolicy~External Traffic Policy:\t{externalTrafficPolicy}\n\
         ~internalTrafficPolicy~Internal Traffic Policy:\t{internalTrafficPolicy}\n\
         ~healthCheckNodePort~HealthCheck NodePort:\t{healthCheckNodePort}\n\
         ~loadBalancerSourceRanges~LoadBalancer Source Ranges:\t{,loadBalancerSourceRanges}\n\
         ~trafficDistribution~Traffic Distribution:\t{trafficDistribution}\n",
        spec,
    );
}

/// The ready endpoints of a port, three of them. Source: formatEndpointSlices
fn endpoints_of(service: &Value, port: &str, all: &[Value]) -> String {
    let of_it = json!({"kubernetes.io/service-name": service["metadata"]["name"]});
    let slices: Vec<&Value> =
        of_kind("EndpointSlice", all).filter(|slice| has_labels(slice, &of_it)).collect();
    if slices.is_empty() {
        return "<none>".to_string();
    }
    let mut list = Vec::new();
    for slice in slices {
        let ready = items(&slice["endpoints"]).filter(|e| e["conditions"]["ready"] != false);
        let addresses: Vec<String> = ready.map(|e| go(&e["addresses"][0])).collect();
        if !is_set(&slice["ports"]) {
            list.extend(addresses.clone());
        }
        for p in items(&slice["ports"]).filter(|p| go(&p["name"]) == port) {
            list.extend(addresses.iter().map(|a| host_port(a, &go(&p["port"]))));
        }
    }
    let shown = list[..list.len().min(3)].join(",");
    match list.len() {
        0..=3 => shown,
        n => [&shown, " + ", &(n - 3).to_string(), " more..."].concat(),
    }
}

/// Source: describeEndpoints
pub fn endpoints(text: &mut Text, object: &Value) {
    text.fill(NAME, object);
    text.marks(object);
    text.put(&["Subsets:\n"]);
    for subset in items(&object["subsets"]) {
        for (title, field) in
            [("Addresses", "addresses"), ("NotReadyAddresses", "notReadyAddresses")]
        {
            let list = items(&subset[field]).map(|a| go(&a["ip"])).collect::<Vec<_>>().join(",");
            text.put(&["  ", title, ":\t", &or(list, "<none>"), "\n"]);
        }
        if is_set(&subset["ports"]) {
            text.put(&["  Ports:\n    Name\tPort\tProtocol\n    ----\t----\t--------\n"]);
        }
        for port in items(&subset["ports"]) {
            text.fill("    {name|<unset>}\t{port}\t{protocol}\n", port);
        }
        text.put(&["\n"]);
    }
}

/// Source: describeEndpointSliceV1
pub fn slice(text: &mut Text, slice: &Value) {
    text.fill(NAME, slice);
    text.marks(slice);
    text.fill("AddressType:\t{addressType}\n", slice);
    match is_set(&slice["ports"]) {
        false => text.put(&["Ports: <unset>\n"]),
        true => text.put(&["Ports:\n  Name\tPort\tProtocol\n  ----\t----\t--------\n"]),
    }
    for port in items(&slice["ports"]) {
        text.fill("  {name|<unset>}\t{port?<unset>}\t{protocol}\n", port);
    }
    text.put(&["Endpoints:", if is_set(&slice["endpoints"]) { "\n" } else { " <none>\n" }]);
    for endpoint in items(&slice["endpoints"]) {
        let by = if text.newer { ", " } else { "," };
        let addresses = or(join(&endpoint["addresses"], by), "<none>");
        text.put(&["  - Addresses:\t", &addresses, "\n"]);
        text.fill(
            "    Conditions:\n      Ready:\t{conditions.ready?<unset>}\n    \
             Hostname:\t{hostname?<unset>}\n\
             ~targetRef~    TargetRef:\t{targetRef.kind}/{targetRef.name}\n    \
             NodeName:\t{nodeName?<unset>}\n    Zone:\t{zone?<unset>}\n",
            endpoint,
        );
    }
}
