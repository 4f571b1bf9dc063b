//! A page in a browser of its own, and what a test does with it. Every step panics with what it
//! was looking for.

use crate::browser::{Driver, Element, Session};
use crate::html;
use crate::server::Server;
use crate::states::{self, State};
use anyhow::Result;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// JavaScript: the first element of a selector, in the page or in the editor's own tree.
pub const FIND: &str = "const find = (css) => document.querySelector(css) ?? \
                        document.querySelector('lifepod-editor')?.shadowRoot.querySelector(css);";
/// Both editors: what one does, the other does too.
pub const EDITORS: [&str; 2] = ["plain", "rich"];
/// How long a condition may take to come true. Long, since the machine may be busy; a test that
/// passes never waits that long.
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(40);

/// An open page; dropping it closes the browser, then the driver, then the server.
pub struct Page {
    session: Session,
    _driver: Driver,
    server: Server,
}

impl Page {
    /// Opens the page with `address` behind its URL (`"?lang=en"`, `"#v1.…"`), 1280 × 800, and
    /// waits until it has mounted. It is not the first visit: there is no tour.
    pub fn open(address: &str) -> Page {
        Page::open_after("", address)
    }

    /// As [`Page::open`], and every page runs this JavaScript before its own.
    pub fn open_after(code: &str, address: &str) -> Page {
        let page = Page::start();
        page.run_first("try { localStorage.setItem('lifepod.tour', '1') } catch {}");
        page.run_first(code);
        page.go(address);
        page
    }

    /// Opens the page as somebody who was never here.
    pub fn open_first(address: &str) -> Page {
        let page = Page::start();
        page.go(address);
        page
    }

    /// Every page runs this JavaScript before its own.
    pub fn run_first(&self, code: &str) {
        let run = serde_json::json!({ "source": code });
        self.session.devtools("Page.addScriptToEvaluateOnNewDocument", run).expect("a script");
    }

    /// Has the page believe in these media features: `prefers-contrast` is `more` …
    pub fn emulate(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| serde_json::json!({ "name": name, "value": value }))
            .collect();
        let media = serde_json::json!({ "features": features });
        self.session.devtools("Emulation.setEmulatedMedia", media).expect("media");
    }

    /// Sets the size of the viewport in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.session.resize(width, height).expect("resize");
    }

    /// Comes to a state of the page as somebody who has seen the tour (but for its own states),
    /// with these options in the address (`lang=en&theme=dark`).
    pub fn reach(&self, options: &str, state: &State) {
        states::reach(&self.session, &self.server.url(), options, state)
            .unwrap_or_else(|error| panic!("{error:#}"));
    }

    /// A browser that has no page open yet, 1280 × 800.
    pub fn start() -> Page {
        let driver = named("CHROMEDRIVER", &["chromedriver"]);
        let browser = named("CHROME", &["chromium", "chromium-browser", "google-chrome"]);
        let dist = env::var_os("LIFEPOD_DIST").map_or_else(|| "dist".into(), PathBuf::from);
        let server = Server::start(&dist, 0, &policy(&dist)).expect("the server");
        let driver = Driver::start(&driver, &browser).expect("ChromeDriver");
        let session = driver.open().expect("Chromium");
        session.resize(1280, 800).expect("resize");
        Page { session, _driver: driver, server }
    }

    /// Loads the page again, with another `address`.
    pub fn go(&self, address: &str) {
        // A change of the fragment alone would load nothing.
        self.session.go("about:blank").expect("about:blank");
        self.session.go(&format!("{}{address}", self.server.url())).expect("the page");
        self.wait_for("app");
        let code = "return document.querySelector('[data-editor]')?.dataset.editor !== 'waiting'";
        self.wait_until("the editor", || self.eval(code) == true);
    }

    /// The page's own address, with the slash at its end.
    pub fn base(&self) -> String {
        self.server.url()
    }

    /// Whether the part is in the page now.
    pub fn has(&self, testid: &str) -> bool {
        self.look(testid).is_some()
    }

    /// Waits until the part is in the page.
    pub fn wait_for(&self, testid: &str) {
        self.wait_until(&format!("[data-testid={testid}]"), || self.has(testid));
    }

    /// Waits until the text of the part satisfies `accept`, and answers the text.
    pub fn wait_for_text(&self, testid: &str, accept: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        self.wait_until(&format!("the text of {testid}"), || {
            text = self.try_text(testid).unwrap_or_default();
            accept(&text)
        });
        text
    }

    /// Waits until `holds`; panics after half a minute, with what the page shows.
    pub fn wait_until(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let start = Instant::now();
        while !holds() {
            if start.elapsed() > PATIENCE {
                let shows = self.eval("return document.body.innerText");
                panic!("waited in vain for {what}; console: {:?}; page: {shows}", self.errors());
            }
            thread::sleep(POLL);
        }
    }

    /// The text of the part as a person sees it.
    pub fn text(&self, testid: &str) -> String {
        self.steadily(testid, |part| self.session.text(part))
    }

    /// The value of an input, a select or a text area.
    pub fn value(&self, testid: &str) -> String {
        let value = self.steadily(testid, |part| self.session.property(part, "value"));
        value.as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of the part.
    pub fn attribute(&self, testid: &str, name: &str) -> Option<String> {
        let code =
            format!("{FIND}return find('[data-testid=\"{testid}\"]')?.getAttribute('{name}')");
        self.eval(&code).as_str().map(str::to_owned)
    }

    /// Clicks the part as a mouse would, as soon as it has a place: what is being drawn anew has
    /// none for a moment.
    pub fn click(&self, testid: &str) {
        self.steadily(testid, |part| self.session.click(part));
    }

    /// Does something with the part; again, if it was just drawn anew.
    fn steadily<T>(&self, testid: &str, act: impl Fn(&Element) -> Result<T>) -> T {
        let start = Instant::now();
        loop {
            let error = match act(&self.part(testid)) {
                Ok(done) => return done,
                Err(error) => error.to_string(),
            };
            let passes = error.contains("not interactable") || error.contains("stale element");
            assert!(passes && start.elapsed() < PATIENCE, "{testid}: {error}");
            thread::sleep(POLL);
        }
    }

    /// Puts `text` in the place of all that the input or text area holds, by keyboard and paste.
    pub fn fill(&self, testid: &str, text: &str) {
        self.click(testid);
        self.replace_all(text);
    }

    /// The same where the focus is.
    pub fn replace_all(&self, text: &str) {
        self.press("Control+a");
        let text = serde_json::json!(text);
        // What a browser's own insertion makes of lines is not what a person's paste does.
        let paste = format!(
            "const inner = document.activeElement.shadowRoot?.activeElement; \
             if (!inner) return false; \
             const clipboardData = new DataTransfer(); \
             clipboardData.setData('text/plain', {text}); \
             inner.dispatchEvent(new ClipboardEvent('paste', \
             {{ clipboardData, bubbles: true, cancelable: true }})); return true"
        );
        if self.eval(&paste) != true {
            self.session.insert(text.as_str().unwrap_or_default()).expect("an insertion");
        }
    }

    /// Puts `text` where the focus is, as typing or pasting would.
    pub fn type_in(&self, text: &str) {
        self.session.insert(text).expect(text);
    }

    /// Presses a chord (`Tab`, `Control+Enter`, `a`) wherever the focus is.
    pub fn press(&self, chord: &str) {
        self.session.press(chord).expect(chord);
    }

    /// Presses keys where the focus is, all before the page draws anything: as on a machine that
    /// is slower than the hand.
    pub fn press_at_once(&self, keys: &[&str]) {
        self.eval(&format!(
            "for (const key of {}) document.activeElement.dispatchEvent( \
             new KeyboardEvent('keydown', {{ key, bubbles: true, cancelable: true }}))",
            serde_json::json!(keys)
        ));
    }

    /// Shows `text` as a word that is being composed, as an input method does.
    pub fn compose(&self, text: &str) {
        self.session.compose(text).expect("a composition");
    }

    /// Puts `text` in at the cursor; it ends a composition.
    pub fn insert(&self, text: &str) {
        self.session.insert(text).expect("an insertion");
    }

    /// The `data-testid` of the part that has the focus, or the name of its tag.
    pub fn focus(&self) -> String {
        let code = "const e = document.activeElement; return e.dataset.testid ?? e.tagName";
        self.eval(code).as_str().unwrap_or_default().to_owned()
    }

    /// Presses Tab until the part has the focus: proves that the keyboard reaches it.
    pub fn tab_to(&self, testid: &str) {
        self.press_until_focus("Tab", testid);
    }

    /// As [`Page::tab_to`], backwards.
    pub fn tab_back_to(&self, testid: &str) {
        self.press_until_focus("Shift+Tab", testid);
    }

    fn press_until_focus(&self, chord: &str, testid: &str) {
        for _ in 0..100 {
            if self.focus() == testid {
                return;
            }
            self.press(chord);
        }
        panic!("the keyboard does not reach {testid}");
    }

    /// Runs JavaScript; `return …` answers.
    pub fn eval(&self, code: &str) -> Value {
        self.session.script(code).unwrap_or_else(|e| panic!("{code}: {e}"))
    }

    /// Console errors since the last call: exceptions, refused requests, violations of the
    /// Content-Security-Policy.
    pub fn errors(&self) -> Vec<String> {
        self.session.console_errors().expect("the console")
    }

    /// Every address that the page has loaded something from.
    pub fn requests(&self) -> Vec<String> {
        let code = "return performance.getEntriesByType('resource').map(e => e.name)";
        let names = self.eval(code);
        let names = names.as_array().expect("a list").iter();
        names.map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Takes a picture of the viewport at this size and leaves it at that size.
    pub fn screenshot(&self, file: &Path, width: u32, height: u32) {
        self.session.resize(width, height).expect("resize");
        fs::write(file, self.session.screenshot().expect("a picture")).expect("write");
    }

    fn try_text(&self, testid: &str) -> Option<String> {
        self.session.text(&self.look(testid)?).ok()
    }

    fn part(&self, testid: &str) -> Element {
        self.look(testid).unwrap_or_else(|| panic!("no [data-testid={testid}] in the page"))
    }

    fn look(&self, testid: &str) -> Option<Element> {
        let code = format!("{FIND}return find('[data-testid=\"{testid}\"]') ?? null");
        self.session.find_by(&code).expect("find")
    }
}

fn policy(dist: &Path) -> String {
    let file = dist.join("index.html");
    let page = fs::read_to_string(&file)
        .unwrap_or_else(|_| panic!("no {}: run `cargo dev build`", file.display()));
    html::policy(&page).expect("a policy")
}

fn named(variable: &str, programs: &[&str]) -> PathBuf {
    if let Some(program) = env::var_os(variable) {
        return program.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    programs
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
        .unwrap_or_else(|| panic!("no {programs:?}: run `cargo dev setup`, or set {variable}"))
}
