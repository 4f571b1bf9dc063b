//! Kinds of the cluster: what they are called in its answers, those that it has but whose
//! fields are not known here, and those that it had once.

use super::schema::Schema;
use super::suggest;

/// Built-in kinds outside the schema table: a cluster takes them, nothing here acts on them.
/// One line a version; `*` marks a kind that lives in no namespace.
///
/// Source: kube-apiserver 1.36, default API versions.
const NOT_MODELLED: &str = "\
admissionregistration.k8s.io/v1 MutatingAdmissionPolicy* MutatingAdmissionPolicyBinding* \
MutatingWebhookConfiguration* ValidatingAdmissionPolicy* ValidatingAdmissionPolicyBinding* \
ValidatingWebhookConfiguration*
apiextensions.k8s.io/v1 CustomResourceDefinition*
apiregistration.k8s.io/v1 APIService*
apps/v1 ControllerRevision
autoscaling/v1 HorizontalPodAutoscaler
autoscaling/v2 HorizontalPodAutoscaler
certificates.k8s.io/v1 CertificateSigningRequest*
coordination.k8s.io/v1 Lease
events.k8s.io/v1 Event
flowcontrol.apiserver.k8s.io/v1 FlowSchema* PriorityLevelConfiguration*
networking.k8s.io/v1 Ingress IngressClass* IPAddress* NetworkPolicy ServiceCIDR*
node.k8s.io/v1 RuntimeClass*
rbac.authorization.k8s.io/v1 ClusterRole* ClusterRoleBinding* Role RoleBinding
resource.k8s.io/v1 DeviceClass* ResourceClaim ResourceClaimTemplate ResourceSlice*
storage.k8s.io/v1 CSIDriver* CSINode* CSIStorageCapacity StorageClass* VolumeAttachment* \
VolumeAttributesClass*
v1 Endpoints LimitRange PersistentVolume* PodTemplate ReplicationController
v1 Namespace* Node*
scheduling.k8s.io/v1 PriorityClass*";

/// Kinds and versions that older clusters had: `apiVersion`, kinds, the version in which they
/// went, what has them now (`-`: nothing).
///
/// Source: kubernetes.io, Deprecated API Migration Guide.
const GONE: &str = "\
admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration,ValidatingWebhookConfiguration \
1.22 admissionregistration.k8s.io/v1
apiextensions.k8s.io/v1beta1 CustomResourceDefinition 1.22 apiextensions.k8s.io/v1
apps/v1beta1 Deployment,StatefulSet,ReplicaSet 1.16 apps/v1
apps/v1beta2 Deployment,StatefulSet,DaemonSet,ReplicaSet 1.16 apps/v1
autoscaling/v2beta1 HorizontalPodAutoscaler 1.25 autoscaling/v2
autoscaling/v2beta2 HorizontalPodAutoscaler 1.26 autoscaling/v2
batch/v1beta1 CronJob 1.25 batch/v1
batch/v2alpha1 CronJob 1.21 batch/v1
coordination.k8s.io/v1beta1 Lease 1.22 coordination.k8s.io/v1
discovery.k8s.io/v1beta1 EndpointSlice 1.25 discovery.k8s.io/v1
extensions/v1beta1 Deployment,DaemonSet,ReplicaSet 1.16 apps/v1
extensions/v1beta1 NetworkPolicy 1.16 networking.k8s.io/v1
extensions/v1beta1 Ingress 1.22 networking.k8s.io/v1
networking.k8s.io/v1beta1 Ingress,IngressClass 1.22 networking.k8s.io/v1
node.k8s.io/v1beta1 RuntimeClass 1.25 node.k8s.io/v1
policy/v1beta1 PodDisruptionBudget 1.25 policy/v1
policy/v1beta1 PodSecurityPolicy 1.25 -
rbac.authorization.k8s.io/v1beta1 ClusterRole,ClusterRoleBinding,Role,RoleBinding 1.22 \
rbac.authorization.k8s.io/v1
scheduling.k8s.io/v1beta1 PriorityClass 1.22 scheduling.k8s.io/v1
settings.k8s.io/v1alpha1 PodPreset 1.20 -
storage.k8s.io/v1beta1 StorageClass,VolumeAttachment,CSIDriver,CSINode 1.22 storage.k8s.io/v1";

/// The kind of a list of anything, which kubectl takes apart.
const LIST: &str = "List";

/// A kind, or a version of it, that went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gone {
    /// The first version of Kubernetes without it.
    pub since: &'static str,
    /// The `apiVersion` that has it now, if one does.
    pub now: Option<&'static str>,
}

/// What became of a kind that older clusters had in that version.
pub fn gone(api_version: &str, kind: &str) -> Option<Gone> {
    GONE.lines().find_map(|line| {
        let mut words = line.split(' ');
        let (version, kinds, since, now) =
            (words.next()?, words.next()?, words.next()?, words.next()?);
        let same_version = version == api_version || now == "-";
        let found = same_version && kinds.split(',').any(|k| k == kind);
        found.then_some(Gone { since, now: (now != "-").then_some(now) })
    })
}

fn not_modelled() -> impl Iterator<Item = (&'static str, &'static str)> {
    NOT_MODELLED.lines().flat_map(|line| {
        let mut words = line.split(' ');
        let version = words.next().unwrap_or_default();
        words.map(move |kind| (version, kind))
    })
}

/// Whether a cluster has the kind although its fields are not known here.
pub fn is_not_modelled(api_version: &str, kind: &str) -> bool {
    not_modelled().any(|(v, k)| v == api_version && k.trim_end_matches('*') == kind)
}

/// Kinds that are acted on although their fields are not checked.
pub fn is_taken_as_written(kind: &str) -> bool {
    ["PersistentVolume", "StorageClass"].contains(&kind)
}

/// Whether objects of the kind live in a namespace.
pub fn is_namespaced(kind: &str) -> bool {
    kind != LIST && !not_modelled().any(|(_, k)| k.strip_suffix('*') == Some(kind))
}

/// The kinds that a cluster has, as `(apiVersion, kind)`.
pub fn all(schema: &Schema) -> impl Iterator<Item = (&'static str, &'static str)> {
    let others = not_modelled().map(|(v, k)| (v, k.trim_end_matches('*')));
    schema.kinds().iter().copied().chain(others)
}

/// The kind that was meant by one that there is not: the same in another version, in other
/// letters, or one spelt like it. Of several versions, that which is spelt most like the given.
pub fn meant(
    schema: &Schema,
    api_version: &str,
    kind: &str,
) -> Option<(&'static str, &'static str)> {
    let same = all(schema).find(|(_, k)| k.eq_ignore_ascii_case(kind)).map(|(_, k)| k);
    let name = same.or_else(|| suggest::nearest(kind, all(schema).map(|(_, k)| k)))?;
    let versions = || all(schema).filter(|(_, k)| *k == name).map(|(v, _)| v);
    let version = suggest::nearest(api_version, versions()).or_else(|| versions().next())?;
    Some((version, name))
}

/// The kind that kubectl takes `kind` for when it looks for the place to send it to: itself, or
/// the one whose name it is in small letters. `None` if the version has no such kind.
///
/// Source: client-go restmapper/discovery.go NewDiscoveryRESTMapper.
pub fn mapped(schema: &Schema, api_version: &str, kind: &str) -> Option<&'static str> {
    let found =
        |(v, k): &(&str, &str)| *v == api_version && (*k == kind || k.to_ascii_lowercase() == kind);
    let list =
        || (kind == LIST).then_some(LIST).filter(|_| all(schema).any(|k| k.0 == api_version));
    all(schema).find(found).map(|(_, k)| k).or_else(list)
}

/// The kind of the items of a list, such as `PodList`; empty for a list of anything, `None` if
/// `kind` is no list that kubectl knows.
///
/// Source: client-go restmapper/discovery.go; apimachinery unstructured/helpers.go decodeToList.
pub fn of_items(schema: &Schema, api_version: &str, kind: &str) -> Option<&'static str> {
    let of_one = kind.strip_suffix(LIST)?;
    let mut kinds = all(schema).filter(|(v, _)| *v == api_version);
    match of_one {
        "" => kinds.next().map(|_| ""),
        one => kinds.find(|(_, k)| *k == one).map(|(_, k)| k),
    }
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
        assert!(is_not_modelled("storage.k8s.io/v1", "CSINode"));
    }

    #[test]
    fn what_was_meant_is_found_by_letters_by_version_and_by_spelling() {
        let schema = Schema::load();
        for (version, kind, want) in [
            ("apps/v1", "Pod", "v1 Pod"),
            ("V1", "Pod", "v1 Pod"),
            ("v1", "pod", "v1 Pod"),
            ("app/v1", "Deployment", "apps/v1 Deployment"),
            ("apps/v1", "Deploymnet", "apps/v1 Deployment"),
            ("autoscaling/v3", "HorizontalPodAutoscaler", "autoscaling/v1 HorizontalPodAutoscaler"),
            ("v1", "Ingres", "networking.k8s.io/v1 Ingress"),
        ] {
            let got = meant(&schema, version, kind).map(|(v, k)| format!("{v} {k}"));
            assert_eq!(got.as_deref(), Some(want), "{version} {kind}");
        }
        assert_eq!(meant(&schema, "example.com/v1", "Backup"), None);
    }

    #[test]
    fn what_is_gone_names_what_has_it_now() {
        let now = |version, kind| gone(version, kind).map(|g| (g.since, g.now));
        assert_eq!(now("extensions/v1beta1", "Deployment"), Some(("1.16", Some("apps/v1"))));
        assert_eq!(now("settings.k8s.io/v1alpha1", "PodPreset"), Some(("1.20", None)));
        assert_eq!(now("apps/v1", "Deployment"), None);
        let schema = Schema::load();
        for line in GONE.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let there =
                |k: &str| words[3] == "-" || all(&schema).any(|found| found == (words[3], k));
            assert!(words.len() == 4 && words[1].split(',').all(there), "{line}");
        }
    }
}
