//! One browser window: WebDriver's calls, named as a test reads them.

use super::keys;
use anyhow::{Context, Result, anyhow};
use base64::Engine;
use serde_json::{Value, json};
use std::time::Duration;
use ureq::Agent;
use ureq::http::Request;

/// Longest answer of one call; starting Chromium on a busy machine takes some seconds.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The name WebDriver gives an element's id.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open browser; it is closed when dropped.
pub struct Session {
    agent: Agent,
    url: String,
}

/// A place in the page, valid until the page is redrawn there.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Session {
    /// Opens one at the driver's `url`.
    pub fn open(url: &str, capabilities: &Value) -> Result<Session> {
        let config = Agent::config_builder().timeout_global(Some(TIMEOUT));
        let agent: Agent = config.http_status_as_error(false).proxy(None).build().into();
        let ask = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = call(&agent, "POST", &format!("{url}/session"), Some(&ask))?;
        let id = answer["sessionId"].as_str().context("no session id")?;
        Ok(Session { url: format!("{url}/session/{id}"), agent })
    }

    /// Loads `url`, waits until it is loaded.
    pub fn go(&self, url: &str) -> Result<()> {
        self.post("url", &json!({ "url": url })).map(drop)
    }

    /// Sets the size of the viewport in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size).map(drop)
    }

    /// Has the page believe that the system is dark, or light.
    pub fn prefer_dark(&self, dark: bool) -> Result<()> {
        let value = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", features).map(drop)
    }

    /// Runs JavaScript in the page; `return …` answers.
    pub fn script(&self, code: &str) -> Result<Value> {
        self.post("execute/sync", &json!({ "script": code, "args": [] }))
    }

    /// The first element of a CSS selector, if there is one now.
    pub fn find(&self, css: &str) -> Result<Option<Element>> {
        let ask = json!({ "using": "css selector", "value": css });
        let found = self.post("elements", &ask)?;
        let id = found.get(0).and_then(|element| element[ELEMENT].as_str());
        Ok(id.map(|id| Element(id.to_owned())))
    }

    /// The element that JavaScript answers, if it answers one.
    pub fn find_by(&self, code: &str) -> Result<Option<Element>> {
        let found = self.script(code)?;
        Ok(found[ELEMENT].as_str().map(|id| Element(id.to_owned())))
    }

    /// Shows `text` as a word that is being composed at the cursor, as an input method does.
    pub fn compose(&self, text: &str) -> Result<()> {
        let end = text.encode_utf16().count();
        let word = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.devtools("Input.imeSetComposition", word).map(drop)
    }

    /// The text of an element as a person sees it.
    pub fn text(&self, element: &Element) -> Result<String> {
        let text = self.get(&format!("element/{}/text", element.0))?;
        text.as_str().map(str::to_owned).context("the text is no string")
    }

    /// A property of an element (`value`, `disabled` …).
    pub fn property(&self, element: &Element, name: &str) -> Result<Value> {
        self.get(&format!("element/{}/property/{name}", element.0))
    }

    /// Clicks in the middle of an element, as a mouse would: what covers it gets the click.
    pub fn click(&self, element: &Element) -> Result<()> {
        self.post(&format!("element/{}/click", element.0), &json!({})).map(drop)
    }

    /// Presses a chord (`Control+Enter`, `ArrowRight`, `a`) wherever the focus is.
    pub fn press(&self, chord: &str) -> Result<()> {
        self.post("actions", &keys::chord(chord)).map(drop)
    }

    /// Inserts text at the cursor at once, as pasting does.
    pub fn insert(&self, text: &str) -> Result<()> {
        self.devtools("Input.insertText", json!({ "text": text })).map(drop)
    }

    /// A picture of the viewport, as PNG.
    pub fn screenshot(&self) -> Result<Vec<u8>> {
        let picture = self.get("screenshot")?;
        let text = picture.as_str().context("the picture is no string")?;
        Ok(base64::engine::general_purpose::STANDARD.decode(text)?)
    }

    /// Console messages since the last call, errors (`SEVERE`) only: also refused requests and
    /// violations of the Content-Security-Policy.
    pub fn console_errors(&self) -> Result<Vec<String>> {
        let log = self.post("se/log", &json!({ "type": "browser" }))?;
        let entries = log.as_array().context("the log is no list")?;
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        Ok(severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect())
    }

    /// A call of the Chrome DevTools protocol.
    pub fn devtools(&self, method: &str, params: Value) -> Result<Value> {
        self.post("goog/cdp/execute", &json!({ "cmd": method, "params": params }))
    }

    fn get(&self, path: &str) -> Result<Value> {
        call(&self.agent, "GET", &format!("{}/{path}", self.url), None)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        call(&self.agent, "POST", &format!("{}/{path}", self.url), Some(body))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The driver may be gone; the browser is, then, too.
        let _ = call(&self.agent, "DELETE", &self.url, None);
    }
}

/// One WebDriver call; its `value`, or its error with the driver's first line.
fn call(agent: &Agent, method: &str, url: &str, body: Option<&Value>) -> Result<Value> {
    let text = body.map(Value::to_string).unwrap_or_default();
    let request = Request::builder().method(method).uri(url);
    let request = request.header("Content-Type", "application/json").body(text)?;
    let mut response = agent.run(request).with_context(|| format!("WebDriver {url}"))?;
    let text = response.body_mut().with_config().limit(64 << 20).read_to_string()?;
    let mut answer: Value = serde_json::from_str(&text)?;
    if response.status().is_success() {
        return Ok(answer["value"].take());
    }
    let message = answer["value"]["message"].as_str().unwrap_or(&text);
    Err(anyhow!("{}", message.lines().next().unwrap_or_default().to_owned()))
}
