//! `cargo dev shots DIR`: pictures of the page, for looking at it and for the README.

use crate::browser::{Driver, Session};
use crate::page;
use crate::project::Project;
use crate::server::Server;
use crate::setup::Chromium;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};

/// Desktop, tablet, phone, and a pane in a tutorial.
const SIZES: [(u32, u32); 4] = [(1440, 900), (820, 1180), (390, 844), (800, 450)];
const LANGUAGES: [&str; 2] = ["en", "zh"];
const PATIENCE: Duration = Duration::from_secs(20);
/// Lets what follows a click be drawn.
const SETTLE: Duration = Duration::from_millis(700);

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
    if !crate::flag(args, "--first") {
        // Not a first visit: without the tour.
        let code = "try { localStorage.setItem('lifepod.tour', '1') } catch {}";
        let run = serde_json::json!({ "source": code });
        session.devtools("Page.addScriptToEvaluateOnNewDocument", run)?;
    }
    fs::create_dir_all(folder)?;
    for language in LANGUAGES {
        for (width, height) in SIZES {
            session.resize(width, height)?;
            session.go("about:blank")?;
            session.go(&address(&server.url(), language, args))?;
            wait_for_page(&session)?;
            act(&session, args)?;
            let file = Path::new(folder).join(format!("{width}x{height}-{language}.png"));
            fs::write(&file, session.screenshot()?)?;
            println!("{}", file.display());
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

/// Each `--click TESTID` and `--wait MS`, in their order.
fn act(session: &Session, args: &[String]) -> Result<()> {
    for pair in args.windows(2) {
        match pair[0].as_str() {
            "--click" => {
                let css = format!("[data-testid=\"{}\"]", pair[1]);
                let element = session.find(&css)?.with_context(|| format!("no {css}"))?;
                session.click(&element)?;
                thread::sleep(SETTLE);
            }
            "--wait" => thread::sleep(Duration::from_millis(pair[1].parse()?)),
            _ => {}
        }
    }
    Ok(())
}
