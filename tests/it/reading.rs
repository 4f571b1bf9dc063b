//! Commands that read, as a scenario's people give them.

use lifepod::base::json::{Value, parse};
use lifepod::session::simulate::run_scenario_jsonl;

const MANIFEST: &str = "manifest: |
  apiVersion: v1
  kind: Pod
  metadata: {name: web, labels: {app: web}}
  spec:
    terminationGracePeriodSeconds: 2
    containers:
    - name: app
      image: busybox
      command: [sh, -c, 'echo one; sleep 4; echo two; sleep 300']
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {selector: {app: web}, ports: [{port: 80}]}
until: 40s
actions:
";

/// The answers to commands with their times, in order.
fn answers(actions: &str) -> Vec<Value> {
    let lines = run_scenario_jsonl(&[MANIFEST, actions].concat()).expect("it is a scenario");
    let rows = lines.lines().map(|line| parse(line).expect("a line is JSON"));
    rows.filter(|row| row["type"] == "KUBECTL").skip(1).collect()
}

#[track_caller]
fn check(action: &str, code: i32, out: &str, err: &str) {
    let rows = answers(&format!("- {action}\n"));
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((row["out"].as_str(), row["err"].as_str()), (Some(out), Some(err)), "{action}");
    assert_eq!(row["code"], code, "{action}");
}

#[test]
fn tables_are_those_of_the_moment() {
    let head = "NAME   READY   STATUS    RESTARTS   AGE\n";
    check(
        "{at: 3s, kubectl: get pods}",
        0,
        &[head, "web    1/1     Running   0          3s\n"].concat(),
        "",
    );
    check(
        "{at: 3s, kubectl: get po -l app=db}",
        0,
        "",
        "No resources found in default namespace.\n",
    );
    check("{at: 3s, kubectl: get pod web -o name}", 0, "pod/web\n", "");
    check("{at: 3s, kubectl: 'get pods -o jsonpath={.items[0].status.phase}'}", 0, "Running", "");
    let both = "NAME      READY   STATUS    RESTARTS   AGE\n\
                pod/web   1/1     Running   0          3s\n";
    let rows = answers("- {at: 3s, kubectl: 'get pods,services'}\n");
    let out = rows[0]["out"].as_str().unwrap_or_default();
    assert!(out.starts_with(both) && out.contains("\n\nNAME          TYPE "), "{out}");
}

#[test]
fn what_is_not_there_is_said_as_kubectl_says_it() {
    let gone = "Error from server (NotFound): pods \"db\" not found\n";
    check("{at: 3s, kubectl: get pod db}", 1, "", gone);
    check("{at: 3s, kubectl: describe pod db}", 1, "", gone);
    let no_kind = "error: the server doesn't have a resource type \"gizmo\"\n";
    check("{at: 3s, kubectl: get gizmo}", 1, "", no_kind);
    let no_pod =
        "error: error from server (NotFound): pods \"db\" not found in namespace \"default\"\n";
    check("{at: 3s, kubectl: logs db}", 1, "", no_pod);
    let no_container = "error: container db is not valid for pod web\n";
    check("{at: 3s, kubectl: logs web -c db}", 1, "", no_container);
    let rows = answers("- {at: 3s, kubectl: frobnicate}\n");
    let err = rows[0]["err"].as_str().unwrap_or_default();
    assert!(
        err.contains("does not have \"kubectl frobnicate\"")
            && err.contains("There are: annotate, "),
        "{err}"
    );
}

#[test]
fn logs_are_those_that_were_written_so_far() {
    check("{at: 3s, kubectl: logs web}", 0, "one\n", "");
    check("{at: 8s, kubectl: logs web}", 0, "one\ntwo\n", "");
    check("{at: 8s, kubectl: logs pod/web -c app --tail=1}", 0, "two\n", "");
    let none = "Error from server (BadRequest): previous terminated container \"app\" in pod \"web\" \
                not found\n";
    check("{at: 8s, kubectl: logs web -p}", 1, "", none);
    let rows = answers("- {at: 8s, kubectl: logs web --since=5s --timestamps}\n");
    let out = rows[0]["out"].as_str().unwrap_or_default();
    assert!(out.starts_with("2026-01-01T00:00:0") && out.ends_with("000000Z two\n"), "{out}");
}

#[test]
fn waiting_ends_when_it_is_so_or_time_is_up() {
    let ready = "{at: 0.2s, kubectl: wait --for=condition=Ready pod/web}";
    check(ready, 0, "pod/web condition met\n", "");
    let late = "error: timed out waiting for the condition on pods/web\n";
    check("{at: 3s, kubectl: 'wait --for=condition=Nope pod web --timeout=5s'}", 1, "", late);
    let rows = answers(
        "- {at: 3s, kubectl: delete pod web}\n- {at: 3s, kubectl: wait --for=delete pod/web}\n",
    );
    let met = rows.iter().find(|row| row["out"] == "pod/web condition met\n").expect("it is met");
    assert!(met["t"].to_string().starts_with("5."), "two seconds of grace: {met}");
    let phase = "{at: 0.1s, kubectl: \"wait --for=jsonpath='{.status.phase}'=Running pod web\"}";
    check(phase, 0, "pod/web condition met\n", "");
}

#[test]
fn events_services_and_schemas_are_told() {
    let rows = answers(
        "- {at: 3s, kubectl: events --for pod/web}\n- {at: 3s, kubectl: describe svc web}\n\
         - {at: 3s, kubectl: explain pods.spec.containers}\n- {at: 3s, kubectl: api-resources}\n",
    );
    let out = |nth: usize| rows[nth]["out"].as_str().unwrap_or_default();
    assert!(
        out(0).starts_with("LAST SEEN   TYPE     REASON      OBJECT    MESSAGE\n"),
        "{}",
        out(0)
    );
    assert!(out(1).contains("\nEndpoints:                10.244.0."), "{}", out(1));
    assert!(out(2).contains("FIELD: containers <[]Container>\n"), "{}", out(2));
    assert!(out(3).contains("pods                       po           v1 "), "{}", out(3));
}
