//! `which name`

use crate::shell::commands::call::Call;
use crate::shell::exec;

/// Where in `$PATH` commands are.
pub fn run(call: &mut Call) -> i32 {
    let path = call.sys.me().env.iter().find(|(n, _)| n == "PATH").map(|(_, v)| v.clone());
    let path = path.unwrap_or_else(|| exec::DEFAULT_PATH.to_string());
    let mut status = 0;
    for name in call.args {
        match exec::search(call.sys, name, &path) {
            Ok(file) => call.out(format!("{file}\n")),
            Err(_) => status = 1,
        }
    }
    status
}
