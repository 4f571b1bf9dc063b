//! `wait jobs kill`

use crate::shell::commands::{self, Call};
use crate::shell::sh::builtins::Done;
use crate::shell::sh::builtins::flow::number;
use crate::shell::sh::builtins::letters::letters;
use crate::shell::sh::frame::Frame;
use crate::shell::sh::jobs::Job;
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;
use crate::shell::types::Pid;

/// `wait`, `wait pid…`, `wait %1`, `wait -n`
pub fn wait(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let next = args.first().is_some_and(|a| a == "-n");
    let args = &args[usize::from(next)..];
    if next && args.is_empty() {
        shell.reap(sys, None);
        let jobs = || shell.jobs.iter().filter(|j| j.background);
        let open: Vec<usize> = jobs().filter(|j| !j.is_done()).map(|j| j.id).collect();
        return match (open.is_empty(), jobs().next()) {
            (false, _) => Done::Push(Frame::WaitNext(open)),
            (true, Some(_)) => Done::Status(0),
            (true, None) => Done::Status(127),
        };
    }
    if args.is_empty() {
        return Done::Push(Frame::Wait(None));
    }
    let mut pids = Vec::new();
    for arg in args {
        match job_pid(shell, arg) {
            Some(pid) => pids.push(pid),
            None if arg.starts_with('%') => return Done::Fail(format!("{arg}: no such job")),
            None => match number(arg) {
                Ok(pid) => pids.push(Pid(pid as u32)),
                Err(done) => return done,
            },
        }
    }
    Done::Push(Frame::Wait(Some(pids)))
}

/// `jobs -pl %1`: the jobs, their first processes (`-p`), or with all processes (`-l`).
pub fn jobs(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let (found, names) = letters(args, "lp")?;
    let mode = found.last().map_or(' ', |(letter, _)| *letter);
    shell.reap(sys, None);
    let mut named = Vec::new();
    for name in names {
        match find_job(shell, name) {
            Some(job) => named.push(job.number),
            None => return Err(Done::Fail(format!("{name}: no such job"))),
        }
    }
    // The newest is the current one; a job that has ended is forgotten when it was shown.
    let (mut newer, mut shown) = (0, Vec::new());
    for job in shell.jobs.iter().rev().filter(|j| j.background) {
        let wanted = named.is_empty() || named.contains(&job.number);
        if wanted && mode == 'p' {
            let first = job.processes.first().map(|(pid, _)| format!("{pid}\n"));
            sys.out(first.unwrap_or_default());
        } else if wanted {
            sys.out(row(job, ['+', '-', ' '][newer.min(2)], mode == 'l'));
            shown.extend(job.is_done().then_some(job.id));
        }
        newer += usize::from(!shown.contains(&job.id));
    }
    shell.jobs.retain(|j| !shown.contains(&j.id));
    Ok(Done::Status(0))
}

/// A job as `jobs` shows it. Source: busybox ash, showjob.
fn row(job: &Job, mark: char, all: bool) -> String {
    let exit = job.processes.last().and_then(|(_, exit)| *exit);
    let state = match (exit, exit.and_then(|e| e.signal)) {
        (None, _) => "Running".to_string(),
        (_, Some(signal)) => signal.description().to_string(),
        (Some(exit), None) if exit.code > 0 => format!("Done({})", exit.code),
        _ => "Done".to_string(),
    };
    let mut pids = job.processes.iter().map(|(pid, _)| format!("{pid} "));
    let first = pids.next().filter(|_| all).unwrap_or_default();
    let width = 27_usize.saturating_sub(first.len());
    let mut out = format!("[{}]{mark}  {first}{state:<width$}\n", job.number);
    for pid in pids.filter(|_| all) {
        out.push_str(&format!("      {pid:<27}| \n"));
    }
    out
}

/// `fg`, `bg`: there is no job control without a terminal.
pub fn resume(shell: &Shell, args: &[String]) -> Done {
    let job = args.first().map_or("%%", |a| a.as_str());
    match (job_pid(shell, job), args.first()) {
        (None, None) => Done::Fail("No current job".to_string()),
        (None, Some(name)) => Done::Fail(format!("{name}: no such job")),
        (Some(_), name) => {
            let name = name.map_or("(null)", |a| a.as_str());
            Done::Fail(format!("job {name} not created under job control"))
        }
    }
}

/// `kill`: as the command, and it knows `%1`.
pub fn kill(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    // So `while kill -0 $!` comes to its end.
    shell.reap(sys, None);
    let missing = args.iter().find(|a| a.starts_with('%') && job_pid(shell, a).is_none());
    if let Some(arg) = missing {
        return Done::Fail(format!("{arg}: no such job"));
    }
    let args: Vec<String> = args
        .iter()
        .map(|arg| job_pid(shell, arg).map_or_else(|| arg.clone(), |pid| pid.to_string()))
        .collect();
    let applet = shell.applet().to_string();
    let Some(act) = commands::instant("kill") else { return Done::Status(127) };
    Done::Status(act(&mut Call { sys, applet: &applet, name: "kill", args: &args }))
}

fn job_pid(shell: &Shell, arg: &str) -> Option<Pid> {
    find_job(shell, arg)?.processes.last().map(|(pid, _)| *pid)
}

/// The background job of a name like `%1`.
fn find_job<'a>(shell: &'a Shell, arg: &str) -> Option<&'a Job> {
    let name = arg.strip_prefix('%')?;
    let mut jobs = shell.jobs.iter().filter(|j| j.background);
    match name {
        "" | "%" | "+" => jobs.next_back(),
        "-" => {
            jobs.next_back();
            jobs.next_back()
        }
        name => {
            let number: usize = name.parse().ok()?;
            jobs.find(|job| job.number == number)
        }
    }
}
