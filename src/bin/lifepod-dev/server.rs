//! Serves a folder as production would: same headers, loopback only.

use anyhow::{Context, Result, bail};
use std::io::Cursor;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Request, Response};

/// Requests answered at the same time; a browser opens six connections to one host.
const WORKERS: usize = 6;

/// A running server; it ends when dropped.
pub struct Server {
    http: Arc<tiny_http::Server>,
    port: u16,
}

impl Server {
    /// Serves `folder` on `port` of 127.0.0.1 (0: any free one), with this
    /// Content-Security-Policy.
    pub fn start(folder: &Path, port: u16, policy: &str) -> Result<Server> {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let Ok(http) = tiny_http::Server::http(address) else {
            bail!("port {port} is taken");
        };
        let http = Arc::new(http);
        let port = http.server_addr().to_ip().context("the server has no address")?.port();
        let headers = Arc::new(common_headers(policy)?);
        for _ in 0..WORKERS {
            let (http, headers, folder) = (http.clone(), headers.clone(), folder.to_owned());
            thread::spawn(move || {
                while let Ok(request) = http.recv() {
                    answer(request, &folder, &headers);
                }
            });
        }
        Ok(Server { http, port })
    }

    /// Where the page is, with the slash at its end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in 0..WORKERS {
            self.http.unblock();
        }
    }
}

fn answer(request: Request, folder: &Path, headers: &[Header]) {
    let file = file_of(request.url()).map(|path| folder.join(path));
    let found = file.and_then(|file| Some((std::fs::read(&file).ok()?, file)));
    let mut response = match &found {
        Some((bytes, file)) => plain(200, bytes.clone(), mime(file)),
        None => plain(404, b"not found\n".to_vec(), "text/plain"),
    };
    for header in headers {
        response.add_header(header.clone());
    }
    // The other side may be gone; there is nobody left to tell.
    let _ = request.respond(response);
}

fn plain(status: u16, bytes: Vec<u8>, mime: &str) -> Response<Cursor<Vec<u8>>> {
    let mut response = Response::from_data(bytes).with_status_code(status);
    if let Ok(header) = Header::from_bytes("Content-Type", mime) {
        response.add_header(header);
    }
    response
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

fn common_headers(policy: &str) -> Result<Vec<Header>> {
    // Only a header can say who may embed the page; anyone may, that is one of its uses.
    let policy = format!("{policy}; frame-ancestors *");
    let pairs = [
        ("Content-Security-Policy", policy.as_str()),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-cache"),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| {
            Header::from_bytes(name, value).map_err(|()| anyhow::anyhow!("bad header {name}"))
        })
        .collect()
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
}
