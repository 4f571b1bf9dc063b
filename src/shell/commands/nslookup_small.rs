//! `nslookup web` as busybox had it before 1.29: it asks as every other program does, by way of
//! the search domains, and tells whose each address is.
//!
//! Source: busybox 1.28 networking/nslookup.c print_host, server_print.

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::resolve::{Found, Lookup, Resolver};
use crate::shell::net::{Answer, Ip, Question};
use crate::shell::process::Step;
use crate::shell::sys::Sys;

/// How long the name of an address is waited for.
const TIMEOUT: SimTime = SimTime::secs(5);

/// An `nslookup` under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NslookupSmall {
    host: String,
    server: Ip,
    lookup: Lookup,
    /// The addresses to tell of: at first the server's, then the host's.
    addresses: Vec<Ip>,
    told: usize,
    /// Whether the host's addresses are known.
    found: bool,
    /// The question for the name of an address.
    open: Option<u32>,
    until: SimTime,
}

/// Reads the command line. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<NslookupSmall, i32> {
    let ([host] | [host, _]) = call.args else { return Err(call.usage("nslookup HOST [SERVER]")) };
    let mut lookup = Lookup::new(call.sys, host);
    let mut server = Resolver::read(call.sys).servers.first().copied().unwrap_or(Ip::ANY);
    if let Some(given) = call.args.get(1) {
        let Some(ip) = Ip::parse(given) else {
            call.sys.err(format!("nslookup: bad address '{given}'\n"));
            return Err(1);
        };
        (server, lookup) = (ip, lookup.at(ip));
    }
    call.out(format!("{:<10} {server}\n", "Server:"));
    Ok(NslookupSmall {
        host: host.clone(),
        server,
        lookup,
        addresses: vec![server],
        told: 0,
        found: false,
        open: None,
        until: SimTime::ZERO,
    })
}

impl NslookupSmall {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        loop {
            if let Some(ip) = self.addresses.get(self.told).copied() {
                match self.name_of(sys, ip) {
                    Err(wait) => return wait,
                    Ok(name) => {
                        self.told += 1;
                        let name = name.map_or(String::new(), |name| [" ", &name].concat());
                        sys.out(format!("Address {}: {ip}{name}\n", self.told));
                    }
                }
                continue;
            }
            if self.found {
                return Step::Exit(0);
            }
            match self.lookup.step(sys) {
                Found::Wait(until) => return sys.wait(Some(until)),
                Found::Nothing => {
                    sys.out("\n");
                    sys.err(format!("nslookup: can't resolve '{}'\n", self.host));
                    return Step::Exit(1);
                }
                Found::Addresses(ips) => (self.addresses, self.told, self.found) = (ips, 0, true),
            }
            sys.out(format!("\n{:<10} {}\n", "Name:", self.host));
        }
    }

    /// Whose address it is, if anybody's. Errors: what to wait for.
    fn name_of(&mut self, sys: &mut Sys, ip: Ip) -> Result<Option<String>, Step> {
        let Some(fd) = self.open else {
            let [a, b, c, d] = ip.0.to_be_bytes();
            let name = format!("{d}.{c}.{b}.{a}.in-addr.arpa");
            self.open = sys.ask(self.server, Question { name, six: false }).ok();
            self.until = sys.now() + TIMEOUT;
            return if self.open.is_none() { Ok(None) } else { self.name_of(sys, ip) };
        };
        let answer = sys.answer(fd);
        if answer.is_none() && sys.now() < self.until {
            return Err(sys.wait(Some(self.until)));
        }
        self.open = None;
        sys.close(fd);
        Ok(match answer {
            Some(Answer::Pointer(name)) => Some(name.trim_end_matches('.').to_string()),
            _ => None,
        })
    }
}
