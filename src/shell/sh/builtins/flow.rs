//! `break continue return exit eval exec . shift`

use std::rc::Rc;

use crate::shell::sh::builtins::Done;
use crate::shell::sh::control::Jump;
use crate::shell::sh::frame::{Flags, Frame, Input, Source, SourceKind};
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

/// A number argument, or ash's complaint.
pub fn number(text: &str) -> Result<i32, Done> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let value = if digits { text.parse().ok() } else { None };
    value.ok_or_else(|| Done::Fail(format!("Illegal number: {text}")))
}

/// `break n`, `continue n`
pub fn break_loop(args: &[String], again: bool) -> Done {
    let levels = match args.first().map(|a| number(a)) {
        None => 1,
        Some(Ok(levels)) if levels > 0 => levels as usize,
        Some(Ok(_)) => return Done::Fail(format!("Illegal number: {}", args[0])),
        Some(Err(done)) => return done,
    };
    Done::Jump(if again { Jump::Continue(levels) } else { Jump::Break(levels) })
}

/// `return n`
pub fn return_from(shell: &Shell, args: &[String]) -> Done {
    match args.first().map(|a| number(a)) {
        None => Done::Jump(Jump::Return(shell.status_to_return())),
        Some(Ok(status)) => Done::Jump(Jump::Return(status & 255)),
        Some(Err(done)) => done,
    }
}

/// `exit n`
pub fn exit(args: &[String]) -> Done {
    match args.first().map(|a| number(a)) {
        None => Done::Jump(Jump::Exit(None)),
        Some(Ok(status)) => Done::Jump(Jump::Exit(Some(status & 255))),
        Some(Err(done)) => done,
    }
}

/// `eval word…`
pub fn eval(shell: &mut Shell, args: &[String], flags: Flags) -> Done {
    push(shell, &args.join(" "), SourceKind::Eval, "eval", flags)
}

fn push(shell: &Shell, text: &str, kind: SourceKind, name: &str, flags: Flags) -> Done {
    let line = if kind == SourceKind::Dot { 1 } else { shell.line };
    let flags = flags.not_last();
    let (text, name) = (Rc::from(text), Some(Rc::from(name)));
    let spliced = Vec::new();
    Done::Push(Frame::Source(Source { text, at: 0, line, kind, name, flags, spliced }))
}

/// `exec name…`
pub fn exec(args: &[String]) -> Done {
    if args.is_empty() { Done::Status(0) } else { Done::Replace(args.to_vec()) }
}

/// `. file`
pub fn dot(shell: &mut Shell, sys: &mut Sys, args: &[String], flags: Flags) -> Done {
    let Some(name) = args.first() else {
        return Done::Fail("filename argument required".to_string());
    };
    let mut paths = vec![name.clone()];
    if !name.contains('/') {
        let path = shell.vars.get("PATH").unwrap_or_default();
        paths = path.split(':').map(|dir| format!("{dir}/{name}")).chain(paths).collect();
    }
    let found = paths.iter().find_map(|path| Some((path, sys.read_whole(path).ok()?)));
    let Some((path, bytes)) = found else {
        let error = sys.read_whole(name).err();
        let why = error.map_or("No such file or directory", |e| e.text());
        return Done::Fail(format!("can't open '{name}': {why}"));
    };
    if args.len() > 1 {
        let caller = std::mem::replace(&mut shell.args, Rc::new(args[1..].to_vec()));
        shell.frames.push(Frame::Arguments(caller));
    }
    if sys.is_stream(path) {
        let file = sys.open(path, OpenMode::Read).ok();
        return Done::Push(Frame::Input(Input::new(file, SourceKind::Dot)));
    }
    // In ash `set -e` counts in the file again, even where its status is tested.
    let flags = if shell.vars.is_bash() { flags } else { Flags::default() };
    push(shell, &String::from_utf8_lossy(&bytes), SourceKind::Dot, path, flags)
}

/// `shift n`
pub fn shift(shell: &mut Shell, args: &[String]) -> Done {
    let count = match args.first().map(|a| number(a)) {
        None => 1,
        Some(Ok(count)) => count as usize,
        Some(Err(done)) => return done,
    };
    if count > shell.args.len() {
        return Done::Status(1);
    }
    shell.args = Rc::new(shell.args[count..].to_vec());
    shell.vars.options = (1, 0);
    Done::Status(0)
}
