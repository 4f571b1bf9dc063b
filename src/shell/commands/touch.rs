//! `touch file`

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::date;
use crate::shell::errno::Errno;
use crate::shell::sys_files::OpenMode;

/// Makes files, or gives them a new time.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("cd:t:r:am") {
        Ok(options) => options,
        Err(code) => return code,
    };
    if options.rest.is_empty() {
        return call.usage("touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...");
    }
    let time = match given(call, &options) {
        Ok(time) => time,
        Err(message) => return call.fail(message),
    };
    let mut status = 0;
    for path in &options.rest {
        if let Err(error) = one(call, path, time, options.has('c')) {
            status = call.fail(format!("{path}: {error}"));
        }
    }
    status
}

/// The time that `-d`, `-t` or `-r` gives, in seconds from the beginning.
fn given(call: &mut Call, options: &Options) -> Result<Option<i64>, String> {
    let (wall, now) = (call.sys.wall_secs(), call.sys.now().as_secs());
    let secs = match (options.value('r'), options.value('d').or(options.value('t'))) {
        (Some(path), _) => {
            let node = call.sys.stat(path, true);
            return node.map(|n| Some(n.time())).map_err(|error| format!("{path}: {error}"));
        }
        (None, None) => return Ok(None),
        (None, Some(text)) => {
            let date = date::parse(text, wall).or_else(|| date::stamp(text, wall));
            date.ok_or_else(|| format!("invalid date '{text}'"))?.min(253_402_300_799)
        }
    };
    Ok(Some(secs as i64 - (wall - now) as i64))
}

fn one(call: &mut Call, path: &str, time: Option<i64>, only_existing: bool) -> Result<(), Errno> {
    let place = call.sys.place(path, true)?;
    match place.node {
        Some(_) if place.read_only => Err(Errno::ReadOnly),
        Some(at) => call.sys.change(&at, |node| node.given = time),
        None if only_existing => Ok(()),
        None => {
            let file = call.sys.open(path, OpenMode::Append)?;
            call.sys.release(file);
            if time.is_some() { one(call, path, time, true) } else { Ok(()) }
        }
    }
}
