//! `kubectl apply`, word for word as a real cluster answers it.

use lifepod::base::json::Value;
use lifepod::session::apply_answer::{ApplyAnswer, answer};

/// Rows that do not yet agree, each with the reason; a row that starts to agree must leave.
const KNOWN_GAPS: &[(&str, &str)] = &[];

fn rows() -> Vec<Value> {
    let text = include_str!("../apply/answers.json");
    let all: Value = lifepod::base::json::parse(text).expect("the recording is JSON");
    all["rows"].as_array().expect("it has rows").clone()
}

fn text<'r>(row: &'r Value, field: &str) -> &'r str {
    row[field].as_str().unwrap_or_default()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).collect()
}

/// Why `got` is not what the row has; `None` if it is.
fn difference(row: &Value, got: &ApplyAnswer) -> Option<String> {
    let same = i64::from(got.code) == row["code"].as_i64().unwrap_or(-1)
        && lines(&got.stdout) == lines(text(row, "stdout"))
        && lines(&got.stderr) == lines(text(row, "stderr"));
    let want = format!("{}{}", text(row, "stdout"), text(row, "stderr"));
    (!same).then(|| format!("want {want:?}\n     got {:?}{:?}", got.stdout, got.stderr))
}

#[test]
fn every_recorded_answer_is_given_word_for_word() {
    let rows = rows();
    assert!(rows.len() >= 57, "only {} rows", rows.len());
    let mut problems = Vec::new();
    for row in &rows {
        let name = text(row, "name");
        let gap = KNOWN_GAPS.iter().find(|(gap, _)| *gap == name);
        let difference = difference(row, &answer(text(row, "manifest"), "pod.yaml"));
        match (difference, gap) {
            (Some(difference), None) => problems.push(format!("{name}: {difference}")),
            (None, Some(_)) => problems.push(format!("{name}: agrees now, take it off the list")),
            _ => {}
        }
    }
    assert!(problems.is_empty(), "{} differ\n{}", problems.len(), problems.join("\n"));
}

/// Answers that no recording has, by the source of kubectl and the API server.
fn check(manifest: &str, stdout: &str, stderr: &str) {
    let got = answer(manifest, "pod.yaml");
    assert_eq!((lines(&got.stdout), lines(&got.stderr)), (lines(stdout), lines(stderr)));
    assert_eq!(got.code, i32::from(!stderr.is_empty()));
}

const SPEC: &str = "spec: {containers: [{name: app, image: busybox}]}\n";

#[test]
fn what_the_cluster_does_not_have_is_missed() {
    check(
        &format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: shop}}\n{SPEC}"),
        "",
        "Error from server (NotFound): error when creating \"pod.yaml\": namespaces \"shop\" not found",
    );
    check(
        &format!(
            "apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop}}\n---\n\
             apiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: shop}}\n{SPEC}"
        ),
        "namespace/shop created\npod/web created",
        "",
    );
    check(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n\
         spec: {serviceAccountName: robot, containers: [{name: app, image: busybox}]}\n",
        "",
        "Error from server (Forbidden): error when creating \"pod.yaml\": pods \"web\" is \
         forbidden: error looking up service account default/robot: serviceaccount \"robot\" not \
         found",
    );
}

#[test]
fn several_refusals_are_printed_raw_one_a_line() {
    check(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}\n---\n\
         apiVersion: v1\nkind: Pods\nmetadata: {name: b}\n",
        "",
        "resource mapping not found for name: \"b\" namespace: \"\" from \"pod.yaml\": no matches \
         for kind \"Pods\" in version \"v1\"\nensure CRDs are installed first\n\
         Error from server (Invalid): error when creating \"pod.yaml\": Pod \"a\" is invalid: \
         spec.containers: Required value",
    );
}

#[test]
fn the_same_object_again_is_unchanged() {
    let pod = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\n{SPEC}");
    check(&format!("{pod}---\n{pod}"), "pod/web created\npod/web unchanged", "");
}

#[test]
fn a_pod_without_a_name_cannot_be_looked_up() {
    check(
        &format!("apiVersion: v1\nkind: Pod\nmetadata: {{}}\n{SPEC}"),
        "",
        "error: error when retrieving current configuration of:\n\
         Resource: \"/v1, Resource=pods\", GroupVersionKind: \"/v1, Kind=Pod\"\n\
         Name: \"\", Namespace: \"default\"\n\
         from server for: \"pod.yaml\": resource name may not be empty",
    );
}

/// Source: client-go restmapper/discovery.go knows each kind in small letters too; apiserver
/// handlers/rest.go transformDecodeError.
#[test]
fn a_kind_in_small_letters_gets_as_far_as_the_server() {
    check(
        &format!("apiVersion: v1\nkind: pod\nmetadata: {{name: web}}\n{SPEC}"),
        "",
        "Error from server (BadRequest): error when creating \"pod.yaml\": pod in version \"v1\" \
         cannot be handled as a Pod: no kind \"pod\" is registered for version \"v1\" in scheme \
         \"pkg/api/legacyscheme/scheme.go:30\"",
    );
}

/// Source: apimachinery unstructured/helpers.go decodeToList.
#[test]
fn lists_are_taken_apart() {
    let item = "- metadata: {name: web}\n  spec: {containers: [{name: app, image: busybox}]}\n";
    let list = |kind: &str| format!("apiVersion: v1\nkind: {kind}\nitems:\n{item}");
    check(&list("PodList"), "pod/web created", "");
    check(
        &list("PodsList"),
        "",
        "error: resource mapping not found for name: \"\" namespace: \"\" from \"pod.yaml\": no \
         matches for kind \"PodsList\" in version \"v1\"\nensure CRDs are installed first",
    );
    check("apiVersion: v1\nkind: List\nitems: []\n", "", "error: no objects passed to apply");
}

/// Source: kubectl util/apply.go GetModifiedConfiguration.
#[test]
fn annotations_that_are_no_text_are_dropped_without_a_word() {
    let pod = |annotations: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web, annotations: {annotations}}}\n{SPEC}"
        )
    };
    check(&pod("{size: 3}"), "pod/web created", "");
    check(&pod("words"), "pod/web created", "");
    let mut session = lifepod::session::Session::new();
    session.apply(lifepod::session::Command::Load(pod("words")));
    assert_eq!(session.editor().refused, None);
    assert!(session.editor().problems.iter().any(|p| p.rule == "manifest.lost-annotations"));
}

fn deployment(label: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d}}\nspec:\n  selector: \
         {{matchLabels: {{a: {label}}}}}\n  template:\n    metadata: {{labels: {{a: \
         {label}}}}}\n    spec: {{containers: [{{name: app, image: x}}]}}\n"
    )
}

#[test]
fn what_is_there_is_changed_or_the_change_refused() {
    let pod = |image: &str, more: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{containers: [{{name: app, \
             image: \"{image}\"{more}}}]}}\n---\n"
        )
    };
    let twice = pod("busybox:1", "").repeat(2);
    check(
        &(twice.clone() + &pod("busybox:2", "")),
        "pod/web created\npod/web unchanged\npod/web configured",
        "",
    );
    check(
        &(twice + &pod("busybox:2", ", command: [ls]")),
        "pod/web created\npod/web unchanged",
        "The Pod \"web\" is invalid: spec: Forbidden: \
         pod updates may not change fields other than \
         `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,\
         `spec.tolerations` (only additions to existing tolerations),\
         `spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously \
         negative)",
    );
    check(
        &format!("{}---\n{}", deployment("b"), deployment("c")),
        "deployment.apps/d created",
        "The Deployment \"d\" is invalid: spec.selector: Invalid value: \
         {\"matchLabels\":{\"a\":\"c\"}}: field is immutable",
    );
}

#[test]
fn a_stateful_set_may_mount_its_claims() {
    let set = "apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: nginx
        image: nginx
        volumeMounts: [{name: www, mountPath: /www}]
  volumeClaimTemplates:
  - metadata: {name: www}
    spec:
      accessModes: [ReadWriteOnce]
      resources: {requests: {storage: 1Gi}}
";
    assert_eq!(answer(set, "pod.yaml").stdout.trim(), "statefulset.apps/web created");
    let deployment = set.replace("StatefulSet", "Deployment").replace("  serviceName: web\n", "");
    let deployment = deployment.split("  volumeClaimTemplates").next().unwrap_or_default();
    assert!(answer(deployment, "pod.yaml").stderr.contains("Not found: \"www\""));
}
