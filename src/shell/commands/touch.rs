//! `touch file`

use crate::shell::commands::call::Call;
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
    let mut status = 0;
    for path in &options.rest {
        if let Err(error) = one(call, path, options.has('c')) {
            status = call.fail(format!("{path}: {error}"));
        }
    }
    status
}

fn one(call: &mut Call, path: &str, only_existing: bool) -> Result<(), Errno> {
    let place = call.sys.place(path, true)?;
    match place.node {
        Some(_) if place.read_only => Err(Errno::ReadOnly),
        Some(at) => call.sys.change(&at, |_| {}),
        None if only_existing => Ok(()),
        None => {
            let file = call.sys.open(path, OpenMode::Append)?;
            call.sys.release(file);
            Ok(())
        }
    }
}
