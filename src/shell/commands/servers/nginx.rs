//! What is nginx's own: its configuration, its worker, `nginx -s quit`.
//!
//! DIFFERENCE: requests are answered by the master; the worker is there to be seen. Of the
//! configuration `listen`, `root` and `location … { return …; }` have an effect.

use crate::base::SimTime;
use crate::base::draw::draw;
use crate::shell::behaviour::{Behaviour, Port, PortKind};
use crate::shell::commands::call::Call;
use crate::shell::commands::date::Moment;
use crate::shell::commands::servers::site::Site;
use crate::shell::commands::servers::text::variable;
use crate::shell::commands::task::{Task, Work};
use crate::shell::errno::Errno;
use crate::shell::process::{Disposition, Program};
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;
use crate::shell::types::Pid;

const PID_FILE: &str = "/var/run/nginx.pid";
/// Milliseconds that it takes to start: the least, and how much more it may be.
const START: (u64, u64) = (10, 55);
const CONFIG: &str = "/etc/nginx/nginx.conf";

/// Command lines that do not serve: `-v`, `-t`, `-s quit`; the exit code. Without `daemon off` the
/// server goes on in the background, and the first process ends.
pub fn command(call: &mut Call) -> Option<i32> {
    let value = |option: &str| {
        let at = call.args.iter().position(|a| a == option)?;
        call.args.get(at + 1).cloned()
    };
    let has = |option: &str| call.args.iter().any(|a| a == option);
    if has("-v") || has("-V") {
        let version = variable(call.sys, "NGINX_VERSION");
        call.sys.err(format!("nginx version: nginx/{version}\n"));
        return Some(0);
    }
    if has("-t") {
        call.sys.err(format!(
            "nginx: the configuration file {CONFIG} syntax is ok\nnginx: configuration file {CONFIG} \
             test is successful\n"
        ));
        return Some(0);
    }
    if let Some(signal) = value("-s") {
        return Some(send(call, &signal));
    }
    let pid = call.sys.pid().to_string();
    let _ = write(call.sys, PID_FILE, &format!("{pid}\n"));
    if value("-g").is_some_and(|g| g.contains("daemon off"))
        || config(call.sys).contains("daemon off")
    {
        return None;
    }
    let mut argv = call.sys.me().argv.clone();
    argv.extend(["-g".to_string(), "daemon off;".to_string()]);
    let task = Task::with(argv, Work::Program("nginx".into()));
    match call.sys.fork(Program::Task(Box::new(task))) {
        Ok(_) => Some(0),
        Err(_) => Some(1),
    }
}

fn write(sys: &mut Sys, path: &str, text: &str) -> Result<(), Errno> {
    let file = sys.open(path, OpenMode::Write)?;
    let fd = sys.free_descriptor(3);
    sys.set_descriptor(fd, file);
    let result = sys.write(fd, text);
    sys.close(fd);
    result
}

/// `nginx -s stop|quit|reload|reopen`
fn send(call: &mut Call, name: &str) -> i32 {
    let signal = match name {
        "stop" => Signal::Term,
        "quit" => Signal::Quit,
        "reload" => Signal::Hup,
        "reopen" => Signal::Usr1,
        _ => {
            call.sys.err(format!("nginx: invalid option: \"-s {name}\"\n"));
            return 1;
        }
    };
    let now = Moment::new(call.sys.wall_secs()).format("%Y/%m/%d %T");
    let own = call.sys.pid();
    call.sys.err(format!("{now} [notice] {own}#{own}: signal process started\n"));
    let text = call.sys.read_whole(PID_FILE).unwrap_or_default();
    let pid = String::from_utf8_lossy(&text).trim().parse().ok().map(Pid);
    let error = match pid.map(|pid| (pid, call.sys.kill(pid, Some(signal)))) {
        Some((_, Ok(()))) => return 0,
        Some((pid, Err(error))) => format!("kill({pid}, {}) failed (3: {error})", signal.number()),
        None => format!("open() \"{PID_FILE}\" failed (2: No such file or directory)"),
    };
    call.sys.err(format!("nginx: [error] {error}\n"));
    1
}

fn config(sys: &mut Sys) -> String {
    let mut all = String::from_utf8_lossy(&sys.read_whole(CONFIG).unwrap_or_default()).into_owned();
    let files = sys.list("/etc/nginx/conf.d").unwrap_or_default();
    for name in files.iter().filter(|name| name.ends_with(".conf")) {
        let text = sys.read_whole(&format!("/etc/nginx/conf.d/{name}")).unwrap_or_default();
        all.push_str(&String::from_utf8_lossy(&text));
    }
    all
}

/// Takes what the configuration says of ports, directory and fixed answers.
pub fn configure(sys: &mut Sys, site: &mut Site, said: &mut Behaviour) {
    let text = config(sys);
    let mut ports = Vec::new();
    let mut location = String::new();
    for line in text.lines().map(|line| line.split('#').next().unwrap_or_default()) {
        for part in line.split([';', '{']) {
            let words: Vec<&str> = part.split_whitespace().collect();
            match words[..] {
                ["listen", at, ..] => {
                    let number = at.rsplit(':').next().and_then(|p| p.parse().ok());
                    ports.extend(number.map(|number| Port { number, kind: PortKind::Http }));
                }
                ["root", root] => site.root = root.to_string(),
                ["location", .., path] => location = path.to_string(),
                ["return", status, ref rest @ ..] => {
                    let text = rest.join(" ").trim_matches(['"', '\'']).replace("\\n", "\n");
                    let status = status.parse().unwrap_or(200);
                    site.locations.push((location.clone(), status, text));
                }
                _ => {}
            }
        }
    }
    ports.dedup();
    if !ports.is_empty() {
        said.ports = Some(ports);
    }
}

/// From its start to the moment its ports are open.
///
/// Of 25 first requests that come some 45 ms after the start (probes and a postStart hook), nine
/// are refused in the recordings of `del-endpoints`, `deploy-*` and `post-http-nginx`.
pub fn start(sys: &Sys) -> SimTime {
    let (least, spread) = START;
    SimTime::ms(least + draw(0, "nginx", sys.hostname(), sys.now().as_ms(), spread))
}

/// Starts the worker.
pub fn worker(sys: &mut Sys) -> Option<Pid> {
    let argv = vec!["nginx: worker process".to_string()];
    let task = Task::with(argv.clone(), Work::Forever);
    let pid = sys.fork(Program::Task(Box::new(task))).ok()?;
    if let Some(child) = sys.child_mut(pid) {
        child.argv = argv;
    }
    sys.set_disposition(Signal::Chld, Some(Disposition::Handle));
    sys.me_mut().argv = vec!["nginx: master process nginx -g daemon off;".to_string()];
    Some(pid)
}

/// The worker was killed: there is a new one.
pub fn respawn(sys: &mut Sys, dead: Pid) -> Option<Pid> {
    notice(sys, &format!("signal 17 (SIGCHLD) received from {dead}"));
    let new = worker(sys)?;
    notice(sys, &format!("start worker process {new}"));
    Some(new)
}

/// SIGHUP, SIGUSR1 and the others that do not end it.
pub fn other_signal(sys: &mut Sys, signal: Signal, _worker: Option<Pid>) {
    let what = match signal {
        Signal::Hup => ", reconfiguring",
        Signal::Usr1 => ", reopening logs",
        Signal::Winch => ", shutting down worker processes",
        _ => ", changing binary",
    };
    notice(sys, &format!("signal {} (SIG{}) received{what}", signal.number(), signal.name()));
    if signal == Signal::Hup {
        notice(sys, "reconfiguring");
    }
}

/// A file is not there.
pub fn missing(sys: &mut Sys, path: &str, error: Errno) {
    let now = Moment::new(sys.wall_secs()).format("%Y/%m/%d %T");
    let pid = sys.pid();
    sys.err(format!("{now} [error] {pid}#{pid}: *1 open() \"{path}\" failed (2: {error})\n"));
}

fn notice(sys: &mut Sys, text: &str) {
    let now = Moment::new(sys.wall_secs()).format("%Y/%m/%d %T");
    let pid = sys.pid();
    sys.err(format!("{now} [notice] {pid}#{pid}: {text}\n"));
}
