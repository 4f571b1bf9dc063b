//! Where variables come from.

use super::{config_map, pod, run, run_pod, scenario};

#[test]
fn later_variables_use_earlier_ones() {
    let env = "env: [{name: B, value: '$(A)'}, {name: A, value: one}, {name: C, value: 'x$(A)x'}, \
        {name: D, value: '$$(A)'}, {name: E, value: '$(NO) $A'}, {name: A, value: two}, \
        {name: H, value: '$(KUBERNETES_SERVICE_HOST)'}, {name: EMPTY}], args: ['$(C)', '$$(C)', '$(NO)']";
    let shown = run_pod("", env, "echo \"$B|$A|$C|$D|$E|$H|$EMPTY|\"; echo $0 $1 $2");
    assert_eq!(shown.log(), ["$(A)|two|xonex|$(A)|$(NO) $A|10.96.0.1||", "xonex $(C) $(NO)"]);
}

#[test]
fn objects_give_variables() {
    let secret =
        "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {pw: hunter2}}\n---\n";
    let container = "envFrom: [{configMapRef: {name: c}}, {configMapRef: {name: c}, prefix: P_}, \
            {secretRef: {name: absent, optional: true}}], \
        env: [{name: A, value: own}, {name: PW, valueFrom: {secretKeyRef: {name: s, key: pw}}}, \
            {name: K, valueFrom: {configMapKeyRef: {name: c, key: none, optional: true}}}]";
    let script = "echo $A $B $P_A $PW ${K-unset}";
    let manifest = config_map("c", "A: a, B: b") + secret + &pod("", container, script);
    assert_eq!(run(&manifest).log(), ["own b a hunter2 unset"]);
}

#[test]
fn every_key_may_be_a_name() {
    let text = pod("", "envFrom: [{configMapRef: {name: c}}]", "true");
    let text = text.replace("[sh, -c, \"true\"]", "[env]");
    let shown = run(&(config_map("c", "odd.name-1: kept") + &text));
    assert!(shown.log().contains(&"odd.name-1=kept"), "{:?}", shown.log());
}

#[test]
fn a_shell_hands_on_names_that_it_cannot_write() {
    let map = super::config_map("c", "data-1: one");
    let from = "envFrom: [{configMapRef: {name: c}}, {prefix: p-, configMapRef: {name: c}}]";
    let shown = run(&format!("{map}{}", pod("", from, "env | grep data-1")));
    let mut lines = shown.log();
    lines.sort_unstable();
    assert_eq!(lines, ["data-1=one", "p-data-1=one"]);
}

#[test]
fn the_pod_tells_of_itself() {
    let field = |name: &str, path: &str| {
        format!("{{name: {name}, valueFrom: {{fieldRef: {{fieldPath: \"{path}\"}}}}}}")
    };
    let fields = [
        field("NAME", "metadata.name"),
        field("NS", "metadata.namespace"),
        field("LABEL", "metadata.labels['app']"),
        field("NOTE", "metadata.annotations['none']"),
        field("NODE", "spec.nodeName"),
        field("SA", "spec.serviceAccountName"),
        field("HOST", "status.hostIP"),
        field("IP", "status.podIP"),
        field("UID_", "metadata.uid"),
    ];
    let resources = "{name: CPU, valueFrom: {resourceFieldRef: {resource: requests.cpu, divisor: 1m}}}, \
        {name: MEM, valueFrom: {resourceFieldRef: {resource: limits.memory}}}";
    let container = format!(
        "resources: {{requests: {{cpu: 250m}}}}, env: [{}, {resources}]",
        fields.join(", ")
    );
    let script = "echo $NAME $NS $LABEL -$NOTE- $NODE $SA $HOST $CPU $MEM; \
        grep -c \"^$IP\" /etc/hosts; echo ${#UID_}";
    let log = run_pod("", &container, script);
    // 24581684Ki are what the node has for Pods.
    let want = "web default web -- node-1 default 192.0.2.2 250 25171644416";
    assert_eq!(log.log(), [want, "1", "36"]);
}

#[test]
fn services_that_are_there_before_give_variables() {
    let script = "env | grep -c ^KUBERNETES_; echo $HOSTNAME $HOME; echo $PATH";
    let shown = run_pod("", "", script);
    let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    assert_eq!(shown.log(), ["8", "web /root", path]);
    let service = "{apiVersion: v1, kind: Service, metadata: {name: my-db}, \
        spec: {clusterIP: 10.96.0.77, ports: [{port: 5432}]}}\n---\n";
    let script = "echo $MY_DB_SERVICE_HOST $MY_DB_PORT_5432_TCP_PORT";
    let links = run(&format!("{service}{}", pod("", "", script)));
    assert_eq!(links.log(), ["10.96.0.77 5432"]);
    let no_links = run(&format!("{service}{}", pod("enableServiceLinks: false", "", script)));
    assert_eq!(no_links.log(), [""]);
}

#[test]
fn a_missing_object_holds_the_container_back() {
    let rows = [
        (
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: k}}}]",
            "configmap \"c\" not found",
        ),
        (
            "env: [{name: A, valueFrom: {secretKeyRef: {name: c, key: k}}}]",
            "secret \"c\" not found",
        ),
        ("envFrom: [{secretRef: {name: c}}]", "secret \"c\" not found"),
        (
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: kube-root-ca.crt, key: k}}}]",
            "couldn't find key k in ConfigMap default/kube-root-ca.crt",
        ),
    ];
    for (container, error) in rows {
        let shown = run(&scenario(&pod("", container, "true"), "", "30s"));
        let waiting = &shown.state()["waiting"];
        assert_eq!(waiting["reason"], "CreateContainerConfigError");
        assert_eq!(waiting["message"], error);
        assert_eq!(shown.event("Failed"), Some(format!("Error: {error}").as_str()));
    }
}

#[test]
fn root_is_refused_where_it_is_not_wanted() {
    let shown =
        run(&scenario(&pod("securityContext: {runAsNonRoot: true}", "", "true"), "", "10s"));
    let message = shown.state()["waiting"]["message"].as_str().unwrap_or_default();
    assert!(
        message.starts_with(
            "container has runAsNonRoot and image will run as root (pod: \"web_default("
        ),
        "{message}"
    );
    let own = run(&scenario(
        &pod("securityContext: {runAsNonRoot: true}", "securityContext: {runAsUser: 0}", "true"),
        "",
        "10s",
    ));
    let message = own.state()["waiting"]["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("container's runAsUser breaks non-root policy"), "{message}");
}

#[test]
fn the_user_of_an_image_is_not_root() {
    let text = pod("securityContext: {runAsNonRoot: true}", "", "id -u");
    let image = "registry.k8s.io/e2e-test-images/nonroot:1.4";
    let shown = run(&scenario(&text.replace("busybox:1.36", image), "", "10s"));
    assert_eq!((shown.log(), &shown.status("web")["phase"]), (vec!["1234"], &"Succeeded".into()));
}

#[test]
fn a_variable_is_read_from_a_file_that_an_init_container_wrote() {
    let spec = "volumes: [{name: config, emptyDir: {}}], initContainers: [{name: setup, image: \
                'busybox:1.36', command: [sh, -c, \"echo \\\"A='x y'\\\" > /data/my.env\"], \
                volumeMounts: [{name: config, mountPath: /data}]}]";
    let from = |path: &str, key: &str, optional: bool| {
        let reference = format!("path: {path}, volumeName: config, key: {key}");
        let variable = format!("{{{reference}, optional: {optional}}}");
        format!("env: [{{name: V, valueFrom: {{fileKeyRef: {variable}}}}}]")
    };
    let shown = run_pod(spec, &from("my.env", "A", false), "echo \"${V-none}\"");
    assert_eq!(shown.log(), ["x y"]);
    let shown = run_pod(spec, &from("my.env", "B", true), "echo \"${V-none}\"");
    assert_eq!(shown.log(), ["none"]);
    let error = |container: String| {
        let shown = run_pod(spec, &container, "true");
        let failed = shown.events().into_iter().find(|(_, reason, _)| *reason == "Failed");
        failed.map(|(_, _, message)| message.to_string()).unwrap_or_default()
    };
    assert!(error(from("my.env", "B", false)).contains("environment variable key \"B\" not found"));
    assert_eq!(error(from("no.env", "A", true)), "Error: couldn't parse env file");
}
