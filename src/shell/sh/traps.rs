//! Traps: when they run and how they are set.

use crate::shell::process::{Disposition, Step};
use crate::shell::sh::frame::{Flags, Frame, SourceKind};
use crate::shell::sh::shell::Shell;
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;

/// The number under which the trap on ERR is kept. Source: busybox ash, NTRAP_ERR.
pub const ERR: i32 = 65;

impl Shell {
    /// A command has failed where `set -e` counts: the trap on ERR, unless a function runs
    /// (`set -E` lets it), then the end, if `set -e` is on. Source: busybox ash, evaltree.
    pub(super) fn failed(&mut self, sys: &mut Sys) -> Step {
        let inside = self.frames.iter().any(|frame| match frame {
            Frame::Failed(_) => true,
            Frame::Call(..) => !self.options.on('E'),
            _ => false,
        });
        match self.traps.get(&ERR).filter(|action| !inside && !action.is_empty()).cloned() {
            Some(action) => {
                self.frames.push(Frame::Failed(self.status));
                self.push_source(&action, SourceKind::Eval, self.line, Flags::default());
                Step::Continue
            }
            None => self.end_if_asked(sys, self.status),
        }
    }

    /// `set -e`
    pub(super) fn end_if_asked(&mut self, sys: &mut Sys, status: i32) -> Step {
        self.status = status;
        if self.options.on('e') { self.leave(sys, status) } else { Step::Continue }
    }

    /// Whether a trap is to run now: between two commands.
    pub(super) fn is_trap_due(&self) -> bool {
        if self.pending.is_empty() {
            return false;
        }
        // A trap that has just begun runs its first command before the next trap.
        if let Some(Frame::Source(source)) = self.frames.last() {
            return source.at > 0;
        }
        matches!(
            self.frames.last(),
            None | Some(Frame::List(..) | Frame::LoopTest(..) | Frame::For(..) | Frame::Check(_))
        )
    }

    /// Puts the trap of the lowest pending signal on the stack.
    pub(super) fn start_trap(&mut self) {
        let Some(number) = self.pending.pop_first() else { return };
        let Some(action) = self.traps.get(&number).cloned() else { return };
        self.frames.push(Frame::TrapEnd(self.status));
        self.push_source(&action, SourceKind::Eval, self.line, Flags::default());
    }

    /// A child begins without the traps of its parent; what is ignored stays so.
    pub(super) fn drop_traps(&mut self) {
        self.foreign_traps = false;
        self.traps.retain(|_, action| action.is_empty());
    }

    /// Sets, clears (`None`) or ignores (empty action) a signal; number 0 is EXIT.
    pub(super) fn set_trap(&mut self, sys: &mut Sys, number: i32, action: Option<&str>) {
        if self.foreign_traps {
            self.drop_traps();
        }
        let disposition = match action {
            None => {
                self.traps.remove(&number);
                None
            }
            Some(action) => {
                self.traps.insert(number, action.to_string());
                self.may_have_traps |= !action.is_empty();
                Some(if action.is_empty() { Disposition::Ignore } else { Disposition::Handle })
            }
        };
        if let Some(signal) = Signal::from_number(number) {
            sys.set_disposition(signal, disposition);
        }
    }
}
