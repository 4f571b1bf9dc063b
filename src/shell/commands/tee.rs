//! `tee file`

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

/// `tee`: the descriptors it copies to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tee {
    copies: Vec<u32>,
    status: i32,
}

/// Reads the command line and opens the files.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("ai")?;
    let mode = if options.has('a') { OpenMode::Append } else { OpenMode::Write };
    let mut tee = Tee { copies: Vec::new(), status: 0 };
    for path in &options.rest {
        if path == "-" {
            tee.copies.push(1);
            continue;
        }
        match call.sys.open(path, mode) {
            Ok(file) => {
                let fd = call.sys.free_descriptor(3);
                call.sys.set_descriptor(fd, file);
                tee.copies.push(fd);
            }
            Err(error) => tee.status = call.fail(format!("{path}: {error}")),
        }
    }
    Ok((Kind::Tee(tee), Vec::new()))
}

impl Stage for Tee {
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        sys.out(data);
        for fd in &self.copies {
            let _ = sys.write(*fd, data);
        }
        Flow::More
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        self.status
    }
}
