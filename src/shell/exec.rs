//! From a command line to a program, as `execve` and a shell's `$PATH` search do it.

use crate::shell::commands::task::Work;
use crate::shell::commands::{self, Task};
use crate::shell::errno::Errno;
use crate::shell::limits;
use crate::shell::process::{Disposition, Env, Program, Step};
use crate::shell::sh::Shell;
use crate::shell::sys::Sys;
use crate::shell::tree::NodeKind;
use crate::shell::user::Access;

/// The path used when `$PATH` is not set. Source: busybox, BB_PATH_ROOT_PATH.
pub const DEFAULT_PATH: &str = "/sbin:/usr/sbin:/bin:/usr/bin";

/// The file a command name stands for: itself if it has a `/`, else the first in `path`.
///
/// Errors: `NotFound`, or `Permission` if only something not executable was found.
pub fn search(sys: &Sys, name: &str, path: &str) -> Result<String, Errno> {
    if name.contains('/') {
        return sys.look(name, true).map(|_| name.to_string());
    }
    let mut error = if name.is_empty() { Errno::Permission } else { Errno::NotFound };
    for dir in path.split(':') {
        let dir = if dir.is_empty() { "." } else { dir };
        let file = [dir, "/", name].concat();
        match sys.look(&file, true) {
            Ok(node) if node.is_dir() => {}
            Ok(node) if sys.may(&node, Access::Execute) => return Ok(file),
            Ok(_) => error = Errno::Permission,
            Err(_) => {}
        }
    }
    Err(error)
}

/// Steps that starting a program costs. A real start takes a hundred times that.
const START: u64 = 20;

/// The program at `path` with this command line and environment.
///
/// Errors: `TooBig` if they are more than a program can be handed.
pub fn load(sys: &mut Sys, path: &str, argv: Vec<String>, env: &Env) -> Result<Program, Errno> {
    sys.spend(START + argv.iter().map(String::len).sum::<usize>() as u64 / 64);
    let program = load_unmeasured(sys, path, argv.clone())?;
    if fits(&argv, env) { Ok(program) } else { Err(Errno::TooBig) }
}

/// The program at `path`, however long its command line.
pub fn load_unmeasured(sys: &mut Sys, path: &str, argv: Vec<String>) -> Result<Program, Errno> {
    load_nested(sys, path, argv, 4)
}

/// Whether a program can be handed this: each text ends with a zero byte and has a pointer.
fn fits(argv: &[String], env: &Env) -> bool {
    let variables = env.iter().map(|(name, value)| name.len() + value.len() + 2);
    let mut all = argv.iter().map(|arg| arg.len() + 1).chain(variables);
    let sum = all.try_fold(0, |sum: usize, bytes| {
        (bytes <= limits::ARGUMENT_BYTES).then_some(sum + bytes + 8)
    });
    sum.is_some_and(|sum| sum <= limits::ARGUMENTS_BYTES)
}

fn load_nested(sys: &mut Sys, path: &str, argv: Vec<String>, depth: u32) -> Result<Program, Errno> {
    let node = sys.look(path, true)?;
    if node.is_dir() || !sys.may(&node, Access::Execute) {
        return Err(Errno::Permission);
    }
    match &node.kind {
        NodeKind::Binary(name) => Ok(program(name, argv)),
        NodeKind::File(content) => {
            let text = String::from_utf8_lossy(content.bytes()).into_owned();
            let rest = argv.into_iter().skip(1);
            let Some(line) = text.strip_prefix("#!").and_then(|t| t.lines().next()) else {
                let argv = ["sh".to_string(), path.to_string()].into_iter().chain(rest).collect();
                return Ok(program("busybox", argv));
            };
            let mut words = line.trim().splitn(2, [' ', '\t']);
            let interpreter = words.next().unwrap_or_default().to_string();
            let mut argv = vec![interpreter.clone()];
            argv.extend(words.next().map(|w| w.trim().to_string()).filter(|w| !w.is_empty()));
            argv.push(path.to_string());
            argv.extend(rest);
            if depth == 0 {
                return Err(Errno::Loop);
            }
            load_nested(sys, &interpreter, argv, depth - 1)
        }
        _ => Err(Errno::Permission),
    }
}

/// The programs of images that are commands like others, whatever the image.
const COMMANDS: &[&str] = &[
    "busybox",
    "bash",
    "curl",
    "dumb-init",
    "nslookup",
    "pause",
    "stress",
    "stress-ng",
    "tini",
    "wget",
];

/// The commands of some images that do another thing than busybox's today; their binaries say
/// which.
const OTHER: &[&str] = &["nslookup-1.28", "nslookup-bind"];

/// The program that a binary is: a server of an image by its own name, a command by the name it is
/// called by.
fn program(name: &str, mut argv: Vec<String>) -> Program {
    if OTHER.contains(&name) {
        argv.splice(..1.min(argv.len()), [name.to_string()]);
        return Program::Task(Box::new(Task::new(argv)));
    }
    if !COMMANDS.contains(&name) {
        return Program::Task(Box::new(Task::with(argv, Work::Program(name.to_string()))));
    }
    if commands::base_name(&argv) == "busybox" && argv.len() > 1 {
        argv.remove(0);
    }
    match commands::base_name(&argv) {
        "sh" | "ash" | "dash" | "bash" => Program::Shell(Box::new(Shell::new(argv))),
        _ => Program::Task(Box::new(Task::new(argv))),
    }
}

/// Replaces the calling process's program, as `execve` does.
pub fn replace(sys: &mut Sys, path: &str, argv: Vec<String>, env: Env) -> Result<Step, Errno> {
    let program = load(sys, path, argv.clone(), &env)?;
    let me = sys.me_mut();
    me.argv = argv;
    me.env = env;
    me.dispositions.retain(|_, d| *d == Disposition::Ignore);
    close_hidden(sys);
    Ok(Step::Become(program))
}

/// The first descriptor of those that `<(a)` opens. Source: busybox ash, evalbackcmd.
pub const NAMED_PIPES: u32 = 64;

/// Closes the copies of redirected files that a shell keeps above 9 (close-on-exec).
pub fn close_hidden(sys: &mut Sys) {
    let hidden = |fd: &u32| (10..NAMED_PIPES).contains(fd);
    let hidden: Vec<u32> = sys.me().descriptors.keys().copied().filter(hidden).collect();
    for fd in hidden {
        sys.close(fd);
    }
}
