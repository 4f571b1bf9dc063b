//! Who a container's processes are, and what they may do.

use super::{config_map, pod, run, run_pod};

#[test]
fn id_tells_user_and_groups() {
    let script = "id; id -u; id -un; id -G; whoami; echo $HOME";
    let unknown = "whoami: unknown uid 1000";
    let rows: [(&str, &str, &[&str]); 3] = [
        ("", "", &["uid=0(root) gid=0(root) groups=0(root)", "0", "root", "0", "root", "/root"]),
        (
            "securityContext: {runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000, \
             supplementalGroups: [4000]}",
            "",
            &[
                "uid=1000 gid=3000 groups=2000,3000,4000",
                "1000",
                "1000",
                "2000 3000 4000",
                unknown,
                "/",
            ],
        ),
        (
            "securityContext: {runAsUser: 1000}",
            "securityContext: {runAsUser: 65534}",
            &[
                "uid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)",
                "65534",
                "nobody",
                "65534",
                "nobody",
                "/home",
            ],
        ),
    ];
    for (spec, container, want) in rows {
        assert_eq!(run_pod(spec, container, script).log(), want);
    }
}

#[test]
fn what_belongs_to_root_is_refused_to_others() {
    let shown = run_pod(
        "securityContext: {runAsUser: 1000}",
        "",
        "touch /x; echo a > /tmp/a && stat -c '%u %g %a' /tmp/a; echo b >> /etc/passwd; \
         mkdir /opt2; \
         rm /etc/passwd; chmod 777 /etc; ls /root; [ -w /etc ] || echo no; \
         [ -w /tmp ] && echo yes; \
         chown 0 /tmp/a; echo c > /dev/termination-log; echo d > /proc/1/fd/1; cd /root",
    );
    assert_eq!(
        shown.log(),
        [
            "touch: /x: Permission denied",
            "1000 0 644",
            "sh: can't create /etc/passwd: Permission denied",
            "mkdir: can't create directory '/opt2': Permission denied",
            "rm: can't remove '/etc/passwd': Permission denied",
            "chmod: /etc: Operation not permitted",
            "ls: can't open '/root': Permission denied",
            "no",
            "yes",
            "chown: /tmp/a: Operation not permitted",
            "d",
            "sh: cd: line 0: can't cd to /root: Permission denied",
        ]
    );
    assert_eq!(shown.state()["terminated"]["message"], "c\n");
}

#[test]
fn a_group_owns_the_volumes() {
    let volumes =
        "volumes: [{name: e, emptyDir: {}}, {name: s, configMap: {name: c, defaultMode: 0400}}]";
    let mounts = "volumeMounts: [{name: e, mountPath: /e}, {name: s, mountPath: /s}]";
    let script = "stat -c '%a %g' /e; echo a > /e/f; stat -c '%u %g' /e/f; \
        stat -L -c '%a %g' /s/k; cat /s/k";
    let with = format!("securityContext: {{runAsUser: 1000, fsGroup: 2000}}, {volumes}");
    let shown = run(&(config_map("c", "k: \"v\\n\"") + &pod(&with, mounts, script)));
    assert_eq!(shown.log(), ["2777 2000", "1000 2000", "440 2000", "v"]);
    let without = format!("securityContext: {{runAsUser: 1000}}, {volumes}");
    let shown = run(&(config_map("c", "k: \"v\\n\"") + &pod(&without, mounts, script)));
    let denied = "cat: can't open '/s/k': Permission denied";
    assert_eq!(shown.log(), ["777 0", "1000 0", "400 0", denied]);
}

#[test]
fn a_sub_path_can_be_used_as_its_volume() {
    let spec =
        "securityContext: {runAsUser: 1000, fsGroup: 2000}, volumes: [{name: e, emptyDir: {}}]";
    let mounts = "volumeMounts: [{name: e, mountPath: /e, subPath: a/b}]";
    let shown = run_pod(spec, mounts, "stat -c '%a %g' /e; echo fine > /e/f; cat /e/f");
    assert_eq!(shown.log(), ["2777 2000", "fine"]);
}

#[test]
fn containers_of_one_pod_differ() {
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {restartPolicy: Never, \
        volumes: [{name: e, emptyDir: {}}], \
        initContainers: [{name: a, image: 'busybox:1.36', securityContext: {runAsUser: 7}, \
            command: [sh, -c, 'umask 077; echo secret > /e/f'], \
            volumeMounts: [{name: e, mountPath: /e}]}], \
        containers: [{name: b, image: 'busybox:1.36', securityContext: {runAsUser: 8}, \
            command: [sh, -c, 'cat /e/f; ls -l /e | tail -n 1 | cut -c1-29'], \
            volumeMounts: [{name: e, mountPath: /e}]}]}}";
    let shown = run(text);
    assert_eq!(
        shown.log(),
        ["cat: can't open '/e/f': Permission denied", "-rw-------    1 7        root"]
    );
}
