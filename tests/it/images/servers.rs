//! What servers answer and log, in whole runs.

use crate::processes::Run;

/// What a client beside a server prints.
fn asked(image: &str, server: &str, script: &str) -> Vec<String> {
    asked_with(image, server, script, "")
}

/// A Pod of a server and a client whose script runs after 3 s; what the client prints.
fn asked_with(image: &str, server: &str, script: &str, annotations: &str) -> Vec<String> {
    let run = Run::scenario(&format!(
        "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n\
         {annotations}  spec:\n    restartPolicy: Never\n    containers:\n    - name: server\n\
         \x20     \
         image: {image}\n{server}    - name: client\n      image: busybox:1.36\n      \
         command: [sh, -c, {script:?}]\nuntil: 60s\n"
    ));
    run.logs("client").into_iter().map(str::to_string).collect()
}

#[test]
fn redis_answers_its_client() {
    let run = Run::pod(
        "restartPolicy: Never\ncontainers:\n- name: app\n  image: redis:7\n  lifecycle:\n    \
         postStart: {exec: {command: [sh, -c, \"sleep 1; redis-cli set a 41; redis-cli incr a > \
         /proc/1/fd/1; redis-cli ping > /proc/1/fd/1\"]}}\n",
        "",
        15,
    );
    let logs = run.logs("app");
    assert!(logs.contains(&"42") && logs.contains(&"PONG"), "{logs:?}");
}

#[test]
fn a_ready_check_waits_for_its_server() {
    let run = Run::pod(
        "restartPolicy: Never\ncontainers:\n- name: app\n  image: postgres:16\n  env: [{name: \
         POSTGRES_PASSWORD, value: x}]\n  lifecycle:\n    postStart: {exec: {command: [sh, -c, \
         \"pg_isready > /proc/1/fd/1; sleep 3; pg_isready -h localhost > /proc/1/fd/1\"]}}\n",
        "",
        25,
    );
    let logs = run.logs("app");
    assert!(logs.contains(&"/var/run/postgresql:5432 - no response"), "{logs:?}");
    assert!(logs.contains(&"localhost:5432 - accepting connections"), "{logs:?}");
}

#[test]
fn nginx_is_told_to_quit() {
    let run = Run::pod(
        "containers:\n- name: app\n  image: nginx:1.27\n  lifecycle:\n    preStop: {exec: {command: \
         [/usr/sbin/nginx, -s, quit]}}\n",
        "{at: 20s, kubectl: \"delete pod web --wait=false\"}",
        60,
    );
    let logs = run.logs("app");
    let quit = logs.iter().position(|l| l.ends_with("signal 3 (SIGQUIT) received, shutting down"));
    assert!(quit.is_some() && logs.last().is_some_and(|l| l.ends_with("1#1: exit")), "{logs:?}");
}

#[test]
fn a_program_takes_signals_and_ends_as_it_is_said_to() {
    let said = |annotation: &str, actions: &str| {
        Run::scenario(&format!(
            "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n    \
             annotations: {{{annotation}}}\n  spec:\n    restartPolicy: Never\n    \
             containers:\n    - {{name: app, image: acme/shop}}\nactions: [{actions}]\nuntil: 80s\n"
        ))
    };
    let code = |run: &Run| run.status("app")["state"]["terminated"]["exitCode"].as_i64();
    let ended = said("lifepod.dev/exit: 7 after 20s", "");
    assert_eq!(code(&ended), Some(7));
    let delete = "{at: 10s, kubectl: \"delete pod web --wait=false\"}";
    assert_eq!(code(&said("lifepod.dev/signals: TERM=exit 3 after 2s", delete)), Some(3));
    assert_eq!(code(&said("lifepod.dev/signals: TERM=ignore", delete)), Some(137));
    let told = said("lifepod.dev/start: 1s", "");
    assert_eq!(told.rules("note.annotation")[0].1["words"], "start");
    assert_eq!(told.rules("note.image").len(), 1);
}

#[test]
fn agnhost_tells_its_arguments() {
    let run = Run::pod(
        "restartPolicy: Never\ncontainers:\n- name: app\n  image: \
         registry.k8s.io/e2e-test-images/agnhost:2.53\n  args: [entrypoint-tester, a, b]\n",
        "",
        10,
    );
    assert_eq!(run.logs("app"), ["[/agnhost entrypoint-tester a b]"]);
}

#[test]
fn an_image_goes_and_comes_back() {
    let pods = |image: &str| {
        format!(
            "restartPolicy: Never\ncontainers:\n- {{name: app, image: {image}, command: [\"true\"]}}"
        )
    };
    let run = Run::pod(
        &pods("acme/job:1"),
        "{at: 0s, fault: \"image-gone acme/job:1\"}, {at: 15s, fault: \"image-back acme/job:1\"}",
        60,
    );
    assert!(!run.rules("image.failed").is_empty());
    assert_eq!(run.status("app")["state"]["terminated"]["exitCode"], 0);
}

#[test]
fn a_scenario_says_what_an_image_does() {
    let run = Run::scenario(
        "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: web}\n  spec:\n    \
         restartPolicy: Never\n    containers: [{name: app, image: shop}]\nimages:\n  \
         shop: {pull: 9s, exit: 4 after 2s}\nuntil: 30s\n",
    );
    assert_eq!(run.status("app")["state"]["terminated"]["exitCode"], 4);
    let pulled = run.rules("image.pulled")[0].0;
    assert!((9.0..11.0).contains(&pulled), "{pulled}");
}

#[test]
fn nginx_serves_its_page_and_what_is_mounted() {
    let out =
        asked("nginx:1.22", "", "sleep 8; wget -qO- http://localhost/; wget -qO- localhost/no");
    assert_eq!(
        out[..2],
        ["<h1>Welcome to nginx!</h1>", "wget: server returned error: HTTP/1.1 404 Not Found"]
    );
    let out = asked("nginx:alpine", "", "sleep 9; wget -qO- localhost | grep title");
    assert_eq!(out, ["<title>Welcome to nginx!</title>"]);
}

#[test]
fn agnhost_tells_the_hosts_it_knows() {
    let run = Run::pod(
        "restartPolicy: Never\nhostAliases: [{ip: 1.2.3.4, hostnames: [foo, bar]}]\ncontainers:\n\
         - name: app\n  image: registry.k8s.io/e2e-test-images/agnhost:2.53\n  args: [etc-hosts]\n",
        "",
        15,
    );
    let logs = run.logs("app");
    assert!(logs.contains(&"1.2.3.4\tfoo\tbar"), "{logs:?}");
}

#[test]
fn agnhosts_servers_answer() {
    let image = "registry.k8s.io/e2e-test-images/agnhost:2.53";
    let netexec = "      args: [netexec]\n";
    let script = "ask() { wget -qO- \"localhost:8080/$1\" 2>&1; echo; }; sleep 4; ask hostname; ask \
                  'echo?msg=a%20b'; ask 'echo?msg=x&code=503'";
    let out = asked(image, netexec, script);
    assert_eq!(out[..2], ["web", "a b"], "{out:?}");
    assert!(out[2].contains("503"), "{out:?}");
    let script =
        "ask() { wget -qO- localhost:8080/healthz 2>&1; echo; }; sleep 4; ask; sleep 9; ask";
    let out = asked(image, "      args: [liveness]\n", script);
    assert_eq!(out[0], "ok");
    assert!(out[1].contains("500"), "{out:?}");
}

const AGNHOST: &str = "registry.k8s.io/e2e-test-images/agnhost:2.53";

/// What `netexec` answers to these, each a line.
fn netexec(asks: &str) -> Vec<String> {
    let ask = "ask() { wget -qO- \"localhost:8080/$1\" 2>&1; echo; }; sleep 4; ";
    asked(AGNHOST, "      args: [netexec]\n", &format!("{ask}{asks}"))
}

#[test]
fn netexec_runs_commands() {
    let out = netexec(
        "ask 'shell?cmd=echo%20hi;echo%20%22no%22%20%3E%262;exit%203'; \
         ask 'shell?shellCommand=hostname'; \
         ask 'shell?cmd=kill%20-9%20$$$$'; ask 'shell?cmd=true'; \
         ask 'shell?cmd=yes|head%20-n%2050000|wc%20-l'; \
         ask 'shell?cmd=sleep%205;echo%20later'",
    );
    let expected = [
        r#"{"error":"exit status 3","output":"hi\nno\n"}"#,
        r#"{"output":"web\n"}"#,
        r#"{"error":"signal: killed"}"#,
        "{}",
        r#"{"output":"50000\n"}"#,
        r#"{"output":"later\n"}"#,
    ];
    assert_eq!(out, expected);
}

#[test]
fn a_command_that_writes_much_does_not_wait_for_ever() {
    let out = netexec(
        "wget -qO- 'localhost:8080/shell?cmd=yes|head%20-n%20100000' | wc -c; ask hostname; \
         wget -qO- -T 1 'localhost:8080/shell?cmd=sleep%203;echo%20lost' 2>&1; sleep 4; ask hostname",
    );
    assert_eq!(out.len(), 4, "{out:?}");
    // A line is three characters of JSON: the end of line is escaped.
    assert_eq!(out[0], (100_000 * 3 + r#"{"output":""}"#.len()).to_string());
    assert_eq!([&out[1], &out[3]], ["web", "web"], "{out:?}");
}

#[test]
fn netexec_dials_others() {
    let out = netexec(
        "ask 'dial?host=127.0.0.1&port=8080&request=hostname&tries=2'; \
         ask 'dial?host=localhost&port=8080&request=echo?msg=a&protocol=http'; \
         ask 'dial?host=127.0.0.1&port=81&request=x'; \
         ask 'dial?host=nowhere.example&port=80&request=x'; \
         ask 'dial?host=127.0.0.1&port=8080'; ask 'dial?host=a&port=b&request=c'; \
         ask 'dial?host=a&port=1&request=c&protocol=ftp'",
    );
    let why = "dial tcp 127.0.0.1:81: connect: connection refused";
    let refused = format!(r#"{{"errors":["Get \"http://127.0.0.1:81/x\": {why}"]}}"#);
    assert_eq!(
        out[..3],
        [r#"{"responses":["web","web"]}"#, r#"{"responses":["a"]}"#, &refused],
        "{out:?}"
    );
    let refused = out.iter().filter(|line| line.contains("400 Bad Request"));
    assert_eq!(refused.count(), 4, "{out:?}");
}

#[test]
fn netexec_takes_files() {
    let out = netexec(
        "printf '%s\\r\\n' --B 'Content-Disposition: form-data; name=\"file\"; filename=\"f\"' '' 'echo I ran' \
         --B-- > /tmp/form; wget -qO- --header 'Content-Type: multipart/form-data; boundary=B' \
         --post-file /tmp/form localhost:8080/upload > /tmp/said; \
         sed 's/upload[a-zA-Z0-9]*\"/uploadX\"/' /tmp/said; echo; \
         file=$(cut -d'\"' -f4 /tmp/said); ask \"shell?cmd=sh%20$file\"; ask upload",
    );
    let expected = [
        r#"{"output":"/uploads/uploadX"}"#,
        r#"{"output":"I ran\n"}"#,
        r#"{"error":"Unable to upload file."}"#,
    ];
    assert_eq!(out, expected);
}

#[test]
fn what_a_pod_says_of_its_program_counts() {
    let annotations = "    annotations:\n      lifepod.dev/server.start: 5s\n      \
                       lifepod.dev/server.ports: \"9000\"\n      lifepod.dev/server.http: \
                       \"/healthz=200,500@20s; /old=302>/new\"\n";
    let script = "ask() { wget -qO- -T 2 localhost:9000/$1 2>&1; }; sleep 3; ask x; sleep 4; ask healthz; \
                  sleep 16; ask healthz";
    let out = asked_with("acme/shop:2", "", script, annotations);
    assert_eq!(out.len(), 3, "{out:?}");
    assert!(out[0].contains("Connection refused"), "{out:?}");
    assert_eq!(out[1], "ok");
    assert!(out[2].contains("500 Internal Server Error"), "{out:?}");
}

#[test]
fn grpc_health_is_asked_for() {
    let script = "p() { grpc_health_probe -addr=:$1 > /proc/1/fd/1 2>&1; echo $? > /proc/1/fd/1; }; \
                  p 5000; sleep 4; p 5000; p 5001; sleep 15; p 5000";
    let run = Run::scenario(&format!(
        "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n    annotations:\n\
         \x20     lifepod.dev/start: 2s\n      lifepod.dev/ports: 5000/grpc\n      \
         lifepod.dev/grpc: serving, not-serving@12s\n  spec:\n    containers:\n    - name: app\n\
         \x20     image: acme/grpc\n      lifecycle: {{postStart: {{exec: {{command: [sh, -c, \
         {script:?}]}}}}}}\nuntil: 60s\n"
    ));
    let want = [
        "timeout: failed to connect service \":5000\" within 1s",
        "2",
        "status: SERVING",
        "0",
        "timeout: failed to connect service \":5001\" within 1s",
        "2",
        "service unhealthy (responded with \"NOT_SERVING\")",
        "4",
    ];
    assert_eq!(run.logs("app"), want);
}

#[test]
fn a_server_killed_for_memory_leaves_its_port() {
    let run = Run::scenario(
        "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: web, annotations: \
         {lifepod.dev/memory: \"20Mi, 200Mi@9s\"}}\n  spec:\n    containers:\n    - {name: app, image: \
         nginx, resources: {limits: {memory: 100Mi}}}\nuntil: 60s\n",
    );
    let logs = run.logs("app");
    assert!(!logs.iter().any(|line| line.contains("[emerg]")), "{logs:?}");
    let last = &run.status("app")["lastState"]["terminated"];
    assert_eq!((&last["exitCode"], &last["reason"]), (&137.into(), &"OOMKilled".into()));
}

#[test]
fn the_processes_of_nginx_have_its_name() {
    let run = Run::pod(
        "containers:\n- name: app\n  image: nginx:alpine\n  lifecycle:\n    postStart: {exec: \
         {command: [sh, -c, \"ps | grep -v ps > /proc/1/fd/1; pidof nginx > /proc/1/fd/1; killall -0 \
         nginx && echo alive > /proc/1/fd/1\"]}}\n",
        "",
        12,
    );
    let logs = run.logs("app").join("\n");
    assert!(logs.contains("nginx: master process") && logs.contains("nginx: worker process"));
    assert!(logs.contains("\nalive"), "{logs}");
}

#[test]
fn answers_over_time_drive_a_liveness_probe() {
    let run = Run::scenario(
        "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n    \
         annotations:\n      lifepod.dev/pull: 1s\n      \
         lifepod.dev/http: /healthz=200, 503@10s\n  spec:\n    \
         containers:\n    - name: app\n      image: acme/shop\n      livenessProbe: {httpGet: \
         {path: /healthz, port: 8080}, periodSeconds: 2, failureThreshold: 2}\nuntil: 45s\n",
    );
    // Ten good seconds and two failures, and the same again after each restart.
    let status = run.status("app");
    assert_eq!(status["restartCount"], 3, "{status:?}");
    let logs = run.logs("app");
    assert_eq!(logs.iter().filter(|line| **line == "app: got TERM, ending").count(), 3);
}

#[test]
fn clients_find_servers_by_the_names_of_services() {
    let run = Run::scenario(
        "manifest: |\n  apiVersion: v1\n  kind: Service\n  metadata: {name: db}\n  \
         spec: {selector: {app: db}, ports: [{port: 3306}]}\n  ---\n  apiVersion: v1\n  \
         kind: Pod\n  metadata: {name: db, labels: {app: db}}\n  spec:\n    containers:\n    \
         - {name: db, image: \"mysql:8\", env: [{name: MYSQL_ROOT_PASSWORD, value: x}]}\n  \
         ---\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: web}\n  spec:\n    \
         restartPolicy: Never\n    containers:\n    - name: ask\n      image: mysql:8\n      \
         command: [sh, -c, \"until mysqladmin ping -h db -uroot -px 2>/dev/null; do sleep 2; done; \
         mysql -h db -e 'SELECT 1'; mysql -h nobody -e 'SELECT 1'\"]\nuntil: 60s\n",
    );
    let logs = run.logs("ask");
    assert_eq!(logs[..3], ["mysqld is alive", "1", "1"], "{logs:?}");
    assert!(
        logs[3].starts_with("ERROR 2003 (HY000): Can't connect to MySQL server on 'nobody:3306'")
    );
}
