//! `break`, `continue`, `return`, `exit`: leaving frames before their time.

use crate::shell::process::Step;
use crate::shell::sh::builtins::variables::OPTIONS;
use crate::shell::sh::frame::{Frame, SourceKind};
use crate::shell::sh::shell::{Options, Shell};
use crate::shell::sys::Sys;

/// Where to go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Jump {
    /// After this many loops.
    Break(usize),
    /// At the next turn of the loop this many levels up.
    Continue(usize),
    /// After the function or the file of `.`.
    Return(i32),
    /// Nowhere: the shell ends. Without a code, the status tells.
    Exit(Option<i32>),
}

impl Shell {
    /// Jumps.
    pub(super) fn jump(&mut self, sys: &mut Sys, jump: Jump) -> Step {
        match jump {
            Jump::Break(levels) => self.leave_loops(sys, levels, false),
            Jump::Continue(levels) => self.leave_loops(sys, levels, true),
            Jump::Return(status) => self.return_from(sys, status),
            Jump::Exit(status) => {
                let status = status.unwrap_or_else(|| self.status_before_trap());
                self.leave(sys, status)
            }
        }
    }

    /// A bare `exit` in a trap gives the status from before the trap.
    fn status_before_trap(&self) -> i32 {
        let before = self.frames.iter().rev().find_map(|f| match f {
            Frame::TrapEnd(status) | Frame::Failed(status) | Frame::End(status) => Some(*status),
            _ => None,
        });
        before.unwrap_or(self.status)
    }

    /// A bare `return` gives the status, in a trap that from before it.
    pub(super) fn status_to_return(&self) -> i32 {
        for frame in self.frames.iter().rev() {
            match frame {
                Frame::TrapEnd(status) => return *status,
                Frame::Call(..) => break,
                _ => {}
            }
        }
        self.status
    }

    fn leave_loops(&mut self, sys: &mut Sys, levels: usize, again: bool) -> Step {
        // Source: busybox ash: a function may leave the loops of its caller; in a child that is
        // in a loop of its parent nothing more runs.
        let all = self.frames.iter().filter(|frame| frame.is_loop()).count();
        if levels > all && self.loops > 0 {
            return self.leave(sys, 0);
        }
        let mut left = levels.min(all);
        self.status = 0;
        while left > 0 {
            let Some(frame) = self.frames.pop() else { break };
            if frame.is_loop() {
                left -= 1;
                if left == 0 && again {
                    self.frames.push(match frame {
                        Frame::LoopBody(command, flags, _) => Frame::LoopTest(command, flags, true),
                        frame => frame,
                    });
                }
            } else {
                self.undo(sys, frame);
            }
        }
        Step::Continue
    }

    fn return_from(&mut self, sys: &mut Sys, status: i32) -> Step {
        self.status = status;
        while let Some(frame) = self.frames.pop() {
            let boundary = match &frame {
                Frame::Call(..) => true,
                Frame::Source(source) => source.kind == SourceKind::Dot,
                Frame::Not => {
                    self.status = i32::from(self.status == 0);
                    false
                }
                _ => false,
            };
            self.undo(sys, frame);
            if boundary {
                return Step::Continue;
            }
        }
        self.leave(sys, self.status)
    }

    /// Undoes what a frame stands for.
    pub(super) fn undo(&mut self, sys: &mut Sys, frame: Frame) {
        match frame {
            Frame::Restore(saved) => self.restore(sys, saved),
            Frame::Variables(old) => self.restore_vars(old),
            Frame::Arguments(args) => self.args = args,
            Frame::Call(args, locals, options) => {
                self.vars.options = options;
                self.restore_vars(locals);
                self.args = args;
                self.vars.state().and_then(|state| state.calls.pop());
            }
            _ => {}
        }
    }

    pub(super) fn restore_vars(&mut self, old: Vec<(String, Option<crate::shell::sh::vars::Var>)>) {
        for (name, var) in old.into_iter().rev() {
            match var.as_ref().and_then(|var| var.value.as_ref()).filter(|_| name == OPTIONS) {
                Some(letters) => self.options = Options::of(letters),
                None => self.vars.restore(&name, var),
            }
        }
    }
}
