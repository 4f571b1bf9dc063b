//! `cargo dev shots DIR`: pictures of the page, for looking at it and for the README.

use crate::browser::{Driver, Session};
use crate::page;
use crate::project::Project;
use crate::server::Server;
use crate::setup::Chromium;
use crate::states::{STATES, reach};
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};

/// Desktop, tablet, phone, and a pane in a tutorial.
const SIZES: [(u32, u32); 4] = [(1440, 900), (820, 1180), (390, 844), (800, 450)];
const LANGUAGES: [&str; 2] = ["en", "zh"];
const THEMES: [&str; 2] = ["light", "dark"];
const PATIENCE: Duration = Duration::from_secs(20);
/// Lets what follows a click be drawn.
const SETTLE: Duration = Duration::from_millis(700);

/// `--all [STATE]`: each state, or those whose names begin so, in each size, language and theme;
/// `--like 390x844-zh` only in what is so called. `--media FEATURE=VALUE` and `--text PERCENT` show
/// them to somebody who asks for that.
fn all(session: &Session, base: &str, folder: &str, args: &[String]) -> Result<()> {
    let called = crate::option(args, "--all").filter(|name| !name.starts_with("--"));
    let like = crate::option(args, "--like").unwrap_or_default();
    for state in STATES.iter().filter(|state| state.name.starts_with(called.unwrap_or_default())) {
        let sizes = if state.name.starts_with("embed") { &SIZES[3..] } else { &SIZES[..3] };
        for (theme, language) in THEMES.into_iter().flat_map(|t| LANGUAGES.map(|l| (t, l))) {
            for (width, height) in sizes {
                let kind = format!("{width}x{height}-{language}-{theme}");
                if !kind.contains(like) {
                    continue;
                }
                session.resize(*width, *height)?;
                let options = format!("lang={language}&theme={theme}");
                reach(session, base, &options, state)?;
                enlarge(session, args)?;
                let file = Path::new(folder).join(format!("{}-{kind}.png", state.name));
                fs::write(&file, session.screenshot()?)?;
                println!("{}", file.display());
            }
        }
    }
    Ok(())
}

/// `--text 200`: letters twice as large, as a browser's own setting makes them.
fn enlarge(session: &Session, args: &[String]) -> Result<()> {
    let Some(percent) = crate::option(args, "--text") else { return Ok(()) };
    // The page refuses inline styles; a sheet made by its own script is none.
    let code = format!(
        "const sheet = new CSSStyleSheet(); sheet.replaceSync('html {{ font-size: {percent}% }}'); \
         document.adoptedStyleSheets = [sheet]"
    );
    session.script(&code)?;
    thread::sleep(SETTLE);
    Ok(())
}

/// `--media prefers-contrast=more`.
fn ask_for(session: &Session, args: &[String]) -> Result<()> {
    let asked = crate::option(args, "--media").and_then(|media| media.split_once('='));
    let Some((name, value)) = asked else { return Ok(()) };
    let features = json!({ "features": [{ "name": name, "value": value }] });
    session.devtools("Emulation.setEmulatedMedia", features).map(drop)
}

/// One picture.
fn take(
    session: &Session,
    base: &str,
    (language, (width, height)): (&str, (u32, u32)),
    args: &[String],
    file: &Path,
) -> Result<()> {
    session.resize(width, height)?;
    session.go("about:blank")?;
    session.go(&address(base, language, args))?;
    if crate::flag(args, "--first") == session.script(TOUR_DONE)?.as_bool().unwrap_or(false) {
        session.script(match crate::flag(args, "--first") {
            true => "localStorage.removeItem('lifepod.tour')",
            false => "localStorage.setItem('lifepod.tour', '1')",
        })?;
        session.go("about:blank")?;
        session.go(&address(base, language, args))?;
    }
    wait_for_page(session)?;
    act(session, args)?;
    fs::write(file, session.screenshot()?)?;
    println!("{}", file.display());
    Ok(())
}

const TOUR_DONE: &str = "return localStorage.getItem('lifepod.tour') !== null";

/// The command. It takes the pictures of the page as it was built last.
pub fn run(args: &[String]) -> Result<()> {
    let Some(folder) = args.first().filter(|arg| !arg.starts_with("--")) else {
        bail!("which folder?\n{}", crate::USAGE);
    };
    let project = Project::find()?;
    let html = fs::read_to_string(project.dist.join("index.html"))
        .context("no page in dist/ yet: cargo dev build")?;
    let server = Server::start(&project.dist, 0, &page::policy(&html)?)?;
    let chromium = Chromium::ready()?;
    let driver = Driver::start(&chromium.driver, &chromium.browser)?;
    let session = driver.open()?;
    session.prefer_dark(crate::flag(args, "--dark"))?;
    fs::create_dir_all(folder)?;
    if crate::flag(args, "--all") {
        ask_for(&session, args)?;
        return all(&session, &server.url(), folder, args);
    }
    for language in LANGUAGES {
        for (width, height) in SIZES {
            let file = Path::new(folder).join(format!("{width}x{height}-{language}.png"));
            take(&session, &server.url(), (language, (width, height)), args, &file)?;
        }
    }
    Ok(())
}

fn address(base: &str, language: &str, args: &[String]) -> String {
    let query = crate::option(args, "--query").map(|query| format!("&{query}"));
    let fragment = crate::option(args, "--fragment").map(|fragment| format!("#{fragment}"));
    format!("{base}?lang={language}{}{}", query.unwrap_or_default(), fragment.unwrap_or_default())
}

fn wait_for_page(session: &Session) -> Result<()> {
    let start = Instant::now();
    while session.find("[data-testid=app]")?.is_none() {
        if start.elapsed() > PATIENCE {
            bail!("the page did not appear: {:?}", session.console_errors()?);
        }
        thread::sleep(Duration::from_millis(50));
    }
    thread::sleep(SETTLE);
    Ok(())
}

/// Each `--click TESTID`, `--press KEY` and `--wait MS`, in their order; `--menu` opens the menu of
/// a narrow page first.
fn act(session: &Session, args: &[String]) -> Result<()> {
    if crate::flag(args, "--menu") {
        let code = "const m = document.querySelector('[data-testid=menu]');\
                    if (m?.offsetWidth) m.click()";
        session.script(code)?;
    }
    for pair in args.windows(2) {
        match pair[0].as_str() {
            "--click" => {
                let css = format!("[data-testid=\"{}\"]", pair[1]);
                let element = session.find(&css)?.with_context(|| format!("no {css}"))?;
                session.click(&element)?;
                thread::sleep(SETTLE);
            }
            "--press" => {
                session.press(&pair[1])?;
                thread::sleep(SETTLE);
            }
            "--wait" => thread::sleep(Duration::from_millis(pair[1].parse()?)),
            _ => {}
        }
    }
    Ok(())
}
