//! Commands that work over the network: servers and clients, one step at a time.

use crate::shell::commands::call::Call;
use crate::shell::commands::httpd::{self, Httpd};
use crate::shell::process::Step;
use crate::shell::sys::Sys;

/// A command that works over the network, and how far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NetTask {
    /// `httpd`
    Httpd(Httpd),
}

/// Starts the command of this name. Errors: an exit code, or `None` if there is no such command.
pub fn start(call: &mut Call) -> Result<NetTask, Option<i32>> {
    match call.name {
        "httpd" => httpd::start(call).map(NetTask::Httpd).map_err(Some),
        _ => Err(None),
    }
}

impl NetTask {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        match self {
            NetTask::Httpd(task) => task.step(sys),
        }
    }
}
