//! `uname -a`, `hostname`, `arch`, `nproc`

use crate::shell::commands::call::Call;
use crate::shell::net::Ip;

/// What the simulated kernel is.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("asnrvmpio") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let host = call.sys.hostname().to_string();
    let parts = [
        ('s', "Linux"),
        ('n', host.as_str()),
        ('r', "6.18.0"),
        ('v', "#1 SMP"),
        ('m', "x86_64"),
        ('o', "GNU/Linux"),
    ];
    let wanted = |letter: char| {
        options.has('a') || options.has(letter) || options.flags.is_empty() && letter == 's'
    };
    let text: Vec<&str> = parts.iter().filter(|(l, _)| wanted(*l)).map(|(_, t)| *t).collect();
    call.out(text.join(" ") + "\n");
    0
}

/// The node name.
pub fn hostname(call: &mut Call) -> i32 {
    let host = call.sys.hostname().to_string();
    match call.args.first().map(String::as_str) {
        None | Some("-s" | "-f") => {
            call.out(format!("{host}\n"));
            0
        }
        Some("-i") => {
            let own = call.sys.address();
            let own = if own == Ip::ANY { Ip::LOCALHOST } else { own };
            call.out(format!("{own}\n"));
            0
        }
        Some(name) if !name.starts_with('-') => call.fail("sethostname: Operation not permitted"),
        Some(option) => {
            let option = option.to_string();
            call.unsupported(&option);
            1
        }
    }
}

/// The architecture.
pub fn arch(call: &mut Call) -> i32 {
    call.out("x86_64\n");
    0
}

/// The processors.
pub fn nproc(call: &mut Call) -> i32 {
    call.out("2\n");
    0
}
