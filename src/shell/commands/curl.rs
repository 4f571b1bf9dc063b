//! `curl -sS -m 2 -w '%{http_code}' http://web/`: fetches a URL.
//!
//! Source: curl 8.14 tool_operate.c, lib/multi.c, and what 7.88 prints (recorded).

use crate::base::SimTime;
use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::curl_request::{Failed, request};
use crate::shell::commands::fetch::{Failure, Fetch, Fetched};
use crate::shell::commands::numbers;
use crate::shell::commands::wget::shortened;
use crate::shell::http::{Request, Response, Url};
use crate::shell::process::Step;
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

/// A `curl` under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Curl {
    options: Options,
    url: Url,
    text: String,
    request: Request,
    fetch: Fetch,
    /// When the command began.
    begun: SimTime,
    /// When this try began.
    began: SimTime,
    redirects: u32,
    /// How often it has tried again.
    tries: u32,
    /// When it tries again.
    retry: Option<SimTime>,
}

const HELP: &str = "curl: try 'curl --help' for more information\n";

/// Long options as letters; `+` has a value and no effect, `4` no value and no effect.
const LONG: &[(&str, &str)] = &[
    ("silent", "-s"),
    ("show-error", "-S"),
    ("fail", "-f"),
    ("fail-with-body", "-!"),
    ("include", "-i"),
    ("head", "-I"),
    ("output", "-o"),
    ("remote-name", "-O"),
    ("write-out", "-w"),
    ("max-time", "-m"),
    ("connect-timeout", "-_"),
    ("header", "-H"),
    ("request", "-X"),
    ("data", "-d"),
    ("data-ascii", "-d"),
    ("data-raw", "-="),
    ("data-binary", "-~"),
    ("data-urlencode", "-7"),
    ("json", "-@"),
    ("form", "-F"),
    ("upload-file", "-T"),
    ("user", "-u"),
    ("cookie", "-b"),
    ("referer", "-e"),
    ("insecure", "-k"),
    ("location", "-L"),
    ("user-agent", "-A"),
    ("verbose", "-v"),
    ("retry", "-^"),
    ("retry-delay", "-8"),
    ("retry-max-time", "-5"),
    ("retry-connrefused", "-9"),
    ("retry-all-errors", "-3"),
    ("url", "-2"),
    ("no-progress-meter", "-%"),
    ("get", "-G"),
    ("noproxy", "-+"),
    ("cacert", "-+"),
    ("capath", "-+"),
    ("cert", "-+"),
    ("key", "-+"),
    ("max-redirs", "-+"),
    ("keepalive-time", "-+"),
    ("compressed", "-4"),
    ("globoff", "-4"),
    ("http1.1", "-4"),
    ("ipv4", "-4"),
    ("no-buffer", "-4"),
    ("no-keepalive", "-4"),
    ("tlsv1.2", "-4"),
    ("tlsv1.3", "-4"),
];

/// All letters; those that name no option above have no effect here.
const LETTERS: &str = "sSf!iIo:Ow:m:_:H:X:d:=:~:7:@:F:T:u:b:e:kLA:v^:8:5:932:%G+:46N01gjqR#E:";

const METER: &str = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n\
    \x20                                Dload  Upload   Total   Spent    Left  Speed\n\
    \r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0";

/// Reads the command line. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Curl, i32> {
    let args = shortened(call.args, LONG);
    if let Some(unknown) = args.iter().find(|arg| arg.len() > 2 && arg.starts_with("--")) {
        let name = unknown.split('=').next().unwrap_or(unknown);
        call.sys.err(format!("curl: option {name}: is unknown\n{HELP}"));
        return Err(2);
    }
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = call.options(LETTERS).map_err(|_| {
        call.sys.err(HELP);
        2
    })?;
    let Some(text) = options.value('2').or(options.rest.first().map(|t| t.as_str())) else {
        call.sys.err("curl: (2) no URL specified\n");
        return Err(2);
    };
    let text = text.to_string();
    let failed = |sys: &mut Sys, (code, why): Failed| {
        complain(sys, &options, code, &why);
        code
    };
    let Some(mut url) = Url::parse(&text) else {
        let scheme = text.split("://").next().unwrap_or_default();
        let why = match text.contains("://") && !matches!(scheme, "http" | "https") {
            true => (1, format!("Protocol \"{scheme}\" not supported")),
            false => (3, "URL rejected: Malformed input to a URL function".to_string()),
        };
        return Err(failed(call.sys, why));
    };
    let request = request(call.sys, &options, &mut url).map_err(|why| failed(call.sys, why))?;
    let fetch = Fetch::new(url.clone(), request.clone());
    let began = call.sys.now();
    if has_meter(&options) {
        call.sys.err(METER);
    }
    let (redirects, tries, retry) = (0, 0, None);
    Ok(Curl { options, url, text, request, fetch, begun: began, began, redirects, tries, retry })
}

/// Whether it shows how far it is.
fn has_meter(options: &Options) -> bool {
    !options.has('s') && !options.has('%')
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
        if let Some(at) = self.retry {
            if sys.now() < at {
                return sys.wait(Some(at));
            }
            self.again(sys);
        }
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
                let bytes = Request { body: Vec::new(), ..self.request.clone() };
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
        let connect = self.seconds('_').filter(|_| !self.fetch.is_connected());
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
        if let Some(wait) = self.tries_again(sys, code, 0) {
            return wait;
        }
        self.write_out(sys, &Response::default());
        Step::Exit(code)
    }

    /// Whether it will try again after this, and with what words.
    ///
    /// Source: curl 8.14 tool_operate.c retrycheck.
    fn tries_again(&mut self, sys: &mut Sys, code: i32, status: u16) -> Option<Step> {
        let options = &self.options;
        let number = |letter| options.value(letter).and_then(|text| text.parse::<u64>().ok());
        let left = number('^')?.checked_sub(u64::from(self.tries)).filter(|left| *left > 0)?;
        let why = match code {
            28 | 6 => "timeout",
            7 if options.has('9') => "connection refused",
            0 | 22 if matches!(status, 408 | 429 | 500 | 502..=504) => "HTTP error",
            0 => return None,
            _ if options.has('3') => "(retrying all errors)",
            _ => return None,
        };
        let seconds = match number('8').unwrap_or(0) {
            0 => 600.min(1 << self.tries.min(10)),
            seconds => seconds,
        };
        let at = sys.now() + SimTime::secs(seconds);
        if number('5').is_some_and(|most| most > 0 && at > self.begun + SimTime::secs(most)) {
            return None;
        }
        if !options.has('s') {
            let many = if seconds == 1 { "" } else { "s" };
            let retries = if left == 1 { "retry" } else { "retries" };
            sys.err(format!(
                "Warning: Problem: {why}. Will retry in {seconds} second{many}. {left} {retries} left.\n"
            ));
        }
        self.retry = Some(at);
        Some(sys.wait(self.retry))
    }

    /// Tries again.
    fn again(&mut self, sys: &mut Sys) {
        self.tries += 1;
        self.retry = None;
        self.began = sys.now();
        self.fetch = Fetch::new(self.url.clone(), self.request.clone());
        if has_meter(&self.options) {
            sys.err(METER);
        }
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
            return self.redirect(sys, &location, response.status);
        }
        if response.status >= 400 && (self.options.has('f') || self.options.has('!')) {
            if self.options.has('!') {
                self.save(sys, &response);
            }
            let text = format!("The requested URL returned error: {}", response.status);
            self.meter(sys, 0);
            complain(sys, &self.options, 22, &text);
            if let Some(wait) = self.tries_again(sys, 22, response.status) {
                return wait;
            }
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
        if let Some(wait) = self.tries_again(sys, 0, response.status) {
            return wait;
        }
        self.write_out(sys, &response);
        Step::Exit(0)
    }

    fn redirect(&mut self, sys: &mut Sys, location: &str, status: u16) -> Step {
        self.redirects += 1;
        if self.redirects > 50 {
            return self.die(sys, 47, "Maximum (50) redirects followed");
        }
        let Some(url) = self.url.join(location) else {
            return self.die(sys, 3, "URL rejected: Malformed input to a URL function");
        };
        self.text = format!("{}://{}{}", url.scheme, url.authority(), url.target);
        self.request.target = url.target.clone();
        self.request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("host"));
        self.request.headers.insert(0, ("Host".into(), url.authority()));
        if self.request.method == "POST" && status <= 303 && !self.options.has('X') {
            self.request.method = "GET".to_string();
            self.request.body.clear();
            self.request.headers.retain(|(name, _)| !name.starts_with("Content-"));
        }
        self.fetch = Fetch::new(url.clone(), self.request.clone());
        self.url = url;
        Step::Continue
    }

    /// The last line of the progress meter.
    fn meter(&self, sys: &mut Sys, bytes: usize) {
        if !has_meter(&self.options) {
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
