//! What the kubelet knows of ConfigMaps, Secrets, claims and Services: it watches them.

use super::pod_files;
use crate::api::{PlainObject, Service};
use crate::base::Map;
use crate::base::json::{Value, json};
use crate::engine::message::Snapshot;
use crate::engine::trace::WatchType;
use std::rc::Rc;

/// The objects that the kubelet watches.
///
/// DIFFERENCE: upstream watches only those that its Pods name, each from the moment the first
/// such Pod comes; here it watches all from the start.
/// Source: kubelet/util/manager/watch_based_manager.go
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Objects {
    plain: Map<(String, String), Rc<PlainObject>>,
    services: Map<String, Rc<Service>>,
    version: u64,
}

impl Default for Objects {
    fn default() -> Self {
        Objects { plain: PlainObject::of_a_new_cluster(), services: Map::new(), version: 0 }
    }
}

impl Objects {
    /// An object changed.
    pub fn changed(&mut self, kind: WatchType, object: Rc<PlainObject>) {
        self.version += 1;
        let key = (object.kind.clone(), object.meta.name.clone());
        match kind {
            WatchType::Deleted => self.plain.remove(&key),
            _ => self.plain.insert(key, object),
        };
    }

    /// All objects, after a time without news.
    pub fn replace(&mut self, all: &Snapshot) {
        self.version += 1;
        let key = |o: &Rc<PlainObject>| (o.kind.clone(), o.meta.name.clone());
        let plain = all.plain.iter().filter(|o| o.kind != "Node");
        self.plain = plain.map(|o| (key(o), o.clone())).collect();
        let named = all.services.iter().map(|s| (s.meta.name.clone(), s.clone()));
        self.services = named.collect();
    }

    /// A Service changed.
    pub fn service_changed(&mut self, kind: WatchType, service: Rc<Service>) {
        let name = service.meta.name.clone();
        match kind {
            WatchType::Deleted => self.services.remove(&name),
            _ => self.services.insert(name, service),
        };
    }

    /// Rises with each change of what volumes are filled from.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The object of this kind and name that a Pod in a namespace means; else the error that the
    /// API server gives.
    pub fn find(&self, kind: &str, name: &str, namespace: &str) -> Result<&PlainObject, String> {
        let found = self.plain.get(&(kind.to_string(), name.to_string()));
        let found = found.filter(|object| object.is_for(namespace));
        let error = || format!("{} \"{name}\" not found", kind.to_ascii_lowercase());
        found.map(|object| &**object).ok_or_else(error)
    }

    /// The variables of the Services in a namespace: of the API server's always, of the others
    /// with `links`. Source: kubelet_pods.go getServiceEnvVarMap
    pub fn service_variables(&self, links: bool, namespace: &str) -> Map<String, String> {
        let master = json!({"clusterIP": "10.96.0.1", "ports": [
            {"name": "https", "port": 443, "protocol": "TCP"}]});
        let others = self.services.iter().filter(|(_, s)| links && s.meta.home() == namespace);
        let others = others.map(|(name, service)| (name.clone(), service.spec.clone()));
        let mut all: Vec<(String, Value)> = others.collect();
        all.push(("kubernetes".to_string(), master));
        pod_files::service_variables(&all)
    }
}
