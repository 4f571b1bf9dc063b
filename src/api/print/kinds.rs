//! The kinds with their names and columns, as the API server 1.36 tells them to kubectl.
//!
//! Source: pkg/printers/internalversion/printers.go AddHandlers; `kubectl api-resources`

/// A kind of object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kind {
    /// `Pod`
    pub kind: &'static str,
    /// `pods`
    pub plural: &'static str,
    /// `po`; several with commas between them.
    pub short: &'static str,
    /// `v1`, `apps/v1`
    pub version: &'static str,
    /// Whether its objects are in namespaces.
    pub namespaced: bool,
    /// The columns, with commas between them; a plus sign: only with `-o wide`.
    pub head: &'static str,
    /// A template of a row, a cell a column, with tabs between them.
    pub row: &'static str,
}

impl Kind {
    /// Its API group, empty for the core.
    pub fn group(&self) -> &'static str {
        self.version.split_once('/').map_or("", |(group, _)| group)
    }

    /// `pod`, `deployment.apps`
    pub fn shown(&self) -> String {
        let mut text = self.kind.to_ascii_lowercase();
        if !self.group().is_empty() {
            text.push('.');
            text.push_str(self.group());
        }
        text
    }

    /// Whether a word names it: kind, plural, short name, with or without its group.
    pub fn is_named(&self, word: &str) -> bool {
        let word = word.to_ascii_lowercase();
        let (name, group) = word.split_once('.').unwrap_or((&word, self.group()));
        let of_group = group == self.group() || group.ends_with(&["", self.group()].join("."));
        let named = name == self.plural || name == self.kind.to_ascii_lowercase();
        of_group && (named || self.short.split(',').any(|short| short == name))
            || named && group == self.version.replace('/', ".")
    }
}

/// The kind of an object, by the word for it.
pub fn named(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.is_named(word))
}

/// The kind of this name as objects write it: `Pod`.
pub fn of(kind: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|known| known.kind == kind)
}

/// What `all` means, in its order. Source: the category `all` of API discovery
pub const ALL: &str = "Pod,ReplicationController,Service,DaemonSet,Deployment,ReplicaSet,StatefulSet,\
     HorizontalPodAutoscaler,CronJob,Job";

const fn kind(
    names: (&'static str, &'static str, &'static str),
    version: &'static str,
    namespaced: bool,
    head: &'static str,
    row: &'static str,
) -> Kind {
    Kind { kind: names.0, plural: names.1, short: names.2, version, namespaced, head, row }
}

/// Every kind that is known, in the order of `kubectl api-resources`.
pub const KINDS: &[Kind] = &[
    kind(
        ("ConfigMap", "configmaps", "cm"),
        "v1",
        true,
        "Name,Data,Age",
        "{metadata.name}\t{!data}\t{!age}",
    ),
    kind(
        ("Endpoints", "endpoints", "ep"),
        "v1",
        true,
        "Name,Endpoints,Age",
        "{metadata.name}\t{!endpoints}\t{!age}",
    ),
    kind(
        ("Event", "events", "ev"),
        "v1",
        true,
        "Last Seen,Type,Reason,Object,+Subobject,+Source,Message,+First Seen,+Count,+Name",
        "{!last}\t{type}\t{reason}\t{!target}\t{involvedObject.fieldPath}\t{!source}\t{!message}\t\
         {!first}\t{!count}\t{metadata.name}",
    ),
    kind(
        ("LimitRange", "limitranges", "limits"),
        "v1",
        true,
        "Name,Created At",
        "{metadata.name}\t{metadata.creationTimestamp}",
    ),
    kind(
        ("Namespace", "namespaces", "ns"),
        "v1",
        false,
        "Name,Status,Age",
        "{metadata.name}\t{status.phase}\t{!age}",
    ),
    kind(
        ("Node", "nodes", "no"),
        "v1",
        false,
        "Name,Status,Roles,Age,Version,+Internal-IP,+External-IP,+OS-Image,+Kernel-Version,\
         +Container-Runtime",
        "{metadata.name}\t{!node}\t{!roles}\t{!age}\t{status.nodeInfo.kubeletVersion}\t\
         {!internal}\t{!external}\t{status.nodeInfo.osImage|<unknown>}\t\
         {status.nodeInfo.kernelVersion|<unknown>}\t\
         {status.nodeInfo.containerRuntimeVersion|<unknown>}",
    ),
    kind(
        ("PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
        "v1",
        true,
        "Name,Status,Volume,Capacity,Access Modes,StorageClass,VolumeAttributesClass,Age,\
         +VolumeMode",
        "{metadata.name}\t{!phase}\t{spec.volumeName}\t{!capacity}\t{!modes}\t\
         {spec.storageClassName}\t{spec.volumeAttributesClassName?<unset>}\t{!age}\t\
         {spec.volumeMode?<unset>}",
    ),
    kind(
        ("PersistentVolume", "persistentvolumes", "pv"),
        "v1",
        false,
        "Name,Capacity,Access Modes,Reclaim Policy,Status,Claim,StorageClass,\
         VolumeAttributesClass,Reason,Age,+VolumeMode",
        "{metadata.name}\t{%spec.capacity.storage}\t{!modes}\t\
         {spec.persistentVolumeReclaimPolicy}\t{!phase}\t{!claim}\t{spec.storageClassName}\t\
         {spec.volumeAttributesClassName?<unset>}\t{status.reason}\t{!age}\t\
         {spec.volumeMode?<unset>}",
    ),
    kind(
        ("Pod", "pods", "po"),
        "v1",
        true,
        "Name,Ready,Status,Restarts,Age,+IP,+Node,+Nominated Node,+Readiness Gates",
        "{metadata.name}\t{!ready}\t{!status}\t{!restarts}\t{!age}\t{status.podIPs.0.ip|<none>}\t\
         {spec.nodeName|<none>}\t{status.nominatedNodeName|<none>}\t{!gates}",
    ),
    kind(
        ("PodTemplate", "podtemplates", ""),
        "v1",
        true,
        "Name,Containers,Images,Pod Labels",
        "{metadata.name}\t{!names}\t{!images}\t{&template.metadata.labels}",
    ),
    kind(
        ("ReplicationController", "replicationcontrollers", "rc"),
        "v1",
        true,
        "Name,Desired,Current,Ready,Age,+Containers,+Images,+Selector",
        "{metadata.name}\t{spec.replicas?0}\t{status.replicas?0}\t{status.readyReplicas?0}\t{!age}\
         \t{!names}\t{!images}\t{&spec.selector}",
    ),
    kind(
        ("ResourceQuota", "resourcequotas", "quota"),
        "v1",
        true,
        "Name,Request,Limit,Age",
        "{metadata.name}\t{!requests}\t{!limits}\t{!age}",
    ),
    kind(
        ("Secret", "secrets", ""),
        "v1",
        true,
        "Name,Type,Data,Age",
        "{metadata.name}\t{type}\t{=data}\t{!age}",
    ),
    kind(
        ("ServiceAccount", "serviceaccounts", "sa"),
        "v1",
        true,
        "Name,Secrets,Age",
        "{metadata.name}\t{=secrets}\t{!age}",
    ),
    kind(
        ("Service", "services", "svc"),
        "v1",
        true,
        "Name,Type,Cluster-IP,External-IP,Port(s),Age,+Selector",
        "{metadata.name}\t{spec.type}\t{spec.clusterIPs.0|<none>}\t{!external-ip}\t{!ports}\t\
         {!age}\t{&spec.selector}",
    ),
    kind(
        ("ControllerRevision", "controllerrevisions", ""),
        "apps/v1",
        true,
        "Name,Controller,Revision,Age",
        "{metadata.name}\t{!owner}\t{revision?0}\t{!age}",
    ),
    kind(
        ("DaemonSet", "daemonsets", "ds"),
        "apps/v1",
        true,
        "Name,Desired,Current,Ready,Up-to-date,Available,Node Selector,Age,+Containers,+Images,\
         +Selector",
        "{metadata.name}\t{status.desiredNumberScheduled?0}\t{status.currentNumberScheduled?0}\t\
         {status.numberReady?0}\t{status.updatedNumberScheduled?0}\t{status.numberAvailable?0}\t\
         {&spec.template.spec.nodeSelector}\t{!age}\t{!names}\t{!images}\t{$spec.selector|<none>}",
    ),
    kind(
        ("Deployment", "deployments", "deploy"),
        "apps/v1",
        true,
        "Name,Ready,Up-to-date,Available,Age,+Containers,+Images,+Selector",
        "{metadata.name}\t{status.readyReplicas?0}/{spec.replicas?1}\t{status.updatedReplicas?0}\t\
         {status.availableReplicas?0}\t{!age}\t{!names}\t{!images}\t{$spec.selector}",
    ),
    kind(
        ("ReplicaSet", "replicasets", "rs"),
        "apps/v1",
        true,
        "Name,Desired,Current,Ready,Age,+Containers,+Images,+Selector",
        "{metadata.name}\t{spec.replicas?1}\t{status.replicas?0}\t{status.readyReplicas?0}\t{!age}\
         \t{!names}\t{!images}\t{$spec.selector|<none>}",
    ),
    kind(
        ("StatefulSet", "statefulsets", "sts"),
        "apps/v1",
        true,
        "Name,Ready,Age,+Containers,+Images",
        "{metadata.name}\t{status.readyReplicas?0}/{spec.replicas?1}\t{!age}\t{!names}\t{!images}",
    ),
    kind(
        ("HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa"),
        "autoscaling/v2",
        true,
        "Name,Reference,Targets,MinPods,MaxPods,Replicas,Age",
        "{metadata.name}\t{spec.scaleTargetRef.kind}/{spec.scaleTargetRef.name}\t{!metrics}\t\
         {spec.minReplicas?<unset>}\t{spec.maxReplicas?0}\t{status.currentReplicas?0}\t{!age}",
    ),
    kind(
        ("CronJob", "cronjobs", "cj"),
        "batch/v1",
        true,
        "Name,Schedule,Timezone,Suspend,Active,Last Schedule,Age,+Containers,+Images,+Selector",
        "{metadata.name}\t{spec.schedule}\t{spec.timeZone?<none>}\t{!suspend}\t{=status.active}\t\
         {!last-schedule}\t{!age}\t{!names}\t{!images}\t{$spec.jobTemplate.spec.selector|<none>}",
    ),
    kind(
        ("Job", "jobs", ""),
        "batch/v1",
        true,
        "Name,Status,Completions,Duration,Age,+Containers,+Images,+Selector",
        "{metadata.name}\t{!job}\t{!completions}\t{!duration}\t{!age}\t{!names}\t{!images}\t\
         {$spec.selector|<none>}",
    ),
    kind(
        ("Lease", "leases", ""),
        "coordination.k8s.io/v1",
        true,
        "Name,Holder,Age",
        "{metadata.name}\t{spec.holderIdentity}\t{!age}",
    ),
    kind(
        ("EndpointSlice", "endpointslices", ""),
        "discovery.k8s.io/v1",
        true,
        "Name,AddressType,Ports,Endpoints,Age",
        "{metadata.name}\t{addressType}\t{!slice-ports}\t{!slice-endpoints}\t{!age}",
    ),
    kind(
        ("Ingress", "ingresses", "ing"),
        "networking.k8s.io/v1",
        true,
        "Name,Class,Hosts,Address,Ports,Age",
        "{metadata.name}\t{spec.ingressClassName?<none>}\t{!hosts}\t{!addresses}\t{!tls}\t{!age}",
    ),
    kind(
        ("NetworkPolicy", "networkpolicies", "netpol"),
        "networking.k8s.io/v1",
        true,
        "Name,Pod-Selector,Age",
        "{metadata.name}\t{$spec.podSelector|<none>}\t{!age}",
    ),
    kind(
        ("RuntimeClass", "runtimeclasses", ""),
        "node.k8s.io/v1",
        false,
        "Name,Handler,Age",
        "{metadata.name}\t{handler}\t{!age}",
    ),
    kind(
        ("PodDisruptionBudget", "poddisruptionbudgets", "pdb"),
        "policy/v1",
        true,
        "Name,Min Available,Max Unavailable,Allowed Disruptions,Age",
        "{metadata.name}\t{spec.minAvailable?N/A}\t{spec.maxUnavailable?N/A}\t\
         {status.disruptionsAllowed?0}\t{!age}",
    ),
    kind(
        ("PriorityClass", "priorityclasses", "pc"),
        "scheduling.k8s.io/v1",
        false,
        "Name,Value,Global-Default,Age,PreemptionPolicy",
        "{metadata.name}\t{value?0}\t{globalDefault?false}\t{!age}\t{preemptionPolicy}",
    ),
    kind(
        ("StorageClass", "storageclasses", "sc"),
        "storage.k8s.io/v1",
        false,
        "Name,Provisioner,ReclaimPolicy,VolumeBindingMode,AllowVolumeExpansion,Age",
        "{!class}\t{provisioner}\t{reclaimPolicy?Delete}\t{volumeBindingMode?Immediate}\t\
         {allowVolumeExpansion?false}\t{!age}",
    ),
];

/// Any other kind. Source: apiextensions-apiserver tableconvertor, default columns
pub const OTHER: Kind = kind(("", "", ""), "", true, "Name,Age", "{metadata.name}\t{!age}");
