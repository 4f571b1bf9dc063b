//! The measurements.

use crate::browser::Session;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

const BEFORE: &str = include_str!("page.js");
const ACTS: &str = include_str!("acts.js");
/// Frames that are measured at each speed.
const FRAMES: u32 = 240;
/// As the speeds' buttons are named.
const SPEEDS: [u32; 3] = [1, 10, 60];
const STARTS: usize = 5;
const SEEKS: u64 = 20;
/// A day in seconds.
const DAY: u64 = 24 * 3600;
const PATIENCE: Duration = Duration::from_secs(30);

/// A page that is measured.
pub struct Bench<'a> {
    session: &'a Session,
    url: String,
}

impl<'a> Bench<'a> {
    /// At a desktop's size, with the measuring script before the page's own.
    pub fn new(session: &'a Session, url: String) -> Result<Bench<'a>> {
        session.resize(1440, 900)?;
        session.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": BEFORE }))?;
        // Time of the page's own thread: what other programs take does not count.
        session.devtools("Performance.enable", json!({ "timeDomain": "threadTicks" }))?;
        println!("| what | here |\n|---|---|");
        Ok(Bench { session, url })
    }

    fn act(&self, act: &str) -> Result<Value> {
        self.session.script(&format!("{ACTS}\nreturn acts.{act};"))
    }

    fn load(&self, query: &str) -> Result<()> {
        self.session.go("about:blank")?;
        self.session.go(&format!("{}?lang=en&autoplay=0{query}", self.url))?;
        let start = Instant::now();
        while self.session.find("[data-testid=app]")?.is_none() {
            if start.elapsed() > PATIENCE {
                bail!("the page did not appear: {:?}", self.session.console_errors()?);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// From the navigation to the page's first own frame, nothing cached.
    pub fn cold_start(&self) -> Result<()> {
        self.session.devtools("Network.enable", json!({}))?;
        self.session.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true }))?;
        let mut took = Vec::new();
        for _ in 0..STARTS {
            self.load("")?;
            let usable = self.session.script("return window.lifepodFrames.usable")?;
            took.push(usable.as_f64().context("no time")?);
        }
        println!("| page usable after navigation, cold, median of {STARTS} | {:.0} ms |", {
            sorted(took)[STARTS / 2]
        });
        Ok(())
    }

    /// Opens a scenario and waits until time can run.
    pub fn open(&self, scenario: &str) -> Result<()> {
        self.load(&format!("&scenario={scenario}"))?;
        let start = Instant::now();
        while !self.has_rest()? {
            if start.elapsed() > PATIENCE {
                bail!("the second half did not come");
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Goes to a moment; the milliseconds of the page's thread that it took, without painting.
    pub fn seek(&self, seconds: u64) -> Result<f64> {
        let moment = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        let before = self.metric("ThreadTime")?;
        self.act(&format!("seek({moment:?})"))?;
        Ok((self.metric("ThreadTime")? - before) * 1000.0)
    }

    /// Time begins when the rest of the program is there: until then the clock stands still.
    fn has_rest(&self) -> Result<bool> {
        self.act("seek('1')")?;
        let shown =
            self.session.script("return document.querySelector('[data-testid=time]').value")?;
        Ok(shown.as_str().is_some_and(|text| text.starts_with("0:01")))
    }

    /// How fast the engine is in Wasm, and what is in memory after a day.
    pub fn engine(&self) -> Result<()> {
        self.open("liveness-classic")?;
        self.seek(3600)?;
        let took = self.seek(DAY)?;
        let ratio = (DAY - 3600) as f64 * 1000.0 / took;
        println!(
            "| classic liveness Pod in Wasm, 23 hours: processor; virtual per it | {took:.0} \
             ms; {ratio:.0} × |"
        );
        self.session.devtools("HeapProfiler.collectGarbage", json!({}))?;
        let wasm = self.act("bytes()")?.as_f64().unwrap_or_default();
        let script = self.metric("JSHeapUsedSize")?;
        println!(
            "| memory after 24 h: Wasm and script | {:.1} MB and {:.1} MB |",
            wasm / 1e6,
            script / 1e6
        );
        Ok(())
    }

    /// How long it takes to go to any moment of a day.
    pub fn seeking(&self) -> Result<()> {
        let seeks = (0..SEEKS).map(|nth| self.seek(nth * 30_011 % DAY)).collect::<Result<_>>()?;
        let seeks = sorted(seeks);
        println!(
            "| seek in those 24 h, the page's views included: processor, median, worst of {} | {:.1}, \
             {:.1} ms |",
            seeks.len(),
            seeks[seeks.len() / 2],
            seeks[seeks.len() - 1]
        );
        Ok(())
    }

    /// Frames while time runs.
    pub fn playing(&self, what: &str) -> Result<()> {
        let marks = self.act("marks()")?;
        for speed in SPEEDS {
            self.click(&format!("speed-{speed}"))?;
            self.click("play")?;
            let what = format!("{what} ({marks} marks), playing at {speed}×");
            self.told(&what, &format!("frames({FRAMES})"))?;
            self.click("play")?;
        }
        Ok(())
    }

    /// Frames while the scale is dragged over the run.
    pub fn scrubbing(&self, what: &str) -> Result<()> {
        self.told(&format!("{what}, scrubbing"), &format!("scrub({FRAMES})"))
    }

    fn told(&self, what: &str, act: &str) -> Result<()> {
        let before = self.busy()?;
        let answer = self.act(act)?;
        let after = self.busy()?;
        let frames = answer[0].as_array().context("no frames")?;
        let frames = sorted(frames.iter().filter_map(Value::as_f64).collect());
        if frames.is_empty() {
            bail!("no frame was drawn: {what}");
        }
        let count = frames.len();
        let each = |nth: usize| (after[nth] - before[nth]) * 1000.0 / count as f64;
        let rate = count as f64 * 1000.0 / answer[1].as_f64().unwrap_or(1.0);
        println!(
            "| {what}: work of a frame, median, p95, worst; frames a second | {:.1}, {:.1}, {:.1} \
             ms; {rate:.0} |\n| – processor a frame: all, script, style, layout | {:.1}, {:.1}, \
             {:.1}, {:.1} ms |",
            frames[count / 2],
            frames[count * 95 / 100],
            frames[count - 1],
            each(0),
            each(1),
            each(2),
            each(3),
        );
        Ok(())
    }

    /// Seconds of the page's thread so far: all tasks, script, style, layout.
    fn busy(&self) -> Result<[f64; 4]> {
        let names = ["TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
        let mut all = [0.0; 4];
        for (one, name) in all.iter_mut().zip(names) {
            *one = self.metric(name)?;
        }
        Ok(all)
    }

    fn metric(&self, name: &str) -> Result<f64> {
        let answer = self.session.devtools("Performance.getMetrics", json!({}))?;
        let metrics = answer["metrics"].as_array().context("no metrics")?;
        let metric = metrics.iter().find(|metric| metric["name"] == name);
        metric.and_then(|metric| metric["value"].as_f64()).with_context(|| format!("no {name}"))
    }

    fn click(&self, testid: &str) -> Result<()> {
        let css = format!("[data-testid=\"{testid}\"]");
        let element = self.session.find(&css)?.with_context(|| format!("no {css}"))?;
        self.session.click(&element)
    }

    /// Measures under Chromium's profiler, if a file for its profile is named.
    pub fn profiled(&self, file: Option<&str>, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let Some(file) = file else { return work() };
        self.session.devtools("Profiler.enable", json!({}))?;
        self.session.devtools("Profiler.setSamplingInterval", json!({ "interval": 500 }))?;
        self.session.devtools("Profiler.start", json!({}))?;
        work()?;
        let answer = self.session.devtools("Profiler.stop", json!({}))?;
        fs::write(file, answer["profile"].to_string())?;
        Ok(())
    }
}

fn sorted(mut all: Vec<f64>) -> Vec<f64> {
    all.sort_by(f64::total_cmp);
    all
}
