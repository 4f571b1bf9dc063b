//! `id whoami pwd printenv`

use crate::shell::commands::call::Call;

/// Everything runs as root here.
pub fn run(call: &mut Call) -> i32 {
    let name = call.args.iter().any(|a| a.contains('n'));
    let text = match call.args.first().map(String::as_str) {
        None => "uid=0(root) gid=0(root)",
        Some(_) if name => "root",
        Some(_) => "0",
    };
    call.out(format!("{text}\n"));
    0
}

/// The user's name.
pub fn whoami(call: &mut Call) -> i32 {
    call.out("root\n");
    0
}

/// The working directory.
pub fn pwd(call: &mut Call) -> i32 {
    let cwd = call.sys.me().cwd.clone();
    call.out(format!("{cwd}\n"));
    0
}

/// Environment variables.
pub fn printenv(call: &mut Call) -> i32 {
    let env = call.sys.me().env.clone();
    if call.args.is_empty() {
        let text: String = env.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        call.out(text);
        return 0;
    }
    let mut status = 0;
    for name in call.args {
        match env.iter().find(|(n, _)| n == name) {
            Some((_, value)) => call.out(format!("{value}\n")),
            None => status = 1,
        }
    }
    status
}
