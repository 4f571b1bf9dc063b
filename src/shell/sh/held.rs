//! How much text a shell holds, and the bound on it.
//!
//! A function that calls itself with twice its argument fills any memory in some thirty calls, and
//! a page has one memory for everything. A real shell would be killed by its container's memory
//! limit, or would say `out of memory`; here the second comes early, with a note.

use crate::shell::limits;
use crate::shell::process::Program;
use crate::shell::sh::expand::Stop;
use crate::shell::sh::frame::{Frame, Pending};
use crate::shell::sh::shell::Shell;
use crate::shell::sh::vars::Var;
use crate::shell::sys::Sys;
use crate::shell::types::{Limit, NoteKind};

/// What one command costs beside its text.
const OVERHEAD: usize = 64;
/// Text that may be made before it is looked how much of it is still held.
const LOOK_EACH: usize = 256 << 10;

impl Shell {
    /// Bytes of text that it holds: its variables, its parameters and what waits on its stack.
    pub fn memory(&self) -> u64 {
        let variables = self.vars.all().map(|(name, var)| name.len() + value(Some(var)));
        let frames = self.frames.iter().map(waiting);
        let all = words(&self.args) + variables.chain(frames).sum::<usize>();
        all as u64
    }

    /// Counts text that a command has made. Only when much was made since the last look is it
    /// looked how much of it is still held, so that looking costs no more than making.
    ///
    /// Errors: all shells together hold more than they may.
    pub(super) fn count(&mut self, sys: &mut Sys, bytes: usize) -> Result<(), Stop> {
        self.made += bytes + OVERHEAD;
        if self.made < LOOK_EACH.max(self.held / 2) {
            return Ok(());
        }
        (self.made, self.held) = (0, self.memory() as usize);
        let others = sys.processes().map(|process| match &process.program {
            Program::Shell(shell) => shell.held,
            _ => 0,
        });
        if others.sum::<usize>() + self.held <= limits::HELD_BYTES {
            return Ok(());
        }
        sys.note(NoteKind::Limit(Limit::Memory));
        Err(Stop::Fail("out of memory".to_string()))
    }
}

fn words(words: &[String]) -> usize {
    words.iter().map(|word| word.len() + size_of::<String>()).sum()
}

fn value(var: Option<&Var>) -> usize {
    let Some(var) = var else { return 0 };
    let items = var.more.iter().flat_map(|more| more.items.iter());
    let elements = items.flat_map(|items| items.map.iter());
    let elements = elements.map(|((_, name), text)| name.len() + text.len() + 2 * OVERHEAD);
    var.value.as_ref().map_or(0, String::len) + elements.sum::<usize>()
}

fn hidden(vars: &[(String, Option<Var>)]) -> usize {
    vars.iter().map(|(name, var)| name.len() + value(var.as_ref())).sum()
}

fn given(pending: &Pending) -> usize {
    pending.texts.iter().map(String::len).sum()
}

/// Bytes of text that a frame keeps for later.
fn waiting(frame: &Frame) -> usize {
    match frame {
        Frame::Source(source) => source.text.len(),
        Frame::ForWords(_, _, pending)
        | Frame::Case(_, _, pending, _)
        | Frame::Simple(_, _, pending)
        | Frame::Redirected(_, _, pending)
        | Frame::Asked(_, pending)
        | Frame::Counted(_, _, pending, _) => given(pending),
        Frame::For(_, all, ..) | Frame::Arguments(all) => words(all),
        Frame::Variables(old) => hidden(old),
        Frame::Call(args, locals, _) => words(args) + hidden(locals),
        Frame::Capture(_, _, text) | Frame::Captured(_, text) => text.len(),
        Frame::Input(input) => input.text.len(),
        _ => 0,
    }
}
