//! The network in a whole run: Pods that talk, Services, probes and hooks.

use super::processes::Run;
use lifepod::base::SimTime;
use lifepod::engine::{Config, Trace, World};
use lifepod::session::manifest::apply_action;

const TWO_PODS: &str = include_str!("two-pods.yaml");

/// The messages of the Events with this reason, the first of each.
fn events(run: &Run, reason: &str) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for text in run.events(reason) {
        if !seen.iter().any(|s| s == text) {
            seen.push(text.to_string());
        }
    }
    seen
}

fn without_ports(text: &str) -> String {
    text.split(' ').filter(|word| !word.contains("->")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_client_reaches_a_service_by_its_name_while_it_has_endpoints() {
    let run = Run::scenario(TWO_PODS);
    let lines: Vec<(f64, &str)> = run.times("c").into_iter().zip(run.logs("c")).collect();
    let served: Vec<f64> =
        lines.iter().filter(|(_, line)| *line == "hi").map(|(at, _)| *at).collect();
    assert!(served.len() >= 7 && served[0] < 3.0, "{lines:?}");
    let last = served.last().copied().unwrap_or_default();
    assert!((9.0..11.5).contains(&last), "nothing answers after the deletion at 10 s: {lines:?}");
    // Its address is gone a little before its endpoint is.
    let refused =
        |line: &str| line.ends_with("Connection refused") || line == "wget: download timed out";
    let after: Vec<&str> =
        lines.iter().filter(|(at, _)| *at > 12.0).map(|(_, line)| *line).collect();
    assert!(!after.is_empty() && after.iter().all(|line| refused(line)), "{after:?}");
}

/// A world at the start of a scenario's run.
fn started(text: &str) -> World {
    let scenario = lifepod::course::Scenario::read(text).expect("it is one");
    let mut world = World::new(Config::default());
    let action = apply_action(&scenario.manifest).expect("it is accepted");
    world.act(&action, &mut Trace::muted());
    world
}

#[test]
fn a_copy_made_with_connections_open_runs_to_the_same_end() {
    let mut world = started(TWO_PODS);
    let mut trace = Trace::default();
    let mut open = 0;
    let mut copies = Vec::new();
    for ms in (600..4_000).step_by(7) {
        world.run_until(SimTime::ms(ms), &mut trace);
        if world.network.next_at().is_some() {
            open += 1;
            copies.push((world.clone(), trace.rows.len()));
        }
    }
    assert!(open > 5, "only {open} moments with something under way");
    let end = SimTime::secs(6);
    world.run_until(end, &mut trace);
    for (mut copy, rows) in copies {
        let mut rest = Trace::default();
        copy.run_until(end, &mut rest);
        assert!(copy == world && rest.rows[..] == trace.rows[rows..]);
    }
}

#[test]
fn containers_of_a_pod_share_localhost_and_ports() {
    let spec = "restartPolicy: Never
containers:
- name: server
  image: busybox:1.36
  command: [sh, -c, 'echo hi >/index.html; exec httpd -f -p 8080 -h /']
- name: second
  image: busybox:1.36
  command: [sh, -c, 'sleep 2; httpd -f -p 8080']
- name: client
  image: busybox:1.36
  command: [sh, -c, 'sleep 2; wget -qO- http://localhost:8080; wget -qO- http://$(hostname):8080']
";
    let run = Run::pod(spec, "", 8);
    assert_eq!(run.logs("client"), ["hi", "hi"]);
    assert_eq!(run.logs("second"), ["httpd: bind: Address already in use"]);
    assert_eq!(run.status("second")["state"]["terminated"]["exitCode"].as_i64(), Some(1));
}

#[test]
fn containers_that_talk_without_rest_let_time_pass() {
    let spec = "containers:
- name: server
  image: busybox:1.36
  command: [sh, -c, 'exec httpd -f -p 8080 -h /etc']
- name: client
  image: busybox:1.36
  command: [sh, -c, 'while true; do wget -qO- http://localhost:8080/hostname >>/n 2>&1; done']
";
    let spec: String = spec.lines().map(|line| format!("    {line}\n")).collect();
    let head = "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n  spec:\n";
    let mut world = started(&format!("{head}{spec}until: 60s\n"));
    world.run_until(SimTime::secs(60), &mut Trace::muted());
    assert_eq!((world.now, world.stopped), (SimTime::secs(60), None));
    assert!(world.events() < 20_000, "{} events", world.events());
}

#[test]
fn a_request_under_way_fails_when_its_server_dies() {
    let run = Run::scenario(
        "manifest: |
  apiVersion: v1
  kind: Pod
  metadata: {name: web}
  spec:
    hostNetwork: true
    terminationGracePeriodSeconds: 1
    containers:
    - name: app
      image: busybox:1.36
      command: [sh, -c, 'nc -lk -p 8080 -e sleep 60']
  ---
  apiVersion: v1
  kind: Pod
  metadata: {name: client}
  spec:
    restartPolicy: Never
    containers:
    - name: c
      image: busybox:1.36
      command: [sh, -c, 'sleep 3; wget -qO- http://192.0.2.2:8080/']
actions: [{at: 6s, kubectl: delete pod web --wait=false}]
until: 15s
",
    );
    assert_eq!(run.logs("c"), ["wget: error getting response: Connection reset by peer"]);
    let at = run.times("c")[0];
    assert!((8.0..9.0).contains(&at), "SIGKILL comes after 2 s: {at}");
}

const SERVER: &str = "containers:
- name: app
  image: busybox:1.36
  command: [sh, -c, 'sleep 3; echo ok >/ok; exec httpd -f -p 8080 -h /']
";

#[test]
fn probes_say_why_they_fail() {
    let probe = |probe: &str| {
        let run =
            Run::pod(&format!("{SERVER}  readinessProbe: {{{probe}, periodSeconds: 1}}\n"), "", 8);
        events(&run, "Unhealthy")
    };
    let get = "Readiness probe failed: Get \"http://10.244.0.6:8080/ok\":";
    let refused = "dial tcp 10.244.0.6:8080: connect: connection refused";
    assert_eq!(probe("httpGet: {path: /ok, port: 8080}"), [format!("{get} {refused}")]);
    assert_eq!(probe("tcpSocket: {port: 8080}"), [format!("Readiness probe failed: {refused}")]);
    let gone = events(
        &Run::pod(
            &format!("{SERVER}  readinessProbe: {{httpGet: {{path: /no, port: 8080}}}}\n"),
            "",
            20,
        ),
        "Unhealthy",
    );
    assert!(
        gone.contains(&"Readiness probe failed: HTTP probe failed with statuscode: 404".into())
    );
    let late = "Readiness probe failed: timeout: failed to connect service \"10.244.0.6:8080\" within \
                1s: context deadline exceeded";
    assert_eq!(probe("grpc: {port: 8080}"), [late]);
    let away = probe("httpGet: {path: /ok, port: 80, host: 198.51.100.7}");
    let late = "Readiness probe failed: Get \"http://198.51.100.7:80/ok\": context deadline exceeded \
                (Client.Timeout exceeded while awaiting headers)";
    assert_eq!(away, [late]);
    let away = probe("tcpSocket: {port: 80, host: 198.51.100.7}");
    assert_eq!(away, ["Readiness probe failed: dial tcp 198.51.100.7:80: i/o timeout"]);
    let named = probe("httpGet: {path: /ok, port: 8080, host: web.example}");
    let missing = "dial tcp: lookup web.example on 192.0.2.1:53: no such host";
    let get = "Readiness probe failed: Get \"http://web.example:8080/ok\":";
    assert_eq!(named, [format!("{get} {missing}")]);
    let tls = probe("httpGet: {path: /ok, port: 8080, scheme: HTTPS}");
    assert!(tls[1].ends_with("/ok\": http: server gave HTTP response to HTTPS client"), "{tls:?}");
    let unnamed = probe("httpGet: {path: /ok, port: http}");
    let text = "Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing \"http\": \
                invalid syntax";
    assert_eq!(unnamed, [text]);
}

#[test]
fn a_hanging_server_a_broken_one_and_a_redirect_are_told_apart() {
    let served = |script: &str| {
        let spec = format!(
            "containers:
- name: app
  image: busybox:1.36
  command:
  - sh
  - -c
  - |
    cat >/s <<'END'
    {script}
    END
    exec nc -lk -p 8080 -e sh /s
  livenessProbe: {{httpGet: {{path: /x, port: 8080}}, periodSeconds: 2, initialDelaySeconds: 1}}
"
        );
        let run = Run::pod(&spec, "", 6);
        let all = [events(&run, "Unhealthy"), events(&run, "ProbeWarning")].concat();
        let mut all: Vec<String> = all.iter().map(|text| without_ports(text)).collect();
        all.dedup();
        all
    };
    let get = "Liveness probe failed: Get \"http://10.244.0.6:8080/x\":";
    let late = "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
    assert_eq!(served("sleep 60"), [format!("{get} {late}")]);
    assert_eq!(served("read x"), [format!("{get} read tcp read: connection reset by peer")]);
    let junk = "net/http: HTTP/1.x transport connection broken: malformed HTTP response \"junk\"";
    let request = "while read l && [ ${#l} -gt 1 ]; do :; done";
    assert_eq!(served(&format!("{request}; echo junk")), [format!("{get} {junk}")]);
    let away = |to: &str| {
        let head = format!("HTTP/1.1 302 Found\\r\\nLocation: {to}\\r\\n\\r\\n");
        served(&format!("{request}; printf '{head}'"))
    };
    let warning = "Liveness probe warning: Probe terminated redirects, Response body: ";
    assert_eq!(away("http://192.0.2.9/"), [warning]);
    let text = "Liveness probe failed: Get \"/x\": stopped after 10 redirects";
    assert_eq!(away("/x"), [text]);
    let cut = format!("{request}; printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nabc'");
    let text = "Liveness probe errored and resulted in unknown state: unexpected EOF";
    assert_eq!(served(&cut), [text]);
}

#[test]
fn hooks_over_http_succeed_with_any_answer_and_fall_back_from_https() {
    let hook = |hook: &str| {
        let spec = format!(
            "terminationGracePeriodSeconds: 1
containers:
- name: app
  image: busybox:1.36
  command: [sh, -c, 'exec httpd -f -v -p 8080']
  lifecycle:
    postStart: {{{hook}}}
"
        );
        Run::pod(&spec, "", 6)
    };
    let plain = hook("httpGet: {path: /none, port: 8080}");
    assert!(plain.logs("app")[0].ends_with("response:404"));
    assert!(events(&plain, "FailedPostStartHook").is_empty());
    let tls = hook("httpGet: {path: /none, port: 8080, scheme: HTTPS}");
    let text = "request to HTTPS lifecycle hook 10.244.0.6:8080 got HTTP response, retry with HTTP \
                succeeded";
    assert_eq!(events(&tls, "LifecycleHTTPFallback"), [text]);
    assert!(events(&tls, "FailedPostStartHook").is_empty());
    let refused = hook("httpGet: {path: /bye, port: 81}");
    assert_eq!(events(&refused, "FailedPostStartHook"), ["PostStartHook failed"]);
    let waiting = refused.messages("PostStartHookError");
    let get =
        "Get \"http://10.244.0.6:81/bye\": dial tcp 10.244.0.6:81: connect: connection refused";
    assert!(
        waiting[0].starts_with("HTTP lifecycle hook (/bye) for Container \"app\""),
        "{waiting:?}"
    );
    assert!(waiting[0].ends_with(&format!("failed - error: {get}")), "{waiting:?}");
}
