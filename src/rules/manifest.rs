//! What the diagnostics of a manifest are called: one rule a kind of mistake.
//!
//! They are no decisions of the cluster, so no scenario shows them: `shown_by` names a file of
//! `tests/manifests`. Their cards are in `static/rules/manifest.LANG.json`.

use super::RuleInfo;

const fn rule(id: &'static str, source: &'static str, shown_by: &'static str) -> RuleInfo {
    RuleInfo { id, facts: &[], fields: &[], source, shown_by }
}

/// All rules that a diagnostic may name. Files without a folder are of `pkg/apis/core/validation`.
pub const MANIFEST_RULES: &[RuleInfo] = &[
    rule("manifest.tab", "goyaml.v2 scannerc.go yaml_parser_fetch_next_token", "tabs"),
    rule(
        "manifest.indentation",
        "goyaml.v2 parserc.go yaml_parser_parse_block_mapping_key",
        "bad-indent",
    ),
    rule("manifest.quote", "goyaml.v2 scannerc.go yaml_parser_scan_flow_scalar", "unclosed-quote"),
    rule(
        "manifest.bracket",
        "goyaml.v2 parserc.go yaml_parser_parse_flow_sequence_entry",
        "unclosed-bracket",
    ),
    rule("manifest.colon", "goyaml.v2 scannerc.go yaml_parser_fetch_value", "missing-colon"),
    rule("manifest.dash", "goyaml.v2 scannerc.go yaml_parser_fetch_block_entry", "syntax"),
    rule("manifest.character", "goyaml.v2 readerc.go, scannerc.go", "reserved"),
    rule("manifest.syntax", "goyaml.v2 parserc.go", "syntax"),
    rule("manifest.limit", "Lifepod: yaml/limits.rs", "too-deep"),
    rule("manifest.alias", "goyaml.v2 decode.go; yaml.org merge key", "aliases"),
    rule("manifest.key", "sigs.k8s.io/yaml yaml.go convertToJSONableObject", "keys"),
    rule("manifest.duplicate-key", "sigs.k8s.io/yaml yaml.go YAMLToJSON", "duplicate-keys"),
    rule("manifest.lost-document", "apimachinery util/yaml decoder.go YAMLReader", "lost-document"),
    rule("manifest.empty", "kubectl cmd/apply/apply.go Run", "empty"),
    rule("manifest.not-an-object", "cli-runtime resource/visitor.go; kubectl validation", "scalar"),
    rule("manifest.no-kind", "kubectl validation/validation.go getObjectKind", "no-kind"),
    rule(
        "manifest.unknown-kind",
        "cli-runtime resource/mapper.go infoForData; client-go restmapper/discovery.go",
        "misspelt-kind",
    ),
    rule("manifest.gone-kind", "kubernetes.io: Deprecated API Migration Guide", "gone-kinds"),
    rule("manifest.swapped", "cli-runtime resource/mapper.go infoForData", "misspelt-kind"),
    rule("manifest.not-simulated", "Lifepod: manifest/kinds.rs", "others"),
    rule("manifest.generate-name", "kubectl cmd/apply/apply.go applyOneObject", "generate-name"),
    rule(
        "manifest.no-name",
        "kubectl cmd/apply/apply.go; cli-runtime resource/helper.go",
        "no-name",
    ),
    rule("manifest.same-name", "kubectl cmd/apply/apply.go", "same-name"),
    rule(
        "manifest.lost-annotations",
        "kubectl util/apply.go GetModifiedConfiguration; apimachinery unstructured.go GetAnnotations",
        "values-of-other-kinds",
    ),
    rule(
        "manifest.unknown-field",
        "apiserver strict field validation; sigs.k8s.io/json",
        "unknown-fields",
    ),
    rule(
        "manifest.misplaced-field",
        "apiserver strict field validation; sigs.k8s.io/json",
        "unknown-fields",
    ),
    rule(
        "manifest.wrong-type",
        "apiserver strict field validation; sigs.k8s.io/json",
        "wrong-types",
    ),
    rule("manifest.quantity", "apimachinery api/resource/quantity.go ParseQuantity", "wrong-types"),
    rule("manifest.time", "apimachinery meta/v1 time.go UnmarshalJSON", "values-of-other-kinds"),
    rule("manifest.base64", "encoding/json: []byte is base64", "values-of-other-kinds"),
    rule("api.warning", "pkg/api/pod/warnings.go GetWarningsForPod", "warnings"),
    rule("api.address", "validation.go ValidateHostAliases", "pod-fields"),
    rule("api.budget", "policy/validation/validation.go ValidatePodDisruptionBudgetSpec", "kinds"),
    rule("api.config", "validation.go ValidateConfigMap, ValidateSecret", "kinds"),
    rule("api.containers", "validation.go validateContainers", "missing"),
    rule("api.deadline", "validation.go validatePodSpec", "pod-fields"),
    rule("api.dns", "validation.go validatePodDNSConfig", "pod-fields"),
    rule("api.env", "validation.go ValidateEnv", "pod-fields"),
    rule("api.ephemeral", "validation.go validateEphemeralContainers", "pod-fields"),
    rule(
        "api.gates",
        "validation.go validateReadinessGates, validateSchedulingGates",
        "pod-fields",
    ),
    rule("api.hook", "validation.go validateHandler", "pod-fields"),
    rule("api.image", "validation.go validateContainerCommon", "values"),
    rule("api.init", "validation.go validateInitContainers", "pod-fields"),
    rule("api.label", "apimachinery meta/v1/validation ValidateLabels", "pod-fields"),
    rule("api.metadata", "apimachinery api/validation ValidateObjectMeta", "chinese"),
    rule("api.mount", "validation.go ValidateVolumeMounts", "values"),
    rule("api.name", "apimachinery util/validation IsDNS1123Label, IsDNS1123Subdomain", "values"),
    rule("api.node", "validation.go ValidateNode, validateNodeTaints", "kinds"),
    rule("api.os", "validation.go validateOS", "pod-fields"),
    rule("api.port", "validation.go validateContainerPorts", "values"),
    rule("api.priority", "validation.go ValidatePreemptionPolicy", "pod-fields"),
    rule("api.probe", "validation.go validateProbe, validateLivenessProbe", "values"),
    rule("api.pull-policy", "validation.go validatePullPolicy", "values"),
    rule("api.quota", "validation.go ValidateResourceQuotaSpec", "kinds"),
    rule("api.resize", "validation.go validateResizePolicy", "pod-fields"),
    rule("api.resources", "validation.go ValidateContainerResourceRequirements", "values"),
    rule("api.restart-policy", "validation.go validateRestartPolicy", "values"),
    rule("api.scheduling", "validation.go ValidateTolerations, validateAffinity", "pod-fields"),
    rule("api.security", "validation.go ValidateSecurityContext", "pod-fields"),
    rule(
        "api.selector",
        "apps/validation/validation.go ValidatePodTemplateSpecForReplicaSet",
        "kinds",
    ),
    rule("api.service", "validation.go ValidateService", "others"),
    rule("api.termination-message", "validation.go validateContainerCommon", "pod-fields"),
    rule("api.update", "validation.go ValidatePodUpdate, ValidateImmutableField", "updates"),
    rule("api.volume", "validation.go ValidateVolumes", "pod-fields"),
    rule("api.workload", "apps/validation/validation.go ValidateDeploymentSpec", "kinds"),
];
