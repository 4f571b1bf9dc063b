//! What a server answers to HTTP requests.

use crate::base::SimTime;
use crate::shell::behaviour::{self, Behaviour};
use crate::shell::commands::date::Moment;
use crate::shell::commands::httpd::http_date;
use crate::shell::commands::servers::agnhost::Agnhost;
use crate::shell::commands::servers::netexec_jobs::Jobs;
use crate::shell::commands::servers::nginx;
use crate::shell::commands::servers::program::Program;
use crate::shell::commands::servers::text::{Values, fill, variable};
use crate::shell::http::{App, Peer, Reply, Request, Response, reason};
use crate::shell::net::Addr;
use crate::shell::sys::Sys;
use crate::shell::types::NoteKind;

/// A server's answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// The program's name.
    pub name: String,
    /// Its line of the table.
    pub program: Program,
    /// What it does, with all that was said of it.
    pub said: Behaviour,
    /// When it began.
    pub begun: SimTime,
    /// The directory that it serves; empty if it serves none.
    pub root: String,
    /// A text of the command line.
    pub text: String,
    /// Answers of `location`s in nginx's configuration.
    pub locations: Vec<(String, u16, String)>,
    /// The command of agnhost it is.
    pub agnhost: Option<Agnhost>,
    /// What answers wait for.
    pub jobs: Jobs,
    /// A request has asked it to end so, at that time.
    pub exit: Option<(i32, SimTime)>,
    /// It is being ended.
    pub ending: bool,
}

impl App for Site {
    fn answer(&mut self, sys: &mut Sys, request: &Request, peer: Peer) -> Reply {
        let since = sys.now().since(self.begun);
        let said = self.said.answer(&request.target, since).cloned();
        let reply = match said {
            _ if request.path() == "/grpc.health.v1.Health/Check" => {
                self.health(sys, request, since)
            }
            Some(answer) => self.said_so(sys, request, answer),
            None => match self.agnhost.clone() {
                Some(agnhost) => agnhost.answer(self, sys, request, peer),
                None => Reply::Now(self.own(sys, request)),
            },
        };
        self.log(sys, request, peer.from, &reply);
        reply
    }

    fn finished(&mut self, number: u64) -> Option<Response> {
        self.jobs.take(number)
    }
}

impl Site {
    /// An answer that a Pod or a scenario has chosen.
    fn said_so(&self, sys: &mut Sys, request: &Request, answer: behaviour::Answer) -> Reply {
        let response = match answer.reply {
            behaviour::Reply::Hang => return Reply::Never,
            behaviour::Reply::Reset => return Reply::Drop,
            behaviour::Reply::Redirect(status, to) => {
                let mut response = self.page(sys, status, "text/html", "");
                response.headers.push(("Location".into(), to));
                response
            }
            behaviour::Reply::Status(200) => match self.own(sys, request) {
                // The program's own page, if it has one there: 200 was asked for.
                own if own.status == 200 => own,
                _ => self.page(sys, 200, "text/plain; charset=utf-8", "ok\n"),
            },
            behaviour::Reply::Status(status) => self.error(sys, status),
        };
        Reply::At(sys.now() + answer.after, response)
    }

    /// What the program answers by itself.
    fn own(&self, sys: &mut Sys, request: &Request) -> Response {
        let path = request.path().to_string();
        if let Some((_, status, text)) =
            self.locations.iter().find(|(at, ..)| path.starts_with(at.as_str()))
        {
            return self.page(sys, *status, "text/plain", text);
        }
        if let Some((status, text)) = self.program.answer(&path) {
            let values = Values { text: &self.text, ..Values::default() };
            let body = fill(sys, text, values).replace('^', "\n");
            return self.page(sys, status, "text/plain; charset=utf-8", &body);
        }
        if self.root.is_empty() {
            return self.error(sys, 404);
        }
        self.file(sys, &path)
    }

    /// A file below the directory that it serves.
    pub fn file(&self, sys: &mut Sys, path: &str) -> Response {
        let mut name = format!("{}{path}", self.root);
        if sys.stat(&name, true).is_ok_and(|node| node.is_dir()) {
            name = format!("{}/index.html", name.trim_end_matches('/'));
            if !sys.exists(&name) {
                // Source: nginx without autoindex; Apache lists, agnhost too.
                return match self.name == "nginx" {
                    true => self.error(sys, 403),
                    false => self.page(sys, 200, "text/html", "<pre>\n</pre>\n"),
                };
            }
        }
        let kind = match name.rsplit('.').next() {
            Some("html" | "htm") => "text/html",
            Some("json") => "application/json",
            Some("css") => "text/css",
            Some("js") => "application/javascript",
            _ => "text/plain",
        };
        match sys.read_whole(&name) {
            Ok(body) => self.page(sys, 200, kind, &String::from_utf8_lossy(&body)),
            Err(error) => {
                if self.name == "nginx" {
                    nginx::missing(sys, &name, error);
                }
                self.error(sys, 404)
            }
        }
    }

    /// A response with the headers of this program.
    pub fn page(&self, sys: &Sys, status: u16, kind: &str, body: &str) -> Response {
        let mut response = Response::text(status, kind, body);
        response.headers.insert(0, ("Date".into(), http_date(sys.wall_secs())));
        let server = match self.name.as_str() {
            "nginx" => format!("nginx/{}", variable(sys, "NGINX_VERSION")),
            "httpd" | "httpd-foreground" => {
                format!("Apache/{} (Unix)", variable(sys, "HTTPD_VERSION"))
            }
            _ => return response,
        };
        response.headers.insert(0, ("Server".into(), server));
        response
    }

    /// An error page in the program's own form.
    pub fn error(&self, sys: &Sys, status: u16) -> Response {
        let title = format!("{status} {}", reason(status));
        match self.name.as_str() {
            "nginx" => {
                let server = format!("nginx/{}", variable(sys, "NGINX_VERSION"));
                let body = format!(
                    "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}\
                     </h1></center>\r\n<hr><center>{server}</center>\r\n</body>\r\n</html>\r\n"
                );
                self.page(sys, status, "text/html", &body)
            }
            "httpd" | "httpd-foreground" | "apache2-foreground" => {
                let body = format!(
                    "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>\
                     {title}</title>\n</head><body>\n<h1>{}</h1>\n</body></html>\n",
                    reason(status)
                );
                self.page(sys, status, "text/html; charset=iso-8859-1", &body)
            }
            _ if status == 404 => {
                self.page(sys, 404, "text/plain; charset=utf-8", "404 page not found\n")
            }
            _ => self.page(sys, status, "text/plain; charset=utf-8", &format!("{title}\n")),
        }
    }

    /// The answer of the gRPC health service.
    fn health(&self, sys: &Sys, request: &Request, since: SimTime) -> Reply {
        let service = String::from_utf8_lossy(&request.body).into_owned();
        let grpc = |code: &str, message: &str, body: &str| {
            let mut response = self.page(sys, 200, "application/grpc", body);
            response.headers.push(("grpc-status".into(), code.into()));
            response.headers.push(("grpc-message".into(), message.into()));
            Reply::Now(response)
        };
        let known = self.agnhost.as_ref().is_none_or(|agnhost| agnhost.service() == service);
        let serving = match &self.agnhost {
            Some(agnhost) => agnhost.is_serving(since),
            None => self.said.is_serving(since),
        };
        match (known, serving) {
            (false, _) => grpc("5", "unknown service", ""),
            (true, true) => grpc("0", "", "SERVING"),
            (true, false) => grpc("0", "", "NOT_SERVING"),
        }
    }

    /// The line of the access log, of those who write one.
    fn log(&self, sys: &mut Sys, request: &Request, from: Addr, reply: &Reply) {
        let (Reply::Now(response) | Reply::At(_, response)) = reply else { return };
        let time = Moment::new(sys.wall_secs()).format("%d/%b/%Y:%T +0000");
        let mut line = format!(
            "{} - - [{time}] \"{} {} {}\" {} {}",
            from.ip,
            request.method,
            request.target,
            request.version,
            response.status,
            response.body.len()
        );
        match self.name.as_str() {
            "nginx" => {
                let of = |name| request.header(name).unwrap_or("-");
                line += &format!(" \"{}\" \"{}\" \"-\"\n", of("referer"), of("user-agent"));
                sys.out(line);
            }
            "httpd" | "httpd-foreground" | "apache2-foreground" => sys.out(line + "\n"),
            "http.server" => {
                let time = Moment::new(sys.wall_secs()).format("%d/%b/%Y %T");
                let asked =
                    [&request.method, &request.target, &request.version].map(|w| w.as_str());
                let (from, asked, status) = (from.ip, asked.join(" "), response.status);
                sys.err(format!("{from} - - [{time}] \"{asked}\" {status} -\n"));
            }
            _ => {}
        }
    }

    /// Says that something is not modelled.
    pub fn lacks(&self, sys: &mut Sys, what: &str) -> Reply {
        sys.note(NoteKind::Unsupported(format!("{} {what}", self.name)));
        Reply::Now(self.error(sys, 501))
    }
}
