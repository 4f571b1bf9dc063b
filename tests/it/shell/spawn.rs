//! Starting processes: what is missing, files that are shared, volumes that outlive a container.

use super::simulate::Machine;
use lifepod::base::SimTime;
use lifepod::shell::{Kernel, Mount, Network, Pid, Spawn, StartError, Tree, VolumeId, Volumes};

fn refused(argv: &[&str]) -> StartError {
    let mut kernel = Kernel::new("web");
    let mut volumes = Volumes::new();
    let spawn = Spawn::command(argv.iter().copied());
    let before = kernel.clone();
    let error = kernel.spawn(SimTime::ZERO, &spawn, &mut volumes).unwrap_err();
    assert_eq!(kernel, before, "a refused start leaves nothing behind");
    error
}

#[test]
fn a_missing_command_is_refused_in_runcs_words() {
    for (argv, words, code) in [
        (&["nosuch"][..], "exec: \"nosuch\": executable file not found in $PATH", 127),
        (&["/nosuch"], "exec: \"/nosuch\": stat /nosuch: no such file or directory", 127),
        (&["/etc/passwd"], "exec: \"/etc/passwd\": permission denied", 126),
        (&["/etc"], "exec: \"/etc\": permission denied", 126),
        (&[], "no command specified", 128),
    ] {
        let error = refused(argv);
        assert_eq!((error.to_string().as_str(), error.code()), (words, code));
    }
}

#[test]
fn a_probe_sees_the_files_of_the_container() {
    let mut machine =
        Machine::script("touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600");
    let probe = |machine: &mut Machine| {
        let pid = machine.spawn(&["cat", "/tmp/healthy"]);
        machine.run_now(10_000);
        machine.code(pid)
    };
    machine.run_until(SimTime::secs(29));
    assert_eq!(probe(&mut machine), Some(0));
    machine.run_until(SimTime::secs(31));
    assert_eq!(probe(&mut machine), Some(1));
    assert_eq!(machine.err, "cat: can't open '/tmp/healthy': No such file or directory\n");
}

#[test]
fn output_belongs_to_the_process_it_was_spawned_for() {
    let mut machine = Machine::script("trap : TERM; while :; do sleep 1; done");
    machine.run_until(SimTime::ms(100));
    let hook = machine.spawn(&["sh", "-c", "echo mine; echo main > /proc/1/fd/1; echo e >&2"]);
    let mut fuel = 10_000;
    machine.kernel.run(machine.now, &mut fuel, &mut machine.volumes, &mut machine.network);
    let output = machine.kernel.take_output();
    let seen: Vec<(Pid, &str)> = output.iter().map(|o| (o.root, o.text.as_str())).collect();
    assert_eq!(seen, [(hook, "mine\n"), (Pid::INIT, "main\n"), (hook, "e\n")]);
    assert!(output.iter().all(|o| o.pid == hook));
}

#[test]
fn a_volume_outlives_its_container_and_the_root_does_not() {
    let mut volumes = Volumes::new();
    let id = VolumeId("work".into());
    volumes.insert(id.clone(), Tree::new());
    let attempt = "n=$(cat /w/n 2>/dev/null || echo 0); n=$((n+1)); echo $n > /w/n; touch /tmp/x$n; \
                   echo attempt $n; ls /tmp; [ $n -ge 3 ]";
    let mut texts = Vec::new();
    for _ in 0..3 {
        let mut kernel = Kernel::new("web");
        let mount = Mount { volume: id.clone(), root: Tree::ROOT, read_only: false };
        kernel.files_mut().mount(&mut volumes, "/w", mount).unwrap();
        let spawn = Spawn::command(["sh", "-c", attempt]);
        let pid = kernel.spawn(SimTime::ZERO, &spawn, &mut volumes).unwrap();
        kernel.run(SimTime::ZERO, &mut 100_000, &mut volumes, &mut Network::default());
        let text: String = kernel.take_output().into_iter().map(|o| o.text).collect();
        texts.push((text, kernel.exit(pid).map(|e| e.code)));
    }
    let expected = [
        ("attempt 1\nx1\n".to_string(), Some(1)),
        ("attempt 2\nx2\n".to_string(), Some(1)),
        ("attempt 3\nx3\n".to_string(), Some(0)),
    ];
    assert_eq!(texts, expected);
    assert_eq!(volumes.get(&id).unwrap().used_bytes(), 2);
}

#[test]
fn read_only_roots_and_mounts_refuse_writes() {
    let mut volumes = Volumes::new();
    let id = VolumeId("config".into());
    volumes.insert(id.clone(), Tree::new());
    let mut kernel = Kernel::new("web");
    let mount = Mount { volume: id, root: Tree::ROOT, read_only: true };
    kernel.files_mut().mount(&mut volumes, "/c", mount).unwrap();
    kernel.files_mut().set_read_only_root(true);
    let script =
        "echo a > /file; echo $?; echo b > /c/f; echo $?; rm /etc/passwd; echo c > /dev/null";
    let spawn = Spawn::command(["sh", "-c", script]);
    kernel.spawn(SimTime::ZERO, &spawn, &mut volumes).unwrap();
    kernel.run(SimTime::ZERO, &mut 100_000, &mut volumes, &mut Network::default());
    let text: String = kernel.take_output().into_iter().map(|o| o.text).collect();
    assert_eq!(
        text,
        "sh: can't create /file: Read-only file system\n1\n\
         sh: can't create /c/f: Read-only file system\n1\n\
         rm: can't remove '/etc/passwd': Read-only file system\n"
    );
}

#[test]
fn containers_of_a_shared_namespace_see_processes_but_not_files() {
    let mut volumes = Volumes::new();
    let mut kernel = Kernel::new("web");
    let other = kernel.add_container(lifepod::shell::image::busybox("web"));
    kernel.spawn(SimTime::ZERO, &Spawn::command(["sleep", "infinity"]), &mut volumes).unwrap();
    let mut app = Spawn::command(["sh", "-c", "touch /tmp/mine; sleep 5"]);
    app.container = other;
    let app = kernel.spawn(SimTime::ZERO, &app, &mut volumes).unwrap();
    let look = Spawn::command(["sh", "-c", "ls /tmp; ps -o pid,args | grep slee[p]"]);
    kernel.run(SimTime::ZERO, &mut 100_000, &mut volumes, &mut Network::default());
    kernel.spawn(SimTime::ZERO, &look, &mut volumes).unwrap();
    kernel.run(SimTime::ZERO, &mut 100_000, &mut volumes, &mut Network::default());
    let text: String = kernel.take_output().into_iter().map(|o| o.text).collect();
    assert_eq!(text, "    1 sleep infinity\n    2 sleep 5\n");
    assert!(kernel.container_files(other).unwrap().read(&volumes, "/tmp/mine").is_ok());
    assert!(kernel.files().read(&volumes, "/tmp/mine").is_err());
    assert!(kernel.is_alive(app));
}

#[test]
fn a_named_pipe_of_a_volume_leads_from_one_container_to_another() {
    let (mut volumes, mut network) = (Volumes::new(), Network::default());
    let id = VolumeId("pod/shared".into());
    volumes.insert(id.clone(), Tree::new());
    let mut start = |script: &str| {
        let mut kernel = Kernel::new("web");
        let mount = Mount { volume: id.clone(), root: Tree::ROOT, read_only: false };
        kernel.files_mut().mount(&mut volumes, "/shared", mount).unwrap();
        let spawn = Spawn::command(["sh", "-c", script]);
        kernel.spawn(SimTime::ZERO, &spawn, &mut volumes).unwrap();
        kernel
    };
    let mut sidecar = start("mkfifo /shared/p; while read x; do echo got $x; done < /shared/p");
    let mut app = start("exec 3> /shared/p; echo one >&3; echo two >&3; exec 3>&-; echo written");
    let mut out = String::new();
    for _ in 0..4 {
        for kernel in [&mut sidecar, &mut app] {
            kernel.run(SimTime::ZERO, &mut 100_000, &mut volumes, &mut network);
            out.extend(kernel.take_output().into_iter().map(|output| output.text));
        }
        network = network.clone();
    }
    assert_eq!(out, "written\ngot one\ngot two\n");
    assert!(!network.take_woken().is_empty(), "who reads is woken");
    assert!(sidecar.exit(Pid::INIT).is_some_and(|exit| exit.code == 0));
}

#[test]
fn split_cuts_by_lines_and_bytes() {
    let script = "cd /tmp; seq 5 > n; split -l 2 n; for f in x*; do echo $f: $(cat $f); done; \
                  printf abcdefg | split -b 3 -a 3 - p.; \
                  for f in p.*; do echo $f: $(cat $f); done; \
                  split none; echo $?; split -l x n; echo $?; seq 30 | split -l 1 -a 1 - q; \
                  echo $?";
    assert_eq!(
        super::simulate::run("sh", script).stdout,
        "xaa: 1 2\nxab: 3 4\nxac: 5\np.aaa: abc\np.aab: def\np.aac: g\n1\n1\n1\n"
    );
}
