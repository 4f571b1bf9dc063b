//! What the servers of `agnhost` answer.
//!
//! Source: kubernetes test/images/agnhost.

use crate::base::SimTime;
use crate::shell::commands::date::Moment;
use crate::shell::commands::servers::agnhost::Agnhost;
use crate::shell::commands::servers::netexec;
use crate::shell::commands::servers::site::Site;
use crate::shell::commands::servers::text::variable;
use crate::shell::http::{Peer, Reply, Request, Response, reason};
use crate::shell::sys::Sys;

/// A line of its log.
pub fn log(sys: &mut Sys, line: &str) {
    let now = Moment::new(sys.wall_secs()).format("%Y/%m/%d %T");
    sys.err(format!("{now} {line}\n"));
}

impl Agnhost {
    /// The service whose health it tells.
    pub fn service(&self) -> &str {
        match self {
            Agnhost::Grpc { service, .. } => service,
            _ => "",
        }
    }

    /// What its health service says.
    pub fn is_serving(&self, since: SimTime) -> bool {
        match self {
            Agnhost::Grpc { forced: Some(forced), .. } => *forced,
            Agnhost::Grpc { until: Some(until), .. } => since < *until,
            _ => true,
        }
    }

    /// Answers a request.
    pub fn answer(&self, site: &mut Site, sys: &mut Sys, request: &Request, peer: Peer) -> Reply {
        let since = sys.now().since(site.begun);
        let plain = |site: &Site, sys: &Sys, status, body: &str| {
            Reply::Now(site.page(sys, status, "text/plain; charset=utf-8", body))
        };
        match self {
            Agnhost::Netexec => netexec::answer(site, sys, request, peer),
            Agnhost::Liveness => liveness_answer(site, sys, request, since),
            Agnhost::TestWebserver => Reply::Now(site.file(sys, request.path())),
            Agnhost::ServeHostname => {
                let name = sys.hostname().to_string();
                plain(site, sys, 200, &name)
            }
            Agnhost::Porter => {
                let own = sys.ends(peer.fd).map_or(0, |(own, _)| own.port);
                let text = variable(sys, &format!("SERVE_PORT_{own}"));
                plain(site, sys, 200, &text)
            }
            Agnhost::Grpc { .. } => {
                let serving = match request.path() {
                    "/make-serving" => true,
                    "/make-not-serving" => false,
                    _ => return Reply::Now(site.error(sys, 404)),
                };
                log(sys, if serving { "Mark as healthy" } else { "Mark as unhealthy" });
                if let Some(Agnhost::Grpc { forced, .. }) = &mut site.agnhost {
                    *forced = Some(serving);
                }
                plain(site, sys, 200, &seconds(since))
            }
            Agnhost::Silent => Reply::Now(site.error(sys, 404)),
        }
    }
}

/// A duration as Go writes it, in seconds.
fn seconds(since: SimTime) -> String {
    format!("{}.{:03}s", since.as_secs(), since.as_ms() % 1000)
}

/// A value of the question of a request.
pub fn asked(request: &Request, name: &str) -> String {
    let all = request.query().split('&');
    let found = all.filter_map(|pair| pair.split_once('=')).find(|(n, _)| *n == name);
    found.map_or(String::new(), |(_, value)| decoded(value))
}

/// Without `%20` and `+`.
fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let hex: String = bytes.by_ref().take(2).map(char::from).collect();
                out.extend(u8::from_str_radix(&hex, 16));
            }
            byte => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Sends the client elsewhere.
pub fn redirect(site: &Site, sys: &Sys, status: u16, to: &str) -> Reply {
    // Source: net/http server.go Redirect.
    let body = format!("<a href=\"{to}\">{}</a>.\n\n", reason(status));
    let mut response: Response = site.page(sys, status, "text/html; charset=utf-8", &body);
    response.headers.push(("Location".into(), to.to_string()));
    Reply::Now(response)
}

fn liveness_answer(site: &Site, sys: &mut Sys, request: &Request, since: SimTime) -> Reply {
    let text = "text/plain; charset=utf-8";
    let number = |name, otherwise| asked(request, name).parse().unwrap_or(otherwise);
    match request.path() {
        "/started" => Reply::Now(site.page(sys, 200, text, &seconds(since))),
        "/healthz" if since > SimTime::secs(10) => {
            let error = format!("error: {}.{:03}", since.as_secs(), since.as_ms() % 1000);
            Reply::Now(site.page(sys, 500, text, &error))
        }
        "/healthz" => Reply::Now(site.page(sys, 200, text, "ok")),
        "/redirect" => redirect(site, sys, 302, &asked(request, "loc")),
        "/sleep-headers" | "/sleep-body" | "/slow-response" => {
            let wait: u64 = number("time", 0);
            let status = u16::try_from(number("code", 500)).unwrap_or(500);
            let body = format!("Slept for {wait} secs\n");
            Reply::At(sys.now() + SimTime::secs(wait), site.page(sys, status, text, &body))
        }
        "/disconnect-headers" | "/disconnect-body" => Reply::Drop,
        _ => Reply::Now(site.error(sys, 404)),
    }
}
