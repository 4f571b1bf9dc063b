//! The ChromeDriver process.

use super::session::Session;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

/// How Chromium is started. Without the network flags it calls its maker's hosts at each start.
pub const CHROME_ARGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
];

/// A running ChromeDriver; it is ended when dropped.
pub struct Driver {
    process: Child,
    url: String,
    browser: PathBuf,
}

/// How often a driver is started that ends at once.
const TRIES: usize = 5;

impl Driver {
    /// Starts `driver` on a free port, to run `browser`. It needs one port of two protocols, which
    /// somebody else may take before it has both; then it ends, and is started again.
    pub fn start(driver: &Path, browser: &Path) -> Result<Driver> {
        let mut last = Self::start_once(driver, browser);
        for _ in 1..TRIES {
            if last.is_ok() {
                break;
            }
            last = Self::start_once(driver, browser);
        }
        last
    }

    fn start_once(driver: &Path, browser: &Path) -> Result<Driver> {
        let mut process = Command::new(driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", driver.display()))?;
        let out = process.stdout.take().context("the driver's output was not piped")?;
        let mut out = BufReader::new(out);
        let port = port(&mut out)?;
        // It must not block on a full pipe.
        thread::spawn(move || out.read_to_end(&mut Vec::new()));
        let url = format!("http://127.0.0.1:{port}");
        Ok(Driver { process, url, browser: browser.to_owned() })
    }

    /// Opens a browser of its own, with an empty profile.
    pub fn open(&self) -> Result<Session> {
        Session::open(&self.url, &capabilities(&self.browser))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What Chromium is asked for, console messages included.
fn capabilities(browser: &Path) -> Value {
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": browser, "args": CHROME_ARGS },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

/// The number in "ChromeDriver was started successfully on port 36465."
fn port(out: &mut impl BufRead) -> Result<u16> {
    for line in out.lines() {
        let line = line?;
        if let Some((_, port)) = line.rsplit_once("successfully on port ") {
            return port.trim_end_matches('.').parse().context("ChromeDriver's port");
        }
    }
    anyhow::bail!("ChromeDriver did not start")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read() {
        let mut said = "Starting\nChromeDriver was started successfully on port 4711.\n".as_bytes();
        assert_eq!(port(&mut said).unwrap(), 4711);
        assert!(port(&mut "Starting\n".as_bytes()).is_err());
    }
}
