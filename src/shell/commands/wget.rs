//! `wget -qO- -T 2 http://web/`: fetches a URL.
//!
//! Source: busybox 1.36 networking/wget.c, and what 1.35 prints (recorded).

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::fetch::{Failure, Fetch, Fetched};
use crate::shell::http::{Request, Response, Url};
use crate::shell::process::Step;
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

/// A `wget` under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wget {
    url: Url,
    options: Options,
    fetch: Fetch,
    redirects: u32,
    until: SimTime,
    /// Bytes are known to have come when the time was last counted from.
    begun: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Options {
    quiet: bool,
    spider: bool,
    server_response: bool,
    go_on: bool,
    output: Option<String>,
    directory: String,
    timeout: SimTime,
    agent: String,
    headers: Vec<String>,
    body: Option<Vec<u8>>,
}

/// Long options as letters.
const LONG: &[(&str, &str)] = &[
    ("spider", "-1"),
    ("header", "-2"),
    ("post-data", "-3"),
    ("post-file", "-4"),
    ("no-check-certificate", "-5"),
    ("quiet", "-q"),
    ("continue", "-c"),
    ("output-document", "-O"),
    ("output-file", "-o"),
    ("server-response", "-S"),
    ("timeout", "-T"),
    ("tries", "-t"),
    ("user-agent", "-U"),
    ("directory-prefix", "-P"),
    ("proxy", "-Y"),
    ("no-verbose", "-q"),
];

const USAGE: &str = "wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\
    \t[--post-data STR | --post-file FILE] [-Y on/off]\n\
    \t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...";

/// Long options written as short ones: `--header=x` as `-2x`.
pub fn shortened(args: &[String], long: &[(&str, &str)]) -> Vec<String> {
    let short = |arg: &String| {
        let (name, value) = arg.strip_prefix("--")?.split_once('=').unwrap_or((&arg[2..], ""));
        let letter = long.iter().find(|(l, _)| *l == name).map(|(_, letter)| *letter)?;
        Some(format!("{letter}{value}"))
    };
    args.iter().map(|arg| short(arg).unwrap_or_else(|| arg.clone())).collect()
}

/// Reads the command line. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Wget, i32> {
    let args = shortened(call.args, LONG);
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = call.options("cqSO:o:T:t:P:U:Y:12:3:4:5")?;
    let [text, ..] = options.rest.as_slice() else { return Err(call.usage(USAGE)) };
    let Some(url) = Url::parse(text) else {
        return Err(call.fail(format!("not an http or ftp url: {text}")));
    };
    let of = |letter| options.value(letter).map(str::to_string);
    let mut body = of('3').map(String::into_bytes);
    if let Some(file) = options.value('4') {
        match call.sys.read_script(file) {
            Ok(data) => body = Some(data),
            Err(error) => return Err(call.fail(format!("can't open '{file}': {error}"))),
        }
    }
    let seconds = of('T').and_then(|t| t.parse().ok()).unwrap_or(900);
    let letters = options.flags.iter().filter(|(letter, _)| *letter == '2');
    let options = Options {
        quiet: options.has('q'),
        spider: options.has('1'),
        server_response: options.has('S'),
        go_on: options.has('c'),
        output: of('O'),
        directory: of('P').unwrap_or_default(),
        timeout: SimTime::secs(seconds),
        agent: of('U').unwrap_or_else(|| "Wget".to_string()),
        headers: letters.map(|(_, value)| value.clone()).collect(),
        body,
    };
    if url.scheme == "https" && !options.quiet {
        call.sys.err("wget: note: TLS certificate validation not implemented\n");
    }
    let fetch = Fetch::new(url.clone(), options.request(&url));
    let until = call.sys.now() + options.timeout;
    Ok(Wget { url, options, fetch, redirects: 0, until, begun: false })
}

impl Options {
    fn request(&self, url: &Url) -> Request {
        let method = match &self.body {
            Some(_) => "POST",
            None if self.spider => "HEAD",
            None => "GET",
        };
        let mut request = Request::new(method, &url.target);
        let mut add = |name: &str, value: &str| {
            request.headers.push((name.to_string(), value.to_string()));
        };
        let given = |name: &str| {
            let same =
                |h: &String| h.split(':').next().is_some_and(|n| n.eq_ignore_ascii_case(name));
            self.headers.iter().any(same)
        };
        if !given("host") {
            add("Host", &url.authority());
        }
        if !given("user-agent") {
            add("User-Agent", &self.agent);
        }
        add("Connection", "close");
        for header in &self.headers {
            let (name, value) = header.split_once(':').unwrap_or((header, ""));
            add(name.trim(), value.trim());
        }
        if let Some(body) = &self.body {
            if !given("content-type") {
                add("Content-Type", "application/x-www-form-urlencoded");
            }
            add("Content-Length", &body.len().to_string());
        }
        request.body = self.body.clone().unwrap_or_default();
        request
    }

    /// Where the body goes: a file's name, or `-`.
    fn file(&self, url: &Url) -> String {
        if let Some(name) = &self.output {
            return name.clone();
        }
        let path = url.target.split('?').next().unwrap_or_default();
        let last = path.rsplit('/').next().filter(|name| !name.is_empty());
        let slash = if self.directory.is_empty() { "" } else { "/" };
        format!("{}{slash}{}", self.directory, last.unwrap_or("index.html"))
    }
}

impl Wget {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        let fetched = self.fetch.step(sys);
        if self.begun != self.fetch.has_begun() || matches!(fetched, Fetched::Connected) {
            self.begun = self.fetch.has_begun();
            self.until = sys.now() + self.options.timeout;
        }
        match fetched {
            Fetched::Wait(_) if sys.now() >= self.until => die(sys, "download timed out"),
            Fetched::Wait(until) => sys.wait(Some(until.unwrap_or(self.until).min(self.until))),
            Fetched::Resolved(to) => {
                if !self.options.quiet {
                    let host = self.url.authority();
                    sys.err(format!("Connecting to {host} ({to})\n"));
                }
                Step::Continue
            }
            Fetched::Connected => Step::Continue,
            Fetched::Done(response) => self.answered(sys, &response),
            Fetched::Failed(failure) => self.failed(sys, failure),
        }
    }

    fn failed(&mut self, sys: &mut Sys, failure: Failure) -> Step {
        let text = match failure {
            Failure::Name => format!("bad address '{}'", self.url.host),
            Failure::Connect(error) => {
                let ip = self.fetch.to().ip;
                format!("can't connect to remote host ({ip}): {error}")
            }
            Failure::Tls => {
                sys.err("wget: TLS error from peer (alert code 80): 80\n");
                "error getting response: Connection reset by peer".to_string()
            }
            Failure::Empty | Failure::Bad => "error getting response".to_string(),
            Failure::Broken(error) => format!("error getting response: {error}"),
            Failure::Short(response) => {
                if (200..300).contains(&response.status) && self.save(sys, &response).is_err() {
                    return Step::Exit(1);
                }
                "connection closed prematurely".to_string()
            }
        };
        die(sys, &text)
    }

    fn answered(&mut self, sys: &mut Sys, response: &Response) -> Step {
        let line = format!("{} {} {}", response.version, response.status, response.reason);
        if self.options.server_response {
            sys.err(format!("  {line}\n"));
        }
        let location = response.header("location").filter(|l| !l.is_empty());
        match response.status {
            200..300 => {}
            300..=303 | 307 | 308 if location.is_some() => {
                return self.redirect(sys, location.unwrap_or_default());
            }
            _ => return die(sys, &format!("server returned error: {line}")),
        }
        if self.options.server_response {
            let lines = response.headers.iter().map(|(n, v)| format!("  {n}: {v}\n"));
            let text: String = lines.collect();
            sys.err(text + "  \n");
        }
        if self.options.spider {
            if !self.options.quiet {
                sys.err("remote file exists\n");
            }
            return Step::Exit(0);
        }
        match self.save(sys, response) {
            Ok(name) => {
                self.finish(sys, &name, response.body.len());
                Step::Exit(0)
            }
            Err(()) => Step::Exit(1),
        }
    }

    fn redirect(&mut self, sys: &mut Sys, location: &str) -> Step {
        self.redirects += 1;
        if self.redirects > 5 {
            return die(sys, "too many redirections");
        }
        let Some(url) = self.url.join(location) else {
            return die(sys, &format!("not an http or ftp url: {location}"));
        };
        self.fetch = Fetch::new(url.clone(), self.options.request(&url));
        self.url = url;
        Step::Continue
    }

    /// Writes the body; the name of the file. Errors: it was complained about.
    fn save(&mut self, sys: &mut Sys, response: &Response) -> Result<String, ()> {
        let name = self.options.file(&self.url);
        if name == "-" {
            if !self.options.quiet {
                sys.err("writing to stdout\n");
            }
            sys.out(&response.body);
            return Ok(name);
        }
        let fresh = self.options.output.is_none() && !self.options.go_on;
        let mode = if fresh { OpenMode::Exclusive } else { OpenMode::Write };
        match sys.open(&name, mode) {
            Ok(file) => {
                let fd = sys.free_descriptor(3);
                sys.set_descriptor(fd, file);
                if !self.options.quiet {
                    sys.err(format!("saving to '{name}'\n"));
                }
                let _ = sys.write(fd, &response.body);
                sys.close(fd);
                Ok(name)
            }
            Err(error) => {
                die(sys, &format!("can't open '{name}': {error}"));
                Err(())
            }
        }
    }

    fn finish(&self, sys: &mut Sys, name: &str, bytes: usize) {
        if self.options.quiet {
            return;
        }
        let short = name.rsplit('/').next().unwrap_or(name);
        let (amount, unit) = match bytes {
            0..100_000 => (bytes, ""),
            100_000..102_400_000 => (bytes / 1024, "k"),
            _ => (bytes / 1024 / 1024, "M"),
        };
        let width = 6 - unit.len();
        let bar = "*".repeat(32);
        sys.err(format!("{short:<20.20} 100% |{bar}|{amount:width$}{unit}  0:00:00 ETA\n"));
        match name {
            "-" => sys.err("written to stdout\n"),
            name => sys.err(format!("'{name}' saved\n")),
        }
    }
}

fn die(sys: &mut Sys, text: &str) -> Step {
    sys.err(format!("wget: {text}\n"));
    Step::Exit(1)
}
