//! Serves a folder as production would: same headers, loopback only.
//!
//! A thread a connection and one answer each: a library with a pool of threads let a connection
//! of a busy browser wait for ever behind the browser's idle ones.

use anyhow::{Context, Result};
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Longest head of a request.
const HEAD_BYTES: u64 = 16 * 1024;
/// A browser opens connections that it may never use.
const IDLE: Duration = Duration::from_secs(60);

/// A running server; it ends when dropped.
pub struct Server {
    port: u16,
    ended: Arc<AtomicBool>,
}

/// What is served, and with which headers.
struct Site {
    folder: PathBuf,
    headers: String,
}

impl Server {
    /// Serves `folder` on `port` of 127.0.0.1 (0: any free one), with this
    /// Content-Security-Policy.
    pub fn start(folder: &Path, port: u16, policy: &str) -> Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("port {port} cannot be used"))?;
        let port = listener.local_addr()?.port();
        let ended = Arc::new(AtomicBool::new(false));
        let site = Arc::new(Site { folder: folder.to_owned(), headers: common_headers(policy) });
        let server = Server { port, ended: ended.clone() };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let site = site.clone();
                // The browser may break off at any time; there is nobody left to tell.
                thread::spawn(move || drop(answer(&stream, &site)));
            }
        });
        Ok(server)
    }

    /// Where the page is, with the slash at its end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
    }
}

fn answer(stream: &TcpStream, site: &Site) -> io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    let mut head = BufReader::new(stream.take(HEAD_BYTES));
    let mut first = String::new();
    head.read_line(&mut first)?;
    let mut line = String::new();
    while head.read_line(&mut line)? > 0 && !line.trim().is_empty() {
        line.clear();
    }
    let mut words = first.split_whitespace();
    match (words.next(), words.next()) {
        (Some("GET"), Some(url)) => respond(stream, site, url, true),
        (Some("HEAD"), Some(url)) => respond(stream, site, url, false),
        (None, _) => Ok(()),
        _ => send(stream, site, "405 Method Not Allowed", "text/plain", b"", true),
    }
}

fn respond(stream: &TcpStream, site: &Site, url: &str, body: bool) -> io::Result<()> {
    let file = file_of(url).map(|path| site.folder.join(path));
    match file.and_then(|file| Some((fs::read(&file).ok()?, file))) {
        Some((bytes, file)) => send(stream, site, "200 OK", mime(&file), &bytes, body),
        None => send(stream, site, "404 Not Found", "text/plain", b"not found\n", body),
    }
}

fn send(
    mut stream: &TcpStream,
    site: &Site,
    status: &str,
    mime: &str,
    bytes: &[u8],
    body: bool,
) -> io::Result<()> {
    let length = bytes.len();
    let headers = &site.headers;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n{headers}\r\n"
    )?;
    stream.write_all(if body { bytes } else { b"" })
}

/// The file of a request, within the folder; `None` for whatever would lead outside.
fn file_of(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = Path::new(path.strip_prefix('/')?);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if !inside {
        return None;
    }
    let folder = path.as_os_str().is_empty() || path.as_os_str().to_string_lossy().ends_with('/');
    Some(if folder { path.join("index.html") } else { path.to_owned() })
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("yaml" | "yml" | "md" | "txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn common_headers(policy: &str) -> String {
    // Only a header can say who may embed the page; anyone may, that is one of its uses.
    format!(
        "Content-Security-Policy: {policy}; frame-ancestors *\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Referrer-Policy: no-referrer\r\n\
         Cache-Control: no-cache\r\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_stay_inside_the_folder() {
        assert_eq!(file_of("/"), Some("index.html".into()));
        assert_eq!(file_of("/?lang=zh"), Some("index.html".into()));
        assert_eq!(file_of("/static/a.css?x"), Some("static/a.css".into()));
        assert_eq!(file_of("/../Cargo.toml"), None);
        assert_eq!(file_of("/static/../../etc/passwd"), None);
        assert_eq!(file_of("//etc/passwd"), None);
        assert_eq!(file_of("http://other/"), None);
    }

    #[test]
    fn a_file_comes_with_its_type_and_the_policy_and_what_is_not_there_does_not() {
        let folder = std::env::temp_dir().join(format!("lifepod-server-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.wasm"), b"1234").unwrap();
        let server = Server::start(&folder, 0, "default-src 'none'").unwrap();
        // Connections that say nothing must not keep others waiting.
        let _idle: Vec<TcpStream> = (0..20).map(|_| connect(&server)).collect();
        let answer = ask(&server, "GET /a.wasm?x HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/wasm\r\n"));
        assert!(answer.contains("default-src 'none'; frame-ancestors *\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n1234"), "{answer}");
        assert!(ask(&server, "GET /b HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        assert!(ask(&server, "POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405"));
        fs::remove_dir_all(folder).unwrap();
    }

    fn connect(server: &Server) -> TcpStream {
        TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap()
    }

    fn ask(server: &Server, request: &str) -> String {
        let mut stream = connect(server);
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}
