//! `id whoami pwd printenv`

use crate::shell::commands::call::Call;

/// Tells who the process is. Source: busybox, id.c.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("ugGnr") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let user = call.sys.me().user.clone();
    let name = options.has('n');
    let mut shown = |file: &str, id: u32| match call.sys.name_in(file, id) {
        Some(known) if name => known,
        Some(known) if options.flags.is_empty() => format!("{id}({known})"),
        _ => id.to_string(),
    };
    let uid = shown("/etc/passwd", user.uid);
    let gid = shown("/etc/group", user.gid);
    let groups: Vec<String> = user.groups.iter().map(|gid| shown("/etc/group", *gid)).collect();
    let text = match () {
        () if options.has('u') => uid,
        () if options.has('g') => gid,
        () if options.has('G') && groups.is_empty() => gid,
        () if options.has('G') => groups.join(" "),
        () if groups.is_empty() => ["uid=", &uid, " gid=", &gid].concat(),
        () => format!("uid={uid} gid={gid} groups={}", groups.join(",")),
    };
    call.out(format!("{text}\n"));
    0
}

/// The user's name.
pub fn whoami(call: &mut Call) -> i32 {
    let uid = call.sys.me().user.uid;
    match call.sys.name_in("/etc/passwd", uid) {
        Some(name) => {
            call.out(format!("{name}\n"));
            0
        }
        None => call.fail(format!("unknown uid {uid}")),
    }
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
