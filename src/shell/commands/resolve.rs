//! From a host name to its address, as the C library's resolver finds it.
//!
//! Source: resolv.conf(5), hosts(5), resolver(3): two tries of five seconds a name server.

use crate::base::SimTime;
use crate::shell::net::{Answer, Ip, Question};
use crate::shell::sys::Sys;

/// How long an answer of a name server is waited for.
const TIMEOUT: SimTime = SimTime::secs(5);
/// How often all name servers are asked.
const ATTEMPTS: usize = 2;

/// A search for the address of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lookup {
    names: Vec<String>,
    servers: Vec<Ip>,
    tries: usize,
    open: Option<u32>,
    until: SimTime,
}

/// How far a search is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// Nothing yet; look again when something comes, or then.
    Wait(SimTime),
    /// The addresses.
    Addresses(Vec<Ip>),
    /// There is no such name.
    Nothing,
}

impl Lookup {
    /// Begins a search, with the name servers of `/etc/resolv.conf`.
    pub fn new(sys: &mut Sys, host: &str) -> Lookup {
        let config = Resolver::read(sys);
        let (names, servers) = (config.names(host), config.servers);
        let mut lookup = Lookup { names, servers, tries: 0, open: None, until: SimTime::ZERO };
        lookup.names.reverse();
        // What is looked up in files first comes last: it is asked for first.
        lookup.names.push(format!("={host}"));
        lookup
    }

    /// Asks this name server instead of those in the file.
    pub fn at(mut self, server: Ip) -> Lookup {
        self.servers = vec![server];
        self
    }

    /// The full name that was asked for last.
    pub fn name(&self) -> &str {
        self.names.last().map_or("", |name| name.trim_start_matches('='))
    }

    /// Goes on as far as possible.
    pub fn step(&mut self, sys: &mut Sys) -> Found {
        loop {
            let Some(name) = self.names.last().cloned() else { return Found::Nothing };
            if let Some(host) = name.strip_prefix('=') {
                if let Some(ip) = Ip::parse(host).or_else(|| in_hosts(sys, host)) {
                    return Found::Addresses(vec![ip]);
                }
                self.names.pop();
                continue;
            }
            let Some(fd) = self.open else {
                if self.tries >= ATTEMPTS * self.servers.len() {
                    return Found::Nothing;
                }
                let server = self.servers[self.tries % self.servers.len()];
                self.tries += 1;
                self.until = sys.now() + TIMEOUT;
                self.open = sys.ask(server, Question { name, six: false }).ok();
                if self.open.is_none() {
                    return Found::Nothing;
                }
                continue;
            };
            match sys.answer(fd) {
                None if sys.now() < self.until => return Found::Wait(self.until),
                None => self.hang_up(sys),
                Some(Answer::Found(_, ips)) if !ips.is_empty() => {
                    self.hang_up(sys);
                    return Found::Addresses(ips);
                }
                Some(_) => {
                    self.hang_up(sys);
                    self.tries = 0;
                    self.names.pop();
                }
            }
        }
    }

    fn hang_up(&mut self, sys: &mut Sys) {
        if let Some(fd) = self.open.take() {
            sys.close(fd);
        }
    }
}

fn in_hosts(sys: &mut Sys, host: &str) -> Option<Ip> {
    let text = sys.read_whole("/etc/hosts").ok()?;
    let text = String::from_utf8_lossy(&text);
    text.lines().find_map(|line| {
        let mut words = line.split('#').next()?.split_whitespace();
        let ip = Ip::parse(words.next()?)?;
        words.any(|name| name.eq_ignore_ascii_case(host)).then_some(ip)
    })
}

/// What `/etc/resolv.conf` says.
pub struct Resolver {
    /// Name servers.
    pub servers: Vec<Ip>,
    /// Domains that names are looked up in.
    pub search: Vec<String>,
    /// Dots that make a name be tried as it is first.
    pub ndots: usize,
}

impl Resolver {
    /// Reads the file.
    pub fn read(sys: &mut Sys) -> Resolver {
        let mut config = Resolver { servers: Vec::new(), search: Vec::new(), ndots: 1 };
        let text = sys.read_whole("/etc/resolv.conf").unwrap_or_default();
        for line in String::from_utf8_lossy(&text).lines() {
            let mut words = line.split_whitespace();
            match words.next() {
                Some("nameserver") => config.servers.extend(words.next().and_then(Ip::parse)),
                Some("search") => config.search = words.map(str::to_string).collect(),
                Some("options") => {
                    let ndots = words.find_map(|w| w.strip_prefix("ndots:")?.parse().ok());
                    config.ndots = ndots.unwrap_or(config.ndots);
                }
                _ => {}
            }
        }
        if config.servers.is_empty() {
            config.servers.push(Ip::LOCALHOST);
        }
        config.servers.truncate(3);
        config
    }

    /// The full names that are tried for a host name, in order.
    pub fn names(&self, host: &str) -> Vec<String> {
        if let Some(full) = host.strip_suffix('.') {
            return vec![full.to_string()];
        }
        let mut names: Vec<String> = self.search.iter().map(|d| format!("{host}.{d}")).collect();
        let first = host.matches('.').count() >= self.ndots;
        names.insert(if first { 0 } else { names.len() }, host.to_string());
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tried_in_the_order_of_the_dots() {
        let search = vec!["default.svc.cluster.local".to_string(), "cluster.local".to_string()];
        let config = Resolver { servers: Vec::new(), search, ndots: 5 };
        assert_eq!(
            config.names("web.default"),
            ["web.default.default.svc.cluster.local", "web.default.cluster.local", "web.default"]
        );
        assert_eq!(config.names("web."), ["web"]);
        let few = Resolver { ndots: 1, ..config };
        assert_eq!(few.names("a.b")[0], "a.b");
    }
}
