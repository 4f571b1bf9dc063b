//! `agnhost netexec`: echoes, dials others, runs commands, takes files.
//!
//! Source: kubernetes test/images/agnhost/netexec/netexec.go.

use crate::base::SimTime;
use crate::base::json::Value;
use crate::shell::behaviour::read;
use crate::shell::commands::date::Moment;
use crate::shell::commands::mktemp;
use crate::shell::commands::servers::agnhost_answers::{asked, log, redirect};
use crate::shell::commands::servers::netexec_jobs::Job;
use crate::shell::commands::servers::site::Site;
use crate::shell::errno::Errno;
use crate::shell::http::multipart;
use crate::shell::http::{Peer, Reply, Request};
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

/// Where uploads go.
const UPLOADS: &str = "/uploads/upload";

/// Answers a request.
pub fn answer(site: &mut Site, sys: &mut Sys, request: &Request, peer: Peer) -> Reply {
    let path = request.path().to_string();
    log(sys, &line(request, &path));
    let status = |otherwise| asked(request, "code").parse().unwrap_or(otherwise);
    let (code, body) = match path.as_str() {
        "/clientip" => (200, peer.from.to_string()),
        "/dial" => return dial(site, sys, request),
        "/echo" => (status(200), asked(request, "msg")),
        "/header" => (200, request.header(&asked(request, "key")).unwrap_or_default().to_string()),
        "/hostname" | "/hostName" => (200, sys.hostname().to_string()),
        "/healthz" => (200, String::new()),
        "/readyz" if site.ending => (503, "shutting down".into()),
        "/readyz" => (200, "ok".into()),
        "/redirect" => return redirect(site, sys, status(302), &asked(request, "location")),
        "/shell" => return begin(site, Job::shell(sys, &command(request))),
        "/shutdown" => return exit(site, sys, 0, SimTime::ZERO),
        "/upload" => upload(sys, request),
        "/exit" => {
            let wait = read::time(&asked(request, "wait")).unwrap_or(SimTime::ZERO);
            return exit(site, sys, i32::from(status(0)), wait);
        }
        _ => {
            let now = Moment::new(sys.wall_secs()).format("%F %T +0000 UTC");
            (200, format!("NOW: {now}"))
        }
    };
    Reply::Now(site.page(sys, code, "text/plain; charset=utf-8", &body))
}

/// What it logs of a request: the path, and the values it uses.
fn line(request: &Request, path: &str) -> String {
    let names: &[&str] = match path {
        "/dial" => &["host", "protocol", "port", "request", "tries"],
        "/echo" => &["msg", "code"],
        "/shell" => return format!("GET /shell?cmd={}", command(request)),
        _ => return format!("GET {path}"),
    };
    let values: Vec<String> =
        names.iter().map(|name| format!("{name}={}", asked(request, name))).collect();
    format!("GET {path}?{}", values.join("&"))
}

fn command(request: &Request) -> String {
    let command = asked(request, "shellCommand");
    if command.is_empty() { asked(request, "cmd") } else { command }
}

/// The program ends; its connections break.
fn exit(site: &mut Site, sys: &Sys, code: i32, wait: SimTime) -> Reply {
    site.exit = Some((code, sys.now() + wait));
    Reply::Never
}

fn begin(site: &mut Site, job: Job) -> Reply {
    Reply::Later(site.jobs.add(job))
}

fn dial(site: &mut Site, sys: &mut Sys, request: &Request) -> Reply {
    let value = |name| asked(request, name);
    let bad = |site: &Site, sys: &Sys, text: &str| {
        Reply::Now(site.page(sys, 400, "text/plain; charset=utf-8", &format!("{text}\n")))
    };
    let tries = match value("tries").as_str() {
        "" => 1,
        text => match text.parse::<i64>() {
            Ok(tries) => u32::try_from(tries).unwrap_or(0),
            Err(_) => {
                let why = format!("strconv.Atoi: parsing \"{text}\": invalid syntax");
                return bad(site, sys, &format!("tries parameter is invalid. {why}"));
            }
        },
    };
    if value("request").is_empty() {
        return bad(site, sys, "request parameter not specified. <nil>");
    }
    match value("protocol").to_lowercase().as_str() {
        "" | "http" => {}
        "udp" | "sctp" => return site.lacks(sys, "/dial?protocol=udp"),
        _ => {
            return bad(site, sys, &format!("unsupported protocol. {}", value("protocol")));
        }
    }
    match value("port").parse() {
        Ok(port) => begin(site, Job::dial(sys, (&value("host"), port), &value("request"), tries)),
        Err(_) => {
            let why = format!("lookup tcp/{}: unknown port", value("port"));
            bad(site, sys, &format!("host and/or port param are invalid. {why}"))
        }
    }
}

/// Keeps the file of a form; the status and what is said of it.
fn upload(sys: &mut Sys, request: &Request) -> (u16, String) {
    let kind = request.header("content-type").unwrap_or_default();
    let Some(file) = multipart::part(kind, &request.body, "file") else {
        let why = match kind.starts_with("multipart/form-data") {
            true => "http: no such file",
            false => "request Content-Type isn't multipart/form-data",
        };
        log(sys, &format!("Unable to upload file: {why}"));
        return (200, object(&[("error", "Unable to upload file.".into())]));
    };
    match keep(sys, file) {
        Ok(name) => {
            log(sys, &format!("Wrote upload to {name}"));
            (201, object(&[("output", name.into())]))
        }
        Err(error) => {
            log(sys, &format!("Unable to open file for write: {error}"));
            (200, object(&[("error", "Unable to open file for write".into())]))
        }
    }
}

fn keep(sys: &mut Sys, file: &[u8]) -> Result<String, Errno> {
    let name = mktemp::unused(sys, UPLOADS)?;
    let open = sys.open(&name, OpenMode::Write)?;
    let fd = sys.free_descriptor(3);
    sys.set_descriptor(fd, open);
    let written = sys.write(fd, file);
    sys.close(fd);
    let place = sys.may_own(&sys.place(&name, true)?)?;
    sys.change(&place, |node| node.mode = 0o700)?;
    written.map(|()| name)
}

/// JSON as Go writes it: `<`, `>` and `&` are escaped.
pub fn object(entries: &[(&str, Value)]) -> String {
    let entries = entries.iter().map(|(name, value)| (name.to_string(), value.clone()));
    let text = Value::Object(entries.collect()).to_string();
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// A list of texts.
pub fn texts(items: &[String]) -> Value {
    Value::Array(items.iter().map(|item| item.as_str().into()).collect())
}
