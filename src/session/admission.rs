//! What admission refuses when an object is created in a fresh cluster.
//!
//! Source: plugin/pkg/admission: namespace/lifecycle, serviceaccount, priority, runtimeclass.

use crate::base::json::Value;

use crate::manifest::kinds;

/// An object as it was sent last, and as the API server stored it.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Stored {
    /// What kubectl sent.
    pub(super) sent: Value,
    /// With its defaults.
    pub(super) full: Value,
}

/// What was created so far.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Created {
    /// Kind, namespace, name and the object.
    objects: Vec<(String, String, String, Stored)>,
}

impl Created {
    /// Notes an object, in place of an older one of its name.
    pub(super) fn put(&mut self, kind: &str, namespace: &str, name: &str, object: Stored) {
        match self.place(kind, namespace, name) {
            Some(at) => self.objects[at].3 = object,
            None => {
                self.objects.push((kind.to_string(), namespace.to_string(), name.into(), object));
            }
        }
    }

    /// The object that is there already.
    pub(super) fn get(&self, kind: &str, namespace: &str, name: &str) -> Option<&Stored> {
        self.place(kind, namespace, name).map(|at| &self.objects[at].3)
    }

    fn place(&self, kind: &str, namespace: &str, name: &str) -> Option<usize> {
        self.objects.iter().position(|(k, ns, n, _)| {
            k == kind && n == name && (ns == namespace || !kinds::is_namespaced(kind))
        })
    }

    fn find(&self, kind: &str, namespace: &str, name: &str) -> Option<&Value> {
        self.get(kind, namespace, name).map(|object| &object.sent)
    }
}

/// Lets `object` pass, or says why not: the reason and the words.
pub(super) fn admit(
    created: &Created,
    object: &Value,
    namespace: &str,
) -> Result<(), (&'static str, String)> {
    let kind = object["kind"].as_str().unwrap_or_default();
    let there = ["default", "kube-system", "kube-public", "kube-node-lease"];
    if kinds::is_namespaced(kind)
        && !there.contains(&namespace)
        && created.find("Namespace", namespace, namespace).is_none()
    {
        return Err(("NotFound", format!("namespaces {namespace:?} not found")));
    }
    if kind != "Pod" {
        return Ok(());
    }
    let refusal = service_account(created, object, namespace)
        .or_else(|| priority(created, object))
        .or_else(|| runtime_class(created, object));
    match refusal {
        None => Ok(()),
        Some(words) => {
            let name = object["metadata"]["name"].as_str().unwrap_or_default();
            Err(("Forbidden", format!("pods {name:?} is forbidden: {words}")))
        }
    }
}

fn service_account(created: &Created, pod: &Value, namespace: &str) -> Option<String> {
    let spec = &pod["spec"];
    let old_name = spec["serviceAccount"].as_str();
    let name = spec["serviceAccountName"].as_str().or(old_name).unwrap_or("default");
    let there = ["", "default"].contains(&name)
        || created.find("ServiceAccount", namespace, name).is_some();
    (!there).then(|| {
        format!(
            "error looking up service account {namespace}/{name}: serviceaccount {name:?} not found"
        )
    })
}

fn priority(created: &Created, pod: &Value) -> Option<String> {
    let spec = &pod["spec"];
    let class = spec["priorityClassName"].as_str().unwrap_or_default();
    let computed = match class {
        "" => 0,
        "system-cluster-critical" => 2_000_000_000,
        "system-node-critical" => 2_000_001_000,
        class => match created.find("PriorityClass", "", class) {
            Some(found) => found["value"].as_i64().unwrap_or_default(),
            None => return Some(format!("no PriorityClass with name {class} was found")),
        },
    };
    let given = spec["priority"].as_i64().filter(|given| *given != computed)?;
    Some(format!(
        "the integer value of priority ({given}) must not be provided in pod spec; priority \
         admission controller computed {computed} from the given PriorityClass name"
    ))
}

fn runtime_class(created: &Created, pod: &Value) -> Option<String> {
    let class = pod["spec"]["runtimeClassName"].as_str()?;
    let there = created.find("RuntimeClass", "", class).is_some();
    (!there).then(|| format!("pod rejected: RuntimeClass {class:?} not found"))
}
