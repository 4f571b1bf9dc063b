//! `env A=1 command`, `nohup command`, `setsid command`, `nice command`

use crate::shell::commands::call::Call;
use crate::shell::errno::Errno;
use crate::shell::exec;
use crate::shell::process::{Disposition, Env, Step};
use crate::shell::signal::Signal;

/// `env`
pub fn run(call: &mut Call) -> Step {
    let mut env = call.sys.me().env.to_vec();
    let mut args = call.args.iter().peekable();
    let mut end = '\n';
    while let Some(arg) = args.next_if(|a| a.starts_with('-') || a.contains('=')) {
        match arg.as_str() {
            "-i" | "-" => env.clear(),
            "--" => {}
            "-0" => end = '\0',
            "-u" => {
                let gone = args.next().cloned().unwrap_or_default();
                env.retain(|(name, _)| *name != gone);
            }
            arg if arg.starts_with('-') => {
                let letter = arg.chars().nth(1).unwrap_or('-');
                call.sys.err(format!("env: invalid option -- '{letter}'\n"));
                return Step::Exit(1);
            }
            arg => set(&mut env, arg),
        }
    }
    let argv: Vec<String> = args.cloned().collect();
    if argv.is_empty() {
        let text: String = env.iter().map(|(name, value)| format!("{name}={value}{end}")).collect();
        call.out(text);
        return Step::Exit(0);
    }
    become_command(call, argv, Env::new(env))
}

fn set(env: &mut Vec<(String, String)>, assignment: &str) {
    let Some((name, value)) = assignment.split_once('=') else { return };
    match env.iter_mut().find(|(n, _)| n == name) {
        Some(slot) => slot.1 = value.to_string(),
        None => env.push((name.to_string(), value.to_string())),
    }
}

/// Commands that change little and become another.
pub fn wrapper(call: &mut Call) -> Step {
    let mut args = call.args.to_vec();
    if call.name == "nohup" {
        call.sys.set_disposition(Signal::Hup, Some(Disposition::Ignore));
    }
    if call.name == "nice" && args.first().is_some_and(|a| a == "-n") {
        args.drain(..args.len().min(2));
    }
    if args.is_empty() {
        let code = call.usage(&format!("{} PROG ARGS", call.name));
        // Source: busybox, nohup.c.
        return Step::Exit(if call.name == "nohup" { 127 } else { code });
    }
    let env = call.sys.me().env.clone();
    become_command(call, args, env)
}

/// The process becomes a command found in `$PATH`.
pub fn become_command(call: &mut Call, argv: Vec<String>, env: Env) -> Step {
    let path = env.iter().find(|(n, _)| n == "PATH").map_or(exec::DEFAULT_PATH, |(_, v)| v);
    let name = argv[0].clone();
    let result = exec::search(call.sys, &name, path)
        .and_then(|file| exec::replace(call.sys, &file, argv, env.clone()));
    match result {
        Ok(step) => step,
        Err(error) => {
            call.fail(format!("can't execute '{name}': {error}"));
            Step::Exit(if error == Errno::NotFound { 127 } else { 126 })
        }
    }
}
