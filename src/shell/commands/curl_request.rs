//! What a `curl` command line asks for: method, headers and body.
//!
//! Source: curl 8.14 tool_getparam.c, tool_formparse.c, lib/http.c; bodies as 7.88 sends them.

use crate::base::base64;
use crate::shell::commands::call::Options;
use crate::shell::http::{Request, Url};
use crate::shell::sys::Sys;

/// The version that it says it is.
const AGENT: &str = "curl/8.14.1";
/// What parts the fields of a form; a real one ends in random digits.
const BOUNDARY: &str = "------------------------5f2d8c1b9a3e4706";

/// An exit code and the words.
pub type Failed = (i32, String);

/// What is sent, beside the target.
struct Body {
    bytes: Vec<u8>,
    kind: String,
}

/// The request of these options, and where it goes: `-G` and `-T` change the URL.
///
/// Errors: a file that is not there.
pub fn request(sys: &mut Sys, options: &Options, url: &mut Url) -> Result<Request, Failed> {
    let mut body = body(sys, options)?;
    if options.has('G') {
        let data = body.take().map_or(Vec::new(), |body| body.bytes);
        let mark = if url.target.contains('?') { '&' } else { '?' };
        url.target.push(mark);
        url.target.push_str(&String::from_utf8_lossy(&data));
    }
    if let Some(file) = options.value('T').filter(|_| url.target.ends_with('/')) {
        url.target.push_str(file.rsplit('/').next().unwrap_or_default());
    }
    let method = match options.value('X') {
        Some(method) => method,
        None if options.has('I') => "HEAD",
        None if options.has('T') => "PUT",
        None if body.is_some() => "POST",
        None => "GET",
    };
    let mut request = Request::new(method, &url.target);
    request.headers = headers(options, url, body.as_ref());
    request.body = body.map_or(Vec::new(), |body| body.bytes);
    Ok(request)
}

fn headers(options: &Options, url: &Url, body: Option<&Body>) -> Vec<(String, String)> {
    let mut headers = vec![("Host", url.authority())];
    if let Some(user) = options.value('u') {
        headers.push(("Authorization", format!("Basic {}", base64::encode(user.as_bytes()))));
    }
    headers.push(("User-Agent", options.value('A').unwrap_or(AGENT).to_string()));
    let json = options.has('@');
    headers.push(("Accept", if json { "application/json" } else { "*/*" }.to_string()));
    let given = [('e', "Referer"), ('b', "Cookie")];
    headers.extend(given.iter().filter_map(|(l, name)| Some((*name, options.value(*l)?.into()))));
    if let Some(body) = body {
        headers.push(("Content-Length", body.bytes.len().to_string()));
        if !body.kind.is_empty() {
            headers.push(("Content-Type", body.kind.clone()));
        }
    }
    let mut headers: Vec<_> = headers.into_iter().map(|(n, v)| (n.to_string(), v)).collect();
    for header in options.flags.iter().filter(|(l, _)| *l == 'H').map(|(_, value)| value) {
        let (name, value) = header.split_once(':').unwrap_or((header, ""));
        headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name.trim()));
        if !value.trim().is_empty() {
            headers.push((name.trim().to_string(), value.trim().to_string()));
        }
    }
    // A host that was given stays in front.
    crate::base::sort_by_key(&mut headers, |(name, _)| !name.eq_ignore_ascii_case("host"));
    headers
}

fn body(sys: &mut Sys, options: &Options) -> Result<Option<Body>, Failed> {
    if let Some(file) = options.value('T') {
        return Ok(Some(Body { bytes: read(sys, file)?, kind: String::new() }));
    }
    if options.has('F') {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        return Ok(Some(Body { bytes: form(sys, options)?, kind }));
    }
    let mut all: Option<Vec<u8>> = None;
    for (letter, value) in &options.flags {
        let piece = match letter {
            'd' => file_or_text(sys, value, b"\r\n\0")?,
            '~' | '@' => file_or_text(sys, value, b"")?,
            '=' => value.clone().into_bytes(),
            '7' => encoded(sys, value)?,
            _ => continue,
        };
        match &mut all {
            None => all = Some(piece),
            Some(before) => {
                let mark: &[u8] = if *letter == '@' { b"" } else { b"&" };
                before.extend([mark, &piece].concat());
            }
        }
    }
    let kind = match options.has('@') {
        true => "application/json",
        false => "application/x-www-form-urlencoded",
    };
    Ok(all.map(|bytes| Body { bytes, kind: kind.to_string() }))
}

/// `@file` without these bytes, or the text itself.
fn file_or_text(sys: &mut Sys, value: &str, without: &[u8]) -> Result<Vec<u8>, Failed> {
    let Some(file) = value.strip_prefix('@') else { return Ok(value.as_bytes().to_vec()) };
    let mut bytes = read(sys, file)?;
    bytes.retain(|byte| !without.contains(byte));
    Ok(bytes)
}

/// The bytes of a file; `-` is standard input.
fn read(sys: &mut Sys, file: &str) -> Result<Vec<u8>, Failed> {
    let why = || (26, "Failed to open/read local data from file/application".to_string());
    sys.read_script(file).map_err(|_| why())
}

/// `text`, `=text`, `name=text`, `@file`, `name@file`: the text percent-encoded.
fn encoded(sys: &mut Sys, value: &str) -> Result<Vec<u8>, Failed> {
    let (name, bytes) = match value.find(['=', '@']) {
        None => ("", value.as_bytes().to_vec()),
        Some(at) if value[at..].starts_with('=') => {
            (&value[..at], value.as_bytes()[at + 1..].to_vec())
        }
        Some(at) => (&value[..at], read(sys, &value[at + 1..])?),
    };
    let mut text = String::new();
    if !name.is_empty() {
        text = format!("{name}=");
    }
    for byte in bytes {
        match byte {
            b' ' => text.push('+'),
            b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => text.push(char::from(b)),
            b => text.push_str(&format!("%{b:02X}")),
        }
    }
    Ok(text.into_bytes())
}

/// `name=text`, `name=@file`, `name=<file`, each with `;type=…`.
fn form(sys: &mut Sys, options: &Options) -> Result<Vec<u8>, Failed> {
    let mut all = Vec::new();
    for (_, field) in options.flags.iter().filter(|(letter, _)| *letter == 'F') {
        let Some((name, value)) = field.split_once('=') else {
            return Err((2, "Illegally formatted input field".to_string()));
        };
        let mut words = value.split(';');
        let value = words.next().unwrap_or_default();
        let mut head = format!("Content-Disposition: form-data; name=\"{name}\"");
        let bytes = match (value.strip_prefix('@'), value.strip_prefix('<')) {
            (Some(file), _) => {
                let last = file.rsplit('/').next().unwrap_or_default();
                let kind = words.find_map(|word| word.strip_prefix("type="));
                let kind =
                    kind.unwrap_or(if last.ends_with(".txt") { "text/plain" } else { OCTETS });
                head += &format!("; filename=\"{last}\"\r\nContent-Type: {kind}");
                read(sys, file)?
            }
            (_, Some(file)) => read(sys, file)?,
            _ => value.as_bytes().to_vec(),
        };
        all.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").into_bytes());
        all.extend(bytes);
        all.extend(b"\r\n");
    }
    all.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    Ok(all)
}

const OCTETS: &str = "application/octet-stream";
