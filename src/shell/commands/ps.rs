//! `ps`, `ps -o pid,ppid,args`

use crate::shell::commands::call::Call;
use crate::shell::proc::letter;
use crate::shell::process::Process;

/// Lists the processes of the namespace. Source: busybox, ps.c.
pub fn run(call: &mut Call) -> i32 {
    let args: Vec<String> = call
        .args
        .iter()
        .filter(|a| !matches!(a.as_str(), "aux" | "-ef" | "ax" | "-e" | "-A"))
        .cloned()
        .collect();
    let mut inner = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = match inner.options("o:Tw") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let columns = match options.value('o') {
        Some(list) => list.split(',').map(str::to_string).collect(),
        None => ["pid", "user", "time", "args"].map(str::to_string).to_vec(),
    };
    if let Some(bad) = columns.iter().find(|c| header(c).is_none()) {
        return call.fail(format!("bad -o argument '{bad}'"));
    }
    let heads: Vec<(&str, usize)> = columns.iter().filter_map(|c| header(c)).collect();
    let mut text = row(&heads, heads.iter().map(|(h, _)| h.to_string()).collect());
    for process in call.sys.processes() {
        let kilobytes = call.sys.memory_of(process) >> 10;
        text.push_str(&row(&heads, columns.iter().map(|c| cell(process, kilobytes, c)).collect()));
    }
    call.out(text);
    0
}

fn header(column: &str) -> Option<(&'static str, usize)> {
    Some(match column {
        "pid" => ("PID", 5),
        "ppid" => ("PPID", 5),
        "pgid" => ("PGID", 5),
        "sid" => ("SID", 5),
        "vsz" => ("VSZ", 4),
        "rss" => ("RSS", 4),
        "user" => ("USER", 8),
        "time" => ("TIME", 5),
        "stat" => ("STAT", 4),
        "comm" => ("COMMAND", 16),
        "args" => ("COMMAND", 0),
        _ => return None,
    })
}

fn row(heads: &[(&str, usize)], cells: Vec<String>) -> String {
    let mut line = String::new();
    for (at, (cell, (head, width))) in cells.iter().zip(heads).enumerate() {
        if at > 0 {
            line.push(' ');
        }
        let number = matches!(*head, "PID" | "PPID" | "PGID" | "SID" | "VSZ" | "RSS");
        line.push_str(&if number { format!("{cell:>width$}") } else { format!("{cell:<width$}") });
    }
    line.trim_end().to_string() + "\n"
}

fn cell(process: &Process, kilobytes: u64, column: &str) -> String {
    match column {
        "pid" => process.pid.to_string(),
        "ppid" => process.ppid.to_string(),
        "pgid" => process.group.to_string(),
        "sid" => process.session.to_string(),
        "vsz" | "rss" => kilobytes.to_string(),
        "user" if process.user.uid == 0 => "root".to_string(),
        "user" => process.user.uid.to_string(),
        "time" => " 0:00".to_string(),
        "stat" => letter(process).to_string(),
        "comm" => process.name().chars().take(15).collect(),
        _ if !process.is_alive() => format!("[{}]", process.name()),
        // Source: busybox, read_cmdline: what is no letter is a blank.
        _ => process.argv.join(" ").replace(|c: char| c < ' ', " "),
    }
}
