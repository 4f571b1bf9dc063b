//! Kinds of the cluster: what they are called in its answers, and those that it has but whose
//! fields are not known here.

/// Built-in kinds outside the schema table: a cluster takes them, nothing here acts on them.
const NOT_MODELLED: &[(&str, &str)] = &[
    ("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"),
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"),
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"),
    ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    ("autoscaling/v1", "HorizontalPodAutoscaler"),
    ("autoscaling/v2", "HorizontalPodAutoscaler"),
    ("coordination.k8s.io/v1", "Lease"),
    ("networking.k8s.io/v1", "Ingress"),
    ("networking.k8s.io/v1", "IngressClass"),
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("node.k8s.io/v1", "RuntimeClass"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole"),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    ("rbac.authorization.k8s.io/v1", "Role"),
    ("rbac.authorization.k8s.io/v1", "RoleBinding"),
    ("storage.k8s.io/v1", "StorageClass"),
    ("v1", "Endpoints"),
    ("v1", "LimitRange"),
    ("v1", "PersistentVolume"),
    ("v1", "PodTemplate"),
    ("v1", "ReplicationController"),
];

/// Whether a cluster has the kind although its fields are not known here.
pub fn is_not_modelled(api_version: &str, kind: &str) -> bool {
    NOT_MODELLED.contains(&(api_version, kind))
}

/// Whether objects of the kind live in a namespace.
pub fn is_namespaced(kind: &str) -> bool {
    let prefixed = ["Cluster", "Validating", "Mutating"].iter().any(|p| kind.starts_with(p));
    let named = [
        "CustomResourceDefinition",
        "IngressClass",
        "Namespace",
        "Node",
        "PersistentVolume",
        "PriorityClass",
        "RuntimeClass",
        "StorageClass",
    ];
    !prefixed && !named.contains(&kind)
}

/// The group in an `apiVersion`, empty for the core group.
pub fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// The name of one object in kubectl's answers: `pod/web`, `deployment.apps/web`.
pub fn answer_name(api_version: &str, kind: &str, name: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    match group(api_version) {
        "" => format!("{kind}/{name}"),
        group => format!("{kind}.{group}/{name}"),
    }
}

/// The resource of a kind: `pods`, `ingresses`, `networkpolicies`, `endpoints`.
pub fn resource(kind: &str) -> String {
    let lower = kind.to_ascii_lowercase();
    match lower.strip_suffix('y') {
        Some(front) => format!("{front}ies"),
        None if lower.ends_with("endpoints") => lower,
        None if lower.ends_with('s') => format!("{lower}es"),
        None => format!("{lower}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_called_as_kubectl_calls_them() {
        assert_eq!(answer_name("v1", "Pod", "web"), "pod/web");
        assert_eq!(answer_name("apps/v1", "ReplicaSet", "web"), "replicaset.apps/web");
        let plurals = ["Pod", "Ingress", "NetworkPolicy", "Endpoints", "PriorityClass"];
        let want = ["pods", "ingresses", "networkpolicies", "endpoints", "priorityclasses"];
        assert_eq!(plurals.map(resource), want.map(String::from));
        assert!(is_namespaced("Pod") && !is_namespaced("ClusterRole") && !is_namespaced("Node"));
    }
}
