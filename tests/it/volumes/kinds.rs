//! One test a kind of volume.

use super::{config_map, pod, run, run_pod, scenario};

#[test]
fn an_empty_dir_is_shared_and_outlives_containers() {
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: web}, \
        spec: {restartPolicy: OnFailure, \
        volumes: [{name: w, emptyDir: {}}], \
        initContainers: [{name: first, image: 'busybox:1.36', command: [sh, -c, \
            'echo made > /w/f'], \
            volumeMounts: [{name: w, mountPath: /w}]}], \
        containers: [{name: app, image: 'busybox:1.36', \
            command: [sh, -c, \
                'cat /data/f; stat -c %a /data; echo more >> /data/f; \
                [ $(grep -c more /data/f) = 2 ]'], \
            volumeMounts: [{name: w, mountPath: /data}]}]}}";
    let shown = run(text);
    assert_eq!(shown.log(), ["made", "777", "made", "more", "777"]);
}

#[test]
fn a_volume_in_memory_is_full_at_its_limit() {
    let shown = run_pod(
        "volumes: [{name: e, emptyDir: {medium: Memory, sizeLimit: 1Mi}}]",
        "volumeMounts: [{name: e, mountPath: /e}]",
        "dd if=/dev/zero of=/e/big bs=1M count=2 2>&1 || echo refused; stat -c %s /e/big; \
         rm /e/big; echo small > /e/small && cat /e/small",
    );
    assert_eq!(
        shown.log(),
        [
            "dd: error writing '/e/big': No space left on device",
            "2+0 records in",
            "1+0 records out",
            "refused",
            "1048576",
            "small",
        ]
    );
}

#[test]
fn a_config_map_is_a_directory_of_links() {
    let volumes = "volumes: [{name: all, configMap: {name: c}}, \
        {name: some, configMap: {name: c, defaultMode: 0400, items: [{key: b, path: d/bee}, \
            {key: a.txt, path: a, mode: 0755}]}}]";
    let mounts = "volumeMounts: [{name: all, mountPath: /all}, {name: some, mountPath: /some}]";
    let script = "ls -A /all | grep -v ^..2; readlink /all/a.txt; cat /all/b /all/a.txt; ls /some; \
        cat /some/d/bee; stat -L -c %a /some/a /some/d/bee /all/b; echo x > /all/new; echo $?; rm /all/b";
    let manifest =
        config_map("c", "a.txt: \"one\\n\", b: \"two\\n\"") + &pod(volumes, mounts, script);
    let shown = run(&manifest);
    assert_eq!(
        shown.log(),
        [
            "..data",
            "a.txt",
            "b",
            "..data/a.txt",
            "two",
            "one",
            "a",
            "d",
            "two",
            "755",
            "400",
            "644",
            "sh: can't create /all/new: Read-only file system",
            "1",
            "rm: can't remove '/all/b': Read-only file system",
        ]
    );
}

#[test]
fn a_secret_is_decoded() {
    let secret = "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {pw: aHVudGVyMg==}, \
        stringData: {user: anna}}\n---\n";
    let pod = pod(
        "volumes: [{name: s, secret: {secretName: s, defaultMode: 256}}]",
        "volumeMounts: [{name: s, mountPath: /s, readOnly: true}]",
        "for f in /s/*; do echo $f $(cat $f) $(stat -L -c %a $f); done",
    );
    let shown = run(&format!("{secret}{pod}"));
    assert_eq!(shown.log(), ["/s/pw hunter2 400", "/s/user anna 400"]);
}

#[test]
fn the_token_is_at_its_place() {
    let script = "cd /var/run/secrets/kubernetes.io/serviceaccount; ls; cat namespace; echo; \
        head -n 1 ca.crt; cut -d. -f1 token; tr -cd . < token | wc -c; touch x";
    let shown = run_pod("", "", script);
    let header = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImxpZmVwb2QifQ";
    assert_eq!(
        shown.log(),
        [
            "ca.crt",
            "namespace",
            "token",
            "default",
            "-----BEGIN CERTIFICATE-----",
            header,
            "2",
            "touch: x: Read-only file system",
        ]
    );
    let without = run_pod("automountServiceAccountToken: false", "", "ls /var/run");
    assert_eq!(without.log(), ["ls: /var/run: No such file or directory"]);
}

#[test]
fn a_service_account_may_want_no_token() {
    let account = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: quiet}, \
        automountServiceAccountToken: false, imagePullSecrets: [{name: reg}]}\n---\n";
    let script = "ls /var/run";
    let shown = run(&format!("{account}{}", pod("serviceAccountName: quiet", "", script)));
    assert_eq!(shown.log(), ["ls: /var/run: No such file or directory"]);
    assert!(shown.event("FailedToRetrieveImagePullSecret").is_some_and(|m| m.contains("(reg)")));
    let own = "serviceAccountName: quiet, automountServiceAccountToken: true";
    let shown = run(&format!("{account}{}", pod(own, "", script)));
    assert_eq!(shown.log(), ["secrets"]);
}

#[test]
fn the_downward_api_tells_of_the_pod() {
    let shown = run_pod(
        "volumes: [{name: d, downwardAPI: {items: [\
            {path: labels, fieldRef: {fieldPath: metadata.labels}}, \
            {path: one, fieldRef: {fieldPath: \"metadata.labels['app']\"}}, \
            {path: name, fieldRef: {fieldPath: metadata.name}}, \
            {path: cpu, resourceFieldRef: {containerName: app, resource: limits.cpu, \
                divisor: 1m}}, \
            {path: mem, resourceFieldRef: {containerName: app, resource: requests.memory, divisor: 1Mi}}]}}]",
        "resources: {limits: {cpu: 500m}, requests: {memory: 64Mi}}, \
         volumeMounts: [{name: d, mountPath: /d}]",
        "for f in labels one name cpu mem; do echo $f: $(cat /d/$f); done",
    );
    assert_eq!(
        shown.log(),
        ["labels: app=\"web\"", "one: web", "name: web", "cpu: 500", "mem: 64"]
    );
}

#[test]
fn a_projected_volume_holds_several_sources() {
    let volumes = "volumes: [{name: p, projected: {defaultMode: 0440, sources: [\
        {configMap: {name: c, items: [{key: k, path: conf/k}]}}, \
        {secret: {name: absent, optional: true}}, \
        {downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}, \
        {serviceAccountToken: {path: vault, audience: vault}}]}}]";
    let script = "cd /p; for f in ..data *; do [ -L $f ] && echo $f; done; \
        cat conf/k name; stat -L -c %a name; \
        cut -d. -f2 vault | cut -c1-4";
    let manifest = config_map("c", "k: \"v\\n\"")
        + &pod(volumes, "volumeMounts: [{name: p, mountPath: /p}]", script);
    let shown = run(&manifest);
    assert_eq!(shown.log()[..4], ["..data", "conf", "name", "vault"]);
    assert_eq!(shown.log()[4..], ["v", "web440", "eyJh"]);
}

#[test]
fn a_host_path_outlives_its_pod() {
    let spec = "volumes: [{name: h, hostPath: {path: /data/x, type: DirectoryOrCreate}}]";
    let mounts = "volumeMounts: [{name: h, mountPath: /h, subPath: in/side}]";
    let first = pod(spec, mounts, "echo kept > /h/f");
    let second = pod(
        "volumes: [{name: h, hostPath: {path: /data}}]",
        "volumeMounts: [{name: h, mountPath: /h}]",
        "sleep 8; cat /h/x/in/side/f",
    )
    .replace("name: web", "name: later");
    let actions = "{at: 5s, kubectl: 'delete pod web'}";
    let shown = run(&scenario(&format!("{first}---\n{second}"), actions, "20s"));
    assert_eq!(shown.log(), ["kept"]);
}

#[test]
fn a_claim_is_a_disk_that_stays() {
    let claim = "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, \
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}\n---\n";
    let spec = "volumes: [{name: p, persistentVolumeClaim: {claimName: data}}]";
    let mounts = "volumeMounts: [{name: p, mountPath: /p}]";
    let first = pod(spec, mounts, "echo kept > /p/f");
    let spec = "volumes: [{name: p, persistentVolumeClaim: {claimName: data, readOnly: true}}]";
    let second =
        pod(spec, mounts, "sleep 8; cat /p/f; touch /p/g").replace("name: web", "name: later");
    let manifest = format!("{claim}{first}---\n{second}");
    let shown = run(&scenario(&manifest, "{at: 5s, kubectl: 'delete pod web'}", "20s"));
    assert_eq!(shown.log(), ["kept", "touch: /p/g: Read-only file system"]);
}

#[test]
fn sub_paths_show_a_part() {
    let spec = "volumes: [{name: w, emptyDir: {}}, {name: c, configMap: {name: c}}]";
    let container = "env: [{name: WHO, valueFrom: {fieldRef: {fieldPath: metadata.name}}}], \
        volumeMounts: [{name: w, mountPath: /all}, {name: w, mountPath: /logs, \
            subPathExpr: logs/$(WHO)}, \
            {name: c, mountPath: /etc/app.conf, subPath: app.conf}, {name: c, mountPath: /typo, subPath: ap.conf}]";
    let script = "echo hi > /logs/a; cat /all/logs/web/a; cat /etc/app.conf; ls /typo; \
        [ -d /typo ] && echo directory; [ -f /etc/passwd ] && echo others stay; rm /etc/app.conf";
    let shown = run(&(config_map("c", "app.conf: \"x=1\\n\"") + &pod(spec, container, script)));
    assert_eq!(
        shown.log(),
        [
            "hi",
            "x=1",
            "directory",
            "others stay",
            "rm: can't remove '/etc/app.conf': Device or resource busy"
        ]
    );
}

#[test]
fn a_file_that_is_open_takes_its_room_until_it_is_closed() {
    let shown = run_pod(
        "volumes: [{name: e, emptyDir: {medium: Memory, sizeLimit: 1Mi}}]",
        "volumeMounts: [{name: e, mountPath: /e}]",
        "exec 3> /e/a; dd if=/dev/zero of=/e/a bs=1M count=1 2>/dev/null; rm /e/a; \
         echo x > /e/b; sleep 1; exec 3>&-; sleep 1; echo x > /e/b; cat /e/b; \
         grep ' /e ' /proc/mounts",
    );
    let full = "sh: write error: No space left on device";
    assert_eq!(shown.log(), [full, "x", "tmpfs /e tmpfs rw,relatime 0 0"]);
}

#[test]
fn mounts_and_roots_can_be_read_only() {
    let shown = run_pod(
        "volumes: [{name: w, emptyDir: {}}]",
        "securityContext: {readOnlyRootFilesystem: true}, volumeMounts: [{name: w, \
            mountPath: /rw}, \
         {name: w, mountPath: /ro, readOnly: true}]",
        "echo a > /rw/f; cat /ro/f; echo b > /ro/f; touch /tmp/x; echo c > /dev/termination-log; \
         echo d > /dev/null; echo e >> /etc/hosts; echo $?",
    );
    assert_eq!(
        shown.log(),
        [
            "a",
            "sh: can't create /ro/f: Read-only file system",
            "touch: /tmp/x: Read-only file system",
            "0",
        ]
    );
    assert_eq!(shown.state()["terminated"]["message"], "c\n");
}
