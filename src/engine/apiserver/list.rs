//! Everything that is stored, as clients read it.

use super::store::ApiServer;
use crate::base::json::{Value, Write, json};

impl ApiServer {
    /// All objects: Pods, Services, their EndpointSlices and Endpoints, Events, and the rest.
    pub fn objects(&self) -> Vec<Value> {
        let mut all: Vec<Value> = self.pods().map(|pod| pod.to_json()).collect();
        all.extend(self.services().map(|service| service.to_json()));
        all.extend(self.slices().map(|slice| slice.to_json()));
        all.extend(self.slices().map(|slice| endpoints(slice)));
        all.extend(self.events().map(|event| event.to_json()));
        all.extend(self.plain.values().map(|object| object.to_json()));
        all
    }
}

/// The older form of a slice, which the endpoints controller would write beside it.
/// Source: pkg/controller/endpoint/endpoints_controller.go syncService
fn endpoints(slice: &crate::api::EndpointSlice) -> Value {
    let addresses = |ready: bool| -> Vec<Value> {
        let of = slice.endpoints.iter().filter(|endpoint| endpoint.ready == ready);
        let address = |e: &crate::api::Endpoint| {
            json!({"ip": e.address, "nodeName": e.node,
                   "targetRef": {"kind": "Pod", "name": e.pod, "namespace": slice.meta.home(),
                                 "uid": e.uid}})
        };
        of.map(address).collect()
    };
    let mut meta = slice.meta.clone();
    meta.name = slice.service().to_string();
    let mut object = json!({"apiVersion": "v1", "kind": "Endpoints", "metadata": meta.write()});
    if !slice.endpoints.is_empty() {
        let mut subset = json!({"ports": slice.ports});
        for (field, ready) in [("addresses", true), ("notReadyAddresses", false)] {
            let list = addresses(ready);
            if !list.is_empty() {
                subset[field] = list.into();
            }
        }
        object["subsets"] = json!([subset]);
    }
    object
}
