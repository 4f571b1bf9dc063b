//! Redirections: descriptors are moved for a command and put back after it.

use crate::shell::errno::Errno;
use crate::shell::open_files::DescId;
use crate::shell::process::{State, Step};
use crate::shell::sh::builtins;
use crate::shell::sh::eval::Expanded;
use crate::shell::sh::frame::{Frame, Opened, Saved};
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::RedirectKind;
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

impl Shell {
    /// Redirects; `keep` keeps what was there for [`Shell::restore`].
    ///
    /// Errors: ash's message; what was redirected before is put back.
    pub(super) fn redirect(
        &mut self,
        sys: &mut Sys,
        redirects: &[Expanded],
        keep: bool,
    ) -> Result<Saved, String> {
        let mut saved = Saved::new();
        for (redirect, text) in redirects {
            let both = matches!(redirect.kind, RedirectKind::Both | RedirectKind::BothAppend);
            let result = if redirect.kind == RedirectKind::Duplicate {
                self.duplicate(sys, redirect.fd, text, keep, &mut saved)
            } else {
                self.open(sys, redirect.kind, text).map(|file| {
                    save(sys, redirect.fd, keep, &mut saved);
                    sys.set_descriptor(redirect.fd, file);
                    if both {
                        save(sys, 2, keep, &mut saved);
                        sys.retain(file);
                        sys.set_descriptor(2, file);
                    }
                })
            };
            if let Err(message) = result {
                self.restore(sys, saved);
                return Err(message);
            }
        }
        Ok(saved)
    }

    fn open(&self, sys: &mut Sys, kind: RedirectKind, path: &str) -> Result<DescId, String> {
        let mode = match kind {
            RedirectKind::Failed => return Err(path.to_string()),
            RedirectKind::Here => return Ok(sys.open_text(path.as_bytes().to_vec())),
            RedirectKind::Read => OpenMode::Read,
            RedirectKind::ReadWrite => OpenMode::ReadWrite,
            RedirectKind::Append | RedirectKind::BothAppend => OpenMode::Append,
            RedirectKind::Write if self.options.on('C') => OpenMode::Exclusive,
            _ => OpenMode::Write,
        };
        sys.open(path, mode).map_err(|error| {
            let (verb, missing) = match mode {
                OpenMode::Read => ("open", "no such file"),
                _ => ("create", "nonexistent directory"),
            };
            let why = match error {
                Errno::NotFound | Errno::NotDirectory => missing,
                error => error.text(),
            };
            format!("can't {verb} {path}: {why}")
        })
    }

    fn duplicate(
        &self,
        sys: &mut Sys,
        fd: u32,
        text: &str,
        keep: bool,
        saved: &mut Saved,
    ) -> Result<(), String> {
        if text == "-" {
            save(sys, fd, keep, saved);
            sys.close(fd);
            return Ok(());
        }
        let from: u32 = text.parse().map_err(|_| "bad fd number".to_string())?;
        if sys.description(from).is_none() {
            return Err(format!("{from}: {}", Errno::BadDescriptor));
        }
        save(sys, fd, keep, saved);
        sys.dup(from, fd).map_err(|error| format!("{from}: {error}"))
    }

    /// Waits until the named pipes are open at their other ends. A trap that is due ends that.
    /// Source: busybox ash, openredirect: open(2) fails with EINTR.
    pub(super) fn opened(&mut self, sys: &mut Sys, opened: Box<Opened>) -> Step {
        let waiting = |(fd, why): &(u32, String)| Some((sys.opening(*fd)?, why.clone()));
        match opened.pipes.iter().find_map(waiting) {
            None => match opened.then {
                Some((argv, flags)) => self.run_words(sys, argv, flags),
                None => Step::Continue,
            },
            Some((file, _)) if self.pending.is_empty() => {
                self.frames.push(Frame::Opened(opened));
                Step::Block(State::Opening(file))
            }
            Some((_, why)) => {
                self.complain(sys, None, &why);
                if opened.then.is_some_and(|(argv, _)| builtins::is_special(&argv[0])) {
                    return self.leave(sys, 1);
                }
                while let Some(frame) = self.frames.pop() {
                    let found = matches!(frame, Frame::Restore(_));
                    self.undo(sys, frame);
                    if found {
                        break;
                    }
                }
                self.status = 1;
                Step::Continue
            }
        }
    }

    /// Puts descriptors back.
    pub(super) fn restore(&mut self, sys: &mut Sys, saved: Saved) {
        for (fd, copy) in saved.into_iter().rev() {
            match copy {
                Some(copy) => {
                    let _ = sys.dup(copy, fd);
                    sys.close(copy);
                }
                None => sys.close(fd),
            }
        }
    }
}

/// The named pipes among what was redirected that nobody has opened at the other end.
pub(super) fn opening(sys: &Sys, redirects: &[Expanded]) -> Option<Box<Opened>> {
    let mut pipes = Vec::new();
    for (redirect, path) in redirects.iter().filter(|(r, _)| sys.opening(r.fd).is_some()) {
        let verb = if redirect.kind == RedirectKind::Read { "open" } else { "create" };
        pipes.push((redirect.fd, format!("can't {verb} {path}: Interrupted system call")));
    }
    (!pipes.is_empty()).then(|| Box::new(Opened { pipes, then: None }))
}

fn save(sys: &mut Sys, fd: u32, keep: bool, saved: &mut Saved) {
    if !keep {
        return;
    }
    let copy = sys.description(fd).map(|_| {
        let copy = sys.free_descriptor(10);
        let _ = sys.dup(fd, copy);
        copy
    });
    saved.push((fd, copy));
}
