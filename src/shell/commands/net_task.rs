//! Commands that work over the network: servers and clients, one step at a time.

use crate::shell::commands::call::Call;
use crate::shell::commands::curl::{self, Curl};
use crate::shell::commands::httpd::{self, Httpd};
use crate::shell::commands::nc::{self, Nc};
use crate::shell::commands::nslookup::{self, Nslookup};
use crate::shell::commands::nslookup_small::{self, NslookupSmall};
use crate::shell::commands::ping::{self, Ping};
use crate::shell::commands::wget::{self, Wget};
use crate::shell::process::Step;
use crate::shell::sys::Sys;

/// A command that works over the network, and how far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NetTask {
    /// `curl`
    Curl(Curl),
    /// `httpd`
    Httpd(Httpd),
    /// `nc`
    Nc(Nc),
    /// `nslookup`
    Nslookup(Nslookup),
    /// `nslookup` of busybox before 1.29
    NslookupSmall(NslookupSmall),
    /// `ping`
    Ping(Ping),
    /// `wget`
    Wget(Wget),
}

/// Starts the command of this name. Errors: an exit code, or `None` if there is no such command.
pub fn start(call: &mut Call) -> Result<NetTask, Option<i32>> {
    let task = match call.name {
        "curl" => curl::start(call).map(NetTask::Curl),
        "httpd" => httpd::start(call).map(NetTask::Httpd),
        "nc" => nc::start(call).map(NetTask::Nc),
        "nslookup" => nslookup::start(call).map(NetTask::Nslookup),
        "nslookup-1.28" | "nslookup-bind" => {
            nslookup_small::start(call).map(NetTask::NslookupSmall)
        }
        "ping" => ping::start(call).map(NetTask::Ping),
        "telnet" => nc::telnet(call).map(NetTask::Nc),
        "wget" => wget::start(call).map(NetTask::Wget),
        _ => return Err(None),
    };
    task.map_err(Some)
}

impl NetTask {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        match self {
            NetTask::Curl(task) => task.step(sys),
            NetTask::Httpd(task) => task.step(sys),
            NetTask::Nc(task) => task.step(sys),
            NetTask::Nslookup(task) => task.step(sys),
            NetTask::NslookupSmall(task) => task.step(sys),
            NetTask::Ping(task) => task.step(sys),
            NetTask::Wget(task) => task.step(sys),
        }
    }
}
