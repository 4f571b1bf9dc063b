//! `nslookup web`: asks the name server.
//!
//! Source: busybox 1.36 networking/nslookup.c (FEATURE_NSLOOKUP_BIG): a name without a dot is
//! looked up in each search domain.

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::resolve::Resolver;
use crate::shell::net::{Answer, Ip, Question};
use crate::shell::process::Step;
use crate::shell::sys::Sys;

/// How long answers are waited for.
const TIMEOUT: SimTime = SimTime::secs(5);

/// An `nslookup` under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nslookup {
    servers: Vec<Ip>,
    questions: Vec<Question>,
    open: Vec<Option<u32>>,
    until: SimTime,
    replies: usize,
    code: i32,
}

/// Reads the command line. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Nslookup, i32> {
    const USAGE: &str = "nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]";
    let mut args: Vec<&String> = call.args.iter().collect();
    let mut kinds = Vec::new();
    while args.first().is_some_and(|a| a.starts_with('-')) {
        let option = args.remove(0);
        match option.split_once('=').map(|(_, kind)| kind.to_ascii_lowercase()).as_deref() {
            Some("a") => kinds.push(false),
            Some("aaaa") => kinds.push(true),
            Some("ptr") => {}
            _ => call.unsupported(option),
        }
    }
    let [host, rest @ ..] = args.as_slice() else { return Err(call.usage(USAGE)) };
    let config = Resolver::read(call.sys);
    let mut servers = config.servers;
    if let Some(server) = rest.first() {
        match Ip::parse(server) {
            Some(ip) => servers = vec![ip],
            None => return Err(call.fail(format!("bad address '{server}'"))),
        }
    }
    let names = match Ip::parse(host) {
        Some(ip) => {
            let [a, b, c, d] = ip.0.to_be_bytes();
            kinds = vec![false];
            vec![format!("{d}.{c}.{b}.{a}.in-addr.arpa")]
        }
        None if host.contains('.') || config.search.is_empty() => {
            vec![host.trim_end_matches('.').to_string()]
        }
        None => config.search.iter().map(|domain| format!("{host}.{domain}")).collect(),
    };
    if kinds.is_empty() {
        kinds = vec![false, true];
    }
    let question = |six: bool| names.iter().map(move |name| Question { name: name.clone(), six });
    let questions = kinds.iter().flat_map(|six| question(*six)).collect();
    let (open, until) = (Vec::new(), SimTime::ZERO);
    Ok(Nslookup { servers, questions, open, until, replies: 0, code: 0 })
}

impl Nslookup {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        let Some(server) = self.servers.first().copied() else {
            sys.out(";; connection timed out; no servers could be reached\n\n");
            return Step::Exit(1);
        };
        if self.open.is_empty() {
            self.until = sys.now() + TIMEOUT;
            self.open = self.questions.iter().map(|q| sys.ask(server, q.clone()).ok()).collect();
        }
        for at in 0..self.open.len() {
            let answer = self.open[at].and_then(|fd| sys.answer(fd));
            if let (Some(fd), Some(answer)) = (self.open[at], answer) {
                self.open[at] = None;
                sys.close(fd);
                self.print(sys, server, at, &answer);
            }
        }
        if self.open.iter().all(Option::is_none) {
            return Step::Exit(self.code);
        }
        if sys.now() < self.until {
            return sys.wait(Some(self.until));
        }
        let left: Vec<u32> = std::mem::take(&mut self.open).into_iter().flatten().collect();
        left.iter().for_each(|fd| sys.close(*fd));
        self.servers.remove(0);
        if self.replies > 0 { Step::Exit(1) } else { Step::Continue }
    }

    fn print(&mut self, sys: &mut Sys, server: Ip, at: usize, answer: &Answer) {
        if self.replies == 0 {
            sys.out(format!("Server:\t\t{server}\nAddress:\t{server}:53\n\n"));
        }
        self.replies += 1;
        let name = &self.questions[at].name;
        match answer {
            Answer::Missing => {
                sys.out(format!("** server can't find {name}: NXDOMAIN\n"));
                self.code = 1;
            }
            Answer::Pointer(of) => sys.out(format!("{name}\tname = {of}\n")),
            Answer::Found(alias, ips) => {
                let mut shown = name;
                if let Some(alias) = alias {
                    sys.out(format!("{name}\tcanonical name = {alias}\n"));
                    shown = alias;
                }
                for ip in ips {
                    sys.out(format!("Name:\t{shown}\nAddress: {ip}\n"));
                }
            }
        }
        sys.out("\n");
    }
}
