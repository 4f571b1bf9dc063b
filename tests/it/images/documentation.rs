//! What people paste from the documentation of Kubernetes: its images and what its scripts need.

use crate::processes::Run;

#[test]
fn an_old_busybox_looks_names_up_as_other_programs_do() {
    let spec = |image: &str| {
        format!(
            "containers:\n- {{name: a, image: '{image}', command: [sh, -c, 'nslookup \
             kubernetes.default; nslookup nosuch; sleep 90']}}\n"
        )
    };
    let server = "Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local";
    let old = Run::pod(&spec("busybox:1.28"), "", 9);
    assert_eq!(
        old.logs("a"),
        [
            "Server:    10.96.0.10",
            server,
            "",
            "Name:      kubernetes.default",
            "Address 1: 10.96.0.1 kubernetes.default.svc.cluster.local",
            "Server:    10.96.0.10",
            server,
            "",
            "nslookup: can't resolve 'nosuch'",
        ]
    );
    let new = Run::pod(&spec("busybox:1.37"), "", 9);
    let failed = "** server can't find kubernetes.default: NXDOMAIN";
    assert!(new.logs("a").contains(&failed), "{:?}", new.logs("a"));
}

#[test]
fn the_tools_of_agnhost_look_names_up_by_the_search_domains() {
    let script = "nslookup kubernetes.default; nslookup 10.96.0.1; nslookup -type=a nosuch";
    let spec = format!(
        "containers: [{{name: a, image: 'registry.k8s.io/e2e-test-images/agnhost:2.39', \
         command: [sh, -c, '{script}; sleep 90']}}]"
    );
    let run = Run::pod(&spec, "", 9);
    let server = ["Server:\t\t10.96.0.10", "Address:\t10.96.0.10#53", ""];
    let answers: [&[&str]; 3] = [
        &["Name:\tkubernetes.default.svc.cluster.local", "Address: 10.96.0.1", ""],
        &["1.0.96.10.in-addr.arpa\tname = kubernetes.default.svc.cluster.local.", ""],
        &["** server can't find nosuch: NXDOMAIN", ""],
    ];
    assert_eq!(run.logs("a"), answers.map(|answer| [&server[..], answer].concat()).concat());
}

#[test]
fn the_name_server_knows_the_cluster_without_any_service() {
    let script = "nslookup -type=a kubernetes.default.svc.cluster.local; sleep 90";
    let spec = format!("containers:\n- {{name: a, image: busybox, command: [sh, -c, '{script}']}}");
    let run = Run::pod(&spec, "", 9);
    assert_eq!(run.logs("a")[4], "Address: 10.96.0.1");
}

#[test]
fn a_log_shipper_waits_for_the_file_it_follows() {
    let spec = "\
initContainers:
- name: logs
  image: alpine
  restartPolicy: Always
  command: [sh, -c, tail -F /opt/logs.txt]
  volumeMounts: [{name: data, mountPath: /opt}]
containers:
- name: a
  image: alpine
  command: [sh, -c, 'while true; do echo line >> /opt/logs.txt; sleep 1; done']
  volumeMounts: [{name: data, mountPath: /opt}]
volumes: [{name: data, emptyDir: {}}]
";
    let run = Run::pod(spec, "", 9);
    let logs = run.logs("logs");
    assert_eq!(
        logs[..3],
        [
            "tail: can't open '/opt/logs.txt': No such file or directory",
            "tail: /opt/logs.txt has appeared; following end of new file",
            "line",
        ]
    );
    assert!(logs.len() > 5, "it goes on: {logs:?}");
    assert!(run.rules("container.exited").is_empty());
}

#[test]
fn the_stress_that_is_all_of_its_image_stays_without_work() {
    let run = Run::pod("containers: [{name: a, image: vish/stress}]\n", "", 9);
    assert!(run.logs("a")[1].ends_with("Allocated \"0\" memory"), "{:?}", run.logs("a"));
    assert!(run.rules("container.exited").is_empty());
    let other = "containers: [{name: a, image: polinux/stress, command: [stress]}]\n";
    assert!(!Run::pod(other, "", 9).rules("container.exited").is_empty());
}

#[test]
fn the_job_that_computes_pi_completes() {
    let spec = "\
restartPolicy: Never
containers:
- {name: a, image: 'perl:5.34.0', command: [perl, -Mbignum=bpi, -wle, print bpi(2000)]}
";
    let run = Run::pod(spec, "", 20);
    let logs = run.logs("a");
    assert!(logs[0].starts_with("3.14159265358979") && logs[0].len() == 2001, "{logs:?}");
    assert_eq!(run.rules("container.exited")[0].1["code"].as_i64(), Some(0));
}

#[test]
fn a_profile_that_the_node_lacks_keeps_the_container_from_being_created() {
    let events = |security: &str| {
        let spec =
            format!("securityContext: {{{security}}}\ncontainers: [{{name: a, image: nginx}}]\n");
        let run = Run::pod(&spec, "", 9);
        (
            run.events("Failed").first().map(ToString::to_string),
            run.rules("container.created").len(),
        )
    };
    let seccomp = "seccompProfile: {type: Localhost, localhostProfile: profiles/x.json}";
    let path = "/var/lib/kubelet/seccomp/profiles/x.json";
    let said = format!(
        "Error: failed to create containerd container: cannot load seccomp profile \"{path}\": \
         open {path}: no such file or directory"
    );
    assert_eq!(events(seccomp), (Some(said), 0));
    let apparmor = "appArmorProfile: {type: Localhost, localhostProfile: deny-write}";
    let said = "Error: failed to get container spec opts: failed to generate apparmor spec opts: \
                apparmor profile not found deny-write";
    assert_eq!(events(apparmor), (Some(said.to_string()), 0));
    assert_eq!(events("seccompProfile: {type: RuntimeDefault}"), (None, 1));
}
