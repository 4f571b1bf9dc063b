//! `ping -c 1 10.244.0.5`: whether an address answers.
//!
//! Source: busybox 1.35 networking/ping.c, and what it prints (recorded).

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::resolve::{Found, Lookup};
use crate::shell::net::{Ip, LATENCY};
use crate::shell::process::Disposition;
use crate::shell::process::{State, Step};
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;

/// A `ping` under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ping {
    host: String,
    lookup: Option<Lookup>,
    to: Ip,
    count: Option<u64>,
    interval: SimTime,
    last_wait: SimTime,
    until: Option<SimTime>,
    quiet: bool,
    sent: u64,
    got: u64,
    /// When the reply to the last one is there, or it is given up.
    due: Option<SimTime>,
    next: SimTime,
}

/// Reads the command line. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Ping, i32> {
    let options = call.options("46c:s:i:At:I:W:w:qp:n")?;
    let Some(host) = options.rest.first().cloned() else {
        return Err(call.usage("ping [OPTIONS] HOST"));
    };
    let number = |letter| options.value(letter).and_then(|v| v.parse::<u64>().ok());
    let now = call.sys.now();
    call.sys.set_disposition(Signal::Int, Some(Disposition::Handle));
    Ok(Ping {
        lookup: Some(Lookup::new(call.sys, &host)),
        host,
        to: Ip::ANY,
        count: number('c'),
        interval: SimTime::secs(number('i').unwrap_or(1)),
        last_wait: SimTime::secs(number('W').unwrap_or(10)),
        until: number('w').map(|secs| now + SimTime::secs(secs)),
        quiet: options.has('q'),
        sent: 0,
        got: 0,
        due: None,
        next: now,
    })
}

impl Ping {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if let Some(lookup) = &mut self.lookup {
            match lookup.step(sys) {
                Found::Wait(until) => return sys.wait(Some(until)),
                Found::Nothing => {
                    sys.err(format!("ping: bad address '{}'\n", self.host));
                    return Step::Exit(1);
                }
                Found::Addresses(ips) => self.to = ips[0],
            }
            self.lookup = None;
            sys.out(format!("PING {} ({}): 56 data bytes\n", self.host, self.to));
        }
        let now = sys.now();
        if !sys.take_signals().is_empty() || self.until.is_some_and(|until| now >= until) {
            return self.finish(sys);
        }
        if self.due.is_some_and(|due| now >= due) {
            self.due = None;
            if let Some(time) = self.reply_time(sys) {
                self.replied(sys, time);
            }
        }
        let all = self.count.is_some_and(|count| self.sent >= count);
        if all && self.due.is_none() {
            return self.finish(sys);
        }
        if !all && now >= self.next {
            self.next = now + self.interval;
            self.sent += 1;
            let last = self.count == Some(self.sent);
            let silent = if last { self.last_wait } else { self.interval };
            self.due = Some(now + self.reply_time(sys).unwrap_or(silent));
            return Step::Continue;
        }
        let next = Some(self.next).filter(|_| !all);
        let wake = self.due.into_iter().chain(next).chain(self.until).min();
        Step::Block(wake.map_or(State::Paused, State::Sleeping))
    }

    /// How long a reply takes; `None` if nobody has the address. Services' addresses do not reply.
    fn reply_time(&self, sys: &Sys) -> Option<SimTime> {
        match sys.network().is_near(sys.me().net, self.to) {
            Some(true) => Some(SimTime::ZERO),
            Some(false) => Some(LATENCY + LATENCY),
            None => None,
        }
    }

    fn replied(&mut self, sys: &mut Sys, time: SimTime) {
        self.got += 1;
        if !self.quiet {
            let (to, seq) = (self.to, self.sent - 1);
            let text = format!("64 bytes from {to}: seq={seq} ttl=64 time={} ms\n", shown(time));
            sys.out(text);
        }
    }

    fn finish(&self, sys: &mut Sys) -> Step {
        let (sent, got) = (self.sent, self.got);
        let loss = (sent - got) * 100 / sent.max(1);
        sys.out(format!(
            "\n--- {} ping statistics ---\n{sent} packets transmitted, {got} packets received, \
             {loss}% packet loss\n",
            self.host
        ));
        if let Some(time) = self.reply_time(sys).filter(|_| got > 0) {
            let time = shown(time);
            sys.out(format!("round-trip min/avg/max = {time}/{time}/{time} ms\n"));
        }
        Step::Exit(i32::from(got == 0))
    }
}

/// Localhost takes some microseconds, which the clock here does not have.
fn shown(time: SimTime) -> String {
    match time.as_ms() {
        0 => "0.050".to_string(),
        ms => format!("{ms}.000"),
    }
}
