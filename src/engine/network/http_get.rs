//! An HTTP client as Go's, with the kubelet's rules: a value that is fed with what arrives.
//!
//! Source: pkg/probe/http/http.go, request.go; net/http client.go, transfer.go.

use super::dial::{Dialed, Outcome};
use crate::base::SimTime;
use crate::shell::http::message::Headers;
use crate::shell::http::server::TLS_HELLO;
use crate::shell::http::{Parsed, Request, Response, Url};

/// Bytes of a body that are read. Source: http.go maxRespBodyLength
const BODY: usize = 10 * 1024;
/// Redirects that are followed. Source: http.go RedirectChecker
const REDIRECTS: usize = 10;

/// A GET request as a probe or a hook describes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HttpAction {
    /// The URL, with its port.
    pub url: String,
    /// `httpHeaders`, as written.
    pub headers: Headers,
    /// How long it may take; hooks have all the time.
    pub timeout: Option<SimTime>,
    /// For whom: `probe` or `lifecycle`.
    pub purpose: &'static str,
}

/// A request under way, redirects included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HttpGet {
    url: String,
    headers: Headers,
    host: String,
    referer: String,
    first_host: String,
    is_probe: bool,
    via: usize,
    hello: bool,
    inbox: Vec<u8>,
}

/// What is to be done after something arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Wait for more.
    Wait,
    /// Send this.
    Send(Vec<u8>),
    /// Connect anew: a redirect is followed.
    Again,
    /// It is over: the response, or what went wrong.
    Done(Result<Response, String>),
    /// The head came, but the body did not: no result at all.
    Broken(String),
}

impl HttpGet {
    /// A request that has not begun.
    /// Source: request.go newProbeRequest: User-Agent and Accept have defaults, empty ones vanish.
    pub fn new(action: &HttpAction) -> HttpGet {
        let mut headers: Headers =
            action.headers.iter().map(|(n, v)| (canonical(n), v.clone())).collect();
        let has = |headers: &Headers, name| headers.iter().any(|(n, _)| n == name);
        if !has(&headers, "User-Agent") {
            headers.push(("User-Agent".into(), format!("kube-{}/1.36", action.purpose)));
        }
        if !has(&headers, "Accept") {
            headers.push(("Accept".into(), "*/*".into()));
        }
        headers.retain(|(n, v)| !(matches!(n.as_str(), "User-Agent" | "Accept") && v.is_empty()));
        let is_probe = action.purpose == "probe";
        let host = headers.iter().find(|(n, _)| n == "Host").map_or(String::new(), |h| h.1.clone());
        headers.retain(|(n, _)| n != "Host");
        // Probes keep no connection; only hooks leave compression to the transport.
        let (extra, value) =
            if is_probe { ("Connection", "close") } else { ("Accept-Encoding", "gzip") };
        if !has(&headers, extra) {
            headers.push((extra.into(), value.into()));
        }
        let first_host = Url::parse(&action.url).map_or(String::new(), |u| u.host);
        HttpGet {
            url: action.url.clone(),
            headers,
            host,
            referer: String::new(),
            first_host,
            is_probe,
            via: 0,
            hello: false,
            inbox: Vec::new(),
        }
    }

    /// Where to connect to; `None`: the URL makes no sense.
    pub fn target(&self) -> Option<(String, u16)> {
        Url::parse(&self.url).map(|url| (url.host, url.port))
    }

    /// The connection stands: what is sent first.
    pub fn connected(&mut self) -> Vec<u8> {
        self.inbox.clear();
        self.hello = self.url.starts_with("https:");
        if self.hello { TLS_HELLO.to_vec() } else { self.request().to_bytes() }
    }

    fn request(&self) -> Request {
        let url = Url::parse(&self.url).unwrap_or_default();
        let mut request = Request::new("GET", &url.target);
        let host = if self.host.is_empty() { authority(&self.url) } else { &self.host };
        let mut rest = self.headers.clone();
        if !self.referer.is_empty() {
            rest.push(("Referer".into(), self.referer.clone()));
        }
        // Source: net/http Request.write: Host, User-Agent, then the others by name.
        let order = |name: &str| (name != "User-Agent", name.to_string());
        crate::base::sort_by_key(&mut rest, |(name, _)| order(name));
        request.headers.push(("Host".into(), host.to_string()));
        request.headers.extend(rest);
        request
    }

    /// Something arrived, or the other side sends no more.
    pub fn received(&mut self, data: &[u8], ended: bool) -> Progress {
        self.inbox.extend(data);
        if self.hello {
            return self.greeted(ended);
        }
        if let Some(followed) = self.follow() {
            return followed;
        }
        match Response::parse(&self.inbox, ended, false) {
            Parsed::More if self.has_enough() => self.cut(),
            Parsed::More if !ended => Progress::Wait,
            Parsed::More if self.inbox.is_empty() => self.fails("EOF"),
            Parsed::More if self.head().is_some() => Progress::Broken("unexpected EOF".into()),
            Parsed::More => self.fails("unexpected EOF"),
            Parsed::Bad => {
                let text = malformed(&self.inbox);
                self.fails(&format!("net/http: HTTP/1.x transport connection broken: {text}"))
            }
            Parsed::Done(response, used) if response.status < 200 => {
                self.inbox.drain(..used);
                self.received(&[], ended)
            }
            Parsed::Done(response, _) => Progress::Done(Ok(response)),
        }
    }

    /// A redirect is followed as soon as the head has come.
    fn follow(&mut self) -> Option<Progress> {
        self.head()?;
        match Response::parse(&self.inbox, true, true) {
            Parsed::Done(response, _) => self.redirected(&response),
            _ => None,
        }
    }

    /// The connection broke: without the head that is a failure, else there is no result.
    pub fn broke(&self, error: &str) -> Progress {
        match self.head() {
            Some(_) => Progress::Broken(error.to_string()),
            None => self.fails(error),
        }
    }

    fn greeted(&mut self, ended: bool) -> Progress {
        if self.inbox.starts_with(TLS_HELLO) {
            self.hello = false;
            self.inbox.drain(..TLS_HELLO.len());
            return Progress::Send(self.request().to_bytes());
        }
        match () {
            // Source: net/http transport.go tlsHandshake, tls.RecordHeaderError
            () if self.inbox.starts_with(b"HTTP/") => {
                self.fails("http: server gave HTTP response to HTTPS client")
            }
            () if ended && self.inbox.is_empty() => self.fails("EOF"),
            () if ended || self.inbox.len() > 5 => {
                self.fails("tls: first record does not look like a TLS handshake")
            }
            () => Progress::Wait,
        }
    }

    /// Source: net/http client.go do; http.go RedirectChecker(false)
    fn redirected(&mut self, response: &Response) -> Option<Progress> {
        let location = response.header("location").unwrap_or_default().to_string();
        let redirects = matches!(response.status, 301 | 302 | 303 | 307 | 308);
        if !redirects || location.is_empty() {
            return None;
        }
        let Some(next) = join(&self.url, &location) else {
            let text = format!("failed to parse Location header \"{location}\"");
            return Some(self.fails(&text));
        };
        if Url::parse(&next).is_some_and(|url| url.host != self.first_host) {
            return None;
        }
        self.via += 1;
        if self.via >= REDIRECTS {
            let text = format!("Get \"{location}\": stopped after {REDIRECTS} redirects");
            return Some(Progress::Done(Err(text)));
        }
        if location.contains("://") {
            self.host.clear();
        }
        let insecure = self.url.starts_with("https:") && next.starts_with("http:");
        self.referer = if insecure { String::new() } else { self.url.clone() };
        self.url = next;
        Some(Progress::Again)
    }

    fn fails(&self, error: &str) -> Progress {
        Progress::Done(Err(self.error(error)))
    }

    /// An error as Go's client words it.
    pub fn error(&self, error: &str) -> String {
        format!("Get \"{}\": {error}", self.url)
    }

    /// What a time-out comes to.
    pub fn timed_out(&self) -> Progress {
        let late = "context deadline exceeded (Client.Timeout";
        match self.head() {
            Some(_) => {
                Progress::Broken(format!("{late} or context cancellation while reading body)"))
            }
            None => self.fails(&format!("{late} exceeded while awaiting headers)")),
        }
    }

    /// Where the head of the response ends, if it has come.
    fn head(&self) -> Option<usize> {
        let end = self.inbox.windows(4).position(|w| w == b"\r\n\r\n");
        end.filter(|_| !self.hello).map(|at| at + 4)
    }

    /// Whether as much of the body has come as is read at all.
    fn has_enough(&self) -> bool {
        self.head().is_some_and(|head| self.inbox.len() - head >= BODY)
    }

    /// The response with the beginning of its body.
    fn cut(&mut self) -> Progress {
        let start = self.head().unwrap_or(0);
        match Response::parse(&self.inbox, true, true) {
            Parsed::Done(mut response, _) => {
                response.body = self.inbox[start..start + BODY].to_vec();
                Progress::Done(Ok(response))
            }
            _ => self.fails("unexpected EOF"),
        }
    }

    /// The same request over HTTP, where HTTPS was answered so.
    /// Source: lifecycle/handlers.go runHTTPHandler, isHTTPResponseError
    pub fn without_tls(&self, error: &str) -> Option<HttpGet> {
        let fits = error.contains("server gave HTTP response to HTTPS client");
        let url = self.url.strip_prefix("https:").filter(|_| fits && !self.is_probe)?;
        let mut headers = self.headers.clone();
        headers.retain(|(name, _)| name != "Authorization");
        Some(HttpGet { url: format!("http:{url}"), headers, via: 0, ..self.clone() })
    }

    /// Whether it is a probe's, not a hook's.
    pub fn is_probe(&self) -> bool {
        self.is_probe
    }

    /// What a probe makes of it. Source: http.go DoHTTPProbe
    pub fn judge(result: Result<Response, String>) -> Dialed {
        let response = match result {
            Ok(response) => response,
            Err(error) => return Dialed::new(Outcome::Failure, error.clone(), error),
        };
        let body = &response.body[..response.body.len().min(BODY)];
        let body = String::from_utf8_lossy(body).into_owned();
        let label = format!("{} {}", response.status, response.reason);
        match response.status {
            200..300 => Dialed::new(Outcome::Success, body, label),
            300..400 => {
                let text = format!("Probe terminated redirects, Response body: {body}");
                Dialed::new(Outcome::Warning, text, label)
            }
            status => {
                let text = format!("HTTP probe failed with statuscode: {status}");
                Dialed::new(Outcome::Failure, text, label)
            }
        }
    }
}

/// `x-muffins` → `X-Muffins`. Source: net/textproto CanonicalMIMEHeaderKey
fn canonical(name: &str) -> String {
    let mut start = true;
    let letter = |c: char| {
        let c = if start { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        start = c == '-';
        c
    };
    name.chars().map(letter).collect()
}

/// The part between `//` and the path.
pub fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The URL that `location` leads to, its host and port as written.
fn join(url: &str, location: &str) -> Option<String> {
    let next = Url::parse(url)?.join(location)?;
    let scheme = &next.scheme;
    let host = match location.split_once("//") {
        Some((before, _)) if before.is_empty() || before.ends_with(':') => {
            authority(location.trim_start_matches("//"))
        }
        _ => authority(url),
    };
    Some(format!("{scheme}://{host}{}", next.target))
}

/// Source: net/http response.go ReadResponse
fn malformed(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().next().unwrap_or_default();
    let code = line.split(' ').nth(1).filter(|_| line.starts_with("HTTP/"));
    match code {
        Some(code) => format!("malformed HTTP status code \"{code}\""),
        None => format!("malformed HTTP response \"{line}\""),
    }
}
