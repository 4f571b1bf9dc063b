#!/usr/bin/env python3
"""schema.py OPENAPI.json > src/manifest/schema.tsv

Turns the OpenAPI schemas of an API server (a JSON file {"schemas": {name: schema}}) into the
compact table that the decoder reads. One line a type, fields in order of name:

    Container<TAB>image:s<TAB>name!:s<TAB>ports:[@ContainerPort
    =kinds<TAB>v1/Pod:Pod ...

`!` after a name: the schema requires it. Types: s string, y bytes, b bool, i int32, l int64,
q quantity, t time, m time with microseconds, p integer or string, x anything, @T a type,
[ list of, { map of. After a string `:N` is the name of its Go type (the words of a refusal name
it; OpenAPI does not, so they are listed here) and `=A|B` are the values it may have.
"""
import json
import sys

GO_TYPES = """
Capabilities.add Capability
Capabilities.drop Capability
Container.imagePullPolicy PullPolicy
Container.terminationMessagePolicy TerminationMessagePolicy
Container.restartPolicy ContainerRestartPolicy
ContainerPort.protocol Protocol
ContainerResizePolicy.resourceName ResourceName
ContainerResizePolicy.restartPolicy ResourceResizeRestartPolicy
ContainerRestartRule.action ContainerRestartRuleAction
ContainerRestartRuleOnExitCodes.operator ContainerRestartRuleOnExitCodesOperator
CronJobSpec.concurrencyPolicy ConcurrencyPolicy
DaemonSetUpdateStrategy.type DaemonSetUpdateStrategyType
DeploymentStrategy.type DeploymentStrategyType
EmptyDirVolumeSource.medium StorageMedium
EndpointSlice.addressType AddressType
EphemeralContainer.imagePullPolicy PullPolicy
EphemeralContainer.terminationMessagePolicy TerminationMessagePolicy
EphemeralContainer.restartPolicy ContainerRestartPolicy
HTTPGetAction.scheme URIScheme
HostPathVolumeSource.type HostPathType
ImageVolumeSource.pullPolicy PullPolicy
JobSpec.completionMode CompletionMode
JobSpec.podReplacementPolicy PodReplacementPolicy
LabelSelectorRequirement.operator LabelSelectorOperator
Lifecycle.stopSignal Signal
NamespaceSpec.finalizers FinalizerName
NodeSelectorRequirement.operator NodeSelectorOperator
PersistentVolumeClaimSpec.accessModes PersistentVolumeAccessMode
PersistentVolumeClaimSpec.volumeMode PersistentVolumeMode
PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy UnhealthyPodEvictionPolicyType
PodFailurePolicyOnExitCodesRequirement.operator PodFailurePolicyOnExitCodesOperator
PodFailurePolicyRule.action PodFailurePolicyAction
PodOS.name OSName
PodReadinessGate.conditionType PodConditionType
PodSecurityContext.fsGroupChangePolicy PodFSGroupChangePolicy
PodSecurityContext.seLinuxChangePolicy PodSELinuxChangePolicy
PodSecurityContext.supplementalGroupsPolicy SupplementalGroupsPolicy
PodSpec.dnsPolicy DNSPolicy
PodSpec.preemptionPolicy PreemptionPolicy
PodSpec.restartPolicy RestartPolicy
PriorityClass.preemptionPolicy PreemptionPolicy
ResourceQuotaSpec.scopes ResourceQuotaScope
SeccompProfile.type SeccompProfileType
AppArmorProfile.type AppArmorProfileType
Secret.type SecretType
SecurityContext.procMount ProcMountType
ServicePort.protocol Protocol
ServiceSpec.externalTrafficPolicy ServiceExternalTrafficPolicy
ServiceSpec.internalTrafficPolicy ServiceInternalTrafficPolicy
ServiceSpec.ipFamilies IPFamily
ServiceSpec.ipFamilyPolicy IPFamilyPolicy
ServiceSpec.sessionAffinity ServiceAffinity
ServiceSpec.type ServiceType
StatefulSetSpec.podManagementPolicy PodManagementPolicyType
StatefulSetUpdateStrategy.type StatefulSetUpdateStrategyType
Taint.effect TaintEffect
Toleration.effect TaintEffect
Toleration.operator TolerationOperator
TopologySpreadConstraint.nodeAffinityPolicy NodeInclusionPolicy
TopologySpreadConstraint.nodeTaintsPolicy NodeInclusionPolicy
TopologySpreadConstraint.whenUnsatisfiable UnsatisfiableConstraintAction
VolumeMount.mountPropagation MountPropagationMode
VolumeMount.recursiveReadOnly RecursiveReadOnlyMode
"""
GO = dict(line.split() for line in GO_TYPES.split("\n") if line)
SPECIAL = {"Quantity": "q", "Time": "t", "MicroTime": "m", "IntOrString": "p", "FieldsV1": "x"}


def short(ref):
    return ref.split("/")[-1].split(".")[-1]


def code(owner, name, schema):
    if "allOf" in schema:
        return code(owner, name, schema["allOf"][0])
    if "$ref" in schema:
        target = short(schema["$ref"])
        return SPECIAL.get(target, "@" + target)
    kind, fmt = schema.get("type"), schema.get("format")
    if kind == "array":
        return "[" + code(owner, name, schema["items"])
    if kind == "object":
        inner = schema.get("additionalProperties")
        return "{" + code(owner, name, inner) if inner else "x"
    if kind == "integer":
        return {"int32": "i", "int64": "l"}[fmt]
    if kind == "boolean":
        return "b"
    if kind == "string":
        if fmt == "byte":
            return "y"
        go = GO.get(f"{owner}.{name}")
        values = schema.get("enum")
        return "s" + (":" + go if go else "") + ("=" + "|".join(values) if values else "")
    raise SystemExit(f"{owner}.{name}: no rule for {schema}")


def main():
    schemas = json.load(open(sys.argv[1]))["schemas"]
    kinds, lines = [], []
    for full, schema in schemas.items():
        owner = short(full)
        if owner in SPECIAL:
            continue
        for gvk in schema.get("x-kubernetes-group-version-kind", []):
            group = gvk["group"] + "/" if gvk["group"] else ""
            kinds.append(f"{group}{gvk['version']}:{gvk['kind']}")
        required = set(schema.get("required", []))
        fields = [
            name + ("!" if name in required else "") + ":" + code(owner, name, prop)
            for name, prop in sorted(schema.get("properties", {}).items())
        ]
        lines.append("\t".join([owner] + fields))
    print("\t".join(["=kinds"] + sorted(kinds)))
    print("\n".join(sorted(lines)))


if __name__ == "__main__":
    main()
