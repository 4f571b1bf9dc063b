//! `nslookup web` as busybox had it before 1.29: it asks as every other program does, by way of
//! the search domains, and tells whose each address is. BIND's asks in the same way.
//!
//! Source: busybox 1.28 networking/nslookup.c print_host, server_print; BIND bin/dig/nslookup.c
//! printsection, and `** server can't find` of its show_message.

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
    /// Whether it is BIND's.
    bind: bool,
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
    let bind = call.name == "nslookup-bind";
    // What kind of answer is wanted makes no difference: there are no others.
    let args: Vec<&String> =
        call.args.iter().filter(|arg| !(bind && arg.starts_with('-'))).collect();
    let ([host] | [host, _]) = args[..] else { return Err(call.usage("nslookup HOST [SERVER]")) };
    let mut lookup = Lookup::new(call.sys, host);
    let mut server = Resolver::read(call.sys).servers.first().copied().unwrap_or(Ip::ANY);
    if let Some(given) = args.get(1) {
        let Some(ip) = Ip::parse(given) else {
            call.sys.err(format!("nslookup: bad address '{given}'\n"));
            return Err(1);
        };
        (server, lookup) = (ip, lookup.at(ip));
    }
    call.out(match bind {
        true => format!("Server:\t\t{server}\nAddress:\t{server}#53\n\n"),
        false => format!("{:<10} {server}\n", "Server:"),
    });
    // BIND's asks for the name of an address, and for no other name.
    let turned = Ip::parse(host).filter(|_| bind);
    Ok(NslookupSmall {
        host: host.clone(),
        bind,
        server,
        lookup,
        addresses: turned.or((!bind).then_some(server)).into_iter().collect(),
        told: 0,
        found: turned.is_some(),
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
                    Ok(name) if self.bind => return turned(sys, ip, name),
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
                Found::Nothing if self.bind => {
                    sys.out(format!("** server can't find {}: NXDOMAIN\n\n", self.host));
                    return Step::Exit(1);
                }
                Found::Addresses(ips) if self.bind => {
                    let name = self.lookup.name();
                    for ip in ips {
                        sys.out(format!("Name:\t{name}\nAddress: {ip}\n"));
                    }
                    sys.out("\n");
                    return Step::Exit(0);
                }
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
            let name = reversed(ip);
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

fn reversed(ip: Ip) -> String {
    let [a, b, c, d] = ip.0.to_be_bytes();
    format!("{d}.{c}.{b}.{a}.in-addr.arpa")
}

fn turned(sys: &mut Sys, ip: Ip, name: Option<String>) -> Step {
    let asked = reversed(ip);
    sys.out(match &name {
        Some(name) => format!("{asked}\tname = {name}.\n\n"),
        None => format!("** server can't find {asked}: NXDOMAIN\n\n"),
    });
    Step::Exit(i32::from(name.is_none()))
}
