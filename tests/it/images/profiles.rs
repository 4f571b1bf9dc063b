//! All images of the table: each one starts what it names, and what it starts ends when it is
//! told to.

use crate::shell::simulate::Machine;
use lifepod::base::SimTime;
use lifepod::shell::images::{Profile, Reference, profile, root::root};
use lifepod::shell::{Kernel, Network, Pid, SignalEffect, Spawn, Volumes};

const TABLE: &str = include_str!("../../../src/shell/images/table.txt");

/// What images ask for before they run.
const ENV: &[(&str, &str)] = &[
    ("POSTGRES_PASSWORD", "x"),
    ("MYSQL_ROOT_PASSWORD", "x"),
    ("MARIADB_ROOT_PASSWORD", "x"),
    ("HOSTNAME", "web"),
];

/// An image's own program in a container of it.
pub fn launch(image: &str, command: &[&str], args: &[&str], env: &[(&str, &str)]) -> Machine {
    let profile = profile(&Reference::parse(image)).expect("it is in the table");
    let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let own = env.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    let spawn = Spawn {
        argv: profile.argv(&list(command), &list(args)),
        env: profile.env.iter().cloned().chain(own).collect::<Vec<_>>().into(),
        cwd: profile.cwd.to_string(),
        ..Spawn::default()
    };
    let mut machine = Machine {
        kernel: Kernel::with_files("web", root(&profile, "web")),
        volumes: Volumes::new(),
        network: Network::default(),
        now: SimTime::ZERO,
        out: String::new(),
        err: String::new(),
    };
    let started = machine.kernel.spawn(machine.now, &spawn, &mut machine.volumes);
    started.unwrap_or_else(|error| panic!("{image}: {error}"));
    machine
}

/// The images of the table, one name and tag a line.
fn images() -> Vec<(String, Profile)> {
    let row = |line: &'static str| {
        let columns: Vec<&str> = line.split('|').collect();
        let tag = if columns[1] == "*" { "1" } else { columns[1].split(' ').next().unwrap() };
        let tag = tag.trim_matches('*');
        let image = format!("{}:{tag}", columns[0].split(' ').next().unwrap());
        let profile = profile(&Reference::parse(&image)).unwrap();
        (image, profile)
    };
    TABLE.lines().map(row).collect()
}

/// Images whose program has no handler for their stop signal, and is PID 1.
const DEAF: &[&str] = &["gcr.io/google-samples/node-hello:1"];
/// Images that end by themselves at once: a shell or an interpreter without input, a command
/// that wants arguments, a missing configuration.
const SHORT: &[&str] = &[
    "busybox:1.24",
    "busybox:1",
    "alpine:1",
    "debian:slim",
    "debian:1",
    "ubuntu:1",
    "centos:1",
    "bash:1",
    "haproxy:1",
    "python:alpine",
    "python:slim",
    "python:1",
    "node:alpine",
    "node:slim",
    "node:1",
    "golang:alpine",
    "golang:1",
    "openjdk:1",
    "ruby:1",
    "perl:1",
    "php:1",
    "hello-world:1",
    "curlimages/curl:1",
    "bitnami/kubectl:1",
    "registry.k8s.io/kubectl:1",
    "registry.k8s.io/busybox:1",
    "registry.k8s.io/e2e-test-images/nonewprivs:1",
    "registry.k8s.io/e2e-test-images/nonroot:1",
];

#[test]
fn every_image_starts_and_takes_its_stop_signal() {
    for (image, profile) in images() {
        if profile.argv(&[], &[]).is_empty() {
            // It has no command of its own.
            continue;
        }
        let mut machine = launch(&image, &[], &[], ENV);
        machine.run_until(SimTime::secs(60));
        let short = SHORT.contains(&image.as_str());
        assert_eq!(machine.code(Pid::INIT).is_some(), short, "{image}: {}", machine.err);
        if short {
            continue;
        }
        let effect = machine.kernel.signal(machine.now, Pid::INIT, profile.stop);
        let deaf = DEAF.contains(&image.as_str());
        let wanted = if deaf { SignalEffect::Immune } else { SignalEffect::Handler };
        assert_eq!(effect, wanted, "{image}");
        machine.run_until(SimTime::secs(65));
        assert_eq!(machine.code(Pid::INIT).is_some(), !deaf, "{image}: {}", machine.out);
    }
}

#[test]
fn servers_end_with_the_code_that_is_theirs() {
    for (image, args, code) in [
        ("nginx", &[][..], 0),
        ("httpd", &[], 0),
        ("redis", &[], 0),
        ("postgres", &[], 0),
        ("tomcat", &[], 143),
        ("registry.k8s.io/pause:3.10", &[], 0),
        ("registry.k8s.io/e2e-test-images/agnhost:2.53", &["netexec"], 0),
        ("registry.k8s.io/e2e-test-images/agnhost:2.53", &["pause"], 2),
        ("registry.k8s.io/liveness", &[], 2),
    ] {
        let mut machine = launch(image, &[], args, ENV);
        machine.run_until(SimTime::secs(20));
        let stop = profile(&Reference::parse(image)).unwrap().stop;
        machine.kernel.signal(machine.now, Pid::INIT, stop);
        machine.run_until(SimTime::secs(25));
        assert_eq!(machine.code(Pid::INIT), Some(code), "{image} {args:?}");
    }
}

#[test]
fn a_database_without_a_password_says_so_and_ends() {
    for (image, words) in [
        ("postgres:16", "You must specify POSTGRES_PASSWORD"),
        ("mysql:8", "MYSQL_ROOT_PASSWORD"),
        ("mariadb:11", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD"),
    ] {
        let mut machine = launch(image, &[], &[], &[]);
        machine.run_until(SimTime::secs(9));
        assert_eq!(machine.code(Pid::INIT), Some(1), "{image}");
        assert!(machine.err.contains(words), "{image}: {}", machine.err);
    }
}

#[test]
fn programs_are_where_the_image_has_them() {
    for (image, there, missing) in [
        ("busybox", "wget nc ps killall", "curl bash"),
        ("alpine", "wget ps", "curl bash"),
        ("nginx", "nginx curl bash sed", "ps killall wget vi"),
        ("nginx:alpine", "nginx curl ps", "bash"),
        ("python", "python3 curl ps", "killall"),
        ("registry.k8s.io/e2e-test-images/agnhost:2.53", "curl bash nslookup", "python3"),
    ] {
        let which = |names: &str| {
            let script = format!("for n in {names}; do command -v $n >/dev/null && echo $n; done");
            let mut machine = launch(image, &["sh", "-c", &script], &[], &[]);
            machine.run_until(SimTime::secs(1));
            machine.out.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(which(there), there, "{image}");
        assert_eq!(which(missing), "", "{image}");
    }
}

#[test]
fn nginx_has_its_command_line() {
    for (args, code, words) in [
        (&["-t"][..], 0, "configuration file /etc/nginx/nginx.conf test is successful"),
        (&["-v"], 0, "nginx version: nginx/1.27.0"),
        (&["-s", "quit"], 1, "open() \"/var/run/nginx.pid\" failed"),
        (&["-s", "stopp"], 1, "invalid option: \"-s stopp\""),
        // Without `daemon off` the first process ends, and with it the container.
        (&[], 0, ""),
    ] {
        let mut machine = launch("nginx:1.27", &["nginx"], args, &[]);
        machine.run_until(SimTime::secs(3));
        assert_eq!(machine.code(Pid::INIT), Some(code), "{args:?}");
        assert!(machine.err.contains(words), "{args:?}: {}", machine.err);
    }
}
