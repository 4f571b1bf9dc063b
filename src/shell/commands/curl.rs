//! `curl -sS -m 2 -w '%{http_code}' http://web/`: fetches a URL.
//!
//! Source: curl 8.14 tool_operate.c, lib/multi.c, and what 7.88 prints (recorded).

use crate::base::SimTime;
use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::fetch::{Failure, Fetch, Fetched};
use crate::shell::commands::numbers;
use crate::shell::commands::wget::shortened;
use crate::shell::http::{Request, Response, Url};
use crate::shell::process::Step;
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

/// The version that it says it is.
const AGENT: &str = "curl/8.14.1";

/// A `curl` under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Curl {
    options: Options,
    url: Url,
    text: String,
    fetch: Fetch,
    began: SimTime,
    redirects: u32,
}

/// Long options as letters.
const LONG: &[(&str, &str)] = &[
    ("silent", "-s"),
    ("show-error", "-S"),
    ("fail", "-f"),
    ("fail-with-body", "-1"),
    ("include", "-i"),
    ("head", "-I"),
    ("output", "-o"),
    ("remote-name", "-O"),
    ("write-out", "-w"),
    ("max-time", "-m"),
    ("connect-timeout", "-2"),
    ("header", "-H"),
    ("request", "-X"),
    ("data", "-d"),
    ("data-raw", "-d"),
    ("data-binary", "-d"),
    ("insecure", "-k"),
    ("location", "-L"),
    ("user-agent", "-A"),
    ("verbose", "-v"),
    ("retry", "-3"),
    ("url", "-4"),
    ("no-progress-meter", "-5"),
    ("noproxy", "-6"),
    ("get", "-G"),
];

const METER: &str = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n\
    \x20                                Dload  Upload   Total   Spent    Left  Speed\n\
    \r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0";

/// Reads the command line. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Curl, i32> {
    let args = shortened(call.args, LONG);
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = call.options("sSf1iIo:Ow:m:2:H:X:d:kLA:v3:4:56:G").map_err(|_| {
        call.sys.err("curl: try 'curl --help' for more information\n");
        2
    })?;
    for (letter, what) in [('3', "--retry"), ('G', "-G")] {
        if options.has(letter) {
            call.unsupported(what);
        }
    }
    let Some(text) = options.value('4').or(options.rest.first().map(|t| t.as_str())) else {
        call.sys.err("curl: (2) no URL specified\n");
        return Err(2);
    };
    let text = text.to_string();
    let Some(url) = Url::parse(&text) else {
        let scheme = text.split("://").next().unwrap_or_default();
        let (code, why) = match text.contains("://") && !matches!(scheme, "http" | "https") {
            true => (1, format!("Protocol \"{scheme}\" not supported")),
            false => (3, "URL rejected: Malformed input to a URL function".to_string()),
        };
        complain(call.sys, &options, code, &why);
        return Err(code);
    };
    let fetch = Fetch::new(url.clone(), request(&options, &url));
    let began = call.sys.now();
    if !options.has('s') && !options.has('5') {
        call.sys.err(METER);
    }
    Ok(Curl { options, url, text, fetch, began, redirects: 0 })
}

fn request(options: &Options, url: &Url) -> Request {
    let values = |letter| options.flags.iter().filter(move |(l, _)| *l == letter).map(|(_, v)| v);
    let data: Vec<&str> = values('d').map(|v| v.as_str()).collect();
    let method = match options.value('X') {
        Some(method) => method,
        None if options.has('I') => "HEAD",
        None if data.is_empty() => "GET",
        None => "POST",
    };
    let mut request = Request::new(method, &url.target);
    let mut headers = vec![
        ("Host".to_string(), url.authority()),
        ("User-Agent".to_string(), options.value('A').unwrap_or(AGENT).to_string()),
        ("Accept".to_string(), "*/*".to_string()),
    ];
    if !data.is_empty() {
        request.body = data.join("&").into_bytes();
        headers.push(("Content-Length".to_string(), request.body.len().to_string()));
        let kind = "application/x-www-form-urlencoded".to_string();
        headers.push(("Content-Type".to_string(), kind));
    }
    for header in values('H') {
        let (name, value) = header.split_once(':').unwrap_or((header, ""));
        headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name.trim()));
        if !value.trim().is_empty() {
            headers.push((name.trim().to_string(), value.trim().to_string()));
        }
    }
    // A host that was given stays in front.
    crate::base::sort_by_key(&mut headers, |(name, _)| !name.eq_ignore_ascii_case("host"));
    request.headers = headers;
    request
}

/// `curl: (7) …`, unless it is to be silent.
fn complain(sys: &mut Sys, options: &Options, code: i32, text: &str) {
    if !options.has('s') || options.has('S') {
        sys.err(format!("curl: ({code}) {text}\n"));
    }
}

impl Curl {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        let until = self.deadline();
        match self.fetch.step(sys) {
            Fetched::Wait(_) if until.is_some_and(|until| sys.now() >= until) => self.late(sys),
            Fetched::Wait(at) => sys.wait(at.into_iter().chain(until).min()),
            Fetched::Resolved(to) => {
                self.tell(sys, &format!("*   Trying {to}...\n"));
                Step::Continue
            }
            Fetched::Connected => {
                let to = self.fetch.to();
                let host = &self.url.host;
                self.tell(sys, &format!("* Connected to {host} ({}) port {}\n", to.ip, to.port));
                let bytes = Request { body: Vec::new(), ..request(&self.options, &self.url) };
                let text = String::from_utf8_lossy(&bytes.to_bytes()).into_owned();
                let lines: String = text.split_inclusive('\n').map(|l| format!("> {l}")).collect();
                self.tell(sys, &(lines + "* Request completely sent off\n"));
                Step::Continue
            }
            Fetched::Done(response) => self.answered(sys, response),
            Fetched::Failed(failure) => self.failed(sys, failure),
        }
    }

    fn tell(&self, sys: &mut Sys, text: &str) {
        if self.options.has('v') {
            sys.err(text);
        }
    }

    fn seconds(&self, letter: char) -> Option<SimTime> {
        let ms = self.options.value(letter).and_then(numbers::thousandths)?;
        Some(self.began + SimTime::ms(ms)).filter(|_| ms > 0)
    }

    /// When it gives up: `-m` always, `--connect-timeout` before it is connected.
    fn deadline(&self) -> Option<SimTime> {
        let connect = self.seconds('2').filter(|_| !self.fetch.is_connected());
        self.seconds('m').into_iter().chain(connect).min()
    }

    fn late(&mut self, sys: &mut Sys) -> Step {
        let ms = sys.now().since(self.began).as_ms() + 1;
        let text = match self.fetch.is_connected() {
            true => format!("Operation timed out after {ms} milliseconds with 0 bytes received"),
            false if self.fetch.to().port == 0 => {
                format!("Resolving timed out after {ms} milliseconds")
            }
            false => format!("Connection timed out after {ms} milliseconds"),
        };
        self.fetch.hang_up(sys);
        self.die(sys, 28, &text)
    }

    fn failed(&mut self, sys: &mut Sys, failure: Failure) -> Step {
        let (code, text) = match failure {
            Failure::Name => (6, format!("Could not resolve host: {}", self.url.host)),
            Failure::Connect(_) => {
                let ms = sys.now().since(self.began).as_ms();
                let (host, port) = (&self.url.host, self.url.port);
                let why = "Could not connect to server";
                (7, format!("Failed to connect to {host} port {port} after {ms} ms: {why}"))
            }
            Failure::Tls => {
                let why = "TLS connect error: error:0A0000C6:SSL routines::packet length too long";
                (35, why.to_string())
            }
            Failure::Empty => (52, "Empty reply from server".to_string()),
            Failure::Bad => (1, "Received HTTP/0.9 when not allowed".to_string()),
            Failure::Broken(error) => (56, format!("Recv failure: {error}")),
            Failure::Short(response) => {
                let length = response.header("content-length").and_then(|l| l.parse().ok());
                let missing = length.unwrap_or(0_usize).saturating_sub(response.body.len());
                self.save(sys, &response);
                (18, format!("end of response with {missing} bytes missing"))
            }
        };
        self.die(sys, code, &text)
    }

    fn die(&mut self, sys: &mut Sys, code: i32, text: &str) -> Step {
        self.meter(sys, 0);
        complain(sys, &self.options, code, text);
        self.write_out(sys, &Response::default());
        Step::Exit(code)
    }

    fn answered(&mut self, sys: &mut Sys, response: Response) -> Step {
        let lines = response.headers.iter().map(|(n, v)| format!("{n}: {v}\r\n"));
        let Response { version, status, reason, .. } = &response;
        let head = format!("{version} {status} {reason}\r\n{}\r\n", lines.collect::<String>());
        let shown: String = head.split_inclusive('\n').map(|l| format!("< {l}")).collect();
        self.tell(sys, &shown);
        let location = response.header("location").map(str::to_string);
        let redirects = matches!(response.status, 301 | 302 | 303 | 307 | 308);
        if let Some(location) = location.filter(|_| redirects && self.options.has('L')) {
            return self.redirect(sys, &location);
        }
        if response.status >= 400 && (self.options.has('f') || self.options.has('1')) {
            if self.options.has('1') {
                self.save(sys, &response);
            }
            let text = format!("The requested URL returned error: {}", response.status);
            self.meter(sys, 0);
            complain(sys, &self.options, 22, &text);
            self.write_out(sys, &response);
            return Step::Exit(22);
        }
        let with_head = self.options.has('i') || self.options.has('I');
        let mut shown = response.clone();
        if with_head {
            shown.body = [head.as_bytes(), &response.body].concat();
        }
        self.meter(sys, response.body.len());
        if !self.save(sys, &shown) {
            return Step::Exit(23);
        }
        self.write_out(sys, &response);
        Step::Exit(0)
    }

    fn redirect(&mut self, sys: &mut Sys, location: &str) -> Step {
        self.redirects += 1;
        if self.redirects > 50 {
            return self.die(sys, 47, "Maximum (50) redirects followed");
        }
        let Some(url) = self.url.join(location) else {
            return self.die(sys, 3, "URL rejected: Malformed input to a URL function");
        };
        self.text = format!("{}://{}{}", url.scheme, url.authority(), url.target);
        self.fetch = Fetch::new(url.clone(), request(&self.options, &url));
        self.url = url;
        Step::Continue
    }

    /// The last line of the progress meter.
    fn meter(&self, sys: &mut Sys, bytes: usize) {
        if self.options.has('s') || self.options.has('5') {
            return;
        }
        let percent = if bytes > 0 { 100 } else { 0 };
        let ms = sys.now().since(self.began).as_ms().max(1);
        let speed = bytes as u64 * 1000 / ms;
        sys.err(format!(
            "\r{percent:3} {bytes:5}  {percent:3} {bytes:5}    0     0 {speed:6}      0 --:--:-- --:--:-- \
             --:--:-- {speed:5}\n"
        ));
    }

    /// Writes the body where it belongs; false if that failed.
    fn save(&self, sys: &mut Sys, response: &Response) -> bool {
        let last = || self.url.target.rsplit('/').next().unwrap_or_default().to_string();
        let name = match self.options.value('o') {
            Some(name) => name.to_string(),
            None if self.options.has('O') => last(),
            None => "-".to_string(),
        };
        if name == "-" {
            sys.out(&response.body);
            return true;
        }
        match sys.open(&name, OpenMode::Write) {
            Ok(file) => {
                let fd = sys.free_descriptor(3);
                sys.set_descriptor(fd, file);
                let _ = sys.write(fd, &response.body);
                sys.close(fd);
                true
            }
            Err(error) => {
                let text = format!("client returned ERROR on write, writing to {name}: {error}");
                complain(sys, &self.options, 23, &text);
                false
            }
        }
    }

    /// What `-w` asks for.
    fn write_out(&self, sys: &mut Sys, response: &Response) {
        let Some(format) = self.options.value('w') else { return };
        let ms = sys.now().since(self.began).as_ms();
        let time = format!("{}.{:03}000", ms / 1000, ms % 1000);
        let mut text = String::new();
        let mut rest = format;
        while let Some(at) = rest.find("%{") {
            text.push_str(&rest[..at]);
            let Some(end) = rest[at..].find('}') else { break };
            text.push_str(&match &rest[at + 2..at + end] {
                "http_code" | "response_code" => format!("{:03}", response.status),
                "size_download" => response.body.len().to_string(),
                "remote_ip" => self.fetch.to().ip.to_string(),
                "remote_port" => self.fetch.to().port.to_string(),
                "url_effective" => self.text.clone(),
                "num_redirects" => self.redirects.to_string(),
                "content_type" => response.header("content-type").unwrap_or_default().to_string(),
                "time_total" | "time_connect" | "time_starttransfer" => time.clone(),
                _ => String::new(),
            });
            rest = &rest[at + end + 1..];
        }
        text.push_str(rest);
        sys.out(text.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r"));
    }
}
