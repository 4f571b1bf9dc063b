//! Requests and responses of HTTP/1: read from bytes, written to bytes.

use crate::shell::limits;

/// Header lines, in order.
pub type Headers = Vec<(String, String)>;

/// A request.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Request {
    /// `GET`
    pub method: String,
    /// `/healthz?full=1`, as sent.
    pub target: String,
    /// `HTTP/1.1`
    pub version: String,
    /// Header lines.
    pub headers: Headers,
    /// What comes after them.
    pub body: Vec<u8>,
}

/// A response.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Response {
    /// `HTTP/1.1`
    pub version: String,
    /// Status code.
    pub status: u16,
    /// The words after it.
    pub reason: String,
    /// Header lines.
    pub headers: Headers,
    /// What comes after them.
    pub body: Vec<u8>,
}

/// What reading a message gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Parsed<T> {
    /// It is not complete.
    More,
    /// It, and how many bytes it took.
    Done(T, usize),
    /// This is no such message.
    Bad,
}

impl Request {
    /// A request without a body.
    pub fn new(method: &str, target: &str) -> Request {
        Request {
            method: method.to_string(),
            target: target.to_string(),
            version: "HTTP/1.1".to_string(),
            ..Request::default()
        }
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The path of the target, without the question.
    pub fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    /// What comes after the `?`.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Whether the connection goes on after the answer.
    pub fn keeps_alive(&self) -> bool {
        let says = |word| self.header("connection").is_some_and(|v| v.eq_ignore_ascii_case(word));
        says("keep-alive") || self.version == "HTTP/1.1" && !says("close")
    }

    /// Reads a request.
    pub fn parse(bytes: &[u8]) -> Parsed<Request> {
        let (first, headers, start) = match head(bytes) {
            Parsed::Done((first, headers), start) => (first, headers, start),
            Parsed::More => return early(bytes, |line| request_line(line).is_some()),
            Parsed::Bad => return Parsed::Bad,
        };
        let Some((method, target, version)) = request_line(&first) else { return Parsed::Bad };
        let request = Request::new(method, target);
        let length = header(&headers, "content-length").and_then(|v| v.parse().ok()).unwrap_or(0);
        let Some((body, used)) = body(&bytes[start..], &headers, Some(length), false) else {
            return Parsed::More;
        };
        let version = version.to_string();
        Parsed::Done(Request { version, headers, body, ..request }, start + used)
    }

    /// As it is sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        let first = format!("{} {} {}", self.method, self.target, self.version);
        bytes(first, &self.headers, &self.body)
    }
}

impl Response {
    /// A response with these headers and this body.
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Response {
        Response {
            version: "HTTP/1.1".to_string(),
            status,
            reason: reason(status).to_string(),
            headers: headers.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
            body: body.into(),
        }
    }

    /// A text with its type and length.
    pub fn text(status: u16, kind: &str, body: &str) -> Response {
        let length = body.len().to_string();
        Response::new(status, &[("Content-Type", kind), ("Content-Length", &length)], body)
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Reads a response. `ended`: the other side sends no more. `to_head`: it answers a HEAD.
    pub fn parse(data: &[u8], ended: bool, to_head: bool) -> Parsed<Response> {
        let (first, headers, start) = match head(data) {
            Parsed::Done((first, headers), start) => (first, headers, start),
            Parsed::More => return early(data, |line| status_line(line).is_some()),
            Parsed::Bad => return Parsed::Bad,
        };
        let Some((version, status, reason)) = status_line(&first) else { return Parsed::Bad };
        let none = to_head || status < 200 || matches!(status, 204 | 304);
        let length = header(&headers, "content-length").and_then(|v| v.parse().ok());
        let length = if none { Some(0) } else { length };
        let Some((body, used)) = body(&data[start..], &headers, length, ended) else {
            return Parsed::More;
        };
        let (version, reason) = (version.to_string(), reason.to_string());
        Parsed::Done(Response { version, status, reason, headers, body }, start + used)
    }

    /// As it is sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        let first = format!("{} {} {}", self.version, self.status, self.reason);
        bytes(first, &self.headers, &self.body)
    }
}

/// Method, target and version.
fn request_line(line: &str) -> Option<(&str, &str, &str)> {
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let sound = words.next().is_none() && version.starts_with("HTTP/") && !method.is_empty();
    sound.then_some((method, target, version))
}

/// Version, status and reason.
fn status_line(line: &str) -> Option<(&str, u16, &str)> {
    let (version, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
    let status = code.parse().ok().filter(|s| code.len() == 3 && *s >= 100)?;
    version.starts_with("HTTP/").then_some((version, status, reason))
}

/// A head that is not complete: a first line that is none is known at once.
fn early<T>(bytes: &[u8], is_sound: fn(&str) -> bool) -> Parsed<T> {
    let Some(end) = bytes.iter().position(|b| *b == b'\n') else { return Parsed::More };
    let line = String::from_utf8_lossy(&bytes[..end]);
    match is_sound(line.trim_end_matches('\r')) {
        true => Parsed::More,
        false => Parsed::Bad,
    }
}

/// The value of a header; names have no case.
pub fn header<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
}

fn bytes(first: String, headers: &Headers, body: &[u8]) -> Vec<u8> {
    let mut text = first;
    text.push_str("\r\n");
    for (name, value) in headers {
        for part in [name, ": ", value, "\r\n"] {
            text.push_str(part);
        }
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend(body);
    bytes
}

/// The first line and the headers, and where they end.
fn head(bytes: &[u8]) -> Parsed<(String, Headers)> {
    let mut lines = Vec::new();
    let mut at = 0;
    loop {
        let Some(end) = bytes[at..].iter().position(|b| *b == b'\n') else {
            let long = bytes.len() > limits::HTTP_HEAD;
            return if long { Parsed::Bad } else { Parsed::More };
        };
        let line = String::from_utf8_lossy(&bytes[at..at + end]);
        let line = line.trim_end_matches('\r').to_string();
        at += end + 1;
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    if lines.is_empty() {
        return Parsed::Bad;
    }
    let first = lines.remove(0);
    let pair = |line: String| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_string(), value.trim().to_string()))
    };
    Parsed::Done((first, lines.into_iter().filter_map(pair).collect()), at)
}

/// The body and how many bytes it took; `None` if it is not complete. Without a length it ends
/// with the connection.
fn body(
    bytes: &[u8],
    headers: &Headers,
    length: Option<usize>,
    ended: bool,
) -> Option<(Vec<u8>, usize)> {
    let coding = header(headers, "transfer-encoding").unwrap_or_default();
    if coding.eq_ignore_ascii_case("chunked") && length != Some(0) {
        return chunks(bytes);
    }
    match length {
        Some(length) if bytes.len() >= length => Some((bytes[..length].to_vec(), length)),
        Some(_) => None,
        None if ended => Some((bytes.to_vec(), bytes.len())),
        None => None,
    }
}

fn chunks(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut body = Vec::new();
    let mut at = 0;
    loop {
        let end = at + bytes[at..].iter().position(|b| *b == b'\n')?;
        let size = String::from_utf8_lossy(&bytes[at..end]);
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).unwrap_or(0);
        let next = end.checked_add(1)?.checked_add(size)?.checked_add(2)?;
        if bytes.len() < next {
            return None;
        }
        body.extend(&bytes[end + 1..end + 1 + size]);
        at = next;
        if size == 0 {
            return Some((body, at));
        }
    }
}

/// The usual words for a status code. Source: RFC 9110, and net/http status.go.
pub fn reason(status: u16) -> &'static str {
    const REASONS: &[(u16, &str)] = &[
        (100, "Continue"),
        (200, "OK"),
        (201, "Created"),
        (202, "Accepted"),
        (204, "No Content"),
        (206, "Partial Content"),
        (301, "Moved Permanently"),
        (302, "Found"),
        (303, "See Other"),
        (304, "Not Modified"),
        (307, "Temporary Redirect"),
        (308, "Permanent Redirect"),
        (400, "Bad Request"),
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (404, "Not Found"),
        (405, "Method Not Allowed"),
        (408, "Request Timeout"),
        (412, "Precondition Failed"),
        (418, "I'm a teapot"),
        (429, "Too Many Requests"),
        (500, "Internal Server Error"),
        (501, "Not Implemented"),
        (502, "Bad Gateway"),
        (503, "Service Unavailable"),
        (504, "Gateway Timeout"),
    ];
    REASONS.iter().find(|(code, _)| *code == status).map_or("", |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_are_written() {
        let mut request = Request::new("POST", "/a?b=1");
        request.headers.push(("Content-Length".into(), "3".into()));
        request.body = b"abc".to_vec();
        let bytes = request.to_bytes();
        assert_eq!(Request::parse(&bytes), Parsed::Done(request.clone(), bytes.len()));
        assert_eq!(Request::parse(&bytes[..bytes.len() - 1]), Parsed::More);
        assert_eq!((request.path(), request.query()), ("/a", "b=1"));
        let response = Response::text(404, "text/plain", "no");
        let bytes = response.to_bytes();
        assert_eq!(Response::parse(&bytes, false, false), Parsed::Done(response, bytes.len()));
    }

    #[test]
    fn a_body_ends_with_its_length_its_last_chunk_or_the_connection() {
        let open = b"HTTP/1.0 200 OK\r\n\r\nabc";
        assert_eq!(Response::parse(open, false, false), Parsed::More);
        let Parsed::Done(response, 22) = Response::parse(open, true, false) else { panic!() };
        assert_eq!((response.status, response.body.as_slice()), (200, b"abc".as_slice()));
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nx";
        let Parsed::Done(response, used) = Response::parse(chunked, false, false) else { panic!() };
        assert_eq!((response.body.as_slice(), used), (b"abc".as_slice(), chunked.len() - 1));
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for text in ["JUNK\r\n\r\n", "\r\n\r\n", "GET /\r\n\r\n", "GET / x y\r\n\r\n"] {
            assert_eq!(Request::parse(text.as_bytes()), Parsed::Bad, "{text:?}");
        }
        for text in ["nothing\r\n\r\n", "HTTP/1.1 -1 x\r\n\r\n", "HTTP/1.1\r\n\r\n"] {
            assert_eq!(Response::parse(text.as_bytes(), true, false), Parsed::Bad, "{text:?}");
        }
    }
}
