//! Opens a page and takes the steps of a state.

use super::State;
use crate::browser::Session;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(40);
/// Lets what follows a step be drawn.
const SETTLE: Duration = Duration::from_millis(150);

/// What the steps look for: visible parts first, since a narrow page has some of them twice; then
/// those in the rich editor's own tree.
const PART: &str = "const part = (id) => {\
    const css = `[data-testid=\"${id}\"]`;\
    const all = [...document.querySelectorAll(css)];\
    return all.find((e) => e.offsetWidth > 0) ?? all[0] ??\
      document.querySelector('lifepod-editor')?.shadowRoot.querySelector(css) ?? null };";

/// Opens the page at `base` with these options (`lang=en&theme=dark`) and comes to the state.
///
/// # Errors
/// When the page or a part does not come.
pub fn reach(session: &Session, base: &str, options: &str, state: &State) -> Result<()> {
    let (query, fragment) = state.query.split_once('#').unwrap_or((state.query, ""));
    session.go("about:blank")?;
    // The memory can be changed only where it belongs to.
    session.go(&format!("{base}static/icon.svg"))?;
    session.script("localStorage.clear()")?;
    if !state.name.starts_with("tour") {
        session.script("localStorage.setItem('lifepod.tour', '1')")?;
    }
    session.go(&format!("{base}?{options}&{query}#{fragment}"))?;
    see(session, "app")?;
    thread::sleep(SETTLE);
    for step in state.steps.lines() {
        take(session, step).with_context(|| format!("{}: {step}", state.name))?;
        thread::sleep(SETTLE);
    }
    Ok(())
}

fn take(session: &Session, step: &str) -> Result<()> {
    let (verb, what) = step.split_once(' ').unwrap_or((step, ""));
    match verb {
        "wait" => see(session, what),
        "rest" => {
            thread::sleep(Duration::from_millis(what.parse()?));
            Ok(())
        }
        "press" => session.press(what),
        "run" => session.script(what).map(drop),
        "click" => click(session, what),
        "pane" => {
            let tab = json!(format!("tab-{what}"));
            let code = format!("{PART}const tab = part({tab}); if (tab?.offsetWidth) tab.click()");
            session.script(&code).map(drop)
        }
        "fill" => fill(session, what),
        "choose" => {
            let (id, value) = what.split_once(' ').context("no value")?;
            see(session, id)?;
            let code = format!(
                "{PART}const list = part({}); list.value = {}; \
                 list.dispatchEvent(new Event('change', {{ bubbles: true }}))",
                json!(id),
                json!(value)
            );
            session.script(&code).map(drop)
        }
        _ => bail!("no such step"),
    }
}

fn see(session: &Session, id: &str) -> Result<()> {
    let start = Instant::now();
    let code = format!("{PART}return part({})", json!(id));
    while session.find_by(&code)?.is_none() {
        if start.elapsed() > PATIENCE {
            bail!("no [data-testid={id}]: {:?}", session.console_errors()?);
        }
        thread::sleep(POLL);
    }
    Ok(())
}

/// Clicks a part; what is hidden is looked for in the menu first.
fn click(session: &Session, id: &str) -> Result<()> {
    see(session, id)?;
    let code = format!(
        "{PART}const menu = part('menu'); \
         if (!part({}).getClientRects().length && menu?.offsetWidth) menu.click()",
        json!(id)
    );
    session.script(&code)?;
    thread::sleep(SETTLE);
    let code = format!(
        "{PART}const it = part({}); it.scrollIntoView?.({{ block: 'nearest' }}); return it",
        json!(id)
    );
    let element = session.find_by(&code)?.context("it is gone")?;
    session.click(&element)
}

/// Puts a text in the place of what a field holds; `\n` in it is a new line.
fn fill(session: &Session, what: &str) -> Result<()> {
    let (id, text) = what.split_once(' ').unwrap_or((what, ""));
    click(session, id)?;
    session.press("Control+a")?;
    session.insert(&text.replace("\\n", "\n"))
}
