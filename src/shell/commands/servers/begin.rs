//! From the name of a program of an image to what it does.

use crate::shell::commands::call::Call;
use crate::shell::commands::servers::{Daemon, Program, agnhost, client, grpc_probe, nginx, perl};
use crate::shell::commands::task::Work;
use crate::shell::sys::Sys;
use crate::shell::types::NoteKind;

/// Begins the program of this name. Errors: its exit code, or `None` if it is not known.
pub fn start(call: &mut Call, program: &str) -> Result<Work, Option<i32>> {
    match program {
        "nginx" => {
            if let Some(code) = nginx::command(call) {
                return Err(Some(code));
            }
        }
        "agnhost" => return agnhost::start(call),
        "grpc_health_probe" => return grpc_probe::start(call),
        "server" => return agnhost::liveness(call),
        "hello" => {
            let first = "\nHello from Docker!\nThis message shows that your installation appears to be \
                         working correctly.\n\n";
            call.out(first);
            return Err(Some(0));
        }
        "haproxy" if needs_file(call.sys, call.args) => {
            let file = call.args.last().cloned().unwrap_or_default();
            call.sys.err(format!(
                "[ALERT]    (1) : Cannot open configuration file/directory {file} : No such file or \
                 directory\n"
            ));
            return Err(Some(1));
        }
        "python3" | "python" | "node" | "java" | "ruby" | "perl" | "php" | "go" | "npm"
        | "haproxy" => {
            return interpreter(call);
        }
        "jshell" | "irb" => return Err(Some(0)),
        _ => {}
    }
    match Program::find(program) {
        Some(found) => Ok(Work::Server(Box::new(Daemon::new(program, found, call)))),
        None => client::start(call, program),
    }
}

fn needs_file(sys: &Sys, args: &[String]) -> bool {
    args.last().is_some_and(|file| !sys.exists(file))
}

/// An interpreter: without a program it finds nothing on its input and ends; a program in a file
/// is one that a plain server stands in for; one on the command line cannot be run.
fn interpreter(call: &mut Call) -> Result<Work, Option<i32>> {
    let name = call.name.to_string();
    if name == "perl"
        && let Some((text, code)) = perl::one_liner(call.args)
    {
        call.out(text);
        return Err(Some(code));
    }
    match call.args.first().map(String::as_str) {
        None | Some("-a" | "-de0" | "-i") => Err(Some(0)),
        Some("-V" | "-v" | "--version" | "version" | "-version") => {
            let version = call.sys.me().env.iter().find(|(n, _)| n.ends_with("_VERSION"));
            let version = version.map_or(String::new(), |(_, v)| v.clone());
            call.out(match name.as_str() {
                "node" => format!("v{version}\n"),
                "go" => format!("go version go{version} linux/amd64\n"),
                _ => format!(
                    "{} {version}\n",
                    if name.starts_with("python") { "Python" } else { &name }
                ),
            });
            Err(Some(0))
        }
        Some("-m") if call.args.get(1).is_some_and(|m| m == "http.server") => {
            let Some(program) = Program::find("http.server") else { return Err(None) };
            Ok(Work::Server(Box::new(Daemon::new("http.server", program, call))))
        }
        Some("-c" | "-e" | "-r" | "-p" | "eval" | "-Mbignum" | "-Mbignum=bpi") => {
            call.sys.note(NoteKind::UnknownCommand(name.clone()));
            call.sys.err(format!("{name}: Lifepod runs no {name} programs\n"));
            Err(Some(127))
        }
        // Source: node and Python leave SIGTERM to the kernel, which ignores it for PID 1; the JVM
        // ends in order.
        Some(file) => {
            call.sys
                .note(NoteKind::Unsupported(format!("{name} programs (a plain server stands in)")));
            let own = Program::find(file).map(|program| (file.to_string(), program));
            let other = if name == "java" { "java" } else { "interpreted" };
            let other = || Program::find(other).map(|program| (other.to_string(), program));
            let Some((program, found)) = own.or_else(other) else { return Err(None) };
            Ok(Work::Server(Box::new(Daemon::new(&program, found, call))))
        }
    }
}
