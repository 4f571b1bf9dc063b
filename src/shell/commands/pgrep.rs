//! `pgrep name`, `pkill name`, `pidof name`

use crate::shell::commands::call::Call;
use crate::shell::commands::kill::signal_option;
use crate::shell::commands::regex::Regex;
use crate::shell::types::Pid;

fn found(call: &mut Call, args: &[String]) -> Result<Vec<(Pid, String)>, i32> {
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args };
    let options = call.options("flnovxas:P:")?;
    let Some(pattern) = options.rest.first() else {
        return Err(call.usage(&format!("{} [-flanovx] PATTERN", call.name)));
    };
    let Some(regex) = Regex::new(pattern, true, false) else {
        return Err(call.fail(format!("bad regex '{pattern}': Invalid regexp")));
    };
    let me = call.sys.pid();
    let exact = options.has('x');
    let text = |p: &crate::shell::process::Process| {
        if options.has('f') { p.argv.join(" ") } else { p.name().to_string() }
    };
    let matches = |text: &str| match regex.find(text, 0) {
        Some((start, end)) => !exact || start == 0 && end == text.len(),
        None => false,
    };
    let mut all: Vec<(Pid, String)> = call
        .sys
        .processes()
        .filter(|p| p.pid != me && p.is_alive() && matches(&text(p)) != options.has('v'))
        .map(|p| {
            let line = if options.has('a') { p.argv.join(" ") } else { p.name().to_string() };
            (
                p.pid,
                if options.has('l') || options.has('a') {
                    format!(" {line}")
                } else {
                    String::new()
                },
            )
        })
        .collect();
    if options.has('n') {
        all = all.split_off(all.len().saturating_sub(1));
    }
    if options.has('o') {
        all.truncate(1);
    }
    Ok(all)
}

/// `pgrep`
pub fn list(call: &mut Call) -> i32 {
    let args = call.args.to_vec();
    match found(call, &args) {
        Err(code) => code,
        Ok(all) => {
            let text: String = all.iter().map(|(pid, line)| format!("{pid}{line}\n")).collect();
            call.out(text);
            i32::from(all.is_empty())
        }
    }
}

/// `pkill`
pub fn kill(call: &mut Call) -> i32 {
    let mut args = call.args.to_vec();
    let letters = ["-f", "-l", "-n", "-o", "-v", "-x"];
    let option = args.first().is_some_and(|a| letters.contains(&a.as_str()));
    let signal = if option {
        Ok(Some(crate::shell::signal::Signal::Term))
    } else {
        signal_option(call, &mut args)
    };
    let signal = match signal {
        Ok(signal) => signal,
        Err(code) => return code,
    };
    match found(call, &args) {
        Err(code) => code,
        Ok(all) => {
            for (pid, _) in &all {
                let _ = call.sys.kill(*pid, signal);
            }
            i32::from(all.is_empty())
        }
    }
}

/// `pidof`
pub fn pid_of(call: &mut Call) -> i32 {
    let names = call.args.to_vec();
    let mut pids: Vec<String> = call
        .sys
        .processes()
        .filter(|p| p.is_alive() && names.iter().any(|n| n == p.name()))
        .map(|p| p.pid.to_string())
        .collect();
    pids.reverse();
    if pids.is_empty() {
        return 1;
    }
    call.out(pids.join(" ") + "\n");
    0
}
